"""What a streamed answer is made of, in the order in which it comes. Values only."""

from dataclasses import dataclass

from bot.datamodels import Answer, Citation, Hit, Statement


@dataclass(frozen=True, slots=True)
class Found:
    """The passages in which the answer is sought, best first."""

    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Wrote:
    """What a model wrote since the last event, as it comes: a draft, not checked yet; `Said` replaces it."""

    text: str


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of the answer, with the citations that it is the first to use; complete and cited when it comes."""

    statement: Statement
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What was said and written until now was a model's thoughts and is taken back; the answer begins anew."""


@dataclass(frozen=True, slots=True)
class Done:
    """The whole answer; the last event."""

    answer: Answer


Event = Found | Wrote | Said | Withdrawn | Done
