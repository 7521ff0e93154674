"""A sentence of a model with its markers -> the spans that bear it out, and a verdict. Nothing is guessed.

A marker counts only if a source of that number was given. A sentence whose markers lead nowhere, or to passages that do
not bear it out, may rest on another passage that was given, but only if checking then finds it supported. Knows nothing
of prompts or of streams.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.answer.align import Span, align
from bot.answer.guard import markup, runs, trusted
from bot.answer.markers import Written
from bot.answer.orders import sounding
from bot.answer.pack import Source
from bot.datamodels import Hit, Reason, Verdict
from bot.verify.check import Finding, Quote, check
from bot.verify.words import covered
from index.article import Article
from index.language import SURE, detect
from index.store import Embedder, Store

# Least cosine (mE5) of a sentence and what it rests on, within a language and across: with most words shared, with few.
# Of faithful sentences 2 in 100 have less; invented ones about the same people reach 0.89 and 0.83.
_WITHIN, _ACROSS = (0.895, 0.92), (0.835, 0.86)
_SAME, _OTHER = 0.75, 0.5
_SPANS = 4
_WORDS = 4
# Of another language for sure; a sentence full of foreign names is not.
_FOREIGN = max(SURE, 0.6)


@dataclass(frozen=True, slots=True)
class Quoted:
    """A span of an article that a sentence rests on.

    Attributes:
        article: that it stands in.
        language: of the passage.
        start: offset of its first character in the article's text.
        end: offset behind its last character.
    """

    article: Article
    language: str
    start: int
    end: int

    @property
    def text(self) -> str:
        """The words themselves."""
        return self.article.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Resolved:
    """A sentence of a model, checked.

    Attributes:
        text: without markers.
        quotes: what it rests on, the most telling first; may be empty.
        verdict: what checking it against them came to.
        reasons: what they do not bear out, or what else is wrong with it.
    """

    text: str
    quotes: tuple[Quoted, ...]
    verdict: Verdict
    reasons: tuple[Reason, ...] = ()

    @property
    def good(self) -> bool:
        """Whether it can be shown as it is."""
        return self.verdict is Verdict.SUPPORTED and bool(self.quotes)


class Resolver:
    """Resolves the sentences of one answer.

    Args:
        store: holds the vectors of the passages' sentences; None, if they come from another embedder.
        embedder: the embedded one: what is near enough was measured with its vectors.
        language: of the answer.
        sources: that the model was given, numbered from 1.
        rules: that the model was given; a sentence that repeats them is not one of an answer.

    Attributes:
        distrusted: whether a source holds orders, beyond doubt.
    """

    def __init__(
        self, store: Store | None, embedder: Embedder, language: str, sources: Sequence[Source], rules: str = ""
    ) -> None:
        self._store = store
        self._embedder = _Remembering(embedder)
        self._language = language
        self._rules = runs(rules)
        self._hits: dict[int, Hit] = {}
        self.distrusted = False
        for source, hit in zip(sources, self._trusted([source.hit for source in sources]), strict=True):
            if hit is not None:
                self._hits[source.n] = hit

    def resolve(self, written: Written) -> Resolved:
        """Check a sentence against what it cites, or against all that was given where that does not bear it out."""
        wrong = _unfit(written.text, self._language, self._rules)
        if wrong:
            return Resolved(written.text, (), Verdict.UNSUPPORTED, (wrong,))
        cited = [self._hits[n] for n in written.markers if n in self._hits]
        first = self._checked(written.text, cited)
        if first is not None and first.good:
            return self._joined(first, cited)
        second = self._checked(written.text, list(self._hits.values()))
        if second is not None and second.good:
            return second
        reason = Reason("citation", written.text)
        return first or Resolved(written.text, (), Verdict.UNSUPPORTED, (reason,))

    def _trusted(self, hits: Sequence[Hit]) -> Iterator[Hit | None]:
        """Yield each hit with the sentences that may bear something out."""
        known = self._store.sentence_vectors([hit.passage.key for hit in hits]) if self._store is not None else {}
        for hit in hits:
            spans = hit.passage.chunk.sentences
            vectors = known.get(hit.passage.key, np.zeros((0, 0), np.float32))[: len(spans)]
            if len(vectors) != len(spans):
                vectors = self._embedder.passages([hit.article.text[start:end] for start, end in spans])
            model = self._embedder.model_id
            ordered = trusted(hit) is not hit or bool(sounding(vectors, model, sure=True).any())
            self.distrusted = self.distrusted or ordered
            yield trusted(hit, np.flatnonzero(sounding(vectors, model)).tolist())

    def _checked(self, text: str, hits: Sequence[Hit]) -> Resolved | None:
        if not hits:
            return None
        spans = align(text, self._language, hits, self._embedder, self._store)
        if not spans:
            return None
        quotes = tuple(_quoted(span, hits) for span in spans)
        finding = self._finding(text, quotes)
        return Resolved(text, quotes, finding.verdict, finding.reasons)

    def _joined(self, found: Resolved, cited: Sequence[Hit]) -> Resolved:
        """Return a sentence with the spans of the other sources that it cites and that say the same by themselves."""
        quotes = list(found.quotes)
        for hit in cited:
            if len(quotes) < _SPANS and hit.article.id not in {quote.article.id for quote in quotes}:
                other = self._checked(found.text, [hit])
                quotes += other.quotes if other is not None and other.good else ()
        return Resolved(found.text, tuple(quotes[:_SPANS]), found.verdict, found.reasons)

    def _finding(self, text: str, quotes: Sequence[Quoted]) -> Finding:
        texts = [quote.text for quote in quotes]
        vectors = self._embedder.passages([text, *texts, " ".join(texts)])
        similarity = float((vectors[1:] @ vectors[0]).max())
        told = [Quote(quote.text, quote.language, quote.article.date) for quote in quotes]
        finding = check(text, self._language, told, similarity)
        if finding.verdict is Verdict.UNSUPPORTED or similarity >= self._floor(text, quotes):
            return finding
        return Finding(Verdict.UNSUPPORTED, (Reason("words", text), *finding.reasons))

    def _floor(self, text: str, quotes: Sequence[Quoted]) -> float:
        """Return the similarity that a sentence has to have: more where its words are not the quote's."""
        share = max(covered(text, self._language, quote.text, quote.language) for quote in quotes)
        low, high = _ACROSS if all(quote.language != self._language for quote in quotes) else _WITHIN
        return low + (high - low) * min(1.0, max(0.0, (_SAME - share) / (_SAME - _OTHER)))


