"""Which sentences make the answer: few, each fact once, in reading order.

Knows scored sentences; nothing of how they were scored or of how the answer is worded.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.answer.rivals import rival
from bot.evidence.lacking import sets_against
from bot.evidence.sentence import Sentence
from bot.evidence.twins import about, rendering, support
from bot.evidence.weigh import Evidence
from bot.question.analyse import Question
from bot.question.kinds import Kind
from index.analysis import terms

MOST = 4
_OTHERWISE, _EACH = 2, 2
# How far behind the best sentence another is still worth saying, as a share of the way down to the mean of all.
_WORTH, _WORTH_SHORT, _WORTH_WIDE = 0.2, 0.14, 0.4
# Cosine of two sentences (mE5, passage and passage) from which on they may tell the same fact.
_SAME = 0.93
_ALIKE = 0.90
# A line that neither ends like a sentence nor is as long as one is a heading.
_ENDED = re.compile(r"[.!?…][”»\"')\]]*$")
_LINE = 10
_SHORT = frozenset({Kind.WHO, Kind.WHEN, Kind.WHERE, Kind.HOW_MANY, Kind.HOW_MUCH, Kind.HOW_LONG, Kind.YES_NO})
_SEVERAL = frozenset({Kind.TOPIC, Kind.LIST})
_COUNTING = frozenset({Kind.HOW_MANY, Kind.HOW_MUCH, Kind.HOW_LONG})


@dataclass(frozen=True, slots=True)
class Choice:
    """What is said.

    Attributes:
        groups: in reading order; the first sentence of each is said, the others tell the same and are cited with it.
        differ: whether the groups give several figures for what was asked.
    """

    groups: tuple[tuple[Sentence, ...], ...]
    differ: bool = False


def choose(evidence: Evidence, language: str) -> Choice:
    """Choose the sentences of an answer.

    Args:
        evidence: with at least one sentence, best first.
        language: of the answer; of quotes in another one there are two at most.
    """
    if evidence.apart:
        return _each(evidence.apart, language)
    pool = _told(evidence.sentences)
    few = evidence.question.kind in _SHORT - _COUNTING or pool[0].language != language
    return _chosen(pool, evidence, language, 2 if few else MOST, _worth(evidence.question))


def _chosen(pool: Sequence[Sentence], evidence: Evidence, language: str, most: int, worth: float) -> Choice:
    """Return at most so many of the best of some sentences, none farther behind the first than is worth saying."""
    groups: list[list[Sentence]] = []
    mean = sum(sentence.score for sentence in pool) / len(pool)
    floor = pool[0].score - worth * (pool[0].score - mean)
    for sentence in pool:
        if sentence.score < floor:
            break
        same = next((group for group in groups if _same(group[0], sentence)), None)
        if same is not None:
            if sentence.hit.article.id not in {s.hit.article.id for s in same}:
                same.append(sentence)
        elif len(groups) < most and not any(_repeats(group[0], sentence, evidence.question) for group in groups):
            groups.append([sentence])
    ordered = _reading_order(_in_language(groups, evidence.others, language))
    otherwise = _otherwise(ordered, evidence)
    differ = bool(otherwise) or _differ(evidence.question, ordered)
    return Choice(tuple(tuple(group) for group in (*ordered, *otherwise)), differ)


def _each(apart: Sequence[Evidence], language: str) -> Choice:
    """Return the best of what is said on each thing that is compared, in their order; what both tell, once."""
    found: list[tuple[Sentence, ...]] = []
    for evidence in apart:
        said = {(s.hit.article.id, s.start) for group in found for s in group}
        left = [s for s in evidence.sentences if (s.hit.article.id, s.start) not in said]
        groups = _chosen(_told(left), evidence, language, _EACH, _WORTH_WIDE).groups if left else ()
        found += [group for group in groups if not any((s.hit.article.id, s.start) in said for s in group)]
    return Choice(tuple(found))


def _worth(question: Question) -> float:
    """Return how far behind the best sentence another may be: little where one fact is asked for, far where several."""
    if question.kind in _SEVERAL or sets_against(question):
        return _WORTH_WIDE
    return _WORTH_SHORT if question.kind in _SHORT - _COUNTING else _WORTH


def _in_language(groups: list[list[Sentence]], others: Sequence[Sentence], language: str) -> list[list[Sentence]]:
    """Return groups with their twins in the other language, and said in the reader's where the best of them can be."""
    if groups[0][0].language == language:
        supports = [support(group[0], others) for group in groups]
        return [[*group, *([other] if other else [])] for group, other in zip(groups, supports, strict=True)]
    said = [rendering(group[0], others) for group in groups]
    if said[0] is None:
        return groups
    return [[other, *group] for group, other in zip(groups, said, strict=True) if other]


