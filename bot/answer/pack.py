"""What a model is given to answer from: passages as numbered lines of JSON inside a fence that nobody can guess.

Article text is data here. Whatever could end the line, the string or the fence, open a tag or a role of a chat
template, or pass for a citation marker is escaped. Knows nothing of prompts or of what is asked.
"""

import json
import secrets
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.datamodels import Hit

Count = Callable[[str], int]

# Less than this many tokens holds no sentence worth sending.
_LEAST = 40
_ESCAPED = frozenset("<>[]【】〔〕［］|`")
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


@dataclass(frozen=True, slots=True)
class Source:
    """A passage as it is given.

    Attributes:
        n: its number, from 1.
        hit: the passage, no longer than what was given of it.
        line: what the model is sent.
    """

    n: int
    hit: Hit
    line: str


def pack(hits: Sequence[Hit], budget: int, count: Count) -> tuple[Source, ...]:
    """Return the sources that fit into a budget, in the order of the hits.

    A passage that does not fit is given up to the last sentence that does, or left out; none is cut inside a sentence.

    Args:
        hits: the most useful first.
        budget: tokens that all the lines may take together.
        count: tokens of a text, by the model's own encoding.
    """
    sources: list[Source] = []
    for hit in hits:
        if budget < _LEAST:
            break
        source = _fitting(len(sources) + 1, hit, budget, count)
        if source is not None:
            sources.append(source)
            budget -= count(source.line) + 1
    return tuple(sources)


def _fence(code: str) -> str:
    return f"=====SOURCES {code}====="


A_FENCE = _fence("1a2b3c4d5e6f7a8b")
"""A line as long as a fence, to reckon with: real ones differ by a token or two, and no sum would come out twice."""


def new_fence() -> str:
    """Return a line that no article can hold: 64 random bits, new for each request."""
    return _fence(secrets.token_hex(8))


def escaped(value: object) -> str:
    """Return a value as JSON on one line, with everything escaped that a reader could take for more than text."""
    text = json.dumps(value, ensure_ascii=False)
    return "".join(_escape(letter) for letter in text)


def _escape(letter: str) -> str:
    if letter not in _ESCAPED and unicodedata.category(letter) not in _HIDDEN:
        return letter
    units = letter.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[n]:02x}{units[n + 1]:02x}" for n in range(0, len(units), 2))


def _fitting(n: int, hit: Hit, budget: int, count: Count) -> Source | None:
    sentences = len(hit.passage.chunk.sentences)
    low, high = 0, sentences
    while low < high:
        middle = high if high == sentences and low == 0 else (low + high + 1) // 2
        if count(_line(n, _cut(hit, middle))) <= budget:
            low = middle
        else:
            high = middle - 1
    if not low:
        return None
    given = _cut(hit, low)
    return Source(n, given, _line(n, given))


def _cut(hit: Hit, sentences: int) -> Hit:
    """Return a hit with only its first sentences."""
    chunk = hit.passage.chunk
    if sentences == len(chunk.sentences):
        return hit
    kept = chunk.sentences[:sentences]
    end = kept[-1][1]
    shorter = replace(chunk, end=end, sentences=kept)
    return replace(hit, passage=replace(hit.passage, chunk=shorter, text=hit.article.text[chunk.start : end]))


def _line(n: int, hit: Hit) -> str:
    article = hit.article
    about = {"title": article.title, "publisher": article.source, "date": article.date}
    fields = {key: value for key, value in about.items() if value}
    return escaped({"n": n, **fields, "language": hit.passage.chunk.language, "text": hit.text})
