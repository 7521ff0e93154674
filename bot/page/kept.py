"""The room of kept conversations, what exports and thumbs look like, as HTML. Knows what is kept; nothing of Gradio."""

import base64
import re
from collections.abc import Sequence

from bot.datamodels import Citation
from bot.feedback import LONGEST, REASONS
from bot.history import Kept
from bot.history.store import START, STOP
from bot.page.frame import framed
from bot.page.kept_labels import Labels, kept_labels
from bot.page.markup import element, escape, text
from bot.page.turns import Stage, Turn
from bot.strings import common


def listed(
    conversations: Sequence[Kept], language: str, keeps: bool, days: int, find: str = "", current: str = "",
    known: bool = True,
) -> str:  # fmt: skip
    """Return the room.

    Args:
        conversations: of the visitor, those that were found where something was sought.
        language: of the labels.
        keeps: whether the visitor wants conversations to be kept.
        days: that one is kept after it was last used.
        find: what was sought.
        current: id of the conversation that is open.
        known: whether the visitor can be told from others.
    """
    words = kept_labels(language)
    if not known:
        return _framed(text("h2", words.title) + text("p", words.nobody, class_="notice"), language)
    rows = "".join(_row(kept, words, language, kept.id == current) for kept in conversations)
    nothing = text("p", words.none_found if find else words.none, class_="none", role="status")
    parts = (
        text("h2", words.title),
        text("p", words.lead.format(days=days), class_="lead"),
        text("p", words.own, class_="lead"),
        _keeping(words, keeps),
        _search(words, find) if conversations or find else "",
        element("ul", rows, class_="articles talks") if rows else nothing,
        _clearing(words) if conversations and not find else "",
    )
    return _framed("".join(parts), language)


def saved(name: str, kind: str, content: str, turn: str) -> str:
    """Return a file for the browser to save.

    Args:
        name: of the file.
        kind: its media type.
        content: its text.
        turn: something that is new each time, so that the same file can be saved twice.
    """
    data = base64.b64encode(content.encode("utf-8", "replace")).decode()
    return element("div", class_="file", data_name=name, data_kind=kind, data_content=data, data_once=turn)


def exporting(language: str) -> str:
    """Return the menu below a conversation that saves it as a file."""
    words = kept_labels(language)
    buttons = "".join(
        text("button", form, type="button", data_kept="export", data_form=name,
             aria_label=words.export_as.format(form=form))
        for name, form in words.forms
    )  # fmt: skip
    menu = element("span", buttons, class_="forms")
    return element("details", text("summary", words.export) + menu, class_="exports")


def rated(turn: Turn) -> str:
    """Return the thumbs below an answer, with the form that asks why; nothing where there is no answer."""
    if turn.answer is None or turn.stage is not Stage.DONE:
        return ""
    words = kept_labels(turn.language)
    thumbs = "".join(
        text("button", "", type="button", class_=f"thumb {verdict}", data_kept="rate", data_verdict=verdict,
             aria_pressed="true" if turn.verdict == verdict else "false", aria_label=label, title=label)
        for verdict, label in (("up", words.up), ("down", words.down))
    )  # fmt: skip
    forms = "".join(_why(turn, verdict, words) for verdict in REASONS)
    told = element("p", class_="thanks", role="status", data_thanks=words.thanks)
    return element(
        "div", element("div", thumbs, class_="thumbs", role="group", aria_label=words.rate) + forms + told,
        class_="rating", data_turn=turn.key, lang=turn.language,
    )  # fmt: skip


def lost(turn: Turn) -> str:
    """Return what is said above an answer some of whose quotes no longer stand in their article."""
    count = len({*turn.changed, *turn.removed})
    return text("p", kept_labels(turn.language).lost(count), class_="notice lost") if count else ""


def fated(turn: Turn, citation: Citation) -> str:
    """Return what became of a quote's article since the answer; empty where the quote still stands in it."""
    words = kept_labels(turn.language)
    if citation in turn.removed:
        return words.was_own if citation.article_id in turn.own else words.removed
    return words.changed if citation in turn.changed else ""


