"""The frame of what stands beside the conversation: its rooms, a bar of buttons, and what scrolls below, as HTML.

Knows nothing of articles; `panel`, `shelf` and `adding` fill it.
"""

from bot.page.labels import labels
from bot.page.markup import element, text
from bot.strings import common, page


def framed(
    kind: str, content: str, language: str, start: str = "", title: str = "", article_id: str = "", where: str = "",
    room: str = "sources",
) -> str:  # fmt: skip
    """Return the panel.

    Args:
        kind: its class.
        content: HTML of what scrolls.
        language: of the labels.
        start: HTML at the beginning of the bar.
        title: HTML between bar and content, which stays in sight.
        article_id: of the article that is shown, if one is.
        where: place of the citation that is shown, if one is.
        room: which room it is.
    """
    close = text("button", "×", type="button", class_="close", data_do="close", aria_label=page(language).close)
    head = element("div", rooms(room, language) + close, class_="rooms-bar")
    bar = element("div", start, class_="bar") if start else ""
    scroller = element("div", content, class_="scroller", tabindex="0", role="group", aria_label=page(language).panel)
    return element(
        "div",
        head + bar + title + scroller,
        class_=f"panel {kind}",
        data_article=article_id or None,
        data_place=where or None,
        lang=language,
    )


def rooms(current: str, language: str) -> str:
    """Return the buttons that lead from room to room."""
    words = labels(language)
    buttons = (
        text(
            "button",
            name,
            type="button",
            data_do="room",
            data_room=room,
            aria_current="page" if room == current else None,
        )
        for room, name in words.rooms
    )
    return element("div", "".join(buttons), class_="rooms", role="group", aria_label=words.rooms_label)


def tag(code: str, language: str) -> str:
    """Return the small mark of a text's language, with its name for those who hear the page."""
    return text("abbr", code.upper(), class_="tag", title=common(language).language(code))


def about(source: str | None, date: str | None, language: str) -> str:
    """Return publisher and date on one line, as plain text."""
    return " · ".join(part for part in (source, common(language).date(date)) if part)
