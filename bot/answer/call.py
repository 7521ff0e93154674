"""One request to a model while it runs: what came, what it took, what went wrong. Knows no prompt and no sentence."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.answer.speaker import Speaker
from bot.datamodels import Clipped, Usage
from bot.errors import ModelError
from bot.thoughts import Aloud, Spoken, aloud

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

# Characters of all that is written, thoughts included.
_ENDLESS = 60_000


@dataclass
class Call:
    """A request; one value, filled while it runs.

    Attributes:
        usage: what it took.
        error: that ended it.
        long: whether it ran on past what an answer is.
        narrow: whether there was no room to make it.
        complete: whether it came to its end.
        clipped: whether that was the limit of its tokens.
        thought: whether the model thought aloud.
        untold: whether it was taken to think and did not.
        texts: the pieces that came, thoughts included.
    """

    usage: Usage = Usage()
    error: ModelError | None = None
    long: bool = False
    narrow: bool = False
    complete: bool = False
    clipped: bool = False
    thought: bool = False
    untold: bool = False
    texts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What the model said aloud."""
        return aloud("".join(self.texts))

    @property
    def sound(self) -> bool:
        """Whether it went as it should."""
        return self.error is None and not self.long

    def cut(self, model: Speaker, room: int) -> bool:
        """Tell whether its last sentence may be half a sentence. What was thought has taken room as well.

        Args:
            model: that was asked.
            room: tokens that the reply could take.
        """
        full = self.usage.output_tokens >= room and 2 * model.count(self.text) >= room
        return not self.complete or self.clipped or full

    def spoken(
        self, model: Speaker, messages: Sequence["BaseMessage"], stop: threading.Event | None, room: int, thinks: bool
    ) -> Iterator[Spoken]:
        """Make the request; yield what the model says aloud, piece by piece. Whatever goes wrong is noted.

        Args:
            model: that is asked.
            messages: that it is given.
            stop: set by another thread to end it.
            room: tokens that the reply may take.
            thinks: whether the model is known to begin with thoughts that no tag opens.
        """
        ear = Aloud(thinks)
        with closing(self._pieces(model, messages, stop, room)) as pieces:  # type: ignore[type-var]
            for piece in pieces:
                yield ear.feed(piece)
                self.thought = ear.thought
        self.untold = ear.untold
        yield ear.end()
        self.thought = ear.thought

    def _pieces(
        self, model: Speaker, messages: Sequence["BaseMessage"], stop: threading.Event | None, room: int
    ) -> Iterator[str]:
        left = _ENDLESS
        try:
            with closing(model.stream(messages, stop, room)) as pieces:  # type: ignore[type-var]
                for piece in pieces:
                    if isinstance(piece, Usage):
                        self.usage, self.complete, self.clipped = piece, True, isinstance(piece, Clipped)
                        continue
                    self.texts.append(piece[:left])
                    left -= len(piece)
                    yield self.texts[-1]
                    if left <= 0 or (stop is not None and stop.is_set()):
                        self.long = left <= 0
                        break
        except ModelError as error:
            self.error = error
        finally:
            if not self.complete and self.texts:
                sent = sum(model.count(str(message.content)) for message in messages)
                self.usage = Usage(sent, model.count("".join(self.texts)), 1, None)