def _framed(content: str, language: str) -> str:
    return framed("history", element("div", content, class_="adding"), language, room="history")


def _keeping(words: Labels, keeps: bool) -> str:
    box = element("input", type="checkbox", class_="keeping", checked=keeps)
    off = "" if keeps else text("p", words.off, class_="notice")
    return element("label", box + escape(f" {words.keep}"), class_="check") + off


def _search(words: Labels, find: str) -> str:
    return element(
        "div",
        element("input", type="search", aria_label=words.find, placeholder=words.find, value=find,
                autocomplete="off", maxlength=200),
        class_="seek", role="search",
    )  # fmt: skip


def _row(kept: Kept, words: Labels, language: str, current: bool) -> str:
    title = text("span", kept.title, class_="title", lang="", dir="auto")
    here = text("span", words.here, class_="own") if current else ""
    meta = f"{common(language).date(kept.changed[:10])} · {words.questions(kept.exchanges)}"
    excerpt = element("span", _marked(kept.excerpt), class_="excerpt", lang="", dir="auto") if kept.excerpt else ""
    opens = element(
        "button", title + element("span", here + escape(meta), class_="meta") + excerpt, type="button",
        class_="open", data_kept="open", data_id=kept.id, aria_current="true" if current else None,
    )  # fmt: skip
    return element(
        "li",
        opens
        + _icon("rename", "✎", words.rename.format(title=kept.title))
        + _icon("delete", "×", words.delete.format(title=kept.title))
        + _renaming(kept, words)
        + _sure(words.sure, "gone", words),
        data_id=kept.id,
    )


def _icon(name: str, sign: str, label: str) -> str:
    return text("button", sign, type="button", class_="remove", data_kept=name, aria_label=label, title=label)


def _renaming(kept: Kept, words: Labels) -> str:
    field = element(
        "input", type="text", class_="new-title", value=kept.title, maxlength=120, aria_label=words.new_title,
        autocomplete="off",
    )  # fmt: skip
    buttons = text("button", words.save, type="button", class_="primary", data_kept="renamed") + text(
        "button", words.cancel, type="button", data_kept="cancel"
    )
    return element("div", field + element("div", buttons, class_="picks"), class_="asks renaming", hidden=True)


def _sure(question: str, act: str, words: Labels) -> str:
    buttons = text("button", words.yes, type="button", class_="primary", data_kept=act) + text(
        "button", words.cancel, type="button", data_kept="cancel"
    )
    return element(
        "div", text("p", question) + element("div", buttons, class_="picks"), class_="asks sure", role="group",
        aria_label=question, hidden=True,
    )  # fmt: skip


def _clearing(words: Labels) -> str:
    button = text("button", words.clear, type="button", data_kept="delete")
    asks = _sure(words.clear_sure, "cleared", words)
    return element("div", element("div", button, class_="picks") + asks, class_="clearing")


def _marked(excerpt: str) -> str:
    parts = re.split(f"{START}(.*?){STOP}", excerpt, flags=re.DOTALL)
    return "".join(text("mark", part) if n % 2 else escape(part) for n, part in enumerate(parts))


def _why(turn: Turn, verdict: str, words: Labels) -> str:
    name = f"why-{turn.key}-{verdict}"
    choices = "".join(
        element("label", element("input", type="radio", name_=name, value=reason) + escape(words.reason(reason)))
        for reason in REASONS[verdict]
    )
    field = element("textarea", rows=2, maxlength=LONGEST, aria_label=words.words, placeholder=words.words)
    buttons = text("button", words.send, type="button", class_="primary", data_kept="why") + text(
        "button", words.cancel, type="button", data_kept="later"
    )
    legend = text("legend", words.why)
    content = legend + element("div", choices, class_="choices") + field + text("p", words.given, class_="given")
    return element(
        "fieldset", content + element("div", buttons, class_="picks"), class_="why", data_verdict=verdict, hidden=True
    )