def _otherwise(groups: list[list[Sentence]], evidence: Evidence) -> list[list[Sentence]]:
    """Return sentences of the other language that give other figures for what the first group tells."""
    if evidence.question.kind not in _COUNTING:
        return []
    first, found = groups[0][0], list[Sentence]()
    said = {(s.hit.article.id, s.start) for group in groups for s in group}
    for other in evidence.others:
        if other.language == first.language or (other.hit.article.id, other.start) in said or not about(first, other):
            continue
        if all(rival(one, other, evidence.question) for one in (first, *found)):
            found.append(other)
    return [[other] for other in found[:_OTHERWISE]]


def _told(sentences: Sequence[Sentence]) -> Sequence[Sentence]:
    """Return the sentences that say something; headings and lists of names only where there is nothing else."""
    told = [s for s in sentences if _ENDED.search(s.text) or len(s.text.split()) >= _LINE]
    return told or sentences


def _same(one: Sentence, other: Sentence) -> bool:
    """Say whether another sentence supports all that one says: alike as a whole, with the same figures and names."""
    if one.language != other.language or float(one.vector @ other.vector) < _SAME:
        return False
    return _figures(one.text) == _figures(other.text) and _names(one.text) <= _names(other.text)


def _repeats(one: Sentence, other: Sentence, question: Question) -> bool:
    """Say whether another sentence tells nothing new: its words are nearly all in the first, and no figure differs."""
    if float(one.vector @ other.vector) < _ALIKE or rival(one, other, question):
        return False
    said, new = set(terms(one.text, one.language)), set(terms(other.text, other.language))
    return len(new - said) <= 0.34 * len(new)


def _reading_order(groups: list[list[Sentence]]) -> list[list[Sentence]]:
    """Order groups by article, the one of the best sentence first, then as they stand in it."""
    order: dict[str, int] = {}
    for group in groups:
        order.setdefault(group[0].hit.article.id, len(order))
    return sorted(groups, key=lambda group: (order[group[0].hit.article.id], group[0].start))


def _differ(question: Question, groups: list[list[Sentence]]) -> bool:
    """Say whether two articles, or two sentences, give different figures for what is counted."""
    if question.kind not in _COUNTING or len(groups) < 2:
        return False
    first, second = groups[0][0], groups[1][0]
    if float(first.vector @ second.vector) < _ALIKE:
        return False
    one, other = _quantities(first.text), _quantities(second.text)
    return (bool(one and other) and not one & other) or rival(first, second, question)


def _figures(text: str) -> frozenset[str]:
    return frozenset(term for term in terms(text, "en") if term[:1].isdigit())


def _quantities(text: str) -> frozenset[str]:
    """Return the figures of a text that are neither years nor days of a month."""
    return frozenset(figure for figure in _figures(text) if not re.fullmatch(r"(?:19|20)\d\d|[12]?\d|3[01]", figure))


def _names(text: str) -> frozenset[str]:
    """Return the words with a capital letter, but for the first, which has one anyway."""
    return frozenset(re.findall(r"(?<!^)(?<![.!?] )\b[A-ZÀ-Þ][\w’'-]+", text))
