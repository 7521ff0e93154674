"""A conversation as Markdown: questions as headings, quotes as block quotes; nothing in it is read as markup."""

import re
from collections.abc import Iterator

from bot.datamodels import Citation, Statement
from bot.export.blocks import Block, blocks
from bot.export.words import Words, about, words
from bot.records import Conversation, Exchange
from bot.render import markdown
from bot.strings import common


def to_markdown(conversation: Conversation, language: str) -> str:
    """Return a conversation as Markdown.

    Args:
        conversation: to be written.
        language: of the labels around it; those inside an answer follow the answer.
    """
    labels = words(language)
    parts = [f"# {_line(conversation.title)}", f"*{_line(labels.from_ponte)}*"]
    for exchange in conversation.exchanges:
        parts += _exchange(exchange)
    return "\n\n".join(parts) + "\n"


def _exchange(exchange: Exchange) -> Iterator[str]:
    answer, labels = exchange.answer, words(exchange.answer.language)
    yield f"## {_line(answer.question)}"
    if exchange.asked:
        yield f"*{_line(exchange.asked)}*"
    if answer.understood:
        yield f"*{_line(common(answer.language).understood.format(question=answer.understood))}*"
    yield from (f"*{_line(notice)}*" for notice in answer.notices)
    yield from _blocks(blocks(answer), labels)
    if not exchange.complete:
        yield f"*{_line(labels.stopped)}*"
    shown = answer.citations or answer.nearest
    if shown:
        yield f"### {_line(labels.quotes if answer.citations else labels.nearest)}"
    yield from (_citation(citation, exchange, labels) for citation in shown)


def _blocks(found: list[Block], labels: Words) -> Iterator[str]:
    points: list[str] = []
    for block in found:
        text = "".join(_part(part, labels) for part in block.parts).strip()
        if block.point:
            points.append(f"- {text}")
            continue
        if points:
            yield "\n".join(points)
            points = []
        yield text
    if points:
        yield "\n".join(points)


def _part(part: str | Statement | int, labels: Words) -> str:
    if isinstance(part, int):
        return f" \\[{part}\\]"
    if isinstance(part, str):
        return _inside(part)
    verdict = labels.verdict(part.verdict)
    return _inside(part.text) + (f" *({_line(verdict)})*" if verdict else "")


def _citation(citation: Citation, exchange: Exchange, labels: Words) -> str:
    where = labels.place.format(id=citation.article_id, start=citation.start, end=citation.end)
    head = ", ".join(part for part in (f"**{_line(citation.title)}**", _line(about(citation))) if part)
    status = labels.status(exchange, citation)
    lines = [f"{citation.n}. {head} ({_line(where)})", "", *(f"   > {line}" for line in _lines(citation.quote))]
    return "\n".join([*lines, *(["", f"   *{_line(status)}*"] if status else [])])


def _lines(quote: str) -> list[str]:
    """Return the lines of a quote as Markdown; a backslash at its end keeps a line a line."""
    lines = [markdown(line.strip(" \t")) for line in re.split(r"\r\n|\r|\n", quote)]
    return [
        f"{line}\\" if line and following else line for line, following in zip(lines, [*lines[1:], ""], strict=True)
    ]


def _line(text: str) -> str:
    return markdown(" ".join(text.split()))


def _inside(text: str) -> str:
    """Return a piece of a line; blanks at its ends stay, so that it does not stick to its neighbours."""
    inner = _line(text)
    before, after = (" " if text[:1].isspace() else ""), (" " if text[-1:].isspace() else "")
    return f"{before}{inner}{after}" if inner else before
