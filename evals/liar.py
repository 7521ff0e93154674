"""An oracle that answers every question as it should be, and a liar that does not: `python evals/liar.py`.

The oracle reads the answers from the questions themselves. A lie changes what it says to some of them, in one known
way, so that a metric can be shown to catch it. Run as a program it prints the report of one who tells every lie.
"""

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import cycle
from pathlib import Path

from bot import dossier
from bot.datamodels import Answer, Citation, Hit, State, Statement, cite
from bot.evaluate.item import Evidence, Item
from bot.evaluate.questions import load
from bot.events import Done, Event, Found
from bot.question.follow import Turn
from bot.settings import Settings
from index.article import Article
from index.chunk import Chunk, split
from index.passage import Entry, Passage, key
from index.sentences import split as sentences
from prompts import load as text

QUESTIONS = Path(__file__).with_name("dossier.jsonl")
_SILENCE = {"off_topic": State.OFF_TOPIC, "absent": State.NOT_IN_SOURCES, "near": State.NOT_IN_SOURCES}


@dataclass(frozen=True, slots=True)
class Told:
    """What is told to one question: the answer, and the passages it was sought in."""

    item: Item
    answer: Answer
    hits: tuple[Hit, ...]


Lie = Callable[[Told, "Oracle"], Told]


class Oracle:
    """Answers as a bot does, and rightly, but for the questions to which it is made to lie.

    Args:
        items: the questions that it knows.
        articles: that they are about.
        lies: by id of the question.
    """

    def __init__(
        self, items: Sequence[Item], articles: Sequence[Article], lies: Mapping[str, Lie] | None = None
    ) -> None:
        self.settings = Settings(home=Path("none"))
        self.items = {item.id: item for item in items}
        self.by_id = {article.id: article for article in articles}
        self.asked: list[str] = []
        self._lies = dict(lies or {})
        self._places = {self._place(item): item for item in items}
        self._passages = {a.id: [_hit(a, chunk) for chunk in split(a)] for a in articles}

    def articles(self) -> list[Article]:
        """Return every article."""
        return list(self.by_id.values())

    def entries(self) -> dict[str, Entry]:
        """Return what an index would know of each article."""
        return {a.id: Entry(a.id, a.hash, a.hash, "oracle", 1) for a in self.by_id.values()}

    def stream(
        self, question: str, language: str | None = None, articles: None = None, history: Sequence[Turn] = ()
    ) -> Iterator[Event]:
        """Answer one of the questions that it knows."""
        item = self._places[(*(turn.question for turn in history), question)]
        self.asked.append(item.id)
        told = self.right(item)
        if item.id in self._lies:
            told = self._lies[item.id](told, self)
        yield Found(told.hits)
        yield Done(told.answer)

    def right(self, item: Item) -> Told:
        """Return the right answer to a question: a sentence for each part of its evidence, or the right silence."""
        if not item.answerable:
            return Told(item, silence(item, _SILENCE[item.grade or "absent"]), ())
        chosen = [_nearest(part, item.language) for part in item.parts]
        citations = []
        for n, evidence in enumerate(chosen, start=1):
            article = self.by_id[evidence.article_id]
            start = article.text.index(evidence.quote)
            citations.append(cite(n, article, start, start + len(evidence.quote)))
        told = tuple(Statement(c.quote, (c.n,), c.language) for c in citations)
        return Told(item, _answer(item, told, tuple(citations)), tuple(self._holders(citations)))

    def elsewhere(self, item: Item, place: int = 0) -> Citation:
        """Return a sentence that is no evidence for a question, the same for both of its versions."""
        quotes = " ".join(evidence.quote for evidence in item.evidence)
        for article in sorted(self.by_id.values(), key=lambda one: one.id):
            spans = [s for s in sentences(article.text, article.language) if article.text[s[0] : s[1]] not in quotes]
            if article.id not in {evidence.article_id for evidence in item.evidence}:
                return cite(99, article, *spans[place])
        raise AssertionError("the dossier has articles on other matters")

    def junk(self, item: Item) -> Hit:
        """Return a passage without evidence for a question."""
        return self._passages[self.elsewhere(item).article_id][0]

    def _holders(self, citations: Sequence[Citation]) -> Iterator[Hit]:
        for citation in citations:
            for hit in self._passages[citation.article_id]:
                if hit.passage.chunk.start <= citation.start and citation.end <= hit.passage.chunk.end:
                    yield hit
                    break

    def _place(self, item: Item) -> tuple[str, ...]:
        before = self._place(self.items[item.follows]) if item.follows else ()
        return (*before, item.question)


def silence(item: Item, state: State) -> Answer:
    """Return a silence in the language of a question."""
    said = text(f"silence.{state}", item.language).fill()
    return Answer(item.question, said, item.language, state, (Statement(said, (), item.language),), confidence=0.1)


def _nearest(part: Sequence[Evidence], language: str) -> Evidence:
    own = [evidence for evidence in part if evidence.article_id.endswith(f"-{language}")]
    return (own or list(part))[0]


def _answer(item: Item, told: tuple[Statement, ...], citations: tuple[Citation, ...]) -> Answer:
    said = " ".join(statement.text for statement in told)
    return Answer(
        item.question, said, item.language, State.ANSWERED, told, citations, confidence=0.9, timings={"total": 10.0}
    )


def _hit(article: Article, chunk: Chunk) -> Hit:
    passage = Passage(key(article.id, "1", chunk.n), "1", chunk, article.text[chunk.start : chunk.end])
    return Hit(passage, article, 1.0, 0.9, 1.0)


