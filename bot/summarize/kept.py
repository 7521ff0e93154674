"""Digests that were made before, on disk beside the index, so that what was stopped or killed goes on.

A digest is kept under a hash of all that it was made of - the words of the part, the task, the texts of the prompt, the
model -, so that none is ever taken for another; its quotes are spans that are looked up again. Knows no model.
"""

import hashlib
import json
import sqlite3
import threading
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from bot.datamodels import Reason, Verdict
from bot.summarize.digest import Digest, Note, Task
from bot.summarize.parts import Part
from bot.summarize.values import Sentence

_MOST = 5_000
_TABLE = """
CREATE TABLE IF NOT EXISTS digests (key TEXT PRIMARY KEY, made INTEGER NOT NULL, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS told (key TEXT NOT NULL, article TEXT NOT NULL, PRIMARY KEY (article, key));
"""


class Kept:
    """The digests of an index; safe to share between threads. Where the disk refuses, nothing is kept.

    Args:
        folder: of the index; None to keep nothing.
    """

    def __init__(self, folder: Path | None) -> None:
        self._path = folder / "digests.db" if folder is not None else None
        self._lock = threading.Lock()

    def get(self, key: str, part: Part) -> Digest | None:
        """Return a digest of a part, or None; a quote that is none of the part's spans makes it unknown."""
        if self._path is None or not self._path.exists():
            return None
        try:
            with self._lock, closing(self._open()) as db:
                row = db.execute("SELECT value FROM digests WHERE key = ?", (key,)).fetchone()
            return _read(json.loads(row[0]), part) if row else None
        except (sqlite3.Error, OSError, ValueError, KeyError, TypeError):
            return None

    def put(self, key: str, part: Part, digest: Digest) -> None:
        """Keep a digest; the oldest go when there are too many."""
        if self._path is None:
            return
        told = {sentence.article.id for sentence in part.sentences}
        try:
            with self._lock, closing(self._open()) as db, db:
                last = db.execute("SELECT coalesce(max(made), 0) + 1 FROM digests").fetchone()[0]
                db.execute("INSERT OR REPLACE INTO digests VALUES (?, ?, ?)", (key, last, _written(digest)))
                db.executemany("INSERT OR IGNORE INTO told VALUES (?, ?)", [(key, name) for name in sorted(told)])
                db.execute("DELETE FROM digests WHERE made <= ?", (last - _MOST,))
                db.execute("DELETE FROM told WHERE key NOT IN (SELECT key FROM digests)")
        except (sqlite3.Error, OSError):
            return

    def forget(self, article_id: str) -> None:
        """Delete what was made of an article."""
        if self._path is None or not self._path.exists():
            return
        try:
            with self._lock, closing(self._open()) as db, db:
                db.execute("DELETE FROM digests WHERE key IN (SELECT key FROM told WHERE article = ?)", (article_id,))
                db.execute("DELETE FROM told WHERE key NOT IN (SELECT key FROM digests)")
        except (sqlite3.Error, OSError):
            return

    def _open(self) -> sqlite3.Connection:
        path = self._path or Path()
        db = sqlite3.connect(path, timeout=5)
        # What a visitor's article says is nobody else's business, and what is deleted is gone.
        path.chmod(0o600)
        db.execute("PRAGMA secure_delete = ON")
        db.executescript(_TABLE)
        return db


def key(task: Task, part: Part, model: str, flag: bool) -> str:
    """Return what a digest is kept under."""
    spans = [[one.article.id, one.start, one.end] for one in part.sentences]
    lines = [source.line for source in part.sources]
    made_of = json.dumps([task.hash, model, flag, spans, lines], ensure_ascii=True)
    return hashlib.sha256(made_of.encode("ascii")).hexdigest()


def _written(digest: Digest) -> str:
    notes = [
        {
            "text": note.text,
            "quotes": [[one.article.id, one.start, one.end] for one in note.quotes],
            "verdict": note.verdict,
            "reasons": [[reason.kind, reason.detail] for reason in note.reasons],
        }
        for note in digest.notes
    ]
    return json.dumps({"notes": notes, "dropped": digest.dropped, "absent": digest.absent, "orders": digest.orders})


def _read(value: dict[str, object], part: Part) -> Digest:
    where = {(one.article.id, one.start): one for one in part.sentences}
    ends = {(one.article.id, one.end) for one in part.sentences}
    notes = [_note(one, where, ends) for one in value["notes"]]  # type: ignore[attr-defined]
    return Digest(tuple(notes), int(str(value["dropped"])), bool(value["absent"]), orders=bool(value["orders"]))


def _note(value: dict[str, object], where: dict[tuple[str, int], Sentence], ends: set[tuple[str, int]]) -> Note:
    quotes = []
    for name, start, end in value["quotes"]:  # type: ignore[attr-defined]
        if (name, end) not in ends:
            raise ValueError("a quote of another part")
        quotes.append(replace(where[name, start], end=end))
    verdict = Verdict(str(value["verdict"])) if value["verdict"] else None
    reasons = tuple(Reason(str(kind), str(detail)) for kind, detail in value["reasons"])  # type: ignore[attr-defined]
    return Note(str(value["text"]), tuple(quotes), verdict, reasons)
