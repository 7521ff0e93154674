"""One answer while a model writes it: sentences that passed, sentences that wait, and what is said about the rest.

Sentences are shown in the order in which they were written: once one has failed, those behind it wait until it has been
put right or given up. Knows checked sentences; nothing of streams or prompts.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from bot.answer.choose import choose
from bot.answer.compose import Numbering, foreign, marked, partly
from bot.answer.markers import Written
from bot.answer.resolve import Resolved, Resolver
from bot.datamodels import Answer, State, Statement, Verdict
from bot.events import Said
from bot.evidence.weigh import Evidence
from bot.question.asking import Asked
from prompts import load

TOKEN = re.compile(r"\W*\bnot[_ ]?in[_ ]?sources\b\W*", re.IGNORECASE)
REFUSAL = re.compile(
    r"\W*(?:(?:i['’]m|i am) (?:sorry|unable|not able)|sorry\b|i (?:can(?:no|['’])t|cannot|won['’]t)\b|as an ai\b|"
    r"mi dispiace|non posso\b|non sono in grado|purtroppo non posso|in quanto (?:ia|modello))",
    re.IGNORECASE,
)
# Whatever else speaks for showing it, a sentence in another language or with markup is not shown.
NEVER = frozenset({"language", "markup", "rules"})
_REPEATS = 3


class Answering:
    """An answer in the making.

    Args:
        asked: the question.
        evidence: what the hits say on it.
        resolver: checks sentences.
        flag: whether sentences that failed are shown with their reasons, or left out.
    """

    def __init__(self, asked: Asked, evidence: Evidence, resolver: Resolver, flag: bool = False) -> None:
        self._asked, self._evidence, self._resolver, self._flag = asked, evidence, resolver, flag
        self.forget()

    def forget(self) -> None:
        """Begin anew: what was taken until now was none of the answer."""
        self.waiting: list[Resolved] = []
        self.taken = 0
        self.absent = self.refused = self.strayed = False
        self.dropped = self.flagged = 0
        self._numbering = Numbering()
        self._statements: list[Statement] = []
        self._seen: set[str] = set()
        self._repeated = 0

    @property
    def failed(self) -> list[Resolved]:
        """The sentences that wait to be put right."""
        return [one for one in self.waiting if not one.good]

    @property
    def empty(self) -> bool:
        """Whether no sentence of the model is shown."""
        return not any(statement.citations or statement.reasons for statement in self._statements)

    @property
    def looping(self) -> bool:
        """Whether the model says the same again and again."""
        return self._repeated >= _REPEATS

    def take(self, written: Written) -> Iterator[Said]:
        """Check a sentence; yield it if it is good and none before it waits."""
        text = TOKEN.sub(" ", written.text).strip()
        self.absent = self.absent or text != written.text.strip()
        if not any(letter.isalnum() for letter in text):
            return
        if REFUSAL.match(text) and not written.markers:
            self.refused = True
            return
        self.taken += 1
        if text in self._seen:
            self._repeated += 1
            return
        self._seen.add(text)
        resolved = self._resolver.resolve(replace(written, text=text))
        if resolved.good and not self.waiting:
            yield from self._say(resolved)
        else:
            self.waiting.append(resolved)

    def settle(self, repairs: Mapping[int, tuple[Resolved, ...]]) -> Iterator[Said]:
        """Yield what waited.

        Args:
            repairs: by place among `failed`, the sentences that a model wrote in their stead, checked.
        """
        waiting, self.waiting = self.waiting, []
        place = 0
        for one in waiting:
            if one.good:
                yield from self._say(one)
                continue
            good = [new for new in repairs.get(place, ()) if new.good and new.text not in self._seen]
            for new in good:
                self._seen.add(new.text)
                yield from self._say(new)
            if not good:
                yield from self._give_up(one)
            place += 1

    def differing(self) -> Iterator[Said]:
        """Yield, where the sources give different figures and the model gave only some, the others word for word."""
        choice = choose(self._evidence, self._asked.language)
        told = self._numbering.citations
        missing = [
            group[0]
            for group in choice.groups[:2]
            if not any(
                c.article_id == s.hit.article.id and c.start < s.end and s.start < c.end for s in group for c in told
            )
        ]
        if self.empty or not choice.differ or not missing:
            return
        yield from self._put(Statement(load("frame.differ", self._asked.language).fill(), (), self._asked.language))
        for sentence in missing:
            n = self._numbering.number(sentence.hit.article, sentence.start, sentence.end)
            yield from self._put(Statement(sentence.text, (n,), sentence.language))

    def answer(self, notices: tuple[str, ...]) -> Answer:
        """Return the answer as it stands, with its notices behind those given."""
        state = State.PARTLY if self.absent else self._evidence.state
        return Answer(
            self._asked.raw,
            " ".join(marked(statement) for statement in self._statements),
            self._asked.language,
            state,
            statements=tuple(self._statements),
            citations=tuple(self._numbering.citations),
            missing=self._evidence.missing,
            notices=(*foreign(self._asked), *notices, *self.notices()),
            confidence=self._evidence.probability,
        )

    def notices(self) -> tuple[str, ...]:
        """Return what the reader should know about sentences that are not shown, or shown with a mark."""
        language = self._asked.language
        found = []
        if self.strayed:
            found.append(load("notice.wrong_language", language).fill())
        if self.dropped == 1:
            found.append(load("notice.dropped_one", language).fill())
        elif self.dropped:
            found.append(load("notice.dropped_many", language).fill(n=str(self.dropped)))
        if self.flagged:
            found.append(load("notice.flagged", language).fill(n=str(self.flagged)))
        return tuple(found)

    def _give_up(self, one: Resolved) -> Iterator[Said]:
        kinds = {reason.kind for reason in one.reasons}
        self.strayed = self.strayed or "language" in kinds
        if self._flag and not kinds & NEVER:
            self.flagged += 1
            verdict = Verdict.UNSUPPORTED if one.verdict is Verdict.SUPPORTED else one.verdict
            yield from self._say(replace(one, verdict=verdict))
        elif "language" not in kinds:
            self.dropped += 1

    def _say(self, one: Resolved) -> Iterator[Said]:
        if not self._statements:
            for text in partly(self._evidence, self._asked.language):
                yield from self._put(Statement(text, (), self._asked.language))
        numbers = tuple(self._numbering.number(quote.article, quote.start, quote.end) for quote in one.quotes)
        yield from self._put(Statement(one.text, numbers, self._asked.language, one.verdict, one.reasons))

    def _put(self, statement: Statement) -> Iterator[Said]:
        known = {n for earlier in self._statements for n in earlier.citations}
        self._statements.append(statement)
        yield Said(
            statement, tuple(c for c in self._numbering.citations if c.n in statement.citations and c.n not in known)
        )
