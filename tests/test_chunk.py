"""Chunks: offsets, no loss, sizes, overlap, language of the passage; and the counting of tokens."""

import os
import subprocess
import sys
from pathlib import Path
from threading import Thread

from conftest import make_article
from hypothesis import given, settings
from hypothesis import strategies as st

from index.chunk import split
from index.cleaning import clean
from index.sentences import split as sentences
from index.tokens import count, counts

ITALIAN = "Il trattato di partenariato fra Russia e Corea del Nord è stato firmato a Pyongyang nel giugno del 2024. "
ENGLISH = "The treaty of partnership between Russia and North Korea was signed in Pyongyang in June of 2024. "
PIECES = st.lists(
    st.sampled_from(
        [ITALIAN, ENGLISH, "Sì.", "Kim.\n\n", "\n\n", "“Che?” disse. ", "parola " * 80, "x" * 1500, "- uno\n", "…"]
    ),
    max_size=30,
)


def covered(chunks):
    return {place for chunk in chunks for start, end in chunk.sentences for place in range(start, end)}


@settings(max_examples=60)
@given(PIECES.map("".join).map(clean), st.sampled_from([(220, 40), (60, 20), (30, 0), (10, 30)]))
def test_any_text_is_cut_without_loss(text, sizes):
    size, overlap = sizes
    chunks = split(make_article(text=text), size, overlap)
    assert [chunk.n for chunk in chunks] == list(range(len(chunks)))
    assert covered(chunks) >= {place for place, letter in enumerate(text) if not letter.isspace()}
    spans = sentences(text, "it")
    for chunk in chunks:
        assert chunk.sentences
        assert (chunk.start, chunk.end) == (chunk.sentences[0][0], chunk.sentences[-1][1])
        assert 0 <= chunk.start < chunk.end <= len(text)
        first = spans.index(chunk.sentences[0])
        assert chunk.sentences == tuple(spans[first : first + len(chunk.sentences)])
        total = sum(counts([text[start:end] for start, end in chunk.sentences]))
        assert total <= size or len(chunk.sentences) == 1


@given(st.text(max_size=300))
@settings(max_examples=60)
def test_any_odd_text_is_cut_without_loss(text):
    chunks = split(make_article(text=text))
    assert covered(chunks) >= {place for place, letter in enumerate(text) if not letter.isspace()}


def test_neighbours_share_whole_sentences_and_always_go_on():
    chunks = split(make_article(text=ITALIAN * 40))
    assert len(chunks) > 3
    for before, after in zip(chunks, chunks[1:], strict=False):
        shared = set(before.sentences) & set(after.sentences)
        assert shared
        assert after.sentences[-1] > before.sentences[-1]


def test_a_chunk_prefers_to_end_with_its_paragraph():
    text = clean("\n\n".join([ITALIAN * 6] * 6))
    assert all(text[chunk.end : chunk.end + 2] in ("\n\n", "") for chunk in split(make_article(text=text)))


def test_the_language_is_that_of_the_passage_and_else_the_articles():
    text = clean(ITALIAN * 8 + "\n\n" + ENGLISH * 8)
    chunks = split(make_article(text=text))
    assert (chunks[0].language, chunks[-1].language) == ("it", "en")
    assert split(make_article(text="2024. Kim Jong Un.", language="en"))[0].language == "en"
    assert (
        split(make_article(text="Le président est arrivé hier à Paris avec son ministre.", language="it"))[0].language
        == "it"
    )


def test_an_article_of_one_word_is_one_chunk_and_an_empty_one_none():
    assert [(chunk.start, chunk.end) for chunk in split(make_article(text="Kim"))] == [(0, 3)]
    assert split(make_article(text="")) == []


def test_two_megabytes_are_cut_in_seconds():
    import time

    text = clean("\n\n".join([ITALIAN * 5 + ENGLISH * 5] * 2_000))[:2_000_000]
    began = time.monotonic()
    chunks = split(make_article(text=text))
    assert time.monotonic() - began < 30
    assert chunks[-1].end == len(text.rstrip())


def test_tokens_are_counted_as_cl100k_counts_them_with_special_tokens_as_text():
    assert count("") == 0
    assert count("hello world") == 2
    assert count("<|endoftext|>") > 1
    assert counts(["hello world", ""]) == [2, 0]


def test_counting_needs_no_network_and_no_shared_cache(tmp_path):
    locked = tmp_path / "data-gym-cache"
    locked.write_text("a file where tiktoken would want its folder")
    code = "import os; from index.tokens import count; assert count('hello world') == 2; assert 'TIKTOKEN_CACHE_DIR' not in os.environ"
    root = Path(__file__).parent.parent
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    environment.pop("TIKTOKEN_CACHE_DIR", None)
    subprocess.run([sys.executable, "-c", code], check=True, cwd=root, env=environment)
    assert locked.is_file()


def test_counting_works_from_many_threads_at_once():
    found = []
    threads = [Thread(target=lambda: found.append(count(ITALIAN))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1
