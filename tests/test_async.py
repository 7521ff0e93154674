"""The asynchronous doors: the same events, an event loop that stays free, and a cancellation that ends the request."""

import asyncio
import threading
import time

import pytest
from talking import Talker

from bot.chat import Bot
from bot.datamodels import Usage
from bot.errors import QuestionError
from bot.events import Done, Found, Said, Wrote

GIFTS = "What did Putin give Kim?"
TRUE = "Putin gave Kim an Aurus limousine, a tea set and an admiral's dagger, according to Ushakov [1]."


def run(coroutine):
    """Run a coroutine in a thread of its own: another test may have left a running loop in this one."""
    found = []

    def work():
        try:
            found.append((asyncio.run(coroutine), None))
        except BaseException as error:
            found.append((None, error))

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(60)
    value, error = found[0]
    if error is not None:
        raise error
    return value


class Slow(Talker):
    """Waits between pieces, as a server does, and notes when it was told to stop."""

    def __init__(self, *replies):
        super().__init__(*replies)
        self.stopped = threading.Event()

    def stream(self, messages, stop=None, max_tokens=1024):
        self.sent.append(list(messages))
        try:
            for word in self.replies.pop(0).split(" "):
                if stop is not None and stop.wait(0.02):
                    return
                yield word + " "
            yield Usage(100, 50, 1, 0.0)
        finally:
            self.stopped.set()


def test_the_answer_is_the_same_as_without_a_loop(bot):
    plain = Bot(bot._library, Talker(TRUE)).ask(GIFTS)
    answer = run(Bot(bot._library, Talker(TRUE)).aask(GIFTS))
    assert (answer.text, answer.citations, answer.model) == (plain.text, plain.citations, "scripted:test")


def test_events_come_as_they_are_made(bot):
    async def collect():
        return [event async for event in Bot(bot._library, Talker(TRUE)).astream(GIFTS)]

    events = run(collect())
    assert isinstance(events[0], Found) and isinstance(events[-1], Done)
    assert any(isinstance(e, Wrote) for e in events) and sum(isinstance(e, Said) for e in events) == 1


def test_the_loop_stays_free_while_a_model_writes(bot):
    async def both():
        ticks = 0

        async def tick():
            nonlocal ticks
            while True:
                await asyncio.sleep(0.01)
                ticks += 1

        ticking = asyncio.create_task(tick())
        answer = await Bot(bot._library, Slow(TRUE)).aask(GIFTS)
        ticking.cancel()
        return answer, ticks

    answer, ticks = run(both())
    assert answer.citations and ticks >= 10


@pytest.mark.parametrize("way", ["cancel", "close", "timeout"])
def test_a_cancellation_ends_the_request_to_the_model(bot, way):
    slow = Slow(TRUE * 40)

    async def stop_early():
        events = Bot(bot._library, slow).astream(GIFTS)
        if way == "timeout":
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(1.5):
                    async for _ in events:
                        pass
            await events.aclose()
        elif way == "close":
            async for event in events:
                if isinstance(event, Wrote):
                    break
            await events.aclose()
        else:
            task = asyncio.create_task(Bot(bot._library, slow).aask(GIFTS))
            while not slow.sent and not task.done():
                await asyncio.sleep(0.01)
            await asyncio.sleep(0.1)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
        return slow.stopped.is_set()

    started = time.monotonic()
    assert run(stop_early()), "the request goes on"
    assert time.monotonic() - started < 10 and len(slow.sent) == 1


def test_an_error_reaches_the_caller(bot):
    with pytest.raises(QuestionError):
        run(bot.aask("   "))
