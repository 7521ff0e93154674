"""From what was read to the facts of a summary, in order: without a language model, by choosing sentences.

The half with a language model is in `written`: `Teller` is all that the rest asks for of either. Knows the material,
the wish and the index; nothing of numbers or layout.
"""

from collections import Counter
from collections.abc import Callable, Generator, Hashable, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from bot.datamodels import Usage
from bot.events import Withdrawn, Wrote
from bot.summarize.across import counterpart, others
from bot.summarize.choose import Pool, choose
from bot.summarize.dates import when, written
from bot.summarize.focus import about, relevance
from bot.summarize.material import Material
from bot.summarize.rank import centrality, closeness, importance, on_title, spread
from bot.summarize.sides import Sides, speaker
from bot.summarize.values import EXTRACTIVE, Sentence, Told, Working
from bot.summarize.wish import Shape, Wish, not_after
from index.store import Embedder, Store
from prompts import load

_FOREIGN = 0.3
_FOCUS = 0.65
_ROUNDS = 5
# What makes a dated sentence matter: central, on a day that many tell of, on the title, of a day and not a month.
_DATED = np.array([0.4, 0.25, 0.2, 0.15], dtype=np.float32)


Stop = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Notice:
    """A text in `prompts/` that the reader should see, by name, with what is filled in."""

    name: str
    values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Telling:
    """What a teller makes.

    Attributes:
        facts: in the order in which they are said.
        notices: what the reader should know.
        model: whose words they are; "extractive" where they are the sources' own.
        usage: what a model took.
        complete: whether all was read; False where it was stopped.
    """

    facts: tuple[Told, ...]
    notices: tuple[Notice, ...] = ()
    model: str = EXTRACTIVE
    usage: Usage = Usage()
    complete: bool = True


Events = Generator[Working | Wrote | Withdrawn, None, Telling]


class Teller(Protocol):
    """Makes the facts of a summary of what was read."""

    def wanted(self, wish: Wish) -> Callable[[Sentence], bool]:
        """Return which sentences are of use for a wish at all."""

    def tell(self, material: Material, wish: Wish, language: str, stop: Stop) -> Events:
        """Make the facts of a summary, which are returned; the events say how far it is."""


class Extractive:
    """Tells with the sources' own sentences.

    Args:
        store: where the same fact is sought in the language asked.
        embedder: of the focus.
    """

    def __init__(self, store: Store, embedder: Embedder) -> None:
        self._store = store
        self._embedder = embedder

    def wanted(self, wish: Wish) -> Callable[[Sentence], bool]:
        """Return which sentences are of use: dated ones for a timeline, reported words for the sides."""
        if wish.shape is Shape.TIMELINE:
            return lambda s: _within(s, wish)
        if wish.shape is Shape.SIDES:
            return lambda s: bool(speaker(s.flat, s.language))
        return lambda s: True

    def tell(self, material: Material, wish: Wish, language: str, stop: Stop) -> Events:
        """Return the facts of a summary; none where nothing in the material is of use for its shape. No events."""
        yield from ()
        sentences = material.sentences
        if not sentences:
            return Telling(())
        pool, notices = self._pool(material, sentences, wish, language)
        if not pool.sentences:
            return Telling(())
        facts = self._facts(pool, wish, language)
        if any(fact.original for fact in facts):
            notices = (*notices, Notice("summary.original"))
        return Telling(tuple(ordered(facts, wish.shape, language, sentences)), notices)

    def _pool(
        self, material: Material, sentences: Sequence[Sentence], wish: Wish, language: str
    ) -> tuple[Pool, tuple[Notice, ...]]:
        sides = Sides(sentences)
        alike = closeness(sentences)
        dated = wish.shape is Shape.TIMELINE
        scores = _dated(sentences, alike) if dated else importance(sentences, alike, wish.one_line)
        foreign = np.array([s.language != language for s in sentences])
        loss = np.float32(_FOREIGN) * foreign * (not foreign.all())
        scores = scores - loss
        pool = Pool(sentences, scores, alike, material.thirds, [_group(s, wish.shape, sides) for s in sentences])
        if wish.shape is Shape.SIDES:
            pool = _part(pool, [n for n, group in enumerate(pool.groups) if group])
        if not wish.focus or not pool.sentences:
            return pool, ()
        relevant = relevance(self._store, self._embedder, wish.focus, language, pool.sentences)
        kept = about(relevant)
        if not kept:
            return pool, (Notice("summary.no_focus", {"focus": wish.focus}),)
        away = np.float32(_FOREIGN) * np.array([s.language != language for s in pool.sentences]) * bool(loss.any())
        scores = (1 - _FOCUS) * pool.scores + _FOCUS * (relevant - away)
        focused = replace(pool, scores=scores.astype(np.float32))
        return _part(focused, kept), ()

    def _facts(self, pool: Pool, wish: Wish, language: str) -> list[Told]:
        """Choose, and say each fact in the language asked; what turns out to be told already makes room for more."""
        apart: frozenset[int] = frozenset()
        facts: list[Told] = []
        for _ in range(_ROUNDS):
            chosen = choose(pool, wish.length, wish.one_line, apart)
            facts, doubled = self._told(pool, chosen, language)
            if not doubled:
                break
            apart |= doubled
        return facts

    def _told(self, pool: Pool, chosen: Sequence[int], language: str) -> tuple[list[Told], frozenset[int]]:
        facts: list[Told] = []
        spans: set[tuple[str, int]] = set()
        doubled: set[int] = set()
        for n in chosen:
            sentence = pool.sentences[n]
            foreign = sentence.language != language
            found = counterpart(self._store, sentence, language) if foreign else None
            said = found or sentence
            if (said.article.id, said.start) in spans:
                doubled.add(n)
                continue
            also = others(said, pool.sentences)
            if found is not None and all(s is not sentence for s in also):
                also = (sentence, *also)
            spans |= {(s.article.id, s.start) for s in (said, *also)}
            facts.append(Told(said, also, original=foreign and found is None))
        return facts, frozenset(doubled)


