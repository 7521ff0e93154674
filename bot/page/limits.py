"""How often somebody may do something: buckets that fill with time. Knows keys and clocks only."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

_KEYS = 10_000


class Limit:
    """So many times a minute for each key, in bursts of as many; safe to share between threads.

    Args:
        a_minute: how often.
        clock: seconds that only grow.
    """

    def __init__(self, a_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = float(a_minute)
        self._clock = clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, key: str) -> bool:
        """Use one time up; False, and nothing used, if there is none."""
        with self._lock:
            left = self._now(key)
            fine = left >= 1
            self._left[key] = (left - 1 if fine else left, self._clock())
            self._left.move_to_end(key)
            while len(self._left) > _KEYS:
                self._left.popitem(last=False)
            return fine

    def give_back(self, key: str) -> None:
        """Take one use back."""
        with self._lock:
            self._left[key] = (self._now(key) + 1, self._clock())

    def _now(self, key: str) -> float:
        left, at = self._left.get(key, (self._most, self._clock()))
        return min(self._most, left + (self._clock() - at) * self._most / 60)
