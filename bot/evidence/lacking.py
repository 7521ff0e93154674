"""Hard facts of a question that a sentence and what stands around it lack: dates, numbers and names, each for itself.

The verifier compares; what a question says in a way of its own is left out here: a capital for its country, a nickname
in figures, a counting word. Knows nothing of scores.
"""

import re
from collections.abc import Iterator, Sequence

from bot.datamodels import Reason
from bot.question.analyse import Question
from bot.verify.dates import dates
from bot.verify.facts import Part, unmet
from index.analysis import fold, terms
from index.names import names

# No number of the matter: 007, "the first 1,500", the pronoun that looks like a name.
_LOOSE = {
    "number": re.compile(r"0\d+|(?:the )?(?:first|last)|(?:i |le )?prim[ieo]|un[oa]?|one"),
    "name": re.compile("i"),
}
_SETS_AGAINST = {
    "it": re.compile(r"\b(?:rispetto a\w*|confront\w*|paragon\w*|differen\w+|invece|come faceva\w*)\b|\bo (?!no\b)"),
    "en": re.compile(r"\b(?:compar\w+|differ\w*|than|versus|vs|unlike|against|depart\w*|as the \d{4} one)\b|\bor\b"),
}


def lacking(question: Question, texts: Sequence[str], language: str, date: str | None) -> tuple[Reason, ...]:
    """Return the dates, numbers and names of a question that some texts lack between them.

    Args:
        question: as analysed.
        texts: a sentence, what stands before it, and the title and date of its article.
        language: of the texts.
        date: of their article, ISO 8601.
    """
    parts = [Part(text, language, date) for text in texts if text]
    return tuple(_firm(question, unmet(question.core, question.language, parts), texts, language))


def _firm(question: Question, reasons: Iterator[Reason], texts: Sequence[str], language: str) -> Iterator[Reason]:
    known: frozenset[str] | None = None
    for reason in reasons:
        loose = _LOOSE.get(reason.kind)
        if loose is not None and loose.fullmatch(fold(reason.detail)):
            continue
        if reason.kind == "name":
            phrase = tuple(terms(reason.detail, question.language))
            known = known if known is not None else frozenset(term for text in texts for term in terms(text, language))
            if any(known.issuperset(form) for form in names().metonyms(phrase, question.language, language)):
                continue
        yield reason


def sets_against(question: Question) -> bool:
    """Say whether a question sets things against each other, so that each may be told by a sentence of its own."""
    if _SETS_AGAINST[question.language].search(fold(question.core)):
        return True
    return len({day.span for day in dates(question.core, question.language)}) > 1
