"""Language models: asked by the real client, over HTTP, of servers that behave and that do not."""

import asyncio
import logging
import threading
import time
import traceback

import pytest
from langchain_core.messages import HumanMessage, SystemMessage
from openai_fixtures import KEY
from openai_server import Act

from bot.datamodels import Usage
from bot.errors import ModelError, SettingsError
from bot.providers import DEFAULT_MODEL, default_model, make_model
from bot.providers.scripted import Script, ScriptedModel
from bot.settings import Settings

QUESTION = [SystemMessage("Rispondi."), HumanMessage("Chi ha vinto?")]
LONG = "parola " * 400


def settings(tmp_path, **given):
    return Settings(home=tmp_path, **given)


@pytest.fixture
def model(openai_server, tmp_path):
    return make_model("openai:test-model", settings(tmp_path, model_timeout=20))


@pytest.fixture(params=["openai:gpt-4.1-mini", "openai:gpt-5-pro"], ids=["chat", "responses"])
def official(request, openai_server, tmp_path, monkeypatch):
    """A model asked as OpenAI itself is, by either interface: only the address is the test server's."""
    from bot.providers.access import Access

    monkeypatch.setattr(Access, "official", True)
    return make_model(request.param, settings(tmp_path, model_timeout=20))


def heard(model, messages=QUESTION, **given):
    *pieces, usage = model.stream(messages, **given)
    assert all(isinstance(piece, str) and piece for piece in pieces) and isinstance(usage, Usage)
    return "".join(pieces), usage


def failure(model, messages=QUESTION, **given):
    pieces = []
    with pytest.raises(ModelError) as caught:
        for piece in model.stream(messages, **given):
            pieces.append(piece)
    assert all(isinstance(piece, str) for piece in pieces)
    assert "\n" not in str(caught.value) and caught.value.message and len(str(caught.value)) < 400
    return caught.value, "".join(pieces)


def in_thread(coroutine):
    """Run a coroutine in a loop of its own: Playwright may have left one running here."""
    results = []

    def run():
        try:
            results.append((asyncio.run(coroutine()), None))
        except BaseException as error:
            results.append((None, error))

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(30)
    value, error = results[0]
    if error is not None:
        raise error
    return value


# What is sent and what comes back


def test_text_comes_in_pieces_and_then_what_it_took(model, openai_server):
    openai_server.play(Act("Ha vinto l'Italia, ieri."))
    pieces = list(model.stream(QUESTION))
    assert pieces[:-1] == ["Ha", " vinto", " l'Italia,", " ieri."]
    usage = pieces[-1]
    assert (usage.calls, usage.cost) == (1, 0.0) and usage.input_tokens > 5 and usage.output_tokens > 1
    request = openai_server.requests[0]
    assert request.path == "/v1/chat/completions" and request.headers["authorization"] == f"Bearer {KEY}"
    assert request.body["messages"] == [
        {"role": "system", "content": "Rispondi."}, {"role": "user", "content": "Chi ha vinto?"},
    ]  # fmt: skip
    assert request.body["stream"] is True and request.body["stream_options"] == {"include_usage": True}
    assert (request.body["max_tokens"], request.body["temperature"]) == (1024, 0) and "store" not in request.body


def test_the_text_comes_as_it_is_written(model, openai_server):
    openai_server.play(Act("uno due tre", pace=0.3))
    times = [time.monotonic() for _ in model.stream(QUESTION)]
    assert times[1] - times[0] > 0.2 and times[2] - times[1] > 0.2


def test_openai_itself_is_asked_by_either_interface(official, openai_server):
    openai_server.play(Act("Ha vinto l'Italia.", cached=3))
    text, usage = heard(official, max_tokens=300)
    assert text == "Ha vinto l'Italia." and usage.cost > 0 and usage.calls == 1
    body, path = openai_server.requests[0].body, openai_server.requests[0].path
    assert body["store"] is False
    if path == "/v1/responses":
        assert official.name == "openai:gpt-5-pro" and body["max_output_tokens"] == 300 + 2048
    else:
        assert path == "/v1/chat/completions" and (body["max_completion_tokens"], body["temperature"]) == (300, 0)


