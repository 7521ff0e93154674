"""What came of one question, as a line of JSON: the answer, the passages it was sought in, or what went wrong.

Knows nothing of what is right.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, TypeVar

from bot.datamodels import Answer, Citation, Reason, State, Statement, Usage, Verdict
from bot.evaluate.gold import Span

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Record:
    """What came of one question.

    Attributes:
        id: of the question.
        key: of what was asked, and of the configuration that was asked: the same key gives the same answer.
        answer: as it was given, or None.
        hits: the passages in which it was sought, best first; None where none were sought, as for a summary.
        error: what went wrong, or "".
    """

    id: str
    key: str
    answer: Answer | None
    hits: tuple[Span, ...] | None = None
    error: str = ""

    def line(self) -> str:
        """Return the record as one line of JSON."""
        answer = None if self.answer is None else self.answer.as_dict()
        hits = None if self.hits is None else [[hit.article_id, hit.start, hit.end] for hit in self.hits]
        values = {"id": self.id, "key": self.key, "answer": answer, "hits": hits, "error": self.error}
        return json.dumps(values, ensure_ascii=False)


def read_record(line: str) -> Record:
    """Return the record of a line.

    Raises:
        ValueError: it holds none, or only the beginning of one.
    """
    try:
        row = json.loads(line)
        answer = None if row["answer"] is None else read_answer(row["answer"])
        hits = None if row["hits"] is None else tuple(Span(str(a), int(b), int(c)) for a, b, c in row["hits"])
        return Record(str(row["id"]), str(row["key"]), answer, hits, str(row["error"]))
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"no record: {error}") from error


def read_answer(row: Mapping[str, Any]) -> Answer:
    """Return an answer from the plain values that `Answer.as_dict` gave; what is unknown here is ignored.

    Raises:
        KeyError, TypeError, ValueError: the values are none of an answer.
    """
    values = dict(row)
    values["state"] = State(values["state"])
    values["statements"] = tuple(_statement(one) for one in values.get("statements", ()))
    for name in ("citations", "nearest"):
        values[name] = tuple(_made(Citation, one) for one in values.get(name, ()))
    for name in ("missing", "notices"):
        values[name] = tuple(values.get(name, ()))
    values["usage"] = _made(Usage, values.get("usage") or {})
    return _made(Answer, values)


def _statement(row: Mapping[str, Any]) -> Statement:
    values = dict(row)
    values["citations"] = tuple(values.get("citations", ()))
    values["verdict"] = None if values.get("verdict") is None else Verdict(values["verdict"])
    values["reasons"] = tuple(_made(Reason, one) for one in values.get("reasons", ()))
    return _made(Statement, values)


def _made(kind: type[_Value], row: Mapping[str, Any]) -> _Value:
    known = {field.name for field in fields(kind)}  # type: ignore[arg-type]
    return kind(**{name: value for name, value in row.items() if name in known})
