"""Who writes the answers of one visitor: the owner's choice, the sources' own sentences, or a model of the visitor's.

A key is in this session's memory and in the requests to the model's server, and nowhere else; it is gone with the
visitor. A visitor never spends the owner's key on another model, and never makes this machine ask an address that its
owner did not allow. Knows models and bots; nothing of HTML or Gradio.
"""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.answer.speaker import Speaker
from bot.errors import ModelError
from bot.providers.access import visitors_access
from bot.usage import Budget

if TYPE_CHECKING:
    from bot.chat import Bot
    from bot.settings import Settings

_LONGEST = 500
_LISTED = 8


class Who(StrEnum):
    """Who writes."""

    OWNERS = "owners"
    SOURCES = "sources"
    VISITORS = "visitors"


@dataclass(frozen=True, slots=True)
class News:
    """What came of the latest choice.

    Attributes:
        label: name of the label that says it; "" if there is nothing to say.
        detail: what the label is filled with.
        wrong: whether the choice was not taken.
    """

    label: str = ""
    detail: str = ""
    wrong: bool = False


@dataclass(slots=True, eq=False)
class Voice:
    """One visitor's choice; made when they arrive, forgotten when they leave.

    Attributes:
        who: writes.
        host: where a visitor's model is.
        news: of the latest choice.
        halt: set to end what is being asked.
    """

    who: Who = Who.OWNERS
    host: str = ""
    news: News = News()
    halt: threading.Event = field(default_factory=threading.Event, repr=False)
    _model: Speaker | None = None
    _owners: Speaker | None = None
    _budget: Budget | None = None
    _made: "tuple[Bot, Speaker | None, Bot] | None" = field(default=None, repr=False)

    def begin(self) -> threading.Event:
        """Return what ends the question that begins now; an earlier one is left alone."""
        self.halt = threading.Event()
        return self.halt

    def over(self, bot: "Bot") -> "Bot":
        """Return the bot over the same articles that answers by this voice."""
        model = self._speaker(bot)
        if model is bot.model:
            return bot
        if self._made is None or self._made[0] is not bot or self._made[1] is not model:
            self._made = (bot, model, bot.with_model(model))
        return self._made[2]

    def name(self, bot: "Bot") -> str:
        """Return the name of the model that writes; "" where the sources' own sentences are the answers."""
        model = self._speaker(bot)
        return model.name if model is not None else ""

    def choose(self, given: Mapping[str, str], settings: "Settings") -> None:
        """Take a model of the visitor's, after asking its server whether it is there; else note why not.

        Args:
            given: "name" as `openai:MODEL`, "key", and "server", an address, which counts where the owner allows it.
            settings: timeouts, limits, and what visitors may do.
        """
        name, key, server = (given.get(field, "").strip() for field in ("name", "key", "server"))
        server = server if settings.visitor_servers == "on" else ""
        if name == "extractive":
            self.rest(Who.SOURCES)
            return
        wrong = _unfit(name, key, server)
        self.news = News(wrong, wrong=True) if wrong else self._taken(name.partition(":")[2], key, server, settings)

    def rest(self, who: Who) -> None:
        """Go back to the sources' own sentences or to the owner's choice; the key and the model are forgotten."""
        self.who, self.host, self.news, self._model, self._made = who, "", News(), None, None

    def _taken(self, model: str, key: str, server: str, settings: "Settings") -> News:
        from bot.providers.openai_chat import OpenAIModel
        from bot.providers.openai_models import listed

        access = visitors_access(key, server)
        try:
            there = listed(access)
        except ModelError as error:
            label = {"key": "key_refused", "connection": "unreachable", "timeout": "unreachable"}.get(error.kind)
            if label:
                return News(label, access.host, wrong=True)
            there = ()
        others = ", ".join(there[:_LISTED])
        if there and model not in there and access.official:
            return News("unknown", model, wrong=True)
        self._budget = self._budget or Budget(settings.max_cost or None)
        self._model = OpenAIModel(model, access, settings, self._budget)
        self.who, self.host, self._made = Who.VISITORS, access.host, None
        return News("unlisted", others) if there and model not in there else News("taken", f"openai:{model}")

    def _speaker(self, bot: "Bot") -> Speaker | None:
        from bot.providers.model import Model

        if self.who is Who.SOURCES:
            return None
        if self.who is Who.VISITORS:
            return self._model
        if isinstance(bot.model, Model) and bot.model.budget.limit is not None:
            # Each visitor has the limit of a session; what all spend together has one as well.
            self._owners = self._owners or bot.model.anew()
            return self._owners
        return bot.model


def _unfit(name: str, key: str, server: str) -> str:
    """Return the name of the label that says what is wrong with what was typed; "" if nothing is."""
    provider, _, model = name.partition(":")
    if provider != "openai" or not model or not model.isprintable() or len(model) > _LONGEST:
        return "bad_name"
    if server and not _address(server):
        return "bad_server"
    if not key and not server:
        return "no_key"
    if len(key) > _LONGEST or not key.isascii() or not key.isprintable() or " " in key:
        return "bad_key"
    return ""


def _address(server: str) -> bool:
    try:
        parts = urlsplit(server)
        return (
            parts.scheme in ("http", "https")
            and bool(parts.hostname)
            and parts.port != 0
            and "@" not in parts.netloc
            and not parts.query
            and not parts.fragment
            and len(server) <= _LONGEST
            and server.isascii()
            and server.isprintable()
            and " " not in server
        )
    except ValueError:
        return False
