"""Spelling: words of Italian and English that are one word written otherwise, or with a slip of the pen.

Knows nothing of meaning: `Korea` and `Corea` are alike because they look so.
"""

from functools import lru_cache

SLIP = 0.85
"""How alike two long words are that are one slip of the pen apart."""

_PREFIX = 4
_ALIKE = 0.7
_SLIP_SHORTEST = 6
_NEUTRAL = (("ph", "f"), ("th", "t"), ("ck", "c"), ("ch", "c"), ("qu", "c"), ("k", "c"), ("y", "i"), ("j", "g"),
            ("x", "s"), ("w", "v"), ("h", ""))  # fmt: skip


@lru_cache(maxsize=1 << 16)
def neutral(word: str) -> str:
    """Return a folded word in a spelling that Italian and English share: `korean` and `corean` are one."""
    spelt = word
    for old, new in _NEUTRAL:
        spelt = spelt.replace(old, new)
    return "".join(char for n, char in enumerate(spelt) if n == 0 or char != spelt[n - 1])


@lru_cache(maxsize=1 << 16)
def alike(one: str, other: str) -> float:
    """Return how alike two words are spelt, 0 to 1: by a long common beginning, or one slip of the pen apart."""
    shorter, longer = sorted((len(one), len(other)))
    pairs = enumerate(zip(one, other, strict=False))
    shared = next((n for n, (a, b) in pairs if a != b), shorter)
    if shared == longer:
        return 1.0
    if longer >= _SLIP_SHORTEST and _slipped(one[shared:], other[shared:]):
        return SLIP
    return shared / longer if shared >= _PREFIX and shared >= _ALIKE * longer else 0.0


def _slipped(left: str, right: str) -> bool:
    swapped = left[:2] == right[:2][::-1] and left[2:] == right[2:]
    return swapped or left[1:] == right[1:] or left[1:] == right or left == right[1:]
