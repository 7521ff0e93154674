"""The measured figures of the verifier, on the part that the rules were made on and on the part kept from it."""

import time
from collections import Counter

import pytest

from bot.verify.check import Quote, check
from index.sentences import split
from tests.verify_sets import KINDS, SETS, rows, share


@pytest.mark.parametrize("name", SETS)
def test_ids_are_unique_and_fields_complete(name):
    found = rows(name)
    assert len({row["id"] for row in found}) == len(found)
    for row in found:
        assert (
            row["sentence"].strip() and row["language"] in ("it", "en") and row["expected"] in ("supported", "flagged")
        )


@pytest.mark.parametrize("name", SETS)
def test_every_quote_is_a_whole_sentence_of_its_article(name, bot):
    for row in rows(name):
        article = bot.article(row["article_id"])
        spans = split(article.text, article.language)
        assert row["quote"] in {article.text[start:end] for start, end in spans}, row["id"]
        assert (article.language, article.date) == (row["quote_language"], row["date"]), row["id"]


@pytest.mark.parametrize("name", ("corrupted", "faithful"))
def test_no_sentence_is_its_quote(name):
    assert all(row["sentence"] != row["quote"] for row in rows(name))


def test_the_sets_are_large_enough_and_half_across_languages():
    assert len(rows("corrupted")) >= 220
    assert len(rows("faithful")) >= 120
    assert len({row["pair"] for row in rows("attribution")}) >= 48
    for name in SETS:
        crossing = sum(row["language"] != row["quote_language"] for row in rows(name))
        assert crossing >= 0.5 * len(rows(name))
    kinds = Counter(row["kind"] for row in rows("corrupted"))
    assert all(kinds[kind] >= 40 for kind in ("number", "date", "name", "polarity", "speaker"))


@pytest.mark.parametrize(
    ("name", "part", "kinds", "least"),
    [
        ("corrupted", "making", KINDS, 0.95),
        ("corrupted", "apart", KINDS, 0.90),
        ("corrupted", "fourth", KINDS, 0.95),
        ("corrupted", "fifth", KINDS, 0.93),
        ("corrupted", "sixth", KINDS, 0.93),
        ("corrupted", "seventh", KINDS, 0.95),
        ("corrupted", "eighth", KINDS, 0.90),
        ("corrupted", "ninth", KINDS, 0.88),
        ("corrupted", "tenth", KINDS, 0.95),
        ("corrupted", "eleventh", KINDS, 0.93),
        ("corrupted", "twelfth", KINDS, 0.85),
        ("corrupted", "thirteenth", KINDS, 0.91),
        ("corrupted", "fourteenth", KINDS, 0.90),
        ("corrupted", "fifteenth", KINDS, 0.95),
        ("faithful", "making", (), 0.95),
        ("faithful", "apart", (), 0.85),
        ("faithful", "fourth", (), 0.94),
        ("faithful", "fifth", (), 0.94),
        ("faithful", "sixth", (), 0.95),
        ("faithful", "seventh", (), 0.94),
        ("faithful", "eighth", (), 0.95),
        ("faithful", "ninth", (), 0.94),
        ("faithful", "tenth", (), 0.97),
        ("faithful", "eleventh", (), 0.97),
        ("faithful", "twelfth", (), 0.95),
        ("faithful", "thirteenth", (), 0.95),
        ("faithful", "fourteenth", (), 0.95),
        ("faithful", "fifteenth", (), 0.95),
        ("attribution", "making", (), 0.95),
        ("attribution", "apart", (), 0.95),
    ],
)
def test_measured(name, part, kinds, least):
    assert share(name, part, kinds) >= least


def test_a_check_is_quick():
    found = [row for name in SETS for row in rows(name)][::4]
    quotes = [Quote(row["quote"], row["quote_language"], row["date"]) for row in found]
    check(found[0]["sentence"], found[0]["language"], quotes[:1])
    times = []
    for row, quote in zip(found, quotes, strict=True):
        started = time.process_time()
        check(row["sentence"], row["language"], [quote])
        times.append(time.process_time() - started)
    # The processor's time, which other work on the machine does not lengthen much; a median of about 10 ms.
    assert sorted(times)[len(times) // 2] < 0.03


def test_checking_twice_gives_the_same():
    row = rows("corrupted")[0]
    quote = Quote(row["quote"], row["quote_language"], row["date"])
    assert check(row["sentence"], row["language"], [quote]) == check(row["sentence"], row["language"], [quote])
