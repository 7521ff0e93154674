"""Whether a sentence that a model wrote is supported by the quotes that it cites, in Italian and English.

No model decides: numbers, dates, names, negation, speaker, attribution, roles and words are compared one by one, and
each that does not fit is a reason. Knows nothing of passages or of how the quotes were found.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.datamodels import Reason, Verdict
from bot.verify import agents, amounts, bindings, owners, polarity, roles, sides, speech, takers
from bot.verify.dates import dates
from bot.verify.facts import Part, unmet
from bot.verify.names import names
from bot.verify.numbers import numbers
from bot.verify.words import covered
from index.sentences import split

_LEAST, _ENOUGH, _CROSSING = 0.34, 0.5, 0.12
_HARD, _DAY = 0.04, 3
_SIMILAR, _ALIKE = 0.80, 0.87
_PARTNER = 0.75
_LANGUAGES = ("it", "en")


@dataclass(frozen=True, slots=True)
class Quote:
    """What a sentence cites.

    Attributes:
        text: the words of the article, one sentence or a few.
        language: "it" or "en".
        date: of the article, ISO 8601; relative dates are reckoned from it.
    """

    text: str
    language: str
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A verdict and what it rests on; `reasons` is empty where all is borne out."""

    verdict: Verdict
    reasons: tuple[Reason, ...] = ()


_PARTIAL = frozenset({"attribution", "bound"})
"""Reasons that leave the matter itself standing."""


def check(sentence: str, language: str, quotes: Sequence[Quote], similarity: float | None = None) -> Finding:
    """Decide whether quotes support a sentence. Pure; some ten milliseconds; never raises on any text.

    Args:
        sentence: one sentence, without its citation markers.
        language: of the sentence, "it" or "en"; anything else is read as English.
        quotes: what it cites, in either language; none supports nothing.
        similarity: cosine of the sentence's vector and that of the best quote, if known: where words differ, it helps
            to tell a paraphrase from another matter.
    """
    told = language if language in _LANGUAGES else "en"
    parts = [part for quote in quotes for part in _parts(quote)]
    if not any(character.isalnum() for character in sentence):
        return Finding(Verdict.SUPPORTED if parts else Verdict.UNSUPPORTED)
    if _verbatim(sentence, quotes, parts):
        return Finding(Verdict.SUPPORTED)
    if not parts:
        return Finding(Verdict.UNSUPPORTED, (Reason("words", sentence),))
    reasons = tuple(dict.fromkeys(_reasons(sentence, told, parts, similarity)))
    return Finding(_verdict(reasons), reasons)


def _verdict(reasons: Sequence[Reason]) -> Verdict:
    if not reasons:
        return Verdict.SUPPORTED
    return Verdict.PARTLY if all(reason.kind in _PARTIAL for reason in reasons) else Verdict.UNSUPPORTED


def _parts(quote: Quote) -> list[Part]:
    language = quote.language if quote.language in _LANGUAGES else "en"
    return [Part(quote.text[start:end], language, quote.date) for start, end in _split(quote.text, language)]


@lru_cache(maxsize=4096)
def _split(text: str, language: str) -> tuple[tuple[int, int], ...]:
    return tuple(split(text, language))


def _verbatim(sentence: str, quotes: Sequence[Quote], parts: Sequence[Part]) -> bool:
    words = " ".join(sentence.split())
    texts = [*(quote.text for quote in quotes), *(part.text for part in parts)]
    return any(words == " ".join(text.split()) for text in texts)


def _reasons(sentence: str, language: str, parts: Sequence[Part], similarity: float | None) -> Iterator[Reason]:
    yield from unmet(sentence, language, parts)
    shares = [covered(sentence, language, part.text, part.language) for part in parts]
    best = max(shares)
    fitting = [part for part, share in zip(parts, shares, strict=True) if share >= _PARTNER * best]
    texts = [(part.text, part.language) for part in fitting]
    word = polarity.turned(sentence, language, texts, [(part.text, part.language) for part in parts])
    if word:
        yield Reason("polarity", word)
    yield from _said(sentence, language, texts)
    # Only part of the words of another language can be carried over.
    ease = _CROSSING * all(part.language != language for part in parts)
    whole = covered(sentence, language, "\n".join(part.text for part in parts), parts[0].language)
    ease += _HARD * min(3, _facts(sentence, language))
    if _apart(max(whole, best) + ease, similarity):
        yield Reason("words", sentence)


def _facts(sentence: str, language: str) -> int:
    """Return how many names, dates and numbers a sentence has, a full date for several.

    Those that no quote holds are reasons themselves.
    """
    found = {(name.keys, () if name.keys else name.words) for name in names(sentence, language)}
    days = sum(_DAY if day.day is not None and day.year is not None else 1 for day in dates(sentence, language))
    return len(found) + days + sum(one.firm for one in numbers(sentence, language))


def _apart(share: float, similarity: float | None) -> bool:
    if similarity is None:
        return share < _LEAST
    return share < _LEAST and similarity < _ALIKE or share < _ENOUGH and similarity < _SIMILAR


def _said(sentence: str, language: str, quotes: Sequence[tuple[str, str]]) -> Iterator[Reason]:
    """Yield what every fitting quote holds against the sentence about who says and does what."""
    for kind, test in (
        ("polarity", speech.stance),
        ("speaker", speech.speaker),
        ("attribution", speech.dropped),
        ("attribution", speech.certain),
        ("role", roles.turned),
        ("role", owners.another),
        ("role", agents.changed),
        ("role", takers.crossed),
        ("role", sides.exchanged),
        ("number", amounts.exchanged),
        ("number", amounts.rough),
        ("date", bindings.moved),
    ):
        found = [test(sentence, language, text, code) for text, code in quotes]
        if found and all(found):
            yield Reason(kind, found[0])
