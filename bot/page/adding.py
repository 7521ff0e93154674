"""The room in which a visitor adds articles, as HTML: files, pasted text, what was understood of each, what went wrong.

Knows what `own` holds; nothing of Gradio or of how a file is read.
"""

from collections.abc import Sequence

from bot.page.frame import about, framed, tag
from bot.page.labels import Labels, labels
from bot.page.markup import element, escape, text
from bot.page.own import MOST, Draft, Refused
from bot.strings import LANGUAGES, common
from index.article import Article

_KINDS = ".txt,.md,.markdown,.html,.htm,.pdf,.docx"
_SHOWN = 400


def added(
    drafts: Sequence[Draft], refused: Sequence[Refused], mine: Sequence[Article], language: str, size: int,
    everyone: bool, said: tuple[str, str] = ("", ""),
) -> str:  # fmt: skip
    """Return the room.

    Args:
        drafts: read and not used yet.
        refused: files that could not be read.
        mine: the visitor's articles that are used.
        language: of the labels.
        size: the most megabytes of a file.
        everyone: whether articles may be put into the index that all see.
        said: name of the label that says what happened last, and the title that it is about.
    """
    words = labels(language)
    news = text("p", getattr(words, said[0]).format(title=said[1]), class_="done", role="status") if said[0] else ""
    problems = "".join(_refused(one, words, size) for one in refused)
    checks = "".join(_draft(draft, words, language, everyone) for draft in drafts)
    parts = (
        text("h2", words.add_title),
        text("p", words.add_private, class_="lead"),
        _drop(words, size),
        element("div", class_="uploads", aria_live="polite"),
        news,
        problems,
        text("h3", words.add_drafts) + checks if checks else "",
        _paste(words),
        _mine(mine, words, language),
    )
    return framed("add", element("div", "".join(parts), class_="adding"), language, room="add")


def moved(key: str, share: float) -> str:
    """Return how far a draft is on its way into the index, for the browser to show."""
    return element("div", class_="share", data_key=key, data_share=f"{share:.3f}")


def _drop(words: Labels, size: int) -> str:
    kinds = words.add_kinds.format(size=size)
    files = element("input", type="file", class_="files", multiple=True, accept=_KINDS, aria_describedby="add-kinds")
    label = text("strong", words.add_drop) + text("span", kinds, id="add-kinds")
    return element("label", files + label, class_="drop", data_reading=words.add_reading)


def _paste(words: Labels) -> str:
    title = element("input", type="text", class_="paste-title", maxlength=300, autocomplete="off")
    body = element("textarea", class_="paste-text", rows=5)
    fields = element("label", text("span", words.add_paste_title) + title) + element(
        "label", text("span", words.add_paste_text) + body
    )
    button = text("button", words.add_read, type="button", data_do="paste")
    return element("details", text("summary", words.add_paste) + fields + button, class_="paste")


def _refused(one: Refused, words: Labels, size: int) -> str:
    name = text("strong", words.add_refused.format(name=one.name))
    if one.label:
        return element(
            "div", name + text("p", getattr(words, one.label).format(n=MOST, size=size)), class_="notice", role="alert"
        )
    known = words.refusal(one.why)
    why = text("p", known) if known else text("p", one.why, lang="en")
    return element("div", name + why, class_="notice", role="alert")


def _draft(draft: Draft, words: Labels, language: str, everyone: bool) -> str:
    article = draft.article
    shown = article.text[:_SHOWN] + ("…" if len(article.text) > _SHOWN else "")
    wrong = text("p", getattr(words, draft.wrong), class_="notice", role="alert") if draft.wrong else ""
    fields = (
        _field("title", words.add_name, article.title)
        + _field("date", words.add_date, article.date or "", words.add_date_hint)
        + _field("source", words.add_source, article.source or "")
        + _language(article.language, words, language)
    )
    use = text("button", words.add_use, type="button", class_="primary", data_do="use", data_key=draft.key)
    share = text("button", words.add_share, type="button", data_do="share", data_key=draft.key) if everyone else ""
    drop = text("button", words.add_discard, type="button", data_do="discard", data_key=draft.key)
    bar = element("progress", max="1", value="0", hidden=True, aria_label=words.add_indexing)
    extent = text("p", words.passages(draft.passages), class_="meta")
    excerpt = text("blockquote", shown, lang=article.language, dir="auto")
    return element(
        "div", fields + extent + excerpt + wrong + bar + element("div", use + share + drop, class_="picks"),
        class_="draft-article", data_draft=draft.key, role="group", aria_label=article.title,
    )  # fmt: skip


def _field(name: str, label: str, value: str, hint: str = "") -> str:
    box = element(
        "input", type="text", data_field=name, value=value, placeholder=hint or None, maxlength=300, autocomplete="off"
    )
    return element("label", text("span", label) + box)


def _language(code: str, words: Labels, language: str) -> str:
    options = "".join(
        text("option", common(language).language(one), value=one, selected=one == code) for one in LANGUAGES
    )
    return element("label", text("span", words.add_language) + element("select", options, data_field="language"))


def _mine(articles: Sequence[Article], words: Labels, language: str) -> str:
    if not articles:
        return ""
    rows = "".join(_row(article, words, language) for article in articles)
    return text("h3", words.add_yours) + element("ul", rows, class_="articles")


def _row(article: Article, words: Labels, language: str) -> str:
    title = text("span", article.title, class_="title", lang=article.language, dir="auto")
    meta = tag(article.language, language) + escape(about(article.source, article.date, language))
    opens = element(
        "button", title + element("span", meta, class_="meta"), type="button", data_do="open", data_id=article.id
    )
    label = words.add_remove.format(title=article.title)
    removes = text(
        "button", "×", type="button", class_="remove", data_do="drop", data_id=article.id, aria_label=label, title=label
    )
    return element("li", opens + removes)
