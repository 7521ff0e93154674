"""A set of questions: how files of them are read, what is wrong with a set, and which third is held out.

The form of a line is told in `bot.evaluate.item`. Knows nothing of answers that were given, of retrieval or of metrics.
"""

import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.errors import BotError
from bot.evaluate.item import GRADES, KINDS, Evidence, Item, parse, says
from index.article import Article

__all__ = [
    "GRADES",
    "KINDS",
    "Evidence",
    "Item",
    "Loaded",
    "check",
    "held_out",
    "load",
    "parse",
    "read",
    "says",
    "stem",
]

_LANGUAGE_SUFFIX = re.compile(r"-(?:it|en)$")
_NEXT_SUFFIX = re.compile(r"(?:-next)+$")


@dataclass(frozen=True, slots=True)
class Loaded:
    """What files of questions held.

    Attributes:
        items: the questions, in the order of the files.
        broken: one line for each line that is no question, with its file and number.
    """

    items: tuple[Item, ...]
    broken: tuple[str, ...] = ()


def stem(id: str) -> str:
    """Return the id without its language: the pair that it belongs to."""
    return _LANGUAGE_SUFFIX.sub("", id)


def held_out(id: str) -> bool:
    """Tell whether a question is in the third that is never looked at while tuning.

    By the SHA-256 of its pair, which is the id without the language, so that both languages fall on the same side;
    and so does a follow-up that is named after its first question ("summit-01-next-it").
    """
    name = _NEXT_SUFFIX.sub("", stem(id))
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big") % 3 == 0


def load(paths: Iterable[str | Path], strict: bool = True) -> tuple[Item, ...]:
    """Return the questions of some files of JSON lines.

    Args:
        paths: the files, in order.
        strict: whether a broken line stops the reading; otherwise it is skipped, and `read` says which these were.

    Raises:
        BotError: a file cannot be read, or, where strict, a line is broken.
    """
    loaded = read(paths)
    if strict and loaded.broken:
        more = len(loaded.broken) - 1
        others = f" ({more} more broken {'line' if more == 1 else 'lines'})" if more else ""
        raise BotError(loaded.broken[0] + others, "Correct the line, or let broken lines be skipped.")
    return loaded.items


def read(paths: Iterable[str | Path]) -> Loaded:
    """Return the questions of some files of JSON lines, and what is wrong with the lines that hold none.

    Raises:
        BotError: a file is missing, unreadable, or no UTF-8 text.
    """
    items: list[Item] = []
    broken: list[str] = []
    for path in map(Path, paths):
        for number, line in enumerate(_lines(path), start=1):
            if not line.strip():
                continue
            try:
                items.append(parse(json.loads(line)))
            except (ValueError, RecursionError) as error:
                broken.append(f"{path}, line {number}: {_reason(error)}.")
    return Loaded(tuple(items), tuple(broken))


def _lines(path: Path) -> list[str]:
    """Return the lines of a file; only a line feed ends one, since JSON may hold every other separator."""
    try:
        return path.read_text(encoding="utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise BotError(f"{path} is not UTF-8 text (byte {error.start}).", "Save it as UTF-8.") from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise BotError(
            f"{path} cannot be read: {reason}.", "Name a file of questions, one JSON object a line."
        ) from error


def _reason(error: Exception) -> str:
    """Return why a line is broken, in a few words."""
    if isinstance(error, json.JSONDecodeError):
        return f"not JSON ({error.msg}, column {error.colno})"
    return "nested too deeply" if isinstance(error, RecursionError) else str(error)


def check(items: Iterable[Item], articles: Iterable[Article]) -> list[str]:
    """Return what is wrong with a set of questions, one line a problem; nothing for a sound one.

    Args:
        items: the questions, from one file or many.
        articles: those that the questions are about.
    """
    items = tuple(items)
    if not items:
        return ["The set holds no question."]
    texts = {article.id: article.text for article in articles}
    by_id = {item.id: item for item in items}
    problems = [
        f"{id}: the id is used {times} times." for id, times in Counter(i.id for i in items).items() if times > 1
    ]
    for item in items:
        found = (_wrong_form(item), _wrong_evidence(item, texts), _wrong_order(item, by_id))
        problems += [f"{item.id}: {problem}" for group in found for problem in group]
    return problems + list(_wrong_pairs(items))


def _wrong_form(item: Item) -> Iterator[str]:
    """Tell what of a question does not go together."""
    if item.kind not in KINDS:
        yield f"unknown kind {item.kind!r}; known are {', '.join(KINDS)}."
    if item.answerable:
        if item.grade is not None:
            yield "it is answerable, so it has no grade."
        if not item.evidence or not item.answers:
            yield f"it is answerable, but has no {'evidence' if not item.evidence else 'key facts'}."
        return
    if item.grade not in GRADES:
        yield f"it is unanswerable, so its grade is one of {', '.join(GRADES)}, not {item.grade!r}."
    if item.evidence or item.answers:
        yield f"it is unanswerable, but has {'evidence' if item.evidence else 'key facts'}."


def _wrong_evidence(item: Item, texts: Mapping[str, str]) -> Iterator[str]:
    """Tell which quotes are nowhere, and which key facts no quote holds."""
    for evidence in item.evidence:
        if evidence.article_id not in texts:
            yield f"there is no article {evidence.article_id!r}."
        elif evidence.quote not in texts[evidence.article_id]:
            yield f"{evidence.article_id} does not hold {evidence.quote[:60]!r}."
    numbers = sorted({evidence.part for evidence in item.evidence})
    if numbers != list(range(len(numbers))):
        yield f"the parts of its evidence are {numbers}, not counted from 0."
    for spellings in item.answers if item.evidence else ():
        if not any(all(says(e.quote, spellings) for e in part) for part in item.parts):
            yield f"no part of its evidence holds the key fact {spellings[0]!r} in every quote."


def _wrong_order(item: Item, by_id: Mapping[str, Item]) -> Iterator[str]:
    """Tell whether a follow-up has a question to follow."""
    if item.kind == "follow_up" and item.follows is None:
        yield "it is a follow-up, but does not say what it follows."
    if item.follows is None:
        return
    before = by_id.get(item.follows)
    if before is None or before is item:
        yield f"it follows {item.follows!r}, which is no other question of the set."
    elif before.language != item.language:
        yield f"it follows {item.follows!r}, which is in the other language."
    elif held_out(before.id) != held_out(item.id):
        yield f"one of it and {item.follows!r} is held out; call it {stem(before.id)}-next-{item.language}."


def _wrong_pairs(items: Iterable[Item]) -> Iterator[str]:
    """Tell which pairs are not the same question in Italian and English."""
    pairs: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        if item.pair:
            pairs[item.pair].append(item)
    for pair, versions in pairs.items():
        if sorted(item.language for item in versions) != ["en", "it"]:
            yield f"{pair}: the pair is {', '.join(i.id for i in versions)}, not one Italian and one English question."
        elif len({_meaning(item) for item in versions}) > 1:
            yield f"{pair}: its two languages differ in more than the words of the question."
        yield from (f"{i.id}: the id of pair {pair} is {pair}-{i.language}." for i in versions if stem(i.id) != pair)


def _meaning(item: Item) -> tuple[object, ...]:
    """Return what the two languages of a question share."""
    follows = None if item.follows is None else stem(item.follows)
    return item.answerable, item.kind, item.grade, item.answers, frozenset(item.evidence), follows
