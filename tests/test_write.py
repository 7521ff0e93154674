"""Answers written by a model that lies, strays or obeys nobody: what is shown holds all the same."""

import pytest
from talking import Talker, numbered
from writing import GIFTS, REGALI, TRUE, VERO, holds, shown, speaking

from bot.answer.write import Writer
from bot.chat import Bot
from bot.datamodels import State, Verdict
from bot.errors import ModelError
from bot.events import Done, Found, Said, Wrote
from bot.question.follow import Turn
from bot.render import to_text
from prompts import load


def test_a_models_sentences_are_cited_checked_and_streamed(bot):
    writing, talker = speaking(bot, lambda m: f"{TRUE} [{numbered(m, 'tea set')}].")
    events = list(writing.stream(GIFTS))
    assert isinstance(events[0], Found) and isinstance(events[-1], Done)
    assert any(isinstance(event, Wrote) for event in events)
    answer = events[-1].answer
    holds(bot, answer)
    assert answer.model == "scripted:test" and answer.state is State.ANSWERED and not answer.notices
    assert answer.statements[0].text == TRUE + "." and "tea set" in answer.citations[0].quote
    assert answer.text == f"{TRUE}. [1]" and len(answer.prompt) == 12
    assert answer.usage.calls == 1 and answer.usage.input_tokens > 500 and answer.usage.cost == 0.001
    assert tuple(e.statement for e in events if isinstance(e, Said)) == answer.statements
    assert tuple(c for e in events if isinstance(e, Said) for c in e.citations) == answer.citations
    assert len(talker.sent) == 1 and talker.ended[0] == "whole"


def test_a_sentence_comes_as_soon_as_it_has_ended_and_not_before(bot):
    writing, _ = speaking(
        bot, lambda m: f"{TRUE} [{numbered(m, 'tea set')}]. Putin gave Kim the Aurus in June 2024 [1]."
    )
    events = list(writing.stream(GIFTS))
    first = next(n for n, event in enumerate(events) if isinstance(event, Said))
    draft = "".join(event.text for event in events[:first] if isinstance(event, Wrote))
    assert draft.startswith(TRUE) and len(draft) < len(TRUE) + 30
    assert any(isinstance(event, Wrote) for event in events[first:])


def test_an_italian_answer_from_italian_and_english_sources(bot):
    writing, talker = speaking(bot, lambda m: f"{VERO} [{numbered(m, 'servizio da tè')}][{numbered(m, 'tea set')}].")
    answer = writing.ask(REGALI)
    holds(bot, answer)
    assert answer.language == "it" and {c.language for c in answer.citations} == {"it", "en"}
    assert talker.system == load("answer.system", "it").text


LIES = [
    ("a number", "Putin gave Kim three Aurus limousines in June 2024 [{tea}]."),
    ("a date", "Putin gave Kim an Aurus limousine in March 2021 [{tea}]."),
    ("a name", "Xi Jinping gave Kim an Aurus limousine, a tea set and an admiral's dagger [{tea}]."),
    ("a denial", "Putin did not give Kim an Aurus limousine [{tea}]."),
    ("an invention", "Putin also gave Kim an elephant [{tea}]."),
    ("an invention without a source", "The present was made of solid gold."),
    ("another matter", "The talks were mostly about football and the weather [{tea}]."),
    ("knowledge of its own", "Kim Jong Un was born in 1984 and went to school in Switzerland [1]."),
]


@pytest.mark.parametrize(("kind", "lie"), LIES, ids=[kind for kind, _ in LIES])
def test_what_the_sources_do_not_bear_out_is_put_right_or_left_out(bot, kind, lie):
    def first(messages):
        return f"{TRUE} [{numbered(messages, 'tea set')}]. " + lie.format(tea=numbered(messages, "tea set"))

    writing, talker = speaking(bot, first, "S1: " + lie.format(tea=1))
    events = list(writing.stream(GIFTS))
    answer = events[-1].answer
    holds(bot, answer)
    said = lie.split(" [")[0].rstrip(".")
    assert said not in answer.text and said not in shown(events)
    assert answer.notices == (load("notice.dropped_one", "en").text,)
    assert len(talker.sent) == 2 and '"S1"' in talker.user and answer.usage.calls == 2


