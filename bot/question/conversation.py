"""What was said before and what is said now, in the shapes that the rules for follow-ups look at.

Knows nothing of the rules.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.question.follow_words import CHAT
from bot.question.mentions import Mention, counted, mentions
from bot.question.referents import Referents
from index.analysis import fold
from index.language import SURE, detect

LANGUAGES = ("it", "en")
_READ = 2000
_SALIENT = 800
_PLAINLY = 0.65
_SPOKEN_QUOTES = str.maketrans("’‘ʼ´`′", "''''''")


@dataclass(frozen=True, slots=True)
class Turn:
    """A question that was asked and what was answered.

    Attributes:
        question: as asked.
        language: of the answer, "it" or "en".
        answer: its text, without citation markers.
        standalone: how the question was understood; `question` itself, if empty.
    """

    question: str
    language: str
    answer: str
    standalone: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """What the rules look at.

    Attributes:
        text: the new question on one line.
        plain: the same folded, without marks around it.
        spoken: its language, "it" or "en".
        base: the last question, as it was understood.
        language: of `base`.
        answer: the answer to it, no longer than is of use.
        earlier: the questions before it, the latest first.
    """

    text: str
    plain: str
    spoken: str
    base: str
    language: str
    answer: str
    earlier: tuple[str, ...]

    def tongues(self) -> tuple[str, ...]:
        """Return both languages, that of the new question first."""
        return (self.spoken, *(code for code in LANGUAGES if code != self.spoken))

    def referents(self) -> Referents:
        """Return what pronouns of the new question may mean."""
        told = mentions(self.answer[:_SALIENT], self.language)
        people = {part for m in told if m.kind == "person" for part in (m.text, m.text.split()[-1])}
        named = mentions(self.base, self.language, sorted(people))
        bare = counted(self.base, self.language)
        # "Russian tourists" are no person called Russian.
        kept = [m for m in named if m.kind == "thing" or not any(m.start >= b.start and m.end <= b.end for b in bare)]
        bare = [b for b in bare if not any(b.start < m.end and m.start < b.end for m in kept)]
        asked = sorted([*kept, *bare], key=lambda mention: mention.start)
        before = [m for text in self.earlier for m in mentions(text, self.language)]
        return Referents(tuple(_whole(asked, self.base)), tuple([*told, *before]), self.language, self._reached(told))

    def _reached(self, told: Sequence[Mention]) -> Mention | None:
        """Return the last place that the answer says something came to: `to Dunay`, `al porto di Dunay`."""
        found = [
            m
            for m in told
            if m.kind in ("city", "country", "person")
            and not m.gender
            and (m.prep in ("a", "to") or _CAME_TO.search(self.answer[: m.end - len(m.text)]))
        ]
        return found[-1] if found else None


_CAME_TO = re.compile(
    r"\b(?:to|(?:fino )?(?:a|al|allo|alla|all'))(?: ?(?!(?:from|da|dal|dalla)\b)[^\W\d_]+){0,4} (?:of|at|near|di|d[aei]l(?:la)?|vicino a) $"
)
_JOINS = frozenset({"di", "of", "da", "from", "su", "over", "on"})


def _whole(named: Sequence[Mention], text: str) -> list[Mention]:
    """Return the mentions, each thing with the names behind it that tell which: `il reattore di Yongbyon`."""
    found: list[Mention] = []
    at = -1
    for m in named:
        thing = found[at] if at >= 0 else None
        joins = m.prep in _JOINS or m.prep in ("a", "to") and thing and re.search(r" (?:da|from) \S+$", thing.text)
        if m.kind == "thing":
            at = len(found)
        elif thing is not None and joins and m.kind != "date" and text[thing.end : m.start] == " ":
            found[at] = replace(thing, text=f"{thing.text} {text[m.start : m.end]}", end=m.end)
        else:
            at = -1
        found.append(m)
    return found


def marked(text: str) -> str:
    """Return a text without citation markers and doubled spaces."""
    return re.sub(r"\s+", " ", re.sub(r"\s*\[\d+\]", "", text)).strip()


def plain_text(text: str) -> str:
    """Return a text folded, without marks around it: what the tables of words meet."""
    spoken = text.translate(_SPOKEN_QUOTES)
    return re.sub(r"\s+", " ", fold(spoken)).strip(" \"'«»“”¿?!.,;:…-–—()")


def asks(turn: Turn) -> bool:
    """Tell whether a turn asked something: greetings and thanks do not."""
    text = turn.standalone or turn.question
    return bool(plain_text(text)) and not CHAT.fullmatch(plain_text(text))


def heard(question: str, before: str) -> str:
    """Return the language of a question, "" where it does not tell; another one than before only where it tells plainly."""
    found = detect(question)
    sure = SURE if found.code == before else _PLAINLY
    return found.code if found.code in LANGUAGES and found.confidence >= sure else ""


def read(question: str, language: str | None, turns: Sequence[Turn]) -> Said:
    """Return a new question and what came before it; `turns` are not empty, the last one last."""
    last = turns[-1]
    base = marked(last.standalone or last.question)
    found = detect(base)
    base_language = found.code if found.code in LANGUAGES and found.confidence >= SURE else last.language
    spoken = heard(question, base_language) or language or base_language
    earlier = tuple(marked(turn.standalone or turn.question) for turn in reversed(turns[:-1]))
    return Said(
        text=" ".join(question.split()),
        plain=plain_text(question),
        spoken=spoken if spoken in LANGUAGES else "en",
        base=base,
        language=base_language if base_language in LANGUAGES else "en",
        answer=marked(last.answer[:_READ]),
        earlier=earlier,
    )
