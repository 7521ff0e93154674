"""Vectors that travel with a dossier, so that its first indexing needs no model. Knows texts and vectors only."""

import hashlib
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from index.e5_engine import Spelt
from index.store import Embedder


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()[:16]


class Precomputed:
    """An embedder that looks into a file of vectors first.

    Args:
        embedder: makes the vectors that the file does not hold, and those of questions.
        path: of the file; one that is missing, damaged or another model's is as good as empty.
    """

    def __init__(self, embedder: Embedder, path: Path) -> None:
        self._embedder = embedder
        self._vectors = _load(path, embedder.model_id)

    @property
    def model_id(self) -> str:
        """The identity of the embedder underneath: the vectors are the same."""
        return self._embedder.model_id

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        return self._embedder.dimension

    def passages(self, texts: list[str]) -> NDArray[np.float32]:
        """Return the vectors of texts that are to be found, (texts, dimension)."""
        missing = [text for text in texts if _digest(text) not in self._vectors]
        made = dict(zip(missing, self._embedder.passages(missing), strict=True)) if missing else {}
        rows = [made[text] if text in made else self._vectors[_digest(text)] for text in texts]
        return np.array(rows, dtype=np.float32).reshape(len(texts), self.dimension)

    def queries(self, texts: list[str]) -> NDArray[np.float32]:
        """Return the vectors of texts that are to find, (texts, dimension)."""
        return self._embedder.queries(texts)

    def spell(self, texts: list[str], question: bool = False) -> list[Spelt] | None:
        """Return the tokens of texts with a vector each, or None if the embedder underneath shows none."""
        spell = getattr(self._embedder, "spell", None)
        found: list[Spelt] | None = spell(texts, question) if spell else None
        return found


def save(path: Path, texts: list[str], embedder: Embedder) -> None:
    """Write the vectors of texts into a file, float16.

    Args:
        path: of the file.
        texts: each once.
        embedder: makes the vectors.
    """
    digests = np.frombuffer(b"".join(_digest(text) for text in texts), dtype=np.uint8).reshape(-1, 16)
    vectors = embedder.passages(texts).astype(np.float16)
    np.savez(path, digests=digests, vectors=vectors, model=np.array(embedder.model_id))


def _load(path: Path, model_id: str) -> dict[bytes, NDArray[np.float32]]:
    try:
        with path.open("rb") as raw, np.load(raw, allow_pickle=False) as file:
            if str(file["model"]) != model_id:
                return {}
            digests, vectors = file["digests"], file["vectors"].astype(np.float32)
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return {}
    return {digest.tobytes(): vector for digest, vector in zip(digests, vectors, strict=True)}
