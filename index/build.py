"""Writing an index: articles in, articles out, repair after a kill; one writer at a time.

The order of writing makes a kill at any moment harmless: the version is noted in the catalog's journal, its vectors
go to Chroma, and only then does one transaction make it live. What a kill leaves behind in Chroma is never answered
from, and the next writer sweeps it out. It knows articles, not files: `index.ingest` reads those.
"""

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.article import Article
from index.chunk import Chunk, split
from index.errors import ArticleError, EmbedderError, StoreError, StoreLocked
from index.passage import Encoded, Entry, key
from index.pending import Pending
from index.store import LANGUAGES, Embedder, Store

# Grows when the same article would be cut or encoded in another way: every article is then written anew.
RECIPE = "1"
_BATCH = 128
# From so many texts on (a quarter of a minute's work) what is encoded is kept should the run be stopped.
_LONG = 256


class Progress(Protocol):
    """Told how far a piece of work is."""

    def __call__(self, done: int, total: int, label: str) -> None:
        """Take note: `done` of `total` (characters of text), working on `label`."""


def silent(done: int, total: int, label: str) -> None:
    """Show nothing."""


@dataclass(slots=True)
class Report:
    """What a run of writing did: ids of articles, and the errors of those that could not be used by origin."""

    added: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    failed: dict[str, Exception] = field(default_factory=dict)


def version(article: Article, model_id: str) -> str:
    """Return what identifies the passages of an article: its content, the model and the way of cutting."""
    return hashlib.sha256(f"{RECIPE}\n{model_id}\n{article.hash}".encode()).hexdigest()[:16]


@contextmanager
def writing(store: Store, embedder: Embedder, wait: float = 0) -> Iterator["Writer"]:
    """Hold the write lock of an index, repaired first, and yield its writer.

    Args:
        store: the index.
        embedder: makes the vectors.
        wait: seconds to wait for another writer.

    Raises:
        StoreLocked: another process is writing.
        StoreError: the folder cannot be written.
    """
    from filelock import FileLock, Timeout

    path = store.path / "writer.lock"
    lock = FileLock(path)
    try:
        lock.acquire(timeout=wait)
    except Timeout:
        raise StoreLocked(
            f"Another process is writing to the index at {store.path}.",
            "Wait until it is done, or stop it; a lock left by a killed process frees itself.",
        ) from None
    except OSError as error:
        raise StoreError(
            f"The index at {store.path} cannot be written: {os.strerror(error.errno or 0)}.",
            "Choose a folder that can be written, with --into or PONTE_HOME.",
        ) from error
    try:
        writer = Writer(store, embedder)
        writer.repair()
        yield writer
        store.save_words()
    finally:
        lock.release()


