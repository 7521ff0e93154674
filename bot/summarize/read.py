"""The sentences of an article with their stored vectors. Knows nothing of what becomes of them."""

import re

import numpy as np
from numpy.typing import NDArray

from bot.summarize.values import Sentence
from index.article import Article
from index.language import SURE, detect
from index.store import Store

_BREAK = re.compile(r"\n\s*\n")


def read(store: Store, article_id: str) -> list[Sentence]:
    """Return the sentences of an article in order; one that two passages hold comes once.

    Raises:
        UnknownArticle: there is none of that id.
    """
    article = store.article(article_id)
    passages = store.catalog.passages_of(article_id)
    vectors = store.sentence_vectors([passage.key for passage in passages])
    found: dict[tuple[int, int], tuple[str, NDArray[np.float32]]] = {}
    for passage in passages:
        for span, vector in zip(passage.chunk.sentences, vectors.get(passage.key, ()), strict=False):
            if span[1] <= len(article.text):
                found.setdefault(span, (passage.chunk.language, vector))
    mixed = len({language for language, _ in found.values()} | {article.language}) > 1 or len(passages) == 1
    return _placed(article, found, mixed)


def _placed(
    article: Article, found: dict[tuple[int, int], tuple[str, NDArray[np.float32]]], mixed: bool
) -> list[Sentence]:
    sentences: list[Sentence] = []
    paragraph, before = 0, -1
    for n, (span, (language, vector)) in enumerate(sorted(found.items(), key=lambda item: item[0])):
        breaks = before >= 0 and _BREAK.search(article.text, before, span[0]) is not None
        paragraph += breaks
        spoken = _spoken(article.text[span[0] : span[1]], language) if mixed else language
        sentences.append(
            Sentence(article, n, len(found), *span, spoken, paragraph, breaks or before < 0, vector)
        )  # fmt: skip
        before = span[1]
    return sentences


def _spoken(text: str, default: str) -> str:
    """Return the language of a sentence of an article that mixes two, or is too short to tell whether it does."""
    told = detect(text)
    return told.code if told.code in ("it", "en") and told.confidence >= SURE else default
