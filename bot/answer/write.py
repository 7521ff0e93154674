"""The answerer with a language model: it writes, every sentence is checked against a quote, then shown.

What does not pass is put right once by the model or left out; where nothing is left, or the model does not answer, the
sources' own sentences take its place, and the answer says so. Where the sources are silent no model is asked: it would
have nothing to cite, and what it said from memory could not be shown. Knows stages; each has a file of its own.
"""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.answer.answering import Answering
from bot.answer.cache import Cache, Key
from bot.answer.call import Call
from bot.answer.compose import silence, told
from bot.answer.draft import Draft
from bot.answer.extract import Extractor
from bot.answer.markers import Reader
from bot.answer.pack import Source, pack
from bot.answer.prompting import prompt_hash, rules, to_answer, to_repair
from bot.answer.repair import MOST, repaired
from bot.answer.resolve import Resolver
from bot.answer.speaker import Speaker
from bot.datamodels import Answer, Hit, State, Usage
from bot.errors import ModelError
from bot.events import Done, Said, Withdrawn, Wrote
from bot.evidence.weigh import Evidence, weigh
from bot.question.asking import Asked
from index.store import Embedder, Store
from prompts import load

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

SOURCES = 6_000
"""Tokens that the sources of an answer take at most."""

# Characters of an answer.
_LONGEST = 12_000
_MOST = 24
_MARGIN = 96


