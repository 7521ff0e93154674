"""The source panel and the HTML it is made of: the quote and nothing else highlighted, and no text that acts."""

from html.parser import HTMLParser

import pytest
from conftest import make_article
from hypothesis import given
from hypothesis import strategies as st

from bot.datamodels import cite
from bot.page import adding, panel, scope, shelf
from bot.page.markup import element, escape, text
from bot.page.own import Draft, Refused
from bot.page.turns import Place, Shelf, Use
from bot.strings import page

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    '"><script>alert(1)</script>',
    "' onmouseover='alert(1)",
    "</p></article><iframe src='javascript:alert(1)'>",
    "${alert(1)} {{#each x}}{{/each}} `${`",
    "[x](javascript:alert(1)) ![x](x) <!-- --> ]]>",
    "\u202egpj.exe\u2066 \x00 \x1b[31m \ud800",
    "&lt;script&gt; &amp;lt; &#60;b&#62;",
]
TURNS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
TEXTS = st.text(max_size=80) | st.sampled_from(HOSTILE)
OURS = {"div", "p", "span", "button", "article", "h2", "h3", "ul", "li", "abbr", "mark", "blockquote", "q"}
OURS |= {"label", "input", "select", "option", "textarea", "details", "summary", "progress", "strong"}


class Read(HTMLParser):
    """What a browser would make of HTML: tags, attributes, and text with the marked part apart."""

    def __init__(self, markup):
        super().__init__(convert_charrefs=True)
        self.tags, self.attributes, self.text, self.marked, self._in = [], [], "", "", []
        self.feed(markup)
        self.close()
        assert self._in == [], "an element was left open"

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.attributes += attributes
        self._in.append(tag)

    def handle_endtag(self, tag):
        assert self._in.pop() == tag

    def handle_data(self, data):
        self.text += data
        self.marked += data if "mark" in self._in else ""

    def handle_comment(self, data):
        raise AssertionError("a comment")


def harmless(markup):
    read = Read(markup)
    assert set(read.tags) <= OURS
    names = {name for name, _ in read.attributes}
    assert not {name for name in names if name.startswith("on") or name in ("href", "src", "style", "srcdoc", "action")}
    assert "${" not in markup and "{{" not in markup and "`" not in markup
    return read


@given(TEXTS)
def test_an_escaped_text_is_shown_and_does_nothing(hostile):
    assert Read(escape(hostile)).tags == []
    assert "\0" not in escape(hostile)
    escape(hostile).encode("utf-8")
    read = Read(element("p", escape(hostile), title=hostile))
    assert read.tags == ["p"] and [name for name, _ in read.attributes] == ["title"]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"], exclude_characters=TURNS), max_size=80))
def test_escaping_loses_nothing(plain):
    assert Read(escape(plain)).text == plain
    assert Read(text("p", "", title=plain)).attributes == [("title", plain)]


def test_attributes_are_named_left_out_or_bare_as_asked():
    assert (
        element("b", "x", class_="a", data_n=1, hidden=True, disabled=False, lang=None)
        == '<b class="a" data-n="1" hidden>x</b>'
    )


TEXT = "Prima riga.\n\nKim ha donato <b>due cani</b> a Putin. Poi è partito.\nFine."
QUOTE = "Kim ha donato <b>due cani</b> a Putin."


def opened(article, citation, total=3, language="it", n=2):
    return panel.opened(article, language, citation, Place("k", Shelf.CITATIONS, n), total)


def test_exactly_the_quote_is_highlighted():
    article = make_article("cani", TEXT, title="<i>Cani</i>")
    citation = cite(2, article, TEXT.index(QUOTE), TEXT.index(QUOTE) + len(QUOTE))
    read = harmless(opened(article, citation))
    assert read.marked == QUOTE and read.tags.count("mark") == 1
    assert "<i>Cani</i>" in read.text
    assert ("data-place", "k/citations/2") in read.attributes


