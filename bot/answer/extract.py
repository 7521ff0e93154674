"""The answerer without a language model: the sentences of the sources that answer, verbatim, or an honest silence.

It knows hits and their sentences. It never changes a word of a source: what it adds are the frames in `prompts/`,
and those carry no citation.
"""

from collections.abc import Sequence

from bot.answer.choose import Choice, choose
from bot.answer.compose import Numbering, foreign, marked, partly, silence
from bot.datamodels import Answer, Hit, State, Statement
from bot.evidence.weigh import Evidence, weigh
from bot.question.asking import Asked
from index.store import Embedder, Store
from prompts import load

_LANGUAGE_NAMES = {"it": {"it": "italiano", "en": "inglese"}, "en": {"it": "Italian", "en": "English"}}


class Extractor:
    """Answers from hits with the sources' own sentences.

    Args:
        store: where the vectors of sentences are.
        embedder: of the questions.
    """

    def __init__(self, store: Store, embedder: Embedder) -> None:
        self._store = store
        self._embedder = embedder

    def answer(self, asked: Asked, hits: Sequence[Hit], evidence: Evidence | None = None) -> Answer:
        """Answer a question from hits.

        Args:
            asked: the question.
            hits: best first; none makes a silence.
            evidence: what they say, if that was weighed before.

        Returns:
            An answer without timings.
        """
        notices = foreign(asked)
        if not hits:
            text = load("silence.empty", asked.language).fill()
            return Answer(asked.raw, text, asked.language, State.OFF_TOPIC, notices=notices)
        evidence = evidence or weigh(self._store, self._embedder, asked, hits)
        if evidence.state.silent:
            return silence(asked, evidence, notices)
        return _spoken(asked, evidence, choose(evidence, asked.language), notices)


def _spoken(asked: Asked, evidence: Evidence, choice: Choice, notices: tuple[str, ...]) -> Answer:
    numbering = Numbering()
    statements = [*_frames(asked, evidence, choice)]
    for group in choice.groups:
        numbers = tuple(numbering.number(s.hit.article, s.start, s.end) for s in group)
        statements.append(Statement(group[0].text, numbers, group[0].language))
    return Answer(
        asked.raw,
        " ".join(marked(statement) for statement in statements),
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
    texts = partly(evidence, language)
    quoted = choice.groups[0][0].language
    if quoted != language:
        texts.append(load("frame.original", language).fill(quoted_language=_LANGUAGE_NAMES[language][quoted]))
    if choice.differ:
        texts.append(load("frame.differ", language).fill())
    return [Statement(text, (), language) for text in texts]
