"""The reader: what it says of real sentences, what may never happen to its odds, and that it learns."""

import json
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.evaluate.questions import held_out
from bot.evidence.late import Meeting
from bot.evidence.reader import NAMES, Reader, load, shipped
from bot.question.analyse import analyse

sys.path.insert(0, str(Path(__file__).parent.parent / "evals"))
import fit_reader
import lessons
import posed

DIED = "Kim Jong Il died on 17 December 2011, and Putin did not see Pyongyang again until 19 June 2024."
FLOWN = "I voli diretti fra Mosca e Pyongyang sono cominciati il 27 luglio 2025 con un aereo della compagnia russa Nordwind."
SIZE, RANK = 6, 2


def odds(embedder, question, language, sentence):
    (found,) = Meeting(embedder, analyse(question, language)).closeness([(sentence, "")])
    return found.read


@pytest.mark.parametrize(
    ("language", "sentence", "told", "untold"),
    [
        ("en", DIED, "When did Kim Jong Il die?", "What did Kim Jong Il die of?"),
        ("it", DIED, "Quando è morto Kim Jong Il?", "Di che cosa è morto Kim Jong Il?"),
        ("it", FLOWN, "Quale compagnia vola fra Mosca e Pyongyang?", "Quanto costa il volo fra Mosca e Pyongyang?"),
        ("en", FLOWN, "When did flights between Moscow and Pyongyang begin?", "Who flew the first plane to Pyongyang?"),
    ],
)
def test_what_a_sentence_tells_has_better_odds_than_what_it_does_not_tell(embedder, language, sentence, told, untold):
    assert odds(embedder, told, language, sentence) > odds(embedder, untold, language, sentence) + 1


def unit(chance, n):
    rows = chance.normal(size=(n, SIZE))
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def anyhow(chance):
    shapes = {"asked": (SIZE, RANK), "told": (SIZE, RANK), "weight": SIZE + 1, "bar": SIZE + 1, "rest": 3}
    return {name: chance.normal(0, 0.4, shape) for name, shape in shapes.items()}


@given(st.integers(0, 10_000))
def test_more_text_never_takes_odds_away_and_what_stands_above_counts_less(seed):
    chance = np.random.default_rng(seed)
    reader, question = Reader(**anyhow(chance)), unit(chance, 4)
    text, more, nothing = unit(chance, 5), unit(chance, 3), np.zeros((0, SIZE))
    alone, both = reader.odds(question, text, nothing), reader.odds(question, text, more)
    assert alone <= both <= reader.odds(question, np.concatenate([text, more]), nothing) <= reader.rest[2]
    assert reader.odds(question, nothing, nothing) == float("-inf")


def test_the_one_that_ships_fits_the_embedder_and_survives_its_file(tmp_path):
    reader = shipped()
    assert reader.asked.shape == reader.told.shape == (384, 32) and reader.weight.shape == reader.bar.shape == (385,)
    reader.save(str(tmp_path / "again.npz"))
    again = load(str(tmp_path / "again.npz"))
    assert all((getattr(again, name) == getattr(reader, name)).all() for name in NAMES)


def lesson(chance, answered=True):
    return fit_reader.Lesson(
        "g", 1.0, answered, unit(chance, 4), unit(chance, 15), np.repeat([0, 1, 2], 5),
        (np.arange(15) % 5 == 4).astype(float), np.array([True, False, False]), np.array([False, True, False]),
    )  # fmt: skip


def loss(values, one):
    told = [
        Reader(**values).odds(one.question, *(one.texts[(one.place == n) & (one.above == over)] for over in (0, 1)))
        for n in range(3)
    ]
    with_silence = np.logaddexp.reduce([*told, 0.0])
    if not one.answered:
        return with_silence
    return with_silence - told[0] + fit_reader.TAKEN_OUT * np.logaddexp(told[1], 0.0)


@pytest.mark.parametrize("answered", [True, False])
def test_the_slopes_are_those_of_the_loss(monkeypatch, answered):
    monkeypatch.setattr(fit_reader, "RANK", RANK)
    chance = np.random.default_rng(3)
    values, one = anyhow(chance), lesson(chance, answered)
    for name, slope in fit_reader.slope_of(values, one).items():
        for place in np.ndindex(values[name].shape):
            step = np.zeros_like(values[name])
            step[place] = 1e-5
            up, down = (loss(values | {name: values[name] + sign * step}, one) for sign in (1, -1))
            assert slope[place] == pytest.approx((up - down) / 2e-5, abs=1e-4)


def test_it_learns_which_sentence_answers_and_when_none_does(monkeypatch):
    monkeypatch.setattr(fit_reader, "RANK", RANK)
    monkeypatch.setattr(fit_reader, "ROUNDS", 40)
    monkeypatch.setattr(fit_reader, "RATE", 0.02)
    chance = np.random.default_rng(5)
    # What asks points along the first axis, what answers along the second: only a learned likeness brings them together.
    asks, answers, other = np.eye(SIZE)[:3]
    lessons = []
    for _ in range(60):
        one = lesson(chance)
        texts = np.where((one.place == 0)[:, None], answers, other) + chance.normal(0, 0.2, one.texts.shape)
        one = replace(one, question=np.tile(asks, (4, 1)), texts=texts / np.linalg.norm(texts, axis=1, keepdims=True))
        silent = replace(one, answered=False, texts=np.where((one.place == 0)[:, None], other, one.texts))
        lessons += [one, silent]
    reader = fit_reader.train(lessons)
    right, wrong = (reader.odds(lessons[0].question, text[None], text[:0]) for text in (answers, other))
    assert right > 0 > wrong


def test_lessons_are_what_the_product_finds_and_never_of_what_is_held_out(tmp_path):
    rows = [json.loads(line) for line in (posed.HERE / "dossier.jsonl").read_text("utf-8").splitlines()]
    single = [row for row in rows if row["kind"] in ("fact", "number") and not row.get("follows")]
    told, kept = (
        next(row for row in single if row["answerable"] and held_out(row["id"]) is way) for way in (False, True)
    )
    untold = next(row for row in rows if not row["answerable"] and not held_out(row["id"]) and not row.get("follows"))
    chosen = tmp_path / "some.jsonl"
    chosen.write_text("".join(json.dumps(row) + "\n" for row in (told, kept, untold)), "utf-8")
    made = list(lessons.lessons(posed.dossier([chosen], tmp_path / "home")))
    assert [one.answered for one in made] == [True] * lessons.TWICE + [False] * lessons.TWICE
    for one in made:
        assert one.texts.shape == (len(one.place), 384) and one.question.shape[1] == 384
        assert one.place.max() + 1 == len(one.right) == len(one.wrong) <= 2 * lessons.MOST
        assert not (one.right & one.wrong).any() and set(one.above) == {0, 1}
        assert one.right.any() == one.answered