def test_a_refusal_is_no_answer_by_either_interface(official, openai_server):
    openai_server.play(Act("I cannot help with that.", refusal=True))
    error, text = failure(official)
    assert (error.kind, text) == ("refused", "")


def test_thoughts_are_paid_for(official, openai_server):
    openai_server.play(Act("Sì.", thoughts=500))
    assert heard(official)[1].output_tokens > 500


def test_a_model_that_thinks_is_told_to_think_little(openai_server, tmp_path):
    heard(make_model("openai:gpt-6-luna", settings(tmp_path)), max_tokens=100)
    assert openai_server.requests[0].body["reasoning_effort"] == "low"
    assert openai_server.requests[0].body["max_completion_tokens"] == 100 + 2048


def test_without_usage_the_tokens_are_counted(model, openai_server):
    openai_server.play(Act("Ha vinto l'Italia, ieri.", usage=False))
    text, usage = heard(model)
    assert usage.output_tokens == model.count(text) > 3 and usage.input_tokens > model.count("Rispondi.Chi ha vinto?")


def test_the_async_stream_says_the_same(model, openai_server):
    async def listen():
        return [piece async for piece in model.astream(QUESTION)]

    assert in_thread(listen) == list(model.stream(QUESTION))
    # A second loop, the same model: connections outlive the loop of the caller.
    assert in_thread(listen)[:-1] == ["Ciao", " mondo."]


def test_many_threads_share_a_model(model, openai_server):
    openai_server.play(always=Act("uno due tre quattro", pace=0.05))
    results = []
    threads = [threading.Thread(target=lambda: results.append(heard(model)[0])) for _ in range(12)]
    [thread.start() for thread in threads]
    [thread.join(30) for thread in threads]
    assert results == ["uno due tre quattro"] * 12
    assert model.budget.spent.calls == 12


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
    openai_server.wait_for(lambda: openai_server.hung_up, 2)


def test_nobody_there(tmp_path, monkeypatch):
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    started = time.monotonic()
    assert failure(make_model("openai:m", settings(tmp_path)))[0].kind == "connection"
    assert time.monotonic() - started < 6


def test_a_reply_without_end_is_ended(model, openai_server):
    openai_server.play(Act("parola " * 100_000))
    error, text = failure(model, max_tokens=200)
    assert error.kind == "cut" and len(text) < 200 * 8 + 2000 + 20
    openai_server.wait_for(lambda: openai_server.hung_up, 5)
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
    openai_server.wait_for(lambda: openai_server.hung_up, 2)
    assert openai_server.hung_up[0] - stopped_at[0] < 1 and len(openai_server.requests) == 1


def test_leaving_the_loop_closes_the_request(model, openai_server):
    openai_server.play(Act(LONG, pace=0.1))
    pieces = model.stream(QUESTION)
    assert next(pieces) == "parola"
    pieces.close()
    openai_server.wait_for(lambda: openai_server.hung_up, 1)
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
    openai_server.wait_for(lambda: openai_server.hung_up, 2)
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
    openai_server.wait_for(lambda: openai_server.hung_up, 1)


# Keys


@pytest.mark.parametrize(
    "act",
    [Act(), Act(f"Incorrect API key provided: {KEY}", status=401), Act(f"bad {KEY}", status=400), Act("x", status=500)],
)
def test_the_key_is_never_seen(openai_server, tmp_path, caplog, monkeypatch, capfd, act):
    caplog.set_level(logging.DEBUG)
    for name in ("openai", "httpx", "httpx2", "httpcore", "httpcore2", "langchain", "asyncio"):
        caplog.set_level(logging.DEBUG, logger=name)
    openai_server.play(always=act)
    model = make_model("openai:m", settings(tmp_path))
    seen = [repr(model), str(model), model.name, repr(vars(model)), repr(settings(tmp_path))]
    try:
        list(model.stream(QUESTION))
    except ModelError as error:
        seen += [str(error), repr(error), "".join(traceback.format_exception(error)), repr(vars(error))]
        assert error.__context__ is None and error.__cause__ is None
    out = capfd.readouterr()
    seen += [caplog.text, out.out, out.err]
    assert openai_server.requests[0].headers["authorization"] == f"Bearer {KEY}"
    assert not any("Zx81" in text for text in seen)


