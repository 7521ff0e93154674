"""The report of a run as one HTML page that asks nobody for anything: plots, tables, every question that fails.

The layout is `report.html.jinja`, which escapes all that it is given. Knows the report; decides nothing.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.evaluate.charts import Dot, Row, dots, histogram, lines, reliability
from bot.evaluate.failing import Failing
from bot.evaluate.figures import GAP, met, number, signed, target
from bot.evaluate.metrics import METRICS
from bot.evaluate.outcome import PARTS
from bot.evaluate.report import Report

_TEMPLATE = "report.html.jinja"
_OVERVIEW = (
    "right", "facts", "evidence_hit", "citation_relevance", "recall@1", "recall@5", "mrr", "citation_recall",
    "citation_precision", "hallucination", "over_abstention", "right_language", "parity",
)  # fmt: skip


def to_html(made: Report) -> str:
    """Return a report as one page of HTML, complete in itself."""
    from jinja2 import Environment, StrictUndefined
    from markupsafe import Markup

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string((Path(__file__).parent / _TEMPLATE).read_text(encoding="utf-8"))
    shown = [part for part in ("all", *PARTS) if part in made.summary]
    return template.render(
        report=made,
        whole=made.summary["all"],
        shown=shown,
        metrics=_metrics(made.summary, shown),
        languages=_languages(made.summary["all"]),
        charts=[(name, Markup(svg)) for name, svg in _charts(made)],  # noqa: S704  (charts escape what they show)
        failing=_grouped(made.failing),
        grades=_grades(made.summary, shown),
        number=number,
    )


def _metrics(parts: Mapping[str, Any], shown: Sequence[str]) -> list[dict[str, Any]]:
    rows = []
    for metric in METRICS:
        values = [parts[part]["metrics"].get(metric.name) for part in shown]
        if any(values):
            cells = [(number(value), met(metric, value)) for value in values]
            rows.append({"label": metric.label, "cells": cells, "target": target(metric), "means": metric.means})
    return rows


def _languages(part: Mapping[str, Any]) -> list[dict[str, Any]]:
    rows = []
    for metric in METRICS:
        sides = [part["languages"].get(code, {}).get(metric.name) for code in ("it", "en")]
        gap = part["gap"].get(metric.name)
        if gap is not None and all(sides):
            wide = metric.higher is not None and abs(gap["value"]) > GAP
            rows.append(
                {"label": metric.label, "cells": [number(side) for side in sides], "gap": signed(gap), "wide": wide}
            )
    return rows


def _grades(parts: Mapping[str, Any], shown: Sequence[str]) -> list[tuple[str, list[str]]]:
    labels = {"off_topic": "off topic", "absent": "on topic, absent", "near": "one detail missing"}
    return [(label, [number(parts[p]["grades"].get(grade)) for p in shown]) for grade, label in labels.items()]


def _charts(made: Report) -> list[tuple[str, str]]:
    whole = made.summary["all"]
    parts = [part for part in PARTS if part in made.summary]
    found = [
        ("Tuned and held-out part", _compared("By part", {p: made.summary[p]["metrics"] for p in parts}, parts)),
        ("By language", _compared("By language", whole["languages"], list(whole["languages"]))),
        ("Right, by kind of question", _by_kind(whole["kinds"])),
    ]
    calibration = whole["calibration"]
    if calibration:
        points = [(b["confidence"], b["answerable"], b["n"]) for b in calibration["bins"] if b["n"]]
        found.append(
            ("Reliability of the silence threshold", reliability("Reliability", points, calibration["threshold"]))
        )
        found.append(("What other thresholds would have done", _sweep(calibration)))
    times = [o.milliseconds for o in made.outcomes if o.milliseconds is not None]
    if times:
        marks = [(name, value["value"]) for name, value in whole["latency"].items()]
        found.append(("Milliseconds until the whole answer", histogram("Latency", times, "ms", marks)))
    return found


def _compared(title: str, tables: Mapping[str, Any], names: Sequence[str]) -> str:
    rows = []
    for metric in METRICS:
        values = [(n, tables[name].get(metric.name)) for n, name in enumerate(names)]
        if metric.name in _OVERVIEW and any(value for _, value in values):
            rows.append(Row(metric.label, tuple(_dot(value, n) for n, value in values if value), metric.target))
    return dots(title, rows, [{"it": "Italian", "en": "English"}.get(name, name) for name in names])


def _by_kind(kinds: Mapping[str, Any]) -> str:
    found = {name: table["right"] for name, table in kinds.items() if table.get("right")}
    ordered = sorted(found, key=lambda name: -found[name]["value"])
    rows = [Row(f"{name.replace('_', ' ')} ({found[name]['n']})", (_dot(found[name]),)) for name in ordered]
    return dots("Right, by kind", rows)


def _sweep(calibration: Mapping[str, Any]) -> str:
    curves = [
        (label, [(step["threshold"], step[name]) for step in calibration["sweep"]])
        for name, label in (("hallucination", "hallucination"), ("over_abstention", "over-abstention"))
    ]
    return lines("Thresholds", curves, calibration["threshold"], "threshold")


def _dot(value: Mapping[str, Any], series: int = 0) -> Dot:
    return Dot(value["value"], value["low"], value["high"], series)


def _grouped(failing: Sequence[Failing]) -> list[tuple[str, list[tuple[str, list[Failing]]]]]:
    """Return the questions that fail by part, then by kind, the most first."""
    found: dict[str, dict[str, list[Failing]]] = {part: defaultdict(list) for part in PARTS}
    for one in failing:
        found[one.outcome.part][one.outcome.kind].append(one)
    return [(part, sorted(kinds.items(), key=lambda kind: -len(kind[1]))) for part, kinds in found.items() if kinds]
