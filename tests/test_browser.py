"""The page in a real browser, used as a person uses it: typed into, clicked, and by keyboard alone."""

import json
import re
import shutil

import pytest
from conftest import make_article
from test_panel import HOSTILE
from test_ui import QUESTION, served

from bot.chat import Bot
from bot.settings import Settings
from bot.strings import page as labels

CHROMIUM = shutil.which("chromium")
FLAGS = (
    "--no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-component-update --disable-sync"
    " --disable-quic"
).split()
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on the PATH (Debian: apt-get install chromium)")
ENGLISH = "What gifts did Kim Jong Un give Putin?"
SILENT = "Chi ha vinto il campionato di calcio nel 2023?"
IN_VIEW = """mark => {
    const quote = mark.getBoundingClientRect(), frame = mark.closest('.scroller').getBoundingClientRect();
    return quote.height > 0 && quote.top >= frame.top && quote.bottom <= Math.min(frame.bottom, innerHeight)
        && quote.left >= 0 && quote.right <= innerWidth;
}"""


@pytest.fixture(scope="module")
def address(bot, home):
    with served(home) as url:
        yield url


@pytest.fixture(scope="module")
def several(bot):
    """A question whose answer rests on several citations."""
    return next(question for question in labels("it").examples if len(bot.ask(question).citations) > 1)


@pytest.fixture(scope="module")
def chromium():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium):
    """Open pages as new visitors; afterwards: no request left this machine, and no script failed."""
    requests, failures, contexts = [], [], []

    def opened(url, language="it-IT", **options):
        context = chromium.new_context(**{"locale": language, "viewport": {"width": 1280, "height": 800}} | options)
        contexts.append(context)
        tab = context.new_page()
        tab.set_default_timeout(20_000)
        tab.on("request", lambda request: requests.append(request.url))
        tab.on("pageerror", lambda error: failures.append(str(error)))
        tab.on("console", lambda said: failures.append(said.text) if said.type == "error" else None)
        tab.on("dialog", lambda dialog: (failures.append(f"a dialog: {dialog.message}"), dialog.dismiss()))
        tab.goto(url)
        tab.wait_for_selector("html.ready")
        return tab

    yield opened
    for context in contexts:
        context.close()
    assert requests
    elsewhere = [
        url for url in requests if not re.match(r"http://127\.0\.0\.1:\d+/|data:|blob:http://127\.0\.0\.1:", url)
    ]
    assert elsewhere == [] and failures == []


def ask(tab, question):
    """Type a question and wait for its answer."""
    tab.locator("#box textarea").press_sequentially(question)
    tab.keyboard.press("Enter")
    answered(tab, question)


def answered(tab, question):
    tab.wait_for_function(
        """asked => document.querySelector('#live .question')?.textContent === asked
            && document.querySelector('#live .turn').dataset.stage === 'done'""",
        arg=question,
    )


def quote_of(tab, bot, n=1):
    """The quote that the chip's own description shows, checked against the sources."""
    quote = tab.locator(f"#live .chip[data-n='{n}'] + .tip q").first.text_content()
    assert any(quote in article.text for article in bot.articles())
    return quote


def seen(tab, quote):
    """Check that exactly the quote is highlighted, and where a reader sees it."""
    tab.wait_for_function("quote => document.querySelector('#panel mark')?.textContent === quote", arg=quote)
    marks = tab.locator("#panel mark")
    assert marks.count() == 1 and marks.text_content() == quote
    tab.wait_for_function(f"() => ({IN_VIEW})(document.querySelector('#panel mark'))")


def test_a_question_is_asked_and_its_citation_opened(visit, address, bot):
    tab = visit(address)
    assert tab.locator(".question").count() == 0 and tab.locator("#panel .articles button").count() == len(
        bot.articles()
    )
    ask(tab, QUESTION)
    assert tab.locator("#live .answer").get_attribute("lang") == "it"
    assert "limousine" in tab.locator("#live .answer").inner_text()
    quote = quote_of(tab, bot)
    tab.click("#live .chip >> nth=0")
    seen(tab, quote)
    assert tab.locator("#live .chip").first.get_attribute("aria-current") == "true"
    assert tab.input_value("#box textarea") == ""


def test_a_citation_opens_without_a_reload_also_with_a_query_string(visit, address, bot):
    tab = visit(f"{address}/?from=a-newsletter&x=1#top")
    ask(tab, QUESTION)
    tab.evaluate("window.stillHere = true")
    tab.click("#live .chip >> nth=0")
    seen(tab, quote_of(tab, bot))
    assert tab.evaluate("window.stillHere") is True
    assert tab.url.endswith("/?from=a-newsletter&x=1#top")
    assert tab.locator(".turn").count() == 1


