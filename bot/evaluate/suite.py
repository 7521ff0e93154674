"""A whole evaluation: questions in, outcomes out. `run` is the door for a notebook, `evaluate` that of the commands.

Knows nothing of reports.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bot.evaluate.configuration import Configuration
from bot.evaluate.gold import golds
from bot.evaluate.item import Item
from bot.evaluate.outcome import Outcome, outcomes
from bot.evaluate.record import Record
from bot.evaluate.running import Asks, ask
from bot.evaluate.selection import Questions, gather, select
from index.build import Progress, silent

if TYPE_CHECKING:
    from pandas import DataFrame


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What an evaluation came to.

    Attributes:
        configuration: that was asked.
        items: the questions.
        records: what came of each, in their order.
        outcomes: the same in numbers.
        left_out: one line for each question or line that was left out.
        known: how many answers were noted already.
    """

    configuration: Configuration
    items: tuple[Item, ...]
    records: tuple[Record, ...]
    outcomes: tuple[Outcome, ...]
    left_out: tuple[str, ...] = ()
    known: int = 0


def run(
    questions: Questions = None,
    bot: Asks | None = None,
    *,
    part: str = "all",
    limit: int | None = None,
    out: str | Path | None = None,
    workers: int = 1,
    label: str = "",
    keep_going: bool = False,
    progress: Progress = silent,
) -> "DataFrame":
    """Ask a set of questions and return a frame with a row for each.

    Args:
        questions: files of questions, or questions; those that ship, if None.
        bot: that is asked; the default one, if None.
        part: "all", "tuned" or "held-out".
        limit: about so many questions, evenly spread over the set; conversations and pairs stay whole.
        out: folder in which answers are noted, so that the same is not asked twice; not kept, if None.
        workers: conversations at a time, for models that are waited for.
        label: what to call the configuration.
        keep_going: leave out what is broken instead of stopping.
        progress: told of questions done, questions in all, and the id of the last.

    Returns:
        Columns as in `bot.evaluate.outcome.Outcome`, its scores among them, then `question`, `text` and `error`;
        `attrs["configuration"]` is the hash of what was asked.

    Raises:
        EvaluationError: the set is empty or broken, or the index lacks its articles.
        BotError: the index cannot be opened, or nothing can be answered.
    """
    from pandas import DataFrame

    done = evaluate(
        questions, bot, part=part, limit=limit, out=out, workers=workers, label=label, keep_going=keep_going,
        progress=progress,
    )  # fmt: skip
    rows = []
    for item, record, outcome in zip(done.items, done.records, done.outcomes, strict=True):
        text = record.answer.text if record.answer else ""
        rows.append(outcome.flat() | {"question": item.question, "text": text, "error": record.error})
    frame = DataFrame(rows)
    frame.attrs["configuration"] = done.configuration.hash
    return frame


def evaluate(
    questions: Questions = None,
    bot: Asks | None = None,
    *,
    part: str = "all",
    limit: int | None = None,
    out: str | Path | None = None,
    workers: int = 1,
    label: str = "",
    keep_going: bool = False,
    progress: Progress = silent,
) -> Evaluation:
    """Ask a set of questions; takes and raises what `run` does."""
    if bot is None:
        from bot.chat import Bot

        with Bot.open() as opened:
            opened.warm()
            return evaluate(
                questions, opened, part=part, limit=limit, out=out, workers=workers, label=label,
                keep_going=keep_going, progress=progress,
            )  # fmt: skip
    articles = {article.id: article for article in bot.articles()}
    chosen = select(gather(questions), articles, keep_going, part, limit)
    asked = ask(chosen.items, bot, None if out is None else Path(out), workers, label, progress)
    found = outcomes(chosen.items, asked.records, golds(chosen.items, articles), articles)
    return Evaluation(asked.configuration, chosen.items, asked.records, found, chosen.left_out, asked.known)
