"""What the page keeps for its visitors: conversations and thumbs, and the files that they are exported to.

Knows the bot, the stores and turns; nothing of HTML, Gradio or how a visitor is told from another.
"""

import logging
from collections.abc import Collection
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING

from bot.datamodels import Answer, State
from bot.errors import HistoryError, UnknownArticle
from bot.export import FORMATS, export
from bot.feedback import Feedback, thumb
from bot.history import History, Kept
from bot.page.own import Own
from bot.page.turns import Stage, Turn, Turns
from bot.records import Conversation, Exchange, compared, titled
from index.article import slug

if TYPE_CHECKING:
    from bot.chat import Bot

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Record:
    """What is kept of the conversation that is open.

    Attributes:
        id: of the kept conversation; empty if nothing of it is kept yet.
        keys: of the turns that are kept, or are not to be.
        title: that it was kept under, where it was opened again.
    """

    id: str = ""
    keys: frozenset[str] = frozenset()
    title: str = ""


class Keeper:
    """The stores beside a bot's index.

    Args:
        bot: whose answers are kept.
    """

    def __init__(self, bot: "Bot") -> None:
        self._bot = bot
        self.days = bot.settings.history_days
        self._history: History | None = None
        self._feedback: Feedback | None = None
        try:
            if bot.settings.history == "on":
                self._history = History(bot.folder, self.days)
            self._feedback = Feedback(bot.folder)
        except HistoryError as error:
            # Answers do not depend on it: the page is served, and keeps nothing.
            _log.warning("Nothing is kept. %s", error)

    def close(self) -> None:
        """Release the files."""
        for store in (self._history, self._feedback):
            if store is not None:
                store.close()

    # -- conversations

    def keeps(self, owner: str) -> bool:
        """Return whether a visitor's conversations are kept."""
        return bool(owner) and self._history is not None and self._history.keeps(owner)

    def keep(self, owner: str, wanted: bool) -> None:
        """Note whether a visitor wants conversations to be kept.

        Raises:
            HistoryError: it cannot be written.
        """
        if owner and self._history is not None:
            self._history.keep(owner, wanted)

    def save(self, owner: str, record: Record, turns: Turns, own: Own | None = None) -> Record:
        """Keep what is new in a conversation, and let go what was taken back; return what is kept of it now."""
        current = frozenset(turn.key for turn in turns if not turn.stage.open)
        try:
            if self._history is None or not self.keeps(owner):
                return Record(record.id, record.keys | current, record.title)
            mine = _ids(own)
            new = [turn for turn in turns if turn.key in current - record.keys]
            exchanges = [made for turn in new if (made := exchanged(turn, mine)) is not None]
            removed = record.keys - current if record.id else frozenset()
            if not exchanges and not removed:
                return Record(record.id, record.keys | current, record.title)
            name = self._history.save(owner, record.id, exchanges, removed)
            return Record(name, current, record.title)
        except HistoryError as error:
            _log.warning("A conversation was not kept. %s", error)
            return record

    def found(self, owner: str, words: str = "") -> list[Kept]:
        """Return a visitor's conversations, or those in which all words stand.

        Raises:
            HistoryError: they cannot be read.
        """
        if not owner or self._history is None:
            return []
        return self._history.search(owner, words)

    def open(self, owner: str, name: str, bot: "Bot") -> tuple[Record, Turns]:
        """Return a kept conversation, with what became of the articles that it cites.

        Args:
            owner: whose it is.
            name: its id.
            bot: that has the articles which the visitor sees.

        Raises:
            HistoryError: the visitor has none of that id.
        """
        if not owner or self._history is None:
            raise HistoryError("There is no such conversation.")
        kept = self._history.open(owner, name)
        verdicts = self._feedback.verdicts(owner) if self._feedback else {}
        turns = tuple(
            _turn(compared(exchange, bot.article), verdicts.get(exchange.key, "")) for exchange in kept.exchanges
        )
        return Record(name, frozenset(turn.key for turn in turns), kept.title), turns

    def rename(self, owner: str, name: str, title: str) -> None:
        """Give a conversation another title.

        Raises:
            HistoryError: the visitor has none of that id.
        """
        if self._history is not None:
            self._history.rename(owner, name, title)

    def delete(self, owner: str, name: str) -> None:
        """Delete a conversation for good.

        Raises:
            HistoryError: the visitor has none of that id.
        """
        if self._history is not None:
            self._history.delete(owner, name)

    def clear(self, owner: str) -> None:
        """Delete all conversations and thumbs of a visitor for good.

        Raises:
            HistoryError: they cannot be written.
        """
        for store in (self._history, self._feedback):
            if owner and store is not None:
                store.clear(owner)

    # -- thumbs

    def rate(self, owner: str, turn: Turn, verdict: str, reason: str, words: str, own: Own | None, bot: "Bot") -> None:
        """Keep a visitor's thumb for an answer.

        Raises:
            HistoryError: the thumb is none, or cannot be written.
        """
        if self._feedback is None or turn.answer is None:
            return
        mine = {*_ids(own), *turn.own}
        articles = {}
        for citation in (*turn.answer.citations, *turn.answer.nearest):
            try:
                articles[citation.article_id] = bot.article(citation.article_id)
            except UnknownArticle:
                continue
        settings = self._bot.settings
        configuration = {
            "embedder": settings.embedder, "unsupported": settings.unsupported, "version": version("ponte-chat")
        }  # fmt: skip
        made = thumb(turn.key, turn.answer, articles, verdict, reason, words, mine, configuration)
        self._feedback.give(owner, made)

    def unrate(self, owner: str, key: str) -> None:
        """Take a visitor's thumb back.

        Raises:
            HistoryError: it cannot be written.
        """
        if self._feedback is not None:
            self._feedback.take_back(owner, key)


