"""The shipped questions are sound, and each way to break a set of questions is caught and said."""

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import make_article
from hypothesis import given
from hypothesis import strategies as st

from bot import dossier
from bot.errors import BotError
from bot.evaluate.questions import GRADES, KINDS, Evidence, Item, check, held_out, load, parse, read, says
from index.sentences import split

SHIPPED = Path(__file__).parent.parent / "evals" / "dossier.jsonl"
TEXT = "Putin è atterrato a Hanoi. Il debito era di 11 miliardi."


@pytest.fixture(scope="module")
def items():
    return load([SHIPPED])


@pytest.fixture(scope="module")
def articles():
    return [article for _, article in dossier.articles()]


@pytest.fixture
def article():
    return make_article("a", TEXT)


def row(**fields) -> dict:
    """A sound line, with some fields changed; a field that is `...` is left out."""
    sound = {
        "id": "where-01-it",
        "language": "it",
        "question": "dove è andato Putin?",
        "answerable": True,
        "answers": [["Hanoi"]],
        "evidence": [{"article_id": "a", "quote": "Putin è atterrato a Hanoi."}],
        "kind": "fact",
        "pair": "where-01",
    }
    return {name: value for name, value in (sound | fields).items() if value is not ...}


def sound() -> tuple[Item, Item]:
    italian = parse(row())
    return italian, replace(italian, id="where-01-en", language="en", question="where did Putin go?")


def write(folder: Path, *lines: object, name: str = "q.jsonl") -> Path:
    path = folder / name
    path.write_text("\n".join(x if isinstance(x, str) else json.dumps(x, ensure_ascii=False) for x in lines), "utf-8")
    return path


# the shipped set


def test_shipped_set_has_no_problem(items, articles):
    assert check(items, articles) == []


def test_shipped_set_is_large_and_in_both_languages(items):
    pairs = {item.pair for item in items}
    assert len(pairs) >= 150
    assert Counter(item.language for item in items) == {"it": len(pairs), "en": len(pairs)}


def test_shipped_set_has_every_kind_and_grade(items):
    kinds = Counter(item.kind for item in items if item.answerable and item.language == "it")
    grades = Counter(item.grade for item in items if item.language == "it")
    assert set(kinds) == set(KINDS) and min(kinds.values()) >= 9
    assert all(grades[grade] >= 20 for grade in GRADES)
    assert 0.25 <= sum(not item.answerable for item in items) / len(items) <= 0.4


def test_no_shipped_question_is_asked_twice(items):
    asked = Counter((i.language, i.question.casefold().strip(" ?."), i.follows) for i in items)
    assert [question for question, times in asked.items() if times > 1] == []


def test_the_set_for_fitting_silence_is_sound_and_leaves_what_is_held_out_alone(items, articles):
    fitted = load([SHIPPED.with_name("silence.jsonl")])
    assert check((*items, *fitted), articles) == []
    assert not any(held_out(item.id) for item in fitted)
    assert not {item.question.casefold() for item in fitted} & {item.question.casefold() for item in items}
    assert Counter(item.language for item in fitted)["it"] == len(fitted) / 2 >= 160
    assert 0.4 < sum(item.answerable for item in fitted) / len(fitted) < 0.6


def test_shipped_evidence_is_whole_sentences(items, articles):
    sentences = {(a.id, a.text[s:e]) for a in articles for s, e in split(a.text, a.language)}
    assert {(e.article_id, e.quote) for i in items for e in i.evidence} <= sentences


def test_shipped_evidence_reaches_every_article(items, articles):
    assert {e.article_id for i in items for e in i.evidence} == {a.id for a in articles}


def test_shipped_comparisons_and_timelines_need_more_than_one_quote(items):
    many = [item for item in items if item.answerable and item.kind in ("comparison", "timeline")]
    assert [item.id for item in many if len(item.parts) < 2] == []


def test_most_shipped_questions_do_not_copy_their_evidence(items):
    def copied(item):
        """Whether five words on end of the question stand in a quote."""
        words = item.question.casefold().strip("?. ").split()
        runs = [" ".join(words[n : n + 5]) for n in range(len(words) - 4)]
        return any(run in e.quote.casefold() for run in runs for e in item.evidence)

    answerable = [item for item in items if item.answerable]
    assert sum(map(copied, answerable)) / len(answerable) < 0.1


