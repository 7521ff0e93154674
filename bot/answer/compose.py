"""What every answer is composed of: numbers for quotes, the sentences that are ours, the silences, the events.

Knows answers and evidence; nothing of who writes the sentences.
"""

from collections.abc import Iterator

from bot.datamodels import Answer, Citation, State, Statement, cite
from bot.events import Done, Said
from bot.evidence.weigh import Evidence
from bot.question.asking import Asked
from index.article import Article
from prompts import load


class Numbering:
    """Numbers quotes from 1 in order of appearance; the same span keeps its number."""

    def __init__(self) -> None:
        self.citations: list[Citation] = []
        self._known: dict[tuple[str, int, int], int] = {}

    def number(self, article: Article, start: int, end: int) -> int:
        """Return the number of a span, a new one if it has none yet."""
        span = (article.id, start, end)
        if span not in self._known:
            self._known[span] = len(self.citations) + 1
            self.citations.append(cite(self._known[span], article, start, end))
        return self._known[span]


def marked(statement: Statement) -> str:
    """Return a statement with its markers behind it."""
    return statement.text + "".join(f" [{n}]" for n in statement.citations)


def foreign(asked: Asked) -> tuple[str, ...]:
    """Return the notice that a question in a third language gets."""
    return (load("notice.other_language", "en").fill(),) if asked.foreign else ()


def partly(evidence: Evidence, language: str) -> list[str]:
    """Return the sentence that says which part of the question is not answered, if one is not."""
    if evidence.state is not State.PARTLY or not evidence.missing:
        return []
    missing = ", ".join(f"“{word}”" for word in evidence.missing)
    return [load("frame.partly", language).fill(missing=missing)]


def silence(asked: Asked, evidence: Evidence, notices: tuple[str, ...], state: State | None = None) -> Answer:
    """Return a silence with the passage that comes nearest.

    Args:
        asked: the question.
        evidence: with at least one sentence.
        notices: what the reader should know.
        state: which silence; that of the evidence, if None.
    """
    said = state or evidence.state
    text = load(f"silence.{said}", asked.language).fill()
    best = evidence.sentences[0]
    nearest = cite(1, best.hit.article, best.start, best.end)
    return Answer(
        asked.raw,
        text,
        asked.language,
        said,
        statements=(Statement(text, (), asked.language),),
        nearest=(nearest,),
        missing=evidence.missing,
        notices=notices,
        confidence=evidence.probability,
    )


def told(answer: Answer) -> Iterator[Said | Done]:
    """Yield an answer that is complete as the events of one that comes sentence by sentence."""
    said: set[int] = set()
    for statement in answer.statements:
        new = tuple(c for c in answer.citations if c.n in statement.citations and c.n not in said)
        said.update(c.n for c in new)
        yield Said(statement, new)
    yield Done(answer)
