"""Chunks: whole sentences up to a size in tokens, with overlap, paragraphs kept together where they fit.

Knows articles and sentences; nothing of vectors or of the index.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.article import Article
from index.language import SURE, detect
from index.sentences import split as sentences
from index.tokens import counts

Span = tuple[int, int]

SIZE = 220
OVERLAP = 40
# A chunk that is at least this full ends with its paragraph.
_FULL = 0.5


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of an article, `article.text[start:end]`.

    Attributes:
        article_id: of the article.
        n: its place in the article, from 0.
        start: offset of its first character.
        end: offset behind its last character.
        language: "it" or "en", of this piece.
        sentences: spans of its sentences, offsets into the article's text.
    """

    article_id: str
    n: int
    start: int
    end: int
    language: str
    sentences: tuple[Span, ...]


def split(article: Article, size: int = SIZE, overlap: int = OVERLAP) -> list[Chunk]:
    """Cut an article into chunks.

    Args:
        article: with a cleaned text.
        size: tokens of a chunk at most; a single longer sentence is a chunk of its own.
        overlap: tokens at most that a chunk repeats from the one before it, in whole sentences.

    Returns:
        The chunks in order; every sentence is in at least one.
    """
    spans = sentences(article.text, article.language)
    if not spans:
        return []
    lengths = counts([article.text[start:end] for start, end in spans])
    chunks = []
    for n, (first, last) in enumerate(_groups(article.text, spans, lengths, size, overlap)):
        start, end = spans[first][0], spans[last - 1][1]
        language = _language(article.text[start:end], article.language)
        chunks.append(Chunk(article.id, n, start, end, language, tuple(spans[first:last])))
    return chunks


def _groups(
    text: str, spans: Sequence[Span], lengths: Sequence[int], size: int, overlap: int
) -> Iterator[tuple[int, int]]:
    """Yield (first, last) of the sentences of each chunk, last not included."""
    first = 0
    while first < len(spans):
        last = _end(text, spans, lengths, first, size)
        yield first, last
        if last == len(spans):
            return
        # A paragraph's end needs no overlap; the middle of one does.
        first = last if _breaks(text, spans, last) else _back(lengths, first, last, overlap)


def _end(text: str, spans: Sequence[Span], lengths: Sequence[int], first: int, size: int) -> int:
    total, last, full = lengths[first], first + 1, 0
    while last < len(spans) and total + lengths[last] <= size:
        if _breaks(text, spans, last) and total >= _FULL * size:
            full = last
        total += lengths[last]
        last += 1
    return full if full and last < len(spans) and not _breaks(text, spans, last) else last


def _back(lengths: Sequence[int], first: int, last: int, overlap: int) -> int:
    start, total = last, 0
    while start - 1 > first and total + lengths[start - 1] <= overlap:
        start -= 1
        total += lengths[start]
    return start


def _breaks(text: str, spans: Sequence[Span], n: int) -> bool:
    return "\n\n" in text[spans[n - 1][1] : spans[n][0]]


def _language(text: str, default: str) -> str:
    found = detect(text)
    return found.code if found.code in ("it", "en") and found.confidence >= SURE else default
