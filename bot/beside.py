"""Two libraries searched as one: a shared one, and a small one beside it that only one reader sees. Copies nothing.

Vectors of both are compared as they are, words are weighed over the texts of both together, so that a score means the
same wherever a passage stands. What is written goes into the small one. Knows stores; nothing of questions or readers.
"""

import threading
from collections.abc import Collection, Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.errors import UnknownArticle
from bot.library import Library
from index.article import Article
from index.build import Progress, Report, silent
from index.lexical import Lexical, LexicalHit
from index.passage import Entry, Passage
from index.store import LANGUAGES, Store


class Joint(Store):
    """Two stores of one model, read as one; closing it closes neither.

    Args:
        shared: the large one.
        own: the small one; it comes first where both have an article of one id.
    """

    def __init__(self, shared: Store, own: Store) -> None:
        self.path, self.catalog, self.vectors = own.path, own.catalog, own.vectors
        self._both = (shared, own)
        self._lock = threading.Lock()
        self._words: tuple[tuple[int, int], Lexical] | None = None

    def close(self) -> None:
        """Do nothing: whoever opened the two stores closes them."""

    def article(self, article_id: str) -> Article:
        """Return an article.

        Raises:
            UnknownArticle: neither has one of that id.
        """
        shared, own = self._both
        try:
            return own.article(article_id)
        except UnknownArticle:
            return shared.article(article_id)

    def articles(self) -> list[Article]:
        """Return every article of both, sorted by id."""
        found = {article.id: article for store in self._both for article in store.articles()}
        return [found[name] for name in sorted(found)]

    def entries(self) -> dict[str, Entry]:
        """Return what is known of each article of both, by id."""
        shared, own = self._both
        return shared.entries() | own.entries()

    def passages(self, keys: Iterable[str]) -> dict[str, Passage]:
        """Return passages of both by key."""
        wanted, (shared, own) = list(keys), self._both
        return shared.passages(wanted) | own.passages(wanted)

    def vectors_of(self, keys: Iterable[str]) -> dict[str, NDArray[np.float32]]:
        """Return vectors of passages of both, (dimension,) each, by key."""
        wanted, (shared, own) = list(keys), self._both
        return shared.vectors_of(wanted) | own.vectors_of(wanted)

    def sentence_vectors(self, keys: Iterable[str]) -> dict[str, NDArray[np.float32]]:
        """Return vectors of the sentences of passages of both, (sentences, dimension) each, by key."""
        wanted, (shared, own) = list(keys), self._both
        return shared.sentence_vectors(wanted) | own.sentence_vectors(wanted)

    def dense(
        self, vector: NDArray[np.float32], language: str, k: int, articles: Collection[str] | None = None
    ) -> list[tuple[str, float]]:
        """Return the k nearest passages of a language in both: keys and cosines, nearest first."""
        found = [hit for store in self._both for hit in store.dense(vector, language, k, articles)]
        return sorted(found, key=lambda hit: (-hit[1], hit[0]))[:k]

    def lexical(
        self, question: str, language: str, target: str, k: int, articles: Collection[str] | None = None
    ) -> list[LexicalHit]:
        """Return the k best passages of both by the words of a question, best first."""
        return self.words().search(question, language, target, k, articles)

    def words(self) -> Lexical:
        """Return the lexical index over the texts of both as they are now; made anew when one has changed."""
        shared, own = self._both
        now = (shared.catalog.generation, own.catalog.generation)
        with self._lock:
            if self._words is None or self._words[0] != now:
                texts = {lang: shared.catalog.texts(lang) | own.catalog.texts(lang) for lang in LANGUAGES}
                self._words = (now, Lexical.build(texts))
            return self._words[1]

    def refresh(self, ours: bool = False) -> None:
        """Notice what was written to either since the last look."""
        for store in self._both:
            store.refresh(ours)

    def verify(self) -> list[str]:
        """Check the citation contract in both; return one line for each thing that is wrong."""
        return [line for store in self._both for line in store.verify()]


class Beside(Library):
    """A library beside a shared one; what is added or removed is the small one's alone.

    Args:
        shared: read only.
        own: of the same embedding model.
    """

    def __init__(self, shared: Library, own: Library) -> None:
        self.settings, self.embedder = shared.settings, shared.embedder
        self._own = own
        self.store = Joint(shared.store, own.store)

    def close(self) -> None:
        """Do nothing: whoever opened the two libraries closes them."""

    def add(self, *sources: Path | str | Article, progress: Progress = silent) -> Report:
        """Put articles into the small library, as `Library.add` does."""
        return self._own.add(*sources, progress=progress)

    def remove(self, *article_ids: str) -> None:
        """Take articles out of the small library.

        Raises:
            UnknownArticle: it has none of that id.
            StoreLocked: another process is writing.
        """
        self._own.remove(*article_ids)
