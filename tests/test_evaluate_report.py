"""The reports: JSON that is read back, Markdown, one HTML page that asks nobody for anything and runs nothing."""

import json
import re
import sys
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from conftest import make_article

sys.path.insert(0, str(Path(__file__).parent.parent / "evals"))
import liar  # noqa: E402

from bot import dossier  # noqa: E402
from bot.cli import main  # noqa: E402
from bot.evaluate.calibration import calibration  # noqa: E402
from bot.evaluate.charts import Dot, Row, dots, histogram  # noqa: E402
from bot.evaluate.item import Evidence, Item, row  # noqa: E402
from bot.evaluate.outcome import Outcome  # noqa: E402
from bot.evaluate.questions import load  # noqa: E402
from bot.evaluate.report import Report, read_report, report, to_baseline, to_json  # noqa: E402
from bot.evaluate.report_html import to_html  # noqa: E402
from bot.evaluate.report_markdown import to_markdown  # noqa: E402
from bot.evaluate.suite import evaluate  # noqa: E402

HOSTILE = "<script>alert(1)</script><img src=http://evil.example/x onerror=alert(2)>"
pytest_plugins = ["page_fixtures"]


@pytest.fixture(scope="module")
def made() -> Report:
    """The report of one who lies."""
    items, articles = load([liar.QUESTIONS]), [article for _, article in dossier.articles()]
    return report(evaluate(items, liar.liar(items, articles), limit=160, label="a liar"))


@pytest.fixture(scope="module")
def hostile() -> Report:
    """A report of articles and questions that would be markup."""
    text = f"Kim ha incontrato {HOSTILE} a Mosca. ]]></desc></svg>"
    items = [
        Item(
            id=f"x-{n}-it{'<b>' * n}",
            language="it",
            question=f"Chi? {HOSTILE} {{{{ 7 * 191 }}}}",
            answerable=True,
            kind="fact",
            answers=((f"nessuno {HOSTILE}",),),
            evidence=(Evidence("a", text[:60]),),
        )
        for n in (1,)
    ]
    oracle = liar.Oracle(items, [make_article("a", text, title=HOSTILE), make_article("b", "Altro testo. E ancora.")])
    return report(evaluate(items, oracle, label=f"<b>{HOSTILE}"), {
        "model": HOSTILE, "n": 1, "recall": 1.0, "verifier": 1.0, "agreement": 1.0, "kappa": None, "unclear": 0,
    })  # fmt: skip


def test_a_report_is_read_back_with_every_number(made, tmp_path):
    (tmp_path / "report.json").write_text(to_json(made), encoding="utf-8")
    again = read_report(tmp_path)
    assert [o.id for o in again.outcomes] == [o.id for o in made.outcomes]
    for mine, theirs in zip(made.outcomes, again.outcomes, strict=True):
        assert theirs.scores == {name: value and pytest.approx(value, abs=1e-4) for name, value in mine.scores.items()}
    assert again.summary["all"]["metrics"]["right"]["n"] == len(made.outcomes)
    values = json.loads(to_json(made))
    assert {one["id"] for one in values["failing"]} == {one.outcome.id for one in made.failing}
    assert all({"question", "text", "citations", "answers", "evidence"} <= one.keys() for one in values["failing"])


def test_a_baseline_holds_numbers_and_no_texts(made, tmp_path):
    text = to_baseline(made)
    (tmp_path / "baseline.json").write_text(text, encoding="utf-8")
    assert len(read_report(tmp_path / "baseline.json").outcomes) == len(made.outcomes)
    assert "milliseconds" not in text and made.failing[0].question not in text
    assert max(map(len, text.splitlines())) < 900


def test_the_summary_is_by_part_language_kind_and_grade(made):
    whole = made.summary["all"]
    assert set(made.summary) == {"all", "tuned", "held-out"} and set(whole["languages"]) == {"it", "en"}
    assert whole["n"] == made.summary["tuned"]["n"] + made.summary["held-out"]["n"] == len(made.outcomes)
    assert {"fact", "number"} <= set(whole["kinds"]) and set(whole["grades"]) <= {"off_topic", "absent", "near"}
    for part in made.summary.values():
        for value in part["metrics"].values():
            assert value["low"] - 1e-9 <= value["value"] <= value["high"] + 1e-9
    right = [o.scores["right"] for o in made.outcomes if o.language == "it"]
    assert whole["languages"]["it"]["right"]["value"] == pytest.approx(sum(right) / len(right))
    assert whole["gap"]["right"]["value"] == pytest.approx(
        whole["languages"]["it"]["right"]["value"] - whole["languages"]["en"]["right"]["value"]
    )


def test_markdown_names_tuned_failures_and_only_counts_held_out_ones(made):
    text = to_markdown(made, listed=1000)
    for one in made.failing:
        assert (f"`{one.outcome.id}`" in text) is (one.outcome.part == "tuned")
    for heading in (
        "Every metric",
        "Italian and English",
        "By kind",
        "Silence",
        "Time and cost",
        "Questions that fail",
    ):
        assert f"## {heading}" in text
    assert "| Hallucination |" in text and "| Hallucination | ≤ 0.10 |" in text


def test_hostile_text_is_never_markup(hostile):
    for text in (to_html(hostile),):
        assert "<script" not in text and "<img" not in text and "<b>" not in text
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text and "{{ 7 * 191 }}" in text and "1337" not in text
    text = to_markdown(hostile)
    assert "\\<script" in text and not re.search(r"(?<!\\)<", re.sub("`.*?`", "", text))


