"""The store: an index folder opened for reading; dense and lexical search over what its catalog names as live.

It knows passages, not answers, and never writes an article: `index.build` does. A store sees what other processes
write, because every search looks at the catalog's generation first.
"""

import shutil
import tempfile
import threading
import uuid
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from index.article import Article
from index.catalog import Catalog
from index.errors import StoreError, StoreMismatch
from index.lexical import Lexical, LexicalHit
from index.passage import Entry, Passage
from index.vectors import Vectors, persistent

if TYPE_CHECKING:
    from chromadb.api import ClientAPI

LANGUAGES = ("it", "en")


class Embedder(Protocol):
    """What an index needs to know of an embedding model.

    `passages` and `queries` return L2-normalised float32 arrays of shape (texts, dimension).
    """

    @property
    def model_id(self) -> str:
        """The weights, their version and the prefix scheme: vectors of two ids are never compared."""

    @property
    def dimension(self) -> int:
        """The length of a vector."""

    def passages(self, texts: list[str]) -> NDArray[np.float32]:
        """Embed texts that are to be found."""

    def queries(self, texts: list[str]) -> NDArray[np.float32]:
        """Embed texts that are to find."""


class Store:
    """An index folder.

    Args:
        path: the folder; made if it is not there.
        embedder: whose vectors the index holds; only asked for its identity here.
        make_client: makes a Chroma client; the embedded one inside the folder by default.
        adopt: take an index of another model over (its vectors are stale until `index.build` writes them anew).

    Raises:
        StoreError: the folder cannot be written, or Chroma cannot be opened.
        StoreMismatch: another model or a newer version made the index.
    """

    def __init__(
        self,
        path: Path,
        embedder: Embedder,
        make_client: "Callable[[], ClientAPI] | None" = None,
        adopt: bool = False,
    ) -> None:
        self.path = path
        try:
            path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(
                f"The index folder {path} cannot be made: {error.strerror}.",
                "Choose a folder that can be written, with --into or PONTE_HOME.",
            ) from error
        self.catalog = Catalog(path / "catalog.sqlite")
        _claim(self.catalog, path, embedder, adopt)
        self.vectors = Vectors(
            make_client or persistent(path / "chroma"),
            embedder.model_id,
            embedder.dimension,
            name=f"ponte-{self.catalog.meta('name')}",
        )
        self._lock = threading.Lock()
        self._generation = self.catalog.generation
        self._lexical: tuple[int, Lexical] | None = None

    @staticmethod
    def exists(path: Path) -> bool:
        """Say whether a folder holds an index."""
        return (path / "catalog.sqlite").is_file()

    def close(self) -> None:
        """Release the files; the store is not used after this."""
        self.vectors.close()
        self.catalog.close()

    # -- what is in it

    def article(self, article_id: str) -> Article:
        """Return an article.

        Raises:
            UnknownArticle: there is none of that id.
        """
        return self.catalog.article(article_id)

    def articles(self) -> list[Article]:
        """Return every article, sorted by id."""
        return self.catalog.articles()

    def entries(self) -> dict[str, Entry]:
        """Return what is known of each article, by id, without the texts."""
        return self.catalog.entries()

    def passages(self, keys: Iterable[str]) -> dict[str, Passage]:
        """Return passages by key; keys that are no longer live are left out."""
        return self.catalog.passages(keys)

    def vectors_of(self, keys: Iterable[str]) -> dict[str, NDArray[np.float32]]:
        """Return the vectors of passages, (dimension,) each, by key."""
        return self.catalog.vectors(keys)

    def sentence_vectors(self, keys: Iterable[str]) -> dict[str, NDArray[np.float32]]:
        """Return the vectors of the sentences of passages, (sentences, dimension) each, by key."""
        return self.catalog.sentence_vectors(keys)

    # -- search

    def dense(
        self, vector: NDArray[np.float32], language: str, k: int, articles: Collection[str] | None = None
    ) -> list[tuple[str, float]]:
        """Return the k nearest passages of a language: keys and cosines, nearest first."""
        self.refresh()
        return self.vectors.query(language, vector, k, articles)

    def lexical(
        self, question: str, language: str, target: str, k: int, articles: Collection[str] | None = None
    ) -> list[LexicalHit]:
        """Return the k best passages of the target language by the words of a question, best first."""
        return self.words().search(question, language, target, k, articles)

    def words(self) -> Lexical:
        """Return the lexical half of the index as it is now, loading or making it if need be."""
        self.refresh()
        generation = self._generation
        with self._lock:
            if self._lexical is None or self._lexical[0] != generation:
                self._lexical = (generation, self._load_words(generation))
            return self._lexical[1]

    def _load_words(self, generation: int) -> Lexical:
        saved = self.path / "lexical" / str(generation)
        if saved.is_dir():
            # A damaged file, or one of another analysis of words, is only made anew: the catalog holds the texts.
            with suppress(StoreError):
                return Lexical.load(saved)
        return Lexical.build({language: self.catalog.texts(language) for language in LANGUAGES})

    def refresh(self, ours: bool = False) -> None:
        """Notice what was written since the last look; `ours` if through this very client, which sees it already."""
        generation = self.catalog.generation
        if generation == self._generation:
            return
        with self._lock:
            if not ours and generation != self._generation:
                self.vectors.reopen()
            self._generation = generation

    def save_words(self) -> None:
        """Save the lexical half of this generation beside the catalog, and drop those of earlier ones."""
        words, folder = self.words(), self.path / "lexical"
        target = folder / str(self._generation)
        if not target.is_dir():
            folder.mkdir(exist_ok=True)
            draft = Path(tempfile.mkdtemp(dir=folder, prefix="draft-"))
            words.save(draft)
            draft.rename(target)
        for other in folder.iterdir():
            if other.name != target.name:
                shutil.rmtree(other, ignore_errors=True)

    def verify(self) -> list[str]:
        """Check the citation contract and both halves of the index; return one line for each thing that is wrong."""
        return [*_wrong_offsets(self.catalog), *_wrong_vectors(self.catalog, self.vectors)]


def _claim(catalog: Catalog, path: Path, embedder: Embedder, adopt: bool) -> None:
    """Note whose vectors an index holds, or refuse it."""
    if catalog.meta("name") is None:
        catalog.set_meta(name=uuid.uuid4().hex[:12])
    made_by = catalog.meta("model")
    if made_by is not None and made_by != embedder.model_id and not adopt:
        raise StoreMismatch(
            f"The index at {path} was made with the model {made_by}, not with {embedder.model_id}.",
            f"`ponte index --rebuild --into {path}` makes it anew with this model; nothing is lost.",
        )
    if made_by != embedder.model_id:
        catalog.claim(embedder.model_id, embedder.dimension)


def _wrong_offsets(catalog: Catalog) -> list[str]:
    wrong = []
    for article in catalog.articles():
        for passage in catalog.passages_of(article.id):
            chunk = passage.chunk
            if article.text[chunk.start : chunk.end] != passage.text:
                wrong.append(f"{passage.key}: its text is not in the article at {chunk.start}-{chunk.end}.")
    return wrong


def _wrong_vectors(catalog: Catalog, vectors: Vectors) -> list[str]:
    wrong = []
    for language in LANGUAGES:
        live, held = set(catalog.texts(language)), vectors.keys(language)
        if live - held:
            wrong.append(f"{len(live - held)} passages ({language}) have no vector in Chroma.")
        if held - live:
            wrong.append(f"{len(held - live)} vectors ({language}) in Chroma belong to no passage.")
    return wrong
