import unicodedata
from importlib.resources import files
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis import fingerprint, fold, irregular, number, stem, terms, tidy, tokens
from index.stopwords import STOPWORDS


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("perché è nata la città", "perche' e' nata la citta'"),
        ("perché è nata la città", "perche e nata la citta"),
        ("perché è nata la città", "PERCHÉ È NATA LA CITTÀ"),
        ("perché è nata la città", "PERCHE' E' NATA LA CITTA'"),
        ("perché è nata la città", unicodedata.normalize("NFD", "perché è nata la città")),
        ("l'accordo dell'Unione", "l’accordo dell’Unione"),
        ("l'accordo dell'Unione", "l' accordo dell' Unione"),
        ("l'accordo dell'Unione", "L`ACCORDO  DELL´UNIONE"),
        ("l'accordo dell'Unione", "accordo Unione"),
        ("un'altra arma", "arma"),
        ("quest'anno", "anno"),
        ("fu firmato l'accordo", "firmò gli accordi"),
        ("nordcoreano", "nordcoreani"),
        ("nordcoreana", "nordcoreane"),
        ("arma nucleare", "armi nucleari"),
        ("anno", "anni"),
        ("raggiunse", "raggiungere"),
        ("hanno scritto", "scrivere"),
        ("gli uomini", "uomo"),
        ("10.000 soldati", "10000 soldati"),
        ("10,000 soldati", "10 000 soldati"),
        ("10mila soldati", "10.000 soldati"),
        ("10 mila soldati", "10'000 soldati"),
        ("il 1° giugno", "1 giugno"),
        ("demo\u00adcrazia", "democrazia"),
        ("ex-presidente", "ex presidente"),
    ],
)
def test_italian_spellings_of_the_same_have_the_same_terms(one, other):
    assert terms(one, "it") == terms(other, "it") != []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Obama's visit", "OBAMA’S visits"),
        ("they've taken", "took"),
        ("women and children", "woman child"),
        ("the organisation", "organizations"),
        ("armoured colours", "ARMORED color"),
        ("19th century", "19 century"),
        ("the 1990s", "1990"),
        ("F-16", "F16"),
        ("KN‑23 missiles", "kn23 missile"),
        ("U.S. troops", "US troop"),
        ("2024-06-19", "2024 6 19"),
    ],
)
def test_english_spellings_of_the_same_have_the_same_terms(one, other):
    assert terms(one, "en") == terms(other, "en") != []


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("10.000", "10000"),
        ("10,000", "10000"),
        ("1.234.567,89", "1234567.89"),
        ("1,234,567.89", "1234567.89"),
        ("3,50", "3.5"),
        ("3.5", "3.5"),
        ("0,125", "0.125"),
        ("007", "7"),
        ("0", "0"),
        ("12,00", "12"),
    ],
)
def test_numbers_have_one_form(written, meant):
    assert number(written) == meant
    assert terms(written, "it") == terms(written, "en") == [meant]


def test_a_date_in_figures_is_no_decimal():
    assert terms("19.06.2024", "it") == ["19", "6", "2024"]


def test_upper_case_tells_a_name_from_a_stop_word():
    assert terms("the US and us", "en") == ["us"]
    assert terms("TELL US", "en") == terms("tell us", "en")


def test_contractions_and_function_words_leave_nothing():
    assert terms("don't they'll it's isn’t", "en") == []
    assert terms("che cosa c'è dell'altro? un'altra, com'è", "it") == []


def test_words_that_carry_news_are_kept():
    assert len(terms("lo Stato, gli Stati Uniti, Sara, lo stato", "it")) == 5
    assert terms("may", "en") == ["may"]


def test_an_unknown_language_keeps_its_words():
    assert terms("Der Vertrag wurde unterzeichnet", "de") == ["der", "vertrag", "wurde", "unterzeichnet"]


def test_irregular_forms_meet_their_base():
    for language in ("it", "en"):
        for form, base in irregular(language).items():
            assert stem(form, language) == stem(base, language), form


def test_the_table_of_forms_is_folded_and_whole():
    lines = files("index").joinpath("data", "forms.tsv").read_text(encoding="utf-8").splitlines()
    for line in lines:
        assert line.startswith("#") or len(line.split("\t")) == 4, line
    for language in ("it", "en"):
        assert all(fold(word) == word for pair in irregular(language).items() for word in pair)


def test_stop_words_are_folded():
    assert all(fold(word) == word for words in STOPWORDS.values() for word in words)


@given(st.text(alphabet=st.sampled_from("aeiouàèéìòùlndsctpr'’ ,.0123456789-\u0301\u200bKN"), max_size=60))
def test_tokens_slice_the_text_and_agree_with_terms(text):
    for language in ("it", "en"):
        found = tokens(text, language)
        assert [token.term for token in found] == terms(text, language)
        assert all(text[token.start : token.end] == token.surface != "" for token in found)
        assert all(one.end <= other.start for one, other in zip(found, found[1:], strict=False))


@given(st.text(max_size=200))
def test_any_text_can_be_analysed(text):
    for language in ("it", "en", "xx"):
        assert all(term and term == fold(term) for term in terms(text, language))


def test_ten_thousand_passages_take_seconds():
    passage = "Il presidente russo Vladimir Putin ha firmato a Pyongyang l'accordo di partenariato strategico " * 8
    start = perf_counter()
    for n in range(1000):
        terms(f"{n} {passage}", "it")
    assert perf_counter() - start < 6


def test_the_fingerprint_names_this_analysis():
    assert fingerprint() == fingerprint()
    assert len(fingerprint()) == 12


def test_a_question_is_tidied_before_it_is_embedded():
    assert tidy("  PERCHÉ  L’ONU\nCHIUDE? ") == "perché l'onu chiude?"
    assert tidy("Perché l`ONU\u200b chiude?") == "Perché l'ONU chiude?"
    assert tidy("") == ""


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "text", ["a" + "\u0301" * 5000 + "'t", "m\u0337\u0321" * 2000 + ".", "n\u200b" * 2000 + "’", "é" * 5000]
)
def test_a_word_of_many_marks_takes_no_longer_than_its_length(text):
    assert len(terms(text, "it")) <= 2
