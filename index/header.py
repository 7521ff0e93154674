"""What a text says of itself at its top: front matter, or lines such as `date 2024-06 CNN`. Knows no file types."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from index.cleaning import clean
from index.errors import ArticleError

MAX_TITLE = 300
_MAX_FRONT_MATTER = 10_000
_MAX_VALUES, _MAX_VALUE = 50, 200

_FENCED = re.compile(r"\s*---[ \t]*\r?\n(?P<yaml>.*?)(?<=\n)(?:---|\.\.\.)[ \t]*(?:\r?\n|$)", re.DOTALL)
_HEADER_LINES = 4
_DATE_LINE = re.compile(
    r"(?:date|data)\b\s*[:=]?\s*(?P<date>\S*\d{4}\S*)"
    r"(?:[\s,;|–—-]+(?P<source>[^\s.!?]+(?: [^\s.!?]+){0,4}))?",
    re.IGNORECASE,
)
_FIELD_LINE = re.compile(r"(?P<name>source|fonte|title|titolo)\s*[:=]\s*(?P<value>.+)", re.IGNORECASE)
_ENGLISH_NAME = {
    "fonte": "source",
    "titolo": "title",
    "lang": "language",
    "lingua": "language",
    "data": "date",
    "tags": "topics",
}

_ISO = re.compile(r"(?P<year>\d{4})(?:[-/.](?P<month>\d{1,2})(?:[-/.](?P<day>\d{1,2}))?)?(?!\d)")
_DAY_FIRST = re.compile(r"(?P<day>\d{1,2})[-/. ](?P<month>\d{1,2})[-/. ](?P<year>\d{4})(?!\d)")
_NAMED = re.compile(
    r"(?:(?P<day>\d{1,2})(?:°|º|st|nd|rd|th)?\s+)?(?P<name>[a-z]{3})[a-z]*\.?\s+(?:(?P<late>\d{1,2}),?\s+)?(?P<year>\d{4})"
)
_MONTHS = {
    name: number
    for number, names in enumerate(
        "jan gen,feb,mar,apr,may mag,jun giu,jul lug,aug ago,sep set,oct ott,nov,dec dic".split(","), start=1
    )
    for name in names.split()
}
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True, slots=True)
class Header:
    """What is known of an article before its text is read; None or empty where nothing is said.

    Attributes:
        id: as it is given, not yet a slug.
        title: one line.
        language: "it" or "en".
        date: ISO 8601, as exact as it is given.
        source: who published it.
        topics: what it is about.
        publications: where its facts come from.
    """

    id: str | None = None
    title: str | None = None
    language: str | None = None
    date: str | None = None
    source: str | None = None
    topics: tuple[str, ...] = field(default=())
    publications: tuple[str, ...] = field(default=())

    def over(self, other: "Header") -> "Header":
        """Return this header with its gaps filled from `other`."""
        gaps = {name: getattr(other, name) for name in self.__slots__ if not getattr(self, name)}
        return replace(self, **gaps)


def take(name: str, text: str) -> tuple[Header, str]:
    """Return what the top of `text` says and the text without it; `name` is the file's, for messages.

    Raises:
        ArticleError: the front matter is not YAML, or longer than 10,000 characters.
    """
    fenced = _FENCED.match(text)
    if fenced and ":" in fenced["yaml"]:
        values = _load(name, fenced["yaml"])
        if values is not None:
            return _header(values), text[fenced.end() :]
    return _take_lines(text)


def one_line(text: str, limit: int = MAX_TITLE) -> str:
    """Return `text` cleaned, on one line, cut at a word to `limit` characters at most."""
    line = " ".join(clean(text[: 20 * limit]).split())
    if len(line) <= limit:
        return line
    return (line[: limit - 1].rsplit(" ", 1)[0] if " " in line[: limit - 1] else line[: limit - 1]) + "…"


def iso_date(text: str) -> str | None:
    """Return the date that `text` begins with, in ISO 8601 to the day, month or year, or None: no guess is made.

    Known are `2024`, `2024-06`, `2024-06-19` (with or without a time), `19/06/2024` (the day first, as in Europe),
    `19 giugno 2024`, `June 19, 2024` and `giugno 2024`.
    """
    plain = text.strip().lower()
    match = _DAY_FIRST.match(plain) or _ISO.match(plain) or _NAMED.match(plain)
    if match is None:
        return None
    parts = match.groupdict()
    month = _MONTHS.get(parts["name"], 0) if "name" in parts else parts["month"]
    return _checked(parts["year"], month, parts["day"] or parts.get("late"))


def _checked(year: str, month: str | int | None, day: str | None) -> str | None:
    if not 1000 <= int(year) <= 2999:
        return None
    if month is None:
        return year
    if not 1 <= int(month) <= 12:
        return None
    if day is None:
        return f"{year}-{int(month):02}"
    return f"{year}-{int(month):02}-{int(day):02}" if 1 <= int(day) <= _DAYS[int(month) - 1] else None


def _load(name: str, source: str) -> Mapping[object, object] | None:
    """Return the front matter, every scalar in it a string, or None where the fences hold something else."""
    import yaml

    if len(source) > _MAX_FRONT_MATTER:
        raise ArticleError(f"{name}: its front matter is too long.", "Keep what stands between the two --- short.")
    try:
        # The base loader makes strings, lists and mappings and nothing else.
        values = yaml.load(source, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f" (line {mark.line + 2})" if mark else ""
        raise ArticleError(
            f"{name}: its front matter is not valid YAML{place}.",
            "Put values that hold a colon or a quote mark in quotes, or take the lines between the two --- out.",
        ) from None
    return values if isinstance(values, Mapping) else None


def _header(values: Mapping[object, object]) -> Header:
    """Return the values that are known and of the right kind; others are passed over."""
    named = {_ENGLISH_NAME.get(str(key).lower(), str(key).lower()): value for key, value in values.items()}
    date = _scalar(named.get("date"))
    return Header(
        id=_scalar(named.get("id")),
        title=_scalar(named.get("title")),
        language=language_code(_scalar(named.get("language")) or ""),
        date=iso_date(date) if date else None,
        source=_scalar(named.get("source")),
        topics=_several(named.get("topics")),
        publications=_several(named.get("publications")),
    )


def language_code(name: str) -> str | None:
    """Return "it" or "en" for a language's code or name (`it-IT`, `Italiano`, `eng`), or None for any other."""
    code = re.split(r"[-_ ]", name.strip().lower())[0]
    return {
        "it": "it",
        "ita": "it",
        "italian": "it",
        "italiano": "it",
        "en": "en",
        "eng": "en",
        "english": "en",
        "inglese": "en",
    }.get(code)


def _scalar(value: object) -> str | None:
    line = one_line(value) if isinstance(value, str) else ""
    return line if line and line.lower() not in ("null", "~", "none") else None


def _several(value: object) -> tuple[str, ...]:
    values: Iterable[object] = value.split(",") if isinstance(value, str) else value if isinstance(value, list) else ()
    lines = (one_line(item, _MAX_VALUE) for item in values if isinstance(item, str))
    return tuple(dict.fromkeys(line for line in lines if line))[:_MAX_VALUES]


def _take_lines(text: str) -> tuple[Header, str]:
    header, rest = Header(), text
    for _ in range(_HEADER_LINES):
        line, _, after = rest.lstrip().partition("\n")
        said = _from_line(line.strip()[:400])
        if said is None:
            break
        header, rest = header.over(said), after
    return header, rest


def _from_line(line: str) -> Header | None:
    if dated := _DATE_LINE.fullmatch(line):
        date = iso_date(dated["date"])
        return Header(date=date, source=_scalar(dated["source"])) if date else None
    if named := _FIELD_LINE.fullmatch(line):
        key = _ENGLISH_NAME.get(named["name"].lower(), named["name"].lower())
        return _header({key: named["value"]})
    return None
