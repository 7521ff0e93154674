"""Settings: one flat frozen value, read from the environment once and passed on in parts."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from bot.errors import SettingsError

_PREFIX = "PONTE_"
# Read elsewhere: where the embedded model is built, and what the test suite asks for.
_OTHERS = {"PONTE_CACHE_DIR"}
_ALLOWED = {
    "language": ("it", "en"),
    "unsupported": ("drop", "flag"),
    "cache_answers": ("on", "off"),
    "shared_uploads": ("on", "off"),
    "visitor_servers": ("on", "off"),
    "history": ("on", "off"),
}


def default_home() -> Path:
    """Return the data folder by the platform's convention."""
    import platformdirs

    return Path(platformdirs.user_data_dir("ponte", appauthor=False))


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be set; every field is read from `PONTE_` and its name in capitals.

    Attributes:
        home: folder of the index that is used when none is named.
        embedder: `embedded`, or `openai:MODEL` for OpenAI or a compatible server (OPENAI_BASE_URL).
        model: `openai:MODEL`, `scripted:FILE` or `extractive`; "" for OpenAI's if there is a key, else `extractive`.
        model_timeout: seconds that a piece of a model's answer is waited for.
        max_tokens: that a model may write in one call.
        max_cost: US dollars that may be spent on models in a session; 0 for no limit.
        max_cost_all: US dollars that all visitors of a page may spend together with the owner's key; 0 for `max_cost`.
        ask_above: US dollars that a summary by a model may cost without being asked for.
        context_window: tokens, of a model that is not known here.
        prices: path of a table of prices that goes before the one that ships.
        language: "it" or "en": of the answer when the question does not tell.
        chroma_url: of a Chroma server; the embedded Chroma if empty.
        chroma_token: sent to that server as a bearer token.
        host: that the page is served on.
        port: that the page is served on.
        auth_file: path of the accounts of those who may use the page; everybody may, if empty.
        log: where the server's journal goes: "" nowhere, "-" to the error stream, or a file's path.
        rate: requests a minute, of one visitor.
        max_question: characters.
        max_upload_mb: of one file that a visitor adds.
        shared_uploads: "on" or "off": whether visitors may put articles into the index that all of them see.
        visitor_servers: "on" or "off": whether visitors may have models asked at an address that they name.
        history: "on" or "off": whether conversations are kept beside the index.
        history_days: that a conversation is kept after it was last used.
        unsupported: "drop" or "flag": what becomes of a model's sentence that the sources do not bear out.
        cache_answers: "on" or "off": whether a repeated question is answered from memory.
    """

    home: Path
    embedder: str = "embedded"
    model: str = ""
    model_timeout: int = 120
    max_tokens: int = 1024
    max_cost: float = 0.0
    max_cost_all: float = 0.0
    ask_above: float = 0.10
    context_window: int = 4096
    prices: str = ""
    language: str = "it"
    chroma_url: str = ""
    chroma_token: str = ""
    host: str = "127.0.0.1"
    port: int = 7860
    auth_file: str = ""
    log: str = ""
    rate: int = 600
    max_question: int = 2000
    max_upload_mb: int = 20
    shared_uploads: str = "off"
    visitor_servers: str = "off"
    history: str = "on"
    history_days: int = 90
    unsupported: str = "drop"
    cache_answers: str = "on"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Read the settings.

        Raises:
            SettingsError: a `PONTE_` variable is unknown, or its value does not fit.
        """
        known = {_PREFIX + field.name.upper(): field for field in fields(cls)}
        given = {name: value for name, value in environment.items() if name.startswith(_PREFIX) and value}
        unknown = sorted(given.keys() - known.keys() - _OTHERS)
        if unknown:
            raise SettingsError(f"{unknown[0]} is no setting of Ponte.", f"There are: {', '.join(sorted(known))}.")
        values: dict[str, Any] = {"home": default_home()}
        for name in given.keys() & known.keys():
            values[known[name].name] = _parse(name, given[name], known[name].type)
        settings = cls(**values)
        for name, allowed in _ALLOWED.items():
            if getattr(settings, name) not in allowed:
                raise SettingsError(
                    f"{_PREFIX}{name.upper()} is “{getattr(settings, name)}”.", f"It can be {' or '.join(allowed)}."
                )
        return settings

    def __repr__(self) -> str:
        """Show the settings without the token."""
        shown = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "chroma_token"}
        return f"Settings({', '.join(f'{name}={value!r}' for name, value in shown.items())})"


def _parse(name: str, value: str, kind: object) -> object:
    if kind is Path or kind == "Path":
        return Path(value).expanduser()
    if kind is int or kind == "int":
        if not value.isdecimal() or not 0 < int(value) < 10**9:
            raise SettingsError(f"{name} is “{value}”.", "It has to be a whole number above 0.")
        return int(value)
    if kind is float or kind == "float":
        if not re.fullmatch(r"\d{1,9}(\.\d{1,9})?", value, re.ASCII):
            raise SettingsError(f"{name} is “{value}”.", "It has to be a number such as 0.50.")
        return float(value)
    return value