def test_everything_by_keyboard_alone(visit, address, bot, several):
    tab = visit(address)
    assert tab.evaluate("document.activeElement.tagName") == "TEXTAREA"
    tab.keyboard.type(several)
    tab.keyboard.press("Enter")
    answered(tab, several)
    reach(tab, ".chip")
    tip = tab.locator("#tip")
    assert quote_of(tab, bot) in tip.inner_text()
    tab.keyboard.press("Escape")
    assert tip.count() == 0
    tab.keyboard.press("Enter")
    seen(tab, quote_of(tab, bot))
    assert tab.evaluate("document.activeElement.tagName") == "MARK"
    tab.keyboard.press("Escape")
    assert tab.evaluate("document.activeElement.className") == "chip"
    reach(tab, "#panel .step:not([aria-disabled])")
    tab.keyboard.press("Enter")
    seen(tab, quote_of(tab, bot, 2))
    assert tab.evaluate("document.activeElement.matches('#panel .step')")
    reach(tab, "#panel .back")
    tab.keyboard.press("Enter")
    tab.wait_for_selector("#panel .articles")


def reach(tab, selector):
    """Press Tab until the focus is there, as it visibly must be."""
    for _ in range(60):
        tab.keyboard.press("Tab")
        if tab.evaluate("selector => document.activeElement.matches(selector)", selector):
            assert tab.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth) >= 2")
            return
    raise AssertionError(f"{selector} is not reached by Tab")


def test_citations_are_walked_through(visit, address, bot, several):
    tab = visit(address)
    ask(tab, several)
    total = tab.locator("#live .chip").count()
    assert total > 1
    tab.click("#live .chip >> nth=0")
    for n in range(1, total + 1):
        seen(tab, quote_of(tab, bot, n))
        assert tab.locator("#panel .where").inner_text() == f"Citazione {n} di {total}"
        if n < total:
            tab.click("#panel .step >> nth=1")
    tab.click("#panel .step >> nth=1", force=True)
    tab.click("#panel .step >> nth=0")
    seen(tab, quote_of(tab, bot, total - 1))


def test_hovering_a_chip_shows_its_quote(visit, address, bot):
    tab = visit(address)
    ask(tab, QUESTION)
    tab.hover("#live .chip >> nth=0")
    assert quote_of(tab, bot) in tab.locator("#tip").inner_text()
    box = tab.locator("#tip").bounding_box()
    assert box["x"] >= 0 and box["y"] >= 0 and box["x"] + box["width"] <= 1280 and box["y"] + box["height"] <= 800
    tab.mouse.move(1, 799)
    tab.wait_for_selector("#tip", state="detached")


def test_citations_of_earlier_answers_keep_leading_to_their_own_quotes(visit, address, bot):
    tab = visit(address)
    ask(tab, QUESTION)
    quote = quote_of(tab, bot)
    ask(tab, "Come ha reagito Seul al trattato?")
    later = quote_of(tab, bot)
    assert quote != later
    tab.click("#past .chip >> nth=0")
    seen(tab, quote)
    tab.click("#live .chip >> nth=0")
    seen(tab, later)


def test_an_english_browser_gets_an_english_page_and_answer(visit, address, bot):
    tab = visit(address, "en-GB")
    assert tab.evaluate("document.documentElement.lang") == "en"
    assert tab.locator("#box textarea").get_attribute("placeholder") == labels("en").placeholder
    ask(tab, ENGLISH)
    assert tab.locator("#live .answer").get_attribute("lang") == "en"
    tab.click("#live .chip >> nth=0")
    seen(tab, quote_of(tab, bot))
    assert tab.locator("#panel article").get_attribute("lang") == "en"


def test_switching_the_language_keeps_the_conversation_and_the_open_quote(visit, address, bot):
    tab = visit(address)
    ask(tab, QUESTION)
    said = tab.locator("#live .answer").inner_text()
    quote = quote_of(tab, bot)
    tab.click("#live .chip >> nth=0")
    seen(tab, quote)
    tab.locator("#box textarea").fill("una domanda a metà")
    tab.click("[data-do=language][data-code=en]")
    tab.wait_for_function("document.documentElement.lang === 'en'")
    tab.wait_for_selector(f"#panel .back:has-text('{labels('en').all_articles}')")
    assert tab.locator("#live .answer").inner_text() == said
    assert tab.locator("#box textarea").get_attribute("placeholder") == labels("en").placeholder
    assert tab.locator("#box button").inner_text() == labels("en").ask
    assert tab.input_value("#box textarea") == "una domanda a metà"
    seen(tab, quote)


