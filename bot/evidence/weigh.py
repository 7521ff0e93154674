"""What the hits say on a question: their sentences, scored, and how sure it is that they answer.

The bridge between the retriever and the scores of `sentences` and `silence`; knows nothing of wording.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bot.datamodels import Hit, State
from bot.evidence.apart import apart
from bot.evidence.before import Before, told_before
from bot.evidence.candidate import Candidate
from bot.evidence.late import Meeting
from bot.evidence.reader import Reader
from bot.evidence.roles import roles, straight
from bot.evidence.sentence import Sentence
from bot.evidence.sentences import score
from bot.evidence.silence import Verdict, joint, judge, silenced
from bot.evidence.twins import agreed, told_in_both
from bot.question.analyse import Question, analyse
from bot.question.asking import Asked
from index.lexical import Lexical
from index.store import Embedder, Store

# Added to the score of a sentence that tells plainly what the first did to the second.
_STRAIGHT = 2.5
# Of so many things compared something must be told, or nothing is set against anything.
_COMPARED = 2
# For each date, number or name of the question that a sentence lacks, up to so many.
_LACKING, _MOST = 0.3, 3


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the hits say on a question.

    Attributes:
        question: taken apart.
        sentences: best first, each once.
        state: whether they answer.
        probability: that they do, 0 to 1.
        missing: words of the question that they do not cover.
        others: sentences in the other language, where `sentences` are of one only; they may tell the same.
        apart: of a comparison, what the hits say on each thing compared that they answer; empty where it is not taken
            apart, or not answered so.
    """

    question: Question
    sentences: tuple[Sentence, ...]
    state: State
    probability: float
    missing: tuple[str, ...]
    others: tuple[Sentence, ...] = ()
    apart: tuple["Evidence", ...] = ()


Vectors = Mapping[str, NDArray[np.float32]]
"""The vectors of the sentences of passages, by their keys."""

Side = tuple[tuple[Sentence, ...], Verdict]
"""The sentences of one language, best first and each once, and whether they answer."""


def weigh(store: Store, embedder: Embedder, asked: Asked, hits: Sequence[Hit]) -> Evidence:
    """Score the sentences of hits and decide whether they answer.

    The passages of each language are asked by themselves, and what the other one holds about the same makes a sentence
    stand out. Where both tell the same, both decide together, so that a question gets one decision in whatever
    language it is asked; else those in the reader's language answer if they can, and if not the others.

    Args:
        store: where the vectors of the sentences are.
        embedder: of the question.
        asked: the question.
        hits: at least one, best first.
    """
    vectors = store.sentence_vectors(hit.passage.key for hit in hits)
    whole = _whole(store, embedder, asked, hits, vectors)
    parts = apart(asked.text, asked.language)
    if not parts:
        return whole
    each = [_whole(store, embedder, replace(asked, text=part), hits, vectors) for part in parts]
    return _compared(whole, each)


def _compared(whole: Evidence, each: Sequence[Evidence]) -> Evidence:
    """Return what the hits say on a comparison: on each thing by itself, if that answers more of it than the whole."""
    told = tuple(one for one in each if not one.state.silent)
    if len(told) < _COMPARED:
        return whole
    lacking = [one for one in each if one.state.silent]
    probability = min(one.probability for one in told)
    missing = tuple(dict.fromkeys(name for one in lacking for name in _own(one.question, each)))
    state = State.PARTLY if missing else State.ANSWERED
    return replace(whole, state=state, probability=probability, missing=missing, apart=told)


def _own(question: Question, each: Sequence[Evidence]) -> Iterator[str]:
    """Yield the names that only one of the questions has."""
    for name in question.names:
        if sum(name in one.question.names for one in each) == 1:
            yield name


