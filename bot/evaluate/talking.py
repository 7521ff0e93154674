"""What the evaluation needs of a language model, and how its reply is read. The models are in `bot.providers`."""

import json
import threading
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from bot.datamodels import Usage
from bot.errors import EvaluationError
from prompts import load

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage


class Speaker(Protocol):
    """A language model that streams."""

    @property
    def name(self) -> str:
        """Provider and model."""

    def stream(
        self, messages: Sequence["BaseMessage"], stop: threading.Event | None = None, max_tokens: int = 1024
    ) -> Iterator[str | Usage]:
        """Yield what the model writes, piece by piece, and what it took."""


def told(model: Speaker, name: str, language: str, max_tokens: int = 1024, **values: str) -> tuple[str, Usage]:
    """Return what a model replies to the prompts `name.system` and `name.user`, and what it took.

    Args:
        model: that is asked.
        name: of the prompts.
        language: of the prompts, "it" or "en".
        max_tokens: of the reply.
        values: variables of `name.user`.
    """
    from langchain_core.messages import HumanMessage, SystemMessage

    user = load(f"{name}.user", language).fill(**values)
    messages = [SystemMessage(load(f"{name}.system", language).fill()), HumanMessage(user)]
    pieces: list[str] = []
    usage = Usage()
    for piece in model.stream(messages, max_tokens=max_tokens):
        if isinstance(piece, str):
            pieces.append(piece)
        else:
            usage += piece
    return "".join(pieces), usage


def enclosed(value: Any) -> str:
    """Return a value that comes from outside as one line of JSON, which no text inside it can end."""
    return json.dumps(value, ensure_ascii=False)


def named(name: str) -> Speaker:
    """Return a model by its name, `provider:model`.

    Raises:
        SettingsError: there is no such provider, or it lacks what it needs.
        EvaluationError: this Ponte knows no language models.
    """
    from bot import providers

    make = getattr(providers, "make_model", None)
    if make is None:
        raise EvaluationError(f"The model {name} cannot be had: no provider is installed.", "Leave it out.")
    model: Speaker = make(name)
    return model