# The lies. Each is one defect, and says which.


def uncited(told: Told, oracle: Oracle) -> Told:
    """Say every sentence without a citation."""
    bare = tuple(replace(statement, citations=()) for statement in told.answer.statements)
    return replace(told, answer=replace(told.answer, statements=bare))


def crowded(told: Told, oracle: Oracle) -> Told:
    """Hang every citation on the first sentence, where only one belongs."""
    first, *rest = told.answer.statements
    every = tuple(citation.n for citation in told.answer.citations)
    return replace(told, answer=replace(told.answer, statements=(replace(first, citations=every), *rest)))


def padded(told: Told, oracle: Oracle) -> Told:
    """Hang a citation that has nothing to do with it on the first sentence."""
    first, *rest = told.answer.statements
    more = oracle.elsewhere(told.item)
    statements = (replace(first, citations=(*first.citations, more.n)), *rest)
    return replace(told, answer=replace(told.answer, statements=statements, citations=(*told.answer.citations, more)))


def irrelevant(told: Told, oracle: Oracle) -> Told:
    """Cite something that has nothing to do with it as well."""
    more = oracle.elsewhere(told.item)
    return replace(told, answer=replace(told.answer, citations=(*told.answer.citations, more)))


def irrelevant_elsewhere(told: Told, oracle: Oracle) -> Told:
    """Cite another thing that has nothing to do with it."""
    more = oracle.elsewhere(told.item, place=2)
    return replace(told, answer=replace(told.answer, citations=(*told.answer.citations, more)))


def shifted(told: Told, oracle: Oracle) -> Told:
    """Say that the first quote stands a character further on."""
    first, *rest = told.answer.citations
    wrong = replace(first, start=first.start + 1, end=first.end + 1)
    return replace(told, answer=replace(told.answer, citations=(wrong, *rest)))


def talkative(told: Told, oracle: Oracle) -> Told:
    """Answer a question that has no answer, with any sentence of the sources."""
    citation = replace(oracle.elsewhere(told.item), n=1)
    return replace(told, answer=_answer(told.item, (Statement(citation.quote, (1,), citation.language),), (citation,)))


def mute(told: Told, oracle: Oracle) -> Told:
    """Say nothing where there is an answer."""
    return replace(told, answer=silence(told.item, State.NOT_IN_SOURCES))


def mistaken_silence(told: Told, oracle: Oracle) -> Told:
    """Be silent for the wrong reason."""
    other = State.NOT_IN_SOURCES if told.answer.state is State.OFF_TOPIC else State.OFF_TOPIC
    return replace(told, answer=silence(told.item, other))


def foreign(told: Told, oracle: Oracle) -> Told:
    """Answer in the other language, or be silent in it."""
    language = "en" if told.item.language == "it" else "it"
    if not told.answer.state.silent:
        return replace(told, answer=replace(told.answer, language=language))
    return replace(told, answer=silence(replace(told.item, language=language), told.answer.state))


def forgetful(told: Told, oracle: Oracle) -> Told:
    """Cite everything, but say only the first sentence."""
    return replace(told, answer=replace(told.answer, statements=told.answer.statements[:1]))


def partial(told: Told, oracle: Oracle) -> Told:
    """Leave out all but the first part, with its citations."""
    short = replace(told.answer, statements=told.answer.statements[:1], citations=told.answer.citations[:1])
    return replace(told, answer=short)


def twice(told: Told, oracle: Oracle) -> Told:
    """Say every sentence twice."""
    return replace(told, answer=replace(told.answer, statements=told.answer.statements * 2))


def unattributed(told: Told, oracle: Oracle) -> Told:
    """Tell as a fact what a source only says: the sentence without what stands before `that` or `che`."""
    first, *rest = told.answer.statements
    mark = {"it": " che ", "en": " that "}[first.language]
    bare = first.text.split(mark, 1)[-1]
    stated = replace(first, text=bare[:1].upper() + bare[1:])
    return replace(told, answer=replace(told.answer, statements=(stated, *rest)))


def buried(told: Told, oracle: Oracle) -> Told:
    """Find something else first."""
    return replace(told, hits=(oracle.junk(told.item), *told.hits))


ANSWERED: tuple[Lie, ...] = (
    uncited, mute, crowded, padded, irrelevant, shifted, mute, foreign, forgetful, partial, irrelevant_elsewhere, mute,
    twice, unattributed, buried,
)  # fmt: skip
UNANSWERED: tuple[Lie, ...] = (talkative, mistaken_silence, foreign)


def liar(items: Sequence[Item], articles: Sequence[Article]) -> Oracle:
    """Return one who lies about everything, each time in the next way."""
    answered, unanswered = cycle(ANSWERED), cycle(UNANSWERED)
    lies = {item.id: next(answered if item.answerable else unanswered) for item in items}
    return Oracle(items, articles, lies)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the report of the liar, or of the oracle, as Markdown."""
    from bot.evaluate.report import report
    from bot.evaluate.report_markdown import to_markdown
    from bot.evaluate.suite import evaluate

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--honest", action="store_true", help="the oracle instead, which never lies")
    options = parser.parse_args(arguments)
    items, articles = load([QUESTIONS]), [article for _, article in dossier.articles()]
    told = Oracle(items, articles) if options.honest else liar(items, articles)
    label = "the oracle" if options.honest else "a liar"
    print(to_markdown(report(evaluate(items, told, label=label)), listed=0))
    return 0


if __name__ == "__main__":
    sys.exit(main())
