"""What a person sees on a terminal: progress bars, colours, one-line errors. Plain when it is piped.

Knows how to show, not what is done.
"""

import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot.errors import BotError

if TYPE_CHECKING:
    from index.build import Progress

_BOLD, _RED, _DIM, _OFF = "\033[1m", "\033[31m", "\033[2m", "\033[0m"


# What a text could do to a terminal, or to the direction in which it is read, beside being read.
_ACTS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def harmless(text: str) -> str:
    """Return a text in which nothing can move a cursor, set a colour or turn the direction: it is U+FFFD instead."""
    return _ACTS.sub("\ufffd", text)


def exact(text: str) -> str:
    """Return JSON in which those characters are written as JSON's own escapes, which a program reads as they were."""
    return _ACTS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _coloured(stream: object) -> bool:
    import os

    return bool(getattr(stream, "isatty", lambda: False)()) and not os.environ.get("NO_COLOR")


def say(text: str = "", style: str = "") -> None:
    """Print a line on the output; `style` is "", "bold" or "dim" and shows on a terminal only."""
    text = harmless(text)
    code = {"bold": _BOLD, "dim": _DIM}.get(style, "")
    print(f"{code}{text}{_OFF}" if code and _coloured(sys.stdout) else text, flush=True)


def counted(n: int, noun: str) -> str:
    """Return a number with its noun: "1 article", "28 articles"."""
    return f"{n} {noun}{'' if n == 1 else 's'}"


def note(text: str) -> None:
    """Print a line beside the output, on the error stream."""
    print(harmless(text), file=sys.stderr, flush=True)


def complain(error: BotError) -> None:
    """Print what went wrong and what to do about it, as one line on the error stream."""
    head = f"{_RED}ponte:{_OFF}" if _coloured(sys.stderr) else "ponte:"
    print(f"{head} {harmless(' '.join(str(error).split()))}", file=sys.stderr, flush=True)


def agrees(question: str) -> bool:
    """Ask on a terminal; True if a person says yes. Where nobody can be asked, nobody agrees."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    print(f"{question} [y/N] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes", "s", "sì", "si")


@contextmanager
def bar(doing: str) -> Iterator["Progress"]:
    """Show a progress bar on a terminal while a piece of work is done; nothing when piped.

    Args:
        doing: what is done, such as "Indexing".
    """
    if not sys.stderr.isatty():
        yield lambda done, total, label: None
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = (TextColumn(f"{doing} {{task.description}}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task("", total=None, visible=False)

        def progress(done: int, total: int, label: str) -> None:
            shown.update(task, completed=done, total=total, description=escape(label[:48]), visible=True)

        yield progress


class Passing:
    """A line on a terminal that shows what is going on and is gone afterwards; nothing when the error stream is piped.

    A context manager: the line is gone whatever ends the work.
    """

    def __init__(self) -> None:
        self._text = ""
        self._shown = sys.stderr.isatty()

    def add(self, text: str) -> None:
        """Go on with the line; the end of it is shown."""
        self._text = (self._text + harmless(" ".join(text.splitlines(keepends=False))))[-400:]
        if self._shown:
            room = shutil.get_terminal_size().columns - 4
            print(f"\r\033[K{_DIM}… {self._text[-room:]}{_OFF}", end="", file=sys.stderr, flush=True)

    def clear(self) -> None:
        """Take the line away."""
        if self._shown and self._text:
            print("\r\033[K", end="", file=sys.stderr, flush=True)
        self._text = ""

    def __enter__(self) -> "Passing":
        """Return the line."""
        return self

    def __exit__(self, *_: object) -> None:
        """Take the line away."""
        self.clear()
