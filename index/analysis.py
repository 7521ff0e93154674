"""Analysis: text -> the terms under which it is indexed and sought, in Italian and English.

Makes `perche'`, `perché` and `PERCHE` one term, takes `l'accordo`, `dell' Unione` and `Obama's` apart,
reads 10.000 and 10,000 as one number, drops stop words, brings irregular forms to their base (`took`,
`raggiunto`; index/data/forms.tsv) and stems the rest (Snowball). Knows nothing of scores, of the other
language or of where the text comes from.
"""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from index.stopwords import STOPWORDS

# To be raised with every change of the rules below.
_RECIPE = 1
_APOSTROPHES = "'\u2019\u2018\u02bc\u00b4`\u2032\u201b\uff07"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_MARK = rf"[\u0300-\u036f{_INVISIBLE}]"
# Possessive: a run of marks has one reading only, or a word of fifty of them would take years.
_WORD = rf"[^\W\d_]++(?:{_MARK}++[^\W\d_]*+)*+"
_SPACE = r"[ \u00a0\u2009\u202f]"
_PIECE = re.compile(
    rf"""
      (?P<acronym> \b (?:[^\W\d_]\.){{2,}} (?:[^\W\d_]\b(?![{_APOSTROPHES}]))? )   # U.S.  O.N.U.  D.P.R.K
    | (?P<code>    \b [a-zA-Z]{{1,3}} [-\u2010\u2011]? \d [a-zA-Z\d]* \b )           # KN-23  F16  G7  H1N1
    | (?P<number>
          \d{{1,3}} (?: (?:{_SPACE}|[.,{_APOSTROPHES}]) \d{{3}} (?!\d) )+ (?:[.,]\d+)? (?![.,]?\d)
        | (?<!\d[.,]) \d+ [.,] \d+ (?![.,]?\d)
        | \d+
      )
      (?P<suffix>  {_SPACE}?mila\b | {_WORD} | ° )?                                 # 10mila  1990s  19th  1°
    | (?P<negated> {_WORD}(?<=n)[{_APOSTROPHES}]t (?![^\W\d_]) )                  # don't, wasn't
    | (?P<word>    {_WORD} )
    """,
    re.VERBOSE,
)
_UNFOLDED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th"})
_TO_APOSTROPHE = str.maketrans(dict.fromkeys(_APOSTROPHES, "'"))
_DROPPED = str.maketrans("", "", _INVISIBLE)
# Upper case tells these from the stop words that they look like.
_CAPITAL_WORDS = {"en": frozenset({"US", "IT", "WHO"}), "it": frozenset({"AI"})}
_ORDINALS = frozenset({"st", "nd", "rd", "th", "s", "o", "a", "°", "º", "ª", "esimo", "esima"})
_SNOWBALL = {"it": "italian", "en": "english"}
_BRITISH_ISE = re.compile(r"(?<=\w{3})(?<!parad)is(e[drs]?|ers|ing|ations?)$")
_BRITISH_OUR = re.compile(r"(?<=\w{2})our(s|ed|ing|er|ers|able|ite|ites|hood|hoods)?$")
# Snowball takes these for verb forms and so parts singular from plural: coreano/coreani, militare/militari.
_ITALIAN_ENDINGS = (("eano", "ean"), ("eana", "ean"), ("eane", "ean"), ("eani", "ean"), ("ari", "are"))


@dataclass(frozen=True, slots=True)
class Token:
    """A content word of a text.

    Attributes:
        term: what it is indexed under.
        surface: the word as written, `text[start:end]`.
        start: offset of its first character.
        end: offset behind its last character.
    """

    term: str
    surface: str
    start: int
    end: int


def terms(text: str, language: str) -> list[str]:
    """Return the analysed terms of `text` in reading order, repeats included.

    Args:
        text: any text; need not be normalised.
        language: "it" or "en"; anything else is analysed without stop words and stems.
    """
    shouting = text.isupper()
    found = (_term(match[0], match.lastgroup or "", language, shouting) for match in _PIECE.finditer(text))
    return [term for term in found if term]


def tokens(text: str, language: str) -> list[Token]:
    """Return the content words of `text` with their offsets; their terms are those of `terms`."""
    return list(_tokens(text, language))


def _tokens(text: str, language: str) -> Iterator[Token]:
    shouting = text.isupper()
    for match in _PIECE.finditer(text):
        term = _term(match[0], match.lastgroup or "", language, shouting)
        if term:
            yield Token(term, match[0], match.start(), match.end())


def tidy(question: str) -> str:
    """Return a question as it is best embedded: plain apostrophes, single spaces, not all in capitals.

    Embedding models know few words in capitals: on 1,024 Italian questions all in upper case recall@5 was .928,
    in lower case .945, as written .946.
    """
    plain = unicodedata.normalize("NFKC", question.translate(_DROPPED).translate(_TO_APOSTROPHE))
    joined = " ".join(plain.split())
    return joined.lower() if joined.isupper() else joined


