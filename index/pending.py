"""Vectors that are made but not live yet: what a stop in the middle of a long article does not lose.

A SQLite file beside the catalog, there only while some article is half encoded. It knows texts and vectors; nothing
of articles. It is never answered from, and losing it costs time only.
"""

import hashlib
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_TABLE = "CREATE TABLE IF NOT EXISTS pending (key BLOB PRIMARY KEY, made INTEGER, vector BLOB) WITHOUT ROWID"
_KEPT = 30 * 24 * 3600
_SLICE = 500


class Pending:
    """Keeps vectors by text; used by the one writer of an index.

    Args:
        folder: of the index.
        model_id: of the model that the vectors come from.
    """

    def __init__(self, folder: Path, model_id: str) -> None:
        self._path = folder / "pending.db"
        self._model = model_id.encode()

    def recall(self, texts: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """Return the vectors that are kept, (dimension,) each, by text."""
        if not self._path.exists():
            return {}
        keys = {self._key(text): text for text in texts}
        found: dict[str, NDArray[np.float32]] = {}
        with self._open() as db:
            for part in _slices(list(keys)):
                marks = ",".join("?" * len(part))
                rows = db.execute(f"SELECT key, vector FROM pending WHERE key IN ({marks})", part)
                found |= {keys[key]: np.frombuffer(vector, np.float32) for key, vector in rows}
        return found

    def keep(self, texts: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """Keep the vectors of texts, of shape (len(texts), dimension), until they are dropped."""
        now = int(time.time())
        rows = [(self._key(text), now, vector.tobytes()) for text, vector in zip(texts, vectors, strict=True)]
        with self._open() as db:
            db.executemany("INSERT OR REPLACE INTO pending VALUES (?, ?, ?)", rows)

    def drop(self, texts: Sequence[str]) -> None:
        """Forget the vectors of texts that are live now, and those of a stop long ago."""
        if not self._path.exists():
            return
        with self._open() as db:
            db.executemany("DELETE FROM pending WHERE key = ?", [(self._key(text),) for text in texts])
            db.execute("DELETE FROM pending WHERE made < ?", (int(time.time()) - _KEPT,))
            empty = db.execute("SELECT 1 FROM pending LIMIT 1").fetchone() is None
        if empty:
            for path in self._path.parent.glob(f"{self._path.name}*"):
                path.unlink()

    def _key(self, text: str) -> bytes:
        return hashlib.sha256(self._model + b"\0" + text.encode()).digest()

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with closing(self._connect()) as db, db:
            yield db

    def _connect(self) -> sqlite3.Connection:
        """Open the file; one that is torn is worth nothing, and its vectors are made again."""
        for _ in range(2):
            db = sqlite3.connect(self._path)
            try:
                db.execute(_TABLE)
            except sqlite3.OperationalError:
                db.close()
                raise
            except sqlite3.DatabaseError:
                db.close()
                self._path.unlink()
            else:
                return db
        raise sqlite3.DatabaseError(f"{self._path} cannot be made")


def _slices(keys: list[bytes]) -> Iterator[list[bytes]]:
    return (keys[at : at + _SLICE] for at in range(0, len(keys), _SLICE))
