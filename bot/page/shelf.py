"""The list of articles as HTML: filters, plots of time, and a row for each with a box that limits questions to it.

Filtering and sorting happen in the browser, by the `data-` attributes of the rows. Knows articles, nothing of Gradio.
"""

from collections.abc import Collection, Sequence

from bot.page import timeline
from bot.page.frame import about, framed, tag
from bot.page.labels import labels
from bot.page.markup import element, escape, text
from bot.strings import LANGUAGES, common, page
from index.article import Article


def listed(articles: Sequence[Article], language: str, own: Collection[str] = ()) -> str:
    """Return the list of articles, those in the reader's language first, newest first.

    Args:
        articles: all of them.
        language: of the labels.
        own: ids of those that only this visitor sees.
    """
    if not articles:
        return framed("list", text("p", page(language).no_articles, class_="notice"), language)
    codes = sorted(LANGUAGES, key=lambda code: code != language)
    groups = [_group([a for a in articles if a.language == code], code, language, own) for code in codes]
    nothing = text("p", labels(language).none_found, class_="none", role="status", hidden=True)
    plots = timeline.published(articles, language) + timeline.events(articles, language)
    content = _filters(articles, language) + plots + "".join(groups) + nothing
    return framed("list", content, language, text("p", common(language).articles(len(articles)), class_="count"))


def _group(articles: Sequence[Article], code: str, language: str, own: Collection[str]) -> str:
    if not articles:
        return ""
    newest = sorted(sorted(articles, key=lambda a: a.title), key=lambda a: a.date or "", reverse=True)
    title = page(language).article_list.format(language=common(language).language(code))
    rows = "".join(_item(article, language, article.id in own) for article in newest)
    return text("h2", title) + element("ul", rows, class_="articles")


def _item(article: Article, language: str, own: bool) -> str:
    words = labels(language)
    label = words.choose.format(title=article.title)
    box = element("input", type="checkbox", class_="pick", data_id=article.id, aria_label=label, title=label)
    title = text("span", article.title, class_="title", lang=article.language, dir="auto")
    mine = text("span", words.own, class_="own") if own else ""
    topics = text("span", ", ".join(article.topics), class_="topics", lang=article.language) if article.topics else ""
    meta = tag(article.language, language) + mine + escape(about(article.source, article.date, language)) + topics
    row = element(
        "button", title + element("span", meta, class_="meta"), type="button", data_do="open", data_id=article.id
    )
    return element(
        "li", box + row, data_language=article.language, data_date=article.date or "", data_title=article.title,
        data_source=article.source or "",
    )  # fmt: skip


def _filters(articles: Sequence[Article], language: str) -> str:
    words = labels(language)
    find = element(
        "input", type="search", class_="find", aria_label=words.find, placeholder=words.find, autocomplete="off"
    )
    choices = [("", words.every_language), *((code, common(language).language(code)) for code in LANGUAGES)]
    languages = _select("by-language", words.filter_language, choices)
    months = [("", words.any_time), *((month, common(language).date(month)) for month in _months(articles))]
    since, until = _select("since", words.since, months), _select("until", words.until, months)
    order = _select("by-order", words.order, list(words.orders))
    buttons = text("button", words.choose_shown, type="button", data_do="choose") + text(
        "button", words.choose_none, type="button", data_do="unchoose"
    )
    chosen = element("div", buttons, class_="picks")
    return element("div", find + order + languages + since + until + chosen, class_="filters", role="search")


def _select(name: str, label: str, choices: Sequence[tuple[str, str]]) -> str:
    options = "".join(text("option", words, value=value) for value, words in choices)
    return element("label", text("span", label) + element("select", options, class_=name))


def _months(articles: Sequence[Article]) -> list[str]:
    """Return the months of which there are articles, oldest first: `2024-06`."""
    return sorted({article.date[:7] for article in articles if article.date and len(article.date) >= 7})
