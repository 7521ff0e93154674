"""What goes from stage to stage and out of the doors: hits, citations, answers. Values only, nothing done here."""

from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from index.article import Article
from index.passage import Passage


class State(StrEnum):
    """What an answer is.

    ANSWERED: every part of the question is answered from the sources.
    PARTLY: what is said is in the sources, but part of the question is not: see `Answer.missing`.
    NOT_IN_SOURCES: the sources are on the topic, but do not say it.
    OFF_TOPIC: the sources are about something else.
    """

    ANSWERED = "answered"
    PARTLY = "partly"
    NOT_IN_SOURCES = "not_in_sources"
    OFF_TOPIC = "off_topic"

    @property
    def silent(self) -> bool:
        """Whether nothing is answered."""
        return self in (State.NOT_IN_SOURCES, State.OFF_TOPIC)


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found for a question.

    Attributes:
        passage: what was found.
        article: where it stands.
        score: fused; higher is better; only compared within one search.
        cosine: of the question's vector and the passage's.
        lexical: score of the question's words in the passage; 0 when none is in it.
        copies: passages with the same text in other places, as an agency's in two papers; as citable as this one.
    """

    passage: Passage
    article: Article
    score: float
    cosine: float
    lexical: float
    copies: tuple["Hit", ...] = ()

    @property
    def text(self) -> str:
        """The passage's text."""
        return self.passage.text


@dataclass(frozen=True, slots=True)
class Citation:
    """A quote and where it stands: `article.text[start:end] == quote`, always.

    Attributes:
        n: its number in the answer, from 1.
        article_id: of the article.
        title: of the article.
        date: of the article, ISO 8601, or None.
        source: who published the article, or None.
        language: of the article.
        start: offset of the quote's first character in the article's text.
        end: offset behind its last character.
        quote: the words themselves.
    """

    n: int
    article_id: str
    title: str
    date: str | None
    source: str | None
    language: str
    start: int
    end: int
    quote: str


def cite(n: int, article: Article, start: int, end: int) -> Citation:
    """Make a citation of a span of an article.

    Raises:
        ValueError: the span is empty or not inside the article's text.
    """
    if not 0 <= start < end <= len(article.text):
        raise ValueError(f"{start}-{end} is no span of {article.id} ({len(article.text)} characters)")
    quote = article.text[start:end]
    return Citation(n, article.id, article.title, article.date, article.source, article.language, start, end, quote)


class Verdict(StrEnum):
    """What comes of checking: all of it is borne out, part of it, or it says something else."""

    SUPPORTED = "supported"
    PARTLY = "partly"
    UNSUPPORTED = "unsupported"


@dataclass(frozen=True, slots=True)
class Reason:
    """Something that quotes do not bear out.

    Attributes:
        kind: "number", "bound", "date", "name", "polarity", "speaker", "attribution", "role" or "words"; of a sentence
            that could not even be checked "citation", "language", "markup" or "rules".
        detail: the words of the sentence; for "attribution" those of the quote that the sentence lacks.
    """

    kind: str
    detail: str


@dataclass(frozen=True, slots=True)
class Usage:
    """What a language model took; usages add up.

    Attributes:
        input_tokens: sent.
        output_tokens: written.
        calls: how many times it was asked.
        cost: in US dollars; None if the price of a model is not known.
    """

    input_tokens: int = 0
    output_tokens: int = 0
    calls: int = 0
    cost: float | None = 0.0

    def __add__(self, other: "Usage") -> "Usage":
        """Return both together; the cost is unknown if one is."""
        cost = None if self.cost is None or other.cost is None else self.cost + other.cost
        return Usage(
            self.input_tokens + other.input_tokens,
            self.output_tokens + other.output_tokens,
            self.calls + other.calls,
            cost,
        )


@dataclass(frozen=True, slots=True)
class Clipped(Usage):
    """What a call took whose reply ended at the most tokens that it could have, perhaps inside a sentence."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of an answer.

    Attributes:
        text: the sentence.
        citations: the numbers of the citations that it rests on; a frame around quotes has none.
        language: of the text; another one than the answer's when the original is quoted.
        verdict: what checking a model's sentence against its quotes came to; None where nothing was to be checked, as
            a verbatim sentence or a frame.
        reasons: what the quotes do not bear out, if anything.
    """

    text: str
    citations: tuple[int, ...] = ()
    language: str = ""
    verdict: Verdict | None = None
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, or an honest silence.

    Attributes:
        question: as it was asked.
        text: the whole answer, with its `[n]` markers; in a silence, what is said instead.
        language: of the answer: "it" or "en".
        state: answered, partly, or one of the two silences.
        statements: the text, sentence by sentence.
        citations: what the statements rest on, numbered from 1 in order of appearance.
        nearest: in a silence, the passages that come nearest; they answer nothing.
        missing: words of the question that the sources do not cover.
        notices: what the reader should know: another language, a fallback.
        understood: the question as it was taken in the conversation, where it leaned on it; else empty.
        confidence: probability that the sources answer the question, 0 to 1.
        timings: milliseconds by stage.
        model: that wrote it; "extractive" where the sentences are the sources' own.
        prompt: hash of the prompt that the model was given; else empty.
        usage: tokens and cost.
        cached: whether it was written for an earlier question and comes from memory.
    """

    question: str
    text: str
    language: str
    state: State
    statements: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()
    nearest: tuple[Citation, ...] = ()
    missing: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    understood: str = ""
    confidence: float = 0.0
    timings: dict[str, float] = field(default_factory=dict)
    model: str = "extractive"
    prompt: str = ""
    usage: Usage = Usage()
    cached: bool = False

    @property
    def said(self) -> str:
        """The text without its markers."""
        return " ".join(statement.text for statement in self.statements) or self.text

    @property
    def told(self) -> str:
        """What the sources are said to tell, for a conversation to lean on: no frame; nothing in a silence."""
        if self.state.silent:
            return ""
        told = [one.text for one in self.statements if one.citations or one.verdict is not None]
        return " ".join(told) or self.said

    def as_dict(self) -> dict[str, Any]:
        """Return the answer as plain values, ready for JSON."""
        return asdict(self)
