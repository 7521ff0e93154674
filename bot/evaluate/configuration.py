"""What was asked: which code, prompts, settings and articles. Two runs of one configuration give the same answers.

Knows nothing of questions.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from index.passage import Entry

_ROOMS_THAT_DO_NOT_ANSWER = {"evaluate", "page", "commands", "cli.py", "terminal.py", "dossier"}
_SETTINGS_THAT_DO_NOT_ANSWER = {"home", "host", "port", "max_upload_mb"}
_SECRETS = ("key", "token", "password", "secret", "url")
_LARGEST = 2_000_000


class Configured(Protocol):
    """What has settings and an index: a `bot.chat.Bot`."""

    @property
    def settings(self) -> Any:
        """A frozen dataclass."""

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
        settings={n: v for n, v in sorted(asdict(bot.settings).items()) if _tells(n)},
        articles=len(entries),
        index=_hash(held.encode()),
        code=_code(),
        version=_version(),
    )


def _tells(name: str) -> bool:
    return name not in _SETTINGS_THAT_DO_NOT_ANSWER and not any(word in name for word in _SECRETS)


@cache
def _code() -> str:
    digest = hashlib.sha256()
    for path in _files():
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


def _files() -> Iterator[Path]:
    """Yield the files that answers depend on, in an order that does not change."""
    root = Path(__file__).resolve().parents[2]
    for package in ("bot", "index", "prompts"):
        for path in sorted((root / package).rglob("*")):
            room = path.relative_to(root / package).parts[0]
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
