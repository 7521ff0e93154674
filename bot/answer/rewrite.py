"""A question that leans on the conversation, put by a model so that it stands by itself, where the rules saw nothing.

The model is trusted with words of the conversation only: a rewriting that brings in others, answers, or changes
language is thrown away. Knows questions and turns; nothing of sources.
"""

import re
import threading
from collections.abc import Sequence
from contextlib import closing

from bot.answer.prompting import to_rewrite
from bot.answer.speaker import Speaker
from bot.datamodels import Usage
from bot.errors import ModelError
from bot.question.conversation import marked
from bot.question.follow import Turn
from bot.thoughts import aloud
from index.analysis import terms
from index.language import SURE, detect

# A question is short; a model that thinks first needs room for that.
_ROOM = 512
_LONGEST, _ENDLESS = 300, 8_000
_OWN = 0.8


def rewritten(
    model: Speaker, question: str, language: str, history: Sequence[Turn], stop: threading.Event | None = None
) -> tuple[str, Usage]:
    """Return the question as it is understood, the question itself if nothing better is known, and what it took.

    Args:
        model: that rewrites.
        question: as asked.
        language: of the question.
        history: the conversation, oldest first.
        stop: set by another thread to end the request.
    """
    text, usage = "", Usage()
    try:
        with closing(model.stream(to_rewrite(question, language, history), stop, _ROOM)) as pieces:  # type: ignore[type-var]
            for piece in pieces:
                if isinstance(piece, Usage):
                    usage = piece
                    continue
                text += piece
                if len(text) > _ENDLESS:
                    break
    except ModelError:
        return question, usage
    line = next((line.strip(' "“”«»*`') for line in aloud(text).splitlines() if line.strip()), "")
    return (line if _fits(line, question, language, history) else question), usage


def _fits(line: str, question: str, language: str, history: Sequence[Turn]) -> bool:
    """Tell whether a rewriting is a question in words that were said, and not an answer or another matter."""
    if not line or len(line) > _LONGEST or marked(line) != line or re.search(r"[<>\[\]{}|]|://", line):
        return False
    if question.rstrip().endswith("?") and not line.endswith("?"):
        return False
    heard = detect(line)
    if heard.code != language and heard.confidence >= SURE:
        return False
    said = " ".join([question, *(f"{turn.question} {turn.standalone} {turn.answer}" for turn in history)])
    known = {term for code in ("it", "en") for term in terms(said, code)}
    mine = set(terms(line, language))
    kept = set(terms(question, language))
    return bool(mine) and len(mine & known) >= _OWN * len(mine) and (not kept or bool(mine & kept))
