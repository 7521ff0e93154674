"""Sets from elsewhere that measure retrieval: a folder of a corpus, queries, and which of the one answer the other.

`corpus.jsonl` {id, lang, text}; `queries.jsonl` {id, lang, text, positives: [ids]}. Knows files; nothing of rankings.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bot.errors import EvaluationError
from index.article import Article, slug
from index.cleaning import clean

LANGUAGES = ("it", "en")


@dataclass(frozen=True, slots=True)
class Query:
    """A query and the documents that answer it; none, if the corpus does not.

    Attributes:
        id: unique in the set.
        language: "it" or "en".
        text: as it is asked.
        positives: ids of the documents.
        answers: spellings of the answer, where the set has them.
    """

    id: str
    language: str
    text: str
    positives: frozenset[str]
    answers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OutsideSet:
    """A set of documents and queries.

    Attributes:
        name: of the folder.
        documents: as articles, their ids made into slugs.
        queries: with the ids of those articles.
        left_out: documents that were left out to save time.
    """

    name: str
    documents: tuple[Article, ...]
    queries: tuple[Query, ...]
    left_out: int = 0


def load_set(folder: Path) -> OutsideSet:
    """Return the set of a folder.

    Raises:
        EvaluationError: a file is missing or a line is broken, an id is used twice, or a query names a document
            that is not there.
    """
    named = load_documents(folder / "corpus.jsonl")
    queries = []
    for number, row in rows(folder / "queries.jsonl"):
        try:
            queries.append(_query(row, named))
        except (KeyError, TypeError, ValueError) as error:
            raise _broken(folder / "queries.jsonl", number, error) from error
    if not any(query.positives for query in queries):
        raise EvaluationError(f"No query of {folder} has a document that answers it.", "“positives” names them.")
    return OutsideSet(folder.resolve().name, tuple(named.values()), tuple(queries))


def load_documents(file: Path) -> dict[str, Article]:
    """Return the documents of a file of JSON lines {id, lang, text} by their own ids, as articles.

    Raises:
        EvaluationError: the file is missing or empty, a line is broken, or an id is used twice.
    """
    documents: dict[str, Article] = {}
    for number, row in rows(file):
        try:
            document = _document(row)
        except (KeyError, TypeError, ValueError) as error:
            raise _broken(file, number, error) from error
        if str(row["id"]) in documents:
            raise _broken(file, number, ValueError(f"the id {row['id']!r} is used twice"))
        documents[str(row["id"])] = document
    if not documents:
        raise EvaluationError(f"{file} holds no document.", "It needs one JSON object a line.")
    return _slugged(documents)


def smaller(given: OutsideSet, queries: int | None = None, documents: int | None = None) -> OutsideSet:
    """Return a set with at most so many queries and documents, evenly spread; those that answer stay.

    Fewer documents make every query easier: such numbers are compared with each other, not with those of others.
    """
    asked = _spread([query for query in given.queries if query.positives], queries)
    needed = {id for query in asked for id in query.positives}
    spare = [one for one in given.documents if one.id not in needed]
    room = None if documents is None else max(0, documents - len(needed))
    kept = needed | {one.id for one in _spread(spare, room)}
    chosen = tuple(one for one in given.documents if one.id in kept)
    return replace(given, documents=chosen, queries=tuple(asked), left_out=len(given.documents) - len(chosen))


def _spread(values: Sequence[Any], most: int | None) -> list[Any]:
    if most is None or most >= len(values):
        return list(values)
    return [values[n * len(values) // most] for n in range(most)]


def rows(path: Path) -> Iterator[tuple[int, Any]]:
    """Yield the rows of a file of JSON lines, each with the number of its line.

    Raises:
        EvaluationError: the file cannot be read, or a line is broken.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise EvaluationError(f"{path} is not UTF-8 text.", "Save it as UTF-8.") from error
    except OSError as error:
        raise EvaluationError(
            f"{path} cannot be read: {error.strerror}.", "The folder needs a corpus.jsonl and a queries.jsonl."
        ) from error
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except (ValueError, RecursionError) as error:
                raise _broken(path, number, error) from error


def _document(row: Mapping[str, Any]) -> Article:
    text = clean(str(row["text"]))
    if not text.strip():
        raise ValueError("the document is empty")
    return Article(slug(str(row["id"])), str(row["id"])[:300], _language(row), None, None, (), (), text)


def _query(row: Mapping[str, Any], named: Mapping[str, Article]) -> Query:
    positives = row["positives"]
    if not isinstance(positives, list):
        raise ValueError("'positives' is a list of ids")
    missing = [one for one in positives if one not in named]
    if missing:
        raise ValueError(f"there is no document {missing[0]!r}")
    answers = row.get("answers")
    return Query(
        str(row["id"]),
        _language(row),
        str(row["text"]),
        frozenset(named[one].id for one in positives),
        tuple(map(str, answers)) if isinstance(answers, list) else (),
    )


def _language(row: Mapping[str, Any]) -> str:
    if row["lang"] not in LANGUAGES:
        raise ValueError(f"the language {row['lang']!r} is neither 'it' nor 'en'")
    return str(row["lang"])


def _slugged(documents: Mapping[str, Article]) -> dict[str, Article]:
    """Return the documents by their own ids, with article ids of which no two are the same."""
    seen: Counter[str] = Counter()
    named = {}
    for id, document in documents.items():
        seen[document.id] += 1
        again = seen[document.id]
        named[id] = document if again == 1 else replace(document, id=f"{document.id[:70]}--{again}")
    return named


def _broken(path: Path, number: int, error: Exception) -> EvaluationError:
    reason = f"{error} is missing" if isinstance(error, KeyError) else str(error)
    return EvaluationError(f"{path}, line {number}: {reason}.", "Correct the line.")