class Writer:
    """Answers from hits with a model's sentences; safe to share between threads.

    Args:
        store: where the vectors of sentences are.
        embedder: of questions and sentences.
        model: that writes.
        unsupported: what becomes of sentences that the sources do not bear out: "drop" or "flag".
        remembered: answers that are kept for the same question over the same passages; none, if 0.
        checker: the embedder that sentences are checked with; that of the store, if None.
        room: tokens that a reply may take.
    """

    def __init__(
        self,
        store: Store,
        embedder: Embedder,
        model: Speaker,
        unsupported: str = "drop",
        remembered: int = 128,
        checker: Embedder | None = None,
        room: int = 1_024,
    ) -> None:
        self._store = store
        self._embedder = embedder
        self._model = model
        self._most = room
        self._checker = checker or embedder
        self._known = store if self._checker.model_id == embedder.model_id else None
        self._unsupported = unsupported
        self._extractor = Extractor(store, embedder)
        self._cache = Cache(remembered)
        self._thinks = False

    def write(
        self, asked: Asked, hits: Sequence[Hit], stop: threading.Event | None = None
    ) -> Iterator[Wrote | Said | Withdrawn | Done]:
        """Answer a question: drafts as they come, each sentence once it is checked, the whole answer.

        Args:
            asked: the question.
            hits: best first; none makes a silence.
            stop: set by another thread to end it; then the events end without `Done`. Closing the iterator does so too.
        """
        evidence = weigh(self._store, self._embedder, asked, hits) if hits else None
        if evidence is None or evidence.state.silent:
            yield from told(self._extractor.answer(asked, hits, evidence))
            return
        sources = self._packed(asked, evidence, hits)
        key = self._key(asked, sources)
        known = self._cache.get(key)
        if known is not None:
            yield from told(replace(known, question=asked.raw, cached=True, usage=Usage()))
            return
        for event in self._written(asked, evidence, hits, sources, stop):
            if isinstance(event, Done) and event.answer.model == self._model.name:
                self._cache.put(key, event.answer)
            yield event

    def _written(
        self,
        asked: Asked,
        evidence: Evidence,
        hits: Sequence[Hit],
        sources: Sequence[Source],
        stop: threading.Event | None,
    ) -> Iterator[Wrote | Said | Withdrawn | Done]:
        resolver = Resolver(self._known, self._checker, asked.language, sources, rules(asked.language))
        answering = Answering(asked, evidence, resolver, self._unsupported == "flag")
        call = Call()
        if sources:
            yield from self._streamed(to_answer(asked, sources), asked.language, len(sources), answering, call, stop)
        else:
            call.narrow = True
        usage = call.usage
        if not _stopped(stop):
            repair = self._repair(asked, sources, answering, resolver, stop) if call.sound else Call()
            usage += repair.usage
            failed = answering.failed[:MOST]
            repairs = repaired(repair.text, failed, resolver, asked.language, len(sources))
            yield from answering.settle(repairs if not repair.error else {})
            yield from answering.differing()
        if not _stopped(stop):
            answer = self._finished(asked, evidence, hits, resolver.distrusted, answering, call)
            yield from () if not answering.empty else (event for event in told(answer) if isinstance(event, Said))
            yield Done(replace(answer, prompt=prompt_hash(asked.language), usage=usage))

    def _streamed(
        self,
        messages: Sequence["BaseMessage"],
        language: str,
        sources: int,
        answering: Answering,
        call: Call,
        stop: threading.Event | None,
    ) -> Iterator[Wrote | Said | Withdrawn]:
        reader, draft, left = Reader(language, sources), Draft(language, rules(language)), _LONGEST
        for spoken in call.spoken(self._model, messages, stop, self._room, self._thinks):
            if spoken.anew:
                reader, draft, left = Reader(language, sources), Draft(language, rules(language)), _LONGEST
                answering.forget()
                # It will again; where it does not, it has given the habit up.
                self._thinks = True
                yield Withdrawn()
            said = spoken.text[:left]
            left -= len(said)
            if shown := draft.feed(said):
                yield Wrote(shown)
            for written in reader.feed(said):
                yield from answering.take(written)
            if answering.taken >= _MOST or answering.looping or left <= 0:
                call.long = True
                break
        self._thinks = self._thinks and not call.untold
        for written in reader.end(call.cut(self._model, self._room)):
            if answering.taken < _MOST:
                yield from answering.take(written)

    def _repair(
        self,
        asked: Asked,
        sources: Sequence[Source],
        answering: Answering,
        resolver: Resolver,
        stop: threading.Event | None,
    ) -> Call:
        """Ask the model to put right what failed, if there is room for it; an error here only means that it did not."""
        call = Call()
        failed = answering.failed[:MOST]
        messages = to_repair(asked, sources, failed) if failed else []
        if failed and self._counted(messages) + self._room <= self._model.context_window:
            for _ in call.spoken(self._model, messages, stop, self._room, self._thinks):
                pass
        return call

    def _finished(
        self,
        asked: Asked,
        evidence: Evidence,
        hits: Sequence[Hit],
        orders: bool,
        answering: Answering,
        call: Call,
    ) -> Answer:
        language = asked.language
        if not answering.empty:
            notices = [load("notice.orders", language).fill()] if orders else []
            if call.error is not None:
                notices.append(load("notice.cut", language).fill(reason=_failure(call.error, language)))
            elif call.long:
                notices.append(load("notice.long", language).fill())
            return replace(answering.answer(tuple(notices)), model=self._model.name)
        if answering.absent and call.error is None and not orders:
            return replace(silence(asked, evidence, (), State.NOT_IN_SOURCES), model=self._model.name)
        notice = _why(language, answering, call, orders)
        plain = self._extractor.answer(asked, hits, evidence)
        return replace(plain, notices=(*plain.notices, notice))

    def _packed(self, asked: Asked, evidence: Evidence, hits: Sequence[Hit]) -> tuple[Source, ...]:
        """Return the sources, passages with the best sentences first; room is left to give sentences back."""
        useful = [sentence.hit.passage.key for sentence in evidence.sentences]
        order = {key: n for n, key in reversed(list(enumerate(useful)))}
        ranked = sorted(hits, key=lambda hit: order.get(hit.passage.key, len(useful)))
        fixed = self._counted(to_answer(asked, ()))
        return pack(
            ranked, min(SOURCES, self._model.context_window - 2 * self._room - fixed - _MARGIN), self._model.count
        )

    def _key(self, asked: Asked, sources: Sequence[Source]) -> Key:
        passages = tuple((source.hit.passage.key, len(source.line)) for source in sources)
        return (prompt_hash(asked.language), asked.text, asked.language, self._model.name, self._unsupported, passages)

    @property
    def _room(self) -> int:
        """Tokens that a reply may take."""
        return min(self._most, self._model.context_window // 6)

    def _counted(self, messages: Sequence["BaseMessage"]) -> int:
        return sum(self._model.count(str(message.content)) for message in messages)


def _stopped(stop: threading.Event | None) -> bool:
    return stop is not None and stop.is_set()


def _failure(error: ModelError, language: str) -> str:
    return load(f"failure.{error.kind}", language).fill()


def _why(language: str, answering: Answering, call: Call, orders: bool) -> str:
    """Return the notice that says why the sources' own sentences are shown."""
    if call.narrow:
        return load("notice.fallback_context", language).fill()
    if call.error is not None and call.error.kind not in ("empty", "refused"):
        return load("notice.fallback_failed", language).fill(reason=_failure(call.error, language))
    if orders:
        return load("notice.fallback_orders", language).fill()
    if answering.refused or (call.error is not None and call.error.kind == "refused"):
        return load("notice.fallback_refused", language).fill()
    if answering.strayed:
        return load("notice.fallback_language", language).fill()
    if not answering.taken and call.thought:
        return load("notice.fallback_thought", language).fill()
    if not answering.taken:
        return load("notice.fallback_empty", language).fill()
    return load("notice.fallback_unsupported", language).fill()
