"""Cleaning: a raw text -> the text that is stored, chunked and cited. Changes no word, only what stands around words.

Idempotent: cleaning what is clean changes nothing. Knows nothing of files or languages.
"""

import re
import unicodedata

# Control, format (bidi overrides, zero-width, soft hyphen, BOM), surrogate, private-use and unassigned characters.
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_SPACES = re.compile(r"[^\S\n]+")
_BLANKS = re.compile(r"\n{3,}")
_LINE_ENDS = re.compile(r"\r\n?|[\u2028\x85\x0b\x0c]")
_BEFORE_MARK = re.compile(r"(?<=\S) +(?=(?:[.,;:!?)\]”»](?:\s|$|[.,;:!?)\]”»\"'])))", re.MULTILINE)
_MARKS_ALONE = re.compile(r"(?m)^[ “”\"'’‘«».,;–—_*=-]+$")


def clean(text: str) -> str:
    """Return the text as it is stored: NFC, one kind of line end, no stray marks, no runs of spaces or blank lines.

    Args:
        text: anything.
    """
    cleaned = _once(text)
    # One mark taken away can bring two others together; it ends, because every step only shortens the text.
    while (again := _once(cleaned)) != cleaned:
        cleaned = again
    return cleaned


def _once(text: str) -> str:
    text = _LINE_ENDS.sub("\n", text).replace("\u2029", "\n\n").replace("\t", " ")
    text = unicodedata.normalize("NFC", "".join(char for char in text if _kept(char)))
    text = _SPACES.sub(" ", text)
    text = re.sub(r" ?\n ?", "\n", text)
    text = _marks(text)
    text = _MARKS_ALONE.sub("", text)
    return _BLANKS.sub("\n\n", text).strip()


def _kept(char: str) -> bool:
    return char == "\n" or unicodedata.category(char) not in _DROPPED


def _marks(text: str) -> str:
    """Mend stray and doubled quote marks and stops, and spaces before punctuation."""
    text = re.sub(r"“(?: ?“)+", "“", text)
    text = re.sub(r"”(?: ?”)+", "”", text)
    text = re.sub(r"“ ?”|« ?»", "", text)
    text = _BEFORE_MARK.sub("", text)
    text = re.sub(r"(?<![.!?…])([.!?])\.(?=\s|$|”)(?!\.)", r"\1", text)
    text = re.sub(r"”([.!?…])”", r"”\1", text)
    return re.sub(r"(?<=[.!?])”\.(?=\s|$)", "”", text)