def fold(text: str) -> str:
    """Return `text` compatibility-normalised, case-folded, without accents and invisible characters."""
    visible = text.translate(_DROPPED)
    if visible.isascii():
        return visible.lower().translate(_UNFOLDED)
    decomposed = unicodedata.normalize("NFKD", visible).casefold()
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return bare.translate(_UNFOLDED)


def stem(word: str, language: str) -> str:
    """Return the stem of one folded word, or of its base where the word is an irregular form.

    A language without a stemmer keeps the word itself.
    """
    if language not in _SNOWBALL or not word.isalpha():
        return word
    base = irregular(language).get(word, word)
    stemmed = _stemmer(language)(_italian_base(base) if language == "it" else _american(base))
    # Snowball leaves anno/anni and arma/armi as they are: too short for its regions.
    short = language == "it" and len(base) == 4 and stemmed == base and base[-1] in "aeio"
    return stemmed[:-1] if short else stemmed


def _american(word: str) -> str:
    """Return an English word in the spelling that Britain and America may share: organise, colour."""
    if len(word) < 6:
        return word
    return _BRITISH_OUR.sub(r"or\1", _BRITISH_ISE.sub(r"iz\1", word))


@cache
def irregular(language: str) -> dict[str, str]:
    """Return the base of each irregular form: `took` -> `take`, `raggiunse` -> `raggiungere`."""
    forms: dict[str, str] = {}
    for line in files("index").joinpath("data", "forms.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith(f"{language}\t"):
            _, bases, ending, endings = line.split("\t")
            for base in bases.split():
                kept = base.removesuffix(ending)
                forms |= {kept + (new if new != "-" else ""): base for new in endings.split()}
    return forms


def _italian_base(word: str) -> str:
    for ending, base in _ITALIAN_ENDINGS:
        if len(word) > 5 and word.endswith(ending):
            return word[: -len(ending)] + base
    return word


def number(text: str) -> str:
    """Return the canonical form of a written number: `10.000` and `10,000` give "10000", `3,50` gives "3.5".

    A single separator before exactly three digits groups thousands, in either language; any other is decimal.
    """
    digits = re.sub(rf"{_SPACE}|[{_APOSTROPHES}]", "", unicodedata.normalize("NFKC", text))
    whole, *rest = re.split(r"[.,]", digits)
    marks = re.findall(r"[.,]", digits)
    grouped = len(set(marks)) == 1 and all(len(part) == 3 for part in rest) and whole != "0"
    decimal = "" if grouped or not rest else rest.pop()
    fraction = decimal.rstrip("0")
    return ("".join([whole, *rest]).lstrip("0") or "0") + (f".{fraction}" if fraction else "")


@cache
def fingerprint() -> str:
    """Return what changes whenever terms may come out otherwise: what was analysed before has to be anew."""
    from importlib.metadata import version

    forms = files("index").joinpath("data", "forms.tsv").read_bytes()
    stops = " ".join(sorted(STOPWORDS["it"]) + sorted(STOPWORDS["en"]))
    parts = (str(_RECIPE), version("pystemmer"), _PIECE.pattern, stops)
    return hashlib.sha256("\0".join(parts).encode() + forms).hexdigest()[:12]


@cache
def _stemmer(language: str) -> Callable[[str], str]:
    from Stemmer import Stemmer

    # Its own cache would be a second one behind `_term`.
    stem_word: Callable[[str], str] = Stemmer(_SNOWBALL[language], 0).stemWord
    return stem_word


@lru_cache(maxsize=1 << 18)
def _term(piece: str, kind: str, language: str, shouting: bool) -> str:
    """Return the term of one piece, or "" for a stop word."""
    if kind in ("number", "suffix"):
        return _number_term(piece, language)
    if kind == "negated":
        return ""
    if kind in ("acronym", "code"):
        return re.sub(r"[^a-z0-9]", "", fold(piece))
    if not shouting and piece in _CAPITAL_WORDS.get(language, ()):
        return piece.lower()
    word = fold(piece)
    return "" if word in STOPWORDS.get(language, ()) else stem(word, language)


def _number_term(piece: str, language: str) -> str:
    match = re.fullmatch(rf"(.*?\d)(?:{_SPACE}?)(\D*)", piece, re.DOTALL)
    if match is None:
        return ""
    value, suffix = number(match[1]), fold(match[2])
    if suffix == "mila":
        return value + "000"
    return value if not suffix or suffix in _ORDINALS or len(suffix) > 1 else value + stem(suffix, language)
