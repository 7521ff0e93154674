"""The report of a run as plain values: written as JSON for machines, read back for comparisons.

Knows nothing of Markdown or HTML.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.errors import EvaluationError
from bot.evaluate.failing import Failing, failing
from bot.evaluate.outcome import Outcome, read_outcome
from bot.evaluate.suite import Evaluation
from bot.evaluate.summary import summary

NAME = "report.json"
_FORMAT = 1
_PASSING = ("milliseconds", "input_tokens", "output_tokens", "cost")


@dataclass(frozen=True, slots=True)
class Report:
    """What a run came to.

    Attributes:
        made: when, ISO 8601, UTC.
        configuration: what was asked, its `hash` among it.
        summary: see `bot.evaluate.summary.summary`.
        outcomes: question by question.
        failing: the questions that fail; empty in a report that was read.
        left_out: one line for each question that was not asked.
        models: that answered.
        judge: what a model judge said of the citations; empty without one.
    """

    made: str
    configuration: dict[str, Any]
    summary: dict[str, Any]
    outcomes: tuple[Outcome, ...]
    failing: tuple[Failing, ...] = ()
    left_out: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    judge: dict[str, Any] = field(default_factory=dict)


def report(done: Evaluation, judge: dict[str, Any] | None = None) -> Report:
    """Return the report of an evaluation."""
    answers = [record.answer for record in done.records if record.answer is not None]
    return Report(
        made=datetime.now(UTC).isoformat(timespec="seconds"),
        configuration=asdict(done.configuration) | {"hash": done.configuration.hash},
        summary=summary(done.outcomes),
        outcomes=done.outcomes,
        failing=failing(done.items, done.records, done.outcomes),
        left_out=done.left_out,
        models=tuple(sorted({answer.model for answer in answers})),
        judge=judge or {},
    )


def to_json(made: Report) -> str:
    """Return a report as JSON, with every number and the questions that fail."""
    values = {"format": _FORMAT} | _plain(made) | {"failing": [_failing(one) for one in made.failing]}
    return json.dumps(_rounded(values), ensure_ascii=False, indent=1) + "\n"


def to_baseline(made: Report) -> str:
    """Return what a later run is compared with: the numbers, one outcome a line, no times and no texts."""
    values = _rounded({"format": _FORMAT} | _plain(made))
    rows = values.pop("outcomes")
    for some in values["summary"].values():
        some.pop("latency", None)
        some["calibration"].pop("sweep", None)
    kept = [json.dumps({k: v for k, v in row.items() if v not in (None, "") and k not in _PASSING}) for row in rows]
    head = json.dumps(values, ensure_ascii=False, indent=1)
    return head[:-2] + ',\n "outcomes": [\n  ' + ",\n  ".join(kept) + "\n ]\n}\n"


def read_report(path: Path) -> Report:
    """Return the report of a file, or of a folder that a run has written.

    Raises:
        EvaluationError: there is none.
    """
    file = path / NAME if path.is_dir() else path
    try:
        values = json.loads(file.read_text(encoding="utf-8"))
        if values["format"] != _FORMAT:
            raise EvaluationError(f"{file} was written by another version of Ponte.", "Run `ponte eval` anew.")
        outcomes = tuple(read_outcome(row) for row in values["outcomes"])
        models, left_out = tuple(values["models"]), tuple(values["left_out"])
        return Report(
            values["made"], values["configuration"], values["summary"], outcomes, (), left_out, models, values["judge"]
        )
    except OSError as error:
        raise EvaluationError(
            f"{file} cannot be read: {error.strerror}.", "Name a report, or the --out of a run."
        ) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise EvaluationError(f"{file} is no report of an evaluation.", "Name the --out of a run.") from error


def _plain(made: Report) -> dict[str, Any]:
    return {
        "made": made.made,
        "configuration": made.configuration,
        "models": list(made.models),
        "left_out": list(made.left_out),
        "summary": made.summary,
        "judge": made.judge,
        "outcomes": [outcome.flat() for outcome in made.outcomes],
    }


def _failing(one: Failing) -> dict[str, Any]:
    values = asdict(one)
    return {"id": one.outcome.id, "part": one.outcome.part} | {k: v for k, v in values.items() if k != "outcome"}


def _rounded(value: Any) -> Any:
    """Return plain values with every number to four places."""
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, dict):
        return {name: _rounded(one) for name, one in value.items()}
    return [_rounded(one) for one in value] if isinstance(value, Sequence) and not isinstance(value, str) else value