def _whole(store: Store, embedder: Embedder, asked: Asked, hits: Sequence[Hit], vectors: Vectors) -> Evidence:
    question = analyse(asked.text, asked.language)
    found = _sides(store, embedder, asked, hits, vectors)
    if len(found) < 2:
        return _evidence(question, *next(iter(found.values())))
    here, verdict = found[asked.language]
    there, other = next(side for language, side in found.items() if language != asked.language)
    if told_in_both(here, there):
        return _evidence(question, agreed(here, there), joint(verdict, other), there)
    if not verdict.state.silent:
        return _evidence(question, agreed(here, there), verdict, there)
    if not other.state.silent:
        return _evidence(question, agreed(there, here), other, here)
    if verdict.probability >= other.probability:
        return _evidence(question, agreed(here, there), silenced(verdict, other), there)
    return _evidence(question, agreed(there, here), silenced(other, verdict), here)


def sides(
    store: Store, embedder: Embedder, asked: Asked, hits: Sequence[Hit], reader: Reader | None = None
) -> dict[str, Side]:
    """Return, by language, what its hits say: their sentences, best first, and whether they answer.

    Args:
        store: where the vectors of the sentences are.
        embedder: of the question.
        asked: the question.
        hits: at least one, best first.
        reader: reads the best sentences; the one that ships, if None.
    """
    return _sides(store, embedder, asked, hits, store.sentence_vectors(hit.passage.key for hit in hits), reader)


def _sides(
    store: Store,
    embedder: Embedder,
    asked: Asked,
    hits: Sequence[Hit],
    vectors: Vectors,
    reader: Reader | None = None,
) -> dict[str, Side]:
    question = analyse(asked.text, asked.language)
    before = told_before(asked, hits, vectors)
    vector = embedder.queries([asked.text])[0]
    words, meeting = store.words(), Meeting(embedder, question, reader)
    by_language: dict[str, list[Hit]] = {}
    for hit in hits:
        by_language.setdefault(hit.passage.chunk.language, []).append(hit)
    return {
        language: _weigh(question, vector, vectors, words, meeting, found, before)
        for language, found in by_language.items()
    }


def _evidence(
    question: Question, sentences: tuple[Sentence, ...], verdict: Verdict, others: tuple[Sentence, ...] = ()
) -> Evidence:
    return Evidence(question, sentences, verdict.state, verdict.probability, verdict.missing, others)


def _weigh(
    question: Question,
    vector: NDArray[np.float32],
    vectors: Vectors,
    words: Lexical,
    meeting: Meeting,
    hits: Sequence[Hit],
    before: Before,
) -> Side:
    """Return the sentences of some hits, best first and each once, and whether they answer."""
    candidates = [_candidate(hit, vectors[hit.passage.key] @ vector) for hit in hits]
    scored = score(question, candidates, words, before, meeting.closeness)
    verdict = judge(question, candidates, scored, words, before)
    by_key = {hit.passage.key: hit for hit in hits}
    who = roles(question)
    found: dict[tuple[str, int, int], Sentence] = {}
    for one in scored:
        hit = by_key[one.key]
        start, end = hit.passage.chunk.sentences[one.n]
        language = hit.passage.chunk.language
        worth = one.score - _LACKING * min(_MOST, len(one.unmet))
        worth += _STRAIGHT * straight(who, hit.article.text[start:end], language) if who else 0.0
        sentence = Sentence(hit, start, end, language, worth, vectors[one.key][one.n])
        span = (hit.article.id, start, end)
        if span not in found or found[span].score < sentence.score:
            found[span] = sentence
    return tuple(sorted(found.values(), key=lambda sentence: -sentence.score)), verdict


def _candidate(hit: Hit, cosines: NDArray[np.float32]) -> Candidate:
    chunk = hit.passage.chunk
    return Candidate(
        key=hit.passage.key,
        text=hit.text,
        language=chunk.language,
        sentences=tuple(hit.article.text[start:end] for start, end in chunk.sentences),
        cosine=hit.cosine,
        sentence_cosines=tuple(float(cosine) for cosine in cosines),
        score=hit.score,
        lexical=hit.lexical,
        title=hit.article.title,
        date=hit.article.date,
    )
