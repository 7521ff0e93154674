"""Conversations: what a turn becomes event by event, what its HTML says, and that no citation leads to a wrong place."""

import re

import pytest
from conftest import make_article
from hypothesis import given
from hypothesis import strategies as st
from test_panel import HOSTILE, OURS, Read

from bot.datamodels import Answer, State, Statement, cite
from bot.events import Done, Found, Said
from bot.page import transcript
from bot.page.turns import Place, Problem, Shelf, Stage, Turn, cited, place

ITALIAN = make_article(
    "it", "Kim ha donato due cani. Putin ha donato un'auto.", title="I doni", date="2024-06-21", source="Eco"
)
ENGLISH = make_article("en", "Putin flew on to Hanoi.", title="The journey", language="en")
DOGS, CAR, HANOI = cite(1, ITALIAN, 0, 23), cite(2, ITALIAN, 24, 48), cite(3, ENGLISH, 0, 23)
STATEMENTS = (
    Statement(DOGS.quote, (1,), "it"),
    Statement(CAR.quote, (2,), "it"),
    Statement("Un articolo in inglese dice:", (), "it"),
    Statement(HANOI.quote, (3,), "en"),
)


def answer(state=State.ANSWERED, statements=STATEMENTS, citations=(DOGS, CAR, HANOI), text="", **fields):
    return Answer("Chi?", text or " ".join(s.text for s in statements), "it", state, statements, citations, **fields)


def turn_of(made):
    return Turn("Chi?", "it").heard(Done(made))


def silence(state=State.NOT_IN_SOURCES):
    return turn_of(answer(state, (), (), "Le fonti non lo dicono affatto.", nearest=(cite(1, ENGLISH, 0, 23),)))


def test_a_turn_grows_with_each_event():
    turn = Turn("Chi?", "en").in_language("it")
    assert turn.stage is Stage.SEARCHING and turn.stage.open
    turn = turn.heard(Found(()))
    assert turn.stage is Stage.READING and turn.stage.open
    turn = turn.heard(Said(STATEMENTS[0], (DOGS,))).heard(Said(STATEMENTS[1], (CAR,)))
    assert turn.statements == STATEMENTS[:2] and turn.citations == (DOGS, CAR)
    turn = turn.heard(Done(answer()))
    assert turn.stage is Stage.DONE and not turn.stage.open
    assert turn.statements == STATEMENTS and turn.citations == (DOGS, CAR, HANOI)


def test_a_turn_that_is_over_cannot_be_stopped():
    assert turn_of(answer()).stopped().stage is Stage.DONE
    assert Turn("Chi?", "it").stopped().stage is Stage.STOPPED


def test_every_turn_has_a_key_of_its_own():
    assert len({Turn("Chi?", "it").key for _ in range(1000)}) == 1000


def test_a_place_leads_to_its_citation_in_its_turn_only():
    first, second = turn_of(answer()), turn_of(answer(citations=(HANOI,)))
    turns = (first, second, silence())
    assert cited(turns, Place(first.key, Shelf.CITATIONS, 1)) == (DOGS, CAR, HANOI)
    assert cited(turns, Place(second.key, Shelf.CITATIONS, 3)) == (HANOI,)
    assert cited(turns, Place(turns[2].key, Shelf.NEAREST, 1))[0].quote == HANOI.quote
    for wrong in (
        Place(second.key, Shelf.CITATIONS, 1),
        Place(first.key, Shelf.CITATIONS, 0),
        Place(first.key, Shelf.CITATIONS, -1),
        Place(first.key, Shelf.CITATIONS, 4),
        Place(first.key, Shelf.NEAREST, 1),
        Place("", Shelf.CITATIONS, 1),
    ):
        assert cited(turns, wrong) == ()


@pytest.mark.parametrize(
    "data",
    [None, [], "x", {}, {"turn": "a", "shelf": "citations"}, {"turn": 1, "shelf": "citations", "n": 1}]
    + [{"turn": "a", "shelf": shelf, "n": n} for shelf, n in (("x", 1), ("citations", "1"), ("citations", True), (None, 1), ("nearest", 1.0))],
)  # fmt: skip
def test_what_is_no_place_is_none(data):
    assert place(data) is None


def test_a_place_is_read():
    assert place({"turn": "a", "shelf": "nearest", "n": 2}) == Place("a", Shelf.NEAREST, 2)


def test_every_sentence_is_followed_by_its_chip_and_nothing_is_lost():
    turn = turn_of(answer())
    markup = transcript.turned(turn, "it")
    text = Read(markup.replace(" hidden>", ">")).text
    for statement in STATEMENTS:
        assert statement.text in text
    chips = re.findall(r'class="chip"[^>]*data-turn="(\w+)" data-shelf="citations" data-n="(\d)"', markup)
    assert chips == [(turn.key, "1"), (turn.key, "2"), (turn.key, "3")]
    assert re.search(r">cani\.</span>\u00a0<span class=\"chips\"><button[^>]*>1<", markup)


