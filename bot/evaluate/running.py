"""Asking the questions of a set, one conversation after another or several at once, and noting what comes.

A killed run goes on where it was: what the ledger of its folder holds is not asked again. Knows nothing of metrics.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bot.errors import BotError, EmbedderError, SettingsError, StoreError
from bot.evaluate.configuration import Configuration, Configured, configuration
from bot.evaluate.gold import Span
from bot.evaluate.item import Item
from bot.evaluate.ledger import Ledger, ledger
from bot.evaluate.record import Record
from bot.events import Done, Event, Found
from bot.question.follow import Turn
from index.article import Article
from index.build import Progress, silent

# After these every further question would fail as well.
_FATAL = (StoreError, EmbedderError, SettingsError)


class Asks(Configured, Protocol):
    """What is evaluated: a `bot.chat.Bot`, or anything that answers as one does."""

    def stream(
        self, question: str, language: str | None = None, articles: None = None, history: Sequence[Turn] = ()
    ) -> Iterator[Event]:
        """Answer a question in events."""

    def articles(self) -> list[Article]:
        """Return every article."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of a set.

    Attributes:
        configuration: that was asked.
        records: one for each question, in their order.
        known: how many of them were in the ledger already.
    """

    configuration: Configuration
    records: tuple[Record, ...]
    known: int


def ask(
    items: Sequence[Item],
    bot: Asks,
    out: Path | None = None,
    workers: int = 1,
    label: str = "",
    progress: Progress = silent,
) -> Asked:
    """Ask every question of a set.

    Args:
        items: a sound set (`bot.evaluate.gold.faults`); a follow-up comes with the question that it follows.
        bot: that is asked.
        out: folder of the ledger; nothing is kept, if None.
        workers: conversations at a time; more than one makes sense where a model is waited for.
        label: what a person calls the configuration.
        progress: told of questions done, questions in all, and the id of the last.

    Raises:
        EvaluationError: the folder cannot be written, or another run is writing there.
        StoreError, EmbedderError, SettingsError: nothing can be answered at all.
    """
    asked_of = configuration(bot, label)
    by_id = {item.id: item for item in items}
    keys = {item.id: _key(item, by_id, asked_of) for item in items}
    found: dict[str, Record] = {}
    with ledger(out) as notes:
        known = sum(notes.get(key) is not None for key in keys.values())
        conversation = _Conversation(bot, by_id, keys, notes)
        for done, record in enumerate(_records(conversation, _trees(items), workers), start=1):
            found[record.id] = record
            progress(done, len(items), record.id)
    return Asked(asked_of, tuple(found[item.id] for item in items), known)


@dataclass(frozen=True, slots=True)
class _Conversation:
    """What asking one question after another needs."""

    bot: Asks
    items: Mapping[str, Item]
    keys: Mapping[str, str]
    notes: Ledger

    def records(self, items: Sequence[Item]) -> list[Record]:
        """Ask the questions of a conversation, each after the one that it follows."""
        found: dict[str, Record] = {}
        for item in items:
            record = self.notes.get(self.keys[item.id])
            if record is None:
                before = _before(item, self.items)
                history = [turn for one in before if (turn := _turn(one, found[one.id])) is not None]
                record = self._ask(item, history) if len(history) == len(before) else self._left(item)
                self.notes.add(record)
            found[item.id] = record
        return list(found.values())

    def _left(self, item: Item) -> Record:
        return Record(item.id, self.keys[item.id], None, None, "The question that it follows was not answered.")

    def _ask(self, item: Item, history: Sequence[Turn]) -> Record:
        hits: tuple[Span, ...] | None = None
        key = self.keys[item.id]
        try:
            for event in self.bot.stream(item.question, history=history):
                if isinstance(event, Found):
                    chunks = [hit.passage.chunk for hit in event.hits]
                    hits = tuple(Span(chunk.article_id, chunk.start, chunk.end) for chunk in chunks)
                elif isinstance(event, Done):
                    return Record(item.id, key, event.answer, hits)
        except _FATAL:
            raise
        except BotError as error:
            return Record(item.id, key, None, hits, str(error))
        return Record(item.id, key, None, hits, "The answer broke off.")


def _records(conversation: _Conversation, trees: Sequence[Sequence[Item]], workers: int) -> Iterator[Record]:
    if workers == 1:
        for tree in trees:
            yield from conversation.records(tree)
        return
    pool = ThreadPoolExecutor(workers)
    try:
        for future in as_completed([pool.submit(conversation.records, tree) for tree in trees]):
            yield from future.result()
    finally:
        pool.shutdown(cancel_futures=True)


def _trees(items: Sequence[Item]) -> list[list[Item]]:
    """Return the conversations: each question that follows none, then those that follow it, nearest first."""
    by_id = {item.id: item for item in items}
    trees: dict[str, list[Item]] = {}
    for item in items:
        before = _before(item, by_id)
        trees.setdefault(before[0].id if before else item.id, []).append(item)
    return [sorted(tree, key=lambda item: len(_before(item, by_id))) for tree in trees.values()]


def _before(item: Item, by_id: Mapping[str, Item]) -> list[Item]:
    """Return the questions that were asked before one in its conversation, the first one first."""
    found: list[Item] = []
    while item.follows is not None and item.follows in by_id and by_id[item.follows] not in found:
        item = by_id[item.follows]
        found.insert(0, item)
    return found


def _turn(item: Item, record: Record) -> Turn | None:
    answer = record.answer
    return None if answer is None else Turn(item.question, answer.language, answer.told, answer.understood)


def _key(item: Item, by_id: Mapping[str, Item], asked_of: Configuration) -> str:
    said = "\n".join(one.question for one in (*_before(item, by_id), item))
    return f"{item.id} {hashlib.sha256(said.encode()).hexdigest()[:12]} {asked_of.hash}"
