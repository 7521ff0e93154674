"""A summary in a real browser: asked for in its room, told in the conversation, every sentence cited."""

from openai_server import Act
from serving import seen

from bot.page.labels import labels

pytest_plugins = ["page_fixtures"]


def done(tab, asked):
    tab.wait_for_function(
        """asked => document.querySelector('#live .question')?.textContent === asked
            && document.querySelector('#live .turn').dataset.stage === 'done'""",
        arg=asked,
    )


def test_a_summary_of_all_and_of_a_chosen_article_each_sentence_cited(visit, address, bot):
    tab = visit(address)
    tab.click("#panel [data-room=summaries]")
    tab.click("#panel [data-do=sum]")
    done(tab, labels("it").sum_all)
    sentences = tab.locator("#live .sentence")
    assert sentences.count() > 2 and tab.locator("#live .sentence:has(.chip)").count() == sentences.count()
    quote = tab.locator("#live .chip[data-n='1'] + .tip q").first.text_content()
    assert any(quote in article.text for article in bot.articles())
    tab.click("#live .chip >> nth=0")
    seen(tab, quote)
    tab.click("#panel [data-room=sources]")
    wanted = bot.articles()[0]
    tab.check(f"#panel .pick[data-id='{wanted.id}']")
    tab.wait_for_selector("#scope .scope")
    tab.click("#panel [data-room=summaries]")
    tab.select_option("#panel [data-wish=preset]", "line")
    tab.click("#panel [data-do=sum]")
    done(tab, labels("it").sum_one)
    assert tab.locator("#live .sentence").count() == 1
    assert tab.locator("#live .tip q").first.text_content() in wanted.text


def test_a_dear_summary_is_asked_for_first_and_nothing_is_sent_before(visit, serving, home, openai_server, tmp_path):
    prices = tmp_path / "prices.toml"
    prices.write_text('[models]\n"test-model" = { input = 900.0, output = 900.0 }\n', encoding="utf-8")
    settings = {"PONTE_MODEL": "openai:test-model", "PONTE_PRICES": str(prices), "PONTE_ASK_ABOVE": "0.01"}
    openai_server.play(always=Act("Nulla di questo è vero [99]."))

    def sent():
        return [request for request in openai_server.requests if request.body]

    with serving(home, **settings) as url:
        tab = visit(url)
        tab.check("#panel .pick >> nth=0")
        tab.wait_for_selector("#scope .scope")
        tab.click("#panel [data-room=summaries]")
        tab.fill("#panel [data-wish=focus]", "il trattato")
        tab.click("#panel [data-do=sum]")
        tab.wait_for_selector("#live .agreeing")
        told = tab.locator("#live .agreeing p").inner_text()
        before, _, after = labels("it").sum_dear_one.partition("{cost}")
        assert told.startswith(before) and told.endswith(after) and "dollari" in told
        assert sent() == [] and tab.locator("#live .chip").count() == 0
        assert tab.locator("#live .agreeing button").inner_text() == labels("it").sum_agree
        tab.locator("#live .agreeing button").focus()
        tab.keyboard.press("Enter")
        # What the model invents is left out, and the sources' own words are told in its place.
        tab.wait_for_selector("#live .turn[data-stage=done] .chip")
        assert sent() and "[99]" not in tab.locator("#live .answer").inner_text()
        assert "il trattato" in tab.locator("#live .question").inner_text()
