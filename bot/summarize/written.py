"""From what was read to the facts of a summary, by a language model: map-reduce over the whole selection.

Every sentence of the selection is in one part; the model notes what matters in each; out of the notes it writes the
summary. Each of its sentences is checked against the sources' own spans, first in the notes and again at the end. Where
a request fails, the sources' own words stand in for that part, and the reader is told. What was noted is kept, so that
a run that was stopped goes on. Knows parts, digests and plans; nothing of prompts' words or of layout.
"""

import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.answer.speaker import Speaker
from bot.datamodels import Usage, Verdict
from bot.events import Withdrawn, Wrote
from bot.summarize.digest import Digest, Digester, Note, Task
from bot.summarize.kept import Kept, key
from bot.summarize.material import Material
from bot.summarize.notes import chosen, fact, fitted, piece, shortened, verbatim, words_in
from bot.summarize.parts import Part, Piece, parts, pieces
from bot.summarize.plan import Plan, noting, plan, telling
from bot.summarize.read import read
from bot.summarize.run import Run, Stopping, noticed, reason
from bot.summarize.tell import Extractive, Notice, Stop, Telling, ordered
from bot.summarize.values import Sentence, Working
from bot.summarize.wish import Wish
from index.store import Store

SOURCES = 6_000
"""Tokens that the sources of one request take at most."""

_MARGIN = 96
_LEAST = 256
_LEVELS = 8

Events = Generator[Working | Wrote | Withdrawn, None, Telling]


@dataclass(frozen=True, slots=True)
class Needs:
    """What a summary would take: requests, tokens, parts that are kept from an earlier run."""

    calls: int
    sent: int
    written: int
    kept: int