# what is held out


def test_a_third_is_held_out(items):
    share = len({i.pair for i in items if held_out(i.id)}) / len({i.pair for i in items})
    assert 0.27 <= share <= 0.40


def test_each_side_has_every_kind_and_grade(items):
    for side in (True, False):
        part = [i for i in items if held_out(i.id) is side]
        assert {i.kind for i in part if i.answerable} == set(KINDS)
        assert {i.grade for i in part if not i.answerable} == set(GRADES)


@given(st.text(min_size=1, max_size=20))
def test_languages_and_follow_ups_fall_on_the_same_side(pair):
    sides = {held_out(f"{pair}{end}") for end in ("-it", "-en", "-next-it", "-next-next-en")}
    assert len(sides) == 1


def test_held_out_does_not_change():
    assert [held_out(f"q-{n:02}-it") for n in range(8)] == [False, False, False, False, False, False, True, True]


# reading


def test_a_file_is_read(tmp_path):
    path = write(tmp_path, "\ufeff" + json.dumps(row(answers=["Hanoi", ["a", "b"]])), "", row(id="b-it", pair="b"))
    first, second = load([path])
    assert first.answers == (("Hanoi",), ("a", "b"))
    assert first.evidence == (Evidence("a", "Putin è atterrato a Hanoi.", 0),)
    assert (second.id, second.grade, second.follows) == ("b-it", None, None)


def test_files_come_in_order(tmp_path):
    paths = [write(tmp_path, row(id=id), name=f"{id}.jsonl") for id in ("z", "a")]
    assert [item.id for item in load(paths)] == ["z", "a"]


def test_line_separators_inside_json_break_no_line(tmp_path):
    path = write(tmp_path, row(question="dove\u2028è?"), row(id="b"))
    assert len(load([path])) == 2


BROKEN = {
    "not JSON": "{",
    "object": "[1]",
    "'question' is missing": row(question=...),
    "'id' is missing": row(id=""),
    "'kind' is missing": row(kind=None),
    "cannot be blank": row(question="  "),
    "'answerable' must be bool": row(answerable="yes"),
    "'question' must be str": row(question=3),
    "'answers' must be list": row(answers="Hanoi"),
    "neither 'it' nor 'en'": row(language="fr"),
    "unknown field 'answer'": row(answer="Hanoi"),
    "list of spellings": row(answers=[[]]),
    "not blank": row(answers=[[" "]]),
    "evidence is": row(evidence=[{"article_id": "a", "quote": "x", "n": 1}]),
    "evidence needs": row(evidence=[{"quote": "x"}]),
    "whole number": row(evidence=[{"article_id": "a", "quote": "x", "part": -1}]),
    "nested too deeply": "[" * 200_000,
}


@pytest.mark.parametrize("reason", BROKEN)
def test_a_broken_line_is_told_with_file_and_number(tmp_path, reason):
    path = write(tmp_path, row(), "", BROKEN[reason], row(id="c"))
    with pytest.raises(BotError) as caught:
        load([path])
    assert f"{path}, line 3: " in caught.value.message and reason in caught.value.message
    assert caught.value.fix and "\n" not in str(caught.value)


@pytest.mark.parametrize("reason", BROKEN)
def test_broken_lines_can_be_skipped(tmp_path, reason):
    path = write(tmp_path, row(), BROKEN[reason], row(id="c"))
    assert [item.id for item in load([path], strict=False)] == ["where-01-it", "c"]
    (told,) = read([path]).broken
    assert "line 2" in told and reason in told


def test_other_broken_lines_are_counted(tmp_path):
    with pytest.raises(BotError, match=r"line 1: .*\(2 more broken lines\)"):
        load([write(tmp_path, "{", "{", "{")])


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    (tmp_path / "latin.jsonl").write_bytes("{'è'}".encode("latin-1"))
    for name, reason in (("none.jsonl", "No such file"), ("latin.jsonl", "not UTF-8"), (".", "directory")):
        with pytest.raises(BotError, match=reason):
            load([tmp_path / name])


