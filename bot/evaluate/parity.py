"""Parity: whether the two versions of a question, Italian and English, are answered from the same words.

Knows citations and evidence; no text is compared.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from bot.evaluate.gold import Gold, Span, overlaps, parts_of
from bot.evaluate.item import Item
from bot.evaluate.record import Record


def parity(items: Sequence[Item], records: Mapping[str, Record], golds: Mapping[str, Gold]) -> dict[str, float]:
    """Return, by id, the Jaccard index of what the two versions of a pair cite.

    Two citations are the same where they carry the same part of the evidence: a fact that one version cites from
    the Italian article and the other from its English twin is one only if the evidence lists both. What carries no
    evidence is the same only where it is the same place. A pair of which only one version is answered has 0; one
    of two silences, or that cites nothing, has none; nor has a question that the sources do not answer.
    """
    pairs: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        if item.pair and item.answerable:
            pairs[item.pair].append(item)
    found = {}
    for versions in pairs.values():
        if len(versions) != 2:
            continue
        given = [_cited(records[item.id]) for item in versions]
        if all(spans is not None for spans in given) and any(given):
            value = jaccard(given[0] or [], given[1] or [], golds[versions[0].id])
            found.update(dict.fromkeys((item.id for item in versions), value))
    return found


def jaccard(one: Sequence[Span], other: Sequence[Span], gold: Gold) -> float:
    """Return the Jaccard index of two lists of spans, alike as `parity` says; 1 of two empty ones."""
    parts = [{part for span in spans for part in parts_of(span, gold)} for spans in (one, other)]
    rest = [[span for span in spans if not parts_of(span, gold)] for spans in (one, other)]
    left = list(rest[1])
    shared = len(parts[0] & parts[1])
    for span in rest[0]:
        twin = next((place for place in left if overlaps(span, place)), None)
        if twin is not None:
            left.remove(twin)
            shared += 1
    total = len(parts[0]) + len(parts[1]) + len(rest[0]) + len(rest[1]) - shared
    return shared / total if total else 1.0


def _cited(record: Record) -> list[Span] | None:
    if record.answer is None:
        return None
    return [Span(c.article_id, c.start, c.end) for c in record.answer.citations]
