"""No text takes two places among the hits, near texts not all of them, and every copy can still be cited."""

from dataclasses import replace

import numpy as np
import pytest
from conftest import make_article

from bot.chat import Bot
from bot.library import Library
from bot.settings import Settings
from bot.variety import Candidate, same_text, varied

AGENCY = (
    "Il presidente russo è arrivato martedì a Pyongyang per una visita di due giorni. All'aeroporto lo ha accolto il "
    "leader nordcoreano, che lo ha accompagnato nella capitale. I due hanno firmato un trattato di cooperazione."
)


def unit(*values):
    return np.array(values, dtype=np.float32) / np.linalg.norm(values).astype(np.float32)


def test_a_text_takes_one_place_and_keeps_its_copies():
    one = Candidate(9.0, "it", AGENCY, unit(1, 0.01))
    copy = replace(one, score=8.0, text=AGENCY.replace("una visita", "la visita"), vector=unit(1, 0))
    other = Candidate(7.0, "it", "Tutt'altra notizia, su una diga in costruzione.", unit(0, 1))
    assert varied([one, copy, other], 2) == [(0, 1), (2,)]
    assert varied([one, copy, other], 1) == [(0, 1)]
    assert varied([], 3) == []


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("per una visita", "per la visita", True),
        ("martedì", "mercoledì", False),
        ("due giorni", "2 giorni", False),
        ("Pyongyang", "Vladivostok", False),
        ("hanno firmato", "non hanno firmato", False),
        (" I due hanno firmato un trattato di cooperazione.", "", False),
    ],
)
def test_another_figure_name_or_denial_makes_another_text(old, new, same):
    assert old in AGENCY
    assert same_text(AGENCY, AGENCY.replace(old, new), "it") is same


def test_a_translation_is_no_repetition():
    one = Candidate(9.0, "it", AGENCY, unit(1, 0))
    assert varied([one, replace(one, language="en", score=8.9)], 2) == [(0,), (1,)]


def test_of_equals_the_one_that_says_something_else_comes_first():
    best = Candidate(9.0, "it", "Un fiume in piena ha travolto il ponte.", unit(1, 0))
    near = Candidate(8.0, "it", "Il ponte è crollato per la piena.", unit(1, 0.1))
    far = Candidate(7.9, "it", "La ricostruzione costerà molto.", unit(0.8, 0.6))
    assert varied([best, near, far], 3) == [(0,), (2,), (1,)]
    assert varied([best, replace(near, score=12.0), far], 3)[0] == (1,)


def test_both_papers_with_one_agency_text_can_be_cited(tmp_path):
    settings = Settings(home=tmp_path / "home")
    library = Library(tmp_path / "own", settings, create=True)
    library.add(
        make_article("gazzetta", AGENCY), make_article("corriere", AGENCY),
        make_article("diga", "La diga sul Po costerà tre miliardi di euro, ha detto il ministro."),
    )  # fmt: skip
    with Bot(library) as bot:
        first, *others = bot.search("Dove è arrivato il presidente russo?")
        assert [copy.article.id for copy in first.copies] == [
            {"gazzetta", "corriere"}.difference({first.article.id}).pop()
        ]
        assert [hit.article.id for hit in others] == ["diga"]
        answer = bot.ask("Dove è arrivato martedì il presidente russo?")
        assert {citation.article_id for citation in answer.citations} == {"gazzetta", "corriere"}
        for citation in answer.citations:
            assert bot.article(citation.article_id).text[citation.start : citation.end] == citation.quote
