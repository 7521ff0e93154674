"""Bot: a question in, a cited answer out. The pipeline, nothing else; each stage lives in a room of its own."""

import time
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from bot.answer.extract import Extractor
from bot.beside import Beside
from bot.datamodels import Answer, Hit
from bot.events import Done, Event, Found, Said
from bot.library import Library
from bot.question.asking import Asked, read_question
from bot.question.follow import Turn, standalone
from bot.retrieve import Retriever
from bot.settings import Settings
from index.article import Article
from index.build import Progress, Report, silent
from index.passage import Entry

# Passages that an answer is sought in.
_DEPTH = 16


class Bot:
    """Answers questions about a dossier; safe to share between threads.

    Made by `Bot.open`. A bot is a context manager; closing it releases its files.

    Args:
        library: the index and its model.
    """

    def __init__(self, library: Library) -> None:
        self.settings = library.settings
        self._library = library
        self._retriever = Retriever(library.store, library.embedder)
        self._extractor = Extractor(library.store, library.embedder)

    @classmethod
    def open(
        cls, path: Path | str | None = None, settings: Settings | None = None, progress: Progress = silent
    ) -> "Bot":
        """Open an index and a bot over it.

        Args:
            path: folder of the index; if None the default one, into which the dossier that ships is put.
            settings: read from the environment, if None.
            progress: told of the indexing that is done first, if any: characters done, characters in all, title.

        Raises:
            BotError: the index cannot be opened; the message says why and what to do.
        """
        return cls(Library(None if path is None else Path(path), settings, progress))

    def beside(self, own: Library) -> "Bot":
        """Return a bot that searches another library of the same model as well, as one with its own; nothing is copied.

        What it adds and removes is the other library's alone. Closing it closes neither.
        """
        return Bot(Beside(self._library, own))

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
    ) -> Iterator[Event]:
        """Answer a question in events: the passages found, each sentence with its citations, the whole answer.

        Takes and raises what `ask` does.
        """
        started = time.perf_counter()
        asked = self._read(question, language, articles, history)
        hits = self._retriever.search(asked.text, asked.language, _DEPTH, articles)
        found = time.perf_counter()
        yield Found(tuple(hits))
        draft = self._extractor.answer(asked, hits)
        answered = time.perf_counter()
        said: set[int] = set()
        for statement in draft.statements:
            new = tuple(c for c in draft.citations if c.n in statement.citations and c.n not in said)
            said.update(c.n for c in new)
            yield Said(statement, new)
        yield Done(_done(draft, asked, retrieve=found - started, answer=answered - found, total=answered - started))

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
        asked = self._read(question, language, articles)
        return self._retriever.search(asked.text, asked.language, k, articles)

    def extract(self, question: str, language: str | None = None, articles: Collection[str] | None = None) -> Answer:
        """Answer from the sources' own sentences, whatever model writes the answers of `ask`: cheap, no history.

        Raises:
            QuestionError, UnknownArticle, StoreError: as `ask`.
        """
        asked = read_question(question, language, self.settings.language, self.settings.max_question)
        return self._extractor.answer(asked, self._retriever.search(asked.text, asked.language, _DEPTH, articles))

    def articles(self) -> list[Article]:
        """Return every article, sorted by id."""
        return self._library.store.articles()

    def article(self, article_id: str) -> Article:
        """Return an article.

        Raises:
            UnknownArticle: there is none of that id.
        """
        return self._library.store.article(article_id)

    def entries(self) -> dict[str, Entry]:
        """Return what the index knows of each article beside its text, by id."""
        return self._library.store.entries()

    def add(self, *sources: Path | str | Article, progress: Progress = silent) -> Report:
        """Put articles into the index: files, folders, globs, or articles made in Python.

        Args:
            sources: what to put in; an article of the same id from the same place is replaced.
            progress: told how far it is: characters done, characters in all, title.

        Returns:
            What was added, replaced, unchanged, removed, and what failed and why.

        Raises:
            ArticleError: a path is not there.
            StoreLocked: another process is writing; try again later.
            StoreError: the index cannot be written.
        """
        return self._library.add(*sources, progress=progress)

    def remove(self, article_id: str) -> None:
        """Take an article out of the index.

        Raises:
            UnknownArticle: there is none of that id.
            StoreLocked: another process is writing; try again later.
        """
        self._library.remove(article_id)

    def verify(self) -> list[str]:
        """Check the index and the citation contract; return one line for each thing that is wrong."""
        return self._library.store.verify()

    def _read(
        self,
        question: str,
        language: str | None,
        articles: Collection[str] | None,
        history: Sequence[Turn] = (),
    ) -> Asked:
        for article_id in articles or ():
            self._library.store.article(article_id)
        default = history[-1].language if history else self.settings.language
        asked = read_question(question, language, default, self.settings.max_question)
        followed = standalone(asked.text, language, history)
        if not followed.changed:
            return asked
        wanted = language or followed.language
        return replace(
            read_question(followed.text, wanted, asked.language, 2 * self.settings.max_question),
            raw=question,
            followed=True,
        )


def _done(answer: Answer, asked: Asked, /, **seconds: float) -> Answer:
    timings = {stage: round(1000 * value, 1) for stage, value in seconds.items()}
    return replace(answer, understood=asked.text if asked.followed else "", timings=timings)
