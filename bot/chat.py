"""Bot: a question in, a cited answer out. The pipeline, nothing else; each stage lives in a room of its own."""

import threading
import time
from collections.abc import AsyncIterator, Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from bot.answer.compose import told
from bot.answer.extract import Extractor
from bot.answer.speaker import Speaker
from bot.answer.write import Writer
from bot.beside import Beside
from bot.datamodels import Answer, Hit
from bot.events import Done, Event, Found, Said, Withdrawn, Wrote
from bot.evidence.apart import apart
from bot.library import Library
from bot.providers import make_model
from bot.question.asking import Asked
from bot.question.follow import Turn
from bot.retrieve import Retriever, with_copies
from bot.settings import Settings
from bot.summarize import asked as summaries
from bot.summarize.request import find
from bot.summing import Summarizing, checking
from bot.threads import streamed
from bot.understand import understood
from index.build import Progress, silent

# Passages that an answer is sought in.
_DEPTH = 16
# More, for each thing that a comparison asks about.
_EACH = 6


class Bot(Summarizing):
    """Answers questions about a dossier; safe to share between threads.

    Made by `Bot.open`. A bot is a context manager; closing it releases its files.

    Args:
        library: the index and its embedder.
        model: that writes the answers; the sources' own sentences are the answers, if None.
    """

    def __init__(self, library: Library, model: Speaker | None = None) -> None:
        super().__init__(library, model)
        self.settings = library.settings
        self._retriever = Retriever(library.store, library.embedder)
        self._extractor = Extractor(library.store, library.embedder)
        self._model = model
        self._writer = _writer(library, model) if model is not None else None

    @classmethod
    def open(
        cls,
        path: Path | str | None = None,
        settings: Settings | None = None,
        progress: Progress = silent,
        model: Speaker | None = None,
    ) -> "Bot":
        """Open an index and a bot over it.

        Args:
            path: folder of the index; if None the default one, into which the dossier that ships is put.
            settings: read from the environment, if None.
            progress: told of the indexing that is done first, if any: characters done, characters in all, title.
            model: that writes the answers; the one that the settings name, if None.

        Raises:
            BotError: the index cannot be opened; the message says why and what to do.
        """
        settings = settings or Settings.from_environment()
        speaker = model or make_model(settings.model, settings)
        return cls(Library(None if path is None else Path(path), settings, progress), speaker)

    @property
    def model(self) -> Speaker | None:
        """The model that writes the answers; None where they are the sources' own sentences."""
        return self._model

    def with_model(self, model: Speaker | None) -> "Bot":
        """Return a bot over the same index, kept open by this one, that answers with another model, or with none."""
        return Bot(self._library, model)

    def beside(self, own: Library) -> "Bot":
        """Return a bot that searches another library of the same model as well, as one with its own; nothing is copied.

        What it adds and removes is the other library's alone. Closing it closes neither.
        """
        return Bot(Beside(self._library, own), self._model)

    def warm(self, progress: Progress = silent) -> None:
        """Load the model now and not at the first question.

        Args:
            progress: told of what has to be made first, once on a machine.
        """
        self._library.warm(progress)

    def close(self) -> None:
        """Release the index; the bot is not used after this."""
        self._library.close()

    def __enter__(self) -> "Bot":
        """Return the bot itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the bot."""
        self.close()

    def ask(
        self,
        question: str,
        language: str | None = None,
        articles: Collection[str] | None = None,
        history: Sequence[Turn] = (),
    ) -> Answer:
        """Answer a question from the sources.

        Args:
            question: in Italian or English.
            language: "it" or "en" for the answer; that of the question, if None.
            articles: ids of the only articles to search; all, if None.
            history: what was asked and answered before, oldest first; a question that leans on it ("And Japan?") is
                understood by it, and `Answer.understood` says how.

        Returns:
            An answer whose every sentence is cited, or one of the silences.

        Raises:
            QuestionError: the question is empty, too long, or the language is neither "it" nor "en".
            UnknownArticle: one of the articles is not in the index.
            StoreError: the index cannot be read.
        """
        for event in self.stream(question, language, articles, history):
            if isinstance(event, Done):
                return event.answer
        raise AssertionError("a stream ends with Done")

    def stream(
        self,
        question: str,
        language: str | None = None,
        articles: Collection[str] | None = None,
        history: Sequence[Turn] = (),
        stop: threading.Event | None = None,
    ) -> Iterator[Event]:
        """Answer a question in events: the passages found, drafts, each sentence with its citations, the whole answer.

        Takes and raises what `ask` does. Closing the iterator ends the request to a model as well; so does `stop`, set
        by another thread, and then no `Done` comes.
        """
        started = time.perf_counter()
        self._check(articles)
        asked, usage = understood(question, language, history, self.settings, self._model, stop)
        if stop is not None and stop.is_set():
            return
        if (summary := self._summary(asked, articles, stop)) is not None:
            yield from summary
            return
        hits = self._found(asked, articles)
        found = time.perf_counter()
        yield Found(tuple(hits))
        for event in self._answered(asked, with_copies(hits), stop):
            if isinstance(event, Done):
                now = time.perf_counter()
                answer = replace(event.answer, usage=event.answer.usage + usage)
                event = Done(_done(answer, asked, retrieve=found - started, answer=now - found, total=now - started))
            yield event

    async def aask(
        self,
        question: str,
        language: str | None = None,
        articles: Collection[str] | None = None,
        history: Sequence[Turn] = (),
    ) -> Answer:
        """Answer a question as `ask` does, for code that runs in an event loop; a cancelled task ends the request."""
        async for event in self.astream(question, language, articles, history):
            if isinstance(event, Done):
                return event.answer
        raise AssertionError("a stream ends with Done")

    def astream(
        self,
        question: str,
        language: str | None = None,
        articles: Collection[str] | None = None,
        history: Sequence[Turn] = (),
    ) -> AsyncIterator[Event]:
        """Answer a question in events as `stream` does, for code that runs in an event loop."""
        return streamed(lambda stop: self.stream(question, language, articles, history, stop))

    def search(
        self,
        question: str,
        k: int = 8,
        language: str | None = None,
        articles: Collection[str] | None = None,
    ) -> list[Hit]:
        """Return the passages for a question in both languages, best first.

        Args:
            question: in Italian or English.
            k: how many at most.
            language: of the question; detected, if None.
            articles: ids of the only articles to search; all, if None.

        Raises:
            QuestionError, UnknownArticle, StoreError: as `ask`.
        """
        self._check(articles)
        asked, _ = understood(question, language, (), self.settings)
        return self._retriever.search(asked.text, asked.language, k, articles)

    def _found(self, asked: Asked, articles: Collection[str] | None) -> list[Hit]:
        """Return the passages for a question; those for each thing that a comparison asks about behind its own."""
        hits = self._retriever.search(asked.text, asked.language, _DEPTH, articles)
        for part in apart(asked.text, asked.language):
            known = {hit.passage.key for hit in hits}
            more = self._retriever.search(part, asked.language, _EACH, articles)
            hits += [hit for hit in more if hit.passage.key not in known]
        return hits

    def _check(self, articles: Collection[str] | None) -> None:
        for article_id in articles or ():
            self.article(article_id)

    def _answered(
        self, asked: Asked, hits: Sequence[Hit], stop: threading.Event | None
    ) -> Iterator[Wrote | Said | Withdrawn | Done]:
        if self._writer is None:
            return told(self._extractor.answer(asked, hits))
        return self._writer.write(asked, hits, stop)

    def _summary(
        self, asked: Asked, articles: Collection[str] | None, stop: threading.Event | None
    ) -> Iterator[Said | Wrote | Withdrawn | Done] | None:
        """Return the events of the summary that a message asks for, or None where it asks something else."""
        request = find(asked.text)
        if request is None:
            return None

        def search(text: str, language: str, k: int) -> list[Hit]:
            return self._retriever.search(text, language, k, articles)

        return summaries.events(asked, request, articles, self._library.store, search, self._summarizer, stop)


def _writer(library: Library, model: Speaker) -> Writer:
    settings = library.settings
    kept, checker = 128 if settings.cache_answers == "on" else 0, checking(library)
    return Writer(library.store, library.embedder, model, settings.unsupported, kept, checker, settings.max_tokens)


def _done(answer: Answer, asked: Asked, /, **seconds: float) -> Answer:
    timings = {stage: round(1000 * value, 1) for stage, value in seconds.items()}
    return replace(answer, understood=asked.text if asked.followed else "", timings=timings)
