"""An answer told on a terminal while a model writes it: each sentence when it has been checked, with its mark.

What is being written stands in one passing line, which is gone when the sentence is told. Knows events and terminals.
"""

from collections.abc import Iterator
from contextlib import closing

from bot.datamodels import Answer, Statement, Verdict
from bot.events import Done, Event, Said, Withdrawn, Wrote
from bot.render import after_text, before_text, withdrawn
from bot.terminal import Passing, say

_SIGNS = {Verdict.SUPPORTED: "✓", Verdict.PARTLY: "≈", Verdict.UNSUPPORTED: "✗"}


def tell(events: Iterator[Event]) -> Answer:
    """Tell an answer as it comes and return it; interrupted, the request to the model is closed.

    Args:
        events: of `Bot.stream`.
    """
    passing = Passing()
    language, told = "en", False
    with closing(events), passing:  # type: ignore[type-var]
        for event in events:
            if isinstance(event, Wrote):
                passing.add(event.text)
            elif isinstance(event, Said):
                passing.clear()
                language, told = event.statement.language or language, True
                say(_line(event.statement))
            elif isinstance(event, Withdrawn):
                passing.clear()
                if told:
                    say(withdrawn(language), "dim")
                told = False
            elif isinstance(event, Done):
                passing.clear()
                rest = "\n\n".join(part for part in (before_text(event.answer), after_text(event.answer)) if part)
                say(f"\n{rest}" if rest else "")
                return event.answer
    raise AssertionError("a stream ends with Done")


def _line(statement: Statement) -> str:
    numbers = "".join(f" [{n}]" for n in statement.citations)
    return f"{statement.text}{numbers}" + (f" {_SIGNS[statement.verdict]}" if statement.verdict is not None else "")
