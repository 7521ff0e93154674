"""The ledger of a run: a file of records that only grows, so that a killed run goes on where it was.

Knows nothing of questions.
"""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.errors import EvaluationError
from bot.evaluate.record import Record, read_record

NAME = "records.jsonl"


class Ledger:
    """Records by key, in a folder or only in memory; safe to share between threads. Made by `ledger`.

    Args:
        path: the file; in memory, if None.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._known = {} if path is None else read_ledger(path)
        self._lock = threading.Lock()

    def get(self, key: str) -> Record | None:
        """Return what was noted of a key; what went wrong is no answer and is asked again."""
        found = self._known.get(key)
        return None if found is None or found.error else found

    def add(self, record: Record) -> None:
        """Note a record; it is on the disk when this returns.

        Raises:
            EvaluationError: the file cannot be written.
        """
        with self._lock:
            self._known[record.key] = record
            if self._path is not None:
                _append(self._path, record.line())


@contextmanager
def ledger(folder: Path | None) -> Iterator[Ledger]:
    """Open the ledger of a folder for writing, alone.

    Raises:
        EvaluationError: another run is writing there, or the folder cannot be made.
    """
    if folder is None:
        yield Ledger(None)
        return
    from filelock import FileLock, Timeout

    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / ".lock", timeout=0)
        lock.acquire()
    except Timeout as error:
        raise EvaluationError(
            f"Another run is writing into {folder}.", "Wait for it, or choose another --out."
        ) from error
    except OSError as error:
        raise EvaluationError(f"{folder} cannot be written: {error.strerror}.", "Choose another --out.") from error
    try:
        yield Ledger(folder / NAME)
    finally:
        lock.release()


def read_ledger(path: Path) -> dict[str, Record]:
    """Return the records of a file by key, the last of each; a line that was cut off by a kill is left out.

    Raises:
        EvaluationError: the file cannot be read.
    """
    found = {}
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").split("\n") if path.exists() else []
    except OSError as error:
        raise EvaluationError(f"{path} cannot be read: {error.strerror}.", "Choose another --out.") from error
    for line in filter(str.strip, lines):
        try:
            record = read_record(line)
        except ValueError:
            continue
        found[record.key] = record
    return found


def _append(path: Path, line: str) -> None:
    try:
        with path.open("ab+") as file:
            file.seek(0, os.SEEK_END)
            if file.tell():
                file.seek(-1, os.SEEK_END)
                line = line if file.read(1) == b"\n" else f"\n{line}"
            file.write(f"{line}\n".encode())
    except OSError as error:
        raise EvaluationError(f"{path} cannot be written: {error.strerror}.", "Choose another --out.") from error
