"""An outcome: one question of a run in numbers, from which every table, plot and comparison is made.

Knows nothing of texts: what was asked and answered stays in the records.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from bot.evaluate.gold import Gold
from bot.evaluate.item import Item
from bot.evaluate.metrics import Scores, score
from bot.evaluate.parity import parity
from bot.evaluate.questions import held_out, stem
from bot.evaluate.ranking import ranking
from bot.evaluate.record import Record
from index.article import Article

PARTS = ("tuned", "held-out")


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question of a run in numbers.

    Attributes:
        id: of the question.
        cluster: of questions that rise and fall together: both versions of a pair, and what follows them.
        part: "tuned" or "held-out".
        language: of the question.
        kind: of the question.
        answerable: whether the sources answer it.
        state: of the answer; "failed" where none came.
        grade: of an unanswerable one, or "".
        confidence: that the sources answer, as the answer gives it; None where none came.
        milliseconds: until the whole answer; None where none came.
        input_tokens: sent to a model.
        output_tokens: written by it.
        cost: in US dollars; None if not known.
        scores: value of each metric; None where it does not speak of this question.
    """

    id: str
    cluster: str
    part: str
    language: str
    kind: str
    answerable: bool
    state: str
    grade: str = ""
    confidence: float | None = None
    milliseconds: float | None = None
    input_tokens: int = 0
    output_tokens: int = 0
    cost: float | None = 0.0
    scores: Scores = field(default_factory=dict)

    def flat(self) -> dict[str, Any]:
        """Return the outcome as one row of plain values, its scores among them."""
        values = asdict(self)
        del values["scores"]
        return values | self.scores


def outcomes(
    items: Sequence[Item], records: Sequence[Record], golds: Mapping[str, Gold], articles: Mapping[str, Article]
) -> tuple[Outcome, ...]:
    """Score the records of a run.

    Args:
        items: the questions.
        records: one for each, in the same order.
        golds: what is right for each, by id.
        articles: by id.
    """
    ranked = ranking(golds, records)
    alike = parity(items, {record.id: record for record in records}, golds)
    found = []
    for item, record in zip(items, records, strict=True):
        scores = score(item, record, golds[item.id], articles) | ranked.get(item.id, {})
        found.append(_outcome(item, record, scores | {"parity": alike.get(item.id)}))
    return tuple(found)


def read_outcome(row: Mapping[str, Any]) -> Outcome:
    """Return the outcome of the plain values that `flat` gave.

    Raises:
        TypeError: a value is missing.
    """
    known = {one.name for one in fields(Outcome)}
    return Outcome(
        **{name: value for name, value in row.items() if name in known},
        scores={name: value for name, value in row.items() if name not in known},
    )


def cluster(item: Item) -> str:
    """Return what a question shares with its other version and with the conversation that it stands in."""
    return re.sub(r"(?:-next)+$", "", item.pair or stem(item.id))


def _outcome(item: Item, record: Record, scores: Scores) -> Outcome:
    answer = record.answer
    given: dict[str, Any] = {"state": "failed"}
    if answer is not None:
        given = {
            "state": str(answer.state),
            "confidence": round(answer.confidence, 4),
            "milliseconds": answer.timings.get("total"),
            "input_tokens": answer.usage.input_tokens,
            "output_tokens": answer.usage.output_tokens,
            "cost": answer.usage.cost,
        }
    return Outcome(
        id=item.id,
        cluster=cluster(item),
        part=PARTS[held_out(item.id)],
        language=item.language,
        kind=item.kind,
        grade=item.grade or "",
        answerable=item.answerable,
        scores=scores,
        **given,
    )
