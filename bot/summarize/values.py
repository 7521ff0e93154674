"""What goes through the stages of a summary and out of its door. Values only, nothing done here."""

from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.datamodels import Citation, Reason, Statement, Usage, Verdict
from bot.events import Said, Withdrawn, Wrote
from bot.summarize.wish import Shape
from index.article import Article

EXTRACTIVE = "extractive"


@dataclass(frozen=True, slots=True, eq=False)
class Sentence:
    """A sentence of an article that is summarised; compared by identity.

    Attributes:
        article: where it stands.
        n: its place among the article's sentences, from 0.
        of: how many sentences the article has.
        start: offset of its first character in the article's text.
        end: offset behind its last.
        language: "it" or "en".
        paragraph: which paragraph of the article it is in, from 0.
        lead: whether it opens its paragraph.
        vector: (dimension,), L2-normalised.
    """

    article: Article
    n: int
    of: int
    start: int
    end: int
    language: str
    paragraph: int
    lead: bool
    vector: NDArray[np.float32]

    @property
    def text(self) -> str:
        """The sentence, as it stands."""
        return self.article.text[self.start : self.end]

    @property
    def flat(self) -> str:
        """The sentence on one line."""
        return " ".join(self.text.split())

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.text.split())


@dataclass(frozen=True, slots=True)
class Told:
    """A fact of a summary.

    Attributes:
        said: the sentence that is said, or that bears out what is.
        also: sentences elsewhere that tell the same; cited, not said.
        label: what stands before it: a date in a timeline, who speaks among the sides; else empty.
        original: whether it is said in another language than was asked, because no source has it in that one.
        text: what is said, in a model's words; empty where it is the sentence itself.
        verdict: what checking those words came to.
        reasons: what the sources do not bear out of them, where they are shown all the same.
    """

    said: Sentence
    also: tuple[Sentence, ...] = ()
    label: str = ""
    original: bool = False
    text: str = ""
    verdict: Verdict | None = None
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of the selection a summary carries; shares from 0 to 1.

    Attributes:
        sentences: share of the selection's sentences that are cited.
        facts: share of its key facts (numbers, names, dates; each once) that the cited sentences hold.
        thirds: share of the sentences of its first, middle and last third that are cited.
        of_sentences: how many sentences the selection has.
        of_facts: how many key facts.
    """

    sentences: float
    facts: float
    thirds: tuple[float, float, float]
    of_sentences: int
    of_facts: int


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a summary.

    Attributes:
        label: what stands above or before it; may be empty.
        statements: the places of its sentences in `Summary.statements`.
    """

    label: str
    statements: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """A summary whose every sentence is cited.

    Attributes:
        text: laid out in its shape, with `[n]` markers.
        language: that it was asked in, "it" or "en".
        shape: how it is laid out.
        statements: its sentences in order; verbatim, or a model's and checked.
        citations: what they rest on, numbered from 1 in order of appearance.
        sections: its parts: paragraphs, dates or sides.
        coverage: how much of the selection it carries.
        words: of its sentences, markers and labels not counted.
        articles: ids of the articles that were read, in reading order.
        notices: what the reader should know.
        complete: whether the whole selection was read; False when it was stopped.
        timings: milliseconds by stage.
        model: that wrote it; "extractive" where the sentences are the sources' own.
        usage: tokens and cost.
    """

    text: str
    language: str
    shape: Shape
    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    sections: tuple[Section, ...]
    coverage: Coverage
    words: int
    articles: tuple[str, ...]
    notices: tuple[str, ...] = ()
    complete: bool = True
    timings: dict[str, float] = field(default_factory=dict)
    model: str = EXTRACTIVE
    usage: Usage = Usage()

    def as_dict(self) -> dict[str, Any]:
        """Return the summary as plain values, ready for JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Reading:
    """How far the reading is.

    Attributes:
        done: articles read.
        total: articles in all.
        title: of the one at hand.
        share: of all the text, 0 to 1.
        left: seconds that the rest of the reading will take, by what it took until now; None before that is known.
    """

    done: int
    total: int
    title: str
    share: float = 0.0
    left: float | None = None


@dataclass(frozen=True, slots=True)
class Working:
    """How far a language model is: requests done, requests in all, seconds that the rest will take, None if unknown."""

    done: int
    total: int
    left: float | None = None


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a summary will take, before it is made.

    Attributes:
        articles: that will be read.
        model: that will write it; "extractive" where none will, and then the rest is nothing.
        calls: requests to it, if no sentence has to be put right.
        input_tokens: that are sent.
        output_tokens: that it will write, about.
        cost: in US dollars, about; None if the price is not known.
        kept: parts that were read in an earlier run and cost nothing again.
        dear: whether that has to be agreed to first.
    """

    articles: int
    model: str = EXTRACTIVE
    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost: float | None = 0.0
    kept: int = 0
    dear: bool = False


@dataclass(frozen=True, slots=True)
class Summarized:
    """The whole summary; the last event."""

    summary: Summary


SummaryEvent = Reading | Working | Wrote | Withdrawn | Said | Summarized
