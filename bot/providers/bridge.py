"""Runs what is asynchronous in a thread of its own, for callers of both kinds. Knows coroutines, but no model.

All requests share one event loop, since connections belong to the loop that opened them; a caller's own loop comes
and goes. What is left early, by a stop, a cancellation or a closed generator, is cancelled there, which closes its
connection.
"""

import asyncio
import queue
import threading
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
from concurrent.futures import Future
from typing import Any, TypeVar

Piece = TypeVar("Piece")
Pour = Callable[[Callable[[Any], None]], Awaitable[None]]

# Seconds between two looks at the caller's stop.
_TICK = 0.05
_starting = threading.Lock()
_loop: asyncio.AbstractEventLoop | None = None


class Stopped(Exception):
    """The caller's stop was set."""


def drain(pour: Pour, stop: threading.Event | None) -> Iterator[Any]:
    """Yield what a coroutine puts, as it comes.

    Args:
        pour: given the function that it puts pieces with; runs in the shared loop.
        stop: looked at 20 times a second.

    Raises:
        Stopped: `stop` was set.
        Exception: what the coroutine raised, behind its last piece.
    """
    pieces: queue.SimpleQueue[Any] = queue.SimpleQueue()
    pouring = _start(pour, pieces.put)
    pouring.add_done_callback(lambda _: pieces.put(_END))
    try:
        while True:
            if stop is not None and stop.is_set():
                raise Stopped
            try:
                piece = pieces.get(timeout=_TICK)
            except queue.Empty:
                continue
            if piece is _END:
                break
            yield piece
        pouring.result()
    finally:
        pouring.cancel()


async def adrain(pour: Pour, stop: threading.Event | None) -> AsyncGenerator[Any, None]:
    """Yield what a coroutine puts, as it comes, in the caller's loop; takes and raises what `drain` does."""
    here = asyncio.get_running_loop()
    pieces: asyncio.Queue[Any] = asyncio.Queue()

    def put(piece: object) -> None:
        # The caller's loop may be gone by the time that its request is over.
        if not here.is_closed():
            here.call_soon_threadsafe(pieces.put_nowait, piece)

    pouring = _start(pour, put)
    pouring.add_done_callback(lambda _: put(_END))
    try:
        while True:
            if stop is not None and stop.is_set():
                raise Stopped
            try:
                async with asyncio.timeout(_TICK if stop is not None else None):
                    piece = await pieces.get()
            except TimeoutError:
                continue
            if piece is _END:
                break
            yield piece
        pouring.result()
    finally:
        pouring.cancel()


_END = object()


def _start(pour: Pour, put: Callable[[Any], None]) -> "Future[None]":
    async def run() -> None:
        await pour(put)

    return asyncio.run_coroutine_threadsafe(run(), _shared_loop())


def _shared_loop() -> asyncio.AbstractEventLoop:
    global _loop
    with _starting:
        if _loop is None or _loop.is_closed():
            _loop = asyncio.new_event_loop()
            threading.Thread(target=_loop.run_forever, name="ponte-models", daemon=True).start()
        return _loop
