"""How a model is to read a selection: in how many parts, how much is noted of each, what is asked for at the end.

Numbers and texts only; asks no model.
"""

import math
from dataclasses import dataclass

from bot.answer.pack import escaped
from bot.summarize.digest import Task
from bot.summarize.wish import Shape, Wish
from prompts import load

# Tokens that a word takes, with its share of a line's frame: Italian in the encoding of GPT-4, on the safe side.
TOKENS = 2.2
_FEWEST, _MOST = 40, 150
_FULL = 0.8


@dataclass(frozen=True, slots=True)
class Plan:
    """How a selection is read.

    Attributes:
        parts: how many there are.
        sections: how many requests write the summary itself, each its share of the words.
        notes: words noted of each part; 0 where the parts are few enough to be summarised at once.
    """

    parts: int
    sections: int
    notes: int

    @property
    def direct(self) -> bool:
        """Whether what is written of the parts is the summary itself."""
        return not self.notes


def sections(words: int, room: int) -> int:
    """Return how many replies of a number of tokens a summary of so many words takes."""
    return max(1, math.ceil(words * TOKENS / (_FULL * room)))


def plan(parts: int, words: int, budget: int, room: int) -> Plan:
    """Return how to read a selection.

    Args:
        parts: of the selection.
        words: that the summary should have.
        budget: tokens of sources in a request.
        room: tokens of a reply.
    """
    needed = sections(words, room)
    if parts <= needed:
        return Plan(parts, parts, 0)
    share = _FULL * needed * budget / (parts * (TOKENS + 1))
    return Plan(parts, needed, max(_FEWEST, min(_MOST, int(share), int(_FULL * room / TOKENS))))


def noting(wish: Wish, language: str, words: int) -> Task:
    """Return the task of noting what a part holds."""
    shape = {Shape.TIMELINE: "timeline", Shape.SIDES: "sides"}.get(wish.shape, "notes")
    return _task(shape, wish, language, words)


def telling(wish: Wish, language: str, words: int) -> Task:
    """Return the task of writing the summary, or one of its sections."""
    return _task("line" if wish.one_line else wish.shape.value, wish, language, words)


def _task(name: str, wish: Wish, language: str, words: int) -> Task:
    said = [load(f"digest.{name}", language).fill(words=str(words))]
    if wish.focus:
        said.append(load("digest.focus", language).fill(focus=escaped(wish.focus)))
    if wish.shape is Shape.TIMELINE:
        for limit, date in (("since", wish.since), ("until", wish.until)):
            said += [load(f"digest.{limit}", language).fill(date=date)] if date else []
    return Task("\n".join(said), language, words)