class _Links(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.links = [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.links += [value for name, value in attrs if name in ("src", "href", "action", "srcset", "data", "poster")]


def test_the_page_needs_nothing_from_anywhere(made):
    text = to_html(made)
    found = _Links()
    found.feed(text)
    assert found.links == [] and not {"script", "link", "iframe", "img", "object"} & set(found.tags)
    assert "default-src 'none'" in text and not re.search(r"@import|url\(", text)


def test_every_chart_has_a_name_and_is_told_in_words(made):
    text = to_html(made)
    charts = re.findall(r"<svg role=\"img\".*?</svg>", text, re.DOTALL)
    assert len(charts) == 6
    for chart in charts:
        title, described = re.search(r"<title>(.+?)</title><desc>(.+?)</desc>", chart).groups()
        assert title and re.search(r"\d", described)


def test_a_browser_opens_the_page_without_a_request_and_shows_each_failure(made, hostile, chromium, tmp_path):
    requests, dialogs, errors = [], [], []
    for name, one in (("liar", made), ("hostile", hostile)):
        path = tmp_path / f"{name}.html"
        path.write_text(to_html(one), encoding="utf-8")
        page = chromium.new_page(viewport={"width": 390, "height": 800})
        page.on("request", lambda request: requests.append(request.url))
        page.on("dialog", lambda dialog: dialogs.append(dialog.message))
        page.on("console", lambda message: errors.append(message.text))
        page.goto(path.as_uri())
        questions = page.locator("details.question")
        assert questions.count() == len(one.failing)
        for part in page.locator("details.part:not([open]) > summary").all():
            part.click()
        first = questions.first
        assert not first.locator("dl").is_visible()
        first.locator("summary").click()
        shown = first.inner_text()
        assert first.locator("dl").is_visible() and "expected" in shown and "answer" in shown
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        page.close()
    assert [url for url in requests if not url.startswith("file:")] == [] and dialogs == [] and errors == []
    assert len(requests) == 2


def test_charts_escape_labels_and_keep_inside():
    chart = dots(HOSTILE, [Row(HOSTILE, (Dot(1.4, -0.2, 2.0),), 0.5)], [HOSTILE])
    assert "<script" not in chart and "<img" not in chart
    assert all(0 <= float(x) <= 640 for x in re.findall(r'(?:cx|x1|x2)="([\d.]+)"', chart))
    assert "<svg" in histogram("empty", [], "ms", []) and "<svg" in histogram("one", [0.0], "ms", [("p50", 0.0)])


def outcome(n: int, answerable: bool, confidence: float) -> Outcome:
    return Outcome(f"q{n}", f"q{n}", "tuned", "it", "fact", answerable, "answered", confidence=confidence)


def test_calibration_is_measured_against_the_answerable_share():
    sure = [outcome(n, n % 10 < 9, 0.9) for n in range(100)]
    found = calibration(sure)
    assert found["ece"] == pytest.approx(0.0) and found["brier"] == pytest.approx(0.09) and found["auroc"] == 0.5
    apart = [outcome(n, n < 50, 0.8 if n < 50 else 0.2) for n in range(100)]
    assert calibration(apart)["auroc"] == 1.0 and calibration(apart)["ece"] == pytest.approx(0.2)
    step = next(s for s in calibration(apart)["sweep"] if s["threshold"] == pytest.approx(0.5))
    assert (step["hallucination"], step["over_abstention"]) == (0.0, 0.0)
    low = calibration(apart)["sweep"][0]
    assert (low["hallucination"], low["over_abstention"]) == (1.0, 0.0)
    assert calibration([outcome(1, True, 0.5)]) == {}


def test_the_command_writes_three_reports_and_goes_on_where_it_was(home, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("PONTE_HOME", str(home))
    out = tmp_path / "out"
    arguments = ["eval", "--part", "tuned", "--limit", "8", "--out", str(out), "--label", "first"]
    assert main(arguments) == 0
    first = capsys.readouterr()
    assert "Citation recall" in first.out and first.out.rstrip().endswith("report.html")
    assert {path.name for path in out.iterdir()} >= {"records.jsonl", "report.json", "report.md", "report.html"}
    assert main(arguments) == 0
    assert "answers known from an earlier run" in capsys.readouterr().err
    assert main(["eval", "diff", str(out), str(out)]) == 0


def test_the_command_says_what_is_wrong_in_one_line(home, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("PONTE_HOME", str(home))
    path = tmp_path / "q.jsonl"
    path.write_text("{}\n", encoding="utf-8")
    assert main(["eval", str(path), "--out", str(tmp_path / "out")]) == 2
    assert re.fullmatch(r"ponte: .+q\.jsonl, line 1: 'id' is missing\. .+--keep-going\.\n", capsys.readouterr().err)
    item = replace(load([liar.QUESTIONS])[0], pair="")
    path.write_text(f"{{}}\n{json.dumps(row(item))}\n", encoding="utf-8")
    assert main(["eval", str(path), "--keep-going", "--out", str(tmp_path / "out")]) == 0
    assert "left out: " in capsys.readouterr().err


def test_help_is_worth_reading(capsys):
    for arguments in (["eval", "--help"], ["eval", "run", "--help"], ["eval", "gate", "--help"]):
        with pytest.raises(SystemExit) as stopped:
            main(arguments)
        assert stopped.value.code == 0
    text = capsys.readouterr().out
    assert "ponte eval diff before after" in text and "--keep-going" in text and "--baseline" in text
