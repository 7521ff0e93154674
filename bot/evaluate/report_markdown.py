"""The report of a run as Markdown, for a pull request. Knows the report; decides nothing."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.evaluate.figures import GAP, mark, number, signed, target
from bot.evaluate.metrics import BY_NAME, METRICS
from bot.evaluate.report import Report

_PARTS = ("all", "tuned", "held-out")
_BY_KIND = ("right", "facts", "evidence_hit", "recall@5", "citation_relevance", "over_abstention", "hallucination")
_LISTED = 25


def to_markdown(made: Report, listed: int = _LISTED) -> str:
    """Return a report as Markdown.

    Args:
        made: the report.
        listed: how many questions of the tuned part that fail are listed; those held out are only counted.
    """
    whole = made.summary["all"]
    sections = [
        "# Evaluation",
        _head(made),
        "## Targets",
        _targets(made.summary),
        "## Every metric, tuned and held-out part side by side",
        _metrics(made.summary),
        "Each number is the mean over the questions that it speaks of, with its 95 % interval (bootstrap over pairs).",
        "## Italian and English",
        _languages(whole),
        "## By kind of question",
        _kinds(whole),
        "## Silence",
        _silence(made.summary),
        "## Time and cost",
        _cost(made.summary),
        *_judged(made.judge),
        "## Questions that fail",
        _failing(made, listed),
    ]
    return "\n\n".join(section for section in sections if section) + "\n"


def _head(made: Report) -> str:
    whole, configuration = made.summary["all"], made.configuration
    label = f"**{_plain(configuration['label'])}**: " if configuration["label"] else ""
    lines = [
        f"{label}{whole['n']} questions, {whole['answerable']} of them answerable; {configuration['articles']} "
        f"articles; written by {_plain(', '.join(made.models)) or 'nobody'}; configuration "
        f"`{configuration['hash']}`; {made.made}."
    ]
    if made.left_out:
        lines.append(f"{len(made.left_out)} left out: {_plain(made.left_out[0])}")
    return "\n".join(lines)


def _metrics(parts: Mapping[str, Any]) -> str:
    shown = [part for part in _PARTS if part in parts]
    rows = []
    for metric in METRICS:
        values = [parts[part]["metrics"].get(metric.name) for part in shown]
        if any(values):
            rows.append([metric.label, *map(number, values), metric.means])
    return _table(["metric", *shown, "what it is"], rows)


def _targets(parts: Mapping[str, Any]) -> str:
    shown = [part for part in _PARTS if part in parts]
    rows = []
    for metric in METRICS:
        values = [parts[part]["metrics"].get(metric.name) for part in shown]
        if metric.target is not None and any(values):
            rows.append([metric.label, target(metric), *(f"{number(v)} {mark(metric, v)}".strip() for v in values)])
    wide = [_wide(parts[part]) for part in shown]
    rows.append(
        [f"Italian and English apart by more than {GAP:.2f}", "on no metric", *(", ".join(w) or "met" for w in wide)]
    )
    return _table(["", "target", *shown], rows)


def _wide(part: Mapping[str, Any]) -> list[str]:
    """Return the metrics on which the languages are further apart than they should be."""
    directed = [metric for metric in METRICS if metric.higher is not None and metric.name in part["gap"]]
    apart = {metric.label: part["gap"][metric.name]["value"] for metric in directed}
    return [f"{label} {value:+.3f}" for label, value in apart.items() if abs(value) > GAP]


def _languages(part: Mapping[str, Any]) -> str:
    sides, rows = part["languages"], []
    for metric in METRICS:
        values = [sides.get(code, {}).get(metric.name) for code in ("it", "en")]
        difference = part["gap"].get(metric.name)
        if difference is not None and all(values):
            wide = metric.higher is not None and abs(difference["value"]) > GAP
            rows.append([metric.label, *map(number, values), signed(difference), "wider than 0.05" if wide else ""])
    return _table(["metric", "Italian", "English", "difference", ""], rows)


def _kinds(part: Mapping[str, Any]) -> str:
    rows = []
    for kind, table in part["kinds"].items():
        count = max(value["n"] for value in table.values())
        rows.append([kind.replace("_", " "), str(count), *(number(table.get(name)) for name in _BY_KIND)])
    return _table(["kind", "n", *(BY_NAME[name].label for name in _BY_KIND)], rows)


def _silence(parts: Mapping[str, Any]) -> str:
    shown = [part for part in _PARTS if part in parts]
    grades = {"off_topic": "off topic", "absent": "on topic, absent", "near": "one detail missing"}
    rows = [
        [f"hallucination, {label}", *(number(parts[part]["grades"].get(grade)) for part in shown)]
        for grade, label in grades.items()
    ]
    for name, label in (("auroc", "AUROC of the confidence"), ("brier", "Brier score"), ("ece", "calibration error")):
        values = [parts[part]["calibration"].get(name) for part in shown]
        rows.append([label, *("–" if value is None else f"{value:.3f}" for value in values)])
    return _table(["", *shown], rows)


def _cost(parts: Mapping[str, Any]) -> str:
    whole = parts["all"]
    usage, latency = whole["usage"], whole["latency"]
    times = " and ".join(
        f"{name} {value['value']:.0f} ms [{value['low']:.0f}, {value['high']:.0f}]" for name, value in latency.items()
    )
    cost = "cost not known" if usage["cost"] is None else f"${usage['cost']:.4f}"
    return (
        f"An answer takes {times or '–'}; {usage['input_tokens']:,} tokens in, {usage['output_tokens']:,} out, {cost}."
    )


def _judged(judge: Mapping[str, Any]) -> Iterable[str]:
    if not judge:
        return ()
    kappa = "–" if judge["kappa"] is None else f"{judge['kappa']:.2f}"
    return (
        "## A model judge beside the verifier",
        f"`{_plain(judge['model'])}` judged {judge['n']} sentences: citation recall {judge['recall']:.3f}, where the "
        f"verifier says {judge['verifier']:.3f}; agreement {judge['agreement']:.3f}, Cohen's kappa {kappa}; "
        f"{judge['unclear']} replies were no verdict.",
    )


def _failing(made: Report, listed: int) -> str:
    tuned = [one for one in made.failing if one.outcome.part == "tuned"]
    lines = [
        f"{len(made.failing)} of {len(made.outcomes)}, {len(made.failing) - len(tuned)} of them held out (not listed)."
    ]
    for one in tuned[:listed]:
        id = one.outcome.id.replace("`", "'")
        lines.append(f"- `{id}` {_plain(one.question)} — {_plain('; '.join(one.reasons))}")
    if len(tuned) > listed:
        lines.append(f"- … and {len(tuned) - listed} more, in the HTML report.")
    return "\n".join([lines[0], "", *lines[1:]]) if len(lines) > 1 else lines[0]


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def _plain(text: str) -> str:
    """Return a text on one line, of which nothing is read as markup."""
    flat = " ".join(text.split())
    return "".join(f"\\{char}" if char in "\\`*_{}[]<>#|!" else char for char in flat)
