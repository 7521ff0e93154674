"""The vectors of the passages in Chroma: one collection a language, so that no language buries the other.

It knows keys, vectors and article ids; what an article says and which version is live, the catalog knows. Any Chroma
client will do: the embedded persistent one, or a server's.
"""

import hashlib
import re
import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index.errors import StoreError
from index.memory import hand_out_zeros

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection as ChromaCollection

BATCH = 250
_HNSW = {"hnsw": {"space": "cosine", "ef_search": 128, "ef_construction": 128}}


def persistent(path: Path) -> "Callable[[], ClientAPI]":
    """Return a maker of embedded clients on a folder; memory is handed out clean from the first of them on."""

    def make() -> "ClientAPI":
        hand_out_zeros()
        import chromadb
        from chromadb.config import Settings

        return chromadb.PersistentClient(str(path), settings=Settings(anonymized_telemetry=False))

    return make


def server(url: str, token: str | None = None) -> "Callable[[], ClientAPI]":
    """Return a maker of clients of a Chroma server.

    Args:
        url: such as `http://127.0.0.1:8000`.
        token: sent as a bearer token, if there is one.

    Raises:
        StoreError: the address is not an HTTP address.
    """
    from urllib.parse import urlsplit

    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise StoreError(f"“{url}” is not the address of a Chroma server.", "Write it as http://HOST:PORT.")

    def make() -> "ClientAPI":
        import chromadb
        from chromadb.config import Settings

        return chromadb.HttpClient(
            host=str(parts.hostname),
            port=parts.port or (443 if parts.scheme == "https" else 80),
            ssl=parts.scheme == "https",
            headers={"Authorization": f"Bearer {token}"} if token else None,
            settings=Settings(anonymized_telemetry=False),
        )

    return make


class Vectors:
    """The dense half of an index.

    Args:
        make: makes a Chroma client; called again by `reopen`.
        model_id: of the embedder; part of the collections' names, so that two models' vectors never mix.
        dimension: of the vectors.
        name: first part of the collections' names; one name an index, also on a shared server.

    Raises:
        StoreError: Chroma cannot be opened or reached.
    """

    def __init__(self, make: "Callable[[], ClientAPI]", model_id: str, dimension: int, name: str) -> None:
        self._make = make
        self._model_id = model_id
        self._dimension = dimension
        self._prefix = f"{name}-{hashlib.sha256(model_id.encode()).hexdigest()[:8]}"
        self._name = name
        # Chroma's embedded client is closed and opened again when another process has written: no query may be in it.
        self._lock = threading.RLock()
        self._collections: dict[str, ChromaCollection] = {}
        with _told("opened"):
            self._client = make()

    def reopen(self) -> None:
        """Open the client anew, so that queries see what other processes wrote."""
        with self._lock, _told("opened"):
            self._release()
            self._client = self._make()

    def close(self) -> None:
        """Release the client."""
        with self._lock:
            self._release()

    def _release(self) -> None:
        self._collections.clear()
        # A client of a server, and the admin client in it, leave their connections open (chromadb 1.5.9).
        clients = (self._client, getattr(self._client, "_admin_client", None))
        sessions = [getattr(getattr(client, "_server", None), "_session", None) for client in clients]
        self._client.close()  # type: ignore[attr-defined]
        for session in sessions:
            if session is not None:
                session.close()

    def _collection(self, language: str) -> "ChromaCollection":
        if language not in self._collections:
            collection = self._client.get_or_create_collection(
                f"{self._prefix}-{language}",
                embedding_function=None,
                configuration=_HNSW,  # type: ignore[arg-type]
                metadata={"model": self._model_id, "dimension": self._dimension, "language": language},
            )
            self._collections[language] = collection
        return self._collections[language]

    def add(
        self, language: str, keys: Sequence[str], vectors: NDArray[np.float32], rows: Sequence[dict[str, Any]],
        texts: Sequence[str],
    ) -> None:  # fmt: skip
        """Write passages of a language; keys that are there already are written again.

        Args:
            language: of the passages.
            keys: n of them.
            vectors: (n, dimension).
            rows: metadata, with at least `article_id` and `version`.
            texts: of the passages.

        Raises:
            StoreError: Chroma could not write them.
        """
        with self._lock, _told("written"):
            collection = self._collection(language)
            for i in range(0, len(keys), BATCH):
                part = slice(i, i + BATCH)
                collection.upsert(
                    ids=list(keys[part]),
                    embeddings=vectors[part],
                    metadatas=list(rows[part]),
                    documents=list(texts[part]),
                )

    def query(
        self, language: str, vector: NDArray[np.float32], k: int, articles: Collection[str] | None = None
    ) -> list[tuple[str, float]]:
        """Return the k nearest passages of a language: keys and cosines, nearest first.

        Args:
            language: of the passages.
            vector: (dimension,), L2-normalised.
            k: how many at most.
            articles: only passages of these; all if None.

        Raises:
            StoreError: Chroma could not answer.
        """
        if articles is not None and not articles:
            return []
        where: Any = None if articles is None else {"article_id": {"$in": sorted(articles)}}
        with self._lock, _told("searched"):
            found = self._collection(language).query(
                query_embeddings=vector[None, :], n_results=k, where=where, include=["distances"]
            )
        distances = found["distances"] or [[]]
        return [(key, 1.0 - float(d)) for key, d in zip(found["ids"][0], distances[0], strict=True)]

    def keys(self, language: str) -> set[str]:
        """Return the keys of every passage that Chroma holds in a language."""
        with self._lock, _told("read"):
            return set(self._collection(language).get(include=[])["ids"])

    def count(self, language: str) -> int:
        """Return how many passages Chroma holds in a language."""
        with self._lock, _told("read"):
            return int(self._collection(language).count())

    def delete(self, language: str, keys: Sequence[str]) -> None:
        """Delete passages of a language."""
        with self._lock, _told("written"):
            for i in range(0, len(keys), BATCH):
                self._collection(language).delete(ids=list(keys[i : i + BATCH]))

    def delete_version(self, language: str, version: str) -> None:
        """Delete every passage that was cut from a version of an article."""
        with self._lock, _told("written"):
            self._collection(language).delete(where={"version": version})

    def drop_others(self) -> None:
        """Drop the collections of this index that other models made."""
        ours = re.compile(rf"{re.escape(self._name)}-[0-9a-f]{{8}}-[a-z]+")
        with self._lock, _told("written"):
            for name in [collection.name for collection in self._client.list_collections()]:
                if ours.fullmatch(name) and not name.startswith(f"{self._prefix}-"):
                    self._client.delete_collection(name)


@contextmanager
def _told(done: str) -> Iterator[None]:
    """Turn whatever Chroma raises into one line with a fix."""
    try:
        yield
    except StoreError:
        raise
    except Exception as error:
        reason = next(iter(str(error).strip().splitlines()), repr(error))
        raise StoreError(
            f"The vector index cannot be {done}: {reason}.",
            "Check that the folder can be written, the disk is not full and, with PONTE_CHROMA_URL, that the server"
            " answers; `ponte index --repair` restores a damaged index from its articles.",
        ) from error
