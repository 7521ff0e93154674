"""A conversation as HTML: questions, sentences with their citation chips, silences, errors. Knows nothing of Gradio.

An answer is one document in one language, its own: the labels inside it follow the answer, so that switching the page's
language leaves what was said alone.
"""

from collections.abc import Iterable, Iterator, Sequence

from bot.datamodels import Answer, Citation, State, Statement
from bot.page.frame import about, tag
from bot.page.kept import exporting, fated, lost, rated
from bot.page.labels import labels as more
from bot.page.marks import checked, drafted, rested, used
from bot.page.markup import element, escape, text
from bot.page.summing import agreeing
from bot.page.turns import Problem, Shelf, Stage, Turn
from bot.strings import common, page

# A longer last word (an address, a text without spaces) may break before its chips, or a phone would have to scroll.
_LONGEST_HELD = 20
_SILENCES = {State.NOT_IN_SOURCES, State.OFF_TOPIC}


def welcomed(language: str) -> str:
    """Return what stands in an empty conversation: what this is, and questions to begin with."""
    labels = page(language)
    examples = "".join(
        element("li", text("button", question, type="button", data_do="example", data_n=n))
        for n, question in enumerate(labels.examples)
    )
    head = text("h2", labels.welcome) + text("p", labels.welcome_text)
    return element(
        "section",
        head + text("h3", labels.examples_title) + element("ul", examples, class_="examples"),
        class_="welcome",
        lang=language,
    )


def spoken(content: str, language: str) -> str:
    """Return what the conversation ends with, in a region whose changes are read aloud."""
    return element("div", content, role="log", aria_live="polite", aria_label=page(language).chat, class_="log")


def told(turns: Iterable[Turn]) -> str:
    """Return turns that are over."""
    return "".join(turned(turn) for turn in turns)


def turned(turn: Turn, language: str = "") -> str:
    """Return one turn; with buttons to take it back or repeat it where `language`, that of the page, is given."""
    answer = "".join(_answered(turn))
    kind = turn.answer.state.value if turn.answer else turn.stage.value
    content = _question(turn) + element(
        "div", answer, class_=f"answer {kind}", lang=turn.language, aria_busy="true" if turn.stage.open else "false"
    )
    below = _below(turn, language) if language and not turn.stage.open else ""
    return element(
        "section", content + rated(turn) + below, class_="turn", id=f"turn-{turn.key}", data_stage=turn.stage.value
    )


def offered(turn: Turn, questions: Sequence[str]) -> str:
    """Return questions to go on with after a turn, to be put below it."""
    items = "".join(
        element("li", text("button", question, type="button", data_do="follow", data_question=question))
        for question in questions
    )
    title = text("h3", more(turn.language).next)
    content = title + element("ul", items, class_="examples") if items else ""
    return element("div", content, class_="offered", data_turn=f"turn-{turn.key}", lang=turn.language)


def _question(turn: Turn) -> str:
    asked = text("h2", turn.question, class_="question", dir="auto", lang="")
    if turn.stage.open:
        return element("div", asked, class_="asked")
    words = more(turn.language)
    pencil = text(
        "button", "✎", type="button", class_="edit", lang=turn.language, aria_label=words.edit, title=words.edit,
        data_do="edit", data_turn=turn.key, data_save=words.edit_save, data_cancel=words.edit_cancel,
        data_label=words.edit_label,
    )  # fmt: skip
    return element("div", asked + pencil, class_="asked")


def _below(turn: Turn, language: str) -> str:
    return _tools(language) + element("div", class_="next", lang=turn.language)


def _answered(turn: Turn) -> Iterator[str]:
    yield lost(turn)
    if turn.answer and turn.answer.understood:
        understood = common(turn.language).understood.format(question=turn.answer.understood)
        yield text("p", understood, class_="notice understood")
    if turn.answer:
        yield from (text("p", notice, class_="notice") for notice in turn.answer.notices)
    if turn.answer and turn.answer.state in _SILENCES:
        yield _silence(turn, turn.answer)
    else:
        yield from _partly(turn)
        yield from _paragraphs(turn)
    if turn.draft and turn.stage.open:
        yield drafted(turn.draft, turn.language)
    elif turn.stage.open and not turn.statements:
        yield _waiting(turn)
    if turn.wish is not None:
        yield agreeing(turn.wish, turn.language)
    elif turn.stage is Stage.STOPPED:
        yield text("p", page(turn.language).stopped, class_="stopped")
    if turn.problem:
        yield _failed(turn.problem, turn.language)
    if turn.answer:
        yield rested(turn.answer.citations, turn.language) + used(turn.answer, turn.language, turn.total)


def _partly(turn: Turn) -> Iterator[str]:
    if turn.answer and turn.answer.state is State.PARTLY:
        yield text("p", common(turn.language).partly, class_="badge")
        said = " ".join(statement.text for statement in turn.statements)
        unsaid = [word for word in turn.answer.missing if word not in said]
        if unsaid:
            yield text("p", common(turn.language).missing.format(missing=", ".join(unsaid)), class_="missing")


