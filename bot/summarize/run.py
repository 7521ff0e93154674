"""One summary by a model while it is made: what was asked, how it went, when to end, and what the reader is told of it.

Counts only; asks no model.
"""

import threading
from dataclasses import dataclass, field

from bot.datamodels import Usage
from bot.summarize.digest import Digest
from bot.summarize.plan import Plan
from bot.summarize.tell import Notice, Stop
from bot.summarize.wish import Wish
from prompts import load

# No request after one of these can do better; after so many in a row of the others none is made either.
_FATAL = frozenset({"budget", "key", "unknown", "stopped"})
_PATIENCE = 3


class Stopping(threading.Event):
    """An event that is set when a function says so."""

    def __init__(self, stop: Stop) -> None:
        super().__init__()
        self._ask = stop

    def is_set(self) -> bool:
        """Say whether it is set, or the function says so."""
        return super().is_set() or self._ask()


@dataclass
class Run:
    """One summary while it is made.

    Attributes:
        wish: what is asked for.
        language: of the summary.
        stop: whether it is to end.
        total: requests that will be made, as far as is known.
        usage: what it took until now.
        done: requests that are done.
        asked: requests that were made of a model, and not found kept.
        spent: seconds that those took.
        failures: kinds of errors, one for each part that the sources' own words stand in for.
        cut: kinds of errors that ended a reply of which something was there already.
        row: failures without a success between them.
        dropped: sentences that were left out at the end.
        flagged: sentences that are shown although something in them is not borne out.
        orders: whether a source gives orders to models.
        over: whether no more requests are to be made.
    """

    wish: Wish
    language: str
    stop: Stopping
    total: int
    usage: Usage = Usage()
    done: int = 0
    asked: int = 0
    spent: float = 0.0
    failures: list[str] = field(default_factory=list)
    cut: list[str] = field(default_factory=list)
    row: int = 0
    dropped: int = 0
    flagged: int = 0
    orders: bool = False
    over: bool = False

    @property
    def left(self) -> float | None:
        """Seconds that the rest will take, by what it took until now; None before anything is known."""
        return self.spent / self.asked * max(0, self.total - self.done) if self.asked else None

    def hear(self, digest: Digest) -> None:
        """Note what came of a request."""
        self.row = self.row + 1 if digest.failure else 0
        self.over = self.over or digest.failure in _FATAL or self.row >= _PATIENCE
        if digest.failure and not self.stop.is_set():
            (self.cut if digest.notes else self.failures).append(digest.failure)


def reason(kind: str, language: str) -> str:
    """Return in words why a model did not write, by the kind of its error."""
    name = {"nothing": "summary.nothing", "context": "summary.narrow"}.get(kind, f"failure.{kind}")
    return load(name, language).fill()


def noticed(run: Run, how: Plan) -> list[Notice]:
    """Return what the reader should know of a run."""
    found = []
    if run.orders:
        found.append(Notice("summary.orders"))
    if run.failures:
        why = reason(run.failures[0], run.language)
        values = {"n": str(len(run.failures)), "total": str(how.parts), "reason": why}
        found.append(Notice("summary.parts_failed", values))
    if run.cut:
        found.append(Notice("notice.cut", {"reason": reason(run.cut[0], run.language)}))
    if run.dropped == 1:
        found.append(Notice("notice.dropped_one"))
    elif run.dropped:
        found.append(Notice("notice.dropped_many", {"n": str(run.dropped)}))
    return found
