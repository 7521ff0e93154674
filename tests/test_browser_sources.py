"""The sources in a real browser: found, sorted, chosen, read, and walked along in time."""

import pytest
from serving import QUESTION, ask, quote_of, reach, seen

from bot.page.labels import labels
from bot.page.timeline import MOST

pytest_plugins = ["page_fixtures"]


def titles(tab):
    return tab.locator("#panel .articles li:not([hidden]) .title").all_inner_texts()


def test_articles_are_found_by_words_language_and_month_and_sorted(visit, address, bot):
    tab = visit(address)
    everything = titles(tab)
    assert len(everything) == len(bot.articles())
    tab.fill("#panel .find", "trattato")
    found = titles(tab)
    assert 0 < len(found) < len(everything)
    tab.fill("#panel .find", "")
    tab.select_option("#panel .by-language", "en")
    assert set(titles(tab)) == {article.title for article in bot.articles() if article.language == "en"}
    months = sorted({article.date[:7] for article in bot.articles() if article.date})
    tab.select_option("#panel .since", months[-1])
    last = {a.title for a in bot.articles() if a.language == "en" and a.date and a.date[:7] == months[-1]}
    assert set(titles(tab)) == last and last
    tab.select_option("#panel .until", months[0])
    assert titles(tab) == [] and tab.locator("#panel .none").inner_text() == labels("it").none_found
    tab.select_option("#panel .since", "")
    tab.select_option("#panel .until", "")
    tab.select_option("#panel .by-order", "title")
    assert titles(tab) == sorted(titles(tab), key=str.casefold) and len(titles(tab)) > 2
    tab.click("#panel .articles li:not([hidden]) button >> nth=0")
    tab.wait_for_selector("#panel article")
    tab.click("#panel .back")
    tab.wait_for_selector("#panel .filters")
    assert tab.locator("#panel .by-language").input_value() == "en" and len(titles(tab)) < len(everything)


def test_a_question_is_answered_only_from_the_articles_that_are_chosen(visit, address, bot):
    tab = visit(address)
    free = {citation.article_id for citation in bot.ask(QUESTION).citations}
    other = next(a for a in bot.articles() if a.language == "it" and a.id not in free)
    box = tab.locator(f"#panel .pick[data-id='{other.id}']")
    box.focus()
    tab.keyboard.press("Space")
    tab.wait_for_selector("#scope .scope")
    assert labels("it").chosen(1) in tab.locator("#scope").inner_text()
    ask(tab, QUESTION)
    places = tab.locator("#live [data-do=cite]")
    if places.count():
        places.first.click()
        tab.wait_for_selector(f"#panel [data-article='{other.id}'] mark")
    tab.click("#scope [data-do=unchoose]")
    tab.wait_for_selector("#scope .scope", state="detached")
    ask(tab, "Che cosa ha regalato Putin a Kim?")
    tab.click("#live .chip >> nth=0")
    seen(tab, quote_of(tab, bot))
    assert tab.locator("#panel .panel").get_attribute("data-article") in free


def test_all_that_a_filter_shows_are_chosen_at_once(visit, address, bot):
    tab = visit(address)
    tab.select_option("#panel .by-language", "en")
    tab.click("#panel [data-do=choose]")
    english = [article.id for article in bot.articles() if article.language == "en"]
    tab.wait_for_selector(f"#scope:has-text('{len(english)}')")
    ask(tab, QUESTION)
    tab.locator("#live [data-do=cite]").first.click()
    tab.wait_for_selector("#panel mark")
    assert tab.locator("#panel .panel").get_attribute("data-article") in english
    tab.click("[data-do=language][data-code=en]")
    tab.wait_for_selector(f"#scope:has-text('{labels('en').chosen(len(english))}')")


def test_an_article_says_where_it_is_cited_and_leads_there(visit, address, bot):
    tab = visit(address)
    ask(tab, QUESTION)
    citation = bot.ask(QUESTION).citations[0]
    tab.click(f"#panel .articles [data-do=open][data-id='{citation.article_id}']")
    tab.wait_for_selector("#panel .uses")
    uses = tab.locator("#panel .uses button")
    assert uses.first.locator("q").text_content() == quote_of(tab, bot)
    assert QUESTION in uses.first.inner_text()
    passages = bot.entries()[citation.article_id].passages
    assert labels("it").passages(passages) in tab.locator("#panel .meta").first.inner_text()
    uses.first.click()
    seen(tab, quote_of(tab, bot))


def test_the_timeline_has_every_dated_article_and_is_walked_by_arrow_keys(visit, address, bot):
    tab = visit(address)
    dots = tab.locator("#panel .quarters .dot")
    dated = sorted((a for a in bot.articles() if a.date), key=lambda a: a.date)
    assert dots.count() == len(dated)
    reach(tab, "#panel .dot")
    assert tab.locator("#panel .quarters .dot[tabindex='0']").count() == 1
    tab.keyboard.press("End")
    tab.keyboard.press("ArrowLeft")
    tab.keyboard.press("ArrowRight")
    label = tab.evaluate("document.activeElement.ariaLabel")
    assert tab.evaluate("document.activeElement.dataset.id") == dots.last.get_attribute("data-id")
    assert dated[-1].date[:4] in label
    tab.keyboard.press("Enter")
    tab.wait_for_selector("#panel article")
    assert tab.locator("#panel .headline").inner_text() in label


def test_an_event_opens_the_sentence_that_tells_it(visit, address, bot):
    tab = visit(address)
    dots = tab.locator("#panel .years .dot")
    treaty = tab.locator("#panel .years .dot[title^='4 dicembre 2024 · ']")
    assert dots.count() == MOST and treaty.count() == 1
    treaty.focus()
    told = treaty.locator("xpath=ancestor::div[contains(@class, 'timeline')]").locator(".told").inner_text()
    assert told == treaty.get_attribute("aria-label") and told.endswith(" articoli")
    article = bot.article(treaty.get_attribute("data-id"))
    quote = article.text[int(treaty.get_attribute("data-start")) : int(treaty.get_attribute("data-end"))]
    assert quote in told and "in vigore" in quote and article.language == "it"
    tab.keyboard.press("ArrowRight")
    assert tab.evaluate("document.activeElement.title") != told
    tab.keyboard.press("ArrowLeft")
    tab.keyboard.press("Enter")
    seen(tab, quote)


@pytest.mark.parametrize("width", [360, 1280, 1900])
def test_nothing_is_wider_than_the_window(visit, address, width):
    tab = visit(address, viewport={"width": width, "height": 800})
    ask(tab, QUESTION)
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert tab.evaluate(
        "[...document.querySelectorAll('.scroller, #conversation')].every(e => e.scrollWidth <= e.clientWidth)"
    )
