"""One request to a model for a summary of a part, checked: what it wrote, each sentence with what bears it out.

A sentence that the part does not bear out is given back once, then left out or marked. Knows one part at a time;
nothing of how parts are cut or joined.
"""

import hashlib
import threading
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bot.answer.answering import NEVER, REFUSAL, TOKEN
from bot.answer.call import Call
from bot.answer.draft import Draft
from bot.answer.markers import Reader, Written
from bot.answer.pack import A_FENCE, escaped, new_fence
from bot.answer.prompting import explained
from bot.answer.repair import MOST, repaired
from bot.answer.resolve import Quoted, Resolved, Resolver
from bot.answer.speaker import Speaker
from bot.datamodels import Reason, Usage, Verdict
from bot.events import Withdrawn, Wrote
from bot.summarize.parts import Part
from bot.summarize.values import Sentence
from index.store import Embedder
from prompts import load

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

_TEXTS = ("digest.system", "digest.user", "digest.repair")
# Sentences of a reply that are checked: one for so many of the words asked for, and some.
_SENTENCE, _MORE = 6, 16


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence of a digest.

    Attributes:
        text: in a model's words; empty where `quotes[0]` itself is said.
        quotes: spans that bear it out, as sentences; a span may be two that follow each other.
        verdict: what checking came to; None where the words are the source's own.
        reasons: what is not borne out, where it is shown all the same.
    """

    text: str
    quotes: tuple[Sentence, ...]
    verdict: Verdict | None = None
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Digest:
    """What came of one request.

    Attributes:
        notes: in the order in which they were written.
        dropped: how many sentences the part does not bear out.
        absent: whether the model says that there is nothing in it.
        failure: a kind of ModelError, "nothing" where no sentence passed; "" where all went well.
        orders: whether a source gives orders to models.
        usage: what it took.
    """

    notes: tuple[Note, ...] = ()
    dropped: int = 0
    absent: bool = False
    failure: str = ""
    orders: bool = False
    usage: Usage = Usage()


@dataclass(frozen=True, slots=True)
class Task:
    """What is asked for of a part.

    Attributes:
        text: the task, in the language of the summary.
        language: "it" or "en".
        words: how many.
    """

    text: str
    language: str
    words: int

    @property
    def hash(self) -> str:
        """What changes when the task or any text of the prompt does."""
        texts = [load(name, self.language).hash for name in _TEXTS]
        return hashlib.sha256("\n".join([*texts, self.language, self.text]).encode()).hexdigest()[:16]


class Digester:
    """Asks a model for digests; safe to share between threads.

    Args:
        model: that writes.
        embedder: of the index, whose vectors the sentences bring.
        checker: that sentences are checked with.
        flag: whether what is not borne out is marked, or left out.
        room: tokens that a reply may take.
    """

    def __init__(self, model: Speaker, embedder: Embedder, checker: Embedder, flag: bool, room: int) -> None:
        self.model, self.flag, self._most = model, flag, room
        self._embedder, self._checker = embedder, checker

    @property
    def room(self) -> int:
        """Tokens that a reply may take."""
        return min(self._most, self.model.context_window // 6)

    def tokens(self, task: Task) -> int:
        """Return how many tokens the messages take without any source, the same each time."""
        return sum(self.model.count(str(message.content)) for message in _messages(task, Part((), (), 0), A_FENCE))

    def digest(
        self, task: Task, part: Part, stop: threading.Event | None = None
    ) -> Generator[Wrote | Withdrawn, None, Digest]:
        """Ask for a digest of a part; drafts come as events, the digest is returned. Nothing of a model is raised."""
        resolver = self._resolver(task, part)
        call = Call()
        written: list[Written] = []
        reader, draft = Reader(task.language, len(part.sources)), Draft(task.language, _rules(task.language))
        most = task.words // _SENTENCE + _MORE
        for spoken in call.spoken(self.model, _messages(task, part), stop, self.room, False):
            if spoken.anew:
                reader, draft = Reader(task.language, len(part.sources)), Draft(task.language, _rules(task.language))
                written = []
                yield Withdrawn()
            if shown := draft.feed(spoken.text):
                yield Wrote(shown)
            written += reader.feed(spoken.text)
            if len(written) >= most:
                call.long = True
                break
        written += reader.end(call.cut(self.model, self.room))
        told, absent, refused = _told(written[:most])
        checked = [resolver.resolve(one) for one in told]
        usage = call.usage
        if call.error is None and not (stop is not None and stop.is_set()):
            checked, more = self._repaired(task, part, resolver, checked, stop)
            usage += more
        return self._digest(checked, part, call, absent, refused, resolver.distrusted, usage)

    def _digest(
        self,
        checked: Sequence[Resolved],
        part: Part,
        call: Call,
        absent: bool,
        refused: bool,
        orders: bool,
        usage: Usage,
    ) -> Digest:
        where = {(one.article.id, one.start): one for one in part.sentences}
        notes, dropped = [], 0
        for one in checked:
            bad = {reason.kind for reason in one.reasons}
            if one.good or (self.flag and one.quotes and not bad & NEVER):
                verdict = one.verdict if one.good else _worse(one.verdict)
                notes.append(Note(one.text, tuple(_placed(quote, where) for quote in one.quotes), verdict, one.reasons))
            else:
                dropped += 1
        failure: str = call.error.kind if call.error is not None else "refused" if refused and not notes else ""
        if not failure and not notes and not absent:
            failure = "nothing" if checked else "empty"
        return Digest(tuple(notes), dropped, absent and not notes, failure, orders, usage)

    def _repaired(
        self, task: Task, part: Part, resolver: Resolver, checked: list[Resolved], stop: threading.Event | None
    ) -> tuple[list[Resolved], Usage]:
        failed = [one for one in checked if not one.good][:MOST]
        if not failed:
            return checked, Usage()
        messages, call = _repairing(task, part, failed), Call()
        if self._counted(messages) + self.room > self.model.context_window:
            return checked, Usage()
        for _ in call.spoken(self.model, messages, stop, self.room, False):
            pass
        if call.error is not None:
            return checked, call.usage
        new = repaired(call.text, failed, resolver, task.language, len(part.sources))
        places = {id(one): place for place, one in enumerate(failed)}
        settled: list[Resolved] = []
        for one in checked:
            better = [other for other in new.get(places.get(id(one), -1), ()) if other.good]
            settled += better or [one]
        return list({one.text: one for one in settled}.values()), call.usage

    def _counted(self, messages: Sequence["BaseMessage"]) -> int:
        return sum(self.model.count(str(message.content)) for message in messages)

    def _resolver(self, task: Task, part: Part) -> Resolver:
        known = {one.text: one.vector for one in part.sentences}
        same = self._checker.model_id == self._embedder.model_id
        checker = _Knowing(self._checker, known if same else {})
        return Resolver(None, checker, task.language, part.sources, _rules(task.language))


class _Knowing:
    """An embedder that has the vectors of some texts already."""

    def __init__(self, embedder: Embedder, known: dict[str, NDArray[np.float32]]) -> None:
        self._embedder, self._known = embedder, known
        self.model_id, self.dimension = embedder.model_id, embedder.dimension

    def passages(self, texts: list[str]) -> NDArray[np.float32]:
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        made = dict(zip(new, self._embedder.passages(new), strict=True)) if new else {}
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        return np.stack([made[text] if text in made else self._known[text] for text in texts])

    def queries(self, texts: list[str]) -> NDArray[np.float32]:
        return self._embedder.queries(texts)


def _told(written: Sequence[Written]) -> tuple[list[Written], bool, bool]:
    """Return the sentences worth a check, whether the model says that there is nothing, and whether it refuses."""
    told: dict[str, Written] = {}
    absent = refused = False
    for one in written:
        text = TOKEN.sub(" ", one.text).strip()
        absent = absent or text != one.text.strip()
        refused = refused or (REFUSAL.match(text) is not None and not one.markers)
        if any(letter.isalnum() for letter in text) and not (REFUSAL.match(text) and not one.markers):
            told.setdefault(text, replace(one, text=text))
    return list(told.values()), absent, refused


def _placed(quote: Quoted, where: dict[tuple[str, int], Sentence]) -> Sentence:
    return replace(where[quote.article.id, quote.start], end=quote.end)


def _worse(verdict: Verdict) -> Verdict:
    return Verdict.UNSUPPORTED if verdict is Verdict.SUPPORTED else verdict


def _rules(language: str) -> str:
    return load("digest.system", language).fill()


def _messages(task: Task, part: Part, fence: str = "") -> list["BaseMessage"]:
    return _filled("digest.user", task.language, part, fence, task=task.text)


def _repairing(task: Task, part: Part, failed: Sequence[Resolved]) -> list["BaseMessage"]:
    lines = [
        escaped({"name": f"S{n}", "sentence": one.text, "wrong": explained(one, task.language)})
        for n, one in enumerate(failed, 1)
    ]
    return _filled("digest.repair", task.language, part, sentences="\n".join(lines))


def _filled(name: str, language: str, part: Part, fence: str = "", **values: str) -> list["BaseMessage"]:
    from langchain_core.messages import HumanMessage, SystemMessage

    lines = "\n".join(source.line for source in part.sources)
    user = load(name, language).fill(fence=fence or new_fence(), sources=lines, **values)
    return [SystemMessage(_rules(language)), HumanMessage(user)]
