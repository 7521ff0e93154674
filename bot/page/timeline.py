"""Plots of time as HTML: a dot for each article by quarter, one for each event by year; each opens what it stands for.

The first dot of a plot can be reached by Tab, the others by the arrow keys. Knows articles and events, no Gradio.
"""

from collections import defaultdict
from collections.abc import Sequence

from bot.page.frame import about
from bot.page.labels import labels
from bot.page.markup import element, escape, text
from bot.strings import common
from bot.summarize.happened import Happening, happened
from index.article import Article

MOST = 40
"""Events that are shown, at most."""


def published(articles: Sequence[Article], language: str) -> str:
    """Return a column for each quarter between the oldest and the newest article, with a dot for each article in it.

    Nothing where the articles are all of one quarter, or have no dates.
    """
    dated = sorted((a for a in articles if a.date and len(a.date) >= 7), key=lambda a: (a.date or "", a.id))
    quarters: dict[int, list[Article]] = defaultdict(list)
    for article in dated:
        quarters[_quarter(article.date or "")].append(article)
    if len(quarters) < 2:
        return ""
    words, first = labels(language), dated[0].id
    columns = [
        ("".join(_article(one, language, one.id == first) for one in quarters.get(n, [])), "" if n % 4 else str(n // 4))
        for n in range(min(quarters), max(quarters) + 1)
    ]
    return _plot(words.timeline, words.timeline_hint, columns, language)


def events(articles: Sequence[Article], language: str) -> str:
    """Return a column for each year in which something happened, with a dot for each event, from the foot up.

    Nothing where fewer than three events are told.
    """
    found = happened(articles, language, MOST)
    years: dict[str, list[Happening]] = defaultdict(list)
    for event in found:
        years[event.iso[:4]].append(event)
    if len(found) < 3:
        return ""
    words, first = labels(language), found[0].iso
    columns = [("".join(_event(one, language, one.iso == first) for one in years[year]), year) for year in years]
    return _plot(words.events, words.events_hint, columns, language, "years")


def _plot(title: str, keys: str, columns: Sequence[tuple[str, str]], language: str, kind: str = "quarters") -> str:
    drawn = "".join(_period(dots, year) for dots, year in columns)
    signs = "  ".join(f"{sign} {common(language).language(code)}" for sign, code in (("●", "it"), ("■", "en")))
    hint = element("p", escape(signs) + text("span", f" · {keys}", class_="keys"), class_="hint")
    plot = element("div", drawn, class_=f"plot {kind}", role="group", aria_label=f"{title}. {keys}")
    told = element("p", "", class_="told", aria_hidden="true")
    return element("div", text("h2", title) + plot + told + hint, class_="timeline")


def _period(dots: str, year: str) -> str:
    below = text("span", year, class_="year", aria_hidden="true") if year else ""
    return element("div", element("div", dots, class_="dots") + below, class_="period")


def _article(article: Article, language: str, first: bool) -> str:
    label = f"{article.title} · {about(article.source, article.date, language)}"
    return _dot(article.language, article.id, label, first)


def _event(event: Happening, language: str, first: bool) -> str:
    words = common(language)
    label = f"{words.date(event.iso)} · {event.quote} · {words.articles(event.articles)}"
    return _dot(event.language, event.article_id, label, first, (event.start, event.end))


def _dot(code: str, article_id: str, label: str, first: bool, span: tuple[int, int] | None = None) -> str:
    start, end = span or (None, None)
    return element(
        "button", type="button", class_=f"dot {code}", data_do="open", data_id=article_id, title=label,
        aria_label=label, tabindex="0" if first else "-1", data_start=start, data_end=end,
    )  # fmt: skip


def _quarter(date: str) -> int:
    """Return the number of a date's quarter since the year 0."""
    return 4 * int(date[:4]) + (int(date[5:7]) - 1) // 3