def test_the_key_of_a_page_goes_before_that_of_the_environment(openai_server, tmp_path):
    heard(make_model("openai:m", settings(tmp_path), key="sk-of-the-page"))
    assert openai_server.requests[0].headers["authorization"] == "Bearer sk-of-the-page"


# Names


@pytest.mark.parametrize(
    "name", ["gpt-5-mini", "openai", "openai:", "extractive:x", "claude:x", "scripted:", "scripted"]
)
def test_an_unknown_name_says_what_there_is(tmp_path, name):
    with pytest.raises(SettingsError, match="openai:MODEL"):
        make_model(name, settings(tmp_path))


def test_a_missing_key_says_what_to_do(tmp_path):
    with pytest.raises(SettingsError, match="OPENAI_API_KEY is not set. Set it, or OPENAI_BASE_URL"):
        make_model("openai:gpt-6-luna", settings(tmp_path))


@pytest.mark.parametrize("key", ["sk-a b", "sk-è", "sk-\n-x"])
def test_a_key_that_cannot_be_one_is_not_sent_and_not_shown(tmp_path, key):
    with pytest.raises(SettingsError) as caught:
        make_model("openai:m", settings(tmp_path), key=key)
    assert "sk-" not in str(caught.value)


def test_an_address_that_is_none_is_told(tmp_path, monkeypatch):
    monkeypatch.setenv("OPENAI_BASE_URL", "localhost:11434")
    with pytest.raises(SettingsError, match="OPENAI_BASE_URL is no address"):
        make_model("openai:m", settings(tmp_path))


def test_the_default_is_a_model_only_with_a_key_for_openai(tmp_path):
    assert default_model({}) == "extractive"
    assert default_model({"OPENAI_API_KEY": "k"}) == DEFAULT_MODEL
    assert default_model({}, key="k") == DEFAULT_MODEL
    assert default_model({"OPENAI_API_KEY": "k", "OPENAI_BASE_URL": "http://127.0.0.1:11434/v1"}) == "extractive"
    assert make_model("", settings(tmp_path)) is None and make_model("extractive", settings(tmp_path)) is None
    assert make_model("", settings(tmp_path), key="k").name == DEFAULT_MODEL


def test_windows_are_known_for_openai_and_set_for_others(openai_server, tmp_path, monkeypatch):
    assert make_model("openai:llama", settings(tmp_path, context_window=9000)).context_window == 9000
    monkeypatch.delenv("OPENAI_BASE_URL")
    assert make_model("openai:gpt-4o-mini", settings(tmp_path)).context_window == 128_000


# Counting


def test_counting_is_offline_and_never_fails(monkeypatch):
    model = ScriptedModel([])
    assert model.count("") == 0 and model.count("Hello world") == 2
    assert model.count("<|endoftext|>") > 1 and model.count("\ud800") > 0
    started = time.monotonic()
    assert 50_000 < model.count("a" * 800_000) < 200_000 and time.monotonic() - started < 3
    from bot.providers import tokens

    tokens._encoding.cache_clear()
    monkeypatch.setattr("tiktoken.get_encoding", lambda _: 1 / 0)
    assert model.count("Hello world") == 4
    tokens._encoding.cache_clear()


# Scripts


def test_a_script_gives_its_replies_in_turn(tmp_path):
    model = ScriptedModel(["Uno due.", lambda messages: messages[-1].text.upper(), Script("Mezza", cut=True), ""])
    assert heard(model)[0] == "Uno due."
    assert heard(model)[0] == "CHI HA VINTO?"
    assert (failure(model)[0].kind, failure(model)[0].kind, failure(model)[0].kind) == ("cut", "empty", "empty")
    assert [message.text for message in model.calls[0]] == ["Rispondi.", "Chi ha vinto?"] and len(model.calls) == 5


