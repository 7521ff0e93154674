"""A language model that can be asked: text as it comes, then what it took. Knows no article, no prompt, no provider.

Stands on LangChain's `BaseChatModel`, so that every provider is asked, stopped, limited and counted in the same way.
"""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import aclosing
from copy import copy
from typing import TYPE_CHECKING, Any

from bot.datamodels import Clipped, Usage
from bot.errors import ModelError
from bot.providers import bridge, tokens
from bot.usage import Budget, Price

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessageChunk, BaseMessage

# A message has a few tokens around its text: https://developers.openai.com/cookbook/examples/how_to_count_tokens_with_tiktoken
_AROUND = 4
# Characters after which a reply has run on past what was asked: words of eight characters, one a token, and some.
_PER_TOKEN, _ALLOWED = 8, 2000

Options = Callable[[int], Mapping[str, Any]]
Explain = Callable[[Exception, str], ModelError]


class Model:
    """A language model that can be asked; safe to share between threads.

    Args:
        name: `provider:model`; never a key.
        chat: what is asked.
        context_window: tokens.
        price: None if it is not known.
        budget: kept over all calls; no limit, if None.
        timeout: seconds that a piece of text is waited for, the first one with all retries.
        options: of a call, from the most tokens to be written.
        explain: turns an error of the provider, and the text until then, into one of ours.
    """

    def __init__(
        self,
        name: str,
        chat: "BaseChatModel",
        context_window: int,
        price: Price | None,
        budget: Budget | None = None,
        timeout: float = 120,
        options: Options = lambda _: {},
        explain: Explain | None = None,
    ) -> None:
        self.name = name
        self.context_window = context_window
        self.budget = budget or Budget()
        self._chat = chat
        self._price = price
        self._timeout = timeout
        self._options = options
        self._explain = explain or _unexpected

    def __repr__(self) -> str:
        """Show the name, and nothing that could hold a key."""
        return f"Model({self.name!r})"

    def anew(self) -> "Model":
        """Return the same model for another session: with a budget of its own, within what all may spend together."""
        other = copy(self)
        other.budget = self.budget.anew()
        return other

    def cost(self, sent: int, written: int) -> float | None:
        """Return US dollars for so many tokens; None if the price is not known."""
        return None if self._price is None else self._price.cost(sent, written)

    def count(self, text: str) -> int:
        """Return the tokens of a text, by the model's own encoding or the nearest there is offline; never fails."""
        return tokens.count(text, self.name)

    def stream(
        self, messages: "Sequence[BaseMessage]", stop: threading.Event | None = None, max_tokens: int = 1024
    ) -> Iterator[str | Usage]:
        """Ask, and yield the reply as it comes.

        Args:
            messages: what the model is given.
            stop: set by another thread to stop; the request is closed within a moment. Leaving the loop does the same.
            max_tokens: that the model may write.

        Yields:
            Pieces of text, then, once, what the call took: `Clipped` where it ended because of `max_tokens`, which may
            be inside a sentence.

        Raises:
            ModelError: there is no answer, or not all of it; see its `kind`. What was yielded before is unfinished.
        """
        try:
            yield from bridge.drain(self._pouring(messages, max_tokens), stop)
        except bridge.Stopped:
            raise _stopped() from None

    async def astream(
        self, messages: "Sequence[BaseMessage]", stop: threading.Event | None = None, max_tokens: int = 1024
    ) -> AsyncIterator[str | Usage]:
        """Ask, and yield the reply as it comes; cancelling the task closes the request. Otherwise as `stream`."""
        try:
            async with aclosing(bridge.adrain(self._pouring(messages, max_tokens), stop)) as pieces:
                async for piece in pieces:
                    yield piece
        except bridge.Stopped:
            raise _stopped() from None

    def _pouring(self, messages: "Sequence[BaseMessage]", max_tokens: int) -> bridge.Pour:
        given = list(messages)

        async def pour(put: Callable[[str | Usage], None]) -> None:
            sent = sum(self.count(message.text) + _AROUND for message in given)
            with self.budget.hold(self._usage(sent, self._most(max_tokens))):
                await self._ask(given, max_tokens, sent, put)

        return pour

    def _most(self, max_tokens: int) -> int:
        """Return the most that can be written, thoughts included, where the provider allows for them."""
        options = self._options(max_tokens)
        return max(max_tokens, int(options.get("max_completion_tokens", 0)))

    async def _ask(
        self, messages: "list[BaseMessage]", max_tokens: int, sent: int, put: Callable[[str | Usage], None]
    ) -> None:
        reply = _Reply(max_tokens * _PER_TOKEN + _ALLOWED)
        failure: ModelError | None = None
        try:
            await self._listen(messages, max_tokens, reply, put)
        except ModelError as error:
            failure = error
        except TimeoutError:
            failure = _late(self._timeout, reply)
        except Exception as error:
            failure = self._explain(error, reply.text)
        finally:
            # A stopped or broken call has its price as well.
            usage = self._taken(reply, sent, failure)
            self.budget.add(usage)
        failure = failure or reply.fault()
        # Raised out here, so that it drags no error of the provider along, in which a key might stand.
        if failure is not None:
            raise failure
        put(Clipped(usage.input_tokens, usage.output_tokens, usage.calls, usage.cost) if reply.clipped else usage)

    async def _listen(
        self, messages: "list[BaseMessage]", max_tokens: int, reply: "_Reply", put: Callable[[str | Usage], None]
    ) -> None:
        async with aclosing(self._chat.astream(messages, **self._options(max_tokens))) as chunks:  # type: ignore[type-var]
            while True:
                async with asyncio.timeout(self._timeout):
                    chunk = await anext(chunks, None)
                if chunk is None:
                    return
                if piece := reply.hear(chunk):
                    put(piece)

    def _taken(self, reply: "_Reply", sent: int, failure: ModelError | None) -> Usage:
        if reply.usage is not None:
            details = reply.usage.get("input_token_details", {})
            cached, kept = details.get("cache_read") or 0, details.get("cache_creation") or 0
            return self._usage(reply.usage["input_tokens"], reply.usage["output_tokens"], cached, kept)
        # Refused at the door, a call costs nothing.
        if failure is not None and not reply.text:
            return self._usage(0, 0)
        return self._usage(sent, self.count(reply.text))

    def _usage(self, sent: int, written: int, cached: int = 0, kept: int = 0) -> Usage:
        cost = None if self._price is None else self._price.cost(sent, written, cached, kept)
        return Usage(sent, written, 1, cost)