def test_what_a_source_attributes_is_attributed_in_the_repair_or_not_said(bot):
    plain = "About 300 North Korean soldiers had been killed by January 2025"
    question = "How many North Korean soldiers were killed?"
    for repair, expected in (
        (
            "S1: South Korean intelligence estimated in January 2025 that about 300 North Korean soldiers had been killed [1].",
            1,
        ),
        (f"S1: {plain} [1].", 0),
    ):
        writing, talker = speaking(bot, lambda m: f"{plain} [{numbered(m, '13 January 2025')}].", repair)
        answer = writing.ask(question, language="en")
        holds(bot, answer)
        assert not any(statement.text == plain + "." and statement.verdict for statement in answer.statements)
        assert len(talker.sent) == 2 and "attributes it" in talker.user
        assert sum(statement.verdict is Verdict.SUPPORTED for statement in answer.statements) == expected
        assert answer.model == ("scripted:test" if expected else "extractive")


def test_a_wrong_passage_is_replaced_by_the_right_one_that_was_given(bot):
    def wrong(messages):
        n = numbered(messages, "tea set")
        return f"{TRUE} [{n % 8 + 1}]. "

    for reply in (wrong, f"{TRUE}.", f"{TRUE} [0].", f"{TRUE} [99].", f"{TRUE} [-1]."):
        writing, _ = speaking(bot, reply)
        answer = writing.ask(GIFTS)
        holds(bot, answer)
        assert answer.model == "scripted:test" and "tea set" in answer.citations[0].quote


def test_every_source_that_says_it_is_cited(bot):
    writing, _ = speaking(bot, lambda m: f"{TRUE} [{numbered(m, 'tea set')}, {numbered(m, 'servizio da tè')}].")
    answer = writing.ask(GIFTS)
    holds(bot, answer)
    assert answer.statements[0].citations == (1, 2) and {c.language for c in answer.citations} == {"it", "en"}


def test_unsupported_sentences_can_be_shown_with_their_reasons(bot):
    talker = Talker("Putin gave Kim three Aurus limousines in June 2024 [1].", "")
    library = bot._library
    writer = Writer(library.store, library.embedder, talker, unsupported="flag")
    writing = Bot(library, talker)
    writing._writer = writer
    answer = writing.ask(GIFTS)
    (statement,) = answer.statements
    assert statement.verdict is Verdict.UNSUPPORTED and [reason.kind for reason in statement.reasons] == ["number"]
    assert answer.notices == (load("notice.flagged", "en").fill(n="1"),)


def test_sentences_behind_a_failed_one_wait_so_that_the_order_is_the_models(bot):
    def reply(messages):
        tea = numbered(messages, "tea set")
        return f"Putin gave Kim three Aurus limousines in June 2024 [{tea}]. {TRUE} [{tea}]."

    writing, _ = speaking(bot, reply, "S1: Putin gave Kim an Aurus in June 2024 [1].")
    events = list(writing.stream(GIFTS))
    answer = events[-1].answer
    holds(bot, answer)
    assert [statement.text for statement in answer.statements] == ["Putin gave Kim an Aurus in June 2024.", TRUE + "."]
    assert not answer.notices and tuple(e.statement for e in events if isinstance(e, Said)) == answer.statements


FRENCH = "Poutine a offert à Kim une limousine Aurus et un poignard d'amiral en juin 2024 [1]."


def test_another_language_is_put_right_once_then_said(bot):
    writing, talker = speaking(bot, FRENCH, "S1: Putin gave Kim an Aurus in June 2024 [1].")
    answer = writing.ask(GIFTS)
    holds(bot, answer)
    assert [s.text for s in answer.statements] == ["Putin gave Kim an Aurus in June 2024."] and not answer.notices
    assert "not in English" in talker.user
    for reply, language in ((FRENCH, "en"), (f"{TRUE} [1].", "it")):
        writing, talker = speaking(bot, reply, f"S1: {reply}")
        events = list(writing.stream(GIFTS, language))
        answer = events[-1].answer
        assert reply[:30] not in shown(events) + answer.text and len(talker.sent) == 2
        assert "".join(e.text for e in events if isinstance(e, Wrote)) == ""
        assert answer.model == "extractive" and answer.notices == (load("notice.fallback_language", language).text,)