def document(record: Record, turns: Turns, form: str, language: str, own: Own | None = None) -> tuple[str, str, str]:
    """Return a conversation as a file: its name, its media type, its text.

    Raises:
        HistoryError: there is no such form.
    """
    exchanges = tuple(made for turn in turns if (made := exchanged(turn, _ids(own))) is not None)
    title = record.title or (titled(exchanges[0].answer.question) if exchanges else "Ponte")
    content = export(Conversation(title, exchanges), form, language)
    return f"ponte-{slug(title)[:50].strip('-')}.{form}", FORMATS[form][0], content


def exchanged(turn: Turn, own: Collection[str] = ()) -> Exchange | None:
    """Return a turn as it is kept; None where there is nothing to keep: it failed, or is still open.

    Args:
        turn: of a conversation.
        own: ids of the visitor's own articles.
    """
    answer = turn.answer
    if answer is None and (turn.stage is not Stage.STOPPED or not turn.statements):
        return None
    if answer is None:
        said = (f"{s.text}{''.join(f' [{n}]' for n in s.citations)}" for s in turn.statements)
        answer = Answer(
            turn.question, " ".join(said), turn.language, State.ANSWERED, turn.statements, turn.citations
        )  # fmt: skip
    cited = {citation.article_id for citation in (*answer.citations, *answer.nearest)}
    mine = tuple(sorted(cited & {*own, *turn.own}))
    return Exchange(
        answer, turn.key, turn.asked, turn.answer is not None, mine, turn.changed, turn.removed
    )  # fmt: skip


def _turn(exchange: Exchange, verdict: str) -> Turn:
    answer = exchange.answer
    return Turn(
        answer.question, answer.language, Stage.DONE if exchange.complete else Stage.STOPPED, answer.statements,
        answer.citations, answer if exchange.complete else None, key=exchange.key, asked=exchange.asked,
        own=exchange.own, changed=exchange.changed, removed=exchange.removed, verdict=verdict,
    )  # fmt: skip


def _ids(own: Own | None) -> set[str]:
    return {article.id for article in own.articles()} if own else set()
