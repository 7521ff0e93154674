"""The question as it comes in: checked, cleaned, its language told. Knows nothing of the sources."""

import re
from dataclasses import dataclass

from bot.errors import QuestionError
from bot.question.preamble import proper
from index.cleaning import clean
from index.language import SURE, detect

# What a terminal would take as a command; what is left of it after cleaning would be read as letters.
_ESCAPES = re.compile(r"\x1b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|.)?")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that can be answered.

    Attributes:
        raw: as it was typed.
        text: cleaned, on one line, without what stands before and behind it as in a letter.
        language: that the answer is given in, "it" or "en".
        foreign: whether the question is in neither language.
        followed: whether `text` was understood by the conversation and is not what was typed.
        told: the sentences of the answer before, where the question leans on it.
        base: the question before, as it was understood; empty where none is leant on.
    """

    raw: str
    text: str
    language: str
    foreign: bool = False
    followed: bool = False
    told: tuple[str, ...] = ()
    base: str = ""


def read_question(raw: str, language: str | None, default: str, longest: int) -> Asked:
    """Check a question and tell its language.

    Args:
        raw: as it was typed.
        language: "it" or "en" if the reader has chosen one.
        default: language to answer in where the question does not tell (a bare name).
        longest: characters allowed.

    Raises:
        QuestionError: it is empty, longer than allowed, or the language is not one of the two.
    """
    if language not in (None, "it", "en"):
        raise QuestionError(f"“{language}” is no language that Ponte answers in.", "Choose it or en.")
    if len(raw) > longest:
        raise QuestionError(
            f"The question has {len(raw):,} characters; {longest:,} are allowed.",
            "Ask something shorter; a whole text goes into the index with `ponte index`.",
        )
    text = " ".join(clean(_ESCAPES.sub("", raw)).split())
    if not any(char.isalnum() for char in text):
        raise QuestionError("The question is empty.", "Ask something in Italian or English.")
    found = detect(text)
    if language is not None:
        return Asked(raw, proper(text, language), language)
    if found.confidence < SURE:
        return Asked(raw, proper(text, default), default)
    if found.code == "other":
        return Asked(raw, text, "en", foreign=True)
    return Asked(raw, proper(text, found.code), found.code)