def _unfit(text: str, language: str, rules: Collection[tuple[str, ...]]) -> Reason | None:
    """Return why a sentence cannot be shown whatever it rests on: markup, the model's rules, another language."""
    if found := markup(text):
        return Reason("markup", found)
    if not runs(text).isdisjoint(rules):
        return Reason("rules", text)
    heard = detect(_told(text))
    if heard.code != language and heard.confidence >= _FOREIGN and len(_told(text).split()) >= _WORDS:
        return Reason("language", text)
    return None


def _told(text: str) -> str:
    """Return a sentence without what it quotes, which may be in the language of the source."""
    told, depth = [], 0
    for letter in text:
        depth += letter in "“«"
        if not depth:
            told.append(letter)
        depth = max(0, depth - (letter in "”»"))
    return "".join(told)


def _quoted(span: Span, hits: Sequence[Hit]) -> Quoted:
    hit = next(
        hit
        for hit in hits
        if hit.article.id == span.article_id and hit.passage.chunk.start <= span.start < hit.passage.chunk.end
    )
    return Quoted(hit.article, hit.passage.chunk.language, span.start, span.end)


class _Remembering:
    """An embedder that makes no vector of a text twice within an answer."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._known: dict[str, NDArray[np.float32]] = {}

    @property
    def model_id(self) -> str:
        return self._embedder.model_id

    @property
    def dimension(self) -> int:
        return self._embedder.dimension

    def passages(self, texts: list[str]) -> NDArray[np.float32]:
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            self._known.update(zip(new, self._embedder.passages(new), strict=True))
        return np.stack([self._known[text] for text in texts]) if texts else self._embedder.passages([])

    def queries(self, texts: list[str]) -> NDArray[np.float32]:
        return self._embedder.queries(texts)
