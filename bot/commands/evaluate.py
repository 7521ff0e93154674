"""`ponte eval`: evaluation runs, comparisons, the gate, questions of a user's own, outside sets."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bot.commands.common import ANSWERED, Commands, command, open_bot, positive
from bot.terminal import bar, counted, note, say

if TYPE_CHECKING:
    from bot.evaluate.report import Report
    from bot.evaluate.suite import Evaluation

_SUMMARY = "measure how often answers are right, cited, and silent when they should be"
_DESCRIPTION = """\
Measure how often answers are right, cited, and silent when they should be. Without a command, questions are asked:
`ponte eval` is `ponte eval run`, and asks those that ship with Ponte.
"""
_EPILOG = """\
examples:
  ponte eval                                  ask the questions that ship; a table, and a report in ./ponte-eval
  ponte eval --part tuned --out before        only those that may be looked at while tuning
  ponte eval mine.jsonl --index my-dossier    your own questions, to your own articles
  ponte eval diff before after                what got better, what got worse, and whether that is more than noise
  ponte eval gate                             exit 1 if anything got worse than the committed baseline

A run that was stopped goes on where it was, if it is started again with the same --out.
"""
_RUN = "ask questions and report; a stopped run goes on where it was"


def add(commands: Commands) -> None:
    """Declare the command and those below it."""
    evaluates = commands.add_parser(
        "eval", help=_SUMMARY, description=_DESCRIPTION, epilog=_EPILOG, formatter_class=argparse.RawTextHelpFormatter
    )
    below = evaluates.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _takes_run(command(below, "run", _run, _RUN))


def with_run(arguments: Sequence[str]) -> list[str]:
    """Return the arguments of a command line with `run` put in where `eval` names no command."""
    given = list(arguments)
    if given[:1] == ["eval"] and (len(given) == 1 or given[1] not in ("-h", "--help", *NAMES)):
        given.insert(1, "run")
    return given


NAMES = ("run", "diff", "gate", "import", "draft", "retrieval")


def _takes_run(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="questions, one JSON object a line")
    parser.add_argument("--out", type=Path, default=Path("ponte-eval"), metavar="DIR", help="folder of the report")
    _takes_choice(parser)
    parser.add_argument("--label", default="", metavar="TEXT", help="what to call this configuration in the report")


def _takes_choice(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--part", choices=("all", "tuned", "held-out"), default="all", help="default: all")
    parser.add_argument("--limit", type=positive, metavar="N", help="about so many questions, evenly spread")
    parser.add_argument(
        "--workers",
        type=positive,
        default=1,
        metavar="N",
        help="conversations at a time, for a model that is waited for",
    )
    parser.add_argument("--keep-going", action="store_true", help="leave out lines and questions that are broken")


def _run(options: argparse.Namespace) -> int:
    from bot.evaluate.report import report

    done = _evaluated(options, options.files or None, options.out, options.label)
    made = report(done)
    _write(made, options.out)
    if done.known:
        note(f"{counted(done.known, 'answer')} known from an earlier run.")
    for line in done.left_out:
        note(f"left out: {line}")
    _tell(made)
    say(f"{options.out / 'report.html'}", "bold")
    return ANSWERED


def _evaluated(
    options: argparse.Namespace, files: Sequence[Path] | None, out: Path | None, label: str = ""
) -> "Evaluation":
    from bot.evaluate.suite import evaluate

    with open_bot(options, warm=True) as bot, bar("Asking") as progress:
        return evaluate(
            files,
            bot,
            part=options.part,
            limit=options.limit,
            out=out,
            workers=options.workers,
            label=label,
            keep_going=options.keep_going,
            progress=progress,
        )


def _write(made: "Report", out: Path) -> None:
    from bot.errors import EvaluationError
    from bot.evaluate.report import NAME, to_json
    from bot.evaluate.report_html import to_html
    from bot.evaluate.report_markdown import to_markdown

    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, text in ((NAME, to_json(made)), ("report.md", to_markdown(made)), ("report.html", to_html(made))):
            (out / name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise EvaluationError(f"{out} cannot be written: {error.strerror}.", "Choose another --out.") from error


def _tell(made: "Report") -> None:
    from bot.evaluate.figures import mark, number, target
    from bot.evaluate.metrics import METRICS

    parts = [part for part in ("all", "tuned", "held-out") if part in made.summary]
    say(f"{'':20} " + " ".join(f"{part:20}" for part in parts) + " target", "dim")
    for metric in METRICS:
        values = [made.summary[part]["metrics"].get(metric.name) for part in parts]
        if any(values):
            held = f"{target(metric)} {mark(metric, values[-1])}"
            say(f"{metric.label:20} " + " ".join(f"{number(value):20}" for value in values) + f" {held}")
