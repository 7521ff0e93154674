"""What happens when a visitor asks a question or opens a source. Knows the bot, nothing of Gradio or browsers."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.errors import BotError, UnknownArticle
from bot.page import panel, suggest, transcript
from bot.page.turns import Place, Problem, Turn, Turns, cited, history
from bot.question.asking import read_question
from bot.strings import page

if TYPE_CHECKING:
    from bot.chat import Bot

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class View:
    """What the source panel shows: an article, the place of a citation, or, with neither, the list."""

    article_id: str = ""
    place: Place | None = None


class Desk:
    """One bot, asked by many visitors; it keeps nothing of any of them.

    Args:
        bot: answers, and has the articles.
    """

    def __init__(self, bot: "Bot") -> None:
        self._bot = bot

    def ask(self, question: str, turns: Turns, language: str) -> Iterator[Turns]:
        """Yield the conversation after each thing that happens: asked, found, every sentence, done or failed.

        Args:
            question: as it was typed.
            turns: the conversation until now.
            language: of the page; errors are told in it.
        """
        turn = Turn(question.strip(), language)
        yield (*turns, turn)
        limit = self._bot.settings.max_question
        if len(turn.question) > limit:
            text = page(language).too_long.format(length=len(turn.question), limit=limit)
            yield (*turns, turn.failed(Problem(text)))
            return
        try:
            asked = read_question(turn.question, None, language, limit)
            turn = turn.in_language(asked.language)
            before = history(turns)
            # A first question that does not tell its language is answered in that of the page; a foreign one is left
            # to the bot, which says so, and one that may lean on the conversation as well.
            wanted = None if asked.foreign or before else asked.language
            for event in self._bot.stream(turn.question, wanted, history=before):
                turn = turn.heard(event)
                yield (*turns, turn)
        except BotError as error:
            problem = Problem(page(language).problem(type(error).__name__), str(error))
            yield (*turns, turn.in_language(language).failed(problem))
        except Exception:
            # A visitor must see a sentence and not a page that hangs; the log has the rest, without the question.
            _log.exception("A question failed.")
            yield (*turns, turn.in_language(language).failed(Problem(page(language).unexpected)))

    def warm(self) -> None:
        """Search once, so that the first visitor does not wait for the model to load."""
        try:
            self._bot.search("Kim Jong Un", k=1)
        except BotError:
            _log.info("Nothing to warm up.", exc_info=True)

    def offered(self, turns: Turns) -> str:
        """Return questions to go on with after the last turn as HTML; nothing where there are none."""
        if not turns or turns[-1].answer is None:
            return ""
        try:
            questions = suggest.suggested(self._bot, turns[-1].answer, [turn.question for turn in turns])
        except BotError:
            _log.info("Nothing to suggest.", exc_info=True)
            return ""
        return transcript.offered(turns[-1], questions)

    def shown(self, view: View, turns: Turns, language: str) -> str:
        """Return the source panel as HTML."""
        try:
            if view.place is not None:
                return self._cited(view.place, turns, language)
            if view.article_id:
                return panel.opened(self._bot.article(view.article_id), language)
            return panel.listed(self._bot.articles(), language)
        except UnknownArticle:
            return panel.noticed(page(language).no_article, language)
        except BotError as error:
            return panel.noticed(page(language).problem(type(error).__name__), language)

    def _cited(self, place: Place, turns: Turns, language: str) -> str:
        citations = cited(turns, place)
        if not citations:
            return panel.noticed(page(language).gone, language)
        citation = next(citation for citation in citations if citation.n == place.n)
        article = self._bot.article(citation.article_id)
        return panel.opened(article, language, citation, place, len(citations))
