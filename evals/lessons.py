"""Lessons for the reader (`evals/fit_reader.py`): questions, and sentences that the product found best for them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from posed import ANSWER, Posed

from bot.evaluate.gold import Span, parts_of
from bot.evaluate.item import Item
from bot.evidence.candidate import heading
from bot.evidence.late import spoken
from bot.evidence.sentence import Sentence
from bot.evidence.weigh import sides

Floats = NDArray[np.float32]
MOST = 10
"""So many sentences of each language are a lesson."""
OUTSIDE, TWICE = 0.7, 2
"""What a lesson from elsewhere weighs, and how often the dossier's come."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A question, and sentences that may answer it.

    Attributes:
        group: keeps both languages of a pair, or all questions of a passage, in one fold.
        weight: of the lesson.
        answered: whether the sources answer it.
        question: (tokens, dimensions) of its tokens.
        texts: (tokens, dimensions) of the tokens of all sentences, and of what stands above each.
        place: (tokens,), which sentence each is of.
        above: (tokens,), 1 where it stands above.
        right: (sentences,), whether it is of the evidence.
        wrong: (sentences,), whether it surely does not answer.
    """

    group: str
    weight: float
    answered: bool
    question: Floats
    texts: Floats
    place: NDArray[np.int64]
    above: Floats
    right: NDArray[np.bool_]
    wrong: NDArray[np.bool_]


def lessons(posed: Iterable[Posed]) -> Iterator[Lesson]:
    """Yield the lessons of questions; none of one from which nothing is to be learned."""
    for one in posed:
        told = sides(one.library.store, one.library.embedder, one.asked, one.hits)
        found = [sentence for some, _ in told.values() for sentence in some[:MOST]]
        said = [any(fact in _text(sentence).casefold() for fact in one.facts) for sentence in found]
        if isinstance(one.about, Item):
            spans = [Span(sentence.hit.article.id, sentence.start, sentence.end) for sentence in found]
            right = [bool(parts_of(span, one.gold)) for span in spans]
            wrong = [not told and not holds for told, holds in zip(right, said, strict=True)]
            yield from _lessons_of(one, found, right, wrong) * TWICE
        else:
            at_home = [sentence.hit.article.id in one.about.positives for sentence in found]
            right = [here and (holds or not one.facts) for here, holds in zip(at_home, said, strict=True)]
            wrong = [not here and not holds for here, holds in zip(at_home, said, strict=True)]
            yield from _lessons_of(one, found, right, wrong)


def _text(sentence: Sentence) -> str:
    return sentence.hit.article.text[sentence.start : sentence.end]


def _lessons_of(posed: Posed, found: Sequence[Sentence], right: Sequence[bool], wrong: Sequence[bool]) -> list[Lesson]:
    """Return the one lesson of a question; none where there is nothing to be learned from what was found."""
    answered = posed.grade == ANSWER
    if not found or answered and not any(right):
        return []
    spell = posed.library.embedder.spell
    (question,) = spell([posed.asked.text], question=True)
    articles = [sentence.hit.article for sentence in found]
    heads = [heading(one.title, one.date, sentence.language) for one, sentence in zip(articles, found, strict=True)]
    parts, place, above = [], [], []
    for n, (text, head) in enumerate(zip(spell([_text(one) for one in found]), spell(heads), strict=True)):
        for spelt, over in ((text, 0.0), (head, 1.0)):
            parts.append(spelt.vectors.astype(np.float32))
            place += [n] * len(spelt.vectors)
            above += [over] * len(spelt.vectors)
    weight = 1.0 if isinstance(posed.about, Item) else OUTSIDE
    return [
        Lesson(
            posed.group, weight, answered, question.vectors.astype(np.float32)[spoken(question.pieces)],
            np.concatenate(parts), np.array(place), np.array(above, np.float32), np.array(right), np.array(wrong),
        )
    ]  # fmt: skip
