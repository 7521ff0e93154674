"""A summary in a real browser: asked for in its room, told in the conversation, every sentence cited."""

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
