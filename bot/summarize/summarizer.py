"""The summarizer: a wish in, a cited summary out. The pipeline, nothing else; each stage lives in a file of its own."""

import time
from collections import Counter
from collections.abc import Iterator, Sequence

from bot.datamodels import Statement
from bot.errors import CostError, QuestionError
from bot.events import Said
from bot.summarize.compose import Composed, compose
from bot.summarize.material import Material
from bot.summarize.pace import Pace
from bot.summarize.read import read
from bot.summarize.select import select
from bot.summarize.tell import Extractive, Stop, Telling
from bot.summarize.values import EXTRACTIVE, Estimate, Reading, Section, Sentence, Summarized, Summary, SummaryEvent
from bot.summarize.wish import Preset, Shape, Wish
from bot.summarize.written import Written
from index.store import Embedder, Store
from prompts import load

_SHORT_OF = 0.9
# Requests at a price that nobody knows that are made without asking.
_UNASKED = 8


def never() -> bool:
    """Do not stop."""
    return False


class Summarizer:
    """Summarises articles of an index.

    Args:
        store: the index.
        embedder: the one that the index was made with.
        written: how a language model tells; without it the sources' own sentences are told.
        ask_above: US dollars that may be spent without asking.
    """

    def __init__(
        self, store: Store, embedder: Embedder, written: Written | None = None, ask_above: float = 0.0
    ) -> None:
        self._store, self._embedder = store, embedder
        self._written, self._ask_above = written, ask_above
        self._teller = written or Extractive(store, embedder)

    @property
    def extractive(self) -> "Summarizer":
        """The same without a language model."""
        return Summarizer(self._store, self._embedder)

    def estimate(self, wish: Wish) -> Estimate:
        """Return what a summary will take, without making it; nothing is sent anywhere.

        Raises:
            QuestionError, UnknownArticle, StoreError: as `summarize`.
        """
        wish.check()
        ids = select(self._store, wish)
        spoken = Counter(self._store.article(article_id).language for article_id in ids)
        return self._estimated(ids, wish, wish.language or max(sorted(spoken), key=lambda code: spoken[code]))

    def summarize(self, wish: Wish, stop: Stop = never, agreed: bool = False) -> Summary:
        """Summarise.

        Args:
            wish: what and how.
            stop: asked again and again; where it says True the summary is made of what was read until then.
            agreed: whether it may cost more than may be spent without asking.

        Raises:
            CostError: it would cost more than that, and nobody agreed.
            QuestionError: the wish makes no sense, or no article fits it.
            UnknownArticle: one of the articles is not in the index.
            StoreError: the index cannot be read.
        """
        for event in self.stream(wish, stop, agreed):
            if isinstance(event, Summarized):
                return event.summary
        raise AssertionError("a stream ends with the summary")

    def stream(self, wish: Wish, stop: Stop = never, agreed: bool = False) -> Iterator[SummaryEvent]:
        """Summarise in events: how far it is, drafts, each sentence with its new citations, the whole summary.

        Takes and raises what `summarize` does.
        """
        started = time.perf_counter()
        wish.check()
        ids = select(self._store, wish)
        material = Material(len(ids), self._teller.wanted(wish))
        yield from self._read(ids, material, stop)
        if not material.total:
            raise QuestionError("The articles chosen have no text to summarise.", "Choose others: `ponte sources`.")
        have_read = time.perf_counter()
        language = wish.language or max(sorted(material.languages), key=lambda code: material.languages[code])
        if self._written is not None and not agreed:
            needs = self._estimated(material.read, wish, language)
            if needs.dear:
                raise CostError(needs.model, needs.calls, needs.cost)
        telling = yield from self._teller.tell(material, wish, language, stop)
        composed = compose(telling.facts, wish.shape, language)
        yield from _spoken(composed)
        done = time.perf_counter()
        timings = {"read": have_read - started, "tell": done - have_read, "total": done - started}
        yield Summarized(_summary(wish, language, len(ids), material, telling, composed, timings))

    def _read(self, ids: Sequence[str], material: Material, stop: Stop) -> Iterator[Reading]:
        """Read article by article; how far it is goes by the passages, of which a long article has many."""
        entries, pace = self._store.entries(), Pace()
        sizes = {article_id: max(1, entries[article_id].passages) for article_id in ids if article_id in entries}
        every, before = max(1, sum(sizes.values())), 0
        for n, article_id in enumerate(ids, 1):
            size = sizes.get(article_id, 1)
            with pace.fetching:
                sentences = read(self._store, article_id)
            fetched = min(1.0, (before + size) / every)
            title = sentences[0].article.title if sentences else article_id
            parts = material.take(article_id, sentences)
            while True:
                with pace.weighing:
                    part = next(parts, 1.0)
                share = min(1.0, (before + size * part) / every)
                yield Reading(n - (part < 1), len(ids), title, share, pace.left(fetched, share))
                if stop():
                    return
                if part >= 1:
                    break
            before += size

    def _estimated(self, ids: Sequence[str], wish: Wish, language: str) -> Estimate:
        if self._written is None:
            return Estimate(len(ids))
        needs, model = self._written.estimated(ids, wish, language), self._written.model
        price = getattr(model, "cost", None)
        cost = price(needs.sent, needs.written) if price is not None else None
        dear = needs.calls > _UNASKED if cost is None else cost > self._ask_above
        return Estimate(len(ids), model.name, needs.calls, needs.sent, needs.written, cost, needs.kept, dear)


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
        text = _none(wish, language)
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
        complete=len(material.read) == chosen and telling.complete,
        timings={stage: round(1000 * seconds, 1) for stage, seconds in timings.items()},
        model=telling.model,
        usage=telling.usage,
    )


def _notices(
    wish: Wish, language: str, chosen: int, material: Material, telling: Telling, words: int
) -> tuple[str, ...]:
    notices = []
    if len(material.read) < chosen:
        done, total = str(len(material.read)), str(chosen)
        notices.append(load("summary.stopped", language).fill(done=done, total=total))
    notices += [load(notice.name, language).fill(**notice.values) for notice in telling.notices]
    if material.total > 1 and not material.stops:
        notices.append(load("summary.no_stops", language).fill())
    asked = wish.preset is not Preset.LINE or wish.words is not None
    if telling.facts and asked and words < _SHORT_OF * wish.length:
        name = "summary.shorter" if telling.model == EXTRACTIVE else "summary.short_model"
        notices.append(load(name, language).fill(words=str(words), asked=str(wish.length)))
    return tuple(notices)


def _none(wish: Wish, language: str) -> str:
    """Return what is said where nothing in the articles is of use for a shape."""
    if wish.shape is not Shape.TIMELINE:
        return load("summary.none_sides", language).fill()
    if wish.since or wish.until:
        dates = {"since": wish.since or "…", "until": wish.until or "…"}
        return load("summary.none_between", language).fill(**dates)
    return load("summary.none_timeline", language).fill()
