"""What is done once to every text before it is stored and cited. Knows nothing of files, articles or languages.

Only marks and spaces change, never a word: what is shown as a quotation must be what the source says.
"""

import re
import unicodedata
from itertools import pairwise

_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f\ud800-\udfff]"
)
# Joiners bind letters of Arabic or Indian scripts and the parts of an emoji; beside a Latin letter they are stray.
_JOINER = re.compile(
    "(?<![\u0590-\u1fff\u2190-\u2bff\ufe0f\U00010000-\U0010ffff])[\u200c\u200d]|[\u200c\u200d](?=[\x00-\u024f]|$)"
)
_LINE_END = re.compile("\r\n?|[\x0b\x85\u2028]")
_PAGE_END = re.compile("[\x0c\x1c-\x1f\u2029]")
_SPACE = re.compile("[\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_SPACES = re.compile(" {2,}")
_RULE = re.compile(r"[-–—_*=~•·#|─━ ]+")
_ANY_MARK = re.compile(r"[“”«»]| [,;:!?….)\]}]|[(\[] |^[-–—_*=~•·#|─━]")
_BLANK_LINES = re.compile(r"\n{3,}")

_SPACED_ELLIPSIS = re.compile(r"\.(?: \.){2,}")
_DOUBLED = re.compile(r"([“”«»])(?: ?\1)+")
_EMPTY = re.compile(r"“[ “”«»]*”|«[ “”«»]*»")
_LOOSE = re.compile(r"(?P<stop>[.!?…][”»\"')]*|[”»][.!?…]?)(?P<tail>(?: +[.”»]+)+)(?= |$)")
_DANGLING = re.compile(r" +[“«]+$")
_BEFORE_MARK = re.compile(r" +(?=[,;:!?…)\]}”»]+(?:[ .,;:!?…)\]}”»\"']|$)|\.+(?:[ )\]}”»\"']|$))")
_AFTER_OPENER = re.compile(r"(?<![^ (\[])([“«(\[]) +(?=\S)")

_WRAPPED = re.compile(r"\b([^\W\d_]+)-\n(?=([a-zà-öø-ÿ]+))")
_COMPOUND = frozenset(
    "anglo anti auto centro co cyber euro ex extra franco filo geo indo inter italo macro micro mini multi "
    "neo nord non nippo post pre pro russo semi sino socio stati sub sud super tele ultra vice well self".split()
)


def clean(text: str) -> str:
    r"""Return `text` in Unicode NFC with its spaces, lines, quote marks and invisible characters put right.

    Control characters, soft hyphens, zero-width and bidirectional marks go; every kind of space becomes one space and
    every kind of line end one `\n`; paragraphs are one blank line apart; spaces before punctuation (as Italian and
    English set it), doubled, empty and stray quote marks and doubled stops go. Cleaning twice changes nothing more.
    """
    before, after = None, text
    while after != before:
        before, after = after, _pass(after)
    return after


def unwrap(text: str) -> str:
    """Return a page of text with its lines joined into paragraphs and the words cut at a line's end made whole.

    A hyphen stays where the text has the compound elsewhere, or where the first part is one that makes compounds.
    """
    lines = [line.strip() for line in _LINE_END.sub("\n", text).split("\n")]
    whole = _mend("\n".join(lines))
    lines = whole.split("\n")
    longest = max(map(len, lines), default=0)
    parts = lines[:1]
    for before, line in pairwise(lines):
        parts.append(_joint(before, line, longest) + line)
    return "".join(parts)


def _pass(text: str) -> str:
    visible = _INVISIBLE.sub("", _PAGE_END.sub("\n\n", _LINE_END.sub("\n", text)))
    joined = _JOINER.sub("", visible) if "\u200c" in visible or "\u200d" in visible else visible
    spaced = _SPACES.sub(" ", _SPACE.sub(" ", unicodedata.normalize("NFC", joined)))
    return _BLANK_LINES.sub("\n\n", "\n".join(map(_marks, spaced.split("\n")))).strip()


def _marks(line: str) -> str:
    """Return one line with its quote marks and the spaces around its punctuation put right; nothing of a mere rule."""
    bare = line.strip()
    if not _ANY_MARK.search(bare):
        return bare
    if _RULE.fullmatch(bare):
        return ""
    ellipsis = _SPACED_ELLIPSIS.sub("...", bare)
    quotes = _EMPTY.sub("", _DOUBLED.sub(r"\1", ellipsis))
    tidy = _DANGLING.sub("", _LOOSE.sub(_settle, quotes))
    return _AFTER_OPENER.sub(r"\1", _BEFORE_MARK.sub("", tidy)).strip()


def _settle(match: re.Match[str]) -> str:
    """Return a stop without the stray marks behind it, but with the closing quote mark that its sentence lacks."""
    before = match.string[: match.end("stop")]
    for opener, closer in ("“”", "«»"):
        if closer in match["tail"] and before.count(opener) > before.count(closer):
            return match["stop"] + closer
    return match["stop"]


def _mend(text: str) -> str:
    known = set(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)+", text.lower()))

    def join(match: re.Match[str]) -> str:
        first, rest = match[1], match[2]
        compound = f"{first}-{rest}".lower() in known or first.lower() in _COMPOUND
        return f"{first}-" if compound else first

    return _WRAPPED.sub(join, text)


def _joint(before: str, line: str, longest: int) -> str:
    """Return what stands between two lines: nothing new inside a paragraph but a space, a blank line between two."""
    if not before or not line:
        return "\n"
    full = len(before) > 0.6 * longest
    ended = before[-1] in '.!?…”»":;' and len(before) < 0.9 * longest
    starts = not line[0].islower()
    return "\n\n" if (starts and (ended or not full)) else " "
