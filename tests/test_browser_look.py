"""What the page looks and sounds like in a real browser: language, phone, dark, contrast."""

import json
import re

import pytest
from serving import QUESTION, ask, quote_of, seen

from bot.strings import page as labels

pytest_plugins = ["page_fixtures"]
ENGLISH = "What gifts did Kim Jong Un give Putin?"
SILENT = "Chi ha vinto il campionato di calcio nel 2023?"


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


def test_answers_follow_the_question_until_their_language_is_pinned(visit, address):
    tab = visit(address)
    tab.select_option("#scope .pin", "en")
    ask(tab, QUESTION)
    assert tab.locator("#live .answer").get_attribute("lang") == "en"
    tab.click("[data-do=language][data-code=en]")
    tab.wait_for_selector("html[lang=en] #scope .line[lang=en]")
    assert tab.input_value("#scope .pin") == "en"
    tab.select_option("#scope .pin", "")
    ask(tab, "Come ha reagito Seul al trattato?")
    assert tab.locator("#live .answer").get_attribute("lang") == "it"


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


def test_on_a_phone_the_sources_are_a_drawer(visit, address, bot):
    # With a query string and an anchor in the address, which must not make a citation reload the page.
    tab = visit(
        f"{address}/?from=a-newsletter&x=1#top", viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    tab.evaluate("window.stillHere = true")
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
    assert tab.evaluate("window.stillHere") is True and tab.url.endswith("/?from=a-newsletter&x=1#top")


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