def _paragraphs(turn: Turn) -> Iterator[str]:
    """Yield paragraphs: a frame stands alone, sentences of one article stay together."""
    where = {citation.n: citation for citation in turn.citations}
    sentences: list[str] = []
    source = ""
    for number, statement in enumerate(turn.statements):
        first = where.get(statement.citations[0]) if statement.citations else None
        if sentences and (first is None or first.article_id != source):
            yield element("p", " ".join(sentences))
            sentences = []
        if first is None:
            yield text("p", statement.text, class_="frame")
            continue
        source = first.article_id
        sentences.append(_sentence(turn, statement, number, where))
    if sentences:
        yield element("p", " ".join(sentences))


def _sentence(turn: Turn, statement: Statement, number: int, where: dict[int, Citation]) -> str:
    """Return a sentence and its chips; the last word holds on to them, so that no chip begins a line alone."""
    language = statement.language if statement.language and statement.language != turn.language else None
    before, space, last = statement.text.rpartition(" ")
    if len(last) > _LONGEST_HELD:
        before, space, last = statement.text, "", ""
    chips = "".join(_chip(turn, where[n], number) for n in statement.citations if n in where)
    chips += checked(statement, turn.language, f"check-{turn.key}-{number}")
    held = text("span", last, class_="said", lang=language) + "\u00a0" + element("span", chips, class_="chips")
    said = text("span", before + space, class_="said", lang=language) if before else ""
    return element("span", said + element("span", held, class_="held"), class_="sentence")


def _chip(turn: Turn, citation: Citation, number: int) -> str:
    """Return a chip: a button with the citation's number, and beside it what hovering or focusing it shows."""
    foreign = citation.language != turn.language
    label = page(turn.language).chip.format(
        n=citation.n, title=citation.title, language=common(turn.language).language(citation.language)
    )
    tip = f"tip-{turn.key}-{number}-{citation.n}"
    mark = text("span", citation.language.upper(), class_="tag", aria_hidden="true") if foreign else ""
    fate = fated(turn, citation)
    button = element(
        "button", escape(str(citation.n)) + mark, type="button", class_="chip lost" if fate else "chip",
        aria_label=label, aria_describedby=tip,
        data_do="cite", data_turn=turn.key, data_shelf=Shelf.CITATIONS.value, data_n=citation.n,
    )  # fmt: skip
    return button + element(
        "span", _tip(citation, turn.language, fate), class_="tip", id=tip, role="tooltip", hidden=True
    )


def _tip(citation: Citation, language: str, fate: str) -> str:
    quote = text("q", citation.quote, lang=citation.language, dir="auto")
    title = text("cite", citation.title, lang=citation.language, dir="auto")
    original = ""
    if citation.language != language:
        name = common(language).language(citation.language)
        original = text("span", page(language).original.format(language=name), class_="original")
    meta = escape(about(citation.source, citation.date, language))
    told = text("span", fate, class_="why") if fate else ""
    return element("span", told + quote + title + element("span", original + meta, class_="meta"), lang=language)


def _silence(turn: Turn, answer: Answer) -> str:
    labels = common(turn.language)
    badge = labels.off_topic if answer.state is State.OFF_TOPIC else labels.not_in_sources
    said = text("p", badge, class_="badge") + text("p", answer.text)
    cards = "".join(_card(turn, citation) for citation in answer.nearest)
    near = text("p", labels.nearest, class_="label") + cards if cards else ""
    return said + near


def _card(turn: Turn, citation: Citation) -> str:
    quote = text("q", citation.quote, lang=citation.language, dir="auto")
    title = text("cite", citation.title, lang=citation.language, dir="auto")
    meta = tag(citation.language, turn.language) + escape(about(citation.source, citation.date, turn.language))
    action = text("span", page(turn.language).open_nearest, class_="action")
    return element(
        "button", quote + title + element("span", meta + action, class_="meta"), type="button", class_="card",
        data_do="cite", data_turn=turn.key, data_shelf=Shelf.NEAREST.value, data_n=citation.n,
    )  # fmt: skip


def _waiting(turn: Turn) -> str:
    labels = page(turn.language)
    doing = turn.doing or (labels.searching if turn.stage is Stage.SEARCHING else labels.reading)
    return text("p", doing, class_="waiting", role="status")


def _failed(problem: Problem, language: str) -> str:
    said = text("p", page(language).error, class_="badge") + text("p", problem.text)
    detail = text("p", problem.detail, class_="detail", lang="en") if problem.detail else ""
    return element("div", said + detail, class_="problem", role="alert")


def _tools(language: str) -> str:
    labels = page(language)
    buttons: Sequence[tuple[str, str]] = (("retry", labels.retry), ("undo", labels.undo), ("clear", labels.clear))
    return element(
        "div",
        "".join(text("button", label, type="button", data_do=name) for name, label in buttons) + exporting(language),
        class_="tools",
        lang=language,
    )
