"""What never goes from an article through a model to a reader: orders to the model, links, images, tags.

A sentence of an article that gives orders to the model, and what follows it in its paragraph, bears nothing out: it may
be read in the article, but no sentence of a model can rest on it. Knows sentences and hits; nothing of models.
"""

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import replace

from bot.answer.orders import orders
from bot.datamodels import Hit

_MARKUP = re.compile(
    r"!\[|\]\s?\(|\]\[|</?[a-zA-Z!?]|&(?:#x?[0-9a-f]+|lt|gt|quot|amp);|\b[a-z][a-z0-9+.-]{1,12}://|\bwww\.|"
    r"\b(?:javascript|vbscript|data|mailto):\S|\b(?:[a-z0-9-]+\.)+[a-z]{2,}/\S|\bbase64\b|"
    r"\b[\w.+-]+@[\w-]+\.\w|[A-Za-z0-9+/_-]{64,}|\{\{|\}\}",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+")
_RUN = 6


def markup(text: str) -> str:
    """Return the first link, image, tag or other markup in a text, or ""."""
    found = _MARKUP.search(unicodedata.normalize("NFKC", text))
    return found[0] if found else ""


def runs(text: str) -> frozenset[tuple[str, ...]]:
    """Return every run of words of a text that is long enough to be told again."""
    words = _WORD.findall(text.lower())
    return frozenset(tuple(words[n : n + _RUN]) for n in range(len(words) - _RUN + 1))


def trusted(hit: Hit, sounding: Collection[int] = ()) -> Hit | None:
    """Return a hit with the sentences that may bear something out; the hit itself, where all may, None if none.

    Args:
        hit: as it was given to a model.
        sounding: places of the sentences that sound like orders, whatever their wording.
    """
    spans = hit.passage.chunk.sentences
    told = _told(hit.article.text, spans) | set(sounding)
    if not told:
        return hit
    kept = tuple(span for n, span in enumerate(spans) if n not in told)
    if not kept:
        return None
    return replace(hit, passage=replace(hit.passage, chunk=replace(hit.passage.chunk, sentences=kept)))


def _told(text: str, spans: Sequence[tuple[int, int]]) -> set[int]:
    """Return which sentences give orders by their wording, or stand behind one in the same paragraph."""
    found: set[int] = set()
    for n, (start, end) in enumerate(spans):
        follows = n - 1 in found and "\n\n" not in text[spans[n - 1][1] : start]
        if follows or orders(text[start:end]):
            found.add(n)
    return found
