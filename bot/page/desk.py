"""What happens when a visitor asks a question or opens a source. Knows the bot, nothing of Gradio or browsers."""

import logging
from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import BotError, CostError, UnknownArticle
from bot.events import Done
from bot.page import adding, kept, panel, shelf, suggest, summing, transcript, voicing
from bot.page.journal import SILENT, Journal, of_answer
from bot.page.keeper import Keeper, Record
from bot.page.labels import labels
from bot.page.own import Own
from bot.page.turns import Place, Problem, Stage, Turn, Turns, cited, history, spent, uses
from bot.page.view import View
from bot.page.voice import Who
from bot.providers.access import visitors_access
from bot.question.asking import read_question
from bot.strings import page
from bot.summarize.asked import answered
from bot.summarize.values import Reading, Summarized, Working
from bot.summarize.wish import wish

if TYPE_CHECKING:
    from bot.chat import Bot

_log = logging.getLogger(__name__)


class Desk:
    """One bot, asked by many visitors.

    Args:
        bot: answers, and has the articles.
        journal: told of what happens, not of what is said.
        keeper: keeps conversations and thumbs; beside the bot's index, if None.
    """

    def __init__(self, bot: "Bot", journal: Journal = SILENT, keeper: Keeper | None = None) -> None:
        self._bot = bot
        self._journal = journal
        self.keeper = keeper or Keeper(bot)

    def ask(
        self, question: str, turns: Turns, language: str, chosen: Collection[str] = (), own: Own | None = None
    ) -> Iterator[Turns]:
        """Yield the conversation after each thing that happens: asked, found, every sentence, done or failed.

        Args:
            question: as it was typed.
            turns: the conversation until now.
            language: of the page; errors are told in it.
            chosen: ids of the only articles to answer from; all, if empty.
            own: what the visitor has added.
        """
        turn = Turn(question.strip(), language)
        yield (*turns, turn)
        limit = self._bot.settings.max_question
        if len(turn.question) > limit:
            text = page(language).too_long.format(length=len(turn.question), limit=limit)
            yield (*turns, turn.failed(Problem(text)))
            return
        try:
            pinned = (own.answers if own else "") or None
            asked = read_question(turn.question, pinned, language, limit)
            turn = turn.in_language(asked.language)
            before = history(turns)
            # A first question that does not tell its language is answered in that of the page; a foreign one is left
            # to the bot, which says so, and one that may lean on the conversation as well.
            wanted = pinned or (None if asked.foreign or before else asked.language)
            halt = own.voice.begin() if own else None
            for event in self._asked(own).stream(turn.question, wanted, tuple(chosen) or None, before, halt):
                turn = turn.heard(event)
                turn = replace(turn, total=spent((*turns, turn))) if turn.answer else turn
                yield (*turns, turn)
        except BotError as error:
            problem = Problem(page(language).problem(type(error).__name__), str(error))
            yield (*turns, turn.in_language(language).failed(problem))
        except Exception as error:
            # A visitor must see a sentence and not a page that hangs; the log has the rest, without the question.
            self._journal.failed(error)
            yield (*turns, turn.in_language(language).failed(Problem(page(language).unexpected)))

    def noted(self, event: str, conversations: Iterator[Turns], language: str) -> Iterator[Turns]:
        """Yield conversations as they come; the journal is told how long the last turn took and how it ended.

        Args:
            event: what is being done.
            conversations: as `ask` and `summarize` yield them.
            language: of the page; an error that nobody expected is told in it.
        """
        turns: Turns = ()
        with self._journal.timed(event, door="page") as told:
            try:
                for turns in conversations:
                    yield turns
            except Exception as error:
                self._journal.failed(error)
                turns = (*turns[:-1], turns[-1].failed(Problem(page(language).unexpected)))
                yield turns
            finally:
                last = turns[-1] if turns else None
                told.update({"stage": last.stage.value} if last else {})
                told.update(of_answer(last.answer) if last and last.answer else {})

    def summarize(
        self, given: dict[str, str], turns: Turns, language: str, chosen: Collection[str] = (), own: Own | None = None
    ) -> Iterator[Turns]:
        """Yield the conversation while a summary of the chosen articles, or of all, is made and told as its last turn.

        Args:
            given: of "shape", "preset", "language" and "focus" what was asked for; "agreed", where the cost was
                agreed to.
            turns: the conversation until now.
            language: of the page; errors are told in it.
            chosen: ids of the articles; all, if empty.
            own: what the visitor has added.
        """
        words, focus = labels(language), given.get("focus", "").strip()
        asked = words.sum_all
        if chosen:
            asked = words.sum_one if len(chosen) == 1 else words.sum_many.format(n=len(chosen))
        asked = words.sum_about.format(asked=asked, focus=focus) if focus else asked
        turn = Turn(asked, language)
        yield (*turns, turn)
        try:
            how = {name: value for name, value in given.items() if value and name != "agreed"}
            wanted, agreed = wish(articles=tuple(chosen), **how), given.get("agreed") == "yes"
            for event in self._asked(own).stream_summary(wanted, agreed=agreed):
                if isinstance(event, Reading | Working):
                    turn = replace(turn, doing=summing.doing(event, language))
                elif isinstance(event, Summarized):
                    turn = turn.heard(Done(answered(event.summary, asked)))
                else:
                    turn = turn.heard(event)
                yield (*turns, turn)
        except CostError as error:
            waiting = replace(turn, stage=Stage.STOPPED, wish={**given, "why": summing.dear(error, language)})
            yield (*turns, waiting)
        except BotError as error:
            problem = Problem(page(language).problem(type(error).__name__), str(error))
            yield (*turns, turn.failed(problem))

    def warm(self) -> bool:
        """Search once, so that the first visitor does not wait for the model to load; say whether that went well."""
        try:
            self._bot.search("Kim Jong Un", k=1)
        except BotError:
            _log.info("Nothing to warm up.", exc_info=True)
            return False
        return True

    def offered(self, turns: Turns, own: Own | None = None) -> str:
        """Return questions to go on with after the last turn as HTML; nothing where there are none."""
        if not turns or turns[-1].answer is None:
            return ""
        try:
            questions = suggest.suggested(self._asked(own), turns[-1].answer, [turn.question for turn in turns])
        except BotError:
            _log.info("Nothing to suggest.", exc_info=True)
            return ""
        return transcript.offered(turns[-1], questions)

    def shown(self, view: View, turns: Turns, language: str, own: Own | None = None) -> str:
        """Return what stands beside the conversation as HTML."""
        bot = self._asked(own)
        try:
            if view.place is not None:
                return _cited(bot, view.place, turns, language)
            if view.article_id:
                entry = bot.entries().get(view.article_id)
                article, places = bot.article(view.article_id), uses(turns, view.article_id)
                passages = entry.passages if entry else 0
                return panel.opened(article, language, uses=places, passages=passages, span=view.span)
            if view.room == "summaries":
                return summing.asked_for(language)
            if view.room == "model":
                return self._voicing(own or Own(), turns, language)
            if view.room == "history":
                found = self.keeper.found(view.owner, view.find)
                keeps, there = self.keeper.keeps(view.owner), bool(view.owner)
                return kept.listed(found, language, keeps, self.keeper.days, view.find, view.current, there)
            if view.room == "add":
                return self._adding(own or Own(), language)
            mine = [article.id for article in own.articles()] if own else []
            return shelf.listed(bot.articles(), language, mine)
        except UnknownArticle:
            return panel.noticed(page(language).no_article, language)
        except BotError as error:
            return panel.noticed(page(language).problem(type(error).__name__), language)

    def known(self, article_ids: Collection[object], own: Own | None = None) -> tuple[str, ...]:
        """Return those of the ids that name an article, each once."""
        there = self._asked(own).entries()
        return tuple(dict.fromkeys(name for name in article_ids if isinstance(name, str) and name in there))

    # -- who writes

    def choose(self, own: Own, given: dict[str, str]) -> None:
        """Take the model that a visitor names, for their session, or note why not."""
        own.voice.choose(given, self._bot.settings)

    def rest(self, own: Own, who: str) -> None:
        """Go back to the sources' own sentences, or to the owner's choice."""
        if who in (Who.SOURCES, Who.OWNERS):
            own.voice.rest(Who(who))

    def _voicing(self, own: Own, turns: Turns, language: str) -> str:
        settings, owners = self._bot.settings, self._bot.model
        return voicing.voiced(
            own.voice, own.voice.name(self._bot), owners.name if owners else "", visitors_access("").host,
            settings.visitor_servers == "on", spent(turns), settings.max_cost, language,
        )  # fmt: skip

    # -- what is kept

    def reopened(self, owner: str, name: str, own: Own | None = None) -> tuple[Record, Turns]:
        """Return a visitor's kept conversation.

        Raises:
            HistoryError: the visitor has none of that id.
        """
        return self.keeper.open(owner, name, self._asked(own))

    def rate(self, owner: str, turn: Turn, verdict: str, reason: str, words: str, own: Own | None = None) -> None:
        """Keep a visitor's thumb for an answer.

        Raises:
            HistoryError: the thumb is none, or cannot be kept.
        """
        self.keeper.rate(owner, turn, verdict, reason, words, own, self._asked(own))

    # -- a visitor's own articles

    def receive(self, own: Own, name: str, path: Path) -> None:
        """Read a file that a visitor sent into a draft, and delete it."""
        try:
            own.receive(name, path.read_bytes(), self._bot.settings.max_upload_mb)
        finally:
            path.unlink(missing_ok=True)

    def unsent(self, size: object) -> str:
        """Return the name of the label that says why a file of that size, in bytes, did not come in."""
        large = isinstance(size, int) and size > self._bot.settings.max_upload_mb * 1_000_000
        return "add_too_large" if large else "add_not_sent"

    def paste(self, own: Own, title: str, body: str) -> None:
        """Read a text that a visitor pasted into a draft."""
        own.paste(title, body, self._bot.settings.max_upload_mb)

    def use(self, own: Own, key: str, everyone: bool, language: str) -> Iterator[str]:
        """Put a draft into an index; yields how far it is as HTML.

        Args:
            own: of the visitor.
            key: of the draft.
            everyone: into the index that all see, where the owner's settings let visitors write to it.
            language: of the page; an error is noted in it.
        """
        try:
            for share in own.use(key, self._bot, everyone and self._bot.settings.shared_uploads == "on"):
                yield adding.moved(key, share)
        except BotError as error:
            own.failed(page(language).problem(type(error).__name__))

    def _adding(self, own: Own, language: str) -> str:
        settings = self._bot.settings
        return adding.added(
            tuple(own.drafts.values()), tuple(own.refused), own.articles(), language, settings.max_upload_mb,
            settings.shared_uploads == "on", own.said,
        )  # fmt: skip

    def _asked(self, own: Own | None) -> "Bot":
        return own.bot(self._bot) if own else self._bot


def _cited(bot: "Bot", place: Place, turns: Turns, language: str) -> str:
    citations = cited(turns, place)
    if not citations:
        return panel.noticed(page(language).gone, language)
    citation = next(citation for citation in citations if citation.n == place.n)
    try:
        article = bot.article(citation.article_id)
    except UnknownArticle:
        mine = any(citation.article_id in turn.own for turn in turns if turn.key == place.key)
        return panel.lost(citation, language, place, len(citations), mine)
    return panel.opened(article, language, citation, place, len(citations))
