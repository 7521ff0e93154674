"""A comparison of two runs as Markdown, for a terminal and for a pull request. Decides nothing."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from bot.evaluate.compare import Change, Comparison
from bot.evaluate.metrics import BY_NAME

_LISTED = 40


def to_text(comparison: Comparison, listed: int = _LISTED) -> str:
    """Return a comparison: every metric, then the questions that changed; those held out are only counted."""
    sections = [_head(comparison), _table(comparison)]
    for better, title in ((False, "Worse"), (True, "Better")):
        sections.append("\n".join(_questions(title, [c for c in comparison.changes if c.better is better], listed)))
    return "\n\n".join(section for section in sections if section)


def _head(comparison: Comparison) -> str:
    text = f"{comparison.n} questions in both runs."
    for ids, where in ((comparison.only_before, "first"), (comparison.only_after, "second")):
        if ids:
            text += f" {len(ids)} only in the {where}."
    return text


def _table(comparison: Comparison) -> str:
    lines = [
        "| metric | n | before | after | better | worse | p | McNemar | |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for one in comparison.metrics:
        verdict = ("worse" if one.regressed else "better") if one.significant else "noise" if one.p < 1 else ""
        exact = "" if one.mcnemar is None else f"{one.mcnemar:.4f}"
        lines.append(
            f"| {one.metric.label} | {one.n} | {one.before:.3f} | {one.after:.3f} | {one.better} | {one.worse} "
            f"| {one.p:.4f} | {exact} | {verdict} |"
        )
    return "\n".join(lines)


def _questions(title: str, changes: Sequence[Change], listed: int) -> Iterator[str]:
    by_question: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        by_question[change.id].append(change)
    tuned = [id for id, some in by_question.items() if some[0].part == "tuned"]
    hidden = len(by_question) - len(tuned)
    yield f"{title}: {len(by_question)} questions" + (f", {hidden} of them held out (not listed)" if hidden else "")
    if tuned:
        yield ""
    for id in tuned[:listed]:
        told = ", ".join(f"{BY_NAME[c.metric].label} {c.before:.2f} → {c.after:.2f}" for c in by_question[id])
        yield f"- {id}: {told}"
    if len(tuned) > listed:
        yield f"- … and {len(tuned) - listed} more"