def test_sentences_of_one_article_stay_together_and_a_frame_stands_alone():
    paragraphs = re.findall(r"<p( class=\"frame\")?>(.*?)</p>", transcript.turned(turn_of(answer())))
    assert [bool(kind) for kind, _ in paragraphs] == [False, True, False]
    assert "due cani" in paragraphs[0][1] and "auto" in paragraphs[0][1] and "Hanoi" in paragraphs[2][1]


def test_a_quote_in_the_other_language_is_marked_and_only_that_one():
    markup = transcript.turned(turn_of(answer()))
    assert re.findall(r'class="said" lang="en">([^<]*)<', markup) == ["Putin flew on to ", "Hanoi."]
    assert re.findall(r'<span class="tag" aria-hidden="true">(\w+)</span>', markup) == ["EN"]
    assert "Originale in inglese" in markup and "Fonte 3: The journey (inglese)" in markup


def test_a_chip_is_described_by_its_quote():
    markup = transcript.turned(turn_of(answer()))
    described = re.findall(r'aria-describedby="([^"]+)"', markup)
    assert len(described) == len(set(described)) == 3
    for name, citation in zip(described, (DOGS, CAR, HANOI), strict=True):
        tip = markup.split(f'id="{name}"')[1].split("</q>")[0]
        assert Read(f"<i {tip}</q></span></i>").text == citation.quote


def test_a_citation_that_is_not_there_gives_no_chip():
    markup = transcript.turned(turn_of(answer(statements=(Statement("Un fatto.", (7,), "it"),), citations=(DOGS,))))
    assert "Un fatto." in markup and "chip" not in markup


@pytest.mark.parametrize(
    ("state", "badge"), [(State.NOT_IN_SOURCES, "Le fonti non lo dicono"), (State.OFF_TOPIC, "Fuori dal dossier")]
)
def test_a_silence_looks_like_one_and_offers_the_nearest_passage(state, badge):
    turn = silence(state)
    markup = transcript.turned(turn, "it")
    assert f'class="answer {state.value}"' in markup and f'class="badge">{badge}<' in markup
    assert "Le fonti non lo dicono affatto." in markup and "chip" not in markup
    assert f'data-turn="{turn.key}" data-shelf="nearest" data-n="1"' in markup and HANOI.quote in markup


def test_a_partial_answer_names_what_is_missing_once():
    told = transcript.turned(turn_of(answer(State.PARTLY, missing=("peso", "cani"))))
    assert "Risposta parziale" in told and "Nelle fonti manca: peso<" in told
    assert "Nelle fonti manca" not in transcript.turned(turn_of(answer(State.PARTLY, missing=("cani",))))


def test_notices_come_first():
    markup = transcript.turned(turn_of(answer(notices=("La domanda è in francese.",))))
    assert markup.index("La domanda è in francese.") < markup.index("due cani")


def test_waiting_stopping_and_failing_each_say_so():
    turn = Turn("Chi?", "it")
    assert "Cerco negli articoli" in transcript.turned(turn, "it")
    assert "Leggo i passaggi" in transcript.turned(turn.heard(Found(())), "it")
    assert "Risposta interrotta." in transcript.turned(turn.stopped(), "it")
    failed = transcript.turned(turn.failed(Problem("Troppo lunga.", "It is too long.")), "it")
    assert 'role="alert"' in failed and "Troppo lunga." in failed and 'lang="en">It is too long.' in failed


def test_a_turn_can_be_repeated_only_when_it_is_over():
    assert 'data-do="retry"' not in transcript.turned(Turn("Chi?", "it"), "it")
    assert 'data-do="retry"' in transcript.turned(turn_of(answer()), "it")
    assert 'data-do="retry"' not in transcript.told([turn_of(answer())])


def test_the_labels_inside_an_answer_are_in_its_language_those_around_it_in_the_pages():
    markup = transcript.turned(silence(), "en")
    assert "Le fonti non lo dicono<" in markup and "Apri nell" in markup and "Ask again" in markup


HOSTILE_TEXTS = st.text(min_size=1, max_size=60) | st.sampled_from(HOSTILE)


@given(hostile=HOSTILE_TEXTS)
def test_nothing_in_a_conversation_acts(hostile):
    article = make_article("a", hostile, title=hostile, source=hostile)
    citation = cite(1, article, 0, len(hostile))
    spoken = (Statement(hostile, (1,), "en"), Statement(hostile, (), "it"))
    made = answer(State.PARTLY, spoken, (citation,), missing=(hostile + "?",), notices=(hostile,))
    quiet = answer(State.OFF_TOPIC, (), (), hostile, nearest=(citation,))
    turns = [turn_of(made), turn_of(quiet), Turn(hostile, "it").failed(Problem(hostile, hostile))]
    markup = transcript.told(turns) + transcript.turned(Turn(hostile, "it"), "it")
    read = Read(markup)
    assert set(read.tags) <= OURS | {"section", "q", "cite", "fieldset", "legend"}
    assert not {name for name, _ in read.attributes if name.startswith("on") or name in ("href", "src", "style")}
    assert "${" not in markup and "{{" not in markup and "`" not in markup


@pytest.mark.parametrize("language", ["it", "en"])
def test_the_welcome_offers_every_example(language):
    markup = transcript.welcomed(language)
    assert re.findall(r'data-do="example" data-n="(\d)"', markup) == ["0", "1", "2", "3"]