# checking


def test_a_sound_set_has_no_problem(article):
    assert check(sound(), [article]) == []


def test_a_question_may_stand_alone(article):
    assert check([replace(sound()[0], pair="", id="mine")], [article]) == []


@pytest.mark.parametrize("paths", [[], ["empty.jsonl"]])
def test_an_empty_set_is_a_problem(tmp_path, article, paths):
    loaded = load([write(tmp_path, "", name=name) for name in paths])
    assert check(loaded, [article]) == ["The set holds no question."]


UNSOUND = {
    "used 2 times": {"id": "where-01-en"},
    "not one Italian and one English": {"pair": "elsewhere-01"},
    "differ in more than the words": {"kind": "date"},
    "unknown kind 'riddle'": {"kind": "riddle"},
    "no article 'b'": {"evidence": (Evidence("b", "Putin è atterrato a Hanoi."),)},
    "a does not hold 'Putin è atterrato a Pechino.'": {"evidence": (Evidence("a", "Putin è atterrato a Pechino."),)},
    "not counted from 0": {"evidence": (Evidence("a", "Putin è atterrato a Hanoi.", 1),)},
    "no part of its evidence holds the key fact 'Pechino'": {"answers": (("Pechino",),)},
    "answerable, but has no evidence": {"evidence": ()},
    "answerable, but has no key facts": {"answers": ()},
    "unanswerable, but has evidence": {"answerable": False, "grade": "near"},
    "unanswerable, but has key facts": {"answerable": False, "grade": "near", "evidence": ()},
    "grade is one of off_topic": {"answerable": False, "grade": "far", "evidence": (), "answers": ()},
    "not None": {"answerable": False, "evidence": (), "answers": ()},
    "it has no grade": {"grade": "near"},
    "does not say what it follows": {"kind": "follow_up"},
    "no other question of the set": {"follows": "gone-it"},
    "which is in the other language": {"follows": "where-01-en"},
    "the id of pair where-01 is where-01-it": {"id": "where-it"},
}


@pytest.mark.parametrize("problem", UNSOUND)
def test_each_defect_is_caught(article, problem):
    italian, english = sound()
    found = check([replace(italian, **UNSOUND[problem]), english], [article])
    assert [line for line in found if problem in line], found


def test_a_fact_must_be_in_every_quote_of_a_part(article):
    quotes = (Evidence("a", "Putin è atterrato a Hanoi."), Evidence("a", "Il debito era di 11 miliardi."))
    (problem, _) = check([replace(item, evidence=quotes) for item in sound()], [article])
    assert "'Hanoi'" in problem
    assert check([replace(i, evidence=(quotes[0], replace(quotes[1], part=1))) for i in sound()], [article]) == []


def test_a_follow_up_must_be_on_the_side_of_its_first_question(article):
    first = replace(sound()[0], pair="", id="first")
    other = next(f"then-{n}" for n in range(99) if held_out(f"then-{n}") != held_out("first"))
    then = replace(first, kind="follow_up", follows="first")
    assert "held out" in check([first, replace(then, id=other)], [article])[0]
    assert check([first, replace(then, id="first-next-it")], [article]) == []


# key facts


@pytest.mark.parametrize(
    ("text", "spelling", "held"),
    [
        ("circa 260.000 tonnellate", "260.000", True),
        ("11,000 containers", "1,000", False),
        ("1,000,000 men", "1,000", False),
        ("4.8 million", "4", False),
        ("about 1,000.", "1,000", True),
        ("nel 2001, poi", "2001", True),
        ("12001", "2001", False),
        ("l\u2019Ordine di KIM  Il Sung", "Ordine di Kim Il Sung", True),
        ("Carta dell\u2019Onu", "Carta dell'Onu", True),
        ("la Mercedes", "Merce", False),
        ("“sacra”", "sacra", True),
    ],
)
def test_a_key_fact_is_found_as_whole_words(text, spelling, held):
    assert says(text, [spelling]) is held


def test_any_spelling_counts():
    assert says("a Mosca", ["Moscow", "Mosca"])
    assert not says("a Mosca", [])
