"""Language models: what is sent by the real client over HTTP, what comes back, names, counts, scripts."""

import threading
import time

import pytest
from asking_models import QUESTION, failure, heard, in_thread, settings
from openai_fixtures import KEY
from openai_server import Act

from bot.errors import SettingsError
from bot.providers import DEFAULT_MODEL, default_model, make_model
from bot.providers.scripted import Script, ScriptedModel

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
    monkeypatch.setattr(tokens, "encoding", lambda _: 1 / 0)
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
