"""The source panel: one article with its quote highlighted and where else it is cited, as HTML; the list is in `shelf`.

A quote is highlighted only where the article still says exactly that: `article.text[start:end] == quote`.
It knows nothing of Gradio, and of answers only their citations.
"""

import re
from collections.abc import Iterator, Sequence

from bot.datamodels import Citation
from bot.page.frame import about, framed, tag
from bot.page.kept_labels import kept_labels
from bot.page.labels import labels as more
from bot.page.markup import element, escape, text
from bot.page.turns import Place, Shelf, Use
from bot.strings import page
from index.article import Article


def opened(
    article: Article, language: str, citation: Citation | None = None, at: Place | None = None, total: int = 0,
    uses: Sequence[Use] = (), passages: int = 0, span: tuple[int, int] = (0, 0),
) -> str:  # fmt: skip
    """Return an article, with the quote of a citation highlighted.

    Args:
        article: the whole of it.
        language: of the labels around it.
        citation: its quote is highlighted, if the article still has it at that place.
        at: where the citation stands in the conversation.
        total: how many citations there are to walk through.
        uses: where the article is cited in the conversation.
        passages: that the article was cut into; 0 if that is not known.
        span: of the text, start and end, highlighted where there is no citation.
    """
    holds = citation is not None and article.text[citation.start : citation.end] == citation.quote
    if citation is not None:
        span = (citation.start, citation.end) if holds else (0, 0)
    elif not 0 <= span[0] < span[1] <= len(article.text):
        span = (0, 0)
    warning = "" if citation is None or holds else _changed(citation, language)
    body = "".join(_paragraphs(article.text, *span))
    walk = _walk(at, total, language) if at is not None and total > 1 else ""
    content = element(
        "article",
        _head(article, language, passages) + warning + _uses(uses, at, language) + body + _foot(article, language),
        lang=article.language,
        dir="auto",
    )
    where = f"{at.key}/{at.shelf}/{at.n}" if at is not None else ""
    title = _running(article, language) if at is not None else ""
    return framed("article", content, language, _back(language) + walk, title, article.id, where)


def lost(citation: Citation, language: str, at: Place, total: int, own: bool = False) -> str:
    """Return a quote whose article is gone, as it was kept.

    Args:
        citation: whose quote is shown.
        language: of the labels.
        at: where the citation stands in the conversation.
        total: how many citations there are to walk through.
        own: whether the article was the visitor's.
    """
    words = kept_labels(language)
    said = text("p", words.was_own if own else words.removed, lang=language)
    quote = text("blockquote", citation.quote, lang=citation.language, dir="auto")
    meta = tag(citation.language, language) + text("span", about(citation.source, citation.date, language))
    head = element("p", meta, class_="meta") + text(
        "h2", citation.title, class_="headline", lang=citation.language, dir="auto"
    )
    walk = _walk(at, total, language) if total > 1 else ""
    content = element("article", head + element("div", said + quote, class_="notice", role="alert"))
    where = f"{at.key}/{at.shelf}/{at.n}"
    return framed("article", content, language, _back(language) + walk, where=where)


def noticed(message: str, language: str) -> str:
    """Return a panel that only says something."""
    return framed("notice", text("p", message, class_="notice", role="alert"), language, _back(language))


def _back(language: str) -> str:
    return element("button", text("span", page(language).all_articles), type="button", class_="back", data_do="list")


def _uses(uses: Sequence[Use], at: Place | None, language: str) -> str:
    """Return where an article is cited in the conversation; nothing beside a quote, which is walked to and from."""
    if not uses or at is not None:
        return ""
    rows = "".join(element("li", _use(use)) for use in uses)
    return element("div", text("h3", more(language).cited_here) + element("ul", rows), class_="uses", lang=language)


def _use(use: Use) -> str:
    number = text("span", str(use.place.n), class_="number")
    quote = text("q", use.quote, dir="auto")
    asked = text("span", use.question, class_="meta", dir="auto")
    return element(
        "button", number + quote + asked, type="button",
        data_do="cite", data_turn=use.place.key, data_shelf=use.place.shelf.value, data_n=use.place.n,
    )  # fmt: skip


def _head(article: Article, language: str, passages: int) -> str:
    extent = f" · {more(language).passages(passages)}" if passages else ""
    topics = text("span", f" · {', '.join(article.topics)}", lang=article.language) if article.topics else ""
    meta = (
        tag(article.language, language) + text("span", about(article.source, article.date, language) + extent) + topics
    )
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
