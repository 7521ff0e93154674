"""Which sentences of the passages found answer the question: one score for each, from a few signals that can be read.

Cosines with the question, the question's words covered (in the sentence, in what stands before it, in the other
language), and whether the sentence holds the sort of thing that is asked for. A linear model weighs them; the best few
are then held against the question token by token. Knows nothing of where passages come from, and does not decide
whether to answer.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace

from bot.datamodels import Reason
from bot.evidence.before import NOTHING, Before
from bot.evidence.candidate import Candidate
from bot.evidence.doing import another, asks_speaker, doing, no_persons
from bot.evidence.lacking import lacking
from bot.evidence.late import Closeness
from bot.evidence.matching import Wanted, Words, forms, held, read, share, share_plain, together, want
from bot.evidence.roles import roles, turned
from bot.question.analyse import Question
from bot.question.answer_type import evidence
from bot.question.kinds import Expected

_BAND = 0.05
CHECKED = 5
"""Of how many of the best sentences the facts are checked."""

MET, CLOSE = 5, 58.0
"""How many of the best sentences are held against the question token by token, and what a closer one gains."""

Meet = Callable[[Sequence[tuple[str, str]]], Sequence[Closeness] | None]
"""How close sentences come to the question's tokens; None where the embedder shows none (`bot.evidence.late`)."""

TURNED = 6.0
"""What a sentence loses that tells of another what is asked of somebody, or what the second did to the first."""

# Of so many of the best sentences it is asked who does what.
_DEEDS = 12
# What a sentence without a date is worth as evidence where a date is asked for.
_UNDATED = -0.4
# From this share on a word counts as held.
_HELD = 0.5

CROSSING = 0.054
"""What a cosine of mE5 loses, on average, where question and text are in two languages."""


@dataclass(frozen=True, slots=True)
class Features:
    """What is known of one sentence, each about 0 to 1 (differences from the best: -1 to 0).

    Attributes:
        cosine: of question and sentence, less the best in the pool, in units of the band in which e5 cosines lie.
        passage: the same for the passage.
        lexical: the passage's lexical score, as a share of the best in the pool.
        covered: weighted share of the question's words in the sentence.
        plain: the same of the words that are neither names nor numbers; a name is often left to a pronoun.
        context: share of the words that only the title, the sentence before or the passage's first sentence hold.
        evidence: whether it holds the sort of thing asked for.
        near: how near it stands to what was told just before, where the question leans on that.
    """

    cosine: float
    passage: float
    lexical: float
    covered: float
    plain: float
    context: float
    evidence: float
    near: float = 0.0


@dataclass(frozen=True, slots=True)
class Scored:
    """A sentence and how well it answers.

    Attributes:
        key: of its passage.
        n: its place in the passage, from 0.
        score: higher is better; comparable within one question.
        features: what the score rests on.
        held: how well it covers each unit of the question, 0 to 1, in the order of `bot.evidence.matching.want`.
        unmet: dates, numbers and names of the question that it, the sentence before, and the title and date of the
            article lack between them; only sought where it is among the best.
        turned: whether it tells of another what the question asks of somebody, or has its two names the other way
            round; `score` is lower by `TURNED` for it.
        close: how close it comes to the question's tokens; only sought where it is among the best.
    """

    key: str
    n: int
    score: float
    features: Features
    held: tuple[float, ...]
    unmet: tuple[Reason, ...] = ()
    turned: bool = False
    close: Closeness | None = None


WEIGHTS = Features(cosine=1.75, passage=2.5, lexical=3.0, covered=2.8, plain=2.6, context=2.7, evidence=2.5, near=2.0)
"""How much each feature counts: fitted (softmax over the sentences of a passage, and of ten passages) and rounded."""

_NAMES = tuple(field.name for field in fields(Features))


def score(
    question: Question,
    candidates: Sequence[Candidate],
    words: Words | None = None,
    before: Before = NOTHING,
    meet: Meet | None = None,
) -> list[Scored]:
    """Score the sentences of the passages found for a question.

    Args:
        question: as analysed.
        candidates: the passages, in any order.
        words: of the index (`Store.words()`); without it all words of the question weigh the same.
        before: what was told just before, where the question leans on it.
        meet: holds sentences against the question's tokens.

    Returns:
        One entry for each sentence, in the order of candidates and sentences.
    """
    wanted = want(question, [candidate.language for candidate in candidates], words)
    pool = _Pool.of(question, candidates)
    scored = [
        Scored(candidate.key, n, weigh(features), features, covers)
        for candidate in candidates
        for n, (features, covers) in enumerate(_features(question, candidate, wanted[candidate.language], pool, before))
    ]
    by_key = {candidate.key: candidate for candidate in candidates}
    met = _met(by_key, _of_another(question, by_key, scored), meet)
    return _held_against(question, by_key, met, before)


def _met(candidates: Mapping[str, Candidate], scored: Sequence[Scored], meet: Meet | None) -> list[Scored]:
    """Return the sentences, the best of them moved by how close they come to the question's tokens."""
    if meet is None or not scored:
        return list(scored)
    top = best(scored, MET)
    met = meet([(candidates[one.key].sentences[one.n], candidates[one.key].heading) for one in top])
    if met is None:
        return list(scored)
    by_place = {(one.key, one.n): closeness for one, closeness in zip(top, met, strict=True)}
    first = max(closeness.mean for closeness in met)
    # What is not looked at is taken for as far as the farthest, so that nothing overtakes by not being looked at.
    last = min(closeness.mean for closeness in met)

    def moved(one: Scored) -> Scored:
        closeness = by_place.get((one.key, one.n))
        mean = closeness.mean if closeness is not None else last
        return replace(one, score=one.score + CLOSE * (mean - first), close=closeness)

    return [moved(one) for one in scored]


