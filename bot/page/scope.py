"""The line above the question, as HTML: which articles answers come from, and in which language they are.

Knows how many articles are chosen, nothing of what they are.
"""

from bot.page.labels import labels
from bot.page.markup import element, text


def scoped(count: int, language: str, answers: str = "") -> str:
    """Return the line.

    Args:
        count: how many articles the next question is limited to; 0 for no limit.
        language: of the labels.
        answers: language that answers are pinned to; that of each question, if empty.
    """
    words = labels(language)
    clear = text("button", words.scope_all, type="button", data_do="unchoose")
    limit = element("span", text("span", words.chosen(count)) + clear, class_="scope") if count else ""
    told = element("div", limit, class_="told", role="status")
    options = "".join(text("option", name, value=code, selected=code == answers) for code, name in words.pins)
    pin = element("select", options, class_="pin", aria_label=words.pin)
    return element("div", told + pin, class_="line", lang=language)
