"""What a program has to know of an endpoint: its texts, and JSON schemas of its arguments and of what it returns.

Read off a function's annotations and docstring, once for every door. Knows functions only.
"""

import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, is_dataclass
from typing import Any

from pydantic import ConfigDict, TypeAdapter, ValidationError

from bot.errors import QuestionError

_ARGUMENT = re.compile(r"(?m)^    (\w+): (.+)$")


@dataclass(frozen=True, slots=True)
class Described:
    """An endpoint as programs see it.

    Attributes:
        function: what it does.
        name: of the endpoint.
        text: what it is for.
        arguments: JSON schema of each argument, with its description and default.
        result: JSON schema of what it returns.
    """

    function: Callable[..., Any]
    name: str
    text: str
    arguments: dict[str, dict[str, Any]]
    result: dict[str, Any]

    @property
    def accepts(self) -> dict[str, Any]:
        """JSON schema of all the arguments, as one object."""
        needed = [name for name, schema in self.arguments.items() if "default" not in schema]
        return {
            "type": "object", "properties": self.arguments, "required": needed, "additionalProperties": False,
        }  # fmt: skip

    def call(self, given: Mapping[str, object]) -> Any:
        """Check arguments, call the function, and return plain values, ready for JSON.

        Raises:
            QuestionError: an argument is missing, unknown, or of the wrong kind.
            BotError: as the function.
        """
        unknown = sorted(given.keys() - self.arguments.keys())
        missing = [name for name in self.accepts["required"] if name not in given]
        if unknown or missing:
            wrong = f"{self.name} has no argument {unknown[0][:40]}." if unknown else f"{missing[0]} is missing."
            raise QuestionError(wrong, f"There are: {', '.join(self.arguments)}.")
        parameters = inspect.signature(self.function, eval_str=True).parameters
        return plain(self.function(**{name: _read(name, parameters[name], value) for name, value in given.items()}))


def described(function: Callable[..., Any]) -> Described:
    """Return the description of a function whose docstring has a line for each argument."""
    text, _, rest = inspect.cleandoc(function.__doc__ or "").partition("\nArgs:\n")
    texts = dict(_ARGUMENT.findall(rest))
    signature = inspect.signature(function, eval_str=True)
    arguments = {}
    for name, parameter in signature.parameters.items():
        arguments[name] = {**TypeAdapter(parameter.annotation).json_schema(), "description": texts[name]}
        if parameter.default is not parameter.empty:
            arguments[name]["default"] = parameter.default
    result = TypeAdapter(signature.return_annotation).json_schema(mode="serialization")
    return Described(function, function.__name__, " ".join(text.split()), arguments, result)


def plain(value: object) -> Any:
    """Return dataclasses, and lists of them, as plain values, ready for JSON."""
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else value


def _read(name: str, parameter: inspect.Parameter, value: object) -> object:
    try:
        return TypeAdapter(parameter.annotation, config=ConfigDict(strict=True)).validate_python(value)
    except ValidationError as error:
        wrong = error.errors(include_url=False, include_input=False)[0]["msg"]
        raise QuestionError(
            f"{name} is not as it should be: {wrong}.", "See the description of the endpoint."
        ) from None
