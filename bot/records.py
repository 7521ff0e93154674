"""What is kept of conversations: exchanges of a question and its answer. Values only; knows no files, no browsers."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from bot.datamodels import Answer, Citation
from bot.errors import HistoryError, UnknownArticle
from index.article import Article

if TYPE_CHECKING:
    from pydantic import TypeAdapter

_TITLE = 80
# What a key of a model's server looks like. A question that holds one is kept without it.
_KEY = re.compile(r"\b(?:sk|pk|rk|xai|gsk|hf|ghp)[-_][A-Za-z0-9_-]{16,}|(?i:\bbearer\s+)[A-Za-z0-9._~+/-]{16,}")


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and its answer.

    Attributes:
        answer: with the question in it.
        key: of the exchange; never used twice.
        asked: when, ISO 8601 in UTC; empty if that is not known.
        complete: whether the answer is whole; False where it was stopped.
        own: ids of those of the articles cited that only the reader has.
        changed: those of its citations whose article says something else by now.
        removed: those of its citations whose article is gone.
    """

    answer: Answer
    key: str = ""
    asked: str = ""
    complete: bool = True
    own: tuple[str, ...] = ()
    changed: tuple[Citation, ...] = ()
    removed: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Conversation:
    """Exchanges, oldest first, under a title."""

    title: str
    exchanges: tuple[Exchange, ...]

    @property
    def language(self) -> str:
        """That of the first answer."""
        return self.exchanges[0].answer.language if self.exchanges else "en"


def now() -> str:
    """Return the time, ISO 8601 in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def titled(question: str) -> str:
    """Return a title for a conversation that begins with a question."""
    line = " ".join(question.split())
    if len(line) <= _TITLE:
        return line
    return f"{line[:_TITLE].rpartition(' ')[0] or line[:_TITLE]}…"


def restored(values: str | dict[str, Any]) -> Answer:
    """Return the answer that `Answer.as_dict` was made of.

    Args:
        values: the same, or its JSON; fields that are not known are left out.

    Raises:
        HistoryError: it holds no answer.
    """
    from pydantic import ValidationError

    try:
        adapter = _adapter()
        return adapter.validate_json(values) if isinstance(values, str) else adapter.validate_python(values)
    except ValidationError as error:
        raise HistoryError(f"This is no answer of Ponte's: {error.errors()[0]['msg']}.") from None


@cache
def _adapter() -> "TypeAdapter[Answer]":
    from pydantic import TypeAdapter

    return TypeAdapter(Answer)


def without_keys(answer: Answer) -> Answer:
    """Return an answer without what looks like a key in its question and wherever that is repeated.

    Quotes stay as they are: a quote is what the source says.
    """
    found = sorted(set(_KEY.findall(f"{answer.question}\n{answer.understood}")), key=len, reverse=True)

    def masked(text: str) -> str:
        for key in found:
            text = text.replace(key, "…")
        return text

    if not found:
        return answer
    return replace(
        answer,
        question=masked(answer.question),
        understood=masked(answer.understood),
        text=masked(answer.text),
        missing=tuple(masked(word) for word in answer.missing),
        notices=tuple(masked(notice) for notice in answer.notices),
    )


def compared(exchange: Exchange, article: Callable[[str], Article]) -> Exchange:
    """Return an exchange with what has become of the articles that it cites.

    Args:
        exchange: as it was kept.
        article: returns an article by id, or raises UnknownArticle.
    """
    changed, removed = [], []
    for citation in dict.fromkeys((*exchange.answer.citations, *exchange.answer.nearest)):
        try:
            text = article(citation.article_id).text
        except UnknownArticle:
            removed.append(citation)
            continue
        if text[citation.start : citation.end] != citation.quote:
            changed.append(citation)
    return replace(exchange, changed=tuple(changed), removed=tuple(removed))
