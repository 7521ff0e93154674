"""Two sources that count the same and come to different figures, however small: neither is left out.

Knows two sentences and a question; nothing of which sentences are chosen.
"""

from collections.abc import Iterator

from bot.evidence.sentence import Sentence
from bot.question.analyse import Question
from bot.question.kinds import Kind
from bot.verify.amounts import counted
from bot.verify.dates import dates
from bot.verify.pieces import Piece, pieces, same

_COUNTING = frozenset({Kind.HOW_MANY, Kind.HOW_MUCH})
_DAY = tuple[int | None, int | None, int | None]


def rival(one: Sentence, other: Sentence, question: Question) -> bool:
    """Say whether two sentences of two articles give different figures for what a question counts.

    What is counted is the question's noun, right behind both figures, in either language. Sentences that name days and
    share none tell of two events.
    """
    if question.kind not in _COUNTING or one.hit.article.id == other.hit.article.id:
        return False
    days, others = _days(one), _days(other)
    if days and others and not days & others:
        return False
    asked = [piece for piece in pieces(question.text, question.language) if piece.term in question.focus_set]
    first, second = set(_figures(one, asked)), set(_figures(other, asked))
    return bool(first and second) and not first & second


def _figures(sentence: Sentence, asked: list[Piece]) -> Iterator[float]:
    for number, what in counted(sentence.text, sentence.language):
        if number.firm and not number.unit and what and any(same(what[0], piece) for piece in asked):
            yield number.value


def _days(sentence: Sentence) -> set[_DAY]:
    return {
        (day.year, day.month, day.day)
        for day in dates(sentence.text, sentence.language, sentence.hit.article.date)
        if day.day is not None
    }
