"""A summary as the answer to a question that asked for one. Changes no word of it."""

from bot.datamodels import Answer, State
from bot.summarize.render import coverage
from bot.summarize.values import Summary


def answered(summary: Summary, question: str, understood: str = "") -> Answer:
    """Return a summary as an answer; how much it covers is its last notice.

    Args:
        summary: as made.
        question: as it was asked.
        understood: as it was taken in the conversation, where it leaned on it.
    """
    cited = bool(summary.citations)
    return Answer(
        question,
        summary.text,
        summary.language,
        State.ANSWERED if cited else State.NOT_IN_SOURCES,
        statements=summary.statements,
        citations=summary.citations,
        notices=(*summary.notices, coverage(summary)) if cited else summary.notices,
        understood=understood,
        confidence=float(cited),
        timings=summary.timings,
    )
