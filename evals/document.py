"""Measure anew what is committed: the report inside docs/evaluation.md, that of the liar, and the gate's baseline.

`make report`. To be run when answers have changed on purpose; a reviewer sees in the baseline which ones.
"""

import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from liar import QUESTIONS, liar

from bot import dossier
from bot.chat import Bot
from bot.evaluate.configuration import extractive
from bot.evaluate.questions import load
from bot.evaluate.report import Report, report, to_baseline
from bot.evaluate.report_markdown import to_markdown
from bot.evaluate.suite import evaluate

ROOT = Path(__file__).parent.parent
BEGIN, END = "<!-- report -->", "<!-- end of the report -->"


def main() -> int:
    """Run the extractive mode and the liar over the questions that ship, and write what came of it."""
    items = load([QUESTIONS])
    with tempfile.TemporaryDirectory() as folder, Bot.open(settings=replace(extractive(), home=Path(folder))) as bot:
        bot.warm()
        made = report(evaluate(items, bot))
    lied = report(evaluate(items, liar(items, [article for _, article in dossier.articles()]), label="a liar"))
    (ROOT / "evals" / "baseline.json").write_text(to_baseline(made), encoding="utf-8")
    _put(ROOT / "docs" / "evaluation.md", made)
    _put(ROOT / "docs" / "evaluation-liar.md", lied)
    return 0


def _put(path: Path, made: Report) -> None:
    """Put a report between the marks of a document, one level further down."""
    text = path.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN, 1)
    after = rest.split(END, 1)[1]
    body = to_markdown(made).split("\n", 2)[2].replace("\n## ", "\n### ")
    path.write_text(f"{before}{BEGIN}\n\n{body}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
