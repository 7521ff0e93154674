"""A SQLite file with a versioned schema: a connection for each thread, one writer at a time, read while it is written.

Knows nothing of what is kept in it.
"""

import os
import sqlite3
import threading
import weakref
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from bot.errors import HistoryError

_PATIENCE = 30  # seconds that a writer waits for another


class Database:
    """A file of tables; safe to share between threads, and between processes on one machine.

    Only the user whom the process runs as may read the file. What is deleted is overwritten.

    Args:
        path: the file; made if it is not there, and the folder as well.
        steps: SQL scripts, of which number n brings the tables from version n to n + 1; never changed, only added to.

    Raises:
        HistoryError: the file cannot be opened or written, or a newer version of Ponte made it.
    """

    def __init__(self, path: Path, steps: Sequence[str]) -> None:
        self.path = path
        self._local = threading.local()
        self._lock = threading.Lock()
        self._connections: list[tuple[threading.Thread, sqlite3.Connection]] = []
        self._end = weakref.finalize(self, _closed, self._connections)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            # Only a new file: to close one takes from this process every lock that SQLite holds on it (POSIX), and
            # another process then deletes the journal that is being written.
            with suppress(FileExistsError):
                os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        except OSError as error:
            raise self._failed(error.strerror or str(error)) from error
        with self.transaction() as db:
            version = int(db.execute("PRAGMA user_version").fetchone()[0])
            if version > len(steps):
                raise HistoryError(
                    f"{path} was made by a newer version of Ponte.", "Upgrade Ponte, or move the file away."
                )
            for step in steps[version:]:
                for statement in step.strip().rstrip(";").split(";\n"):
                    db.execute(statement)
            db.execute(f"PRAGMA user_version = {len(steps)}")

    def rows(self, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return what a query finds.

        Raises:
            HistoryError: the file cannot be read.
        """
        try:
            return self._db().execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise self._failed(str(error)) from error

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Give a connection on which all that is done becomes true at once, or not at all.

        Raises:
            HistoryError: the file cannot be written.
        """
        try:
            db = self._db()
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
            except BaseException:
                db.rollback()
                raise
            db.execute("COMMIT")
        except sqlite3.Error as error:
            raise self._failed(str(error)) from error

    def forget(self) -> None:
        """Take what was deleted out of the journal as well, as far as readers let it."""
        with suppress(sqlite3.Error):
            self._db().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def close(self) -> None:
        """Release every connection; the file is not used after this. One that another thread reads with goes later."""
        with self._lock:
            _closed(self._connections)
            self._local = threading.local()

    def _db(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "db", None)
        if connection is None:
            # Autocommit: transactions are begun by hand, so that a read never leaves one open.
            connection = sqlite3.connect(self.path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
            try:
                for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "secure_delete=ON"):
                    connection.execute(f"PRAGMA {pragma}").fetchall()
            except sqlite3.Error:
                connection.close()
                raise
            with self._lock:
                self._connections.append((threading.current_thread(), connection))
            self._local.db = connection
        return connection

    def _failed(self, why: str) -> HistoryError:
        return HistoryError(
            f"{self.path} cannot be read or written: {why}.",
            "Check that the folder can be written and that the disk is not full, or move the file away.",
        )


def _closed(connections: list[tuple[threading.Thread, sqlite3.Connection]]) -> None:
    """Close those whose thread is this one or has ended; SQLite crashes the process if one is closed under a read."""
    for thread, connection in connections:
        if thread is threading.current_thread() or not thread.is_alive():
            connection.close()
    connections.clear()
