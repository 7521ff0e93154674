"""What of a bot makes summaries, and forgets what was noted for them; `bot.chat` puts questions beside it.

Knows libraries and wishes; nothing of questions.
"""

from collections.abc import AsyncIterator, Iterator

from bot.answer.speaker import Speaker
from bot.holdings import Holdings
from bot.library import Library
from bot.providers import make_embedder
from bot.summarize.digest import Digester
from bot.summarize.kept import Kept
from bot.summarize.summarizer import Summarizer, never
from bot.summarize.tell import Extractive, Stop
from bot.summarize.values import Estimate, Summarized, Summary, SummaryEvent
from bot.summarize.wish import Wish
from bot.summarize.written import Written
from bot.threads import streamed
from index.store import Embedder


class Summarizing(Holdings):
    """What one does with the articles of a bot, and their summaries.

    Args:
        library: the index and its embedder.
        model: that writes the summaries; they are of the sources' own sentences, if None.
    """

    def __init__(self, library: Library, model: Speaker | None) -> None:
        super().__init__(library)
        self._kept = Kept(library.store.path if library.settings.cache_answers == "on" else None)
        self._summarizer = _summarizer(library, model, self._kept)

    def summarize(self, wish: Wish, stop: Stop = never, agreed: bool = False) -> Summary:
        """Summarise an article, several, or all of them, every sentence cited.

        Args:
            wish: what and how: `Wish(articles=("treaty-en",), words=120)`, `Wish(topic="veto", shape=Shape.TIMELINE)`.
            stop: asked again and again; where it says True the summary is of what was read until then.
            agreed: whether a language model may cost more than `settings.ask_above`; `estimate` tells what it will.

        Raises:
            CostError: it would cost more than that, and nobody agreed; nothing was sent.
            QuestionError: something asked for makes no sense, or no article fits.
            UnknownArticle: one of the articles is not in the index.
            StoreError: the index cannot be read.
        """
        return self._summarizer.summarize(wish, stop, agreed)

    def stream_summary(self, wish: Wish, stop: Stop = never, agreed: bool = False) -> Iterator[SummaryEvent]:
        """Summarise in events: how far it is, drafts, each sentence with its citations, the whole summary.

        Takes and raises what `summarize` does.
        """
        return self._summarizer.stream(wish, stop, agreed)

    async def asummarize(self, wish: Wish, agreed: bool = False) -> Summary:
        """Summarise as `summarize` does, for code that runs in an event loop; a cancelled task ends the request."""
        async for event in self.astream_summary(wish, agreed):
            if isinstance(event, Summarized):
                return event.summary
        raise AssertionError("a stream ends with the summary")

    def astream_summary(self, wish: Wish, agreed: bool = False) -> AsyncIterator[SummaryEvent]:
        """Summarise in events as `stream_summary` does, for code that runs in an event loop."""
        return streamed(lambda stop: self._summarizer.stream(wish, stop.is_set, agreed))

    def estimate(self, wish: Wish) -> Estimate:
        """Return what a summary will take - requests, tokens, cost - without making it; nothing is sent anywhere.

        Raises:
            QuestionError, UnknownArticle, StoreError: as `summarize`.
        """
        return self._summarizer.estimate(wish)

    def remove(self, article_id: str) -> None:
        """Take an article out of the index, and what a model noted of it out of what is kept.

        Raises:
            UnknownArticle: there is none of that id.
            StoreLocked: another process is writing; try again later.
        """
        super().remove(article_id)
        self._kept.forget(article_id)


def checking(library: Library) -> Embedder:
    """Return the embedder by which what a model wrote is compared with its quotes: always the embedded one."""
    return make_embedder("embedded") if library.settings.embedder != "embedded" else library.embedder


def _summarizer(library: Library, model: Speaker | None, kept: Kept) -> Summarizer:
    store, embedder, settings = library.store, library.embedder, library.settings
    if model is None:
        return Summarizer(store, embedder)
    flag, room = settings.unsupported == "flag", settings.max_tokens
    digester = Digester(model, embedder, checking(library), flag, room)
    written = Written(store, digester, kept, Extractive(store, embedder))
    return Summarizer(store, embedder, written, settings.ask_above)
