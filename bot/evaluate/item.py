"""A question of an evaluation: what it holds, how a line of JSON gives it, and when a text says a key fact.

One question a line of JSON (`evals/dossier.jsonl`):

    id          the pair and the language: "summit-01-it"
    language    "it" or "en": of the question
    question    as a user would type it
    answerable  whether the articles answer it
    answers     the key facts; each a string, or a list of spellings of which any counts:
                [["260.000", "260,000"], "Hanoi"]; see `says`
    evidence    [{article_id, quote, part}]: any quote of a part is right evidence for that part, and every part
                is needed; `part` counts from 0, which is its default
    kind        see `KINDS`
    pair        the same for the two languages of one question; left out where a question stands alone
    grade       of an unanswerable question: see `GRADES`
    follows     id of the question that is asked just before, in the same conversation
    accepted    false for a draft that no person has accepted yet: such a question is not asked
    note        anything a person wants to know of it

Knows nothing of files, of the articles, or of answers that were given.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

KINDS = (
    "fact",
    "number",
    "date",
    "who_said",
    "why",
    "comparison",
    "timeline",
    "follow_up",
    "disagreement",
    "summary",
)
GRADES = ("off_topic", "absent", "near")
LANGUAGES = ("it", "en")

_TYPES: dict[str, type] = {
    "id": str,
    "language": str,
    "question": str,
    "answerable": bool,
    "answers": list,
    "evidence": list,
    "kind": str,
    "pair": str,
    "grade": str,
    "follows": str,
    "accepted": bool,
    "note": str,
}
_NEEDED = ("id", "language", "question", "answerable", "kind")
_APOSTROPHES = str.maketrans("\u2018\u2019\u02bc", "'''")


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quote which answers a question, or one part of it.

    Attributes:
        article_id: of the article that holds it.
        quote: the words themselves, as they stand in the article's text.
        part: which part of the answer it carries, from 0; any quote of a part will do.
    """

    article_id: str
    quote: str
    part: int = 0


@dataclass(frozen=True, slots=True)
class Item:
    """A question, and what a right answer to it holds.

    Attributes:
        id: unique in a set.
        language: "it" or "en".
        question: as it is asked.
        answerable: whether the articles answer it.
        answers: the key facts, each with the spellings that count; none where it is unanswerable.
        evidence: the quotes that are right; none where it is unanswerable.
        kind: one of `KINDS`.
        pair: shared with the same question in the other language; "" where it stands alone.
        grade: one of `GRADES` where it is unanswerable, or None.
        follows: id of the question asked before it, or None.
        accepted: whether a person stands by it; a draft is not asked.
        note: for people.
    """

    id: str
    language: str
    question: str
    answerable: bool
    kind: str
    answers: tuple[tuple[str, ...], ...] = ()
    evidence: tuple[Evidence, ...] = ()
    pair: str = ""
    grade: str | None = None
    follows: str | None = None
    accepted: bool = True
    note: str = ""

    @property
    def parts(self) -> tuple[tuple[Evidence, ...], ...]:
        """The evidence, part by part: a right answer hits at least one quote of each."""
        numbers = sorted({evidence.part for evidence in self.evidence})
        return tuple(tuple(e for e in self.evidence if e.part == number) for number in numbers)


def says(text: str, spellings: Iterable[str]) -> bool:
    """Tell whether a text holds a key fact: one of its spellings, as whole words.

    Case and the shape of apostrophes do not count. A number is not found inside a longer one: "1,000" is not in
    "11,000", nor "4" in "4.8".
    """
    shaped = _shape(text)
    return any(
        re.search(rf"(?<!\w)(?<!\d[.,]){re.escape(_shape(spelling))}(?!\w)(?![.,]\d)", shaped) for spelling in spellings
    )


def _shape(text: str) -> str:
    """Return the text with the case and the apostrophes evened out, and every blank a single space."""
    return " ".join(text.translate(_APOSTROPHES).casefold().split())


def parse(row: Any) -> Item:
    """Make a question from the plain values of a line.

    Raises:
        ValueError: a field is missing, unknown, empty or of the wrong type.
    """
    given = _fields(row)
    return Item(
        id=given["id"],
        language=given["language"],
        question=given["question"],
        answerable=given["answerable"],
        kind=given["kind"],
        answers=tuple(_fact(fact) for fact in given.get("answers", ())),
        evidence=tuple(_evidence(entry) for entry in given.get("evidence", ())),
        pair=given.get("pair", ""),
        grade=given.get("grade"),
        follows=given.get("follows"),
        accepted=given.get("accepted", True),
        note=given.get("note", ""),
    )


def row(item: Item) -> dict[str, Any]:
    """Return a question as the plain values of a line; what is left to its default is left out."""
    values: dict[str, Any] = {
        "id": item.id,
        "language": item.language,
        "question": item.question,
        "answerable": item.answerable,
        "answers": [list(spellings) for spellings in item.answers],
        "evidence": [{"article_id": e.article_id, "quote": e.quote, "part": e.part} for e in item.evidence],
        "kind": item.kind,
        "pair": item.pair,
        "grade": item.grade,
        "follows": item.follows,
        "note": item.note,
    }
    kept = {name: value for name, value in values.items() if value not in ("", None, [])}
    return kept if item.accepted else kept | {"accepted": False}


def _fields(row: Any) -> dict[str, Any]:
    """Return the fields of a line, those that are null left out."""
    if not isinstance(row, Mapping):
        raise ValueError("a question is a JSON object")
    unknown = sorted(set(row) - set(_TYPES))
    if unknown:
        raise ValueError(f"unknown field {unknown[0]!r}")
    given = {name: value for name, value in row.items() if value is not None}
    for name in _NEEDED:
        if name not in given or given[name] == "":
            raise ValueError(f"{name!r} is missing")
    for name, value in given.items():
        if not isinstance(value, _TYPES[name]):
            raise ValueError(f"{name!r} must be {_TYPES[name].__name__}, not {type(value).__name__}")
    if given["language"] not in LANGUAGES:
        raise ValueError(f"language {given['language']!r} is neither 'it' nor 'en'")
    if not given["id"].strip() or not given["question"].strip():
        raise ValueError("'id' and 'question' cannot be blank")
    return given


def _fact(fact: Any) -> tuple[str, ...]:
    """Return the spellings of a key fact."""
    spellings = [fact] if isinstance(fact, str) else fact
    if not isinstance(spellings, list) or not spellings:
        raise ValueError("a key fact is a string, or a list of spellings")
    if not all(isinstance(spelling, str) and spelling.strip() for spelling in spellings):
        raise ValueError("a spelling of a key fact is a string that is not blank")
    return tuple(spellings)


def _evidence(entry: Any) -> Evidence:
    """Return a quote that is right."""
    if not isinstance(entry, Mapping) or set(entry) - {"article_id", "quote", "part"}:
        raise ValueError("evidence is {article_id, quote, part}")
    article_id, quote, part = entry.get("article_id"), entry.get("quote"), entry.get("part", 0)
    if not isinstance(article_id, str) or not isinstance(quote, str) or not quote.strip():
        raise ValueError("evidence needs an 'article_id' and a 'quote'")
    if not isinstance(part, int) or isinstance(part, bool) or part < 0:
        raise ValueError("'part' of evidence is a whole number from 0")
    return Evidence(article_id, quote, part)
