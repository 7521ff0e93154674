"""The same fact elsewhere: told by other sentences of the pool, or in the asked language somewhere in the index.

Knows the store and `same`; chooses nothing.
"""

from collections.abc import Sequence

from bot.summarize.fit import stands, told
from bot.summarize.read import read
from bot.summarize.same import same
from bot.summarize.values import Sentence
from index.store import Store

_PASSAGES, _MOST = 6, 4


def others(said: Sentence, pool: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """Return the sentences of other articles that tell the same, nearest first, one an article, four at most."""
    found = [s for s in pool if s.article.id != said.article.id and same(said, s)]
    found.sort(key=lambda s: -float(s.vector @ said.vector))
    return tuple({s.article.id: s for s in reversed(found)}.values())[::-1][:_MOST]


def counterpart(store: Store, sentence: Sentence, language: str) -> Sentence | None:
    """Return the sentence in another language that tells the same, wherever in the index, or None."""
    keys = [key for key, _ in store.dense(sentence.vector, language, _PASSAGES)]
    ids = dict.fromkeys(passage.chunk.article_id for passage in store.passages(keys).values())
    found = [s for article_id in ids for s in read(store, article_id) if s.language == language and same(sentence, s)]
    fit = [s for s in found if told(s.text) and stands(s.text, s.language)]
    return max(fit, key=lambda s: float(s.vector @ sentence.vector), default=None)
