"""`ponte eval`: evaluation runs, comparisons, the gate, questions of a user's own, outside sets."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.commands.common import ANSWERED, Commands, command, open_bot, positive
from bot.commands.evaluate_sets import add_sets, save
from bot.terminal import bar, counted, note, say

REGRESSED = 1
# Conversations that the gate asks at a time; the answers are the same, and times are not compared.
_GATES = 2

if TYPE_CHECKING:
    from bot.evaluate.report import Report
    from bot.evaluate.suite import Evaluation
    from bot.settings import Settings

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
NAMES = ("run", "diff", "gate", "import", "draft", "retrieval")
_RUN = "ask questions and report; a stopped run goes on where it was"
_DIFF = "compare two runs: what got better, what got worse, and whether that is more than noise"
_GATE = "ask the questions that ship and exit 1 if anything got worse than the baseline by more than noise"


def add(commands: Commands) -> None:
    """Declare the command and those below it."""
    evaluates = commands.add_parser(
        "eval", help=_SUMMARY, description=_DESCRIPTION, epilog=_EPILOG, formatter_class=argparse.RawTextHelpFormatter
    )
    below = evaluates.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _takes_run(command(below, "run", _run, _RUN))
    compares = below.add_parser("diff", help=_DIFF, description=_sentence(_DIFF))
    compares.set_defaults(run=_diff)
    for name in ("before", "after"):
        compares.add_argument(name, type=Path, metavar=name.upper(), help="the --out of a run, or its report.json")
    _takes_gate(command(below, "gate", _gate, _GATE))
    add_sets(below)


def with_run(arguments: Sequence[str]) -> list[str]:
    """Return the arguments of a command line with `run` put in where `eval` names no command."""
    given = list(arguments)
    if given[:1] == ["eval"] and (len(given) == 1 or given[1] not in ("-h", "--help", *NAMES)):
        given.insert(1, "run")
    return given


def _sentence(summary: str) -> str:
    return summary[0].upper() + summary[1:] + "."


def _takes_run(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="questions, one JSON object a line")
    parser.add_argument("--out", type=Path, default=Path("ponte-eval"), metavar="DIR", help="folder of the report")
    _takes_choice(parser)
    parser.add_argument("--label", default="", metavar="TEXT", help="what to call this configuration in the report")
    parser.add_argument("--judge", metavar="MODEL", help="let this model judge the citations as well: openai:gpt-4o")


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


def _takes_gate(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("report", nargs="?", type=Path, metavar="REPORT", help="judge this run instead of asking anew")
    parser.add_argument("--baseline", type=Path, metavar="FILE", help="to compare with (default: the one that ships)")
    parser.add_argument("--update", action="store_true", help="write the baseline anew instead, from what is asked now")
    parser.add_argument("--out", type=Path, metavar="DIR", help="folder of the report (default: nothing is written)")


def _run(options: argparse.Namespace) -> int:
    from bot.evaluate.report import report

    done = _evaluated(options, options.files or None, options.out, options.label)
    made = report(done, _judged(done, options.judge) if options.judge else None)
    _write(made, options.out)
    if done.known:
        note(f"{counted(done.known, 'answer')} known from an earlier run.")
    for line in done.left_out:
        note(f"left out: {line}")
    _tell(made)
    say(f"{options.out / 'report.html'}", "bold")
    return ANSWERED


def _diff(options: argparse.Namespace) -> int:
    from bot.evaluate.compare import compare
    from bot.evaluate.compare_text import to_text
    from bot.evaluate.report import read_report

    before, after = read_report(options.before), read_report(options.after)
    if before.configuration["index"] != after.configuration["index"]:
        note("The two runs were asked of different articles.")
    say(to_text(compare(before.outcomes, after.outcomes)))
    return ANSWERED


def _gate(options: argparse.Namespace) -> int:
    from bot.evaluate.compare import compare, regressions
    from bot.evaluate.compare_text import to_text
    from bot.evaluate.configuration import extractive
    from bot.evaluate.report import read_report, report, to_baseline
    from bot.evaluate.selection import shipped

    baseline = options.baseline or shipped("baseline.json")
    before = None if options.update else read_report(baseline)
    if options.report:
        made = read_report(options.report)
    else:
        options.part, options.limit, options.workers, options.keep_going = "all", None, _GATES, False
        made = report(_evaluated(options, None, options.out, settings=extractive()))
        if options.out:
            _write(made, options.out)
    if before is None:
        save(baseline, to_baseline(made))
        say(f"{counted(len(made.outcomes), 'question')} in {baseline}")
        return ANSWERED
    comparison = compare(before.outcomes, made.outcomes)
    found = regressions(comparison, before.outcomes, made.outcomes)
    say(to_text(comparison))
    say()
    for line in found:
        say(f"regression: {line}", "bold")
    say("worse than the baseline" if found else "as good as the baseline, or better", "bold")
    return REGRESSED if found else ANSWERED


def _evaluated(
    options: argparse.Namespace,
    files: Sequence[Path] | None,
    out: Path | None,
    label: str = "",
    settings: "Settings | None" = None,
) -> "Evaluation":
    from bot.evaluate.suite import evaluate

    with open_bot(options, warm=True, settings=settings) as bot, bar("Asking") as progress:
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


def _judged(done: "Evaluation", name: str) -> dict[str, Any]:
    from bot.evaluate.judge import judge
    from bot.evaluate.talking import named

    model = named(name)
    with bar("Judging") as progress:
        return judge(done.records, model, progress)


def _write(made: "Report", out: Path) -> None:
    from bot.evaluate.report import NAME, to_json
    from bot.evaluate.report_html import to_html
    from bot.evaluate.report_markdown import to_markdown

    for name, text in ((NAME, to_json(made)), ("report.md", to_markdown(made)), ("report.html", to_html(made))):
        save(out / name, text)


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
