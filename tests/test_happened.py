"""The events of a timeline: which days articles tell of, and by which sentence."""

from conftest import make_article

from bot.page.panel import opened
from bot.summarize.happened import happened

BRIDGE = "The bridge over the Tumen was opened on 3 May 2021."
PONTE = "Il ponte sul Tumen è stato aperto il 3 maggio 2021, dopo anni di lavori."


def test_a_day_is_told_once_by_a_sentence_in_the_readers_language():
    articles = [
        make_article(
            "a", f"He crossed it on 3 May 2021. {BRIDGE} The treaty of 9 June 2020 had wanted it.", language="en"
        ),
        make_article("b", f"{PONTE} Il 5 maggio 2021 è passato il primo treno merci."),
    ]
    for language, quote, teller in (("it", PONTE, 1), ("en", BRIDGE, 0)):
        first, second = happened(articles, language, 9)
        assert (first.iso, first.quote, first.articles, first.language) == ("2021-05-03", quote, 2, language)
        assert articles[teller].text[first.start : first.end] == quote and first.article_id == articles[teller].id
        assert (second.iso, second.articles, second.article_id) == ("2021-05-05", 1, "b")


def test_what_most_articles_tell_comes_first_when_there_is_no_room():
    articles = [make_article(str(n), f"{PONTE} Il {n} giugno 2021 è passato il treno.") for n in range(1, 5)]
    assert [event.iso for event in happened(articles, "it", 1)] == ["2021-05-03"]
    assert [event.iso for event in happened(articles, "it", 3)] == ["2021-05-03", "2021-06-01", "2021-06-02"]
    assert happened([make_article()], "it", 9) == happened([], "en", 9) == []


def test_every_event_of_the_dossier_stands_where_it_says(bot):
    articles = {article.id: article for article in bot.articles()}
    for language in ("it", "en"):
        events = happened(list(articles.values()), language, 200)
        assert len(events) > 60 and [event.iso for event in events] == sorted({event.iso for event in events})
        for event in events:
            assert articles[event.article_id].text[event.start : event.end] == event.quote
    treaty = next(event for event in happened(list(articles.values()), "en", 40) if event.iso == "2024-12-04")
    assert "force" in treaty.quote and treaty.articles >= 4


def test_a_span_is_highlighted_only_where_the_article_has_it():
    article = make_article("a", PONTE)
    assert f"{PONTE}</mark>" in opened(article, "it", span=(0, len(PONTE)))
    for span in ((0, 0), (5, 5), (-3, 4), (4, 2), (0, len(PONTE) + 1)):
        assert "<mark" not in opened(article, "it", span=span)