class _Reply:
    """What came so far.

    Args:
        limit: characters at which it is too long.
    """

    def __init__(self, limit: int) -> None:
        self.text = ""
        self.usage: Mapping[str, Any] | None = None
        self._finish = ""
        self._refusal = False
        self._limit = limit

    def hear(self, chunk: "AIMessageChunk") -> str:
        """Take in a chunk; return its text.

        Raises:
            ModelError: "cut": the reply is far longer than it was to be.
        """
        metadata = chunk.response_metadata
        self._finish = metadata.get("finish_reason") or metadata.get("status") or self._finish
        self.usage = chunk.usage_metadata or self.usage
        blocks = chunk.content if isinstance(chunk.content, list) else []
        refused = any(isinstance(block, dict) and block.get("type") == "refusal" for block in blocks)
        filtered = (metadata.get("incomplete_details") or {}).get("reason") == "content_filter"
        self._refusal |= refused or filtered or "refusal" in chunk.additional_kwargs
        piece = str(chunk.text)
        self.text += piece
        if len(self.text) > self._limit:
            raise ModelError("cut", "The model wrote on and on and was stopped.", "Ask again, or take another model.")
        return piece

    @property
    def clipped(self) -> bool:
        """Whether it ended because its tokens had run out."""
        return self._finish in ("length", "max_tokens", "incomplete")

    def fault(self) -> ModelError | None:
        """Return what is wrong with the whole, if anything."""
        if self._refusal or self._finish == "content_filter":
            return ModelError("refused", "The model refuses to answer.", "Put the question in other words.")
        if not self._finish:
            return ModelError("cut", "The model's answer broke off.", "Ask again.")
        if not self.text.strip() and self.clipped:
            why = "The model used up its tokens in thought and came to no answer."
            return ModelError("empty", why, "Raise PONTE_MAX_TOKENS, or take another model.")
        if not self.text.strip():
            return ModelError("empty", "The model answered with nothing.", "Ask again, or take another model.")
        return None


def _late(seconds: float, reply: _Reply) -> ModelError:
    where = "did not go on" if reply.text else "did not answer"
    return ModelError(
        "timeout", f"The model {where} within {seconds:g} seconds.", "Ask again, or raise PONTE_MODEL_TIMEOUT."
    )


def _stopped() -> ModelError:
    return ModelError("stopped", "The model was stopped.")


def _unexpected(error: Exception, text: str) -> ModelError:
    kind = type(error).__name__
    if text:
        return ModelError("cut", f"The model's answer broke off: {kind}.", "Ask again.")
    return ModelError("server", f"The model failed: {kind}.", "Ask again, or take another model.")
