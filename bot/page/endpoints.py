"""Doors for programs: two typed functions over one bot, with plain values. Knows nothing of the page."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Literal

from bot.errors import BotError

if TYPE_CHECKING:
    from bot.chat import Bot


class Endpoints:
    """What programs may call.

    Args:
        bot: answers.
    """

    def __init__(self, bot: "Bot") -> None:
        self._bot = bot

    def ask(self, question: str, language: Literal["auto", "it", "en"] = "auto") -> dict[str, Any]:
        """Answer a question from the sources.

        Args:
            question: in Italian or English.
            language: of the answer; "auto" takes that of the question.

        Returns:
            The answer with its state, statements and citations; each citation has the article's id, the quote, and the
            quote's start and end in the article's text.
        """
        import gradio as gr

        if language not in ("auto", "it", "en"):
            raise gr.Error("The language can be auto, it or en.", print_exception=False)
        try:
            return self._bot.ask(question, None if language == "auto" else language).as_dict()
        except BotError as error:
            raise gr.Error(str(error), print_exception=False) from error

    def sources(self) -> list[dict[str, Any]]:
        """List the articles that answers come from.

        Returns:
            For each article its id, title, language, date, source, topics, publications and text.
        """
        return [asdict(article) for article in self._bot.articles()]
