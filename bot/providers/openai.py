"""Embeddings from OpenAI, or from any server that speaks its language (OPENAI_BASE_URL). Knows no article."""

import numpy as np
from numpy.typing import NDArray

from bot.errors import EmbedderError
from bot.providers.access import find_access

_RETRIES = 3
_TIMEOUT = 60.0
_BATCH = 128


class OpenAIEmbedder:
    """Embeddings over HTTP, as an `index.store.Embedder`; the client asks again on 429, 5xx and lost connections.

    Args:
        model: such as `text-embedding-3-small`.

    Raises:
        SettingsError: neither OPENAI_API_KEY nor OPENAI_BASE_URL is set.
    """

    def __init__(self, model: str) -> None:
        from langchain_openai import OpenAIEmbeddings

        access = find_access(instead="PONTE_EMBEDDER=embedded")
        # It is kept in the index, where a password in an address has no place.
        self.model_id = f"openai:{model}" + (f"@{access.shown}" if access.base_url else "")
        self._model = model
        self._key = access.key
        self._dimension: int | None = None
        # A compatible server takes texts, not the token numbers that OpenAI's client would send.
        self._embeddings = OpenAIEmbeddings(
            model=model,
            api_key=access.key,
            base_url=access.base_url,
            check_embedding_ctx_length=False,
            chunk_size=_BATCH,
            max_retries=_RETRIES,
            timeout=_TIMEOUT,
        )

    def __repr__(self) -> str:
        """Show the model, and nothing that could hold a key."""
        return f"OpenAIEmbedder({self.model_id!r})"

    @property
    def dimension(self) -> int:
        """The length of a vector; the first time, the server is asked for one."""
        if self._dimension is None:
            self._dimension = int(self.queries(["dimension"]).shape[1])
        return self._dimension

    def passages(self, texts: list[str]) -> NDArray[np.float32]:
        """Embed texts that are to be found.

        Returns:
            float32 unit vectors of shape (len(texts), dimension), in the order of the texts.

        Raises:
            EmbedderError: the server does not answer, or not with a vector for each text.
        """
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        vectors = self._ask(texts)
        if isinstance(vectors, EmbedderError):
            # Raised out here, so that it drags no error of the client along, in which a key might stand.
            raise vectors
        if vectors.ndim != 2 or len(vectors) != len(texts) or not np.isfinite(vectors).all():
            raise self._error("answers with something other than a vector for each text")
        norms = np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
        return np.asarray(vectors / norms, dtype=np.float32)

    def queries(self, texts: list[str]) -> NDArray[np.float32]:
        """Embed texts that are to find; such models know no difference."""
        return self.passages(texts)

    def _ask(self, texts: list[str]) -> NDArray[np.float32] | EmbedderError:
        from bot.providers.openai_errors import explain

        try:
            return np.asarray(self._embeddings.embed_documents(texts), dtype=np.float32)
        except Exception as error:
            told = explain(error, "", self._model, self._key)
            return self._error(f"gives no vectors: {told.message.rstrip('.')}")

    @staticmethod
    def _error(what: str) -> EmbedderError:
        return EmbedderError(
            f"The embedding server {what}.",
            "Check OPENAI_BASE_URL, OPENAI_API_KEY and the model's name, or set PONTE_EMBEDDER=embedded.",
        )
