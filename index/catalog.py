"""The catalog: a SQLite file that holds the articles and their passages, and is the truth of an index.

It knows nothing of Chroma or of embedding: vectors come in and go out as arrays. What the catalog does not
name as live is never answered from, so one transaction here is the moment at which an article is in the index.
Vectors are kept beside the passages (float16), so that a lost Chroma folder is rebuilt without a model.
"""

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.article import Article
from index.chunk import Chunk
from index.errors import StoreError, StoreMismatch, UnknownArticle
from index.passage import Encoded, Entry, Passage, key

SCHEMA = 1

_TABLES = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS articles (
    id TEXT PRIMARY KEY, hash TEXT NOT NULL, version TEXT NOT NULL, origin TEXT NOT NULL,
    language TEXT NOT NULL, fields TEXT NOT NULL, text TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS passages (
    key TEXT PRIMARY KEY, article_id TEXT NOT NULL, version TEXT NOT NULL, n INTEGER NOT NULL,
    start INTEGER NOT NULL, stop INTEGER NOT NULL, language TEXT NOT NULL, text TEXT NOT NULL,
    sentences BLOB NOT NULL, vector BLOB NOT NULL, sentence_vectors BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS passages_of_article ON passages (article_id, n);
CREATE INDEX IF NOT EXISTS passages_of_language ON passages (language, article_id, n);
CREATE TABLE IF NOT EXISTS purges (version TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS removed (id TEXT PRIMARY KEY) WITHOUT ROWID;
"""

_PASSAGE = "key, version, article_id, n, start, stop, language, sentences, text"


def _blob(array: NDArray[np.float32]) -> bytes:
    return array.astype(np.float16).tobytes()


def _floats(blob: bytes, dimension: int) -> NDArray[np.float32]:
    return np.frombuffer(blob, dtype=np.float16).astype(np.float32).reshape(-1, dimension)


class Catalog:
    """A SQLite catalog; safe to share between threads, one connection each.

    Args:
        path: the file; made if it is not there.

    Raises:
        StoreError: the file cannot be opened or written.
        StoreMismatch: it was made by a newer version of Ponte.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._local = threading.local()
        self._connections: list[tuple[threading.Thread, sqlite3.Connection]] = []
        try:
            with self._transaction() as db:
                for statement in _TABLES.strip().split(";\n"):
                    db.execute(statement)
                db.execute("INSERT OR IGNORE INTO meta VALUES ('schema', ?)", (str(SCHEMA),))
                db.execute("INSERT OR IGNORE INTO meta VALUES ('generation', '0')")
        except sqlite3.Error as error:
            raise StoreError(
                f"The index at {path.parent} cannot be opened: {error}.",
                "Check that the folder can be written and that the disk is not full, or choose another folder.",
            ) from error
        if int(self.meta("schema") or 0) > SCHEMA:
            raise StoreMismatch(
                f"The index at {path.parent} was made by a newer version of Ponte.",
                "Upgrade Ponte, or index into another folder.",
            )

    def _db(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "db", None)
        if connection is None:
            # Autocommit: transactions are begun by hand, so that a read never leaves one open.
            connection = sqlite3.connect(self._path, timeout=30, isolation_level=None, check_same_thread=False)
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=NORMAL")
            self._local.db = connection
            self._connections.append((threading.current_thread(), connection))
        return connection

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        db = self._db()
        db.execute("BEGIN IMMEDIATE")
        try:
            yield db
        except BaseException:
            db.rollback()
            raise
        db.execute("COMMIT")

    def close(self) -> None:
        """Release every connection; the catalog is not used after this.

        One that another thread may be reading with this moment goes when that read ends: SQLite crashes the process if
        it is closed under it.
        """
        for thread, connection in self._connections:
            if thread is threading.current_thread() or not thread.is_alive():
                connection.close()
        self._connections.clear()
        self._local = threading.local()

    # -- what is known of the index as a whole

    def meta(self, name: str) -> str | None:
        """Return a value kept with the index, or None."""
        row = self._db().execute("SELECT value FROM meta WHERE key = ?", (name,)).fetchone()
        return str(row[0]) if row else None

    def set_meta(self, **values: str) -> None:
        """Keep values with the index."""
        with self._transaction() as db:
            db.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", values.items())
            _next_generation(db)

    def claim(self, model_id: str, dimension: int) -> None:
        """Make the index a model's; passages that another made are forgotten, their articles kept to be added again."""
        with self._transaction() as db:
            db.execute("DELETE FROM passages")
            db.execute("UPDATE articles SET version = ''")
            db.execute("DELETE FROM meta WHERE key NOT IN ('schema', 'name', 'generation')")
            db.executemany(
                "INSERT OR REPLACE INTO meta VALUES (?, ?)", [("model", model_id), ("dimension", str(dimension))]
            )
            _next_generation(db)

    @property
    def generation(self) -> int:
        """A number that grows with every change, in whatever process it is made."""
        return int(self.meta("generation") or 0)

    # -- articles

    def entries(self) -> dict[str, Entry]:
        """Return what is known of each article, by id, sorted by id."""
        rows = self._db().execute(
            "SELECT a.id, a.hash, a.version, a.origin, count(p.key) FROM articles a LEFT JOIN passages p"
            " ON p.article_id = a.id AND p.version = a.version GROUP BY a.id ORDER BY a.id"
        )
        return {row[0]: Entry(*row) for row in rows}

    def version(self, article_id: str) -> str | None:
        """Return the live version of an article, or None if there is no such article."""
        row = self._db().execute("SELECT version FROM articles WHERE id = ?", (article_id,)).fetchone()
        return str(row[0]) if row else None

    def articles(self) -> list[Article]:
        """Return every article, sorted by id; their texts are loaded with them."""
        rows = self._db().execute("SELECT fields, text FROM articles ORDER BY id")
        return [_article(fields, text) for fields, text in rows]

    def article(self, article_id: str) -> Article:
        """Return an article.

        Raises:
            UnknownArticle: there is none of that id.
        """
        row = self._db().execute("SELECT fields, text FROM articles WHERE id = ?", (article_id,)).fetchone()
        if row is None:
            raise UnknownArticle(f"No article “{article_id}” in the index.", "`ponte sources` lists the ids.")
        return _article(*row)

    def put(self, article: Article, version: str, origin: str, encoded: Sequence[Encoded]) -> None:
        """Make a version of an article the live one, in one transaction; the version before it becomes a purge."""
        rows = [_row(article, version, item) for item in encoded]
        fields = asdict(article)
        text = fields.pop("text")
        with self._transaction() as db:
            _forget(db, article.id)
            db.execute(
                "INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?)",
                (article.id, article.hash, version, origin, article.language, json.dumps(fields), text),
            )
            db.executemany("INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
            db.execute("DELETE FROM purges WHERE version = ?", (version,))
            db.execute("DELETE FROM removed WHERE id = ?", (article.id,))
            _next_generation(db)

    def delete(self, article_id: str) -> None:
        """Take an article out, in one transaction; its passages become a purge and its id is remembered."""
        with self._transaction() as db:
            _forget(db, article_id)
            db.execute("INSERT OR IGNORE INTO removed VALUES (?)", (article_id,))
            _next_generation(db)

    def removed(self) -> set[str]:
        """Return the ids that were taken out on purpose and not put in again."""
        return {row[0] for row in self._db().execute("SELECT id FROM removed")}

    # -- the journal of what may be left over in Chroma

    def begin(self, version: str) -> None:
        """Note a version whose passages are about to be written elsewhere and are not live yet."""
        with self._transaction() as db:
            db.execute("INSERT OR IGNORE INTO purges VALUES (?)", (version,))

    def purges(self) -> list[str]:
        """Return the versions whose passages are to be swept out of the vector store."""
        return [row[0] for row in self._db().execute("SELECT version FROM purges")]

    def purged(self, version: str) -> None:
        """Note that nothing of a version is left in the vector store."""
        with self._transaction() as db:
            db.execute("DELETE FROM purges WHERE version = ?", (version,))

    # -- passages

    def counts(self) -> dict[str, int]:
        """Return the number of live passages by language."""
        return dict(self._db().execute("SELECT language, count(*) FROM passages GROUP BY language ORDER BY language"))

    def texts(self, language: str) -> dict[str, str]:
        """Return the texts of the live passages of a language by key, in the order of articles and passages."""
        rows = self._db().execute(
            "SELECT key, text FROM passages WHERE language = ? ORDER BY article_id, n", (language,)
        )
        return dict(rows.fetchall())

    def passages(self, keys: Iterable[str]) -> dict[str, Passage]:
        """Return the live passages of those keys, by key; keys that are not live are left out."""
        found: dict[str, Passage] = {}
        for part in _slices(list(keys), 500):
            rows = self._db().execute(f"SELECT {_PASSAGE} FROM passages WHERE key IN ({_marks(part)})", part)
            found.update((row[0], _passage(row)) for row in rows)
        return found

    def passages_of(self, article_id: str) -> list[Passage]:
        """Return the passages of an article in their order."""
        rows = self._db().execute(f"SELECT {_PASSAGE} FROM passages WHERE article_id = ? ORDER BY n", (article_id,))
        return [_passage(row) for row in rows]

    def sentence_vectors(self, keys: Iterable[str]) -> dict[str, NDArray[np.float32]]:
        """Return the sentence vectors of passages, (sentences of the passage, dimension) each, by key."""
        return {name: vectors for name, vectors in self._vectors("sentence_vectors", list(keys))}

    def vectors(self, keys: Iterable[str]) -> dict[str, NDArray[np.float32]]:
        """Return the vectors of passages, (dimension,) each, by key."""
        return {name: vectors[0] for name, vectors in self._vectors("vector", list(keys))}

    def _vectors(self, column: str, keys: list[str]) -> Iterator[tuple[str, NDArray[np.float32]]]:
        dimension = int(self.meta("dimension") or 0)
        for part in _slices(keys, 500):
            rows = self._db().execute(f"SELECT key, {column} FROM passages WHERE key IN ({_marks(part)})", part)
            yield from ((row[0], _floats(row[1], dimension)) for row in rows)


def _next_generation(db: sqlite3.Connection) -> None:
    db.execute("UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'generation'")


def _forget(db: sqlite3.Connection, article_id: str) -> None:
    db.execute("INSERT OR IGNORE INTO purges SELECT version FROM articles WHERE id = ?", (article_id,))
    db.execute("DELETE FROM passages WHERE article_id = ?", (article_id,))
    db.execute("DELETE FROM articles WHERE id = ?", (article_id,))


def _row(article: Article, version: str, item: Encoded) -> tuple[object, ...]:
    chunk = item.chunk
    spans = np.array(chunk.sentences, dtype=np.int32).tobytes()
    return (
        key(article.id, version, chunk.n), article.id, version, chunk.n, chunk.start, chunk.end, chunk.language,
        article.text[chunk.start : chunk.end], spans, _blob(item.vector), _blob(item.sentences),
    )  # fmt: skip


def _passage(row: tuple[str, str, str, int, int, int, str, bytes, str]) -> Passage:
    name, version, article_id, n, start, stop, language, blob, text = row
    spans = tuple((int(a), int(b)) for a, b in np.frombuffer(blob, dtype=np.int32).reshape(-1, 2))
    return Passage(name, version, Chunk(article_id, n, start, stop, language, spans), text)


def _article(fields: str, text: str) -> Article:
    values = json.loads(fields)
    for name in ("topics", "publications"):
        values[name] = tuple(values[name])
    return Article(text=text, **values)


def _slices(items: list[str], size: int) -> Iterator[list[str]]:
    return (items[i : i + size] for i in range(0, len(items), size))


def _marks(items: list[str]) -> str:
    return ",".join("?" * len(items))
