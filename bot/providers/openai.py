"""Embeddings from OpenAI, or from any server that speaks its language (OPENAI_BASE_URL). Knows no article."""

import os

import numpy as np
from langchain.embeddings import init_embeddings
from numpy.typing import NDArray

from bot.errors import EmbedderError, SettingsError


class OpenAIEmbedder:
    """Embeddings over HTTP, as an `index.store.Embedder`.

    Args:
        model: such as `text-embedding-3-small`.

    Raises:
        SettingsError: neither OPENAI_API_KEY nor OPENAI_BASE_URL is set.
    """

    def __init__(self, model: str) -> None:
        base_url = os.environ.get("OPENAI_BASE_URL")
        key = os.environ.get("OPENAI_API_KEY")
        if not key and not base_url:
            raise SettingsError(
                "OPENAI_API_KEY is not set.",
                "Set it, or OPENAI_BASE_URL for a server of your own, or PONTE_EMBEDDER=embedded to do without.",
            )
        self.model_id = f"openai:{model}" + (f"@{base_url.rstrip('/')}" if base_url else "")
        self._dimension: int | None = None
        # A compatible server takes texts, not the token numbers that OpenAI's client would send.
        self._embeddings = init_embeddings(
            f"openai:{model}",
            api_key=key or "none",
            base_url=base_url,
            check_embedding_ctx_length=False,
            chunk_size=128,
            max_retries=3,
            timeout=60,
        )

    @property
    def dimension(self) -> int:
        """The length of a vector; the first time, the server is asked for one."""
        if self._dimension is None:
            self._dimension = int(self.queries(["dimension"]).shape[1])
        return self._dimension

    def passages(self, texts: list[str]) -> NDArray[np.float32]:
        """Embed texts that are to be found.

        Raises:
            EmbedderError: the server does not answer, or not with vectors.
        """
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        try:
            vectors = np.asarray(self._embeddings.embed_documents(texts), dtype=np.float32)
        except Exception as error:
            raise EmbedderError(
                f"The embedding server does not answer: {type(error).__name__}.",
                "Check OPENAI_BASE_URL, OPENAI_API_KEY and the model's name, or set PONTE_EMBEDDER=embedded.",
            ) from error
        norms = np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
        return np.asarray(vectors / norms, dtype=np.float32)

    def queries(self, texts: list[str]) -> NDArray[np.float32]:
        """Embed texts that are to find; such models know no difference."""
        return self.passages(texts)
