"""The retriever: a question -> hits, over both languages as if each were alone.

Dense and lexical candidates of each language are fused (`bot.fusion`), merged into one ranking, those that the other
language bears out rise in it (`bot.echo`), and no text is handed on twice (`bot.variety`). The vectors are sought
while the words are: neither needs the other. It knows the store and the embedder; nothing of answers.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from functools import cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from bot.datamodels import Hit
from bot.echo import echoes
from bot.errors import StoreError
from bot.fusion import Candidates, Ranked, best_sentences, fuse, merged
from bot.variety import Candidate, varied
from index.analysis import tidy
from index.article import Article
from index.passage import Passage
from index.scores import Scores
from index.store import LANGUAGES, Embedder, Store

# Candidates from each side of each language.
POOL = 50
# Of these the hits are chosen: deep enough that copies of the best do not leave places empty.
_WINDOW = 40
_THREADS = 16
# A question's vector, and the cosines of the passages near to it, by key, in each language.
_Meant: TypeAlias = tuple[NDArray[np.float32], dict[str, dict[str, float]]]


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

        A text that stands in several places is one hit, with its `copies`.

        Raises:
            StoreError: the index cannot be read.
            EmbedderError: the question cannot be embedded.
        """
        meant = self._sought(question, articles)
        words = self._store.words()
        said = {target: words.scores(question, language, target, articles) for target in LANGUAGES}
        vector, near = meant.result()
        found = [self._candidates(target, vector, near[target], said[target]) for target in LANGUAGES]
        ranked = fuse(found, language)
        return self._hits(ranked[: max(_WINDOW, 2 * k)], k)

    def _sought(self, question: str, articles: Collection[str] | None) -> Future[_Meant]:
        """Begin to look for what the question means, in a thread beside this one."""
        try:
            return _beside().submit(self._meant, question, articles)
        except RuntimeError as error:
            raise StoreError("The process is ending; nothing is searched any more.", "Start it again.") from error

    def _meant(self, question: str, articles: Collection[str] | None) -> _Meant:
        """Return the question's vector and the passages nearest to it in each language, with their cosines."""
        vector = self._embedder.queries([tidy(question)])[0]
        return vector, {target: dict(self._store.dense(vector, target, POOL, articles)) for target in LANGUAGES}

    def _candidates(
        self, target: str, vector: NDArray[np.float32], near: Mapping[str, float], said: Scores
    ) -> Candidates:
        """Return what either side finds among the passages of one language, each measured by both."""
        spoken = {hit.key: hit for hit in said.top(POOL)}
        spoken |= said.of([key for key in near if key not in spoken])
        unseen = self._store.vectors_of([key for key in spoken if key not in near])
        dense = {**near, **{key: float(found @ vector) for key, found in unseen.items()}}
        return Candidates(
            target,
            dense,
            {key: hit.share for key, hit in spoken.items()},
            best_sentences(vector, self._store.sentence_vectors(dense)),
            {key: hit.closeness for key, hit in spoken.items()},
            {key: hit.coverage for key, hit in spoken.items()},
            said.amount,
        )

    def _hits(self, ranked: Sequence[Ranked], k: int) -> list[Hit]:
        """Return the k best hits, each with those that say the same in the same words."""
        keys = [item.key for item in ranked]
        passages, vectors = self._store.passages(keys), self._store.vectors_of(keys)
        live = _echoed([item for item in ranked if item.key in passages and item.key in vectors], vectors)
        candidates = [
            Candidate(item.score, passage.chunk.language, passage.text, vectors[item.key])
            for item in live
            for passage in [passages[item.key]]
        ]
        articles: dict[str, Article] = {}
        hits = []
        for group in varied(candidates, k):
            found = list(_fetched(self._store, [live[n] for n in group], passages, articles))
            hits += [replace(found[0], copies=tuple(found[1:]))] if found else []
        return hits


def with_copies(hits: Sequence[Hit]) -> list[Hit]:
    """Return hits with the copies of each behind it, as whoever cites them wants to see them."""
    return [one for hit in hits for one in (hit, *hit.copies)]


def _echoed(ranked: Sequence[Ranked], vectors: Mapping[str, NDArray[np.float32]]) -> list[Ranked]:
    """Return the ranking with what the languages say for each other."""
    if not ranked:
        return []
    found = np.stack([vectors[item.key] for item in ranked])
    more = echoes([item.worth for item in ranked], [item.language for item in ranked], found)
    return merged(replace(item, worth=item.worth + added) for item, added in zip(ranked, more, strict=True))


@cache
def _beside() -> ThreadPoolExecutor:
    """Return the threads in which vectors are sought; they wait for nothing that runs in them."""
    return ThreadPoolExecutor(_THREADS, thread_name_prefix="meant")


def _fetched(
    store: Store, ranked: Sequence[Ranked], passages: Mapping[str, Passage], articles: dict[str, Article]
) -> Iterator[Hit]:
    """Yield the hits; one whose article was replaced in this very moment is left out."""
    for item in ranked:
        passage = passages[item.key]
        name = passage.chunk.article_id
        if name not in articles:
            articles[name] = store.article(name)
        if _holds(passage, articles[name]):
            yield Hit(passage, articles[name], item.score, item.cosine, item.lexical)


def _holds(passage: Passage, article: Article) -> bool:
    return article.text[passage.chunk.start : passage.chunk.end] == passage.text
