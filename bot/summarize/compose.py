"""From facts in order to a summary: sections, numbers, the text in its shape. Never changes a word of a quote."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.datamodels import Citation, Statement, cite
from bot.summarize.values import Section, Sentence, Told
from bot.summarize.wish import Shape
from prompts import load

# Sentences that a paragraph has before another begins, and that the other has to have.
_PARAGRAPH, _LAST = 3, 2


@dataclass(frozen=True, slots=True)
class Composed:
    """A summary's text and what it is made of."""

    text: str
    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    sections: tuple[Section, ...]


def compose(facts: Sequence[Told], shape: Shape, language: str) -> Composed:
    """Lay out a summary.

    Args:
        facts: in the order in which they are said; those of one label stand together.
        shape: the layout.
        language: of the summary.
    """
    numbering = _Numbering()
    statements = tuple(_statement(fact, numbering, language) for fact in facts)
    sections = tuple(_sections(facts, shape))
    parts = [_laid_out(section, facts, statements, shape, language) for section in sections]
    text = ("\n" if shape in (Shape.BULLETS, Shape.TIMELINE) else "\n\n").join(parts)
    return Composed(text, statements, tuple(numbering.citations), sections)


def _statement(fact: Told, numbering: "_Numbering", language: str) -> Statement:
    numbers = tuple(dict.fromkeys(numbering.number(sentence) for sentence in (fact.said, *fact.also)))
    if fact.text:
        return Statement(fact.text, numbers, language, fact.verdict, fact.reasons)
    return Statement(fact.said.flat, numbers, fact.said.language)


def _sections(facts: Sequence[Told], shape: Shape) -> Iterator[Section]:
    if shape in (Shape.TIMELINE, Shape.SIDES):
        for label, group in groupby(range(len(facts)), key=lambda n: facts[n].label):
            yield Section(label, tuple(group))
        return
    if shape is Shape.BULLETS:
        yield from (Section("", (n,)) for n in range(len(facts)))
        return
    part: list[int] = []
    for n, fact in enumerate(facts):
        enough = len(part) >= _PARAGRAPH and len(facts) - n >= _LAST
        if enough and _turns(facts[n - 1].said, fact.said):
            yield Section("", tuple(part))
            part = []
        part.append(n)
    if part:
        yield Section("", tuple(part))


def _turns(one: Sentence, other: Sentence) -> bool:
    return one.article.id != other.article.id or one.paragraph != other.paragraph


def _laid_out(
    section: Section, facts: Sequence[Told], statements: Sequence[Statement], shape: Shape, language: str
) -> str:
    said = [_marked(statements[n], facts[n].original, language) for n in section.statements]
    if shape is Shape.BULLETS:
        return f"- {said[0]}"
    if shape is Shape.TIMELINE:
        return f"- {section.label}: {' '.join(said)}"
    if shape is Shape.SIDES:
        return "\n".join([f"{section.label}:", *(f"- {sentence}" for sentence in said)])
    return " ".join(said)


def _marked(statement: Statement, original: bool, language: str) -> str:
    quote = statement.text
    if original:
        mark = load(f"summary.mark_{statement.language}", language).fill()
        quote = f"“{quote}” {mark}"
    return quote + "".join(f" [{n}]" for n in statement.citations)


class _Numbering:
    """Numbers quotes from 1 in order of appearance; the same span keeps its number."""

    def __init__(self) -> None:
        self.citations: list[Citation] = []
        self._known: dict[tuple[str, int, int], int] = {}

    def number(self, sentence: Sentence) -> int:
        span = (sentence.article.id, sentence.start, sentence.end)
        if span not in self._known:
            self._known[span] = len(self.citations) + 1
            self.citations.append(cite(self._known[span], sentence.article, sentence.start, sentence.end))
        return self._known[span]
