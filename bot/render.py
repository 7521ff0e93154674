"""An answer as text: Markdown for people's documents, lines for a terminal, JSON for programs. Never changes a word.

Knows answers only; the page has its own rendering, because a browser wants links and a terminal does not.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.datamodels import Answer, Citation, State, Usage, Verdict
from bot.strings import common
from prompts import load, names

EXTRACTIVE = "extractive"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
# What is markup wherever it stands: signs, the colon of an address, the dot after www, the sign of a mail address.
_MARKUP = re.compile(r"[\\`*_{}\[\]<>#|&~$^]|:(?=//)|(?<=[wW]{3})\.|(?<=[\w.+-])@(?=\w)|(?<=mailto):|(?<=xmpp):")
# What is markup where a line begins with it: a list, a rule, a line under a heading.
_OPENING = re.compile(r"(?m)^([ \t]*(?:\d{1,9}(?=[.)]))?)([-+=.)](?=\s|$|[-=.)]))")


@dataclass(frozen=True, slots=True)
class _Words:
    sources: str
    nearest: str
    quote: str
    unsupported: str
    partly: str
    written: str
    spent: str
    unknown: str
    cached: str
    vain: str
    together: str
    withdrawn: str

    def mark(self, verdict: Verdict) -> str:
        """Return what is said of a sentence that its quotes do not bear out, or not wholly."""
        return self.partly if verdict is Verdict.PARTLY else self.unsupported


_WORDS = {
    "it": _Words(
        "Fonti",
        "Il passaggio più vicino",
        "“{}”",
        "Non confermata",
        "Confermata in parte",
        "Scritta da {model}: {sent} token in entrata, {written} in uscita, {cost}.",
        "{:.4f} dollari",
        "costo ignoto",
        "Scritta da {model} per una domanda precedente: nessun costo.",
        "Un modello è stato interpellato invano: {sent} token in entrata, {written} in uscita, {cost}.",
        "Conversazione: {calls} richieste a un modello, {sent} token in entrata, {written} in uscita, {cost}.",
        "(Il modello stava ragionando: la risposta comincia qui.)",
    ),
    "en": _Words(
        "Sources",
        "The nearest passage",
        "“{}”",
        "Not borne out",
        "Borne out in part",
        "Written by {model}: {sent} tokens in, {written} out, {cost}.",
        "{:.4f} dollars",
        "cost unknown",
        "Written by {model} for an earlier question: no cost.",
        "A model was asked in vain: {sent} tokens in, {written} out, {cost}.",
        "Conversation: {calls} requests to a model, {sent} tokens in, {written} out, {cost}.",
        "(The model was thinking: the answer begins here.)",
    ),
}


def to_json(answer: Answer) -> str:
    """Return the answer as a JSON object, with every field."""
    return json.dumps(answer.as_dict(), ensure_ascii=False, indent=2)


def to_text(answer: Answer) -> str:
    """Return the answer as plain lines: notices, text, then each citation with its quote."""
    return "\n\n".join(part for part in (before_text(answer), answer.text, after_text(answer)) if part)


def before_text(answer: Answer) -> str:
    """Return what stands before the text: how the question was understood, and the notices."""
    understood = common(answer.language).understood.format(question=answer.understood) if answer.understood else ""
    return "\n\n".join(part for part in (understood, *answer.notices) if part)


def after_text(answer: Answer) -> str:
    """Return what stands behind the text: each citation with its quote, what is not borne out, what it took."""
    words, parts = _WORDS[answer.language], []
    if answer.citations:
        parts.append("\n".join([f"{words.sources}:", *(_line(citation) for citation in answer.citations)]))
    if answer.nearest and answer.state is not State.ANSWERED:
        parts.append("\n".join([f"{words.nearest}:", *(_line(citation) for citation in answer.nearest)]))
    parts += [*_marks(answer), _spent(answer)]
    return "\n\n".join(part for part in parts if part)


def _marks(answer: Answer) -> Iterator[str]:
    """Yield, for each sentence that is not wholly borne out, why."""
    for statement in answer.statements:
        if statement.verdict is not None and statement.verdict is not Verdict.SUPPORTED:
            known = names(answer.language)
            why = (
                load(f"reason.{reason.kind}", answer.language).fill(detail=reason.detail)
                for reason in statement.reasons
                if f"reason.{reason.kind}" in known
            )
            yield f"{_WORDS[answer.language].mark(statement.verdict)}: {statement.text}\n  {' '.join(why)}"


def _spent(answer: Answer) -> str:
    """Return who wrote an answer and what it took; nothing where no model was asked."""
    words, usage = _WORDS[answer.language], answer.usage
    if answer.cached:
        return words.cached.format(model=answer.model)
    if not usage.calls:
        return ""
    line = words.vain if answer.model == EXTRACTIVE else words.written
    cost = _cost(usage, answer.language)
    return line.format(model=answer.model, sent=usage.input_tokens, written=usage.output_tokens, cost=cost)


def together(usage: Usage, language: str) -> str:
    """Return what the answers of a conversation took together."""
    sent, written, cost = usage.input_tokens, usage.output_tokens, _cost(usage, language)
    return _WORDS[language].together.format(calls=usage.calls, sent=sent, written=written, cost=cost)


def withdrawn(language: str) -> str:
    """Return what is said where a model turns out to have thought aloud until then."""
    return _WORDS[language].withdrawn


def _cost(usage: Usage, language: str) -> str:
    return _WORDS[language].unknown if usage.cost is None else _WORDS[language].spent.format(usage.cost)


def to_markdown(answer: Answer) -> str:
    """Return the answer as Markdown, quotes as block quotes; nothing that it holds is read as markup."""
    words = _WORDS[answer.language]
    shown = answer.citations or answer.nearest
    label = words.sources if answer.citations else words.nearest
    lines = [f"## {markdown(answer.question)}", *(f"*{markdown(notice)}*" for notice in answer.notices)]
    lines += [markdown(answer.text)]
    if shown:
        lines.append(f"### {label}")
    for citation in shown:
        where = f"{citation.article_id}, {citation.start}–{citation.end}"
        lines.append(
            f"{citation.n}. {markdown(_about(citation))} (`{where}`)\n\n   > {markdown(_flat(citation.quote))}"
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


def markdown(text: str) -> str:
    """Return a text as Markdown that shows it and does nothing else, at the beginning of a line or inside one.

    Neither CommonMark nor the additions of GitHub find anything in it: no link, address, table, formula or list.
    Control characters, which no document needs, become U+FFFD.
    """
    shown = _CONTROL.sub("\ufffd", text.encode("utf-8", "replace").decode())
    shown = _MARKUP.sub(r"\\\g<0>", shown)
    return _OPENING.sub(r"\1\\\2", shown)
