"""A summary that is asked for in a chat: made if the sources are about its subject, and told as an answer.

Knows requests, the summarizer and what words a text covers; changes no word of a summary.
"""

import re
import threading
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from bot.datamodels import Answer, Hit, State
from bot.errors import CostError, QuestionError
from bot.events import Done, Said, Withdrawn, Wrote
from bot.evidence.matching import held, read, share, together, want
from bot.evidence.silence import givens_lacking
from bot.question.analyse import analyse
from bot.question.asking import Asked
from bot.summarize.render import coverage
from bot.summarize.request import Request
from bot.summarize.resolve import Search, resolve
from bot.summarize.select import select
from bot.summarize.summarizer import Summarizer, never
from bot.summarize.tell import Stop
from bot.summarize.values import Reading, Summarized, Summary, SummaryEvent, Working
from bot.summarize.wish import Wish
from index.store import Store
from prompts import load

_HITS = 8
# Share of the subject's words that one passage, with its title, has to hold.
_ABOUT = 0.5


def events(
    asked: Asked,
    request: Request,
    articles: Collection[str] | None,
    store: Store,
    search: Search,
    summarizer: Summarizer,
    stop: threading.Event | None = None,
) -> Iterator[Said | Wrote | Withdrawn | Done] | None:
    """Return the events of the summary that a message asks for; None where the sources know nothing of its subject.

    Args:
        asked: the message.
        request: found in it.
        articles: ids of the only articles that may be read; all, if None.
        store: the index.
        search: finds passages, among those articles.
        summarizer: makes it.
        stop: set by another thread to end it; then no `Done` comes.

    Raises:
        QuestionError: what is asked for makes no sense.
        StoreError: the index cannot be read.
    """
    about = _as_written(request.about, asked.text)
    if about and not _known(about, asked.language, search(about, asked.language, _HITS), store):
        return None
    wish = resolve(replace(request, about=about), store, search, asked.language)
    if articles and not wish.articles:
        wish = replace(wish, articles=tuple(articles))
    # "From 2006 to 2017" may be of what happened then, and no article dated so: a question like any other.
    return _told(asked, summarizer, wish, stop) if _fits(store, wish) else None


def _fits(store: Store, wish: Wish) -> bool:
    try:
        return bool(select(store, wish))
    except QuestionError:
        return False


def _told(
    asked: Asked, summarizer: Summarizer, wish: Wish, stop: threading.Event | None
) -> Iterator[Said | Wrote | Withdrawn | Done]:
    halt = stop.is_set if stop is not None else never
    try:
        yield from _heard(asked, summarizer.stream(wish, halt), halt)
    except CostError as error:
        # It comes before anything is said. In a conversation there is nobody to agree: the sources' own words will do.
        yield from _heard(asked, summarizer.extractive.stream(wish, halt), halt, _dear(error, asked.language))


def _heard(
    asked: Asked, events: Iterable[SummaryEvent], halt: Stop, notices: tuple[str, ...] = ()
) -> Iterator[Said | Wrote | Withdrawn | Done]:
    for event in events:
        if halt():
            return
        if isinstance(event, Summarized):
            answer = answered(event.summary, asked.raw, asked.text if asked.followed else "")
            yield Done(replace(answer, notices=(*notices, *answer.notices)))
        elif not isinstance(event, Reading | Working):
            yield event


def _dear(error: CostError, language: str) -> tuple[str, ...]:
    return (load("summary.too_dear", language).fill(calls=str(error.calls), cost=price(error.cost, language)),)


def price(cost: float | None, language: str) -> str:
    """Return in words what a summary will cost."""
    if cost is None:
        return load("summary.cost_unknown", language).fill()
    dollars = f"{cost:.2f}"
    return load("summary.cost_about", language).fill(dollars=dollars.replace(".", ",") if language == "it" else dollars)


def _as_written(about: str, text: str) -> str:
    """Return a subject with the capitals that it has in the message, by which names are told."""
    found = re.search(re.escape(about), text, re.IGNORECASE) if about else None
    return found[0] if found else about


def _known(about: str, language: str, hits: Sequence[Hit], store: Store) -> bool:
    """Say whether the sources are about a subject: one passage holds most of it, and one language has its names."""
    wanted = want(analyse(about, language), [hit.passage.chunk.language for hit in hits], store.words())
    rows: dict[str, list[tuple[float, ...]]] = {}
    for hit in hits:
        code = hit.passage.chunk.language
        rows.setdefault(code, []).append(held(wanted[code], read(f"{hit.article.title} {hit.text}", code)))
    if not any(share(wanted[code], row) >= _ABOUT for code, found in rows.items() for row in found):
        return False
    return any(not any(givens_lacking(wanted[code], together(*found))) for code, found in rows.items())


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
        model=summary.model,
        usage=summary.usage,
    )
