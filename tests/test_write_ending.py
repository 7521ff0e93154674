"""Answers of a model that breaks off, goes on without end, refuses, finds nothing or is stopped."""

import threading
from typing import get_args

import pytest
from writing import GIFTS, TRUE, holds, speaking

from bot.datamodels import State
from bot.errors import Kind, ModelError
from bot.events import Done, Wrote
from prompts import load


@pytest.mark.parametrize(
    ("reply", "notice"),
    [
        ("", "fallback_empty"),
        ("   \n\n \u200b ", "fallback_empty"),
        ("<think>They want gifts. The gifts were gold.", "fallback_thought"),
        ("I'm sorry, but I can't help with that request.", "fallback_refused"),
        ("The moon is made of cheese. [1]", "fallback_unsupported"),
    ],
)
def test_where_nothing_is_left_the_sources_speak_for_themselves_and_it_is_said(bot, reply, notice):
    writing, _ = speaking(bot, reply, "")
    answer = writing.ask(GIFTS)
    holds(bot, answer)
    assert answer.model == "extractive" and "tea set" in answer.citations[0].quote
    assert answer.notices == (load(f"notice.{notice}", "en").text,)


@pytest.mark.parametrize("kind", [kind for kind in get_args(Kind) if kind not in ("empty", "refused")])
@pytest.mark.parametrize("language", ["it", "en"])
def test_a_model_that_fails_is_replaced_by_the_sources_and_it_is_said(bot, kind, language):
    writing, _ = speaking(bot, ModelError(kind, "The server did not answer in time.", "Try again later."))
    answer = writing.ask(GIFTS, language)
    assert answer.model == "extractive" and answer.citations and answer.language == language
    reason = load(f"failure.{kind}", language).text
    expected = load("notice.fallback_failed", language).fill(reason=reason)
    assert answer.notices == (expected,) and answer.usage.calls == 0


@pytest.mark.parametrize("error", [None, ModelError("connection", "The connection was lost.")])
def test_half_a_sentence_never_counts(bot, error):
    two = f"{TRUE} [1]. North Korea has sent 10.000 soldiers to Russia [2]."
    whole = len(f"{TRUE} [1].")
    for cut in range(whole + 4, len(two), 7):
        writing, _ = speaking(bot, two, cut=cut, error=error, step=1)
        answer = writing.ask(GIFTS)
        holds(bot, answer)
        assert [s.text for s in answer.statements if s.verdict] == [TRUE + "."], cut
        assert bool(answer.notices) == bool(error) and answer.usage.calls == 1 and answer.usage.output_tokens
    writing, _ = speaking(bot, two, cut=whole - 8, error=error, step=1)
    answer = writing.ask(GIFTS)
    assert answer.model == "extractive" and answer.notices


def test_a_reply_without_end_is_stopped(bot):
    for text in ("Putin gave Kim an Aurus in June 2024 [1]. ", "word " * 9 + ". ", "x", "[1]", "(", "“", "1. "):
        writing, talker = speaking(bot, text * (400_000 // len(text)), "", step=50)
        answer = writing.ask(GIFTS)
        holds(bot, answer)
        assert len(answer.text) < 3_000 and answer.usage.output_tokens <= 3_000 + 16
        assert talker.ended and int(talker.ended[0].split()[1]) <= 260


def test_silence_is_not_broken_by_a_model(bot):
    writing, talker = speaking(bot, "Boil the pasta for ten minutes [1].")
    answer = writing.ask("What is the best recipe for apple pie?")
    assert answer.state is State.OFF_TOPIC and not talker.sent and answer.model == "extractive"


def test_a_model_that_finds_no_answer_is_believed(bot):
    for reply in ("NOT_IN_SOURCES", "NOT_IN_SOURCES.", "`NOT_IN_SOURCES`", "Kim likes cheese [1]. NOT_IN_SOURCES"):
        writing, _ = speaking(bot, reply, "S1: DROP")
        answer = writing.ask(GIFTS)
        assert answer.state is State.NOT_IN_SOURCES and answer.nearest and not answer.citations, reply
        assert answer.text == load("silence.not_in_sources", "en").text
    writing, _ = speaking(bot, f"{TRUE} [1].\nNOT_IN_SOURCES")
    answer = writing.ask(GIFTS)
    assert answer.state is State.PARTLY and "NOT_IN" not in answer.text and answer.citations


def test_what_failed_is_not_remembered(bot):
    writing, talker = speaking(bot, ModelError("limit", "Wait."), f"{TRUE} [1].")
    assert writing.ask(GIFTS).model == "extractive" and writing.ask(GIFTS).model == "scripted:test"
    assert len(talker.sent) == 2


def test_closing_the_events_ends_the_request(bot):
    writing, talker = speaking(bot, "Putin gave Kim an Aurus in June 2024 [1]. " * 50)
    events = writing.stream(GIFTS)
    next(events), next(events)
    events.close()
    assert talker.ended and int(talker.ended[0].split()[1]) < 40


def test_a_stop_from_another_thread_ends_the_request_and_no_answer_comes(bot):
    stop = threading.Event()
    writing, talker = speaking(bot, "Putin gave Kim an Aurus in June 2024 [1]. " * 50)
    seen = []
    for event in writing.stream(GIFTS, stop=stop):
        seen.append(event)
        if isinstance(event, Wrote):
            stop.set()
    assert not any(isinstance(event, Done) for event in seen) and int(talker.ended[0].split()[1]) < 40
