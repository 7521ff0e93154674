"""Sentences: abbreviations, quotations, lines, bounds, and that nothing is lost."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sentences import LONGEST, split


def parts(text, language="it"):
    return [text[start:end] for start, end in split(text, language)]


ITALIAN = [
    ["Il dott. Rossi e il sig. Bianchi hanno letto l'art. 5 del n. 3.", "Poi sono andati via."],
    ["Nel 44 a.C. morì Cesare.", "I prezzi (pane, latte, ecc.) salirono.", "Fu così nel IV secolo d.C. e dopo."],
    ["P. es. il 3.5 per cento; più di 10.000 container.", "V. Putin e S. Lavrov sono arrivati."],
    [
        "«Siamo pronti.»",
        "Poi ha taciuto.",
        "“La situazione è complessa.”",
        "Kim ha aggiunto: “Bene!” ha detto.",
        "“Davvero?!”",
        "Sì.",
    ],
    ["Ha detto… poi basta...", "Ma non è vero... eppure sì.", "Il 19 giugno 2024 alle 15.30 era a Mosca."],
    [
        "L'O.N.U. ha votato.",
        "L'on. Neri, cfr. p. 12, ha detto no.",
        "Il prof. A. B. Verdi, mons. Blu e la sig.ra Neri no.",
    ],
    [
        "Il colloquio è durato due ore.",
        "Kim ha superato il tetto dell'Onu.",
        "Il centro è della NATO.",
        "È finito nel 2000.",
        "260.000 tonnellate.",
    ],
    ["Equivale a… 260.000 tonnellate di munizioni.", "Egli ha detto a marzo."],
    ["“Siamo pronti. Andiamo avanti. Vinceremo”, ha detto Putin.", "Poi tacque."],
    ["Regnò Carlo V.", "Il re tornò."],
]
ENGLISH = [
    ["Mr. Kim met Dr. Lee at 5 p.m. on Monday.", "The U.S. said no.", "The U.S. Department of State agreed."],
    ["“We are ready.”", "Then he left.", "He said, “Go!” and left.", '"Really?!"', "Yes."],
    [
        "It cost $3.5 million.",
        "J. R. Smith, Jr. came.",
        "See fig. 3 and No. 5.",
        "Approx. 10,000 containers vs. 9,000.",
    ],
    ["In Jan. 2024 the U.N. Security Council voted.", "Sen. Graham of S.C. spoke.", "Gen. Brown did, too."],
    [
        "He works for Acme Inc.",
        "She does not.",
        "They came from the U.K.",
        "They left at 5 a.m.",
        "The lights were on.",
        "It was late.",
    ],
]


@pytest.mark.parametrize(
    ("language", "sentences"),
    [("it", one) for one in ITALIAN] + [("en", one) for one in ENGLISH],
    ids=lambda value: value if isinstance(value, str) else value[0][:25],
)
def test_sentences_end_where_a_reader_ends_them(language, sentences):
    assert parts(" ".join(sentences), language) == sentences


def test_no_sentence_crosses_a_blank_line_a_heading_or_a_list_item():
    text = "Un titolo breve\nIl testo comincia qui e va\navanti su due righe\n\ne qui di nuovo.\n- uno\n- due\n1. tre"
    assert parts(text) == [
        "Un titolo breve",
        "Il testo comincia qui e va\navanti su due righe",
        "e qui di nuovo.",
        "- uno",
        "- due",
        "1. tre",
    ]


def test_a_stray_mark_belongs_to_the_sentence_before_it():
    assert parts("È finita. ” Poi basta.") == ["È finita. ”", "Poi basta."]


def test_a_missing_space_and_a_text_without_capitals_are_forgiven():
    assert parts("Il vertice è finito.Il presidente è partito.") == ["Il vertice è finito.", "Il presidente è partito."]
    assert parts("kim è arrivato. putin lo ha accolto.") == ["kim è arrivato.", "putin lo ha accolto."]
    assert parts("Leggi su www.esempio.it e esempio.com oggi.") == ["Leggi su www.esempio.it e esempio.com oggi."]


def test_an_unclosed_quotation_does_not_swallow_the_rest():
    assert len(parts("Disse: “Siamo pronti. Poi andò via. Nessuno rispose. Era tardi.")) == 4


def test_a_text_without_stops_is_cut_at_the_best_place():
    text = "parola e altre; " * 400
    pieces = parts(text)
    assert all(len(piece) <= LONGEST for piece in pieces)
    assert all(piece.endswith(";") for piece in pieces)
    assert max(map(len, parts("x" * 5000))) == LONGEST


MARKS = st.text(st.sampled_from("abAB .!?…,;:\n\t\"'“”«»()-—1259éÈ\u200b\x1c\x85金。"), max_size=400)


@given(st.one_of(st.text(max_size=400), MARKS), st.sampled_from(["it", "en"]))
def test_any_text_is_split_without_loss(text, language):
    spans = split(text, language)
    flat = [place for span in spans for place in span]
    assert flat == sorted(flat)
    assert all(0 < end - start <= LONGEST and text[start:end] == text[start:end].strip() for start, end in spans)
    assert not any(re.search(r"\n[^\S\n]*\n", text[start:end]) for start, end in spans)
    covered = {place for start, end in spans for place in range(start, end)}
    assert covered >= {place for place, letter in enumerate(text) if not letter.isspace()}


@pytest.mark.parametrize("text", ["Kim è qui. " * 20_000, "(“a. " * 50_000, "x" * 200_000, ". ” " * 50_000])
def test_long_texts_take_seconds_not_minutes(text):
    began = time.monotonic()
    split(text, "it")
    assert time.monotonic() - began < 20
