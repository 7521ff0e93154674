"""What a bot holds: the articles of its library, looked at and changed. Knows nothing of questions and answers."""

from pathlib import Path

from bot.library import Library
from index.article import Article
from index.build import Progress, Report, silent
from index.passage import Entry


class Holdings:
    """The articles that answers come from; safe to share between threads.

    Args:
        library: the index and its embedder.
    """

    def __init__(self, library: Library) -> None:
        self._library = library

    @property
    def folder(self) -> Path:
        """The folder of the index; what else is kept of it stands beside."""
        return self._library.store.path

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
