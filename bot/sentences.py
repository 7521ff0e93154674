"""Which sentences of the passages found answer the question: one score for each, from a few signals that can be read.

Cosines with the question, the question's words covered (in the sentence, in what stands before it, in the other language), and
whether the sentence holds the sort of thing that is asked for. A linear model weighs them. Knows nothing of where passages come
from, and does not decide whether to answer.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache

from bot.answer_type import evidence
from bot.matching import Wanted, Words, forms, held, read, share, share_given, together, want
from bot.questions import Question
from index.analysis import fold

_BAND = 0.05
_DANGLING = {
    "it": frozenset("egli ella esso essa essi esse lui lei loro questo questa questi queste quello quella cio suo sua suoi sue".split()),
    "en": frozenset("he she it they this that these those his her their its".split()),
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that was found for a question.

    Attributes:
        key: names the passage.
        text: of the passage.
        language: of the passage, "it" or "en".
        sentences: its sentences, in order.
        cosine: of the question and the passage.
        sentence_cosines: of the question and each sentence; empty where unknown.
        score: of the retriever, fused.
        lexical: of the question's words in the passage (BM25).
        title: of its article.
    """

    key: str
    text: str
    language: str
    sentences: tuple[str, ...]
    cosine: float
    sentence_cosines: tuple[float, ...]
    score: float
    lexical: float
    title: str = ""


@dataclass(frozen=True, slots=True)
class Features:
    """What is known of one sentence, each about 0 to 1 (differences from the best: -1 to 0).

    Attributes:
        cosine: of question and sentence, less the best in the pool, in units of the band in which e5 cosines lie.
        passage: the same for the passage.
        lexical: the passage's lexical score, as a share of the best in the pool.
        covered: weighted share of the question's words in the sentence.
        lead: the same less the best in its passage.
        context: share of the words that only the title, the sentence before or the passage's first sentence hold.
        names: share of the question's names and numbers in the sentence.
        evidence: whether it holds the sort of thing asked for.
        brief: whether it is too short to say anything.
        dangling: whether it begins with a pronoun.
        first: whether it opens its passage.
    """

    cosine: float
    passage: float
    lexical: float
    covered: float
    lead: float
    context: float
    names: float
    evidence: float
    brief: float
    dangling: float
    first: float


@dataclass(frozen=True, slots=True)
class Scored:
    """A sentence and how well it answers.

    Attributes:
        key: of its passage.
        n: its place in the passage, from 0.
        score: higher is better; comparable within one question.
        features: what the score rests on.
        held: how well it covers each unit of the question, 0 to 1, in the order of `bot.matching.want`.
    """

    key: str
    n: int
    score: float
    features: Features
    held: tuple[float, ...]


WEIGHTS = Features(
    cosine=1.8, passage=1.0, lexical=1.0, covered=2.8, lead=2.4, context=1.6, names=-1.2, evidence=1.8, brief=0.0, dangling=0.0, first=0.0
)
"""How much each feature counts."""

_NAMES = tuple(field.name for field in fields(Features))


def score(
    question: Question, candidates: Sequence[Candidate], words: Words | None = None
) -> list[Scored]:
    """Score the sentences of the passages found for a question.

    Args:
        question: as analysed.
        candidates: the passages, in any order.
        words: of the index (`Store.words()`); without it all words of the question weigh the same.

    Returns:
        One entry for each sentence, in the order of candidates and sentences.
    """
    wanted = want(question, [candidate.language for candidate in candidates], words)
    pool = _Pool.of(candidates)
    return [
        Scored(candidate.key, n, weigh(features), features, covers)
        for candidate in candidates
        for n, (features, covers) in enumerate(_features(question, candidate, wanted[candidate.language], pool))
    ]


def best(scored: Sequence[Scored], n: int = 3) -> list[Scored]:
    """Return the n sentences that answer best, best first."""
    return sorted(scored, key=lambda one: -one.score)[:n]


def weigh(features: Features) -> float:
    """Return the score of a sentence."""
    return sum(getattr(WEIGHTS, name) * getattr(features, name) for name in _NAMES)


@dataclass(frozen=True, slots=True)
class _Pool:
    """The best of everything found, against which each is measured."""

    sentence: float
    passage: float
    lexical: float

    @classmethod
    def of(cls, candidates: Sequence[Candidate]) -> "_Pool":
        cosines = [cosine for candidate in candidates for cosine in candidate.sentence_cosines]
        return cls(
            max(cosines, default=0.0),
            max((candidate.cosine for candidate in candidates), default=0.0),
            max((candidate.lexical for candidate in candidates), default=0.0),
        )


def _features(
    question: Question, candidate: Candidate, wanted: Sequence[Wanted], pool: _Pool
) -> Iterator[tuple[Features, tuple[float, ...]]]:
    """Yield, for each sentence, its features and how well it covers each unit."""
    language = candidate.language
    texts = [read(sentence, language) for sentence in candidate.sentences]
    rows = [held(wanted, text) for text in texts]
    title = held(wanted, read(candidate.title, language))
    covered = [share(wanted, row) for row in rows]
    said, focus = forms(wanted), forms((one for one in wanted if one.focus), 0.0)
    for n, sentence in enumerate(candidate.sentences):
        around = together(rows[n], rows[0], rows[max(0, n - 1)], title)
        cosine = candidate.sentence_cosines[n] if candidate.sentence_cosines else pool.sentence
        features = Features(
            cosine=max(-4.0, (cosine - pool.sentence) / _BAND),
            passage=max(-4.0, (candidate.cosine - pool.passage) / _BAND),
            lexical=candidate.lexical / pool.lexical if pool.lexical > 0 else 0.0,
            covered=covered[n],
            lead=covered[n] - max(covered),
            context=share(wanted, around) - covered[n],
            names=share_given(wanted, rows[n]) or 0.0,
            evidence=evidence(question.expected, sentence, language, said, focus),
            brief=float(len(texts[n].known) < 4),
            dangling=float(_dangles(sentence, language)),
            first=float(n == 0),
        )
        yield features, rows[n]


@lru_cache(maxsize=4096)
def _dangles(sentence: str, language: str) -> bool:
    first = fold(sentence.lstrip(" \"'«“(").split(" ", 1)[0]).strip(",.;:'")
    return first in _DANGLING.get(language, frozenset())
