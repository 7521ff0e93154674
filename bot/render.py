"""An answer as text: Markdown for people's documents, lines for a terminal, JSON for programs. Never changes a word.

Knows answers only; the page has its own rendering, because a browser wants links and a terminal does not.
"""

import json
from dataclasses import dataclass

from bot.datamodels import Answer, Citation, State
from bot.strings import common


@dataclass(frozen=True, slots=True)
class _Words:
    sources: str
    nearest: str
    quote: str


_WORDS = {
    "it": _Words("Fonti", "Il passaggio più vicino", "“{}”"),
    "en": _Words("Sources", "The nearest passage", "“{}”"),
}


def to_json(answer: Answer) -> str:
    """Return the answer as a JSON object, with every field."""
    return json.dumps(answer.as_dict(), ensure_ascii=False, indent=2)


def to_text(answer: Answer) -> str:
    """Return the answer as plain lines: notices, text, then each citation with its quote."""
    words = _WORDS[answer.language]
    understood = common(answer.language).understood.format(question=answer.understood) if answer.understood else ""
    parts = [understood, *answer.notices, answer.text]
    if answer.citations:
        parts.append("\n".join([f"{words.sources}:", *(_line(citation) for citation in answer.citations)]))
    if answer.nearest and answer.state is not State.ANSWERED:
        parts.append("\n".join([f"{words.nearest}:", *(_line(citation) for citation in answer.nearest)]))
    return "\n\n".join(part for part in parts if part)


def to_markdown(answer: Answer) -> str:
    """Return the answer as Markdown, quotes as block quotes; nothing that it holds is read as markup."""
    words = _WORDS[answer.language]
    shown = answer.citations or answer.nearest
    label = words.sources if answer.citations else words.nearest
    lines = [f"## {_escaped(answer.question)}", *(f"*{_escaped(notice)}*" for notice in answer.notices)]
    lines += [_escaped(answer.text)]
    if shown:
        lines.append(f"### {label}")
    for citation in shown:
        where = f"{citation.article_id}, {citation.start}–{citation.end}"
        lines.append(
            f"{citation.n}. {_escaped(_about(citation))} (`{where}`)\n\n   > {_escaped(_flat(citation.quote))}"
        )
    return "\n\n".join(lines) + "\n"


def _line(citation: Citation) -> str:
    where = f"{citation.article_id} {citation.start}-{citation.end}"
    return f"  [{citation.n}] {_WORDS['en'].quote.format(_flat(citation.quote))}\n      {_about(citation)} ({where})"


def _about(citation: Citation) -> str:
    return ", ".join(part for part in (citation.title, citation.source, citation.date) if part)


def _flat(quote: str) -> str:
    """Return a quote on one line, for reading; the citation keeps it as it stands in the source."""
    return " ".join(quote.split())


def _escaped(text: str) -> str:
    return "".join(f"\\{char}" if char in "\\`*_{}[]<>#|!" else char for char in text)
