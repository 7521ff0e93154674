"""The words of kept conversations, by which they are found: SQLite's full text search over words and their bases.

Knows lines of text and what they belong to; nothing of owners or answers.
"""

import re
import sqlite3

from index.analysis import fold, terms

_MOST = 8


def index(db: sqlite3.Connection, conversation: str, key: str, said: str) -> None:
    """Make a text findable.

    Args:
        db: in a transaction.
        conversation: that the text belongs to.
        key: of the exchange in it; empty for its title.
        said: the text.
    """
    said = said.encode("utf-8", "replace").decode()
    line = db.execute("INSERT INTO lines (conversation, key) VALUES (?, ?)", (conversation, key)).lastrowid
    db.execute("INSERT INTO words (rowid, said, stems) VALUES (?, ?, ?)", (line, said, " ".join(_stems(said))))


def unindex(db: sqlite3.Connection, conversation: str, key: str | None = None) -> None:
    """Make the text of an exchange unfindable, or with None that of a whole conversation."""
    rows = db.execute(
        "SELECT id FROM lines WHERE conversation = ?1 AND (?2 IS NULL OR key = ?2)", (conversation, key)
    ).fetchall()
    db.executemany("DELETE FROM words WHERE rowid = ?", rows)
    db.executemany("DELETE FROM lines WHERE id = ?", rows)


def wanted(text: str) -> list[str]:
    """Return the words of what somebody looks for, folded, each once, the first eight."""
    return list(dict.fromkeys(re.findall(r"\w+", fold(text))))[:_MOST]


def query(word: str) -> str:
    """Return a query of SQLite's full text search for a folded word, its continuations and its other forms."""
    forms = [f'{{stems}} : "{stem}"' for stem in _stems(word)]
    return "(" + " OR ".join([f'{{said}} : "{word}" *', *forms]) + ")"


def _stems(text: str) -> list[str]:
    """Return each word's base in either language, with the language before it, so that it is one word for SQLite."""
    found = (f"{code}{re.sub(r'[^a-z0-9]', '', term)}" for code in ("it", "en") for term in terms(text, code))
    return list(dict.fromkeys(found))
