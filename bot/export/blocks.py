"""An answer taken apart for a document: paragraphs and points, and in them what is said and the numbers behind it.

The layout is that of `Answer.text`; the words are those of its statements. Knows neither Markdown nor HTML.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.datamodels import Answer, Statement


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or a point of a list.

    Attributes:
        point: whether it is a point.
        parts: texts between statements, statements, and numbers of citations, in reading order.
    """

    point: bool
    parts: tuple[str | Statement | int, ...]


@dataclass(slots=True)
class _Page:
    blocks: list[Block] = field(default_factory=list)
    point: bool = False
    parts: list[str | Statement | int] = field(default_factory=list)

    def end(self) -> None:
        if any(not isinstance(part, str) or part.strip() for part in self.parts):
            self.blocks.append(Block(self.point, tuple(self.parts)))
        self.parts, self.point = [], False

    def write(self, text: str) -> None:
        for n, line in enumerate(text.split("\n")):
            if n:
                self.end()
            if not self.parts and line.startswith("- "):
                self.point, line = True, line[2:]
            if line:
                self.parts.append(line)


def blocks(answer: Answer) -> list[Block]:
    """Return the answer in blocks; each statement is in one of them, followed by the numbers of its citations."""
    page, known = _Page(), {citation.n for citation in answer.citations}
    for text, statement in _apart(answer):
        page.write(text)
        if statement is not None:
            page.parts.append(statement)
            page.parts += [n for n in statement.citations if n in known]
    page.end()
    return page.blocks


def _apart(answer: Answer) -> Iterator[tuple[str, Statement | None]]:
    """Yield each statement with what stands before it, its markers taken out; at last what stands behind all."""
    places, at = [], 0
    for statement in answer.statements:
        start = answer.text.find(statement.text, at)
        if start < 0:
            # A text that is not made of its statements: they are what is verified, so they are what is shown.
            yield from (("\n\n", one) for one in answer.statements)
            return
        at = start + len(statement.text)
        places.append((start, at))
    at = 0
    cited: tuple[int, ...] = ()
    for statement, (start, end) in zip(answer.statements, places, strict=True):
        yield _unmarked(answer.text[at:start], cited), statement
        at, cited = end, statement.citations
    yield _unmarked(answer.text[at:], cited), None


def _unmarked(text: str, numbers: tuple[int, ...]) -> str:
    for n in numbers:
        text = text.replace(f" [{n}]", "", 1)
    return text
