"""How fast a selection is read, and how long the rest will take. Knows seconds and shares only."""

import time


class Watch:
    """Adds up seconds; a context manager that can be entered again and again."""

    def __init__(self) -> None:
        self.seconds, self._since = 0.0, 0.0

    def __enter__(self) -> None:
        self._since = time.perf_counter()

    def __exit__(self, *_: object) -> None:
        self.seconds += time.perf_counter() - self._since


class Pace:
    """The pace of fetching articles and that of weighing their sentences, which go on by themselves.

    A long article is fetched whole before its first sentence is weighed: as one pace that would promise hours.

    Attributes:
        fetching: seconds that it took until now.
        weighing: likewise.
    """

    def __init__(self) -> None:
        self.fetching, self.weighing = Watch(), Watch()

    def left(self, fetched: float, weighed: float) -> float:
        """Return the seconds that the rest will take, by the shares of the text, above 0, that are done of each."""
        pairs = ((self.fetching, fetched), (self.weighing, weighed))
        return sum(watch.seconds * (1 - share) / share for watch, share in pairs)
