"""A question that leans on the conversation becomes one that stands by itself: `And the Americans?`, `perché?`, `yes`.

Rules over wording in Italian and English, without a model; what stands by itself already is left as it is. Knows nothing of
articles, passages or answers to come.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.question.conversation import LANGUAGES, Said, Turn, asks, heard, marked, read
from bot.question.follow_rules import RULES
from bot.question.follow_words import CHAT, SWITCHES, TAIL, TONGUES
from index.language import SURE, detect

__all__ = ["Followed", "Turn", "standalone"]

_REMEMBERED = 3
_LONGEST = 300
_THANKS = re.compile(
    r"\s*(?:grazie(?: mille)?|thanks(?: a lot)?|thank you|perfetto|ottimo|capito|interessante|great|perfect|got it|interesting)"
    r"\s*[!.,;:–—-]+\s*(?=[^\W\d_])",
    re.IGNORECASE,
)
_MISHEARD = frozenset({"no", "how come"})
"""What is of neither language, or sounds like the other."""


@dataclass(frozen=True, slots=True)
class Followed:
    """A question as it is understood in a conversation.

    Attributes:
        text: the question to search for and to answer.
        language: to answer in, where that is not the language of `text`: the reader asked for it or wrote in it.
        changed: whether `text` is not what was asked.
        kind: "alone", or how it leaned: "pronoun", "ellipsis", "language", "yes", "no", "why", "when" and the other keys of
            `ASKING`, "continued", "source", "next", "point", "more", "shorter", "again".
    """

    text: str
    language: str | None
    changed: bool
    kind: str


def standalone(question: str, language: str | None, history: Sequence[Turn]) -> Followed:
    """Return a question as it is understood after what was said before.

    Args:
        question: as asked, in Italian or English.
        language: that the reader has chosen for the answer, "it" or "en"; None, if the question is to tell.
        history: the conversation so far, oldest first; all but the last three turns are ignored.

    Returns:
        The question itself, unchanged, where there is no history or nothing leans on it.
    """
    turns = [turn for turn in history[-_REMEMBERED:] if asks(turn)]
    if not turns or not question.strip() or len(question) > _LONGEST:
        return Followed(question, None, False, "alone")
    thanks = _THANKS.match(question)
    if thanks:
        meant = standalone(question[thanks.end() :], language, history)
        return meant if meant.changed else Followed(question, None, False, "alone")
    said = read(question, language, turns)
    switched = next((m for code in LANGUAGES if (m := SWITCHES[code].fullmatch(said.plain))), None)
    if switched:
        return Followed(said.base, TONGUES[switched["tongue"]], True, "language")
    tail = TAIL.search(question)
    if (
        tail
        and tail.start()
        and re.search(r"[,;:.?!–—(]|please|per favore|answer|rispond", tail[0].rstrip("?!. "), re.IGNORECASE)
    ):
        inner = standalone(question[: tail.start()] + "?", language, history)
        return Followed(inner.text, TONGUES[(tail["tongue"] or tail["tongue2"]).lower()], True, "language")
    found = None if CHAT.fullmatch(said.plain) else next((f for rule in RULES if (f := rule(said))), None)
    if found is None or not found[0].strip() or found[0] == question:
        return Followed(question, None, False, "alone")
    text = marked(found[0])
    text = f"{text[:1].upper()}{text[1:]}"
    return Followed(text, _reply_language(said, text, language, turns[-1]), True, found[1])


def _reply_language(said: Said, text: str, language: str | None, last: Turn) -> str | None:
    """Return the language to answer in where the text would tell another."""
    if language is not None:
        return None
    wanted = heard("" if said.plain in _MISHEARD else said.text, last.language) or last.language
    written = detect(text)
    same = written.code == wanted or written.code not in LANGUAGES or written.confidence < SURE
    return None if same or wanted not in LANGUAGES else wanted
