import json
from pathlib import Path

import pytest

from bot.answer.align import align
from bot.datamodels import Hit

ROWS = [
    json.loads(line)
    for line in (Path(__file__).parent / "data" / "verify" / "faithful.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.fixture
def hits_of(bot):
    """Makes every passage of an article a hit, as if a model had been given them all."""

    def make(article_id: str) -> list[Hit]:
        article = bot.article(article_id)
        found = bot.search(article.title, 50, articles=[article_id])
        assert "".join(hit.text for hit in found)
        return found

    return make


def aligned(bot, row, hits):
    return align(row["sentence"], row["language"], hits, bot._library.embedder, bot._library.store)


def test_a_faithful_sentence_is_aligned_to_the_sentence_that_it_was_made_of(bot, hits_of):
    rows = ROWS[::4]
    right = {True: [], False: []}
    for row in rows:
        article = bot.article(row["article_id"])
        spans = aligned(bot, row, hits_of(row["article_id"]))
        quotes = [article.text[span.start : span.end] for span in spans]
        right[row["language"] != row["quote_language"]].append(any(row["quote"] in quote for quote in quotes))
    assert all(len(found) > 30 for found in right.values())
    assert all(sum(found) / len(found) >= 0.95 for found in right.values()), {
        crossing: sum(found) / len(found) for crossing, found in right.items()
    }


def test_spans_are_whole_sentences_of_the_passages_given(bot, hits_of):
    for row in ROWS[::40]:
        hits = hits_of(row["article_id"])[:3]
        starts = {start for hit in hits for start, _ in hit.passage.chunk.sentences}
        ends = {end for hit in hits for _, end in hit.passage.chunk.sentences}
        spans = aligned(bot, row, hits)
        assert len(spans) <= 2
        assert all(span.article_id == row["article_id"] and span.start in starts and span.end in ends for span in spans)


def test_what_no_passage_is_about_is_aligned_to_nothing(bot, hits_of):
    hits = hits_of("summit-2024-it")
    embedder, store = bot._library.embedder, bot._library.store
    assert align("Horses like apples and carrots.", "en", hits, embedder, store) == ()
    assert align("Putin ha regalato a Kim una limousine.", "it", [], embedder, store) == ()


def test_a_wrong_number_is_aligned_to_the_sentence_that_has_the_right_one(bot, hits_of):
    hits, article = hits_of("summit-2024-it"), bot.article("summit-2024-it")
    spans = align("Putin e Kim hanno parlato da soli per nove ore.", "it", hits, bot._library.embedder)
    assert spans and "due ore" in article.text[spans[0].start : spans[0].end]
