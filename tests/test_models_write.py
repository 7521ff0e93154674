"""Whole answers over HTTP, by the real client: a server that misbehaves.

Whatever it writes, no wrong citation is shown, and no key either.
"""

import json

import pytest
from openai_fixtures import KEY
from openai_server import Act
from writing import GIFTS, TRUE, holds

from bot.commands.talk import Talk
from bot.events import Wrote
from bot.history import History
from bot.providers import make_model
from bot.providers.scripted import Script, ScriptedModel
from bot.question.follow import Turn
from bot.records import Exchange
from bot.settings import Settings
from prompts import load


def over_http(bot, home, **given):
    model = make_model("openai:test-model", Settings(home=home, model_timeout=20, **given))
    return bot.with_model(model)


def test_an_answer_over_http_is_streamed_cited_and_counted(bot, openai_server, tmp_path):
    openai_server.play(Act(f"{TRUE} [1]. They met on the moon [2]."), Act("S1: DROP"))
    events = list(over_http(bot, tmp_path).stream(GIFTS))
    answer = events[-1].answer
    holds(bot, answer)
    assert [s.text for s in answer.statements] == [TRUE + "."] and answer.model == "openai:test-model"
    assert answer.notices == (load("notice.dropped_one", "en").text,)
    assert answer.usage.calls == 2 and answer.usage.input_tokens > 1000
    assert sum(isinstance(event, Wrote) for event in events) > 3
    assert KEY not in json.dumps(answer.as_dict())


BAD = [
    (Act("no", status=401), "fallback_failed"),
    (Act("no", status=404), "fallback_failed"),
    (Act("slow down", status=429, headers={"Retry-After": "0"}), "fallback_failed"),
    (Act("oops", status=500, headers={"Retry-After": "0"}), "fallback_failed"),
    (Act("", drop=-1), "fallback_failed"),
    (Act(""), "fallback_empty"),
    (Act("I cannot help.", refusal=True), "fallback_refused"),
    (Act(f"{TRUE} and then some more [1]", drop=6), "fallback_failed"),
    (Act(f"{TRUE} and then some more [1]", quiet=6), "fallback_failed"),
    (Act(f"{TRUE} [1]", malformed=True), "fallback_failed"),
    (Act("Aaa bbb [7] ccc 【9】 [ddd"), "fallback_unsupported"),
]


@pytest.mark.parametrize(("act", "notice"), BAD, ids=range(len(BAD)))
def test_a_server_that_misbehaves_leaves_the_sources_own_words(bot, openai_server, tmp_path, act, notice):
    openai_server.play(always=act)
    answer = over_http(bot, tmp_path).ask(GIFTS)
    holds(bot, answer)
    assert answer.model == "extractive" and "tea set" in answer.citations[0].quote
    head = load(f"notice.{notice}", "en").text.split("$")[0]
    assert len(answer.notices) == 1 and answer.notices[0].startswith(head) and "$" not in answer.notices[0]
    assert KEY not in json.dumps(answer.as_dict())


@pytest.mark.parametrize("how", [{"drop": 22, "pace": 0.02}, {"quiet": 22}])
def test_what_was_checked_before_a_stream_broke_stays(bot, openai_server, tmp_path, how):
    openai_server.play(always=Act(f"{TRUE} [1]. North Korea has sent 10.000 soldiers to Russia [2].", **how))
    answer = over_http(bot, tmp_path).ask(GIFTS)
    holds(bot, answer)
    assert [s.text for s in answer.statements] == [TRUE + "."]
    assert answer.notices == (load("notice.cut", "en").fill(reason=load("failure.cut", "en").text),)


def test_the_scripted_model_that_ships_writes_through_langchain(bot):
    model = ScriptedModel([f"{TRUE} [1].", Script(f"{TRUE} [1]. North Korea has", cut=True), Script("", error="limit")])
    writing = bot.with_model(model)
    first = writing.ask(GIFTS)
    assert first.model == "scripted:replies" and first.usage.cost == 0 and first.usage.calls == 1
    second = bot.with_model(model).ask(GIFTS)
    assert [s.text for s in second.statements] == [TRUE + "."] and second.notices
    third = bot.with_model(model).ask(GIFTS)
    assert third.model == "extractive" and len(model.calls) == 3
    assert not any("[1]" in message.content.split("Question:")[0] for call in model.calls for message in call[1:])


FRENCH = "Le président russe a offert au dirigeant nord-coréen une limousine et un service à thé [1]."


def test_another_language_over_http_is_put_right_once_then_said(bot, openai_server, tmp_path):
    writing = over_http(bot, tmp_path)
    openai_server.play(Act(FRENCH), Act(f"S1: {TRUE} [1]."))
    answer = writing.ask(GIFTS)
    holds(bot, answer)
    assert [s.text for s in answer.statements] == [TRUE + "."] and answer.usage.calls == 2 and not answer.notices
    openai_server.play(Act(FRENCH), Act(f"S1: {FRENCH}"))
    answer = writing.ask("What gifts did Putin give Kim?")
    assert answer.model == "extractive" and answer.notices == (load("notice.fallback_language", "en").text,)
    assert answer.usage.calls == 2 and "limousine et" not in answer.text and len(openai_server.requests) == 4


def test_a_hundred_thousand_tokens_are_not_read_to_their_end(bot, openai_server, tmp_path):
    openai_server.play(Act("Putin gave Kim a tea set in June 2024 and said many more things about it [1]. " * 6_000))
    answer = over_http(bot, tmp_path).ask(GIFTS)
    holds(bot, answer)
    openai_server.wait_for(lambda: openai_server.hung_up, 30)
    assert openai_server.sent < 60_000 and answer.usage.output_tokens < 5_000 and len(answer.text) < 3_000
    assert answer.notices


def test_where_the_sources_are_silent_no_request_is_made_and_a_repeated_question_makes_no_second(
    bot, openai_server, tmp_path
):
    writing = over_http(bot, tmp_path)
    openai_server.play(always=Act(f"{TRUE} [1]."))
    for question in ("What is the best recipe for apple pie?", "Who won the 1998 World Cup?"):
        answer = writing.ask(question)
        assert answer.state.silent and not answer.citations and answer.nearest is not None
    assert not openai_server.requests
    assert not writing.ask(GIFTS).cached and writing.ask(GIFTS).cached and len(openai_server.requests) == 1


def test_markers_of_earlier_answers_are_not_sent_even_from_a_kept_conversation(bot, openai_server, tmp_path):
    writing = over_http(bot, tmp_path)
    openai_server.play(always=Act(f"{TRUE} [1][2]."))
    first = writing.ask(GIFTS)
    assert "[1]" in first.text and first.model == "openai:test-model"
    history = History(tmp_path)
    name = history.save("me", "", [Exchange(first, "a")])
    history.close()
    again = History(tmp_path)
    kept = Talk(None, "", again.open("me", name))
    again.close()
    # As the command line hands them on, and as a careless caller does: with the markers.
    turns = [*kept.turns(), Turn(GIFTS + " [3]", "en", first.text + " [2] 【3】")]
    sent = len(openai_server.requests)
    for question in ("And what about the dogs?", "And by then, more of those?"):
        writing.ask(question, history=turns)
    messages = [message for seen in openai_server.requests[sent:] for message in seen.body["messages"]]
    told = [message["content"] for message in messages if message["role"] != "system"]
    assert len(openai_server.requests) > sent and told
    assert not any(marker in text for text in told for marker in ("[1]", "[2]", "[3]", "【3】"))
