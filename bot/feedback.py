"""Thumbs that readers give to answers, kept in a SQLite file with all that an evaluation needs of the answer.

Of an answer that rests on articles that only its reader has, the words are not kept. Knows answers and articles;
nothing of conversations or of how a thumb is given.
"""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, get_args

from bot.database import Database
from bot.datamodels import Answer
from bot.errors import HistoryError
from bot.records import now, without_keys
from index.article import Article

FILE = "feedback.db"
Verdict = Literal["up", "down"]
REASONS: dict[str, tuple[str, ...]] = {
    "up": ("right", "complete", "sources"),
    "down": ("wrong", "unsupported", "incomplete", "beside", "silent", "should_be_silent", "language"),
}
"""Why, in a word; what a reader writes stands beside it."""
LONGEST = 1000
"""Characters of what a reader writes."""
_MOST = 20_000

_STEPS = (
    """
CREATE TABLE thumbs (
    owner TEXT NOT NULL, key TEXT NOT NULL, given TEXT NOT NULL, verdict TEXT NOT NULL, reason TEXT NOT NULL,
    words TEXT NOT NULL, question TEXT NOT NULL, language TEXT NOT NULL, private INTEGER NOT NULL, answer TEXT NOT NULL,
    sources TEXT NOT NULL, configuration TEXT NOT NULL, PRIMARY KEY (owner, key)) WITHOUT ROWID;
CREATE INDEX thumbs_by_time ON thumbs (given)
""",
)
_COLUMNS = "key, given, verdict, reason, words, question, language, private, answer, sources, configuration"


@dataclass(frozen=True, slots=True)
class Thumb:
    """What a reader thinks of an answer.

    Attributes:
        key: of the exchange; one reader has one thumb for it.
        verdict: "up" or "down".
        reason: one of `REASONS`, or empty.
        words: what the reader wrote; may be empty.
        question: as it was understood, so that it can be asked by itself.
        language: of the answer.
        private: whether the answer rests on articles that only its reader has; then their words are not in `answer`.
        answer: as `Answer.as_dict` gives it.
        sources: the articles cited, or nearest: id, title, language, date, source, and the hash of what they said.
        configuration: who wrote the answer, and with which settings.
        given: when, ISO 8601 in UTC.
    """

    key: str
    verdict: Verdict
    reason: str
    words: str
    question: str
    language: str
    private: bool
    answer: dict[str, Any]
    sources: tuple[dict[str, Any], ...]
    configuration: dict[str, Any]
    given: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Return the thumb as `ponte eval import` reads it."""
        why = ": ".join(part for part in (self.reason, " ".join(self.words.split())) if part)
        return {
            "question": self.question, "language": self.language, "verdict": self.verdict, "reason": why,
            "given": self.given, "private": self.private, "answer": self.answer, "sources": list(self.sources),
            "configuration": self.configuration,
        }  # fmt: skip


def thumb(
    key: str, answer: Answer, articles: Mapping[str, Article], verdict: str, reason: str = "", words: str = "",
    own: Collection[str] = (), configuration: Mapping[str, Any] | None = None,
) -> Thumb:  # fmt: skip
    """Make a thumb.

    Args:
        key: of the exchange.
        answer: that it is about.
        articles: those that the answer cites, by id, as far as they are there.
        verdict: "up" or "down".
        reason: one of `REASONS` for that verdict, or empty.
        words: what the reader wrote; cut off after 1,000 characters.
        own: ids of the articles that only the reader has.
        configuration: settings that the answer was made with.

    Raises:
        HistoryError: the verdict or the reason is none.
    """
    if verdict not in get_args(Verdict) or reason not in ("", *REASONS[verdict]):
        raise HistoryError(f"“{verdict}” for “{reason}” is no thumb.", "It is up or down, with a reason of its own.")
    answer = without_keys(answer)
    cited = dict.fromkeys(citation.article_id for citation in (*answer.citations, *answer.nearest))
    private = any(name in own for name in cited)
    sources = () if private else tuple(_source(articles[name]) for name in cited if name in articles)
    made = {"model": answer.model, "prompt": answer.prompt, **(configuration or {})}
    kept = json.loads(json.dumps((_bare(answer) if private else answer).as_dict()))
    return Thumb(
        key, "up" if verdict == "up" else "down", reason, words[:LONGEST].strip(), answer.understood or answer.question,
        answer.language, private, kept, sources, made, now(),
    )  # fmt: skip


class Feedback:
    """The thumbs of a folder; safe to share between threads, and between processes on one machine.

    Args:
        folder: that `feedback.db` is in; made if it is not there.

    Raises:
        HistoryError: the file cannot be opened, or a newer version of Ponte made it.
    """

    def __init__(self, folder: Path) -> None:
        self._database = Database(folder / FILE, _STEPS)

    def close(self) -> None:
        """Release the file; the thumbs are not used after this."""
        self._database.close()

    def give(self, owner: str, given: Thumb) -> None:
        """Keep a thumb; it takes the place of the one that the owner gave to the same answer before."""
        values = (
            owner, given.key, given.given, given.verdict, given.reason, given.words, given.question, given.language,
            given.private, *(json.dumps(part) for part in (given.answer, given.sources, given.configuration)),
        )  # fmt: skip
        with self._database.transaction() as db:
            db.execute(f"INSERT OR REPLACE INTO thumbs VALUES ({', '.join('?' * len(values))})", values)  # noqa: S608
            old = db.execute("SELECT owner, key FROM thumbs ORDER BY given DESC LIMIT -1 OFFSET ?", (_MOST,)).fetchall()
            db.executemany("DELETE FROM thumbs WHERE owner = ? AND key = ?", old)

    def take_back(self, owner: str, key: str) -> None:
        """Delete an owner's thumb for an answer, if there is one."""
        with self._database.transaction() as db:
            db.execute("DELETE FROM thumbs WHERE owner = ? AND key = ?", (owner, key))
        self._database.forget()

    def clear(self, owner: str) -> int:
        """Delete all thumbs of an owner; return how many there were."""
        with self._database.transaction() as db:
            count = int(db.execute("DELETE FROM thumbs WHERE owner = ?", (owner,)).rowcount)
        self._database.forget()
        return count

    def verdicts(self, owner: str) -> dict[str, str]:
        """Return an owner's verdicts by the key of the exchange."""
        return dict(self._database.rows("SELECT key, verdict FROM thumbs WHERE owner = ?", (owner,)))

    def __iter__(self) -> Iterator[Thumb]:
        """Go through the thumbs of everyone, the oldest first; who gave them is not told."""
        for row in self._database.rows(f"SELECT {_COLUMNS} FROM thumbs ORDER BY given, key"):  # noqa: S608
            key, given, verdict, reason, words, question, language, private, *parts = row
            answer, sources, configuration = (json.loads(part) for part in parts)
            yield Thumb(
                key, verdict, reason, words, question, language, bool(private), answer, tuple(sources), configuration,
                given,
            )  # fmt: skip


def _source(article: Article) -> dict[str, Any]:
    kept = ("id", "title", "language", "date", "source", "hash")
    return {name: getattr(article, name) for name in kept}


def _bare(answer: Answer) -> Answer:
    """Return an answer without a word of the sources."""
    return replace(
        answer, text="", statements=(), citations=(), nearest=(), missing=(), notices=(), understood=""
    )  # fmt: skip
