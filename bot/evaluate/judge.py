"""A model as judge of citations, beside the verifier: does it find the sentences supported, and do the two agree?

The judge never decides a metric: a number that depends on who judges is told apart. Knows answers and a model.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from bot.answer.speaker import Speaker
from bot.datamodels import Answer, Citation, Usage
from bot.evaluate.citations import Judged, judge_answer
from bot.evaluate.intervals import kappa
from bot.evaluate.record import Record
from bot.evaluate.talking import enclosed, told
from index.build import Progress, silent

_YES = ("supported", "sostenuta")
_TOKENS = 200


def judge(records: Sequence[Record], model: Speaker, progress: Progress = silent) -> dict[str, Any]:
    """Ask a model of every cited sentence whether its quotes support it.

    Args:
        records: of a run.
        model: the judge; better another one than that which wrote.
        progress: told of sentences done, sentences in all, and the id of the question.

    Returns:
        `model`; `n` sentences judged; `recall`, the share that it finds supported; `verifier`, the share that the
        verifier does; `agreement`; `kappa` (Cohen's, None where chance alone makes them agree); `unclear`, replies
        that were no verdict; `usage`.
    """
    cases = [(record.id, one, answer) for record in records if (answer := record.answer) for one in _cited(answer)]
    mine: list[bool] = []
    theirs: list[bool] = []
    unclear, usage = 0, Usage()
    for done, (id, one, answer) in enumerate(cases, start=1):
        quotes = [c for c in answer.citations if c.n in one.statement.citations]
        verdict, took = _ask(model, one.statement.text, answer.language, quotes)
        usage += took
        if verdict is None:
            unclear += 1
        else:
            mine.append(one.supported)
            theirs.append(verdict)
        progress(done, len(cases), id)
    count = len(mine)
    return {
        "model": model.name,
        "n": count,
        "recall": sum(theirs) / count if count else 0.0,
        "verifier": sum(mine) / count if count else 0.0,
        "agreement": sum(a == b for a, b in zip(mine, theirs, strict=True)) / count if count else 0.0,
        "kappa": kappa(mine, theirs),
        "unclear": unclear,
        "usage": {"input_tokens": usage.input_tokens, "output_tokens": usage.output_tokens, "cost": usage.cost},
    }


def _cited(answer: Answer) -> Iterator[Judged]:
    if not answer.state.silent:
        yield from (one for one in judge_answer(answer) if one.statement.citations)


def _ask(model: Speaker, sentence: str, language: str, quotes: Sequence[Citation]) -> tuple[bool | None, Usage]:
    given = {"sentence": sentence, "quotes": [{"text": c.quote, "date": c.date} for c in quotes]}
    reply, usage = told(model, "judge", language, _TOKENS, case=enclosed(given))
    return verdict(reply), usage


def verdict(reply: str) -> bool | None:
    """Return what the reply of a judge says; None where it says neither, or both."""
    lowered = re.sub(r"\b(?:not |un|non )(supported|sostenuta)\b", "unsupported", reply.casefold())
    found = {word in _YES for word in re.findall(r"\b(?:unsupported|supported|sostenuta)\b", lowered)}
    return found.pop() if len(found) == 1 else None
