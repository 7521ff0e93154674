"""Conversations kept in a SQLite file: saved, listed, searched, renamed, deleted; each seen by its owner alone.

An owner is a name that nobody can guess: what tells visitors apart is not known here. Knows answers as they were given,
nothing of the articles behind them.
"""

import json
import secrets
import sqlite3
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from bot.database import Database
from bot.errors import HistoryError
from bot.history.words import index, query, unindex, wanted
from bot.records import Conversation, Exchange, now, restored, titled, without_keys

FILE = "history.db"
MOST = 200
"""Conversations of an owner; the one that was used longest ago makes room."""
LONGEST = 200
"""Exchanges of a conversation; the oldest makes room."""
_ALL = 20_000
_TITLE = 120
_DAY = 86_400
# Around a word that was found, in `Kept.excerpt`.
START, STOP = "\x02", "\x03"

_STEPS = (
    """
CREATE TABLE conversations (
    id TEXT PRIMARY KEY, owner TEXT NOT NULL, title TEXT NOT NULL, language TEXT NOT NULL, made REAL NOT NULL,
    changed REAL NOT NULL) WITHOUT ROWID;
CREATE INDEX conversations_of_owner ON conversations (owner, changed);
CREATE INDEX conversations_by_age ON conversations (changed);
CREATE TABLE exchanges (
    conversation TEXT NOT NULL, n INTEGER NOT NULL, key TEXT NOT NULL, asked TEXT NOT NULL, complete INTEGER NOT NULL,
    own TEXT NOT NULL, answer TEXT NOT NULL, PRIMARY KEY (conversation, key)) WITHOUT ROWID;
CREATE TABLE silent (owner TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE lines (id INTEGER PRIMARY KEY, conversation TEXT NOT NULL, key TEXT NOT NULL);
CREATE INDEX lines_of_exchange ON lines (conversation, key);
CREATE VIRTUAL TABLE words USING fts5 (said, stems, tokenize = "unicode61 remove_diacritics 2")
""",
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A conversation in a list.

    Attributes:
        id: of the conversation.
        title: given by its owner, or its first question.
        language: of its first answer.
        changed: when something was last asked, ISO 8601 in UTC.
        exchanges: how many there are.
        excerpt: where it was searched, what was found, with the words between `START` and `STOP`.
    """

    id: str
    title: str
    language: str
    changed: str
    exchanges: int
    excerpt: str = ""


class History:
    """Conversations in a folder; safe to share between threads, and between processes on one machine.

    Args:
        folder: that `history.db` is in; made if it is not there.
        days: how long a conversation is kept after the last question.

    Raises:
        HistoryError: the file cannot be opened, or a newer version of Ponte made it.
    """

    def __init__(self, folder: Path, days: int = 90) -> None:
        self._days = days
        self._database = Database(folder / FILE, _STEPS)
        self._prune_after = 0.0

    def close(self) -> None:
        """Release the file; the history is not used after this."""
        self._database.close()

    # -- writing

    def save(self, owner: str, conversation: str, exchanges: Sequence[Exchange], removed: Collection[str] = ()) -> str:
        """Add exchanges to a conversation, in one transaction; return its id.

        Args:
            owner: whose it is.
            conversation: its id; a new one is made, if empty.
            exchanges: new ones, oldest first; one whose key is there already takes its place.
            removed: keys of exchanges that were taken back; a conversation that holds no other is deleted.

        Raises:
            HistoryError: it is another's, or the file cannot be written.
        """
        name, moment = conversation or secrets.token_urlsafe(15), time.time()
        with self._database.transaction() as db:
            theirs = db.execute("SELECT owner FROM conversations WHERE id = ?", (name,)).fetchone()
            if theirs is not None and theirs[0] != owner:
                raise _unknown()
            _drop(db, name, [*removed, *(exchange.key for exchange in exchanges)])
            if exchanges:
                first = exchanges[0].answer
                title = titled(without_keys(first).question)
                if theirs is None:
                    values = (name, owner, title, first.language, moment, moment)
                    db.execute("INSERT INTO conversations VALUES (?, ?, ?, ?, ?, ?)", values)
                    index(db, name, "", title)
                db.execute("UPDATE conversations SET changed = ? WHERE id = ?", (moment, name))
                _append(db, name, exchanges)
            _shorten(db, name)
            if not db.execute("SELECT 1 FROM exchanges WHERE conversation = ?", (name,)).fetchone():
                _delete(db, [name])
            _make_room(db, owner)
        self._prune(moment)
        return name

    def rename(self, owner: str, conversation: str, title: str) -> None:
        """Give a conversation another title, on one line and not longer than 120 characters; an empty one is none.

        Raises:
            HistoryError: the owner has none of that id.
        """
        line = " ".join(title.split())[:_TITLE]
        with self._database.transaction() as db:
            _owned(db, owner, conversation)
            if line:
                db.execute("UPDATE conversations SET title = ? WHERE id = ?", (line, conversation))
                unindex(db, conversation, "")
                index(db, conversation, "", line)

    def delete(self, owner: str, conversation: str) -> None:
        """Delete a conversation for good.

        Raises:
            HistoryError: the owner has none of that id.
        """
        with self._database.transaction() as db:
            _owned(db, owner, conversation)
            _delete(db, [conversation])
        self._forget()

    def clear(self, owner: str) -> int:
        """Delete all that an owner has, for good; return how many conversations that were."""
        with self._database.transaction() as db:
            names = [row[0] for row in db.execute("SELECT id FROM conversations WHERE owner = ?", (owner,))]
            _delete(db, names)
        self._forget()
        return len(names)

    def keep(self, owner: str, wanted: bool) -> None:
        """Note whether an owner wants conversations to be kept from now on; those that are kept stay."""
        with self._database.transaction() as db:
            db.execute("DELETE FROM silent WHERE owner = ?", (owner,))
            if not wanted:
                db.execute("INSERT INTO silent VALUES (?)", (owner,))

    # -- reading

    def keeps(self, owner: str) -> bool:
        """Return whether an owner's conversations are to be kept: they are until `keep` says otherwise."""
        return not self._database.rows("SELECT 1 FROM silent WHERE owner = ?", (owner,))

    def listed(self, owner: str | None) -> list[Kept]:
        """Return the conversations of an owner, or with None those of everyone, the latest first."""
        where, values = ("1", ()) if owner is None else ("owner = ?", (owner,))
        rows = self._database.rows(
            "SELECT id, title, language, changed, (SELECT count(*) FROM exchanges WHERE conversation = id)"
            f" FROM conversations WHERE {where} ORDER BY changed DESC, id",  # noqa: S608
            values,
        )
        return [Kept(name, title, code, _iso(at), count) for name, title, code, at, count in rows]

    def search(self, owner: str | None, words: str) -> list[Kept]:
        """Return the conversations in which all words stand, in a title, a question, an answer or a quote.

        Accents and case do not count, a word may go on (`tratt`), and other forms of it are found as well (`trattati`).

        Args:
            owner: whose; everyone's, if None.
            words: sought; all conversations are found where there are none.
        """
        queries = [query(word) for word in wanted(words)]
        there = self.listed(owner)
        if not queries:
            return there
        lines = "FROM words JOIN lines ON lines.id = words.rowid WHERE words MATCH ?"
        found = {kept.id for kept in there}
        for one in queries:
            found &= {row[0] for row in self._database.rows(f"SELECT DISTINCT conversation {lines}", (one,))}  # noqa: S608
        best: dict[str, str] = {}
        rows = self._database.rows(
            f"SELECT conversation, snippet(words, 0, ?, ?, '…', 14) {lines} ORDER BY rank",  # noqa: S608
            (START, STOP, " OR ".join(queries)),
        )
        for name, excerpt in rows:
            best.setdefault(name, " ".join(excerpt.split()))
        return [replace(kept, excerpt=best.get(kept.id, "")) for kept in there if kept.id in found]

    def open(self, owner: str | None, conversation: str) -> Conversation:
        """Return a conversation as it was kept.

        Raises:
            HistoryError: the owner has none of that id.
        """
        rows = self._database.rows("SELECT owner, title FROM conversations WHERE id = ?", (conversation,))
        if not rows or owner not in (None, rows[0][0]):
            raise _unknown()
        exchanges = self._database.rows(
            "SELECT answer, key, asked, complete, own FROM exchanges WHERE conversation = ? ORDER BY n", (conversation,)
        )
        return Conversation(
            rows[0][1],
            tuple(Exchange(restored(r[0]), r[1], r[2], bool(r[3]), tuple(json.loads(r[4]))) for r in exchanges),
        )

    def _prune(self, moment: float) -> None:
        """Delete what is too old, and what is too much in all; looked at once an hour."""
        if moment < self._prune_after:
            return
        self._prune_after = moment + _DAY / 24
        with self._database.transaction() as db:
            old = db.execute("SELECT id FROM conversations WHERE changed < ?", (moment - self._days * _DAY,))
            names = [row[0] for row in old]
            many = db.execute("SELECT id FROM conversations ORDER BY changed DESC LIMIT -1 OFFSET ?", (_ALL,))
            names += [row[0] for row in many]
            _delete(db, names)
        if names:
            self._forget()

    def _forget(self) -> None:
        with self._database.transaction() as db:
            db.execute("INSERT INTO words (words) VALUES ('optimize')")
        self._database.forget()


def _unknown() -> HistoryError:
    return HistoryError("There is no such conversation.", "`ponte history list` lists them.")


def _iso(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="seconds")


def _owned(db: sqlite3.Connection, owner: str, conversation: str) -> None:
    if not db.execute("SELECT 1 FROM conversations WHERE id = ? AND owner = ?", (conversation, owner)).fetchone():
        raise _unknown()


def _append(db: sqlite3.Connection, conversation: str, exchanges: Sequence[Exchange]) -> None:
    last = db.execute("SELECT max(n) FROM exchanges WHERE conversation = ?", (conversation,)).fetchone()[0]
    for n, exchange in enumerate(exchanges, -1 if last is None else last):
        answer = without_keys(exchange.answer)
        values = (
            conversation, n + 1, exchange.key or secrets.token_hex(6), exchange.asked or now(), exchange.complete,
            json.dumps(exchange.own), json.dumps(answer.as_dict(), ensure_ascii=True),
        )  # fmt: skip
        db.execute("INSERT INTO exchanges VALUES (?, ?, ?, ?, ?, ?, ?)", values)
        quotes = [f"{citation.title}\n{citation.quote}" for citation in (*answer.citations, *answer.nearest)]
        index(db, conversation, values[2], "\n".join([answer.question, answer.said, *quotes]))


def _drop(db: sqlite3.Connection, conversation: str, keys: Sequence[str]) -> None:
    for key in filter(None, keys):
        db.execute("DELETE FROM exchanges WHERE conversation = ? AND key = ?", (conversation, key))
        unindex(db, conversation, key)


def _shorten(db: sqlite3.Connection, conversation: str) -> None:
    rows = db.execute(
        "SELECT key FROM exchanges WHERE conversation = ? ORDER BY n DESC LIMIT -1 OFFSET ?", (conversation, LONGEST)
    )
    _drop(db, conversation, [row[0] for row in rows.fetchall()])


def _make_room(db: sqlite3.Connection, owner: str) -> None:
    rows = db.execute(
        "SELECT id FROM conversations WHERE owner = ? ORDER BY changed DESC LIMIT -1 OFFSET ?", (owner, MOST)
    )
    _delete(db, [row[0] for row in rows.fetchall()])


def _delete(db: sqlite3.Connection, conversations: Sequence[str]) -> None:
    for name in conversations:
        unindex(db, name)
        db.execute("DELETE FROM exchanges WHERE conversation = ?", (name,))
        db.execute("DELETE FROM conversations WHERE id = ?", (name,))
