"""The one round in which a model puts right what did not pass. Knows sentences by name; nothing of streams."""

import re
from collections.abc import Sequence

from bot.answer.markers import Reader
from bot.answer.resolve import Resolved, Resolver

MOST = 12
"""Sentences that are given back at most; what fails beyond them is left out."""

_NAMED = re.compile(r"^[^\w\n]{0,6}S(\d{1,3})[^\w\n]{0,4}[:.)\]–-][^\w\n]{0,4}", re.MULTILINE)
_DROP = re.compile(r"\W*drop\W*", re.IGNORECASE)


def repaired(
    reply: str, failed: Sequence[Resolved], resolver: Resolver, language: str, sources: int
) -> dict[int, tuple[Resolved, ...]]:
    """Return what came of each failed sentence, by its place: the new sentences, checked; none where it was given up.

    Args:
        reply: the model's, sentences named S1, S2 ... in the order of `failed`.
        failed: the sentences that it was given.
        resolver: checks them.
        language: of the answer.
        sources: how many there are.
    """
    found: dict[int, tuple[Resolved, ...]] = {}
    for n, text in _parts(reply):
        if 1 <= n <= len(failed) and n - 1 not in found and not _DROP.fullmatch(text):
            reader = Reader(language, sources)
            written = [*reader.feed(text), *reader.end()]
            found[n - 1] = tuple(resolver.resolve(one) for one in written[:3])
    if not found and len(failed) == 1 and not _NAMED.search(reply) and not _DROP.fullmatch(reply):
        reader = Reader(language, sources)
        found[0] = tuple(resolver.resolve(one) for one in [*reader.feed(reply), *reader.end()][:1])
    return found


def _parts(reply: str) -> list[tuple[int, str]]:
    names = list(_NAMED.finditer(reply))
    ends = [name.start() for name in names[1:]] + [len(reply)] * bool(names)
    return [(int(name[1]), reply[name.end() : end].strip()) for name, end in zip(names, ends, strict=True)]
