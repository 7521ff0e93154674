"""Where things stand on the page: Gradio's parts, made and named. Knows nothing of what happens when one is used.

It imports Gradio when it is imported itself, which takes seconds: `bot.page.ui` imports it only when a page is built.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import gradio as gr

from bot.page import scope, transcript
from bot.page.keeper import Record
from bot.page.markup import element, text
from bot.page.own import Own
from bot.page.view import View
from bot.strings import LANGUAGES, Language, page

_OWN_NAMES = {"it": "Italiano", "en": "English"}
_SHORT_NAMES = {"it": "IT", "en": "EN"}


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of the page that change.

    Attributes:
        language: state: of the page, "it" or "en".
        turns: state: the conversation.
        view: state: what the source panel shows.
        chosen: state: ids of the only articles that the next question is answered from.
        own: state: what is the visitor's own; closed when they leave.
        record: state: what is kept of the conversation.
        masthead: name and language switch.
        past: the turns before the last.
        live: the last turn, or the welcome; every click of the page comes out of it as an event.
        more: questions to go on with; the browser puts them below the turn that they belong to.
        box: where the question is typed.
        panel: the sources, or another room.
        scope: the line above the question: to which articles it is limited, in which language it is answered.
        kept: a file to be saved; every click on what is kept comes out of it as an event.
        share: how far an article is on its way into the index; the browser puts it where the article stands.
    """

    language: gr.State
    turns: gr.State
    view: gr.State
    chosen: gr.State
    own: gr.State
    record: gr.State
    masthead: gr.HTML
    past: gr.HTML
    live: gr.HTML
    more: gr.HTML
    box: gr.Textbox
    panel: gr.HTML
    scope: gr.HTML
    share: gr.HTML
    kept: gr.HTML


@cache
def asset(name: str) -> str:
    """Return the text of a file in `bot/page/assets`."""
    return files("bot.page").joinpath("assets", name).read_text(encoding="utf-8")


def lay_out(language: Language, sources: str) -> Parts:
    """Make the parts of the page, inside a `gr.Blocks` that is open.

    Args:
        language: that the page starts in.
        sources: HTML of the source panel as it starts.
    """
    states = gr.State(language), gr.State(()), gr.State(View()), gr.State(())
    own, record = gr.State(Own(), delete_callback=Own.close), gr.State(Record())
    head = _html(masthead(language), "masthead", asset("masthead.js"))
    with gr.Row(elem_id="desk", equal_height=True):
        with gr.Column(elem_id="chat", scale=3):
            with gr.Column(elem_id="conversation"):
                past = _html("", "past")
                live = _html(transcript.spoken(transcript.welcomed(language), language), "live", asset("page.js"))
            more = _html("", "more", "watch('value', () => window.ponte?.offer());")
            line = _html(scope.scoped(0, language), "scope")
            box = _box(language)
        with gr.Column(elem_id="sources", scale=2):
            panel = _html(sources, "panel", asset("panel.js"))
            share = _html("", "share", "watch('value', () => window.ponte?.share());")
        kept = _html("", "kept", asset("kept.js"))
    return Parts(*states, own, record, head, past, live, more, box, panel, line, share, kept)


def masthead(language: str) -> str:
    """Return the head of the page with its language switch."""
    labels = page(language)
    name = element("div", text("h1", labels.title) + text("p", labels.tagline, class_="tagline"), class_="name")
    skip = text("button", labels.skip, type="button", class_="skip", data_do="skip")
    drawer = text("button", labels.open_panel, type="button", class_="drawer", data_do="drawer")
    choices = "".join(_choice(code, language) for code in LANGUAGES)
    switch = element("div", choices, class_="languages", role="group", aria_label=labels.language_switch)
    controls = element("div", drawer + switch, class_="controls")
    return element(
        "header", skip + name + controls, lang=language, data_title=labels.title, data_waiting=labels.waiting,
        data_crowded=labels.crowded,
    )  # fmt: skip


def boxed(language: str, busy: bool = False, question: str | None = None) -> Any:
    """Return a change of the question box.

    Args:
        language: of its labels.
        busy: whether an answer can be stopped, rather than a question asked.
        question: what is to stand in it; what the visitor is typing stays, if None.
    """
    labels = page(language)
    value: dict[str, Any] = {} if question is None else {"value": question}
    return gr.update(
        label=labels.question,
        placeholder=labels.placeholder,
        submit_btn=False if busy else labels.ask,
        stop_btn=labels.stop if busy else False,
        **value,
    )


def _choice(code: str, language: str) -> str:
    return text(
        "button", _SHORT_NAMES[code], type="button", lang=code, title=_OWN_NAMES[code], aria_label=_OWN_NAMES[code],
        aria_pressed="true" if code == language else "false", data_do="language", data_code=code,
    )  # fmt: skip


def _box(language: str) -> gr.Textbox:
    labels = page(language)
    return gr.Textbox(
        label=labels.question,
        placeholder=labels.placeholder,
        submit_btn=labels.ask,
        lines=1,
        max_lines=6,
        autofocus=True,
        show_label=False,
        container=False,
        elem_id="box",
        html_attributes=gr.InputHTMLAttributes(autocomplete="off", enterkeyhint="send"),
    )


def _html(value: str, name: str, script: str | None = None) -> gr.HTML:
    return gr.HTML(value, elem_id=name, js_on_load=script, apply_default_css=False)
