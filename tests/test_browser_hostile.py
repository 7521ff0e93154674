"""Hostile articles and questions, and a slow bot, in a real browser."""

import pytest
from conftest import make_article
from serving import QUESTION, answered, ask, served
from test_panel import HOSTILE

from bot.chat import Bot
from bot.settings import Settings
from bot.strings import page as labels

pytest_plugins = ["page_fixtures"]


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


def test_a_hostile_article_and_hostile_questions_execute_nothing(visit, trap):
    url, article = trap
    tab = visit(url)
    for question in ["Quante biciclette ha comprato il sindaco Bianchi?", *HOSTILE[:8]]:
        tab.fill("#box textarea", question)
        tab.keyboard.press("Enter")
        answered(tab, question)
    tab.locator("#live [data-do=cite], .log [data-do=cite]").last.click()
    tab.wait_for_selector("#panel mark")
    assert tab.locator("#panel mark").text_content() in article.text
    tab.click("#panel .back")
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


# -- an answer that takes its time, as one from a model would

SLOW = """
import sys, time
from pathlib import Path
from bot.chat import Bot
from bot.page.ui import serve

held = Path(sys.argv[1])

class Slow(Bot):
    def stream(self, *arguments):
        for event in super().stream(*arguments):
            while (held / type(event).__name__).exists():
                time.sleep(0.05)
            yield event

with Slow.open() as bot:
    serve(bot, "127.0.0.1", 0)
"""


@pytest.fixture(scope="module")
def slow(bot, home, tmp_path_factory):
    """The page over a bot that waits before an event of a kind while a file of that name is in a folder."""
    held = tmp_path_factory.mktemp("slow")
    with served(home, ["-c", SLOW, str(held)]) as url:
        yield url, held


def test_a_slow_answer_says_that_it_is_coming_can_be_stopped_and_another_asked(visit, slow):
    url, held = slow
    for event in ("Found", "Done"):
        (held / event).touch()
    tab = visit(url, reduced_motion="reduce")
    tab.fill("#box textarea", QUESTION)
    tab.keyboard.press("Enter")
    tab.wait_for_selector(f"#live .waiting:has-text('{labels('it').searching}')")
    assert (
        tab.evaluate("getComputedStyle(document.querySelector('#live .waiting'), '::before').animationName") == "none"
    )
    assert tab.locator("#live .answer").get_attribute("aria-busy") == "true"
    assert tab.locator("#live .question").bounding_box()["y"] < 400
    (held / "Found").unlink()
    tab.wait_for_selector("#live .chip")
    assert tab.locator("#box button").inner_text() == labels("it").stop
    tab.locator("#box button").click()
    tab.wait_for_selector("#live .turn[data-stage=stopped] .stopped")
    tab.wait_for_selector(f"#box button:has-text('{labels('it').ask}')")
    (held / "Done").unlink()
    tab.wait_for_timeout(1000)
    assert tab.locator("#live .turn").get_attribute("data-stage") == "stopped"
    ask(tab, QUESTION)
    assert tab.locator(".turn").count() == 2


def test_while_an_answer_comes_its_citations_open_and_the_language_can_be_switched(visit, slow):
    url, held = slow
    (held / "Done").touch()
    tab = visit(url)
    tab.fill("#box textarea", QUESTION)
    tab.keyboard.press("Enter")
    tab.click("#live .turn[data-stage=reading] .chip")
    tab.wait_for_selector("#panel mark")
    tab.click("[data-do=language][data-code=en]")
    tab.wait_for_function("document.documentElement.lang === 'en'")
    assert tab.locator("#live .turn").get_attribute("data-stage") == "reading"
    (held / "Done").unlink()
    tab.wait_for_selector("#live .turn[data-stage=done] .chip")
    tab.wait_for_selector(f"#box button:has-text('{labels('en').ask}')")
    assert tab.locator("#panel mark").count() == 1
    assert tab.locator("#live [data-do=retry]").inner_text() == labels("en").retry
