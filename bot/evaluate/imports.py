"""Questions from elsewhere: a person's own table, or the thumbs that readers of the page have given.

A thumb is no review: what it cannot tell is left out, and a question whose answer a reader found wrong becomes a draft.
Knows nothing of the index.
"""

import csv
import hashlib
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.errors import EvaluationError
from bot.evaluate.item import Item, parse, row
from bot.evaluate.questions import Loaded
from index.article import slug
from index.language import SURE, detect

_NAMES = {
    "domanda": "question", "query": "question", "text": "question", "lingua": "language", "lang": "language",
    "risposta": "answers", "risposte": "answers", "answer": "answers", "articolo": "article_id",
    "article": "article_id", "citazione": "quote", "evidence_quote": "quote", "tipo": "kind", "nota": "note",
}  # fmt: skip
_NO = {"0", "false", "no", "n", "falso"}
_YES = {"1", "true", "yes", "y", "si", "sì", "vero", ""}
_SILENT = {"off_topic": "off_topic", "not_in_sources": "absent"}


def load_own(path: Path, default: str = "it") -> Loaded:
    """Return the questions of a person's own file.

    Args:
        path: `.csv` or `.tsv` with a header, of which only `question` is needed (`language`, `answers` with `|`
            between key facts, `article_id`, `quote` or `evidence`, `answerable`, `kind`, `id`, `note` help); or
            `.jsonl` of the same fields, of whole questions (`bot.evaluate.item`), or of thumbs; or the thumbs
            themselves: `feedback.db`, or the folder of the index that it stands in.
        default: the language of a question that does not tell, "it" or "en".

    Returns:
        The questions, each once, with one line for each row that holds none.

    Raises:
        EvaluationError: the file cannot be read, or has no column of questions.
    """
    if path.is_dir() or path.suffix.lower() == ".db":
        rows, origin = _given(path), "thumbs"
    else:
        text, origin = _text(path), slug(path.stem)
        rows = _table(path, text) if path.suffix.lower() in (".csv", ".tsv") else _lines(text)
    items: dict[str, Item] = {}
    broken = []
    for number, values in rows:
        try:
            if isinstance(values, Exception):
                raise values
            item = _item(values, origin, default)
            items.setdefault(item.id, item)
        except (ValueError, RecursionError) as error:
            reason = f"not JSON ({error.msg})" if isinstance(error, json.JSONDecodeError) else str(error)
            broken.append(f"{path}, line {number}: {reason}.")
    return Loaded(tuple(items.values()), tuple(broken))


def to_lines(items: Sequence[Item]) -> str:
    """Return questions as JSON, one a line, as `ponte eval` reads them."""
    return "".join(json.dumps(row(item), ensure_ascii=False) + "\n" for item in items)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise EvaluationError(f"{path} is not UTF-8 text (byte {error.start}).", "Save it as UTF-8.") from error
    except OSError as error:
        raise EvaluationError(f"{path} cannot be read: {error.strerror}.", "Name a .csv or a .jsonl file.") from error


def _given(path: Path) -> Iterator[tuple[int, Any]]:
    """Yield the thumbs of a store, a row each, as `_lines` yields those of a file."""
    from bot.feedback import FILE, Feedback

    store = path / FILE if path.is_dir() else path
    if not store.is_file() or store.name != FILE:
        raise EvaluationError(f"There are no thumbs in {path}.", f"Name a folder with a {FILE} in it, or the file.")
    feedback = Feedback(store.parent)
    try:
        thumbs = list(feedback)
    finally:
        feedback.close()
    for number, thumb in enumerate(thumbs, start=1):
        yield number, {_named(name): value for name, value in thumb.as_dict().items()}


def _table(path: Path, text: str) -> Iterator[tuple[int, Any]]:
    head = text.split("\n", 1)[0]
    mark = max(",;\t", key=head.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=mark)
    names = {name: _named(name) for name in reader.fieldnames or ()}
    if "question" not in names.values():
        raise EvaluationError(f"{path} has no column called question.", "Its first line has to name the columns.")
    for values in reader:
        if None in values:
            yield reader.line_num, ValueError("more cells than columns; put text with the separator in quotes")
        elif any(value and value.strip() for value in values.values()):
            yield reader.line_num, {names[name]: (value or "").strip() for name, value in values.items()}


def _lines(text: str) -> Iterator[tuple[int, Any]]:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                values = json.loads(line)
                yield number, {_named(name): value for name, value in values.items()}
            except (ValueError, RecursionError) as error:
                yield number, error
            except AttributeError:
                yield number, ValueError("a question is a JSON object")