@given(data=st.data(), body=st.lists(TEXTS, min_size=1, max_size=5).map("\n".join))
def test_any_quote_of_any_article_is_highlighted_whole_and_the_rest_stays(data, body):
    article = make_article("a", body or "x")
    start = data.draw(st.integers(0, len(article.text) - 1))
    end = data.draw(st.integers(start + 1, len(article.text)))
    read = harmless(opened(article, cite(2, article, start, end)))

    def visible(original):
        return Read(escape(original)).text.replace("\n", "")

    assert read.marked == visible(article.text[start:end])
    assert visible(article.text) in read.text


def test_a_quote_that_moved_is_told_and_nothing_is_highlighted():
    old = make_article("a", TEXT)
    citation = cite(1, old, TEXT.index(QUOTE), TEXT.index(QUOTE) + len(QUOTE))
    read = harmless(opened(make_article("a", "Nuovo. " + TEXT), citation))
    assert read.tags.count("mark") == 0
    assert page("it").changed in read.text and read.text.count(QUOTE) == 2


@pytest.mark.parametrize(("n", "disabled"), [(1, [True, False]), (2, [False, False]), (3, [False, True])])
def test_citations_can_be_walked_to_both_ends(n, disabled):
    article = make_article("a", TEXT)
    markup = opened(article, cite(n, article, 0, 5), n=n)
    steps = [part.split(">")[0] for part in markup.split("<button")[1:] if "data-shelf" in part.split(">")[0]]
    assert ['aria-disabled="true"' in step for step in steps] == disabled
    assert [f'data-n="{n + by}"' in step for step, by in zip(steps, (-1, 1), strict=True)] == [True, True]
    assert f"Citazione {n} di 3" in markup


def test_a_single_citation_has_nothing_to_walk_to():
    article = make_article("a", TEXT)
    assert "data-shelf" not in opened(article, cite(1, article, 0, 5), total=1, n=1)


def test_an_article_is_read_in_its_own_language_and_told_about_in_the_readers():
    article = make_article("a", TEXT, language="en", date="2024-06-19", source="TASS", publications=("CNN",))
    markup = panel.opened(article, "it")
    assert '<article lang="en"' in markup and "19 giugno 2024" in markup and "I fatti vengono da: CNN" in markup
    assert "Facts from: CNN" in panel.opened(article, "en")


def test_the_list_has_every_article_the_readers_language_first():
    articles = [
        make_article("one", title="One", language="en", date="2024-01-01"),
        make_article("due", title="Due", date="2024-01-01"),
        make_article("tre", title="Tre", date="2024-06"),
        make_article("senza", title="Senza data"),
    ]
    italian = Read(shelf.listed(articles, "it")).text
    assert [italian.index(name) for name in ("Tre", "Due", "Senza data", "One")] == sorted(
        italian.index(name) for name in ("Tre", "Due", "Senza data", "One")
    )
    english = Read(shelf.listed(articles, "en")).text
    assert english.index("One") < english.index("Tre") and "4 articles" in english


def test_an_empty_list_says_what_to_do():
    assert "ponte index" in shelf.listed([], "it") and "ponte index" in shelf.listed([], "en")


@given(hostile=TEXTS)
def test_nothing_in_the_list_acts(hostile):
    article = make_article("a", hostile or "x", title=hostile, source=hostile, publications=(hostile,))
    harmless(shelf.listed([article], "it"))
    harmless(panel.opened(article, "en", uses=[Use(hostile, Place("k", Shelf.CITATIONS, 1), hostile)], passages=2))
    refused = [Refused(hostile, hostile), Refused(hostile, label="add_same")]
    draft = Draft("k", article, 1, "add_bad_date")
    harmless(adding.added([draft], refused, [article], "it", 20, True, ("add_used", hostile)))
    harmless(scope.scoped(2, "en"))
    harmless(panel.noticed(hostile, "it"))
