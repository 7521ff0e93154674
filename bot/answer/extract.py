"""The answerer without a language model: the sentences of the sources that answer, verbatim, or an honest silence.

It knows hits and their sentences. It never changes a word of a source: what it adds are the frames in `prompts/`,
and those carry no citation.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.answer.choose import Choice, choose
from bot.datamodels import Answer, Citation, Hit, State, Statement, cite
from bot.evidence.weigh import Evidence, weigh
from bot.question.asking import Asked
from index.article import Article
from index.store import Embedder, Store
from prompts import load

_LANGUAGE_NAMES = {"it": {"it": "italiano", "en": "inglese"}, "en": {"it": "Italian", "en": "English"}}


@dataclass(frozen=True, slots=True)
class _Quote:
    article: Article
    start: int
    end: int


class Extractor:
    """Answers from hits with the sources' own sentences.

    Args:
        store: where the vectors of sentences are.
        embedder: of the questions.
    """

    def __init__(self, store: Store, embedder: Embedder) -> None:
        self._store = store
        self._embedder = embedder

    def answer(self, asked: Asked, hits: Sequence[Hit]) -> Answer:
        """Answer a question from hits.

        Args:
            asked: the question.
            hits: best first; none makes a silence.

        Returns:
            An answer without timings.
        """
        notices = (load("notice.other_language", "en").fill(),) if asked.foreign else ()
        if not hits:
            text = load("silence.empty", asked.language).fill()
            return Answer(asked.raw, text, asked.language, State.OFF_TOPIC, notices=notices)
        evidence = weigh(self._store, self._embedder, asked, hits)
        if evidence.state.silent:
            return _silence(asked, evidence, notices)
        return _spoken(asked, evidence, choose(evidence, asked.language), notices)


def _silence(asked: Asked, evidence: Evidence, notices: tuple[str, ...]) -> Answer:
    text = load(f"silence.{evidence.state}", asked.language).fill()
    best = evidence.sentences[0]
    nearest = cite(1, best.hit.article, best.start, best.end)
    return Answer(
        asked.raw,
        text,
        asked.language,
        evidence.state,
        statements=(Statement(text, (), asked.language),),
        nearest=(nearest,),
        missing=evidence.missing,
        notices=notices,
        confidence=evidence.probability,
    )


def _spoken(asked: Asked, evidence: Evidence, choice: Choice, notices: tuple[str, ...]) -> Answer:
    numbering = _Numbering()
    statements = [*_frames(asked, evidence, choice)]
    for group in choice.groups:
        numbers = tuple(numbering.number(_Quote(s.hit.article, s.start, s.end)) for s in group)
        statements.append(Statement(group[0].text, numbers, group[0].language))
    return Answer(
        asked.raw,
        " ".join(_marked(statement) for statement in statements),
        asked.language,
        evidence.state,
        statements=tuple(statements),
        citations=tuple(numbering.citations),
        missing=evidence.missing,
        notices=notices,
        confidence=evidence.probability,
    )


def _frames(asked: Asked, evidence: Evidence, choice: Choice) -> list[Statement]:
    """Return the sentences that are ours: which part is missing, whose language is quoted, that figures differ."""
    language = asked.language
    texts = []
    if evidence.state is State.PARTLY and evidence.missing:
        missing = ", ".join(f"“{word}”" for word in evidence.missing)
        texts.append(load("frame.partly", language).fill(missing=missing))
    quoted = choice.groups[0][0].language
    if quoted != language:
        texts.append(load("frame.original", language).fill(quoted_language=_LANGUAGE_NAMES[language][quoted]))
    if choice.differ:
        texts.append(load("frame.differ", language).fill())
    return [Statement(text, (), language) for text in texts]


def _marked(statement: Statement) -> str:
    return statement.text + "".join(f" [{n}]" for n in statement.citations)


class _Numbering:
    """Numbers quotes from 1 in order of appearance; the same span keeps its number."""

    def __init__(self) -> None:
        self.citations: list[Citation] = []
        self._known: dict[tuple[str, int, int], int] = {}

    def number(self, quote: _Quote) -> int:
        span = (quote.article.id, quote.start, quote.end)
        if span not in self._known:
            self._known[span] = len(self.citations) + 1
            self.citations.append(cite(self._known[span], quote.article, quote.start, quote.end))
        return self._known[span]
