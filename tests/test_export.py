"""Exports: every quote intact and its place true, Markdown and HTML in which nothing hostile is read as markup."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from conftest import make_article
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.datamodels import Answer, State, Statement, Verdict, cite
from bot.errors import HistoryError
from bot.export import FORMATS, export, from_json, to_html, to_json, to_markdown
from bot.export.blocks import blocks
from bot.records import Conversation, Exchange
from bot.summarize.asked import answered
from bot.summarize.wish import Shape, Wish

HOSTILE = (
    "<script>top.x=1</script>", "<img src=x onerror=top.x=1>", "[a](javascript:alert(1))", "![b](http://evil.test/x.png)",
    "<svg/onload=top.x=1>", "</blockquote><h1>", "`code` **bold** _it_", "# heading", "- point", "1. one", "> quote",
    "---", "| a | b |\n|---|---|\n| c | d |", "http://evil.test", "www.evil.test", "a@evil.test", "&lt;b&gt; &#60;",
    "~~gone~~", "$x^2$", "a\x1b[31mred\x07\x00", "\u202eevil", "```\nfence", "<!-- c -->", "[x]: http://evil.test", "===",
    "{{7*7}} ${7*7}", "a\\", "\"'><b>", "mailto:a@b.test", "*", "+ plus", "line\nline", "\ttab", "]]>", "half \ud800",
)  # fmt: skip
MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
# What GitHub makes links of, wherever it stands.
LINKED = re.compile(r"(?<!\\)(?:https?://|\bwww\.|[\w.+-]@[\w-]|mailto:)")


def conversation_of(text, title="Title"):
    article = make_article("a", text, title=title)
    citation = cite(1, article, 0, len(text))
    answer = Answer(
        text, f"{text} [1]", "it", State.ANSWERED, (Statement(text, (1,), "it"),), (citation,), understood=text
    )
    return Conversation(title, (Exchange(answer, "k"),))


@pytest.fixture(scope="module")
def conversation(bot):
    questions = ("Cosa ha regalato Putin a Kim?", "How did Seoul react to the treaty?", "Chi ha vinto lo scudetto?")
    asked = [
        Exchange(bot.ask(question), str(n), f"2026-03-0{n}T10:00:00+00:00") for n, question in enumerate(questions, 1)
    ]
    summaries = [answered(bot.summarize(Wish(shape=shape, words=120, language="en")), shape.value) for shape in Shape]
    return Conversation("Prova", (*asked, *(Exchange(one, one.question) for one in summaries)))


class Reader(HTMLParser):
    """Reads a document: its elements, its links, the texts of its quotes."""

    def __init__(self, document):
        super().__init__()
        self.names, self.ids, self.links, self.attributes, self.quotes, self._quoting = [], [], [], set(), [], False
        self.feed(document)

    def handle_starttag(self, name, attributes):
        given = dict(attributes)
        self.names.append(name)
        self.attributes |= given.keys()
        self.ids += [given["id"]] if "id" in given else []
        self.links += [given["href"]] if "href" in given else []
        self._quoting = self._quoting or name == "blockquote"
        self.quotes += [""] if name == "blockquote" else []

    def handle_endtag(self, name):
        self._quoting = self._quoting and name != "blockquote"

    def handle_data(self, data):
        if self._quoting:
            self.quotes[-1] += data


def quotes(conversation):
    return [c for e in conversation.exchanges for c in (e.answer.citations or e.answer.nearest)]


def test_every_quote_of_the_json_stands_in_its_article_and_all_comes_back(bot, conversation):
    text = to_json(conversation)
    exported = [c for e in json.loads(text)["exchanges"] for c in (*e["answer"]["citations"], *e["answer"]["nearest"])]
    assert len(exported) > 20
    for citation in exported:
        assert bot.article(citation["article_id"]).text[citation["start"] : citation["end"]] == citation["quote"]
    assert from_json(text) == conversation


def test_html_leads_from_each_number_to_its_quote_and_asks_nobody(conversation):
    document = to_html(conversation, "it")
    read = Reader(document)
    assert read.quotes == [citation.quote for citation in quotes(conversation)]
    assert len(read.ids) == len(set(read.ids)) and {link[1:] for link in read.links} <= set(read.ids)
    assert all(link.startswith("#") for link in read.links)
    assert not {"script", "link", "img", "iframe", "object"} & set(read.names)
    assert not {"src", "style"} & read.attributes and not re.search(r"url\(|@import|https?:", document)
    assert document.count('class="chip"') == sum(
        len(s.citations) for e in conversation.exchanges for s in e.answer.statements
    )


def test_markdown_holds_every_quote(conversation):
    found = [" ".join(quote.split()) for quote in Reader(MARKDOWN.render(to_markdown(conversation, "it"))).quotes]
    assert found == [" ".join(citation.quote.split()) for citation in quotes(conversation)]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_nothing_hostile_is_markup(hostile):
    # Where a line begins, in the middle of one, as a title, a question, a sentence and a quote.
    for text in (hostile, f"Prima {hostile} dopo."):
        made = conversation_of(text, title=text)
        read = Reader(to_html(made, "en"))
        assert set(read.names) <= set(
            "html head meta title style body main header h1 h2 h3 p section ol ul li a span blockquote cite".split()
        )
        assert set(read.links) == {"#c1-1", "#r1-1"} and read.attributes <= {
            "lang", "charset", "http-equiv", "content", "name", "dir", "class", "id", "href", "aria-label", "title", "value"
        }  # fmt: skip
        kinds = {token.type for token in MARKDOWN.parse(to_markdown(made, "en"))}
        inline = {child.type for token in MARKDOWN.parse(to_markdown(made, "en")) for child in token.children or ()}
        assert not kinds & {"html_block", "fence", "code_block", "table_open", "hr", "bullet_list_open"}
        assert inline <= {
            "text",
            "em_open",
            "em_close",
            "strong_open",
            "strong_close",
            "softbreak",
            "hardbreak",
            "text_special",
        }
        assert not LINKED.search(to_markdown(made, "en"))
        assert from_json(to_json(made)) == made
        assert json.loads(to_json(made))["exchanges"][0]["answer"]["citations"][0]["quote"] == text


@settings(max_examples=60)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60))
def test_markdown_shows_a_text_as_it_is(text):
    from bot.render import markdown

    flat = " ".join(text.split())
    shown = "".join(child.content for token in MARKDOWN.parseInline(markdown(flat)) for child in token.children or ())
    assert shown == flat


def test_blocks_hold_every_word_of_an_answer_and_no_marker(conversation):
    for exchange in conversation.exchanges:
        answer, found = exchange.answer, blocks(exchange.answer)
        said = [part for block in found for part in block.parts if isinstance(part, Statement)]
        assert said == list(answer.statements)
        numbers = [part for block in found for part in block.parts if isinstance(part, int)]
        assert numbers == [n for statement in answer.statements for n in statement.citations]
        text = " ".join(
            part.text if isinstance(part, Statement) else part
            for b in found
            for part in b.parts
            if not isinstance(part, int)
        )
        unmarked = re.sub(r" \[\d+\]|(?m:^- )", "", answer.text)
        assert re.sub(r"\W+", "", text) == re.sub(r"\W+", "", unmarked)
    points = [block.point for block in blocks(conversation.exchanges[4].answer)]
    assert points and all(points)


def test_a_text_that_is_not_made_of_its_statements_gives_way_to_them():
    made = conversation_of("Kim ha incontrato Putin.").exchanges[0].answer
    odd = replace(made, text="Qualcos'altro [1]")
    assert [block.parts for block in blocks(odd)] == [(odd.statements[0], 1)]


def test_what_became_of_a_quote_is_said_in_every_form():
    made = conversation_of("Kim ha incontrato Putin.")
    (exchange,) = made.exchanges
    cited = exchange.answer.citations
    doubtful = replace(exchange.answer.statements[0], verdict=Verdict.PARTLY)
    shaky = replace(exchange, answer=replace(exchange.answer, statements=(doubtful,)), complete=False)
    for one, told in (
        (replace(exchange, changed=cited), "è cambiato"),
        (replace(exchange, removed=cited), "non c’è più"),
        (replace(exchange, own=("a",)), "aveva aggiunto"),
        (shaky, "Confermata in parte"),
        (shaky, "Risposta interrotta"),
    ):
        kept = Conversation("T", (one,))
        assert told in to_html(kept, "it") and told in to_markdown(kept, "it")
        assert from_json(to_json(kept)) == kept


def test_the_form_is_told_where_it_is_none(conversation):
    assert set(FORMATS) == {"md", "html", "json"}
    for form in FORMATS:
        assert "Prova" in export(conversation, form)
    with pytest.raises(HistoryError, match="docx"):
        export(conversation, "docx")
    for broken in ("", "[]", "{}", '{"kind": "ponte.conversation", "version": 9}', "[" * 100_000):
        with pytest.raises(HistoryError):
            from_json(broken)
