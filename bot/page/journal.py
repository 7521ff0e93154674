"""The journal of a server: a line of JSON for each thing that happened, and never what was said.

A line has the time, an event, and figures or short marks: `{"time": "...", "event": "ask", "ms": 84.2, "state":
"answered"}`. What is no figure and no known kind of mark is left out here, so that no question, answer, title, name of
a file or key can get in by mistake.
"""

import json
import logging
import os
import re
import sys
import threading
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from bot.datamodels import Answer
from bot.errors import SettingsError

_log = logging.getLogger(__name__)

Figure = int | float | str | None
# One word of a program: a state, a method, a class of errors, a path of ours. Prose has spaces or other signs.
_MARK = re.compile(r"[a-zA-Z0-9_./:-]{1,60}", re.ASCII)


class Journal:
    """Where events are written; safe to share between threads.

    Args:
        stream: takes the lines; nothing is written, if None.
    """

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream
        self._lock = threading.Lock()

    @classmethod
    def open(cls, where: str) -> "Journal":
        """Return the journal that a setting names: "" for none, "-" for the error stream, or a file to append to.

        Raises:
            SettingsError: the file cannot be written.
        """
        if where in ("", "-"):
            return cls(sys.stderr if where else None)
        try:
            descriptor = os.open(Path(where).expanduser(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        except OSError as error:
            reason = error.strerror or str(error)
            raise SettingsError(f"The journal {where} cannot be written: {reason}.", "Set PONTE_LOG.") from None
        return cls(os.fdopen(descriptor, "a", encoding="utf-8", buffering=1))

    def __enter__(self) -> "Journal":
        """Return the journal itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file, if it is one."""
        if self._stream is not None and self._stream is not sys.stderr:
            self._stream.close()

    def write(self, event: str, **figures: Figure) -> None:
        """Write a line; what is neither a number nor a mark is left out."""
        if self._stream is None:
            return
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        kept = {
            name: value
            for name, value in figures.items()
            if isinstance(value, int | float) or (isinstance(value, str) and _MARK.fullmatch(value))
        }
        line = json.dumps({"time": now, "event": event, **kept})
        with self._lock:
            print(line, file=self._stream, flush=True)

    @contextmanager
    def timed(self, event: str, **figures: Figure) -> Iterator[dict[str, Figure]]:
        """Write a line when a piece of work ends, with its milliseconds, and the class of the error that ended it.

        Yields:
            a dictionary to which figures can be added while the work is done.
        """
        told, started = dict(figures), time.perf_counter()
        try:
            yield told
        except BaseException as error:
            told["error"] = type(error).__name__
            raise
        finally:
            self.write(event, ms=round(1000 * (time.perf_counter() - started), 1), **told)

    def failed(self, error: BaseException) -> None:
        """Tell of an error that nobody expected: its class and where it came from, here and on the error stream.

        Its message is left out: it may quote a visitor, an article or a key.
        """
        frames = [f"{Path(f.filename).name}:{f.lineno}" for f in traceback.extract_tb(error.__traceback__)]
        self.write("failed", error=type(error).__name__, at=frames[-1] if frames else "")
        _log.error("Something failed: %s at %s", type(error).__name__, " < ".join(reversed(frames)))


SILENT = Journal()
"""A journal that nothing is written to."""


def of_answer(answer: Answer) -> dict[str, Figure]:
    """Return what a journal may know of an answer."""
    return {
        "state": answer.state.value, "language": answer.language, "statements": len(answer.statements),
        "citations": len(answer.citations), "calls": answer.usage.calls, "tokens": answer.usage.output_tokens,
    }  # fmt: skip
