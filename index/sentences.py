"""Where the sentences of a text begin and end. Knows nothing of articles, tokens or passages.

Every place that could end a sentence is judged by the word before it and the word after it. The libraries that
know Italian were measured on 2,000 sentences of the PUD treebanks before this was written: see `docs/decisions.md`.
What they get wrong here is what a citation cannot bear: a quotation cut off from the one who said it.
"""

import re
from collections.abc import Iterator

LONGEST = 1_000
"""No sentence is longer than this many characters: a text without stops is cut at a semicolon, a comma or a space."""

_QUOTE_LIMIT = 400

# Before a name, or in the middle of a phrase: never the end of a sentence.
_NEVER = frozenset(
    """adm amb arch arcip assoc attn avv brig capt cav cfr cmdr co col comm cons dep det dir dott dottoressa dr dr.ssa
    dott.ssa ecc.mo ed egr es e.g fr gen geom gov hon i.e ing insp lt maj messrs min mlle mme mons mr mrs ms mt
    on p.es pres prof prof.ssa rag rep rev rif sen sgt sig sigg sig.na sig.ra spett ss st supt vs v.le""".split()
)
# Before a number or a lower-case word: "art. 5", "No. 3".
_NUMBERED = frozenset(
    """n nn no nr nos art artt p pp pag pagg par fig figg vol voll cap cc ch approx ca circ tav tab sec sez tel
    all c l lett ln v vv
    apr aug dec dic feb febbr genn giu jan jul jun lug magg mar nov oct ott sep sept set sett""".split()
)
# May end a sentence: it does where a word follows that opens one.
_OPEN = frozenset("ecc etc inc ltd corp bros jr sr al srl spa cit ibid a.m p.m a.c d.c ac dc ph.d".split())
_STARTERS = frozenset(
    """a about according after all also although among an and another any are as asked at because before both but by
    did during each even every few finally first for four from he her here his how however i if in instead it its just
    last later many meanwhile more most much my neither never no none nor not nothing now of on once one only our
    over per she since so some soon still such that the their then there these they this those though three to today
    two under until we what when where whether which while who why with yes yet you
    agli ai al alcuni alla alle allo altri anche ancora c'era c'è ci ciò come con così cosa da dai dal dalla dalle del
    della delle dello di dopo dove due durante e ecco ed era erano essa essi fra gli ha hanno i il infine inoltre
    intanto invece io l la le lei lo loro lui ma malgrado mentre molti nei nel nell nella nelle nello nessuno noi
    non nonostante oggi ogni oltre ora per perché però più poi poiché prima pure quali qualcuno quando quanto quattro
    quel quella quelle quelli quello questa queste questi questo qui quindi se secondo senza si sono sotto stando su
    sua sue sui sul sulla suo tra tre tuttavia tutti tutto un una uno è""".split()
)

_STOP = re.compile(r"(?P<mark>\.{2,}|…+|[.!?…]+|[。！？]+)(?P<closed>[\"'”’»›)\]]*(?: [”»]+(?=\s|$))?)(?P<gap>\s*)")
_OPENER = "\"'“”‘«‹([¿¡—–-•* "
_BEFORE = re.compile(r"(?:[^\W\d_]+\.)*[^\W_]+$")
_INITIALS = re.compile(r"[^\W\d_]{1,2}(?:\.[^\W\d_]{1,2})+|[^\W\d_]")
_AFTER = re.compile(r"[^\W\d_]+")
_ENCLOSED = re.compile(r"“[^“”]*”|«[^«»]*»|\([^()]*\)|\"[^\"]*\"")
_BREAK = re.compile(r"\n[^\S\n]*\n\s*")
_LINE = re.compile(r"[^\n]+")
_ITEM = re.compile(r"\s*(?:[-*•‣–—]|\d{1,3}[.)])\s")
_CUT = (re.compile(r"[;:]\s"), re.compile(r",\s"), re.compile(r"\s"))


