"""A conversation as JSON, and back: every field of every answer, each quote with its article and its place in it."""

import json
from typing import Any

from bot.errors import HistoryError
from bot.records import Conversation, Exchange, restored

KIND, VERSION = "ponte.conversation", 1


def to_json(conversation: Conversation) -> str:
    """Return a conversation as a JSON object: `kind`, `version`, `title`, `language` and `exchanges`.

    Each exchange has `key`, `asked`, `complete`, `own`, the places in `changed` and `removed` (number and article of
    citations that no longer hold), and `answer` as `Answer.as_dict` gives it.
    """
    exchanges = [_exchange(exchange) for exchange in conversation.exchanges]
    made = {
        "kind": KIND,
        "version": VERSION,
        "title": conversation.title,
        "language": conversation.language,
        "exchanges": exchanges,
    }
    text = json.dumps(made, ensure_ascii=False, indent=2)
    # Half a character, as a broken question may hold it, cannot be written as it is.
    return text if _writable(text) else json.dumps(made, ensure_ascii=True, indent=2)


def from_json(text: str) -> Conversation:
    """Return the conversation that `to_json` made a text of.

    Raises:
        HistoryError: it is none, or of a newer version of Ponte.
    """
    try:
        made = json.loads(text)
        if made["kind"] != KIND or made["version"] > VERSION:
            raise HistoryError("This is no conversation of Ponte's, or one of a newer version.", "Upgrade Ponte.")
        return Conversation(str(made["title"]), tuple(_read(one) for one in made["exchanges"]))
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise HistoryError("This is no conversation of Ponte's.", "Export it anew, as JSON.") from error


def _exchange(exchange: Exchange) -> dict[str, Any]:
    return {
        "key": exchange.key,
        "asked": exchange.asked,
        "complete": exchange.complete,
        "own": list(exchange.own),
        "changed": [_place(citation.article_id, citation.start, citation.end) for citation in exchange.changed],
        "removed": [_place(citation.article_id, citation.start, citation.end) for citation in exchange.removed],
        "answer": exchange.answer.as_dict(),
    }


def _place(article_id: str, start: int, end: int) -> dict[str, Any]:
    return {"article_id": article_id, "start": start, "end": end}


def _read(values: dict[str, Any]) -> Exchange:
    answer = restored(values["answer"])
    cited = (*answer.citations, *answer.nearest)
    lost = {
        name: tuple(c for c in cited if _place(c.article_id, c.start, c.end) in values[name])
        for name in ("changed", "removed")
    }
    return Exchange(
        answer, str(values["key"]), str(values["asked"]), bool(values["complete"]), tuple(values["own"]),
        lost["changed"], lost["removed"],
    )  # fmt: skip


def _writable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
