"""Citations judged: are the sentences of an answer supported by what they cite, and is each citation needed?

Citation recall and precision as ALCE defines them (Gao et al., "Enabling Large Language Models to Generate Text with
Citations", EMNLP 2023), with our verifier in the place of its model of entailment. Knows answers; nothing of what is
right for a question.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from bot.datamodels import Answer, Citation, Statement, Verdict
from bot.verify.check import Finding, Quote, check
from bot.verify.speech import attributed
from index.article import Article
from index.language import SURE, detect
from prompts import LANGUAGES, load, names

_OURS = ("frame.", "silence.", "notice.", "summary.")
_LEAST = 8
_LOST = ("attribution", "speaker")


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence of an answer, and what its citations are worth.

    Attributes:
        statement: the sentence.
        supported: whether all its quotes together bear it out in full (ALCE: its citation recall).
        needed: for each of its citations, whether it counts (ALCE: its citation precision).
        attributed: whether a quote of it says who says so; `kept`: whether the sentence still does.
        verbatim: whether it is a quote of its, word for word.
    """

    statement: Statement
    supported: bool
    needed: tuple[bool, ...]
    attributed: bool
    kept: bool
    verbatim: bool


def judge_answer(answer: Answer) -> tuple[Judged, ...]:
    """Judge every sentence of an answer that claims something; our own frames around quotes claim nothing."""
    by_number = {citation.n: citation for citation in answer.citations}
    claims = [s for s in answer.statements if s.citations or not is_frame(s.text)]
    return tuple(_judge(statement, by_number) for statement in claims)


def exact(citation: Citation, articles: Mapping[str, Article]) -> bool:
    """Tell whether a quote stands in its article where it says."""
    article = articles.get(citation.article_id)
    if article is None or not 0 <= citation.start < citation.end <= len(article.text):
        return False
    return article.text[citation.start : citation.end] == citation.quote


def speaks(answer: Answer, language: str) -> bool:
    """Tell whether an answer is in a language: what it says itself, that is, not the originals that it quotes."""
    quotes = {_even(citation.quote) for citation in answer.citations}
    own = [s.text for s in answer.statements if _even(s.text) not in quotes] or ([] if quotes else [answer.text])
    found = [detect(text) for text in own]
    wrong = any(f.confidence >= SURE and f.code != language for f in found)
    return answer.language == language and not wrong


def is_frame(text: str) -> bool:
    """Tell whether a sentence is one of the texts that Ponte puts around quotes, of `prompts/`."""
    return any(pattern.fullmatch(text.strip()) for pattern in _frames())


@cache
def _frames() -> tuple[re.Pattern[str], ...]:
    texts = [load(name, code).text for code in LANGUAGES for name in names(code) if name.startswith(_OURS)]
    shaped = [re.split(r"\$(?:\w+|\{\w+\})", text) for text in texts]
    # A template that is nothing but a variable would make anything a frame.
    return tuple(
        re.compile(r".{0,400}?".join(map(re.escape, pieces)), re.DOTALL)
        for pieces in shaped
        if len("".join(pieces).strip()) >= _LEAST
    )


def _judge(statement: Statement, by_number: Mapping[int, Citation]) -> Judged:
    cited = [by_number[n] for n in statement.citations if n in by_number]
    quotes = [Quote(citation.quote, citation.language, citation.date) for citation in cited]
    whole = _check(statement, quotes)
    supported = whole.verdict is Verdict.SUPPORTED and len(cited) == len(statement.citations) > 0
    needed = tuple(supported and _counts(statement, quotes, n) for n in range(len(quotes)))
    said = any(attributed(quote.text, quote.language) for quote in quotes)
    verbatim = _even(statement.text) in {_even(quote.text) for quote in quotes}
    kept = verbatim or not any(reason.kind in _LOST for reason in whole.reasons)
    return Judged(
        statement, supported, needed + (False,) * (len(statement.citations) - len(cited)), said, kept, verbatim
    )


def _counts(statement: Statement, quotes: Sequence[Quote], n: int) -> bool:
    """Tell whether a citation supports by itself, or is missed when it is left out."""
    if len(quotes) == 1 or _check(statement, quotes[n : n + 1]).verdict is Verdict.SUPPORTED:
        return True
    return _check(statement, [*quotes[:n], *quotes[n + 1 :]]).verdict is not Verdict.SUPPORTED


def _check(statement: Statement, quotes: Sequence[Quote]) -> Finding:
    return check(statement.text, statement.language, quotes)


def _even(text: str) -> str:
    return " ".join(text.split())
