"""Thoughts of reasoning models, however they come: they are never shown, cited, or taken for the answer."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openai_server import Act
from writing import GIFTS, TRUE, holds, speaking

from bot.datamodels import State
from bot.events import Said, Withdrawn, Wrote
from bot.providers import make_model
from bot.question.follow import Turn
from bot.settings import Settings
from bot.thoughts import Aloud, aloud
from prompts import load


def said(text, step, thinking=False):
    ear, heard = Aloud(thinking), ""
    for start in range(0, len(text), step):
        spoken = ear.feed(text[start : start + step])
        heard = spoken.text if spoken.anew else heard + spoken.text
    last = ear.end()
    return last.text if last.anew else heard + last.text


TAGGED = [
    ("<think>no</think>yes", "yes"),
    ("<THINK>no\nno</Think>\n\nyes", "\n\nyes"),
    ("<thinking>no</thinking>yes", "yes"),
    ("<reasoning>no <think>no</think> no</reasoning>yes", "yes"),
    ("<think>no <think>no</think> no</think>yes", "yes"),
    ("[THINK]no[/THINK]yes [1]", "yes [1]"),
    ("◁think▷no◁/think▷yes", "yes"),
    ("<|channel|>analysis<|message|>no<|end|><|start|>assistant<|channel|>final<|message|>yes<|return|>", "yes"),
    ("yes <think>no</think>yes", "yes yes"),
    ("yes<think>no [1].", "yes"),
    ("<think>", ""),
    ("<think>no</thin", ""),
    ("no\n</think>\n\nyes", "\n\nyes"),
    ("no</think>\nyes", "\nyes"),
    ("no\n</think>", ""),
    ("a </think> b", "a  b"),
    ("<think>no</think>yes\n</think>\nyes", "yes\n\nyes"),
    ("1 < 2 and 2 > 1, <b>bold</b>, [thin", "1 < 2 and 2 > 1, <b>bold</b>, [thin"),
    ("", ""),
]


@pytest.mark.parametrize(("text", "expected"), TAGGED, ids=lambda value: value[:30])
def test_only_what_is_said_aloud_is_heard_however_it_is_cut(text, expected):
    for step in (1, 2, 3, 5, 8, 1000):
        assert said(text, step) == expected, step
    assert aloud(text) == expected


@given(st.text(alphabet="ab <>/[]\n|◁▷", max_size=60), st.integers(1, 9))
@settings(max_examples=150)
def test_text_without_thoughts_comes_whole(text, step):
    assert said(text, step) == text and said(text, step, thinking=True) == text


@given(
    st.lists(st.sampled_from(["<think>", "</think>", "<thinking>", "</thinking>", "x", " ", "\n", "<"]), max_size=12)
)
@settings(max_examples=150)
def test_however_tags_are_strewn_the_cut_makes_no_difference(parts):
    text = "".join(parts)
    assert len({said(text, step) for step in (1, 4, 1000)}) == 1


LIE = "Putin gave Kim a solid gold elephant [1]."
MUSING = f"Okay, the user asks about gifts. {LIE} NOT_IN_SOURCES. I'm sorry. S1: {TRUE} [1]."
STREAMS = {
    "first": f"<think>\n{MUSING}\n</think>\n\n{TRUE} [1].",
    "middle": f"{TRUE} [1]. <think>{MUSING}</think>",
    "unclosed": f"{TRUE} [1].\n<think>{MUSING}",
    "untold": f"{MUSING}\n</think>\n\n{TRUE} [1].",
    "harmony": f"<|channel|>analysis<|message|>{MUSING}<|end|><|start|>assistant<|channel|>final<|message|>{TRUE} [1].",
}


@pytest.mark.parametrize("kind", STREAMS)
def test_thoughts_are_not_shown_not_cited_and_no_answer(bot, kind):
    for step in (1, 7, 4000):
        writing, talker = speaking(bot, STREAMS[kind], step=step)
        events = list(writing.stream(GIFTS))
        answer = events[-1].answer
        holds(bot, answer)
        assert answer.state is State.ANSWERED and answer.model == "scripted:test" and not answer.notices
        assert [statement.text for statement in answer.statements] == [TRUE + "."] and len(talker.sent) == 1
        begun = next((n for n, event in enumerate(events) if isinstance(event, Withdrawn)), -1)
        shown = [event for event in events[begun + 1 :] if isinstance(event, Said | Wrote)]
        assert "elephant" not in str(shown) and "Okay" not in str(shown)
        assert tuple(e.statement for e in shown if isinstance(e, Said)) == answer.statements
        assert (begun >= 0) == (kind == "untold")


def test_a_model_that_began_to_think_untold_is_heard_from_its_answer_on_the_next_time(bot):
    writing, _ = speaking(bot, STREAMS["untold"], STREAMS["untold"], f"{TRUE} [1].", f"{TRUE} [1].")
    list(writing.stream(GIFTS))
    for question in ("What did Putin give Kim in June 2024?", "What gifts did Putin give Kim?"):
        events = list(writing.stream(question))
        assert not any(isinstance(event, Withdrawn) for event in events)
        assert "Okay" not in str([event for event in events if isinstance(event, Said | Wrote)])
        assert [statement.text for statement in events[-1].answer.statements] == [TRUE + "."]
    events = list(writing.stream("Which gifts did Putin give to Kim?"))
    assert sum(isinstance(event, Wrote) for event in events) > 3


def test_thoughts_in_a_repair_put_nothing_right(bot):
    writing, talker = speaking(bot, f"{LIE}", f"<think>S1: {LIE}\nS1: {TRUE} [1].</think>\nS1: DROP")
    answer = writing.ask(GIFTS)
    assert len(talker.sent) == 2 and answer.model == "extractive"
    assert answer.notices == (load("notice.fallback_unsupported", "en").text,)


def test_a_question_is_rewritten_behind_the_thoughts(bot):
    talk = [Turn("When was the treaty signed?", "en", "The treaty was signed on 19 June 2024.")]
    understood = "Did the parliament in Moscow ratify the treaty?"
    writing, _ = speaking(bot, f"<think>The treaty? Which one?</think>\n{understood}", "NOT_IN_SOURCES")
    assert writing.ask("Did the parliament in Moscow ratify the thing?", history=talk).understood == understood


@pytest.mark.parametrize("apart", ["reasoning_content", "reasoning"])
def test_thoughts_that_a_server_keeps_apart_are_none_of_the_text(bot, openai_server, tmp_path, apart):
    writing = bot.with_model(make_model("openai:test-model", Settings(home=tmp_path)))
    openai_server.play(Act(f"{TRUE} [1].", reasoning=MUSING, apart=apart))
    events = list(writing.stream(GIFTS))
    holds(bot, events[-1].answer)
    assert "elephant" not in str(events) and "Okay" not in str(events)
    assert events[-1].answer.model == "openai:test-model" and not events[-1].answer.notices


def test_thoughts_between_tags_over_http_are_paid_for_and_not_shown(bot, openai_server, tmp_path):
    writing = bot.with_model(make_model("openai:test-model", Settings(home=tmp_path)))
    openai_server.play(Act(STREAMS["first"], usage=False))
    answer = writing.ask(GIFTS)
    assert [statement.text for statement in answer.statements] == [TRUE + "."]
    assert answer.usage.output_tokens > 60


def test_by_either_interface_of_openai_thoughts_are_none_of_the_text(bot, official, openai_server):
    openai_server.play(Act(f"{TRUE} [1].", reasoning=MUSING, thoughts=300))
    answer = bot.with_model(official).ask(GIFTS)
    assert [statement.text for statement in answer.statements] == [TRUE + "."] and answer.usage.output_tokens > 300


def test_room_used_up_by_thinking_is_told_and_no_half_sentence_comes_of_it(bot, openai_server, tmp_path):
    writing = bot.with_model(make_model("openai:test-model", Settings(home=tmp_path)))
    openai_server.play(Act(f"<think>{MUSING}", finish="length"))
    answer = writing.ask(GIFTS)
    assert answer.model == "extractive" and answer.notices == (load("notice.fallback_thought", "en").text,)
    openai_server.play(Act("", reasoning=MUSING, finish="length"))
    assert writing.ask(GIFTS).notices == (load("notice.fallback_empty", "en").text,)
    openai_server.play(Act(f"{TRUE} [1]. Putin gave Kim an Aurus limousine", finish="length"))
    assert [statement.text for statement in writing.ask(GIFTS).statements] == [TRUE + "."]
    # Thoughts take tokens as well: the sentence behind them is whole all the same.
    openai_server.play(Act(f"{TRUE} [1].", thoughts=1500))
    answer = writing.ask("What gifts did Putin give Kim?")
    assert [statement.text for statement in answer.statements] == [TRUE + "."] and not answer.cached
