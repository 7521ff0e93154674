"""A question as it is understood in its conversation: by rules, and by a model where they see nothing.

Knows questions, turns and models; nothing of sources.
"""

import threading
from collections.abc import Sequence
from dataclasses import replace

from bot.answer.rewrite import rewritten
from bot.answer.speaker import Speaker
from bot.datamodels import Usage
from bot.question.asking import Asked, read_question
from bot.question.follow import Turn, standalone
from bot.settings import Settings
from bot.summarize.request import find
from index.sentences import split


def understood(
    question: str,
    language: str | None,
    history: Sequence[Turn],
    settings: Settings,
    model: Speaker | None = None,
    stop: threading.Event | None = None,
) -> tuple[Asked, Usage]:
    """Return the question as it is understood in the conversation, and what a model took to understand it.

    Args:
        question: as it was asked.
        language: of the answer; that of the question, if None.
        history: the conversation, oldest first.
        settings: the language where the question does not tell, and its longest.
        model: asked where the rules see nothing; none, if None.
        stop: set by another thread to end that request.

    Raises:
        QuestionError: the question is empty, too long, or the language is neither "it" nor "en".
    """
    default = history[-1].language if history else settings.language
    asked = read_question(question, language, default, settings.max_question)
    followed = standalone(asked.text, language, history)
    text, wanted, usage = followed.text, language or followed.language, Usage()
    if not followed.changed and history and model is not None and not find(asked.text):
        text, usage = rewritten(model, asked.text, asked.language, history, stop)
        wanted = asked.language
    if text == asked.text and not followed.changed:
        return asked, usage
    standing = read_question(text, wanted, asked.language, 2 * settings.max_question)
    last = history[-1]
    base = last.standalone or last.question
    return replace(standing, raw=question, followed=True, told=_told(last), base=base), usage


def _told(turn: Turn) -> tuple[str, ...]:
    """Return the sentences of an answer."""
    return tuple(turn.answer[start:end].strip() for start, end in split(turn.answer, turn.language))
