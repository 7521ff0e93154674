"""The questions that fail, each with what is wrong, what was answered and what was expected. Values only."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.datamodels import Citation
from bot.evaluate.item import Evidence, Item, says
from bot.evaluate.outcome import Outcome
from bot.evaluate.record import Record

_NOT_WHOLE = {
    "citation_recall": "a sentence is not borne out by its quotes",
    "citation_precision": "a citation does not count",
    "quotes_exact": "a quote does not stand where it says",
    "attribution_kept": "who says so is lost",
    "right_language": "wrong language",
}


@dataclass(frozen=True, slots=True)
class Failing:
    """A question that fails.

    Attributes:
        outcome: in numbers.
        reasons: what is wrong, in a few words each.
        question: as asked.
        understood: as it was taken in the conversation, where it leaned on it.
        text: of the answer.
        citations: of the answer.
        answers: the key facts that are right, one spelling each.
        evidence: the quotes that are right.
    """

    outcome: Outcome
    reasons: tuple[str, ...]
    question: str
    understood: str
    text: str
    citations: tuple[Citation, ...]
    answers: tuple[str, ...]
    evidence: tuple[Evidence, ...]


def failing(items: Sequence[Item], records: Sequence[Record], outcomes: Sequence[Outcome]) -> tuple[Failing, ...]:
    """Return the questions of a run that fail, in their order."""
    found = []
    for item, record, outcome in zip(items, records, outcomes, strict=True):
        if reasons := tuple(_reasons(item, record, outcome)):
            answer = record.answer
            found.append(
                Failing(
                    outcome,
                    reasons,
                    item.question,
                    answer.understood if answer else "",
                    answer.text if answer else record.error,
                    answer.citations if answer else (),
                    tuple(" / ".join(fact) for fact in item.answers),
                    item.evidence,
                )
            )
    return tuple(found)


def _reasons(item: Item, record: Record, outcome: Outcome) -> Iterator[str]:
    scores, answer = outcome.scores, record.answer
    if answer is None:
        yield f"failed: {record.error}"
        return
    if scores.get("over_abstention"):
        yield "silent, though the sources say"
    if scores.get("hallucination"):
        yield "answered, though the sources do not say"
    if scores.get("right_silence") == 0:
        yield f"the wrong silence: {answer.state}"
    if not answer.state.silent:
        for fact in item.answers:
            if not says(answer.said, fact):
                yield f"key fact missing: {fact[0]}"
        if scores.get("evidence_hit") == 0:
            yield "no evidence cited"
    yield from (reason for name, reason in _NOT_WHOLE.items() if (value := scores.get(name)) is not None and value < 1)
