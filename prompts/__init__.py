"""Texts that we own, one file each, in two languages: what is said around quotes, and what models are told.

`load` gives a strict template: a variable that is missing or unknown raises. Knows nothing of who uses a text.
"""

import hashlib
import string
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

LANGUAGES = ("it", "en")


@dataclass(frozen=True, slots=True)
class Template:
    """A text with variables, `$name` or `${name}`.

    Attributes:
        name: of the file, without language and ending.
        language: "it" or "en".
        text: as it stands in the file.
        variables: the names that have to be given.
        hash: sha256 of the text, 12 hexadecimal digits.
    """

    name: str
    language: str
    text: str
    variables: frozenset[str]
    hash: str

    def fill(self, **values: str) -> str:
        """Return the text with its variables filled in.

        Raises:
            KeyError: a variable is missing.
            ValueError: a value was given for a variable that the text does not have.
        """
        unknown = sorted(values.keys() - self.variables)
        if unknown:
            raise ValueError(f"{self.name} ({self.language}) has no variable {unknown[0]}")
        return string.Template(self.text).substitute(values)


@cache
def load(name: str, language: str) -> Template:
    """Load a text.

    Args:
        name: of the file, such as `silence.off_topic`.
        language: "it" or "en".

    Raises:
        FileNotFoundError: there is no such text in that language.
        ValueError: the file is not a valid template.
    """
    if language not in LANGUAGES:
        raise FileNotFoundError(f"no texts in {language!r}")
    text = files("prompts").joinpath(language, f"{name}.md").read_text(encoding="utf-8").strip()
    template = string.Template(text)
    if not template.is_valid():
        raise ValueError(f"{name} ({language}) is not a valid template")
    digest = hashlib.sha256(text.encode()).hexdigest()[:12]
    return Template(name, language, text, frozenset(template.get_identifiers()), digest)


def names(language: str) -> list[str]:
    """Return the names of the texts of a language, sorted."""
    return sorted(path.name.removesuffix(".md") for path in files("prompts").joinpath(language).iterdir())