def _named(name: str) -> str:
    plain = name.strip().lower().replace(" ", "_")
    return _NAMES.get(plain, plain)


def _item(values: Mapping[str, Any], origin: str, default: str) -> Item:
    if "verdict" in values:
        return _thumb(values, origin, default)
    if isinstance(values.get("evidence"), list) or isinstance(values.get("answerable"), bool):
        whole = {name: value for name, value in values.items() if name not in ("article_id", "quote")}
        return parse({"kind": "fact"} | whole)
    question = _question(values)
    language = str(values.get("language") or "") or _language(question, default)
    answerable = _answerable(str(values.get("answerable") or ""))
    evidence = _evidence(values)
    return parse(
        {
            "id": values.get("id") or _id(origin, question, language),
            "language": language,
            "question": question,
            "answerable": answerable,
            "answers": _facts(values.get("answers")),
            "evidence": evidence,
            "kind": values.get("kind") or "fact",
            "pair": values.get("pair") or None,
            "grade": values.get("grade") or None,
            "follows": values.get("follows") or None,
            "note": values.get("note") or None,
        }
    )


def _question(values: Mapping[str, Any]) -> str:
    question = values.get("question")
    if not isinstance(question, str) or not question.strip():
        raise ValueError("there is no question")
    return question.strip()


def _language(question: str, default: str) -> str:
    found = detect(question)
    return found.code if found.code in ("it", "en") and found.confidence >= SURE else default


def _answerable(text: str) -> bool:
    plain = text.strip().lower()
    if plain not in _YES | _NO:
        raise ValueError(f"'answerable' is {text!r}, neither yes nor no")
    return plain in _YES


def _facts(given: Any) -> list[Any]:
    if isinstance(given, list):
        return given
    return [fact.strip() for fact in str(given or "").split("|") if fact.strip()]


def _evidence(values: Mapping[str, Any]) -> list[dict[str, Any]]:
    article_id, quote = values.get("article_id"), values.get("quote") or values.get("evidence")
    if bool(article_id) is not bool(quote):
        raise ValueError("a quote needs the 'article_id' that it stands in, and the other way round")
    return [{"article_id": article_id, "quote": quote}] if quote else []


def _thumb(values: Mapping[str, Any], origin: str, default: str) -> Item:
    """Make a question of a thumb: one that is up says what is right, one that is down only that something is not."""
    question, up = _question(values), str(values["verdict"]).strip().lower()
    if up not in ("up", "down"):
        raise ValueError(f"the verdict is {values['verdict']!r}, neither 'up' nor 'down'")
    given = values.get("answers", {})
    answer = json.loads(given) if isinstance(given, str) and given.lstrip().startswith("{") else given
    answer = answer if isinstance(answer, Mapping) else {}
    language = str(values.get("language") or "") or _language(question, default)
    silence = _SILENT.get(str(answer.get("state", "")))
    liked = up == "up"
    reason = str(values.get("reason") or "").strip()
    evidence = _cited(answer) if liked and not silence else []
    wrongly_answered = not liked and reason.partition(":")[0] == "should_be_silent"
    return parse(
        {
            "id": _id(origin, question, language),
            "language": language,
            "question": question,
            "answerable": not (liked and silence or wrongly_answered),
            "evidence": evidence,
            "kind": "fact",
            "grade": silence if liked else "absent" if wrongly_answered else None,
            # What rests on articles that only its reader had has no quote here: nobody can be held to it.
            "accepted": liked and bool(evidence or silence) and not values.get("private"),
            "note": f"thumb {up}" + (f": {reason}" if reason else ""),
        }
    )


def _cited(answer: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the citations as evidence; those that stand behind one sentence are one part, of which any will do."""
    citations = [c for c in answer.get("citations") or () if isinstance(c, Mapping)]
    said = [s for s in answer.get("statements") or () if isinstance(s, Mapping)]
    parts: dict[Any, int] = {}
    for n, statement in enumerate(said):
        for number in statement.get("citations") or ():
            parts.setdefault(number, n)
    known = sorted(set(parts.values()))
    return [
        {
            "article_id": c.get("article_id"),
            "quote": c.get("quote"),
            "part": known.index(parts[c.get("n")]) if c.get("n") in parts else len(known) + n,
        }
        for n, c in enumerate(citations)
    ]


def _id(origin: str, question: str, language: str) -> str:
    digest = hashlib.sha256(question.casefold().encode()).hexdigest()[:8]
    return f"{origin}-{digest}-{language}"
