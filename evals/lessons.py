"""Lessons for the reader (`evals/fit_reader.py`): questions, with the sentences that the product found best for them.

Of `evals/dossier.jsonl` only the tuned part is learned from, never the third that is held out.
"""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from fit_silence import DEPTH, grade_of, kept_out
from numpy.typing import NDArray

from bot.chat import Bot
from bot.datamodels import Hit
from bot.evaluate.configuration import extractive
from bot.evaluate.item import Item
from bot.evaluate.outside import load_set
from bot.evaluate.questions import held_out, load, stem
from bot.evidence.candidate import heading
from bot.evidence.sentence import Sentence
from bot.evidence.weigh import sides
from bot.library import Library
from bot.question.asking import Asked, read_question
from bot.retrieve import Retriever, with_copies
from bot.settings import Settings
from index.store import Embedder

Floats = NDArray[np.float32]
MOST = 10
"""So many sentences of each language are a lesson."""
OUTSIDE, TWICE = 0.7, 2
"""What a lesson from elsewhere weighs, and how often the dossier's come."""
OVERLAP = 0.5
"""Of the shorter of the two, from which on a sentence is of the evidence."""


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


def dossier(paths: Sequence[Path], home: Path) -> Iterator[Lesson]:
    """Yield lessons of the questions to the shipped dossier that may be looked at and follow none."""
    items = [item for item in load(paths) if not item.follows and item.kind != "summary"]
    facts: dict[str, list[str]] = {}
    for item in items:
        facts.setdefault(stem(item.id), []).extend(fact.casefold() for some in item.answers for fact in some)
    settings = replace(extractive(), home=home)
    Bot.open(settings=settings).close()
    with closing(Library(home, settings)) as library:
        for item in items:
            if held_out(item.id):
                continue
            asked = read_question(item.question, None, "it", settings.max_question)
            found = _found(library, asked)
            right = [_told(item, sentence) for sentence in found]
            wrong = [
                not told and not any(fact in _text(sentence).casefold() for fact in facts[stem(item.id)])
                for told, sentence in zip(right, found, strict=True)
            ]
            answered = grade_of(item) == "answer"
            for lesson in _lesson(library.embedder, stem(item.id), 1.0, answered, asked, found, right, wrong):
                yield from [lesson] * TWICE


def outside(folder: Path, home: Path, documents: int | None) -> Iterator[Lesson]:
    """Yield lessons of a set from elsewhere."""
    given = load_set(folder)
    with closing(Library(home, Settings(home=home), create=True)) as library:
        kept = given.documents[:documents]
        indexed = library.store.entries()
        missing = [article for article in kept if article.id not in indexed]
        if missing:
            library.add(*missing)
        known = {article.id for article in kept}
        for query in given.queries:
            group = min(query.positives, default=query.id)
            if query.positives and not query.positives & known or kept_out(group):
                continue
            asked = Asked(query.text, query.text, query.language)
            found = _found(library, asked)
            home = [sentence.hit.article.id in query.positives for sentence in found]
            told = [any(one.casefold() in _text(sentence).casefold() for one in query.answers) for sentence in found]
            right = [here and (holds or not query.answers) for here, holds in zip(home, told, strict=True)]
            wrong = [not here and not holds for here, holds in zip(home, told, strict=True)]
            yield from _lesson(library.embedder, group, OUTSIDE, bool(query.positives), asked, found, right, wrong)


def _found(library: Library, asked: Asked) -> list[Sentence]:
    hits: list[Hit] = with_copies(
        Retriever(library.store, library.embedder).search(asked.text, asked.language, DEPTH, None)
    )
    found = sides(library.store, library.embedder, asked, hits) if hits else {}
    return [sentence for told, _ in found.values() for sentence in told[:MOST]]


def _text(sentence: Sentence) -> str:
    return sentence.hit.article.text[sentence.start : sentence.end]


def _told(item: Item, sentence: Sentence) -> bool:
    """Say whether a sentence is one of the evidence."""
    for evidence in item.evidence:
        article = sentence.hit.article
        at = article.text.find(evidence.quote) if evidence.article_id == article.id else -1
        shared = min(sentence.end, at + len(evidence.quote)) - max(sentence.start, at)
        if at >= 0 and shared >= OVERLAP * min(len(evidence.quote), sentence.end - sentence.start):
            return True
    return False


def _lesson(
    embedder: Embedder,
    group: str,
    weight: float,
    answered: bool,
    asked: Asked,
    found: Sequence[Sentence],
    right: Sequence[bool],
    wrong: Sequence[bool],
) -> Iterator[Lesson]:
    """Yield the lesson; nothing where there is nothing to be learned from what was found."""
    if not found or answered and not any(right):
        return
    spell = embedder.spell
    (question,) = spell([asked.text], question=True)
    spoken = [n for n, piece in enumerate(question.pieces) if any(map(str.isalnum, piece))]
    articles = [sentence.hit.article for sentence in found]
    texts = [_text(sentence) for sentence in found]
    heads = [heading(one.title, one.date, sentence.language) for one, sentence in zip(articles, found, strict=True)]
    parts, place, above = [], [], []
    for n, (text, head) in enumerate(zip(spell(texts), spell(heads), strict=True)):
        for spelt, over in ((text, 0.0), (head, 1.0)):
            parts.append(spelt.vectors.astype(np.float32))
            place += [n] * len(spelt.vectors)
            above += [over] * len(spelt.vectors)
    yield Lesson(
        group, weight, answered, question.vectors.astype(np.float32)[spoken or slice(None)], np.concatenate(parts),
        np.array(place), np.array(above, np.float32), np.array(right), np.array(wrong),
    )  # fmt: skip
