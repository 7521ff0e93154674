"""A generator that blocks, run in a thread, as an asynchronous one. Knows nothing of what it yields."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from typing import TypeVar

Item = TypeVar("Item")


async def streamed(start: Callable[[threading.Event], Iterator[Item]]) -> AsyncIterator[Item]:
    """Yield what a blocking generator yields, without blocking the event loop.

    When the task is cancelled or the iterator closed, the event is set and this waits until the generator has ended.

    Args:
        start: makes the generator; is given an event that tells it to stop.
    """
    loop, stop = asyncio.get_running_loop(), threading.Event()
    queue: asyncio.Queue[tuple[Item | None, BaseException | None, bool]] = asyncio.Queue()

    def put(item: Item | None, error: BaseException | None, over: bool) -> None:
        loop.call_soon_threadsafe(queue.put_nowait, (item, error, over))

    def run() -> None:
        try:
            for item in start(stop):
                put(item, None, False)
                if stop.is_set():
                    break
            put(None, None, True)
        except BaseException as error:
            put(None, error, True)

    running = loop.run_in_executor(None, run)
    try:
        while True:
            item, error, over = await queue.get()
            if error is not None:
                raise error
            if over:
                return
            yield item  # type: ignore[misc]
    finally:
        stop.set()
        await asyncio.shield(running)