def test_scripts_come_from_files(tmp_path):
    (tmp_path / "a.txt").write_text("Uno.\nDue.\n---\nTre.\n", "utf-8")
    model = make_model(f"scripted:{tmp_path / 'a.txt'}", settings(tmp_path))
    assert model.name == "scripted:a.txt" and [heard(model)[0], heard(model)[0]] == ["Uno.\nDue.", "Tre."]
    (tmp_path / "b.jsonl").write_text('"Uno."\n{"text": "Due tre", "cut": true}\n{"text": "", "error": "limit"}\n')
    model = make_model(f"scripted:{tmp_path / 'b.jsonl'}", settings(tmp_path))
    assert heard(model)[0] == "Uno." and failure(model)[0].kind == "cut" and failure(model)[0].kind == "limit"


@pytest.mark.parametrize("content", [None, "{", '{"txt": "x"}', "[1]"])
def test_a_script_that_is_none_is_told(tmp_path, content):
    if content is not None:
        (tmp_path / "x.jsonl").write_text(content)
    with pytest.raises(SettingsError, match="no script"):
        make_model(f"scripted:{tmp_path / 'x.jsonl'}", settings(tmp_path))


# A real model


def test_a_real_model_writes_real_text(real_model_server, tmp_path, monkeypatch):
    monkeypatch.setenv("OPENAI_BASE_URL", real_model_server)
    model = make_model("openai:smollm2", settings(tmp_path))
    text, usage = heard(model, [HumanMessage("What is the capital of France? Answer in one sentence.")], max_tokens=40)
    assert "Paris" in text
    assert 10 < usage.input_tokens < 80 and 2 < usage.output_tokens <= 40 and usage.cost == 0.0
    assert abs(usage.output_tokens - model.count(text)) <= 10


def test_a_real_model_stops_when_it_is_told(real_model_server, tmp_path, monkeypatch):
    monkeypatch.setenv("OPENAI_BASE_URL", real_model_server)
    model = make_model("openai:smollm2", settings(tmp_path))
    stop = threading.Event()
    pieces = []
    with pytest.raises(ModelError) as caught:
        for piece in model.stream([HumanMessage("Write a very long story about a river.")], stop, 2000):
            pieces.append(piece)
            stop.set()
    assert caught.value.kind == "stopped" and 1 <= len(pieces) < 5
    # Its only slot is free again, so that the next question is answered.
    started = time.monotonic()
    assert heard(model, [HumanMessage("Say hello.")], max_tokens=8)[0] and time.monotonic() - started < 20


def test_a_real_model_obeys_the_limit(real_model_server, tmp_path, monkeypatch):
    monkeypatch.setenv("OPENAI_BASE_URL", real_model_server)
    model = make_model("openai:smollm2", settings(tmp_path))
    assert heard(model, [HumanMessage("Write a long story about a river.")], max_tokens=12)[1].output_tokens <= 12


# The command line


@pytest.mark.parametrize("command", ["ask", "chat", "serve"])
def test_a_model_is_named_on_the_command_line(command, monkeypatch, tmp_path):
    from bot import cli
    from bot.chat import Bot

    class Opened(Exception):
        pass

    def opened(path, settings, progress):
        raise Opened(settings.model)

    monkeypatch.setattr(Bot, "open", opened)
    monkeypatch.setenv("PONTE_MODEL", "extractive")
    for flag, expected in (["--model", "openai:x"], "openai:x"), ([], "extractive"):
        with pytest.raises(Opened) as caught:
            cli.main([command, *flag, *(["Chi?"] if command == "ask" else [])])
        assert caught.value.args == (expected,)


def test_the_key_is_no_option_of_any_command(capsys):
    from bot import cli

    for command in ("ask", "chat", "serve"):
        with pytest.raises(SystemExit):
            cli.main([command, "--help"])
        assert "key" not in capsys.readouterr().out.lower()


def test_the_evaluation_asks_the_same_models(openai_server, monkeypatch, tmp_path):
    from bot.evaluate.talking import named, told

    monkeypatch.setenv("PONTE_HOME", str(tmp_path))
    openai_server.play(Act('{"ok": true}'))
    model = named("openai:test-model")
    assert model.name == "openai:test-model"
    assert list(model.stream(QUESTION))[-1].calls == 1 and callable(told)
