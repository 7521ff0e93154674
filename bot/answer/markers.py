"""Sentences and their markers, out of whatever a model streams: `[1]`, `[1, 3]`, `[2-4]`, `【1】`, `(source 2)`.

A sentence comes out when the next one begins, with the markers in it or behind it. Knows nothing of sources: a number
is passed on as written, whether or not there is such a source. Headings, decoration and a list of sources at the end
are left out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from index.sentences import split

_BRACKETS = str.maketrans("【〔［】〕］", "[[[]]]")
_WORD = r"(?:fonti|fonte|sources?|passaggi|passaggio|passages?|documenti|documento|documents?|docs?|refs?|rif|nn|n)"
_ITEM = rf"(?:{_WORD}\s?[.:#°]?\s?)?[#^]?\s?\d+"
_LIST = rf"{_ITEM}(?:\s?(?:,|;|&|-|–|—|\be\b|\bed\b|\band\b|\bto\b|\ba\b)\s?{_ITEM}){{0,19}}"
_SQUARE = re.compile(rf"\[{{1,2}}\s?{_LIST}\s?(?:†[^\[\]]{{0,40}})?\]{{1,2}}(?:\([^()\s]{{0,300}}\))?", re.IGNORECASE)
_ROUND = re.compile(rf"\(\s?(?={_WORD}\b){_LIST}\s?\)", re.IGNORECASE)
_BARE = re.compile(r"\(\s?(\d{1,2})\s?\)(?=\s*(?:[.;,:!?\[]|$))")
_LEFT = re.compile(r"\[\s*\d+\s*\]")
_NUMBERS = re.compile(r"(\d+)\s*(?:(?:-|–|—|\bto\b|\ba\b)\s*\D{0,10}?(\d+))?", re.IGNORECASE)
_WIDEST = 8

_OPENING = re.compile(r"\s*(?:(?:>|#{1,6}|[-*•‣–—|]|\d{1,2}[.)])\s+)*")
_EMPHASIS = re.compile(r"(?<![\w*_])[*_](?=\S)([^*_]*[^\s*_])[*_](?![\w*_])")
_SPACE_BEFORE = re.compile(r"\s+(?=[.,;:!?…)\]»”])")
_HEADING = re.compile(r"\s*(?:#{1,6}\s|\*\*[^*]{1,80}\*\*:?\s*$)")
_BIBLIOGRAPHY = re.compile(
    r"\W*(?:fonti|fonte|sources?|references?|riferimenti|bibliografia|citations?|citazioni|note|notes)\W*",
    re.IGNORECASE,
)
_OPEN_BRACKET = re.compile(r"[\[(][^\[\]()]{0,60}$")
_HELD = 600
_ENDED = re.compile(r"[.!?…][”»\"')\]]*$")


@dataclass(frozen=True, slots=True)
class Written:
    """A sentence as a model wrote it.

    Attributes:
        text: on one line, without markers and decoration.
        markers: the numbers that it cites, each once, in order; none of them checked.
    """

    text: str
    markers: tuple[int, ...] = ()


class Reader:
    """Reads a stream, piece by piece.

    Args:
        language: of the sentences, "it" or "en".
        sources: how many there are; only a number among them counts as a marker where it stands in plain parentheses.
    """

    def __init__(self, language: str, sources: int) -> None:
        self._language = language
        self._sources = sources
        self._line = ""
        self._continues = False
        self._last: Written | None = None
        self._over = False

    def feed(self, piece: str) -> list[Written]:
        """Take a piece of any length; return the sentences that have ended with it."""
        self._line += piece.translate(_BRACKETS).replace("\r", "\n")
        *lines, self._line = self._line.split("\n")
        found = [written for line in lines for written in self._close(line)]
        if not self._over:
            found += self._begun()
        return found

    def end(self, cut: bool = False) -> list[Written]:
        """Return what is left when the stream has ended.

        Args:
            cut: whether it broke off: then a last sentence that nothing follows is half a sentence and does not count.
        """
        whole = not cut or self._settled(self._line)
        found = self._close(self._line, whole)
        self._line = ""
        return [*found, *self._flushed()]

    def _begun(self) -> Iterator[Written]:
        """Yield the sentences of the line at hand that another one follows already."""
        waits = _OPEN_BRACKET.search(self._line)
        ready = self._line[: waits.start()] if waits else self._line
        bare, _ = unmarked(ready, self._sources)
        spans = split(bare, self._language)
        if not spans or not any(letter.isalnum() for letter in bare):
            return
        yield from self._flushed()
        consumed = 0
        for (start, end), (after, _) in zip(spans, spans[1:], strict=False):
            if not _balanced(ready[consumed:end]) and end - start < _HELD:
                break
            yield from self._written(ready[consumed:after])
            consumed = after
        if consumed:
            self._line, self._continues = self._line[consumed:], True

    def _close(self, line: str, whole: bool = True) -> Iterator[Written]:
        """Yield what a complete line says, but for its last sentence: a line of markers may follow."""
        if self._over:
            return
        first, self._continues = not self._continues, False
        bare, markers = unmarked(line, self._sources)
        if not any(letter.isalnum() for letter in bare):
            if self._last is not None:
                self._last = _with(self._last, [n for _, numbers in markers for n in numbers])
            return
        if first and _BIBLIOGRAPHY.fullmatch(bare):
            self._over = True
            return
        if line.lstrip().startswith("```") or (first and _HEADING.match(line) and not markers):
            return
        yield from self._flushed()
        spans = split(bare, self._language)
        edges = [0, *(start for start, _ in spans[1:]), len(line)]
        pieces = [line[start:end] for start, end in zip(edges, edges[1:], strict=False)]
        written = [one for piece in (pieces if whole else pieces[:-1]) for one in self._written(piece)]
        yield from written[:-1]
        self._last = written[-1] if written else None

    def _written(self, piece: str) -> Iterator[Written]:
        """Yield a piece of a line as a sentence, unless it says nothing: no letters, or words before a list."""
        bare, markers = unmarked(piece, self._sources)
        text = _plain(bare)
        numbers = tuple(dict.fromkeys(n for _, found in markers for n in found))
        if any(letter.isalnum() for letter in text) and (numbers or not text.endswith(":")):
            yield Written(text, numbers)

    def _flushed(self) -> Iterator[Written]:
        last, self._last = self._last, None
        if last is not None:
            yield last

    def _settled(self, line: str) -> bool:
        """Tell whether the last sentence of a line that broke off is whole: ended, with its marker behind it."""
        bare, markers = unmarked(line, self._sources)
        kept = bare.rstrip()
        return bool(_ENDED.search(kept)) and any(place >= len(kept) for place, _ in markers)


def unmarked(text: str, sources: int) -> tuple[str, list[tuple[int, tuple[int, ...]]]]:
    """Return a text with blanks where markers stood, and for each where it stood and its numbers."""
    found: list[tuple[int, tuple[int, ...]]] = []

    def blank(match: re.Match[str]) -> str:
        found.append((match.start(), _numbers(match[0])))
        return " " * len(match[0])

    def bare(match: re.Match[str]) -> str:
        return blank(match) if 1 <= int(match[1]) <= sources else match[0]

    before = None
    while before != text:
        before = text
        text = _BARE.sub(bare, _ROUND.sub(blank, _SQUARE.sub(blank, text)))
        text = _LEFT.sub(blank, text)
    return text, sorted(found)


def _numbers(marker: str) -> tuple[int, ...]:
    """Return the numbers of a marker; a range too wide to be meant, or backwards, stands for nothing."""
    inside = marker.split("](")[0].split("†")[0]
    numbers: list[int] = []
    for first, last in _NUMBERS.findall(inside):
        if len(first) > 4 or len(last) > 4:
            continue
        low, high = int(first), int(last or first)
        if 0 <= high - low < _WIDEST:
            numbers += range(low, high + 1)
    return tuple(dict.fromkeys(numbers))


def _plain(text: str) -> str:
    """Return a piece on one line without what decorates it."""
    body = text[_OPENING.match(text).end() :] if _OPENING.match(text) else text  # type: ignore[union-attr]
    body = body.replace("**", "").replace("__", "").replace("`", "")
    body = _EMPHASIS.sub(r"\1", body).strip(" |\t")
    return _SPACE_BEFORE.sub("", " ".join(body.split()))


def _with(written: Written, numbers: list[int]) -> Written:
    return replace(written, markers=tuple(dict.fromkeys([*written.markers, *numbers])))


def _balanced(text: str) -> bool:
    """Tell whether every quotation and parenthesis that a text opens is closed in it."""
    return (
        text.count("“") == text.count("”")
        and text.count("«") == text.count("»")
        and text.count("(") == text.count(")")
        and text.count('"') % 2 == 0
    )