def _of_another(question: Question, candidates: Mapping[str, Candidate], scored: Sequence[Scored]) -> list[Scored]:
    """Return the sentences, those set back that tell of somebody else."""
    who, deed = roles(question), doing(question)
    if not (who or deed):
        return list(scored)
    checked = {(one.key, one.n) for one in best(scored, _DEEDS)}

    def wrong(one: Scored) -> bool:
        sentence, language = candidates[one.key].sentences[one.n], candidates[one.key].language
        if who and turned(who, sentence, language):
            return True
        return deed is not None and (one.key, one.n) in checked and another(deed, sentence, language)

    return [replace(one, score=one.score - TURNED, turned=True) if wrong(one) else one for one in scored]


def _held_against(
    question: Question, candidates: Mapping[str, Candidate], scored: Sequence[Scored], before: Before
) -> list[Scored]:
    """Return the sentences, the best of them with the facts of the question that they lack."""
    checked = {
        (one.key, one.n): replace(one, unmet=_lacking(question, candidates[one.key], one.n, before))
        for one in best(scored, CHECKED)
    }
    return [checked.get((one.key, one.n), one) for one in scored]


def _lacking(question: Question, candidate: Candidate, n: int, before: Before) -> tuple[Reason, ...]:
    # News seldom repeats its own date; what happened that month needs no saying.
    texts = (*candidate.sentences[max(0, n - 1) : n + 1], candidate.heading, *before.texts(candidate.key, n))
    return lacking(question, texts, candidate.language, candidate.date)


def best(scored: Sequence[Scored], n: int = 3) -> list[Scored]:
    """Return the n sentences that answer best, best first."""
    return sorted(scored, key=lambda one: -one.score)[:n]


def weigh(features: Features) -> float:
    """Return the score of a sentence."""
    return float(sum(getattr(WEIGHTS, name) * getattr(features, name) for name in _NAMES))


@dataclass(frozen=True, slots=True)
class _Pool:
    """The best of everything found, against which each is measured; words by language, which scale differently."""

    sentence: float
    passage: float
    lexical: dict[str, float]

    @classmethod
    def of(cls, question: Question, candidates: Sequence[Candidate]) -> "_Pool":
        lexical: dict[str, float] = {}
        for candidate in candidates:
            lexical[candidate.language] = max(candidate.lexical, lexical.get(candidate.language, 0.0))
        sentences = [even(question, one, cosine) for one in candidates for cosine in one.sentence_cosines]
        passages = [even(question, one, one.cosine) for one in candidates]
        return cls(max(sentences, default=0.0), max(passages, default=0.0), lexical)


def even(question: Question, candidate: Candidate, cosine: float) -> float:
    """Return a cosine as it would be if question and text were in one language."""
    return cosine + CROSSING * (question.language != candidate.language)


def _features(
    question: Question, candidate: Candidate, wanted: Sequence[Wanted], pool: _Pool, before: Before
) -> Iterator[tuple[Features, tuple[float, ...]]]:
    """Yield, for each sentence, its features and how well it covers each unit."""
    language = candidate.language
    texts = [read(sentence, language) for sentence in candidate.sentences]
    rows = [held(wanted, text) for text in texts]
    title = held(wanted, read(candidate.heading, language))
    covered = [share(wanted, row) for row in rows]
    said, focus = forms(wanted), forms((one for one in wanted if one.focus), 0.0)
    tellers, deed = asks_speaker(question), doing(question)
    for n, sentence in enumerate(candidate.sentences):
        taken = said | no_persons(question, sentence, language, tellers)
        told = (held(wanted, read(text, language)) for text in before.texts(candidate.key, n))
        around = together(rows[n], rows[0], rows[max(0, n - 1)], title, *told)
        cosines = candidate.sentence_cosines
        cosine = even(question, candidate, cosines[n]) if cosines else pool.sentence
        reaction = deed is not None and deed.reacting and deed.reaction(sentence, language)
        features = Features(
            cosine=max(-4.0, (cosine - pool.sentence) / _BAND),
            passage=max(-4.0, (even(question, candidate, candidate.cosine) - pool.passage) / _BAND),
            lexical=candidate.lexical / (pool.lexical[language] or 1.0),
            covered=covered[n],
            plain=share_plain(wanted, rows[n]),
            context=share(wanted, around) - covered[n],
            evidence=1.0 if reaction else _evidence(question, sentence, language, taken, focus),
            near=before.near(candidate.key, n) if _told_of(wanted, rows[n], before) else 0.0,
        )
        yield features, rows[n]


def _told_of(wanted: Sequence[Wanted], row: Sequence[float], before: Before) -> bool:
    """Say whether a sentence has the names and numbers that are new in a follow-up; without them it tells the old."""
    pairs = zip(wanted, row, strict=True)
    return all(part >= _HELD for one, part in pairs if one.given and before.new.issuperset(one.unit.terms))


def _evidence(question: Question, sentence: str, language: str, said: frozenset[str], focus: frozenset[str]) -> float:
    """Return how clearly a sentence holds what is expected; below 0 where no answer can do without it."""
    found = evidence(question.expected, sentence, language, said, focus)
    return found if found or question.expected is not Expected.DATE else _UNDATED
