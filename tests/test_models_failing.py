"""Language models behind servers that misbehave, and models that are stopped."""

import asyncio
import threading
import time

import pytest
from asking_models import LONG, QUESTION, failure, heard, in_thread, settings
from openai_server import Act

from bot.errors import ModelError
from bot.providers import make_model

# Servers that misbehave


def test_a_limit_is_waited_out_as_long_as_the_server_says(model, openai_server):
    openai_server.play(Act("slow down", status=429, headers={"Retry-After": "2"}), Act("Ecco."))
    assert heard(model)[0] == "Ecco."
    first, second = openai_server.requests
    assert 1.9 < second.at - first.at < 4


def test_a_limit_that_stays_is_told_after_three_attempts(model, openai_server):
    openai_server.play(always=Act("slow down", status=429))
    started = time.monotonic()
    error, _ = failure(model)
    assert (error.kind, error.retry, len(openai_server.requests)) == ("limit", True, 3)
    gaps = [b.at - a.at for a, b in zip(openai_server.requests, openai_server.requests[1:], strict=False)]
    # A backoff: half a second, then one, less a quarter at most.
    assert 0.3 < gaps[0] < gaps[1] + 0.2 and gaps[1] > 0.6 and time.monotonic() - started < 10


def test_an_hour_is_not_waited_out(model, openai_server):
    openai_server.play(always=Act("tomorrow", status=429, headers={"Retry-After": "3600"}))
    started = time.monotonic()
    assert failure(model)[0].kind == "limit"
    assert time.monotonic() - started < 5 and len(openai_server.requests) == 1


def test_an_empty_account_says_so(model, openai_server):
    openai_server.play(always=Act("no money", status=429, code="insufficient_quota"))
    error, _ = failure(model)
    assert error.kind == "limit" and "credit" in error.message


@pytest.mark.parametrize("status", [500, 502, 503])
def test_a_server_that_recovers_is_asked_again(model, openai_server, status):
    openai_server.play(Act("oops", status=status), Act("Ecco."))
    assert heard(model)[0] == "Ecco." and len(openai_server.requests) == 2


@pytest.mark.parametrize(
    ("act", "kind", "attempts"),
    [
        (Act("boom", status=500), "server", 3),
        (Act("bad request", status=400), "server", 1),
        (Act("who are you", status=401), "key", 1),
        (Act("not for you", status=403), "key", 1),
        (Act("no such model", status=404), "unknown", 1),
        (Act("filtered", status=400, code="content_filter"), "refused", 1),
        (Act(drop=-1), "connection", 3),
        (Act(finish="content_filter"), "refused", 1),
        (Act(""), "empty", 1),
        (Act("   \n "), "empty", 1),
    ],
    ids=lambda value: str(value)[:40],
)
def test_every_failure_has_its_kind(model, openai_server, act, kind, attempts):
    openai_server.play(always=act)
    error, _ = failure(model)
    assert (error.kind, len(openai_server.requests)) == (kind, attempts)
    assert error.fix


@pytest.mark.parametrize("how", [{"drop": 3}, {"quiet": 3}, {"malformed": True}, {"fails": True}], ids=str)
def test_what_breaks_off_is_cut_and_not_asked_again(model, openai_server, how):
    openai_server.play(Act("uno due tre quattro cinque sei", **how))
    error, text = failure(model)
    assert (error.kind, text, len(openai_server.requests)) == ("cut", "uno due tre", 1)
    assert model.budget.spent.output_tokens >= 3


def test_nonsense_before_the_first_word_is_the_servers_failure(model, openai_server):
    openai_server.play(Act("uno", malformed=True))
    assert failure(model)[0].kind == "server"


@pytest.mark.parametrize(
    "act", [Act(before=30, silent=True), Act(before=30), Act("uno due tre", pace=1.5)], ids=["mute", "first", "next"]
)
def test_silence_is_a_timeout_with_all_its_retries(openai_server, tmp_path, act):
    openai_server.play(always=act)
    started = time.monotonic()
    error, text = failure(make_model("openai:m", settings(tmp_path, model_timeout=1)))
    assert error.kind == "timeout" and text == "" and 0.9 < time.monotonic() - started < 2
    openai_server.wait_for(lambda: openai_server.hung_up, 30)


def test_nobody_there(tmp_path, monkeypatch):
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    started = time.monotonic()
    assert failure(make_model("openai:m", settings(tmp_path)))[0].kind == "connection"
    assert time.monotonic() - started < 6


def test_a_reply_without_end_is_ended(model, openai_server):
    openai_server.play(Act("parola " * 100_000))
    error, text = failure(model, max_tokens=200)
    assert error.kind == "cut" and len(text) < 200 * 8 + 2000 + 20
    openai_server.wait_for(lambda: openai_server.hung_up, 30)
    assert openai_server.sent < 90_000


def test_a_long_reply_that_was_asked_for_comes_whole(model, openai_server):
    openai_server.play(Act("parola " * 5_000))
    assert heard(model, max_tokens=40_000)[0] == "parola " * 5_000


# Stopping


@pytest.mark.parametrize("act", [Act(LONG, pace=0.1), Act(before=30), Act(before=30, silent=True)], ids=["m", "f", "s"])
def test_a_stop_closes_the_request_within_a_second(model, openai_server, act):
    openai_server.play(act)
    stop, stopped_at = threading.Event(), []

    def stop_soon():
        openai_server.wait_for(lambda: openai_server.requests)
        time.sleep(0.4)
        stopped_at.append(time.monotonic())
        stop.set()

    threading.Thread(target=stop_soon).start()
    error, _ = failure(model, stop=stop)
    assert error.kind == "stopped" and not error.retry
    openai_server.wait_for(lambda: openai_server.hung_up, 30)
    assert openai_server.hung_up[0] - stopped_at[0] < 1 and len(openai_server.requests) == 1


def test_leaving_the_loop_closes_the_request(model, openai_server):
    openai_server.play(Act(LONG, pace=0.1))
    pieces = model.stream(QUESTION)
    assert next(pieces) == "parola"
    pieces.close()
    openai_server.wait_for(lambda: openai_server.hung_up, 30)
    # What had come by then is paid for.
    openai_server.wait_for(lambda: model.budget.spent.calls, 1)
    assert model.budget.spent.output_tokens >= 1


@pytest.mark.parametrize("act", [Act(LONG, pace=0.1), Act(before=30), Act(before=30, silent=True)], ids=["m", "f", "s"])
def test_cancelling_the_task_closes_the_request_within_a_second(model, openai_server, act):
    openai_server.play(act)

    async def listen():
        async for _ in model.astream(QUESTION):
            pass

    async def cancel():
        task = asyncio.create_task(listen())
        while not openai_server.requests:
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.3)
        at = time.monotonic()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return at

    at = in_thread(cancel)
    openai_server.wait_for(lambda: openai_server.hung_up, 30)
    assert openai_server.hung_up[0] - at < 1


def test_a_stop_in_the_async_stream(model, openai_server):
    openai_server.play(Act(LONG, pace=0.1))
    stop = threading.Event()

    async def listen():
        async for _ in model.astream(QUESTION, stop):
            stop.set()

    with pytest.raises(ModelError) as caught:
        in_thread(listen)
    assert caught.value.kind == "stopped"
    openai_server.wait_for(lambda: openai_server.hung_up, 30)
