"""A conversation: turns of a question and what came back, as values. Knows nothing of HTML or Gradio."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from bot.datamodels import Answer, Citation, Statement, Usage
from bot.events import Done, Event, Found, Said, Withdrawn
from bot.question.follow import Turn as Earlier
from bot.records import now


class Stage(StrEnum):
    """How far a turn is."""

    SEARCHING = "searching"
    READING = "reading"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"

    @property
    def open(self) -> bool:
        """Whether more is to come."""
        return self in (Stage.SEARCHING, Stage.READING)


class Shelf(StrEnum):
    """Which of a turn's citations are meant: those of its answer, or the nearest passages of a silence."""

    CITATIONS = "citations"
    NEAREST = "nearest"


@dataclass(frozen=True, slots=True)
class Problem:
    """An error as a visitor sees it.

    Attributes:
        text: what it means, in the language of the page.
        detail: the error's own line with its fix, in English; may be empty.
    """

    text: str
    detail: str = ""


def _key() -> str:
    return secrets.token_hex(6)


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and what came back so far.

    Attributes:
        question: as it was asked.
        language: of the answer once it is there, of the page until then.
        stage: how far it is.
        statements: the answer so far, sentence by sentence.
        citations: what they rest on.
        answer: the whole answer, when it is there.
        problem: what went wrong, if something did.
        draft: what a model is writing and nothing has checked yet.
        doing: what is being done, where that takes longer than a search.
        total: what models took for the conversation until here.
        wish: of a summary that waits until its cost is agreed to, with "why", which says what it costs.
        key: never used twice, so that an old citation never leads into a new turn.
        asked: when, ISO 8601 in UTC.
        own: ids of those of the articles cited that only the visitor had, where it was kept.
        changed: those of its citations whose article says something else since it was kept.
        removed: those of its citations whose article is gone since it was kept.
        verdict: of the visitor's thumb, "up" or "down", where it was kept; else empty.
    """

    question: str
    language: str
    stage: Stage = Stage.SEARCHING
    statements: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()
    answer: Answer | None = None
    problem: Problem | None = None
    draft: str = ""
    doing: str = ""
    total: Usage = Usage()
    wish: Mapping[str, str] | None = None
    key: str = field(default_factory=_key)
    asked: str = field(default_factory=now)
    own: tuple[str, ...] = ()
    changed: tuple[Citation, ...] = ()
    removed: tuple[Citation, ...] = ()
    verdict: str = ""

    @property
    def nearest(self) -> tuple[Citation, ...]:
        """The passages that come nearest, in a silence."""
        return self.answer.nearest if self.answer else ()

    def shelf(self, which: Shelf) -> tuple[Citation, ...]:
        """Return the citations of one of the two kinds."""
        return self.nearest if which is Shelf.NEAREST else self.citations

    def in_language(self, language: str) -> "Turn":
        """Return the turn with the language that its answer will be in."""
        return replace(self, language=language)

    def heard(self, event: Event) -> "Turn":
        """Return the turn after an event of `Bot.stream`."""
        if isinstance(event, Found):
            return replace(self, stage=Stage.READING)
        if isinstance(event, Done):
            answer = event.answer
            return replace(
                self,
                stage=Stage.DONE,
                language=answer.language,
                statements=answer.statements,
                citations=answer.citations,
                answer=answer,
                draft="",
            )
        if isinstance(event, Said):
            return replace(
                self,
                draft="",
                statements=(*self.statements, event.statement),
                citations=(*self.citations, *event.citations),
            )
        if isinstance(event, Withdrawn):
            return replace(self, draft="", statements=(), citations=())
        return replace(self, draft=self.draft + event.text)

    def stopped(self) -> "Turn":
        """Return the turn as it stands when a visitor stops it."""
        return replace(self, stage=Stage.STOPPED) if self.stage.open else self

    def failed(self, problem: Problem) -> "Turn":
        """Return the turn after an error; what was said until then stays."""
        return replace(self, stage=Stage.FAILED, problem=problem)


Turns = tuple[Turn, ...]


def history(turns: Turns) -> list[Earlier]:
    """Return what a new question may lean on: the turns that were answered."""
    return [
        Earlier(turn.question, turn.answer.language, turn.answer.told, turn.answer.understood)
        for turn in turns
        if turn.answer is not None
    ]


def spent(turns: Turns) -> Usage:
    """Return what models took for the answers of a conversation."""
    return sum((turn.answer.usage for turn in turns if turn.answer is not None), Usage())


@dataclass(frozen=True, slots=True)
class Place:
    """Where a citation stands in a conversation: in which turn, on which shelf, under which number."""

    key: str
    shelf: Shelf
    n: int


def cited(turns: Sequence[Turn], place: Place) -> tuple[Citation, ...]:
    """Return all citations of the shelf that a place is on, if there is a citation at that place; else nothing."""
    for turn in turns:
        if turn.key == place.key:
            shelf = turn.shelf(place.shelf)
            return shelf if any(citation.n == place.n for citation in shelf) else ()
    return ()


def place(data: object) -> Place | None:
    """Read a place from what a browser sends; None when it is none."""
    if not isinstance(data, dict):
        return None
    key, shelf, n = data.get("turn"), data.get("shelf"), data.get("n")
    if not isinstance(key, str) or shelf not in tuple(Shelf) or type(n) is not int:
        return None
    return Place(key, Shelf(str(shelf)), n)


@dataclass(frozen=True, slots=True)
class Use:
    """Where an article is cited in a conversation: after which question, at which place, with which words."""

    question: str
    place: Place
    quote: str


def uses(turns: Sequence[Turn], article_id: str) -> list[Use]:
    """Return every citation of an article in a conversation, oldest first."""
    return [
        Use(turn.question, Place(turn.key, Shelf.CITATIONS, citation.n), citation.quote)
        for turn in turns
        for citation in turn.citations
        if citation.article_id == article_id
    ]
