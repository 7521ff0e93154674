"""Sentences and markers out of streams of every kind; any soup yields valid citations or none."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from talking import Talker

from bot.answer.markers import Reader, Written
from bot.chat import Bot
from bot.datamodels import Verdict


def read(text, step=3, sources=5, language="en", cut=False):
    reader = Reader(language, sources)
    found = []
    for start in range(0, len(text), step):
        found += reader.feed(text[start : start + step])
    return [*found, *reader.end(cut)]


ONE = "Kim met Putin."
MARKED = [
    ("Kim met Putin [1].", [(ONE, (1,))]),
    ("Kim met Putin. [1]", [(ONE, (1,))]),
    ("Kim met Putin.[1]", [(ONE, (1,))]),
    ("Kim met Putin [1][3].", [(ONE, (1, 3))]),
    ("Kim met Putin [1], [3].", [("Kim met Putin,.", (1, 3))]),
    ("Kim met Putin [1, 3].", [(ONE, (1, 3))]),
    ("Kim met Putin [1; 3].", [(ONE, (1, 3))]),
    ("Kim met Putin [1 and 3].", [(ONE, (1, 3))]),
    ("Kim met Putin [1 e 3].", [(ONE, (1, 3))]),
    ("Kim met Putin [2-4].", [(ONE, (2, 3, 4))]),
    ("Kim met Putin [2–4].", [(ONE, (2, 3, 4))]),
    ("Kim met Putin [4-2].", [(ONE, ())]),
    ("Kim met Putin [1-400].", [(ONE, ())]),
    ("Kim met Putin [0].", [(ONE, (0,))]),
    ("Kim met Putin [99].", [(ONE, (99,))]),
    ("Kim met Putin [123456789].", [(ONE, ())]),
    ("Kim met Putin [^2].", [(ONE, (2,))]),
    ("Kim met Putin [[2]].", [(ONE, (2,))]),
    ("Kim met Putin 【2†source】.", [(ONE, (2,))]),
    ("Kim met Putin ［2］.", [(ONE, (2,))]),
    ("Kim met Putin [Source 2].", [(ONE, (2,))]),
    ("Kim met Putin [Fonti 2, 3].", [(ONE, (2, 3))]),
    ("Kim met Putin (source 2).", [(ONE, (2,))]),
    ("Kim met Putin (Fonti 1 e 3).", [(ONE, (1, 3))]),
    ("Kim met Putin (2).", [(ONE, (2,))]),
    ("Kim met Putin (6).", [("Kim met Putin (6).", ())]),
    ("Kim met Putin [2](https://evil.example/x).", [(ONE, (2,))]),
    ("Article (4) of the treaty holds [1].", [("Article (4) of the treaty holds.", (1,))]),
    ("Kim [1] met Putin [2]. Then he left [3].", [(ONE, (1, 2)), ("Then he left.", (3,))]),
    ("Kim met Putin. [1] Then he left. [2]", [(ONE, (1,)), ("Then he left.", (2,))]),
    ("Kim met Putin.\n[1]\n\nThen he left.\n[2][3]\n", [(ONE, (1,)), ("Then he left.", (2, 3))]),
    ("- Kim met Putin [1]\n- Then he left [2]", [("Kim met Putin", (1,)), ("Then he left", (2,))]),
    ("1. Kim met Putin [1].\n2) Then he left [2].", [(ONE, (1,)), ("Then he left.", (2,))]),
    ("## Answer\n\n**Kim** met _Putin_ [1].", [(ONE, (1,))]),
    ("**Short answer**\nKim met Putin [1].", [(ONE, (1,))]),
    ("According to the sources:\n\n* Kim met Putin [1].", [(ONE, (1,))]),
    ("```\nKim met Putin [1].\n```", [(ONE, (1,))]),
    ("Kim met Putin [1].\n\nSources:\n[1] The summit\n[2] The treaty", [(ONE, (1,))]),
    ("Kim met Putin [1].\n**Fonti**\n1. Il vertice", [(ONE, (1,))]),
    ("He paid 1.5 million [1].", [("He paid 1.5 million.", (1,))]),
    (
        "Kim said: “No. Never. Go home.” [1] He left [2].",
        [("Kim said: “No. Never. Go home.”", (1,)), ("He left.", (2,))],
    ),
    ("", []),
    ("[1]", []),
    ("[1][2]\n[3]", []),
]


@pytest.mark.parametrize(("text", "expected"), MARKED, ids=lambda value: str(value)[:40])
def test_sentences_and_their_markers_however_they_are_cut(text, expected):
    for step in (1, 2, 3, 7, 1000):
        assert [(one.text, one.markers) for one in read(text, step)] == expected, step


def test_a_sentence_comes_when_the_next_one_begins():
    reader = Reader("en", 5)
    assert reader.feed("Kim met Putin [1]. ") == []
    assert reader.feed("Then") == [Written(ONE, (1,))]
    assert reader.feed(" he left.") == []
    assert reader.feed("\n\n[2]\n") == []
    assert reader.end() == [Written("Then he left.", (2,))]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Kim met Putin [1]. Then he sent 10.", 1),
        ("Kim met Putin [1]. Then he sent 10.000 soldiers", 1),
        ("Kim met Putin [1]. Then he left. [2]", 2),
        ("Kim met Putin [1]. Then he left [2", 1),
        ("Kim met Putin", 0),
        ("Kim met Putin.", 0),
        ("Kim met Putin [1].\n", 1),
    ],
)
def test_half_a_sentence_at_a_cut_does_not_count(text, kept):
    assert len(read(text, cut=True)) == kept


soup = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "[1]", "[2]", "[0]", "[99]", "[-1]", "[1, 2]", "[1-3]", "【2】", "(1)", "(source 3)", "[Fonte 2]", "[", "]", "[[", "【",
                "Putin gave Kim an Aurus limousine, a tea set and an admiral's dagger, according to Ushakov",
                "Putin gave Kim an Aurus in June 2024", "Kim died in 1994", "soldiers", "10.000", ". ", ".\n", "\n\n", "- ", "“", "”",
                "**", "`", "```\n", "<think>", "</think>", "NOT_IN_SOURCES", "Sources:\n", "![x](http://e.example/)", "<b>", "S1: ",
                "[[[1]]]", "[(1)]", "([1])", "[1[2]]", "[１]", "［２］", "[١]", "[१]", "[²]", "[Ⅳ]", "[①]", "⟦1⟧", "{1}", "〈1〉", "「1」", "[1\u200b]", "[ 1 ;; 2 ]",
                "[" + "9" * 400 + "]", "[1-" + "9" * 60 + "]", "[00000001]", "[1e3]", "[0x1]", "[1.0]", "[+1]", "[−1]", "[1–", "[1]]", "[^1]", "[1](1)", "[fonti 1 e 2]",
            ]
        ),
        st.text(max_size=8),
    ),
    max_size=14,
)  # fmt: skip


@settings(max_examples=400)
@given(soup, st.integers(1, 9), st.booleans())
def test_no_text_is_invented_and_no_marker_is_left_in_a_sentence(parts, step, cut):
    text = " ".join(parts)
    for one in read(text, step, cut=cut):
        assert any(letter.isalnum() for letter in one.text) and "\n" not in one.text
        assert not re.search(r"\[\s*\d+\s*\]", one.text)
        assert all(isinstance(n, int) and 0 <= n < 10_000 for n in one.markers)
        letters = [letter for letter in one.text if letter.isalnum()]
        rest = iter(letter for letter in text.translate(str.maketrans("【】〔〕［］", "[][][]")) if letter.isalnum())
        assert all(letter in rest for letter in letters)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(soup, st.integers(1, 9), st.one_of(st.none(), st.integers(0, 300)))
def test_any_soup_yields_a_valid_citation_or_none(bot, parts, step, cut):
    talker = Talker(" ".join(parts), " ".join(reversed(parts)), step=step, cut=cut)
    answer = Bot(bot._library, talker).ask("What did Putin give Kim?")
    known = {c.n: c for c in answer.citations}
    assert sorted(known) == list(range(1, len(known) + 1))
    for citation in known.values():
        article = bot.article(citation.article_id)
        assert article.text[citation.start : citation.end] == citation.quote and citation.title == article.title
    for statement in answer.statements:
        assert set(statement.citations) <= set(known)
        if statement.verdict is not None:
            assert statement.verdict is Verdict.SUPPORTED and statement.citations
            assert "1994" not in statement.text and "http" not in statement.text
    assert answer.text.strip() and {int(n) for n in re.findall(r"\[(\d+)\]", answer.text)} == set(known)