@pytest.mark.parametrize(("code", "other"), [("it", "en"), ("en", "it")])
def test_no_label_of_the_page_is_in_the_other_language(visit, address, code, other):
    tab = visit(address, {"it": "it-IT", "en": "en-GB"}[code])
    ask(tab, QUESTION if code == "it" else ENGLISH)
    tab.click("#live .chip >> nth=0")
    tab.wait_for_selector("#panel mark")
    heard = tab.evaluate(
        """[...document.querySelectorAll('button, [aria-label], [placeholder], [title], label')].filter(e => e.checkVisibility())
            .flatMap(e => [e.innerText, e.ariaLabel, e.placeholder, e.title])"""
    )
    said = {text.strip() for text in heard if text}
    known = {
        value for value in (getattr(labels(other), name) for name in labels(other).__slots__) if isinstance(value, str)
    }
    assert not said & (known - {"Ponte"})
    gradios = re.compile(r"\b(chatbot|textbox|submit|loading|copy|clear|settings|API|gradio|Use via)\b", re.IGNORECASE)
    assert not [text for text in said if gradios.search(text)]
    assert labels(code).ask in said


def test_an_example_is_asked_by_clicking_it(visit, address):
    tab = visit(address)
    tab.click(".examples button >> nth=1")
    answered(tab, labels("it").examples[1])
    assert tab.locator("#live .chip").count() >= 1


def test_a_silence_looks_different_and_its_nearest_passage_opens(visit, address, bot):
    tab = visit(address)
    ask(tab, SILENT)
    answer = tab.locator("#live .answer")
    assert answer.locator(".chip").count() == 0 and answer.locator(".badge").inner_text()
    assert answer.evaluate("e => getComputedStyle(e).borderStyle") == "dashed"
    quote = answer.locator(".card q").first.text_content()
    answer.locator(".card").first.click()
    seen(tab, quote)


def test_an_article_is_opened_from_the_list_and_left_again(visit, address, bot):
    tab = visit(address)
    title = tab.locator("#panel .articles .title").nth(3).inner_text()
    tab.click("#panel .articles button >> nth=3")
    tab.wait_for_selector("#panel article")
    assert tab.locator("#panel .headline").inner_text() == title
    article = next(article for article in bot.articles() if article.title == title)
    shown = "".join(tab.locator("#panel article > p:not(.meta, .facts)").all_text_contents())
    assert shown == article.text.replace("\n", "")
    tab.click("#panel .back")
    tab.wait_for_selector("#panel .articles")


def test_a_question_is_repeated_taken_back_and_the_conversation_cleared(visit, address):
    tab = visit(address)
    ask(tab, QUESTION)
    ask(tab, "Come ha reagito Seul al trattato?")
    first = tab.locator("#live .turn").get_attribute("id")
    tab.click("#live [data-do=retry]")
    tab.wait_for_function("id => document.querySelector('#live .turn').id !== id", arg=first)
    answered(tab, "Come ha reagito Seul al trattato?")
    assert tab.locator(".turn").count() == 2
    tab.click("#live [data-do=undo]")
    answered(tab, QUESTION)
    assert tab.locator(".turn").count() == 1
    assert tab.input_value("#box textarea") == "Come ha reagito Seul al trattato?"
    tab.click("#live [data-do=clear]")
    tab.wait_for_selector(".welcome")
    assert tab.locator(".turn").count() == 0


def test_an_error_is_seen_and_the_next_question_answered(visit, address, bot):
    tab = visit(address)
    tab.fill("#box textarea", "a" * (bot.settings.max_question + 1))
    tab.keyboard.press("Enter")
    tab.wait_for_selector("#live .problem[role=alert]")
    assert str(bot.settings.max_question) in tab.locator("#live .problem").inner_text()
    ask(tab, QUESTION)
    assert tab.locator("#live .chip").count() >= 1


def test_an_empty_question_asks_nothing(visit, address):
    tab = visit(address)
    tab.fill("#box textarea", "   ")
    tab.keyboard.press("Enter")
    ask(tab, QUESTION)
    assert tab.locator(".turn").count() == 1


