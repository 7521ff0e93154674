"""Conversations and summaries as files: Markdown, HTML that needs nothing else, JSON; every quote as it was given.

A conversation is a `bot.records.Conversation`; one answer or summary is one with a single exchange.
"""

from collections.abc import Callable

from bot.errors import HistoryError
from bot.export.html import to_html
from bot.export.markdown import to_markdown
from bot.export.plain import from_json, to_json
from bot.records import Conversation

FORMATS: dict[str, tuple[str, Callable[[Conversation, str], str]]] = {
    "md": ("text/markdown", to_markdown),
    "html": ("text/html", to_html),
    "json": ("application/json", lambda conversation, _: to_json(conversation)),
}
"""By the ending of a file: its media type, and what writes it in the language of its labels."""


def export(conversation: Conversation, form: str, language: str = "") -> str:
    """Return a conversation as a file's text.

    Args:
        conversation: to be written.
        form: "md", "html" or "json".
        language: of the labels; that of the conversation, if empty.

    Raises:
        HistoryError: there is no such form.
    """
    if form not in FORMATS:
        raise HistoryError(f"“{form}” is no form of an export.", f"There are: {', '.join(FORMATS)}.")
    return FORMATS[form][1](conversation, language or conversation.language)


__all__ = ["FORMATS", "export", "from_json", "to_html", "to_json", "to_markdown"]
