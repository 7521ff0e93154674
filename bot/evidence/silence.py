"""Whether what was found answers the question: one calibrated probability from a few signals, and what is missing.

Gathers the signals and decides by them. Knows nothing of how passages were found or of what is said in a silence.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import exp, log

from bot.datamodels import State
from bot.evidence.before import NOTHING, Before
from bot.evidence.candidate import Candidate
from bot.evidence.doing import doing
from bot.evidence.lacking import sets_against
from bot.evidence.late import FAR
from bot.evidence.matching import Wanted, Words, held, read, share, together, want
from bot.evidence.sentences import CHECKED, TURNED, Scored, best, even
from bot.evidence.signals import NAMES, Signals, elsewhere, probability
from bot.question.analyse import Question
from bot.question.kinds import Expected

_CENTRE = 0.85
_BAND = 0.05
_COVERED = 0.5
_SURE = 1e-9
_TELLING = 0.3
_MOST_UNMET, _MOST_WORDS = 2, 8
# Every word more that finds nothing takes odds away, and long questions have many.
_LEAST_READ = -15.0
_FIGURES = frozenset({"number", "bound"})
# What an amount asked for counts when it is not there: a price or an age can hardly be said without its unit.
_AMOUNTS = {
    **dict.fromkeys((Expected.NUMBER, Expected.DURATION), 1.0),
    **dict.fromkeys((Expected.PERCENT, Expected.MONEY, Expected.AGE, Expected.LENGTH, Expected.WEIGHT), 2.0),
}

THRESHOLD = 0.5
"""Probability from which on Ponte answers."""

OFF_TOPIC = 0.57
"""Probability from which on a silence says that the sources are about something else."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether to answer.

    Attributes:
        state: answered, partly, or one of the two silences.
        probability: that the hits answer the question, 0 to 1.
        missing: words of the question that the sources do not cover, as the question spells them, most telling first.
        signals: what the probability rests on.
    """

    state: State
    probability: float
    missing: tuple[str, ...]
    signals: Signals


def judge(
    question: Question,
    candidates: Sequence[Candidate],
    scored: Sequence[Scored],
    words: Words | None = None,
    before: Before = NOTHING,
) -> Verdict:
    """Decide whether the passages found answer a question.

    Args:
        question: as analysed.
        candidates: the passages found; none makes an off-topic silence.
        scored: their sentences, from `bot.evidence.sentences.score` with the same candidates.
        words: of the index (`Store.words()`); without it all words of the question weigh the same.
        before: what was told just before, where the question leans on it.
    """
    if not scored:
        return Verdict(State.OFF_TOPIC, 0.0, (), Signals(*(0.0 for _ in NAMES)))
    wanted = want(question, [candidate.language for candidate in candidates], words)
    signals = gather(question, candidates, scored, wanted, before)
    chance = probability(signals)
    missing = _missing(wanted[candidates[0].language], _anywhere(scored))
    if chance >= THRESHOLD:
        return Verdict(State.PARTLY if missing else State.ANSWERED, chance, missing, signals)
    state = State.OFF_TOPIC if elsewhere(signals) >= OFF_TOPIC else State.NOT_IN_SOURCES
    return Verdict(state, chance, missing, signals)


def joint(one: Verdict, other: Verdict) -> Verdict:
    """Return the verdict of two languages that tell the same: what they say together, missing only where both miss it.

    Args:
        one: of the language that is answered from.
        other: of the other one.
    """
    chance = _logit(one.probability) + _logit(other.probability)
    probability = 1.0 / (1.0 + exp(-chance / 2))
    missing = tuple(word for word in one.missing if word in other.missing)
    if probability >= THRESHOLD:
        return replace(one, state=State.PARTLY if missing else State.ANSWERED, probability=probability, missing=missing)
    return replace(silenced(one, other), probability=probability, missing=missing)


def silenced(one: Verdict, other: Verdict) -> Verdict:
    """Return the verdict of two languages that both are silent: both say whether the sources are about something else.

    Args:
        one: of the language that is told from.
        other: of the other one.
    """
    off = (elsewhere(one.signals) + elsewhere(other.signals)) / 2
    return replace(one, state=State.OFF_TOPIC if off >= OFF_TOPIC else State.NOT_IN_SOURCES)


def gather(
    question: Question,
    candidates: Sequence[Candidate],
    scored: Sequence[Scored],
    wanted: Mapping[str, Sequence[Wanted]],
    before: Before = NOTHING,
) -> Signals:
    """Return the signals of a question and what was found for it.

    Args:
        question: as analysed.
        candidates: at least one passage.
        scored: at least one sentence of theirs.
        wanted: the question's words by language, from `bot.evidence.matching.want`.
        before: what was told just before, where the question leans on it.
    """
    first = best(scored, 1)[0]
    close = first.close or FAR
    home = next(candidate for candidate in candidates if candidate.key == first.key)
    here = wanted[home.language]
    told = [held(here, read(text, home.language)) for text in before.texts(home.key, first.n)]
    passage = together(
        held(here, read(home.heading, home.language)), *(one.held for one in scored if one.key == home.key), *told
    )
    near = together(*(one.held for one in scored if one.key == home.key and first.n - 1 <= one.n <= first.n), *told)
    return Signals(
        cosine=_cosine(question, home, max(home.sentence_cosines, default=home.cosine)),
        covered=share(here, passage),
        name_missing=max((weight for _, weight in givens_lacking(here, passage)), default=0.0),
        focus_missing=max((one.weight for one in _focus_lacking(here, near)), default=0.0),
        amount_missing=_AMOUNTS.get(question.expected, 0.0) * (1.0 - min(1.0, first.features.evidence)),
        relief=first.score - sum(one.score for one in scored) / len(scored),
        unmet=float(min(_MOST_UNMET, _unmet(question, first, scored))),
        margin=first.score - max((one.score for one in scored if one is not first), default=first.score),
        topic=max(_cosine(question, candidate, candidate.cosine) for candidate in candidates),
        words=float(min(_MOST_WORDS, len(question.content))),
        turned=_turned(question, first, home.sentences[first.n], home.language, scored),
        close=close.mean,
        asking=close.asking,
        weakest=close.weakest,
        read=max(_LEAST_READ, close.read),
    )


def _turned(question: Question, first: Scored, sentence: str, language: str, scored: Sequence[Scored]) -> float:
    """Return 1 if the sentence that would be best tells it of another, and the best one does not tell it at all."""
    if not any(one.turned and one.score + TURNED > first.score for one in scored):
        return 0.0
    deed = doing(question)
    if deed is not None and deed.verb.term in question.frame:
        return 0.0
    return float(deed is None or not deed.told(sentence, language))


def _unmet(question: Question, first: Scored, scored: Sequence[Scored]) -> int:
    """Return how many facts are lacking; of things set against each other, from all sentences that were checked."""
    lacks = set(first.unmet)
    if sets_against(question):
        lacks = lacks.intersection(*(one.unmet for one in best(scored, CHECKED)))
    return sum(1 + (reason.kind in _FIGURES or any(map(str.isdigit, reason.detail))) for reason in lacks)


def _logit(chance: float) -> float:
    return log(max(chance, _SURE) / max(1.0 - chance, _SURE))


def _cosine(question: Question, candidate: Candidate, cosine: float) -> float:
    return (even(question, candidate, cosine) - _CENTRE) / _BAND


def _anywhere(scored: Sequence[Scored]) -> tuple[float, ...]:
    """Return, for each unit, how well the sentence that covers it best does so, in whatever language."""
    return together(*(one.held for one in scored))


def givens_lacking(wanted: Sequence[Wanted], held: Sequence[float]) -> Iterator[tuple[str, float]]:
    """Yield the names and numbers that are not covered, with their weights; half of a name's words will do."""
    given = [
        (one.name or one.unit.surface, one.weight, part) for one, part in zip(wanted, held, strict=True) if one.given
    ]
    for name in dict.fromkeys(name for name, _, _ in given):
        weights, parts = zip(*((weight, part) for of, weight, part in given if of == name), strict=True)
        if sum(weight * part for weight, part in zip(weights, parts, strict=True)) < _COVERED * sum(weights):
            yield name, max(weights)


def _focus_lacking(wanted: Sequence[Wanted], held: Sequence[float]) -> list[Wanted]:
    """Return the words of what is counted or asked for if none of them is covered."""
    pairs = zip(wanted, held, strict=True)
    focus = [(one, part) for one, part in pairs if one.focus and not one.frame and not one.given]
    return [] if any(part >= _COVERED for _, part in focus) else [one for one, _ in focus]


def _missing(wanted: Sequence[Wanted], held: Sequence[float]) -> tuple[str, ...]:
    """Return what is asked for or named and is nowhere; of other words the sources may well use others."""
    names = [name for name, weight in givens_lacking(wanted, held) if weight >= _TELLING]
    focus = [one.unit.surface for one in _focus_lacking(wanted, held) if one.unit.carried and one.weight >= _TELLING]
    return tuple(dict.fromkeys((*names, *focus)))
