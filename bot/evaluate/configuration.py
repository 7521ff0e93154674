"""What was asked: which code, prompts, settings and articles. Two runs of one configuration give the same answers.

Knows nothing of questions.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from bot import providers
from bot.settings import Settings
from index.passage import Entry

_ROOMS_THAT_DO_NOT_ANSWER = {"evaluate", "page", "commands", "cli.py", "terminal.py", "dossier"}
_SETTINGS_THAT_DO_NOT_ANSWER = {"home", "host", "port", "max_upload_mb"}
_SECRETS = ("key", "token", "password", "secret", "url")
_ROOT = Path(__file__).resolve().parents[2]
_LARGEST = 2_000_000


class Configured(Protocol):
    """What has settings and an index: a `bot.chat.Bot`."""

    @property
    def settings(self) -> Settings:
        """The settings, read once."""

    def entries(self) -> dict[str, Entry]:
        """Return what the index knows of each article, by id."""


@dataclass(frozen=True, slots=True)
class Configuration:
    """What was asked.

    Attributes:
        label: what a person calls it; may be empty.
        settings: those that answers depend on; no secrets.
        articles: in the index.
        index: hash of what the index holds.
        code: hash of the program and its prompts.
        version: of the package.
    """

    label: str = ""
    settings: dict[str, Any] = field(default_factory=dict)
    articles: int = 0
    index: str = ""
    code: str = ""
    version: str = ""

    @property
    def hash(self) -> str:
        """The whole as 12 hexadecimal digits."""
        return _hash(json.dumps(asdict(self), sort_keys=True, default=str).encode())


def configuration(bot: Configured, label: str = "") -> Configuration:
    """Return the configuration of a bot.

    Args:
        bot: that is asked.
        label: what a person calls it.
    """
    entries = bot.entries()
    held = "\n".join(f"{name} {entry.hash} {entry.version}" for name, entry in sorted(entries.items()))
    return Configuration(
        label=label,
        settings=_settings(bot.settings),
        articles=len(entries),
        index=_hash(held.encode()),
        code=_code(),
        version=_version(),
    )


def extractive() -> Settings:
    """Return the settings of the environment, but for the model: the sources' own sentences are the answers."""
    return replace(Settings.from_environment(), model=providers.EXTRACTIVE)


def _settings(settings: Settings) -> dict[str, Any]:
    """Return what answers depend on; the model that is meant where none is named depends on the keys that are set."""
    found = {name: value for name, value in sorted(asdict(settings).items()) if _tells(name)}
    return found | {"model": settings.model or providers.default_model()}


def _tells(name: str) -> bool:
    return name not in _SETTINGS_THAT_DO_NOT_ANSWER and not name.endswith(_SECRETS)


@cache
def _code() -> str:
    digest = hashlib.sha256()
    for path in _files():
        digest.update(path.relative_to(_ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


def _files() -> Iterator[Path]:
    """Yield the files that answers depend on, in an order that does not change."""
    for package in ("bot", "index", "prompts"):
        for path in sorted((_ROOT / package).rglob("*")):
            room = path.relative_to(_ROOT / package).parts[0]
            if package == "bot" and room in _ROOMS_THAT_DO_NOT_ANSWER or "__pycache__" in path.parts:
                continue
            if path.is_file() and path.stat().st_size <= _LARGEST:
                yield path


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("ponte-chat")
    except PackageNotFoundError:
        return ""


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]
