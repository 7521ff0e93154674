"""Marks beside and below an answer, as HTML: how a sentence was checked, what a model took, what it rests on.

They explain themselves when hovered or focused. Knows answers; nothing of conversations, Gradio or the bot.
"""

from collections import Counter
from collections.abc import Sequence

from bot.datamodels import Answer, Citation, Statement, Usage, Verdict
from bot.page.labels import labels
from bot.page.markup import element, escape, text
from bot.page.voice_labels import dollars, voice_labels
from bot.render import EXTRACTIVE

_SIGNS = {Verdict.SUPPORTED: "✓", Verdict.PARTLY: "≈", Verdict.UNSUPPORTED: "!"}


def checked(statement: Statement, language: str, name: str) -> str:
    """Return the mark of a sentence that was checked against its quotes; nothing where nothing was to be checked.

    Args:
        statement: of an answer.
        language: of the labels.
        name: unique on the page; the explanation's id.
    """
    if statement.verdict is None:
        return ""
    words = labels(language)
    verdict = words.verdict(statement.verdict.value)
    why = "".join(text("span", words.reason(reason.kind, reason.detail), class_="why") for reason in statement.reasons)
    told = text("strong", verdict) + why
    button = text(
        "button", _SIGNS[statement.verdict], type="button", class_=f"verdict {statement.verdict.value}",
        aria_label=verdict, aria_describedby=name, data_do="explain",
    )  # fmt: skip
    tip = element("span", element("span", told, lang=language), class_="tip", id=name, role="tooltip", hidden=True)
    return button + tip


def drafted(draft: str, language: str) -> str:
    """Return what a model is writing, shown as not checked; not read aloud before it is."""
    label = text("span", labels(language).draft, class_="label")
    return element("p", label + escape(draft), class_="draft", aria_live="off") if draft else ""


def used(answer: Answer, language: str, total: Usage) -> str:
    """Return what a language model took for an answer, and for the conversation; nothing where none was asked."""
    usage = answer.usage
    if not usage.calls and not answer.cached:
        return ""
    words, more = labels(language), voice_labels(language)
    line = more.vain if answer.model == EXTRACTIVE else words.usage
    parts = [line.format(model=answer.model, input=usage.input_tokens, output=usage.output_tokens)]
    if answer.cached:
        parts.append(words.cached)
    elif usage.cost is None:
        parts.append(words.cost_unknown)
    elif usage.cost:
        parts.append(dollars(usage.cost, language))
    if total.calls > usage.calls:
        cost = more.cost_unknown if total.cost is None else dollars(total.cost, language)
        parts.append(more.total.format(input=total.input_tokens, output=total.output_tokens, cost=cost))
    return text("p", " · ".join(parts), class_="usage")


def rested(citations: Sequence[Citation], language: str) -> str:
    """Return a bar with a part for each article that an answer rests on, as wide as its share of the citations."""
    counted = Counter(citation.article_id for citation in citations)
    if len(counted) < 2:
        return ""
    words, titles = labels(language), {citation.article_id: citation for citation in citations}
    parts = "".join(_part(titles[article_id], count, words.times(count)) for article_id, count in counted.items())
    return element("div", parts, class_="rests", role="group", aria_label=words.rests, lang=language)


def _part(citation: Citation, count: int, times: str) -> str:
    title = text("span", citation.title, lang=citation.language, dir="auto")
    return element(
        "button", title, type="button", class_=f"rest n{min(count, 6)}",
        data_do="open", data_id=citation.article_id, title=f"{citation.title} · {times}",
        aria_label=f"{citation.title} · {times}",
    )  # fmt: skip
