"""Two runs compared: noise is noise, a regression is one, and the gate says so by its exit code."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bot.cli import main
from bot.errors import EvaluationError
from bot.evaluate.compare import compare, regressions
from bot.evaluate.compare_text import to_text
from bot.evaluate.outcome import Outcome
from bot.evaluate.report import read_report
from bot.evaluate.selection import shipped


def outcome(n: int, language: str = "it", **scores) -> Outcome:
    given = {"right": 1.0, "facts": 1.0, "hallucination": None, "quotes_exact": 1.0, "failed": 0.0} | scores
    part = "tuned" if n % 3 else "held-out"
    return Outcome(f"q-{n:03}-{language}", f"q-{n:03}", part, language, "fact", True, "answered", scores=given)


@pytest.fixture
def before() -> list[Outcome]:
    return [outcome(n, language) for n in range(60) for language in ("it", "en")]


def worsened(outcomes, count, **scores):
    return [replace(o, scores=o.scores | scores) if n < count else o for n, o in enumerate(outcomes)]


def named(comparison, name):
    return next(one for one in comparison.metrics if one.metric.name == name)


def test_a_run_is_as_good_as_itself(before):
    comparison = compare(before, before)
    assert comparison.changes == () and regressions(comparison, before, before) == []
    assert {one.p for one in comparison.metrics} == {1.0}


def test_what_got_worse_is_said_question_by_question(before):
    after = worsened(before, 3, facts=0.5)
    comparison = compare(before, after)
    facts = named(comparison, "facts")
    assert (facts.better, facts.worse) == (0, 3) and facts.after == pytest.approx(1 - 1.5 / 120)
    assert [(c.id, c.before, c.after, c.better) for c in comparison.changes] == [
        (id, 1.0, 0.5, False) for id in ("q-000-en", "q-000-it", "q-001-it")
    ]


def test_a_few_questions_are_noise_and_many_are_a_regression(before):
    few, many = worsened(before, 4, right=0.0), worsened(before, 40, right=0.0)
    assert regressions(compare(before, few), before, few) == []
    lines = regressions(compare(before, many), before, many)
    assert len(lines) == 1 and lines[0].startswith("Right: 1.000 → 0.667 (40 worse, 0 better, p = 0.0")


def test_as_many_better_as_worse_is_noise(before):
    half = [replace(o, scores=o.scores | {"right": float(n % 2)}) for n, o in enumerate(before)]
    turned = [replace(o, scores=o.scores | {"right": float(1 - n % 2)}) for n, o in enumerate(before)]
    comparison = compare(half, turned)
    right = named(comparison, "right")
    assert (right.better, right.worse, right.p) == (60, 60, 1.0) and regressions(comparison, half, turned) == []


def test_getting_better_is_no_regression_and_less_hallucination_is_better():
    old = [outcome(n, hallucination=1.0) for n in range(40)]
    new = [outcome(n, hallucination=0.0) for n in range(40)]
    assert regressions(compare(old, new), old, new) == [] and named(compare(old, new), "hallucination").significant
    assert "Hallucination" in regressions(compare(new, old), new, old)[0]


def test_one_broken_quote_or_failure_is_a_regression_whatever_the_noise(before):
    broken = worsened(before, 1, quotes_exact=0.5)
    assert regressions(compare(before, broken), before, broken) == [
        "Quotes exact: 1 questions break the contract, first q-000-it"
    ]
    failed = worsened(before, 1, failed=1.0)
    assert "Failed" in regressions(compare(before, failed), before, failed)[0]
    assert regressions(compare(failed, failed), failed, failed) == []


def test_questions_that_were_not_asked_are_a_regression(before):
    assert regressions(compare(before, before[2:]), before, before[2:]) == [
        "2 questions of the baseline were not asked"
    ]


def test_runs_of_other_questions_cannot_be_compared(before):
    with pytest.raises(EvaluationError, match="no question in common"):
        compare(before, [replace(before[0], id="other")])


def test_the_text_names_tuned_questions_and_only_counts_held_out_ones(before):
    text = to_text(compare(before, worsened(before, 8, right=0.0)))
    assert "- q-001-it: Right 1.00 → 0.00" in text and "q-000-it" not in text and "q-003" not in text
    assert "Worse: 8 questions, 4 of them held out (not listed)" in text and "Better: 0 questions" in text


# The command, over the committed baseline.


@pytest.fixture
def baseline() -> dict:
    return json.loads(shipped("baseline.json").read_text(encoding="utf-8"))


def written(folder: Path, values: dict) -> str:
    path = folder / "report.json"
    path.write_text(json.dumps(values), encoding="utf-8")
    return str(path)


def test_the_gate_lets_the_baseline_through(baseline, tmp_path, capsys):
    assert main(["eval", "gate", written(tmp_path, baseline)]) == 0
    assert "as good as the baseline" in capsys.readouterr().out


def test_the_gate_lets_noise_through(baseline, tmp_path):
    right = [row for row in baseline["outcomes"] if row.get("right") == 1.0]
    for row in right[:2]:
        row["right"] = 0.0
    wrong = [row for row in baseline["outcomes"] if row.get("right") == 0.0]
    wrong[-1]["right"] = 1.0
    assert main(["eval", "gate", written(tmp_path, baseline)]) == 0


def test_the_gate_stops_a_regression(baseline, tmp_path, capsys):
    silent = [row for row in baseline["outcomes"] if row.get("hallucination") == 0.0]
    for row in silent[:30]:
        row |= {"hallucination": 1.0, "right": 0.0}
    assert main(["eval", "gate", written(tmp_path, baseline)]) == 1
    out = capsys.readouterr().out
    assert "regression: Hallucination" in out and out.rstrip().endswith("worse than the baseline")


def test_the_gate_needs_a_report_that_is_one(tmp_path, capsys):
    (tmp_path / "report.json").write_text("{}", encoding="utf-8")
    assert main(["eval", "gate", str(tmp_path)]) == 2
    assert main(["eval", "gate", str(tmp_path / "nowhere.json")]) == 2
    errors = capsys.readouterr().err.splitlines()
    assert "is no report of an evaluation" in errors[0] and "cannot be read" in errors[1]


def test_diff_compares_two_folders(baseline, tmp_path, capsys):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    written(tmp_path / "a", baseline)
    lost = next(row for row in baseline["outcomes"] if row.get("right") == 1.0 and row["part"] == "tuned")
    lost["right"] = 0.0
    written(tmp_path / "b", baseline)
    assert main(["eval", "diff", str(tmp_path / "a"), str(tmp_path / "b")]) == 0
    assert f"- {lost['id']}: Right 1.00 → 0.00" in capsys.readouterr().out


def test_the_baseline_is_of_the_questions_that_ship():
    from bot.evaluate.questions import load

    ids = [item.id for item in load([shipped()])]
    assert [outcome.id for outcome in read_report(shipped("baseline.json")).outcomes] == ids
