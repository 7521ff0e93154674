"""The retriever: a question -> hits, over both languages as if each were alone.

Dense and lexical candidates of each language are fused (`bot.fusion`) and merged into one ranking. It knows the store
and the embedder; nothing of answers.
"""

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from bot.datamodels import Hit
from bot.fusion import Candidates, Ranked, best_sentences, fuse
from index.analysis import tidy
from index.article import Article
from index.passage import Passage
from index.store import LANGUAGES, Embedder, Store

# Candidates from each side of each language.
POOL = 50


class Retriever:
    """Finds passages; safe to share between threads.

    Args:
        store: the index.
        embedder: of the questions; the one that the index was made with.
    """

    def __init__(self, store: Store, embedder: Embedder) -> None:
        self._store = store
        self._embedder = embedder

    def search(self, question: str, language: str, k: int, articles: Collection[str] | None = None) -> list[Hit]:
        """Return the k best passages for a question, best first.

        Args:
            question: cleaned.
            language: of the question, "it" or "en".
            k: how many at most.
            articles: ids of the only articles to search; all, if None.

        Raises:
            StoreError: the index cannot be read.
            EmbedderError: the question cannot be embedded.
        """
        vector = self._embedder.queries([tidy(question)])[0]
        found = [self._candidates(question, vector, language, target, articles) for target in LANGUAGES]
        return _hits(self._store, fuse(found, language)[:k])

    def _candidates(
        self, question: str, vector: NDArray[np.float32], language: str, target: str, articles: Collection[str] | None
    ) -> Candidates:
        """Return what either side finds among the passages of one language, each measured by both."""
        dense = dict(self._store.dense(vector, target, POOL, articles))
        scores = self._store.words().scores(question, language, target, articles)
        spoken = {hit.key: hit for hit in scores.top(POOL)}
        unheard = [key for key in dense if key not in spoken]
        unseen = [key for key in spoken if key not in dense]
        spoken |= scores.of(unheard)
        dense |= {key: float(found @ vector) for key, found in self._store.vectors_of(unseen).items()}
        return Candidates(
            target,
            dense,
            {key: hit.share for key, hit in spoken.items()},
            best_sentences(vector, self._store.sentence_vectors(dense)),
            {key: hit.closeness for key, hit in spoken.items()},
        )


def _hits(store: Store, ranked: Sequence[Ranked]) -> list[Hit]:
    """Fetch the passages; one whose article was replaced in this very moment is left out."""
    passages = store.passages([item.key for item in ranked])
    articles: dict[str, Article] = {}
    hits = []
    for item in ranked:
        if (passage := passages.get(item.key)) is None:
            continue
        name = passage.chunk.article_id
        if name not in articles:
            articles[name] = store.article(name)
        if _holds(passage, articles[name]):
            hits.append(Hit(passage, articles[name], item.score, item.cosine, item.lexical))
    return hits


def _holds(passage: Passage, article: Article) -> bool:
    return article.text[passage.chunk.start : passage.chunk.end] == passage.text
