"""What the answerer needs to know of a language model. The models themselves are in `bot.providers`."""

import threading
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

from bot.datamodels import Usage

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage


class Speaker(Protocol):
    """A language model that streams."""

    @property
    def name(self) -> str:
        """Provider and model, as `openai:gpt-4o`."""

    @property
    def context_window(self) -> int:
        """Tokens that go in and come out, together."""

    def count(self, text: str) -> int:
        """Return how many tokens a text has."""

    def stream(
        self, messages: Sequence["BaseMessage"], stop: threading.Event | None = None, max_tokens: int = 1024
    ) -> Iterator[str | Usage]:
        """Yield what the model writes, piece by piece, then once what it took: `Clipped` where its tokens ran out.

        Raises:
            ModelError: it does not answer, or breaks off.
        """
