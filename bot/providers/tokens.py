"""How many tokens a text is for a model, offline. Knows models and encodings by name, no message.

A model is counted with its own encoding, as tiktoken knows it. One of OpenAI's that tiktoken does not know yet is taken
to have their newest, `o200k_base`, as all since GPT-4o have. Every other one, whose tokens only its server knows, is
counted with `cl100k_base`: it needs more for Italian than newer ones do, so that the count errs on the safe side.
"""

import re
from functools import cache
from typing import TYPE_CHECKING

from index.vocabulary import encoding

if TYPE_CHECKING:
    from tiktoken import Encoding

FALLBACK = "cl100k_base"
_NEWEST = "o200k_base"
_THEIRS = re.compile(r"(?:ft:)?(?:gpt-|chatgpt-|o\d)")
# A piece of text is counted at a time: tiktoken's time grows with the square of the length of a run without spaces.
_PIECE = 2000


def count(text: str, model: str = "") -> int:
    """Return the number of tokens of a text; if no encoding is there, an estimate from its bytes.

    Args:
        text: to be counted; what looks like a special token is text like any other.
        model: `provider:model`; "" for the fallback.
    """
    counting = _encoding(model)
    if counting is None:
        return -(-len(text.encode("utf-8", "surrogatepass")) // 3)
    pieces = (text[start : start + _PIECE] for start in range(0, len(text), _PIECE))
    return sum(len(counting.encode_ordinary(piece)) for piece in pieces)


def encoding_name(model: str) -> str:
    """Return the name of the encoding that a model's tokens are counted with; "" where only bytes can be counted."""
    counting = _encoding(model)
    return counting.name if counting is not None else ""


@cache
def _encoding(model: str) -> "Encoding | None":
    for name in (_own(model), FALLBACK):
        try:
            return encoding(name)
        # An answer never fails because a vocabulary is missing or cannot be read.
        except Exception:
            continue
    return None


def _own(model: str) -> str:
    from tiktoken import encoding_name_for_model

    # On other servers a model may have its maker before its name: `openai/gpt-4o`.
    provider, _, called = model.partition(":")
    name = called.rpartition("/")[2]
    if provider != "openai" or not name:
        return FALLBACK
    try:
        return encoding_name_for_model(name)
    except KeyError:
        return _NEWEST if _THEIRS.match(name) else FALLBACK
