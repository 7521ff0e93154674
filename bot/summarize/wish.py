"""What is to be summarised and how, checked. Knows nothing of the articles that there are."""

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.errors import QuestionError

LEAST, MOST = 10, 5_000
"""Words that a summary may be asked to have."""

_DAY = re.compile(r"(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")


class Shape(StrEnum):
    """How a summary is laid out.

    PARAGRAPHS: as a text. BULLETS: a point for each sentence. TIMELINE: a line for each date, sorted.
    SIDES: what each side says, by who says it.
    """

    PARAGRAPHS = "paragraphs"
    BULLETS = "bullets"
    TIMELINE = "timeline"
    SIDES = "sides"


class Preset(StrEnum):
    """A length by name: LINE is one sentence, SHORT about 100 words, FULL about 300."""

    LINE = "line"
    SHORT = "short"
    FULL = "full"

    @property
    def words(self) -> int:
        """How many words it means."""
        return {Preset.LINE: 30, Preset.SHORT: 100, Preset.FULL: 300}[self]


@dataclass(frozen=True, slots=True)
class Wish:
    """A summary that is asked for.

    Attributes:
        articles: ids; all articles that pass the filters, if empty.
        topic: only articles with this topic, or with this in their title; any, if empty.
        since: only articles dated on or after it, ISO 8601 (year, month or day); of a timeline, what happened then.
        until: only articles dated on or before it.
        source: only articles published by it; part of the name will do.
        sources_language: only articles in this language, "it" or "en".
        words: how long; that of the preset, if None.
        preset: a length by name.
        language: that the summary is in; that of most of the sources, if None.
        shape: how it is laid out.
        focus: what it is to be about; everything, if empty.
    """

    articles: tuple[str, ...] = ()
    topic: str = ""
    since: str = ""
    until: str = ""
    source: str = ""
    sources_language: str | None = None
    words: int | None = None
    preset: Preset = Preset.SHORT
    language: str | None = None
    shape: Shape = Shape.PARAGRAPHS
    focus: str = ""

    @property
    def length(self) -> int:
        """How many words the summary should have."""
        return self.preset.words if self.words is None else self.words

    @property
    def one_line(self) -> bool:
        """Whether a single sentence is asked for."""
        return self.words is None and self.preset is Preset.LINE

    def check(self) -> None:
        """Raise QuestionError where something asked for makes no sense."""
        if not LEAST <= self.length <= MOST:
            raise QuestionError(
                f"A summary of {self.length:,} words cannot be made.", f"Ask for {LEAST} to {MOST:,} words."
            )
        for language in (self.language, self.sources_language):
            if language not in (None, "it", "en"):
                raise QuestionError(f"“{language}” is no language of Ponte's summaries.", "Choose it or en.")
        for day in (self.since, self.until):
            if day and not _DAY.fullmatch(day):
                raise QuestionError(f"“{day}” is no date.", "Write it as 2024, 2024-06 or 2024-06-19.")
        if self.since and self.until and not not_after(self.since, self.until):
            raise QuestionError(f"{self.since} is after {self.until}: no article can be dated between.", "Swap them.")


def wish(**given: object) -> Wish:
    """Make a checked wish of plain values, such as a command line has.

    Raises:
        QuestionError: a preset or a shape is unknown, or a value makes no sense.
    """
    values = {name: value for name, value in given.items() if value is not None}
    for name, kind in (("shape", Shape), ("preset", Preset)):
        if name in values and values[name] not in [member.value for member in kind]:
            known = ", ".join(member.value for member in kind)
            raise QuestionError(f"“{values[name]}” is no {name} of a summary.", f"Choose one of: {known}.")
        if name in values:
            values[name] = kind(str(values[name]))
    articles = values.pop("articles", ())
    names = (articles,) if isinstance(articles, str) else tuple(articles)  # type: ignore[arg-type]
    made = Wish(articles=tuple(dict.fromkeys(names)), **values)  # type: ignore[arg-type]
    made.check()
    return made


def not_after(day: str, limit: str) -> bool:
    """Say whether a date, however precise, can lie on or before another: "2024-06-19" in "2024-06"."""
    size = min(len(day), len(limit))
    return day[:size] <= limit[:size]
