"""Answers that were written before, for the same question over the same passages. In memory, safe between threads.

Knows keys and answers; nothing of how either is made.
"""

import threading
from collections import OrderedDict

from bot.datamodels import Answer

Key = tuple[object, ...]


class Cache:
    """The latest answers.

    Args:
        size: how many are kept; none, if 0.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._answers: OrderedDict[Key, Answer] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Key) -> Answer | None:
        """Return the answer of a key, if it is still there."""
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
            return self._answers.get(key)

    def put(self, key: Key, answer: Answer) -> None:
        """Keep an answer; the one that was asked for longest ago goes."""
        with self._lock:
            self._answers[key] = answer
            self._answers.move_to_end(key)
            while len(self._answers) > self._size:
                self._answers.popitem(last=False)
