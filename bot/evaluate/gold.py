"""What is right for a question, as places: the spans of its evidence and the passages of the index that hold them.

Knows questions and articles; nothing of answers that were given.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.evaluate.item import Evidence, Item
from index.article import Article
from index.chunk import split

_HELD = 0.5


@dataclass(frozen=True, slots=True)
class Span:
    """A part of an article, `article.text[start:end]`."""

    article_id: str
    start: int
    end: int

    @property
    def key(self) -> str:
        """The span as one word, for tables."""
        return f"{self.article_id}:{self.start}-{self.end}"


@dataclass(frozen=True, slots=True)
class Gold:
    """What is right for a question.

    Attributes:
        parts: for each part of the answer the spans of the quotes that carry it; any of them will do.
        relevant: for each part the keys of the passages of the index that hold such a quote.
    """

    parts: tuple[tuple[Span, ...], ...] = ()
    relevant: tuple[frozenset[str], ...] = ()


def overlaps(one: Span, other: Span) -> bool:
    """Tell whether two spans are the same matter: they share at least half of the shorter of them."""
    if one.article_id != other.article_id:
        return False
    shared = min(one.end, other.end) - max(one.start, other.start)
    return shared > 0 and shared >= _HELD * min(one.end - one.start, other.end - other.start)


def parts_of(span: Span, gold: Gold) -> set[int]:
    """Return which parts of the evidence a span carries."""
    return {n for n, spans in enumerate(gold.parts) if any(overlaps(span, right) for right in spans)}


def golds(items: Iterable[Item], articles: Mapping[str, Article]) -> dict[str, Gold]:
    """Return what is right for each question, by id.

    Args:
        items: whose evidence stands in the articles (see `faults`).
        articles: by id.
    """
    passages: dict[str, list[Span]] = {}
    found = {}
    for item in items:
        parts = tuple(tuple(s for e in part for s in _places(e, articles)) for part in item.parts)
        for name in {span.article_id for part in parts for span in part} - passages.keys():
            passages[name] = [Span(name, chunk.start, chunk.end) for chunk in split(articles[name])]
        found[item.id] = Gold(parts, tuple(frozenset(_holders(part, passages)) for part in parts))
    return found


def _places(evidence: Evidence, articles: Mapping[str, Article]) -> Iterator[Span]:
    text, at = articles[evidence.article_id].text, -1
    while (at := text.find(evidence.quote, at + 1)) >= 0:
        yield Span(evidence.article_id, at, at + len(evidence.quote))


def _holders(part: Sequence[Span], passages: Mapping[str, Sequence[Span]]) -> Iterator[str]:
    for span in part:
        for passage in passages[span.article_id]:
            shared = min(span.end, passage.end) - max(span.start, passage.start)
            if shared >= _HELD * (span.end - span.start):
                yield passage.key


def faults(items: Sequence[Item], articles: Mapping[str, Article]) -> dict[str, str]:
    """Return, by id, why questions cannot be asked and judged: nothing for a sound set.

    Less strict than `bot.evaluate.questions.check`: a question of a user's own may lack evidence or a pair.
    """
    found: dict[str, str] = {}
    known: set[str] = set()
    ids = {item.id for item in items}
    for item in items:
        if reason := "the id is used twice" if item.id in known else _fault(item, ids, articles):
            found.setdefault(item.id, reason)
        known.add(item.id)
    return found


def _fault(item: Item, ids: set[str], articles: Mapping[str, Article]) -> str:
    if item.follows is not None and (item.follows not in ids or item.follows == item.id):
        return f"it follows {item.follows!r}, which is no other question of the set"
    if not item.answerable and item.evidence:
        return "it is unanswerable, but has evidence"
    for evidence in item.evidence:
        if evidence.article_id not in articles:
            return f"there is no article {evidence.article_id!r}"
        if evidence.quote not in articles[evidence.article_id].text:
            return f"{evidence.article_id} does not hold {evidence.quote[:60]!r}"
    return ""