def _within(sentence: Sentence, wish: Wish) -> bool:
    """Say whether a sentence tells something dated, in the time that is asked for."""
    dated = when(sentence.text, sentence.article.date)
    if dated is None or (wish.since and not not_after(wish.since, dated.iso)):
        return False
    return not wish.until or not_after(dated.iso, wish.until)


def _dated(sentences: Sequence[Sentence], alike: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return how much each sentence matters to a timeline: central in meaning, on a day that many tell of."""
    days = [dated.iso if (dated := when(s.text, s.article.date)) else "" for s in sentences]
    told = Counter(days)
    often = spread(np.log1p(np.array([told[day] for day in days], dtype=np.float32)))
    exact = np.array([float(len(day) == 10) for day in days], dtype=np.float32)
    parts = (centrality(alike), often, on_title(sentences), exact)
    found: NDArray[np.float32] = np.stack(parts, axis=1) @ _DATED
    return found


def _group(sentence: Sentence, shape: Shape, sides: Sides) -> Hashable:
    if shape is Shape.SIDES:
        return sides.label(sentence, "en")
    if shape is Shape.TIMELINE:
        dated = when(sentence.text, sentence.article.date)
        return dated.iso if dated else ""
    return (sentence.article.id, sentence.paragraph)


def _part(pool: Pool, kept: Sequence[int]) -> Pool:
    """Return the part of a pool that is about something; its own thirds count."""
    places = np.array(kept)
    return Pool(
        [pool.sentences[n] for n in kept],
        pool.scores[places],
        pool.alike[np.ix_(places, places)],
        [3 * n // len(kept) for n in range(len(kept))],
        [pool.groups[n] for n in kept],
    )


def ordered(facts: list[Told], shape: Shape, language: str, sentences: Sequence[Sentence]) -> list[Told]:
    """Return facts with their labels, in the order of a shape; what has no date, or no side, is left out."""
    if shape is Shape.TIMELINE:
        return _by_date(facts, language)
    if shape is Shape.SIDES:
        sides = Sides([*sentences, *(fact.said for fact in facts)])
        named = [replace(fact, label=label) for fact in facts if (label := _side(fact, sides, language))]
        order = list(dict.fromkeys(fact.label for fact in named))
        return sorted(named, key=lambda fact: order.index(fact.label))
    return facts


def _side(fact: Told, sides: Sides, language: str) -> str:
    return next(filter(None, (sides.label(one, language) for one in (fact.said, *fact.also))), "")


def _by_date(facts: list[Told], language: str) -> list[Told]:
    dated = [(next(filter(None, (when(s.text, s.article.date) for s in (fact.said, *fact.also))), None), fact)
             for fact in facts]  # fmt: skip
    known = sorted(((day, fact) for day, fact in dated if day is not None), key=lambda pair: pair[0].iso)
    certain = {day.iso for day, _ in known if day.certain}
    lines = []
    for day, fact in known:
        label = written(day.iso, language)
        if day.iso not in certain:
            label = load("summary.inferred", language).fill(date=label, words=day.words)
        lines.append(replace(fact, label=label))
    return lines
