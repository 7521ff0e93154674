"""A model for the tests: it writes what it is told, in pieces, and keeps what it was sent."""

import threading
from collections.abc import Callable, Iterator, Sequence

from bot.datamodels import Usage
from bot.errors import ModelError

Reply = str | ModelError | Callable[[Sequence], str] | Iterator


class Talker:
    """Queued replies; an error is raised, a function is given the messages.

    `cut` breaks a reply off after so many characters: without its usage, or with the error given.
    """

    def __init__(self, *replies, name="scripted:test", window=16_000, step=4, cut=None, error=None):
        self.replies = list(replies)
        self.name, self.context_window = name, window
        self.sent: list[list] = []
        self.ended: list[str] = []
        self._step, self._cut, self._error = step, cut, error

    def count(self, text: str) -> int:
        return (len(text) + 3) // 4

    def stream(self, messages, stop: threading.Event | None = None, max_tokens: int = 1024):
        self.sent.append(list(messages))
        reply = self.replies.pop(0) if self.replies else ""
        if callable(reply):
            reply = reply(messages)
        if isinstance(reply, ModelError):
            raise reply
        written = 0
        try:
            for start in range(0, len(reply), self._step):
                if stop is not None and stop.is_set():
                    return
                if self._cut is not None and start >= self._cut:
                    if self._error:
                        raise self._error
                    return
                written += 1
                yield reply[start : start + self._step]
            yield Usage(sum(self.count(m.content) for m in messages), self.count(reply), 1, 0.001)
            self.ended.append("whole")
        finally:
            self.ended.append(f"after {written}")

    @property
    def system(self) -> str:
        return self.sent[-1][0].content

    @property
    def user(self) -> str:
        return self.sent[-1][1].content


def numbered(messages, words: str) -> int:
    """The number of the first source that holds some words."""
    import json

    for line in messages[1].content.splitlines():
        if line.startswith('{"n"') and words in (source := json.loads(line))["text"]:
            return source["n"]
    raise AssertionError(f"no source holds {words!r}")
