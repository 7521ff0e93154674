"""What a model is sent: the rules, the sources in their fence, the question. Knows templates and sources, no answers.

Only the rules are in the system's message, and they are the same for every question; whatever comes from an article is
inside the fence of the user's message.
"""

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.answer.pack import Source, escaped, new_fence
from bot.answer.resolve import Resolved
from bot.question.asking import Asked
from bot.question.follow import Turn
from prompts import load, names

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

_TEXTS = ("answer.system", "answer.user", "repair.user")
_TURNS = 3
_REMEMBERED = 600


def prompt_hash(language: str) -> str:
    """Return what changes when any text that goes into an answer does: 12 hexadecimal digits."""
    hashes = "".join(load(name, language).hash for name in _TEXTS)
    return hashlib.sha256(hashes.encode()).hexdigest()[:12]


def rules(language: str) -> str:
    """Return the system's message."""
    return load("answer.system", language).fill()


def to_answer(asked: Asked, sources: Sequence[Source]) -> list["BaseMessage"]:
    """Return the messages that ask for an answer."""
    return _messages("answer.user", asked, sources)


def to_repair(asked: Asked, sources: Sequence[Source], failed: Sequence[Resolved]) -> list["BaseMessage"]:
    """Return the messages that ask for sentences to be put right; they are named S1, S2 ... in their order."""
    lines = [
        escaped({"name": f"S{n}", "sentence": one.text, "wrong": explained(one, asked.language)})
        for n, one in enumerate(failed, 1)
    ]
    return _messages("repair.user", asked, sources, sentences="\n".join(lines))


def to_rewrite(question: str, language: str, history: Sequence[Turn]) -> list["BaseMessage"]:
    """Return the messages that ask for a question that stands by itself; answers come without their markers."""
    from langchain_core.messages import HumanMessage, SystemMessage

    from bot.question.conversation import marked

    turns = [
        escaped({"question": marked(turn.standalone or turn.question), "answer": marked(turn.answer)[:_REMEMBERED]})
        for turn in history[-_TURNS:]
    ]
    user = load("standalone.user", language).fill(turns="\n".join(turns), question=question)
    return [SystemMessage(load("standalone.system", language).fill()), HumanMessage(user)]


def explained(one: Resolved, language: str) -> str:
    """Return in words what is wrong with a sentence."""
    known = dict.fromkeys((reason.kind, reason.detail[:200]) for reason in one.reasons)
    told = names(language)
    kinds = ((kind if f"reason.{kind}" in told else "words", detail) for kind, detail in known)
    return " ".join(load(f"reason.{kind}", language).fill(detail=detail) for kind, detail in kinds)


def _messages(name: str, asked: Asked, sources: Sequence[Source], **values: str) -> list["BaseMessage"]:
    from langchain_core.messages import HumanMessage, SystemMessage

    lines = "\n".join(source.line for source in sources)
    user = load(name, asked.language).fill(fence=new_fence(), sources=lines, question=asked.text, **values)
    return [SystemMessage(rules(asked.language)), HumanMessage(user)]
