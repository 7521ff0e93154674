"""A model that replies what it was told to: for tests, and to try things out without a server. Knows no question.

It enters by the same door as the real ones: a LangChain chat model, streamed word by word.
"""

import json
import re
import threading
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import anyio
from langchain_core.callbacks import AsyncCallbackManagerForLLMRun, CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.messages.ai import UsageMetadata
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from pydantic import ConfigDict, PrivateAttr

from bot.errors import ModelError, SettingsError
from bot.providers import tokens
from bot.providers.model import Model
from bot.usage import FREE, Budget


@dataclass(frozen=True, slots=True)
class Script:
    """A reply with what happens to it.

    Attributes:
        text: of the reply.
        cut: whether the stream breaks off behind the text.
        error: kind of the error that comes behind the text; "" for none.
    """

    text: str
    cut: bool = False
    error: Any = ""


Reply: TypeAlias = "str | Script | ModelError | Callable[[Sequence[BaseMessage]], str]"


class ScriptedChat(BaseChatModel):
    """LangChain's chat model over a queue of replies.

    Attributes:
        replies: in their order; a function is given the messages.
        delay: seconds before each word.
        calls: the messages of each call.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    replies: Sequence[Any] = ()
    delay: float = 0.0
    calls: list[list[BaseMessage]] = []
    _queue: deque[Reply] = PrivateAttr()
    _lock: Any = PrivateAttr(default_factory=threading.Lock)

    def model_post_init(self, _context: Any) -> None:
        """Queue the replies."""
        self._queue = deque(self.replies)

    @property
    def _llm_type(self) -> str:
        return "ponte-scripted"

    def _next(self, messages: list[BaseMessage]) -> Script:
        with self._lock:
            self.calls.append(list(messages))
            if not self._queue:
                raise ModelError("empty", "The script has no more replies.", "Add one to it.")
            reply = self._queue.popleft()
        if isinstance(reply, ModelError):
            raise reply
        if isinstance(reply, Script):
            return reply
        return Script(reply if isinstance(reply, str) else reply(messages))

    def _chunks(self, messages: list[BaseMessage]) -> Iterator[ChatGenerationChunk]:
        script = self._next(messages)
        for word in re.findall(r"\s*\S+|\s+$", script.text):
            yield ChatGenerationChunk(message=AIMessageChunk(content=word))
        if script.error:
            raise ModelError(script.error, f"The script says: {script.error}.", "Take it out of the script.")
        if not script.cut:
            sent, written = sum(tokens.count(message.text) for message in messages), tokens.count(script.text)
            usage = UsageMetadata(input_tokens=sent, output_tokens=written, total_tokens=sent + written)
            last = AIMessageChunk(content="", usage_metadata=usage, response_metadata={"finish_reason": "stop"})
            yield ChatGenerationChunk(message=last)

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **_: Any,
    ) -> Iterator[ChatGenerationChunk]:
        yield from self._chunks(messages)

    async def _astream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **_: Any,
    ) -> AsyncIterator[ChatGenerationChunk]:
        for chunk in self._chunks(messages):
            await anyio.sleep(self.delay)
            yield chunk

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **_: Any,
    ) -> ChatResult:
        text = "".join(str(chunk.message.text) for chunk in self._chunks(messages))
        return ChatResult(generations=[ChatGeneration(message=AIMessage(content=text))])


class ScriptedModel(Model):
    """A model that gives its replies in turn, then has none left ("empty").

    Args:
        replies: texts; `Script`s that break off; `ModelError`s, raised; functions of the messages.
        name: behind "scripted:".
        delay: seconds before each word.
        context_window: tokens.
        budget: as for every model.
    """

    def __init__(
        self,
        replies: Sequence[Reply],
        name: str = "replies",
        delay: float = 0.0,
        context_window: int = 8192,
        budget: Budget | None = None,
    ) -> None:
        # An empty or unfinished reply must reach the model's own checks, as a server's does.
        self.chat = ScriptedChat(replies=list(replies), delay=delay, calls=[])
        super().__init__(f"scripted:{name}", self.chat, context_window, FREE, budget)

    @property
    def calls(self) -> list[list[BaseMessage]]:
        """The messages of each call, first to last."""
        return self.chat.calls


def read_script(path: Path) -> list[Reply]:
    """Read replies from a file.

    Args:
        path: `.jsonl`: a string on each line, or an object: {"text": ..., "cut": true, "error": "limit"}. Else a text,
            its replies between lines of three hyphens.

    Raises:
        SettingsError: it is not there, or a line is neither.
    """
    try:
        text = path.expanduser().read_text("utf-8")
        if path.suffix != ".jsonl":
            return [part.strip() for part in re.split(r"^---[ \t]*$", text, flags=re.M)]
        return [_line(json.loads(line)) for line in text.splitlines() if line.strip()]
    except (OSError, ValueError, TypeError) as error:
        raise SettingsError(
            f"“{path}” is no script of replies: {error}.", "Name a file that is: scripted:FILE."
        ) from None


def _line(line: Any) -> Reply:
    return line if isinstance(line, str) else Script(**line)