def test_figures_that_differ_are_all_shown_even_if_the_model_gives_one(bot):
    question = "Quanti soldati nordcoreani sono morti?"
    plain = bot.ask(question)
    assert plain.statements[0].text == load("frame.differ", "it").text
    first = plain.statements[1]
    writing, _ = speaking(bot, f"{first.text} [1]")
    answer = writing.ask(question)
    holds(bot, answer)
    texts = [statement.text for statement in answer.statements]
    assert texts[0] == first.text and load("frame.differ", "it").text in texts and len(answer.citations) >= 2


def test_a_repeated_question_comes_from_memory(bot):
    writing, talker = speaking(bot, f"{TRUE} [1].", f"{TRUE} [1].")
    first, events = writing.ask(GIFTS), list(writing.stream(f"  {GIFTS} "))
    again = events[-1].answer
    assert not first.cached and again.cached and len(talker.sent) == 1
    assert again.text == first.text and again.usage.calls == 0 and again.usage.cost == 0
    assert tuple(e.statement for e in events if isinstance(e, Said)) == again.statements
    assert not writing.ask(GIFTS, articles=["summit-2024-en"]).cached


def test_a_terminal_shows_marks_and_what_it_took(bot):
    library = bot._library
    talker = Talker("Putin gave Kim three Aurus limousines in June 2024 [1].", "")
    writing = Bot(library, talker)
    writing._writer = Writer(library.store, library.embedder, talker, unsupported="flag")
    shown = to_text(writing.ask(GIFTS))
    assert "Not borne out: Putin gave Kim three" in shown and "The figure “three” is not in the source." in shown
    assert "Written by scripted:test:" in shown and "0.0010 dollars" in shown or "0.0020 dollars" in shown
    writing, _ = speaking(bot, f"{VERO} [1].")
    first, again = to_text(writing.ask(REGALI)), to_text(writing.ask(REGALI))
    assert "Scritta da scripted:test:" in first and "per una domanda precedente: nessun costo" in again


TALK = [Turn("When was the treaty signed?", "en", "The treaty was signed on 19 June 2024 [1].")]


@pytest.mark.parametrize(
    ("question", "reply", "understood"),
    [
        ("Did the parliament in Moscow ratify the thing?", "Did the parliament in Moscow ratify the treaty?", True),
        ("Did the parliament in Moscow ratify the thing?", "It was ratified by the Duma in October.", False),
        ("Did the parliament in Moscow ratify the thing?", "Il parlamento di Mosca ha ratificato il trattato?", False),
        ("Did the parliament in Moscow ratify the thing?", "What is the best recipe for apple pie?", False),
        ("Did the parliament in Moscow ratify the thing?", "See [1](https://e.example/) treaty?", False),
        ("Did the parliament in Moscow ratify the thing?", "", False),
        ("Did the parliament in Moscow ratify the thing?", ModelError("limit", "Wait."), False),
    ],
)
def test_a_model_may_put_a_question_so_that_it_stands_by_itself(bot, question, reply, understood):
    writing, talker = speaking(bot, reply, "NOT_IN_SOURCES")
    answer = writing.ask(question, history=TALK)
    assert answer.understood == (reply if understood else "")
    assert "[1]" not in talker.sent[0][1].content and "19 June 2024" in talker.sent[0][1].content
    assert answer.question == question


def test_what_the_rules_understand_needs_no_model(bot):
    writing, talker = speaking(bot, "NOT_IN_SOURCES")
    answer = writing.ask("And where?", history=TALK)
    assert answer.understood and all("Question:" in messages[1].content for messages in talker.sent)
