"""The room in which a visitor asks for a summary, as HTML. The summary itself becomes a turn of the conversation."""

from bot.page.frame import framed
from bot.page.labels import labels
from bot.page.markup import element, text
from bot.strings import LANGUAGES, common


def asked_for(language: str) -> str:
    """Return the room: layout, length, language and focus of a summary of the chosen articles, or of all."""
    words = labels(language)
    languages = [("", words.sum_as_sources), *((code, common(language).language(code)) for code in LANGUAGES)]
    focus = element("input", type="text", data_wish="focus", maxlength=300, autocomplete="off")
    content = (
        text("h2", words.sum_title)
        + text("p", words.sum_lead, class_="lead")
        + _select("shape", words.sum_shape, words.sum_shapes)
        + _select("preset", words.sum_length, words.sum_lengths)
        + _select("language", words.sum_language, languages)
        + element("label", text("span", words.sum_focus) + focus)
        + element("div", text("button", words.sum_make, type="button", class_="primary", data_do="sum"), class_="picks")
    )
    return framed("sums", element("div", content, class_="adding summing"), language, room="summaries")


def _select(name: str, label: str, choices: tuple[tuple[str, str], ...] | list[tuple[str, str]]) -> str:
    options = "".join(text("option", words, value=value) for value, words in choices)
    return element("label", text("span", label) + element("select", options, data_wish=name))