class Written:
    """Tells in a model's words.

    Args:
        store: whose articles are read.
        digester: asks the model.
        kept: digests that were made before.
        extractive: what stands in for the model.
    """

    def __init__(self, store: Store, digester: Digester, kept: Kept, extractive: Extractive) -> None:
        self._store, self._digester, self._kept, self._extractive = store, digester, kept, extractive

    @property
    def model(self) -> Speaker:
        """The model that is asked."""
        return self._digester.model

    def wanted(self, wish: Wish) -> Callable[[Sentence], bool]:
        """Return which sentences are of use for a wish at all."""
        return self._extractive.wanted(wish)

    def tell(self, material: Material, wish: Wish, language: str, stop: Stop) -> Events:
        """Tell; the events say how far it is and show drafts. Raises nothing of a model."""
        size, of_parts = self._sized(material.read, wish, language)
        how = self._plan(of_parts, wish)
        if size < _LEAST or not of_parts:
            return (yield from self._fallen(material, wish, language, stop, "context", Usage()))
        run = Run(wish, language, Stopping(stop), how.parts + (0 if how.direct else how.sections))
        facts, notices = yield from self._written(material.read, how, size, run)
        if not facts:
            kind = run.failures[-1] if run.failures else "nothing"
            return (yield from self._fallen(material, wish, language, stop, kind, run.usage))
        wanted = self._extractive.wanted(wish)
        fit = [note for note in facts if any(wanted(one) for one in note.quotes)]
        done = ordered([fact(note, language) for note in fit], wish.shape, language, material.sentences)
        if not done:
            return (yield from self._fallen(material, wish, language, stop, "nothing", run.usage))
        found = [*notices, *noticed(run, how)]
        if run.flagged:
            found.append(Notice("notice.flagged", {"n": str(run.flagged)}))
        if any(fact.original for fact in done):
            found.append(Notice("summary.original"))
        model = self._digester.model.name if any(fact.text for fact in done) else "extractive"
        return Telling(tuple(done), tuple(found), model, run.usage, not run.stop.is_set())

    def estimated(self, ids: Sequence[str], wish: Wish, language: str) -> Needs:
        """Return what a summary of articles would take, kept digests left out."""
        size, of_parts = self._sized(ids, wish, language)
        if size < _LEAST or not of_parts:
            return Needs(0, 0, 0, 0)
        how, count, room = self._plan(of_parts, wish), self._digester.model.count, self._digester.room
        words = self._section(wish, how) if how.direct else how.notes
        task = (telling if how.direct else noting)(wish, language, words)
        around, calls, sent, kept = self._digester.tokens(task), 0, 0, 0
        for part in parts(self._lines(ids, wish), size, count):
            if self._kept.get(self._key(task, part), part) is not None:
                kept += 1
                continue
            calls += 1
            sent += around + part.tokens
        written = calls * min(room, int(words * 2))
        if not how.direct:
            calls += how.sections
            sent += how.sections * (around + min(size, int(how.parts * how.notes * 3 / how.sections)))
            written += how.sections * min(room, int(self._section(wish, how) * 2))
        return Needs(calls, sent, written, kept)

    # -- reading

    def _sized(self, ids: Sequence[str], wish: Wish, language: str) -> tuple[int, int]:
        """Return how many tokens of sources go into a request, and how many parts that makes."""
        model, room = self._digester.model, self._digester.room
        fixed = self._digester.tokens(telling(wish, language, wish.length))
        size = min(SOURCES, model.context_window - 2 * room - fixed - _MARGIN)
        if size < _LEAST:
            return size, 0
        return size, sum(1 for _ in parts(self._lines(ids, wish), size, model.count))

    def _plan(self, of_parts: int, wish: Wish) -> Plan:
        return plan(of_parts, wish.length, SOURCES, self._digester.room)

    def _lines(self, ids: Iterable[str], wish: Wish) -> Iterator[Piece]:
        wanted = self._extractive.wanted(wish)
        for article_id in ids:
            yield from pieces(one for one in read(self._store, article_id) if wanted(one))

    def _section(self, wish: Wish, how: Plan) -> int:
        return max(10, round(wish.length / how.sections))

    # -- writing

    def _written(
        self, ids: Sequence[str], how: Plan, size: int, run: Run
    ) -> Generator[Working | Wrote | Withdrawn, None, tuple[list[Note], list[Notice]]]:
        count = self._digester.model.count
        words = self._section(run.wish, how) if how.direct else how.notes
        task = (telling if how.direct else noting)(run.wish, run.language, words)
        notes: list[Note] = []
        read_of = 0
        for part in parts(self._lines(ids, run.wish), size, count):
            if run.stop.is_set():
                break
            digest = yield from self._digested(task, part, run, aloud=how.direct)
            if run.stop.is_set() and digest.failure:
                break
            notes += [note for note in digest.notes if how.direct or note.verdict in (None, Verdict.SUPPORTED)]
            read_of += 1
        stopped = read_of < how.parts
        notices = []
        if stopped:
            notices.append(Notice("summary.stopped_parts", {"done": str(read_of), "total": str(how.parts)}))
        if how.direct:
            return fitted(notes, run.wish), notices
        if not stopped:
            notes = yield from self._condensed(notes, how, size, run)
        if stopped or not notes:
            return shortened(notes, run.wish), notices
        return (yield from self._joined(notes, how, run, notices))

    def _condensed(
        self, notes: list[Note], how: Plan, size: int, run: Run
    ) -> Generator[Working | Wrote | Withdrawn, None, list[Note]]:
        """Note the notes again until they go into the requests that write the summary."""
        count = self._digester.model.count
        for _ in range(_LEVELS):
            groups = list(parts(map(piece, notes), size, count))
            if len(groups) <= how.sections or run.over or run.stop.is_set():
                break
            words = max(20, min(how.notes, int(0.8 * how.sections * size / (len(groups) * 4))))
            task = noting(run.wish, run.language, words)
            run.total += len(groups)
            shorter: list[Note] = []
            for group in groups:
                digest = yield from self._digested(task, group, run, aloud=False)
                shorter += [note for note in digest.notes if note.verdict in (None, Verdict.SUPPORTED)]
            if sum(words_in(note) for note in shorter) > 0.9 * sum(words_in(note) for note in notes):
                shorter = chosen(notes, max(run.wish.length, int(0.5 * sum(words_in(note) for note in notes))))
            if len(shorter) >= len(notes):
                break
            notes = shorter
        return notes

    def _joined(
        self, notes: list[Note], how: Plan, run: Run, notices: list[Notice]
    ) -> Generator[Working | Wrote | Withdrawn, None, tuple[list[Note], list[Notice]]]:
        """Write the summary out of the notes, section by section; where that fails, the notes are the summary."""
        count, before = self._digester.model.count, len(run.failures)
        tokens = sum(part.tokens for part in parts(map(piece, notes), 10**9, count))
        each = -(-tokens // how.sections) + 64
        groups = list(parts(map(piece, notes), each, count))
        told: list[Note] = []
        for group in groups:
            task = telling(run.wish, run.language, max(10, round(run.wish.length / len(groups))))
            inside = {(one.article.id, one.start) for one in group.sentences}
            mine = [note for note in notes if (note.quotes[0].article.id, note.quotes[0].start) in inside]
            digest = yield from self._digested(task, group, run, aloud=True, instead=mine)
            told += digest.notes
        failed = run.failures[before:]
        if failed:
            del run.failures[before:]
            notices.append(Notice("summary.unjoined", {"reason": reason(failed[-1], run.language)}))
        return fitted(told, run.wish), notices

    def _digested(
        self, task: Task, part: Part, run: Run, aloud: bool, instead: Sequence[Note] = ()
    ) -> Generator[Working | Wrote | Withdrawn, None, Digest]:
        """Return the digest of a part: kept, made, or made of the sources' own words."""
        name = self._key(task, part)
        digest = self._kept.get(name, part)
        if digest is None and not run.over:
            started = time.perf_counter()
            digest = yield from _silenced(self._digester.digest(task, part, run.stop), aloud)
            run.asked, run.spent = run.asked + 1, run.spent + time.perf_counter() - started
            run.usage += digest.usage
            run.hear(digest)
            if not digest.failure:
                self._kept.put(name, part, digest)
        elif digest is None:
            run.failures.append(run.failures[-1] if run.failures else "stopped")
            digest = Digest(failure="stopped")
        run.done += 1
        run.orders = run.orders or digest.orders
        run.dropped += digest.dropped if aloud else 0
        run.flagged += sum(bool(note.reasons) for note in digest.notes) if aloud else 0
        yield Working(run.done, max(run.total, run.done), run.left)
        if digest.failure and not digest.notes and not run.stop.is_set():
            notes = chosen(instead, task.words) if instead else verbatim(part, task)
            return replace(digest, notes=tuple(notes))
        return digest

    def _key(self, task: Task, part: Part) -> str:
        return key(task, part, self._digester.model.name, self._digester.flag)

    def _fallen(self, material: Material, wish: Wish, language: str, stop: Stop, kind: str, usage: Usage) -> Events:
        telling = yield from self._extractive.tell(material, wish, language, stop)
        notice = Notice("summary.fallback", {"reason": reason(kind, language)})
        return replace(telling, notices=(notice, *telling.notices), usage=usage)


def _silenced(
    events: Generator[Wrote | Withdrawn, None, Digest], aloud: bool
) -> Generator[Wrote | Withdrawn, None, Digest]:
    """Pass drafts on, or not; return the digest either way."""
    while True:
        try:
            event = next(events)
        except StopIteration as end:
            digest: Digest = end.value
            return digest
        if aloud:
            yield event