def split(text: str, language: str) -> list[tuple[int, int]]:
    """Return the sentences of `text` as (start, end) spans in reading order.

    The spans are trimmed, do not overlap, cover every character that is not white space, do not cross a blank
    line and are `LONGEST` characters long at most. `language` ("it" or "en") settles what the two disagree about:
    "no." and "on." are abbreviations in one of them only.
    """
    spans: list[tuple[int, int]] = []
    for start, end in _blocks(text):
        for first, last in _joined(text, _sentences(text, start, end, language)):
            spans.extend(_bounded(text, first, last))
    return spans


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans that no sentence may cross: paragraphs, and the headings and list items inside them."""
    edges = [0, *(edge for match in _BREAK.finditer(text) for edge in match.span()), len(text)]
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        lines = [(match.start(), match.end()) for match in _LINE.finditer(text, start, end)]
        begin = start
        for (_, before), (after, stop) in zip(lines, lines[1:], strict=False):
            if _is_break(text[begin:before], text[after:stop]):
                yield begin, before
                begin = after
        yield begin, end


def _is_break(before: str, line: str) -> bool:
    """Tell whether a line break is meant: a list item follows, or a short line without a stop stood alone."""
    if _ITEM.match(line):
        return True
    head = before.strip()
    opening = line.lstrip().lstrip(_OPENER)[:1]
    return "\n" not in head and len(head) < 60 and not opening.islower() and head[-1:] not in {*",;:-–", ""}


def _sentences(text: str, start: int, end: int, language: str) -> Iterator[tuple[int, int]]:
    """Yield the trimmed sentences of the block `text[start:end]`."""
    block = text[start:end]
    paired = block.count('"') % 2 == 0
    inside = [
        match.span()
        for match in _ENCLOSED.finditer(block)
        if match.end() - match.start() <= _QUOTE_LIMIT and (paired or match[0][0] != '"')
    ]
    capitals = any(letter.isupper() for letter in block)
    begin = place = 0
    for stop in _STOP.finditer(block):
        while place < len(inside) and inside[place][1] <= stop.start("mark"):
            place += 1
        quoted = place < len(inside) and inside[place][0] < stop.start() and stop.end("closed") < inside[place][1]
        if not quoted and _ends(block, begin, stop, language, capitals):
            yield from _trimmed(text, start + begin, start + stop.end("closed"))
            begin = stop.end()
    yield from _trimmed(text, start + begin, end)


def _ends(block: str, begin: int, stop: re.Match[str], language: str, capitals: bool) -> bool:
    """Tell whether the stop ends the sentence that begins at `begin`."""
    after = block[stop.end() : stop.end() + 40].lstrip(_OPENER)
    opening, mark = after[:1], stop["mark"]
    word = _AFTER.match(after)
    starts = word is not None and word[0].lower() in _STARTERS and after[word.end() : word.end() + 1] != "."
    if not stop["gap"]:
        return mark[0] in "。！？" or (
            starts and opening.isupper() and block[stop.start() - 3 : stop.start()].islower()
        )
    if not opening or (opening.islower() and capitals) or not (opening.isalnum() or opening in "$€£"):
        return False
    if mark.strip(".…") == "" and mark != ".":
        return not opening.isdigit()
    if mark != "." or stop["closed"]:
        return True
    before = _BEFORE.search(block, max(begin, stop.start() - 30), stop.start())
    return before is None or _closes(before[0], opening, starts, before.start() == begin, language)


def _closes(word: str, opening: str, starts: bool, first: bool, language: str) -> bool:
    """Tell whether "`word`." ends a sentence, given how the next one would open."""
    name = word.lower().replace("’", "'")
    if word.isdigit():
        return not (first and len(word) <= 3)
    if (name == "no" and language == "it" and word.islower()) or (name == "on" and language == "en"):
        return True
    if name in _NEVER:
        return False
    if name in _NUMBERED and not (len(word) == 1 and word.isupper()):
        return not (opening.isdigit() or word in {"c", "v", "p"})
    if name in _OPEN or _INITIALS.fullmatch(word):
        return starts
    return True


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    left = start + len(piece) - len(piece.lstrip())
    right = left + len(piece.strip())
    if left < right:
        yield left, right


def _joined(text: str, spans: Iterator[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the spans with those that hold no letter and no digit (a stray quote mark) joined to the one before."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and not any(letter.isalnum() for letter in text[start:end]):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the span cut into pieces of `LONGEST` characters at most, at the best place in the second half of each."""
    while end - start > LONGEST:
        cut = start + LONGEST
        for mark in _CUT:
            places = [match.end() for match in mark.finditer(text, start + LONGEST // 2, start + LONGEST)]
            if places:
                cut = places[-1]
                break
        yield from _trimmed(text, start, cut)
        start = next((place for place in range(cut, end) if not text[place].isspace()), end)
    yield from _trimmed(text, start, end)