class Writer:
    """Writes to an index whose lock is held; made by `writing`."""

    def __init__(self, store: Store, embedder: Embedder) -> None:
        self._store = store
        self._catalog = store.catalog
        self._embedder = embedder
        self._pending = Pending(store.path, embedder.model_id)

    def add(self, article: Article, origin: str, progress: Callable[[float], None] = lambda _: None) -> str:
        """Put an article in, or in the place of the one with its id.

        Args:
            article: to be indexed; its text is not empty.
            origin: where it came from: a path, or the name of an upload.
            progress: told the share of the article that is encoded, 0 to 1.

        Returns:
            "added", "replaced" or "unchanged".

        Raises:
            ArticleError: its text is empty or cannot be stored.
            StoreError: it could not be written; the index is as it was.
            EmbedderError: the model gave vectors that do not fit; the index is as it was.
        """
        _check(article)
        new = version(article, self._embedder.model_id)
        old = self._catalog.version(article.id)
        if old == new:
            return "unchanged"
        chunks = split(article)
        spans = sorted({span for chunk in chunks for span in chunk.sentences})
        texts = [article.text[c.start : c.end] for c in chunks] + [article.text[a:b] for a, b in spans]
        encoded = _encoded(chunks, spans, self._embed(texts, progress))
        with _disk(self._store):
            self._catalog.begin(new)
            self._write_vectors(article, new, encoded)
            self._catalog.put(article, new, origin, encoded)
            self._pending.drop(texts)
        self._sweep()
        self._store.refresh(ours=True)
        return "added" if old is None else "replaced"

    def remove(self, article_id: str) -> None:
        """Take an article out.

        Raises:
            UnknownArticle: there is none of that id.
        """
        self._catalog.article(article_id)
        with _disk(self._store):
            self._catalog.delete(article_id)
        self._sweep()
        self._store.refresh(ours=True)

    def stale(self) -> list[Entry]:
        """Return the articles whose passages another model or recipe made; they are to be added again."""
        model_id = self._embedder.model_id
        entries = self._catalog.entries()
        return [
            entries[article.id]
            for article in self._catalog.articles()
            if entries[article.id].version != version(article, model_id)
        ]

    def repair(self, thorough: bool = False) -> None:
        """Bring Chroma in line with the catalog, from the vectors that the catalog keeps.

        Args:
            thorough: compare every key, also where the counts agree.
        """
        self._sweep()
        self._store.vectors.drop_others()
        counts = self._catalog.counts()
        for language in LANGUAGES:
            if thorough or self._store.vectors.count(language) != counts.get(language, 0):
                self._restore(language)

    def _restore(self, language: str) -> None:
        texts, held = self._catalog.texts(language), self._store.vectors.keys(language)
        self._store.vectors.delete(language, sorted(held - texts.keys()))
        missing = [name for name in texts if name not in held]
        for i in range(0, len(missing), _BATCH):
            part = missing[i : i + _BATCH]
            passages, vectors = self._catalog.passages(part), self._catalog.vectors(part)
            rows = [_metadata(passages[name].chunk, passages[name].version) for name in part]
            array = np.stack([vectors[name] for name in part])
            self._store.vectors.add(language, part, array, rows, [texts[name] for name in part])

    def _sweep(self) -> None:
        for left_over in self._catalog.purges():
            for language in LANGUAGES:
                self._store.vectors.delete_version(language, left_over)
            self._catalog.purged(left_over)

    def _embed(self, texts: list[str], progress: Callable[[float], None]) -> NDArray[np.float32]:
        """Return the vectors of texts, (len(texts), dimension); what a stopped run has made is not made again."""
        with _disk(self._store):
            known = self._pending.recall(texts)
        new = [text for text in dict.fromkeys(texts) if text not in known]
        progress(1 - len(new) / len(texts))
        for i in range(0, len(new), _BATCH):
            part = new[i : i + _BATCH]
            vectors = self._embedder.passages(part)
            self._fit(vectors, len(part))
            if len(new) > _LONG:
                with _disk(self._store):
                    self._pending.keep(part, vectors)
            known |= dict(zip(part, vectors, strict=True))
            progress(1 - max(0, len(new) - i - _BATCH) / len(texts))
        return np.stack([known[text] for text in texts])

    def _fit(self, vectors: NDArray[np.float32], count: int) -> None:
        if vectors.shape != (count, self._embedder.dimension) or not np.isfinite(vectors).all():
            raise EmbedderError(
                f"The model {self._embedder.model_id} gave vectors of shape {vectors.shape} that do not fit.",
                "Check the name of the embedding model and its server.",
            )

    def _write_vectors(self, article: Article, new: str, encoded: Sequence[Encoded]) -> None:
        for language in LANGUAGES:
            items = [item for item in encoded if item.chunk.language == language]
            if items:
                self._store.vectors.add(
                    language,
                    [key(article.id, new, item.chunk.n) for item in items],
                    np.stack([item.vector for item in items]),
                    [_metadata(item.chunk, new) for item in items],
                    [article.text[item.chunk.start : item.chunk.end] for item in items],
                )


def _encoded(chunks: Sequence[Chunk], spans: Sequence[tuple[int, int]], vectors: NDArray[np.float32]) -> list[Encoded]:
    rows = {span: len(chunks) + i for i, span in enumerate(spans)}
    return [
        Encoded(chunk, vectors[i], vectors[[rows[span] for span in chunk.sentences]]) for i, chunk in enumerate(chunks)
    ]


def _check(article: Article) -> None:
    """Refuse an article that cannot be stored or cited."""
    if not article.text.strip():
        raise ArticleError(f"The article {article.id} is empty.", "Give it a text.")
    try:
        article.text.encode()
    except UnicodeEncodeError:
        raise ArticleError(
            f"The article {article.id} holds characters that are none.", "Clean its text first (index.cleaning.clean)."
        ) from None


def _metadata(chunk: Chunk, version: str) -> dict[str, str | int]:
    return {"article_id": chunk.article_id, "version": version, "n": chunk.n, "start": chunk.start, "end": chunk.end}


@contextmanager
def _disk(store: Store) -> Iterator[None]:
    """Turn what SQLite says of a full or read-only disk into one line with a fix."""
    import sqlite3

    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise StoreError(
            f"The index at {store.path} cannot be written: {error}.",
            "Make room on the disk or choose another folder; the index is as it was before this article.",
        ) from error
