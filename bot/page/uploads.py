"""The folder that files pass through on their way from a visitor to their reader. Knows nothing of what is in them.

It is this server's alone, gone when the server ends, and bounded: what nobody reads is thrown away after a while.
"""

import contextlib
import tempfile
import time
from pathlib import Path

_KEPT = 900  # seconds


class Uploads:
    """A folder of its own, made now and deleted when its context ends.

    Args:
        most: bytes that may wait in it.
    """

    def __init__(self, most: int) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="ponte-page-", ignore_cleanup_errors=True)
        self._most = most

    @property
    def path(self) -> Path:
        """Where it is."""
        return Path(self._folder.name).resolve()

    def crowded(self) -> bool:
        """Say whether no more may come in; throws away first what nobody has read for a quarter of an hour."""
        held, late = 0, time.time() - _KEPT
        for file in self.path.rglob("*"):
            with contextlib.suppress(OSError):
                found = file.stat()
                if not file.is_file():
                    continue
                if found.st_mtime < late:
                    file.unlink()
                else:
                    held += found.st_size
        return held > self._most

    def __enter__(self) -> "Uploads":
        """Return the folder itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Delete the folder and all in it."""
        self._folder.cleanup()
