"""A conversation of `ponte chat`: leant on by the next question, kept as it goes on, written to a file at its end."""

import argparse
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from bot.chat import Bot
from bot.commands.history import OWNER, named, written
from bot.datamodels import Answer
from bot.errors import HistoryError
from bot.history import History
from bot.question.follow import Turn
from bot.records import Conversation, Exchange, now, titled
from bot.terminal import complain, note


@contextmanager
def kept(options: argparse.Namespace, bot: Bot) -> Iterator["Talk"]:
    """Give a conversation that is kept as it goes on; write it to the file that is asked for when it ends."""
    wanted = bot.settings.history == "on" and not options.no_history
    history = History(bot.folder, bot.settings.history_days) if wanted or options.resumed else None
    try:
        name = named(history, OWNER, options.resumed).id if history and options.resumed else ""
        earlier = history.open(OWNER, name) if history and name else Conversation("", ())
        talk = Talk(history if wanted else None, name, earlier)
        for exchange in earlier.exchanges:
            note(f"> {exchange.answer.question}")
        try:
            yield talk
        finally:
            if options.output and talk.conversation.exchanges:
                written(talk.conversation, options.output)
    finally:
        if history:
            history.close()


class Talk:
    """A conversation on a terminal.

    Args:
        history: that it is kept in; nowhere, if None.
        name: under which it is kept; empty for a new one.
        conversation: what was said before.
    """

    def __init__(self, history: History | None, name: str, conversation: Conversation) -> None:
        self._history = history
        self._name = name
        self.conversation = conversation

    def turns(self) -> list[Turn]:
        """Return what a new question may lean on."""
        answers = [exchange.answer for exchange in self.conversation.exchanges]
        return [Turn(one.question, one.language, one.told, one.understood) for one in answers]

    def add(self, answer: Answer) -> None:
        """Put an answer at the end, and keep it; where that fails, the reason is said and the conversation goes on."""
        exchange = Exchange(answer, secrets.token_hex(6), now())
        title = self.conversation.title or titled(answer.question)
        self.conversation = Conversation(title, (*self.conversation.exchanges, exchange))
        if self._history is None:
            return
        try:
            self._name = self._history.save(OWNER, self._name, [exchange])
        except HistoryError as error:
            complain(error)
