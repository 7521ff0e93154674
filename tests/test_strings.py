"""Labels: both languages have the same ones, with the same fields, and no one is left in the other language."""

import dataclasses
import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import errors
from bot.page.accept import preferred
from bot.page.labels import labels
from bot.page.voice_labels import voice_labels
from bot.strings import LANGUAGES, common, known, page

TABLES = [common, page, labels, voice_labels]


def fields(text):
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


@pytest.mark.parametrize("table", TABLES)
def test_both_languages_say_the_same_things_with_the_same_fields(table):
    italian, english = dataclasses.asdict(table("it")), dataclasses.asdict(table("en"))
    assert italian.keys() == english.keys()
    for name, text in italian.items():
        assert text, name
        if isinstance(text, str):
            assert text.strip() == text and english[name].strip() == english[name] != "", name
            assert fields(text) == fields(english[name]), name
        else:
            assert len(text) == len(english[name]), name


@pytest.mark.parametrize("table", TABLES)
def test_no_label_was_left_untranslated(table):
    italian, english = dataclasses.asdict(table("it")), dataclasses.asdict(table("en"))
    same = {name for name in italian if italian[name] == english[name]}
    assert same <= {"title", "on_day", "in_month", "sum_about"}


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_are_frozen(table, language):
    labels = table(language)
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(labels, dataclasses.fields(labels)[0].name, "changed")
    assert not hasattr(labels, "__dict__")


def test_italian_labels_carry_no_english_word_and_no_straight_accent():
    words = re.compile(r"\b(the|and|of|article|source|ask|stop|chat|loading|error)\b", re.IGNORECASE)
    for table in TABLES:
        for text in flat(dataclasses.asdict(table("it")).values()):
            assert not words.search(text), text
            assert not re.search(r"\b(perche|e|cosi|piu|puo)'(?!\w)", text, re.IGNORECASE), text


def flat(values):
    for value in values:
        if isinstance(value, str):
            yield value
        else:
            yield from flat(value)


def test_every_error_of_the_tree_has_a_sentence_of_its_own_in_both_languages():
    classes = {name for name in errors.__all__ if name not in ("BotError", "Kind")}
    for language in LANGUAGES:
        assert {kind for kind, _ in page(language).errors} == classes
        assert page(language).problem("SomethingElse") == page(language).unexpected


@pytest.mark.parametrize(
    ("iso", "italian", "english"),
    [
        ("2024-06-19", "19 giugno 2024", "19 June 2024"),
        ("2024-06-01", "1 giugno 2024", "1 June 2024"),
        ("2024-12", "dicembre 2024", "December 2024"),
        ("2024", "2024", "2024"),
        (None, "senza data", "undated"),
        ("", "senza data", "undated"),
        ("2024-13-01", "2024-13-01", "2024-13-01"),
        ("2024-00", "2024-00", "2024-00"),
        ("last June", "last June", "last June"),
        ("-", "-", "-"),
    ],
)
def test_dates_are_written_as_people_write_them(iso, italian, english):
    assert common("it").date(iso) == italian
    assert common("en").date(iso) == english


@given(st.text(max_size=30))
def test_any_date_comes_back_as_text(text):
    assert common("it").date(text)


def test_one_article_is_not_articles():
    assert [common("it").articles(n) for n in (0, 1, 28)] == ["0 articoli", "1 articolo", "28 articoli"]
    assert [common("en").articles(n) for n in (0, 1, 28)] == ["0 articles", "1 article", "28 articles"]


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("it-IT,it;q=0.9,en;q=0.8", "it"),
        ("en-GB,en;q=0.9,it;q=0.8", "en"),
        ("fr,it;q=0.5,en;q=0.4", "it"),
        ("en;q=0.3, IT;q=0.7", "it"),
        ("it;q=0, en", "en"),
        ("de-DE,de;q=0.9", "it"),
        ("", "it"),
        (None, "it"),
        ("it;q=nonsense", "it"),
        ("*", "it"),
    ],
)
def test_the_page_takes_the_language_that_the_browser_prefers(header, language):
    assert preferred(header, default="it") == language


@given(st.text(max_size=60))
def test_any_header_gives_one_of_the_two(header):
    assert preferred(header) in LANGUAGES


def test_an_unknown_language_falls_back_to_english():
    assert [known(code) for code in ("it", "en", "fr", "", None)] == ["it", "en", "en", "en", "en"]
    assert page("fr") is page("en")
    assert common("it").language("fr") == "fr"
