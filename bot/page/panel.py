"""The source panel: the list of articles, or one article with its quote highlighted, as HTML.

A quote is highlighted only where the article still says exactly that: `article.text[start:end] == quote`.
It knows nothing of Gradio, and of answers only their citations.
"""

import re
from collections.abc import Iterator, Sequence

from bot.datamodels import Citation
from bot.page.markup import element, escape, text
from bot.page.turns import Place, Shelf
from bot.strings import LANGUAGES, common, page
from index.article import Article


def listed(articles: Sequence[Article], language: str) -> str:
    """Return the list of articles, those in the reader's language first, newest first."""
    if not articles:
        return _framed("list", text("p", page(language).no_articles, class_="notice"), language)
    codes = sorted(LANGUAGES, key=lambda code: code != language)
    groups = [_group([a for a in articles if a.language == code], code, language) for code in codes]
    return _framed(
        "list", "".join(groups), language, text("p", common(language).articles(len(articles)), class_="count")
    )


def opened(
    article: Article, language: str, citation: Citation | None = None, at: Place | None = None, total: int = 0
) -> str:
    """Return an article, with the quote of a citation highlighted.

    Args:
        article: the whole of it.
        language: of the labels around it.
        citation: its quote is highlighted, if the article still has it at that place.
        at: where the citation stands in the conversation.
        total: how many citations there are to walk through.
    """
    holds = citation is not None and article.text[citation.start : citation.end] == citation.quote
    span = (citation.start, citation.end) if citation is not None and holds else (0, 0)
    warning = "" if citation is None or holds else _changed(citation, language)
    body = "".join(_paragraphs(article.text, *span))
    walk = _walk(at, total, language) if at is not None and total > 1 else ""
    content = element(
        "article",
        _head(article, language) + warning + body + _foot(article, language),
        lang=article.language,
        dir="auto",
    )
    where = f"{at.key}/{at.shelf}/{at.n}" if at is not None else ""
    title = _running(article, language) if at is not None else ""
    return _framed("article", content, language, _back(language) + walk, title, article.id, where)


def noticed(message: str, language: str) -> str:
    """Return a panel that only says something."""
    return _framed("notice", text("p", message, class_="notice", role="alert"), language, _back(language))


def tag(code: str, language: str) -> str:
    """Return the small mark of a text's language, with its name for those who hear the page."""
    return text("abbr", code.upper(), class_="tag", title=common(language).language(code))


def about(source: str | None, date: str | None, language: str) -> str:
    """Return publisher and date on one line, as plain text."""
    return " · ".join(part for part in (source, common(language).date(date)) if part)


def _framed(
    kind: str, content: str, language: str, start: str = "", title: str = "", article_id: str = "", where: str = ""
) -> str:
    """Return the panel: a bar with its buttons above, what stays in sight, and below what scrolls."""
    close = text("button", "×", type="button", class_="close", data_do="close", aria_label=page(language).close)
    bar = element("div", start + close, class_="bar")
    scroller = element("div", content, class_="scroller", tabindex="0", role="group", aria_label=page(language).panel)
    return element(
        "div",
        bar + title + scroller,
        class_=f"panel {kind}",
        data_article=article_id or None,
        data_place=where or None,
        lang=language,
    )


def _back(language: str) -> str:
    return element("button", text("span", page(language).all_articles), type="button", class_="back", data_do="list")


def _group(articles: Sequence[Article], code: str, language: str) -> str:
    if not articles:
        return ""
    newest = sorted(sorted(articles, key=lambda a: a.title), key=lambda a: a.date or "", reverse=True)
    title = page(language).article_list.format(language=common(language).language(code))
    rows = "".join(element("li", _row(article, language)) for article in newest)
    return text("h2", title) + element("ul", rows, class_="articles")


def _row(article: Article, language: str) -> str:
    title = text("span", article.title, class_="title", lang=article.language, dir="auto")
    meta = element(
        "span", tag(article.language, language) + escape(about(article.source, article.date, language)), class_="meta"
    )
    return element("button", title + meta, type="button", data_do="open", data_id=article.id)


def _head(article: Article, language: str) -> str:
    meta = tag(article.language, language) + text("span", about(article.source, article.date, language))
    return element("p", meta, class_="meta", lang=language) + text("h2", article.title, class_="headline", dir="auto")


def _running(article: Article, language: str) -> str:
    """Return the article's title on one line, which stays when the article is scrolled to a quote in its middle."""
    title = text("span", article.title, class_="title", lang=article.language, dir="auto")
    return element("p", tag(article.language, language) + title, class_="running", aria_hidden="true")


def _foot(article: Article, language: str) -> str:
    if not article.publications:
        return ""
    facts = page(language).facts_from.format(publications=", ".join(article.publications))
    return text("p", facts, class_="facts", lang=language)


def _changed(citation: Citation, language: str) -> str:
    said = text("p", page(language).changed, lang=language) + text("blockquote", citation.quote, lang=citation.language)
    return element("div", said, class_="notice", role="alert")


def _walk(at: Place, total: int, language: str) -> str:
    labels = page(language)
    wording = labels.nearest_position if at.shelf is Shelf.NEAREST else labels.position
    where = text("span", wording.format(n=at.n, total=total), class_="where", aria_live="polite")
    before = _step("‹", labels.previous, at, at.n - 1, total)
    after = _step("›", labels.next, at, at.n + 1, total)
    return element("div", before + where + after, class_="walk")


def _step(sign: str, label: str, at: Place, n: int, total: int) -> str:
    # Not `disabled`: who walks by keyboard would lose the button under the focus at either end.
    return text(
        "button", sign, type="button", class_="step", aria_label=label, title=label,
        aria_disabled=None if 1 <= n <= total else "true",
        data_do="cite", data_turn=at.key, data_shelf=at.shelf.value, data_n=n,
    )  # fmt: skip


def _paragraphs(article: str, start: int, end: int) -> Iterator[str]:
    """Yield the article's lines as paragraphs, with what lies in `[start, end)` marked; no character is lost."""
    for line in re.finditer(r"[^\n]+", article):
        low, high = max(start, line.start()), min(end, line.end())
        if low >= high:
            yield text("p", line.group())
            continue
        before, quote, after = article[line.start() : low], article[low:high], article[high : line.end()]
        yield element("p", escape(before) + text("mark", quote, tabindex="-1") + escape(after))
