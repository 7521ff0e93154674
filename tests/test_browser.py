"""The page in a real browser, used as a person uses it: typed into, clicked, and by keyboard alone."""

import pytest
from serving import QUESTION, answered, ask, quote_of, reach, seen

from bot.strings import page as labels

pytest_plugins = ["page_fixtures"]
SILENT = "Chi ha vinto il campionato di calcio nel 2023?"
ABSENT = "Quanto costa la limousine Aurus?"


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
    tab.wait_for_function("document.activeElement.tagName === 'TEXTAREA'")
    tab.keyboard.type(several)
    tab.keyboard.press("Enter")
    answered(tab, several)
    reach(tab, "#live .chip[data-n='1']", "Shift+Tab")
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
    assert answer.evaluate("e => getComputedStyle(e).borderStyle") == "double"
    ask(tab, ABSENT)
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
    with tab.expect_response("**/gradio_api/queue/data**"):
        tab.keyboard.press("Enter")
    tab.wait_for_timeout(500)
    ask(tab, QUESTION)
    assert tab.locator(".turn").count() == 1


def test_two_visitors_do_not_see_each_other(visit, address):
    one, two = visit(address), visit(address)
    ask(one, QUESTION)
    assert two.locator(".turn").count() == 0
    ask(two, "Come ha reagito Seul al trattato?")
    assert one.locator(".turn").count() == 1 and "limousine" in one.locator("#live .answer").inner_text()


LATE = """(() => {
    const real = window.fetch;
    let first = true;
    window.fetch = async (...given) => {
        const held = first && String(given[0]?.url ?? given[0]).includes("/run/predict");
        if (held) first = false;
        const response = await real(...given);
        if (held) {
            const late = await response.blob();
            await new Promise((resolve) => setTimeout(resolve, 2500));
            window.arrived = true;
            return new Response(late, response);
        }
        return response;
    };
})()"""


@pytest.mark.parametrize("language", ["it-IT", "en-GB"])
def test_what_is_done_before_the_server_has_greeted_the_visitor_stays_done(visit, address, language):
    tab = visit(address, language, script=LATE)
    tab.click("#panel [data-room=add]")
    tab.wait_for_selector("#panel .drop")
    tab.wait_for_function("window.arrived")
    tab.wait_for_timeout(500)
    assert tab.locator("#panel .drop").count() == 1
    assert tab.evaluate("document.documentElement.lang") == language[:2]