def test_two_visitors_do_not_see_each_other(visit, address):
    one, two = visit(address), visit(address)
    ask(one, QUESTION)
    assert two.locator(".turn").count() == 0
    ask(two, "Come ha reagito Seul al trattato?")
    assert one.locator(".turn").count() == 1 and "limousine" in one.locator("#live .answer").inner_text()


def test_on_a_phone_the_sources_are_a_drawer(visit, address, bot):
    tab = visit(address, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    assert not tab.locator("#sources").is_visible()
    ask(tab, QUESTION)
    tab.tap("#live .chip >> nth=0")
    seen(tab, quote_of(tab, bot))
    tab.tap("#panel .close")
    tab.wait_for_selector("#sources", state="hidden")
    tab.tap("[data-do=drawer]")
    tab.wait_for_selector("#sources", state="visible")
    tab.wait_for_function("document.getElementById('sources').getBoundingClientRect().bottom <= innerHeight + 1")
    tab.mouse.click(195, 30)
    tab.wait_for_selector("#sources", state="hidden")
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_has_enough_contrast(visit, address, scheme):
    tab = visit(address, color_scheme=scheme)
    ask(tab, SILENT)
    ask(tab, QUESTION)
    tab.click("#live .chip >> nth=0")
    tab.wait_for_selector("#panel mark")
    assert json.loads(tab.evaluate(CONTRAST)) == []


CONTRAST = """() => {
    const numbers = colour => colour.match(/[\\d.]+/g).map(Number);
    const light = ([r, g, b]) => [r, g, b].map(v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
        .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
    const behind = element => {
        for (let e = element; e; e = e.parentElement) {
            const [r, g, b, a = 1] = numbers(getComputedStyle(e).backgroundColor);
            if (a > 0.99) return [r, g, b];
        }
        return [255, 255, 255];
    };
    const poor = [];
    for (const e of document.querySelectorAll('#masthead *, #desk *')) {
        const own = [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
        if (!own || !e.checkVisibility() || e.closest('[aria-disabled], .sr-only, .hide')) continue;
        const [one, two] = [light(numbers(getComputedStyle(e).color)), light(behind(e))];
        const ratio = (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
        if (ratio < 4.5) poor.push([e.className || e.tagName, e.textContent.slice(0, 30), ratio.toFixed(2)]);
    }
    return JSON.stringify(poor);
}"""


# -- what articles and questions say is never obeyed


@pytest.fixture(scope="module")
def trap(tmp_path_factory):
    """A page over an index whose only article is hostile in every field."""
    home = tmp_path_factory.mktemp("trap")
    bait = [text.replace("alert(1)", "window.trapped=1").replace("\ud800", "") for text in HOSTILE]
    sentences = [f"Il sindaco Bianchi ha comprato {n} biciclette {text} a Trento." for n, text in enumerate(bait, 2)]
    article = make_article(
        "trap", " ".join(sentences), title=" ".join(bait[:8])[:290], source=bait[1], publications=(bait[2],)
    )
    with Bot.open(settings=Settings(home=home)) as bot:
        for shipped in bot.articles():
            bot.remove(shipped.id)
        assert bot.add(article).added == ["trap"]
        stored = bot.article("trap")
    with served(home) as url:
        yield url, stored


@pytest.mark.parametrize("question", ["Quante biciclette ha comprato il sindaco Bianchi?", *HOSTILE[:8]])
def test_a_hostile_article_and_a_hostile_question_execute_nothing(visit, trap, question):
    url, article = trap
    tab = visit(url)
    tab.fill("#box textarea", question)
    tab.keyboard.press("Enter")
    tab.wait_for_selector("#live .turn[data-stage=done]")
    assert tab.locator("#live .question").text_content() == question
    cites = tab.locator("#live [data-do=cite]")
    if cites.count():
        cites.first.click()
        tab.wait_for_selector("#panel mark")
        assert tab.locator("#panel mark").text_content() in article.text
    tab.click("#panel .back") if tab.locator("#panel .back").count() else None
    tab.click("#panel .articles button")
    tab.wait_for_selector("#panel article")
    assert "<script>" in tab.locator("#panel article").inner_text()
    assert tab.evaluate(
        "[window.trapped, document.querySelectorAll('iframe, #desk img, #desk svg, #desk a[href]').length]"
    ) == [None, 0]


def test_a_hostile_article_is_answered_from_like_any_other(visit, trap):
    tab = visit(trap[0])
    ask(tab, "Quante biciclette ha comprato il sindaco Bianchi?")
    assert tab.locator("#live .chip, #live .card").count() >= 1
