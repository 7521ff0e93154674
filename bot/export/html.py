"""A conversation as one HTML file that needs nothing else: no script, no font, no request to anywhere.

Each number behind a sentence leads to its quote further down, and the quote leads back. All that is shown is escaped.
"""

import html
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from bot.datamodels import Citation, Statement
from bot.export.blocks import Block, blocks
from bot.export.words import Words, about, words
from bot.records import Conversation, Exchange
from bot.strings import common, known

# A browser that keeps to this loads nothing, runs nothing and sends nothing, whatever the text says.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def to_html(conversation: Conversation, language: str) -> str:
    """Return a conversation as a whole HTML document.

    Args:
        conversation: to be written.
        language: of the labels around it; those inside an answer follow the answer.
    """
    labels = words(language)
    title = _escaped(" ".join(conversation.title.split()))
    sections = "\n".join(_exchange(exchange, n) for n, exchange in enumerate(conversation.exchanges, 1))
    return (
        f'<!doctype html>\n<html lang="{known(language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n<meta name="referrer" content="no-referrer">\n'
        f"<title>{title}</title>\n<style>\n{_style()}</style>\n</head>\n<body>\n<main>\n<header>\n"
        f'<h1 dir="auto" lang="">{title}</h1>\n<p class="lead">{_escaped(labels.from_ponte)}</p>\n</header>\n'
        f"{_contents(conversation, labels)}{sections}\n</main>\n</body>\n</html>\n"
    )


@cache
def _style() -> str:
    return files("bot.export").joinpath("document.css").read_text(encoding="utf-8")


def _contents(conversation: Conversation, labels: Words) -> str:
    """Return links to the questions, where there are several."""
    if len(conversation.exchanges) < 2:
        return ""
    items = "".join(
        f'<li><a href="#q{n}" dir="auto" lang="">{_escaped(exchange.answer.question)}</a></li>'
        for n, exchange in enumerate(conversation.exchanges, 1)
    )
    return f'<nav aria-label="{_escaped(labels.contents)}"><ol>{items}</ol></nav>\n'


def _exchange(exchange: Exchange, number: int) -> str:
    answer = exchange.answer
    labels = words(answer.language)
    asked = f'<p class="asked"><time datetime="{_escaped(exchange.asked)}">{_day(exchange, answer.language)}</time></p>'
    parts = [
        f'<h2 id="q{number}" dir="auto" lang="">{_escaped(answer.question)}</h2>',
        asked if exchange.asked else "",
        *(f'<p class="notice">{_escaped(notice)}</p>' for notice in _notices(exchange)),
        "".join(_blocks(exchange, number, labels)),
        "" if exchange.complete else f'<p class="notice">{_escaped(labels.stopped)}</p>',
    ]
    shown = answer.citations or answer.nearest
    if shown:
        title = labels.quotes if answer.citations else labels.nearest
        items = "".join(_citation(citation, exchange, number, labels) for citation in shown)
        parts.append(f"<h3>{_escaped(title)}</h3><ol>{items}</ol>")
    body = "\n".join(part for part in parts if part)
    return f'<section class="{answer.state.value}" lang="{known(answer.language)}">\n{body}\n</section>'


def _day(exchange: Exchange, language: str) -> str:
    day, _, time = exchange.asked.partition("T")
    return _escaped(f"{common(language).date(day)}, {time[:5]} UTC" if time else exchange.asked)


def _notices(exchange: Exchange) -> Iterator[str]:
    answer = exchange.answer
    if answer.understood:
        yield common(answer.language).understood.format(question=answer.understood)
    yield from answer.notices


def _blocks(exchange: Exchange, number: int, labels: Words) -> Iterator[str]:
    seen: set[int] = set()
    listed = False
    for block in blocks(exchange.answer):
        if block.point != listed:
            yield "<ul>" if block.point else "</ul>"
            listed = block.point
        name = "li" if block.point else "p"
        yield f"<{name}>{_parts(block, exchange, number, labels, seen)}</{name}>\n"
    if listed:
        yield "</ul>"


def _parts(block: Block, exchange: Exchange, number: int, labels: Words, seen: set[int]) -> str:
    said = []
    for part in block.parts:
        if isinstance(part, int):
            # The quote leads back to the first sentence that rests on it.
            back = "" if part in seen else f' id="r{number}-{part}"'
            seen.add(part)
            label = _escaped(labels.quote.format(n=part))
            said.append(f'<a class="chip"{back} href="#c{number}-{part}" aria-label="{label}">{part}</a>')
        elif isinstance(part, Statement):
            said.append(_said(part, exchange, labels))
        else:
            said.append(_escaped(part))
    return "".join(said)


def _said(statement: Statement, exchange: Exchange, labels: Words) -> str:
    foreign = statement.language and statement.language != exchange.answer.language
    lang = f' lang="{known(statement.language)}"' if foreign else ""
    verdict = labels.verdict(statement.verdict)
    mark = f' <span class="verdict">({_escaped(verdict)})</span>' if verdict else ""
    return f'<span dir="auto"{lang}>{_escaped(statement.text)}</span>{mark}'


def _citation(citation: Citation, exchange: Exchange, number: int, labels: Words) -> str:
    cited = bool(exchange.answer.citations)
    back = _escaped(labels.back)
    link = f' <a class="back" href="#r{number}-{citation.n}" aria-label="{back}" title="{back}">↩</a>' if cited else ""
    status = labels.status(exchange, citation)
    told = f'<p class="status">{_escaped(status)}</p>' if status else ""
    place = labels.place.format(id=citation.article_id, start=citation.start, end=citation.end)
    meta = " · ".join(part for part in (_meta(citation, exchange.answer.language), _escaped(place)) if part)
    lang = known(citation.language)
    return (
        f'<li id="c{number}-{citation.n}" value="{citation.n}">'
        f'<blockquote lang="{lang}" dir="auto">{_escaped(citation.quote)}</blockquote>'
        f'<p class="meta"><cite lang="{lang}" dir="auto">{_escaped(citation.title)}</cite> · {meta}{link}</p>'
        f"{told}</li>"
    )


def _meta(citation: Citation, language: str) -> str:
    dated = citation.date is not None
    where = about(citation)
    if dated:
        parts = (citation.source, common(language).date(citation.date))
        where = ", ".join(part for part in parts if part)
    return _escaped(where)


def _escaped(text: str) -> str:
    """Return a text as HTML that shows it and does nothing else, in an element or a quoted attribute."""
    shown = _CONTROL.sub("\ufffd", text.encode("utf-8", "replace").decode())
    return html.escape(shown, quote=True).replace("\r", "&#13;")
