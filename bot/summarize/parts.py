"""A selection cut into parts that a model can read: whole sentences as numbered lines of JSON, each sentence in one.

Bounded: a part is made when it is asked for, from sentences that come one by one. Knows no prompt and no model.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.answer.pack import Source, escaped
from bot.datamodels import Hit
from bot.summarize.values import Sentence
from index.chunk import Chunk
from index.passage import Passage

Count = Callable[[str], int]

# Words after which a source ends: a marker then points at a few sentences.
_LONG = 90


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """What a model is given to read at once.

    Attributes:
        sources: numbered from 1.
        sentences: all that are in the sources, in order.
        tokens: of the lines of the sources.
    """

    sources: tuple[Source, ...]
    sentences: tuple[Sentence, ...]
    tokens: int


@dataclass(frozen=True, slots=True)
class Piece:
    """What one line will tell: sentences of one article, and in which words; its own, if `words` is empty."""

    sentences: tuple[Sentence, ...]
    words: str = ""


def pieces(sentences: Iterable[Sentence]) -> Iterator[Piece]:
    """Yield sentences as lines: those that follow each other in a paragraph, in one language, up to a length."""
    held: list[Sentence] = []
    for sentence in sentences:
        if held and not _joins(held, sentence):
            yield Piece(tuple(held))
            held = []
        held.append(sentence)
    if held:
        yield Piece(tuple(held))


def parts(given: Iterable[Piece], budget: int, count: Count) -> Iterator[Part]:
    """Yield parts whose lines take no more tokens than a budget; a single line that takes more is a part of its own.

    Args:
        given: lines, in reading order.
        budget: tokens.
        count: tokens of a text, by the model's own encoding.
    """
    sources: list[Source] = []
    inside: list[Sentence] = []
    taken = 0
    for piece in given:
        line = _line(len(sources) + 1, piece, inside[-1:])
        size = count(line) + 1
        if sources and taken + size > budget:
            yield Part(tuple(sources), tuple(inside), taken)
            sources, inside, taken = [], [], 0
            line = _line(1, piece, ())
            size = count(line) + 1
        sources.append(Source(len(sources) + 1, _hit(piece.sentences), line))
        inside += piece.sentences
        taken += size
    if sources:
        yield Part(tuple(sources), tuple(inside), taken)


def _joins(held: Sequence[Sentence], sentence: Sentence) -> bool:
    last = held[-1]
    return (
        last.article.id == sentence.article.id
        and last.language == sentence.language
        and last.paragraph == sentence.paragraph
        and last.n + 1 == sentence.n
        and sum(one.words for one in held) + sentence.words <= _LONG
    )


def _line(n: int, piece: Piece, before: Sequence[Sentence]) -> str:
    """Return a line; what is known of an article stands in its first one."""
    first = piece.sentences[0]
    article, about = first.article, {}
    if not before or before[0].article.id != article.id:
        about = {"title": article.title, "publisher": article.source, "date": article.date}
    fields = {key: value for key, value in about.items() if value}
    words = piece.words or article.text[first.start : piece.sentences[-1].end]
    return escaped({"n": n, **fields, **({} if piece.words else {"language": first.language}), "text": words})


def _hit(sentences: Sequence[Sentence]) -> Hit:
    first = sentences[0]
    spans = tuple(sorted({(one.start, one.end) for one in sentences}))
    start, end = spans[0][0], max(stop for _, stop in spans)
    chunk = Chunk(first.article.id, first.n, start, end, first.language, spans)
    text = first.article.text[start:end]
    # The key is only unique among the sources of a part: the vectors come with the sentences.
    return Hit(Passage(f"{first.article.id}:{start}:{end}", "", chunk, text), first.article, 0.0, 0.0, 0.0)
