"""The room in which a visitor asks for a summary, as HTML. The summary itself becomes a turn of the conversation."""

from collections.abc import Mapping

from bot.errors import CostError
from bot.page.frame import framed
from bot.page.labels import labels
from bot.page.markup import element, text
from bot.strings import LANGUAGES, common
from bot.summarize.asked import price
from bot.summarize.values import Reading, Working

# Seconds under which nobody wants to know how long, and from which minutes say enough.
_SOON, _MINUTES = 5, 90


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


def doing(event: Reading | Working, language: str) -> str:
    """Return how far a summary is, and how long the rest may take."""
    words = labels(language)
    if isinstance(event, Reading):
        told = words.sum_reading.format(done=event.done, total=event.total, title=event.title)
    else:
        told = words.sum_working.format(done=event.done, total=event.total)
    left = event.left or 0.0
    if left < _SOON:
        return told
    rest = words.sum_minutes.format(n=round(left / 60)) if left >= _MINUTES else words.sum_seconds.format(n=round(left))
    return f"{told} ({rest})"


def dear(error: CostError, language: str) -> str:
    """Return what a summary that has to be agreed to will take."""
    return labels(language).dear(error.calls, price(error.cost, language))


def agreeing(wish: Mapping[str, str], language: str) -> str:
    """Return what a summary costs and a button that agrees to it: the same wish, sent again as the room sends it."""
    given = {name: value for name, value in wish.items() if name != "why"} | {"agreed": "yes"}
    fields = "".join(
        element("input", type="hidden", data_wish=name, value=value) for name, value in given.items() if value
    )
    button = text("button", labels(language).sum_agree, type="button", class_="primary", data_do="sum")
    content = text("p", wish.get("why", "")) + fields + element("div", button, class_="picks")
    return element("div", content, class_="summing agreeing")


def _select(name: str, label: str, choices: tuple[tuple[str, str], ...] | list[tuple[str, str]]) -> str:
    options = "".join(text("option", words, value=value) for value, words in choices)
    return element("label", text("span", label) + element("select", options, data_wish=name))
