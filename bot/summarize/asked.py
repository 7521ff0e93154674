"""A summary that is asked for in a chat: made if the sources are about its subject, and told as an answer.

Knows requests, the summarizer and what words a text covers; changes no word of a summary.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from bot.datamodels import Answer, Hit, State
from bot.errors import QuestionError
from bot.events import Done, Said
from bot.evidence.matching import held, read, share, want
from bot.question.analyse import analyse
from bot.question.asking import Asked
from bot.summarize.render import coverage
from bot.summarize.request import Request
from bot.summarize.resolve import Search, resolve
from bot.summarize.select import select
from bot.summarize.summarizer import Summarizer
from bot.summarize.values import Summarized, Summary
from bot.summarize.wish import Wish
from index.store import Store

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
) -> Iterator[Said | Done] | None:
    """Return the events of the summary that a message asks for; None where the sources know nothing of its subject.

    Args:
        asked: the message.
        request: found in it.
        articles: ids of the only articles that may be read; all, if None.
        store: the index.
        search: finds passages, among those articles.
        summarizer: makes it.

    Raises:
        QuestionError: what is asked for makes no sense.
        StoreError: the index cannot be read.
    """
    if request.about and not _known(request.about, asked.language, search(request.about, asked.language, _HITS), store):
        return None
    wish = resolve(request, store, search, asked.language)
    if articles and not wish.articles:
        wish = replace(wish, articles=tuple(articles))
    # "From 2006 to 2017" may be of what happened then, and no article dated so: a question like any other.
    return _told(asked, summarizer, wish) if _fits(store, wish) else None


def _fits(store: Store, wish: Wish) -> bool:
    try:
        return bool(select(store, wish))
    except QuestionError:
        return False


def _told(asked: Asked, summarizer: Summarizer, wish: Wish) -> Iterator[Said | Done]:
    for event in summarizer.stream(wish):
        if isinstance(event, Said):
            yield event
        if isinstance(event, Summarized):
            yield Done(answered(event.summary, asked.raw, asked.text if asked.followed else ""))


def _known(about: str, language: str, hits: Sequence[Hit], store: Store) -> bool:
    wanted = want(analyse(about, language), [hit.passage.chunk.language for hit in hits], store.words())
    texts = [(hit.passage.chunk.language, f"{hit.article.title} {hit.text}") for hit in hits]
    return any(share(wanted[code], held(wanted[code], read(text, code))) >= _ABOUT for code, text in texts)


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
