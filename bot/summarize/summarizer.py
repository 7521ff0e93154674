"""The summarizer: a wish in, a cited summary out. The pipeline, nothing else; each stage lives in a file of its own."""

import time
from collections.abc import Callable, Iterator

from bot.datamodels import Statement
from bot.errors import QuestionError
from bot.events import Said
from bot.summarize.compose import Composed, compose
from bot.summarize.material import Material
from bot.summarize.read import read
from bot.summarize.select import select
from bot.summarize.tell import Extractive, Teller, Telling
from bot.summarize.values import Reading, Section, Sentence, Summarized, Summary, SummaryEvent
from bot.summarize.wish import Preset, Shape, Wish
from index.store import Embedder, Store
from prompts import load

Stop = Callable[[], bool]

_SHORT_OF = 0.9


def never() -> bool:
    """Do not stop."""
    return False


class Summarizer:
    """Summarises articles of an index.

    Args:
        store: the index.
        embedder: the one that the index was made with.
        teller: what makes the facts of a summary; the extractive one, if None.
    """

    def __init__(self, store: Store, embedder: Embedder, teller: Teller | None = None) -> None:
        self._store = store
        self._teller = teller or Extractive(store, embedder)

    def summarize(self, wish: Wish, stop: Stop = never) -> Summary:
        """Summarise.

        Args:
            wish: what and how.
            stop: asked after each article; where it says True the summary is made of what was read until then.

        Raises:
            QuestionError: the wish makes no sense, or no article fits it.
            UnknownArticle: one of the articles is not in the index.
            StoreError: the index cannot be read.
        """
        for event in self.stream(wish, stop):
            if isinstance(event, Summarized):
                return event.summary
        raise AssertionError("a stream ends with the summary")

    def stream(self, wish: Wish, stop: Stop = never) -> Iterator[SummaryEvent]:
        """Summarise in events: how far the reading is, each sentence with its new citations, the whole summary.

        Takes and raises what `summarize` does.
        """
        started = time.perf_counter()
        wish.check()
        ids = select(self._store, wish)
        material = Material(len(ids), self._teller.wanted(wish))
        for article_id in ids:
            sentences = read(self._store, article_id)
            material.take(article_id, sentences)
            yield Reading(len(material.read), len(ids), sentences[0].article.title if sentences else article_id)
            if stop():
                break
        if not material.total:
            raise QuestionError("The articles chosen have no text to summarise.", "Choose others: `ponte sources`.")
        have_read = time.perf_counter()
        language = wish.language or max(sorted(material.languages), key=lambda code: material.languages[code])
        telling = self._teller.tell(material, wish, language)
        composed = compose(telling.facts, wish.shape, language)
        yield from _spoken(composed)
        done = time.perf_counter()
        timings = {"read": have_read - started, "tell": done - have_read, "total": done - started}
        yield Summarized(_summary(wish, language, len(ids), material, telling, composed, timings))


def _spoken(composed: Composed) -> Iterator[Said]:
    said: set[int] = set()
    for statement in composed.statements:
        new = tuple(c for c in composed.citations if c.n in statement.citations and c.n not in said)
        said.update(c.n for c in new)
        yield Said(statement, new)


def _summary(
    wish: Wish,
    language: str,
    chosen: int,
    material: Material,
    telling: Telling,
    composed: Composed,
    timings: dict[str, float],
) -> Summary:
    cited: list[Sentence] = [sentence for fact in telling.facts for sentence in (fact.said, *fact.also)]
    words = sum(len(statement.text.split()) for statement in composed.statements)
    statements, sections, text = composed.statements, composed.sections, composed.text
    notices = _notices(wish, language, chosen, material, telling, words)
    if not statements:
        text = load(f"summary.none_{'timeline' if wish.shape is Shape.TIMELINE else 'sides'}", language).fill()
        statements, sections = (Statement(text, (), language),), (Section("", (0,)),)
    return Summary(
        text=text,
        language=language,
        shape=wish.shape,
        statements=statements,
        citations=composed.citations,
        sections=sections,
        coverage=material.coverage(cited),
        words=words,
        articles=tuple(material.read),
        notices=notices,
        complete=len(material.read) == chosen,
        timings={stage: round(1000 * seconds, 1) for stage, seconds in timings.items()},
    )


def _notices(
    wish: Wish, language: str, chosen: int, material: Material, telling: Telling, words: int
) -> tuple[str, ...]:
    notices = []
    if len(material.read) < chosen:
        done, total = str(len(material.read)), str(chosen)
        notices.append(load("summary.stopped", language).fill(done=done, total=total))
    for name in telling.notices:
        template = load(name, language)
        notices.append(template.fill(**({"focus": wish.focus} if "focus" in template.variables else {})))
    if material.total > 1 and not material.stops:
        notices.append(load("summary.no_stops", language).fill())
    asked = wish.preset is not Preset.LINE or wish.words is not None
    if telling.facts and asked and words < _SHORT_OF * wish.length:
        notices.append(load("summary.shorter", language).fill(words=str(words), asked=str(wish.length)))
    return tuple(notices)
