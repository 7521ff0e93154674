"""A real model, weak and English, served on this machine."""

import threading
import time

import pytest
from asking_models import heard, settings
from langchain_core.messages import HumanMessage
from writing import GIFTS, holds

from bot.datamodels import State
from bot.errors import ModelError
from bot.events import Said
from bot.providers import make_model
from bot.settings import Settings


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
    assert heard(model, [HumanMessage("Say hello.")], max_tokens=8)[0] and time.monotonic() - started < 45


def test_a_real_model_obeys_the_limit(real_model_server, tmp_path, monkeypatch):
    monkeypatch.setenv("OPENAI_BASE_URL", real_model_server)
    model = make_model("openai:smollm2", settings(tmp_path))
    assert heard(model, [HumanMessage("Write a long story about a river.")], max_tokens=12)[1].output_tokens <= 12


ASKED = [
    (GIFTS, "en"),
    ("Who won the 1998 World Cup?", "en"),
    ("Cosa ha regalato Putin a Kim?", "it"),
]


@pytest.mark.timeout(900)
def test_a_real_model_never_gets_a_wrong_citation_shown(bot, real_model_server, tmp_path, monkeypatch):
    monkeypatch.setenv("OPENAI_BASE_URL", real_model_server)
    model = make_model("openai:smollm2", Settings(home=tmp_path, max_tokens=48, context_window=1280))
    written = 0
    for question, language in ASKED:
        writing = bot.with_model(model)
        events = list(writing.stream(question))
        answer = events[-1].answer
        holds(bot, answer)
        assert answer.language == language and answer.text
        assert tuple(e.statement for e in events if isinstance(e, Said)) == answer.statements
        if answer.state is not State.OFF_TOPIC:
            assert answer.usage.calls >= 1 and answer.usage.output_tokens > 0
        written += answer.usage.calls
    assert written >= 2
