"""Serves the page from a process of its own, and uses it as a person would; the fixtures are in `page_fixtures`."""

import os
import re
import signal
import tempfile
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from forking import start

from bot.strings import page as labels

ROOT = Path(__file__).parent.parent
QUESTION = "Cosa ha regalato Putin a Kim?"
SERVE = ["-m", "bot.cli", "serve", "--port", "0"]


@contextmanager
def served(home, program=SERVE, alone=False, **settings):
    """Start a program that serves the page; yields the address that it prints, and checks that it ends well.

    `alone`: not in a fork of a process that has imported its libraries, but as a process that starts from nothing.
    """
    environment = {**os.environ, "PONTE_HOME": str(home), **settings}
    with (
        tempfile.TemporaryFile("w+") as errors,
        start(program, environment, ROOT, errors, alone) as process,
    ):
        try:
            line = process.stdout.readline()
            found = re.search(r"http://127\.0\.0\.1:\d+", line)
            assert found, line
            yield found.group()
        finally:
            process.send_signal(signal.SIGINT)
            code = process.wait(20)
            more = process.stdout.read()
        errors.seek(0)
        said = [line for line in errors if not line.startswith("Starting")]
        assert (code, said, more) == (0, [], ""), f"ended with {code}: {''.join(said)}{more}"


IN_VIEW = """mark => {
    const quote = mark.getBoundingClientRect(), frame = mark.closest('.scroller').getBoundingClientRect();
    return quote.height > 0 && quote.top >= frame.top && quote.bottom <= Math.min(frame.bottom, innerHeight)
        && quote.left >= 0 && quote.right <= innerWidth;
}"""


def ask(tab, question):
    """Put in a question, its end key by key, and wait for its answer."""
    box = tab.locator("#box textarea")
    box.fill(question[:-4])
    box.press_sequentially(question[-4:])
    tab.keyboard.press("Enter")
    answered(tab, question)


def answered(tab, question):
    """Wait for the answer to a question, and until another can be asked."""
    tab.wait_for_function(
        """([asked, stops]) => document.querySelector('#live .question')?.textContent === asked
            && document.querySelector('#live .turn').dataset.stage === 'done'
            && !stops.includes(document.querySelector('#box button').textContent.trim())""",
        arg=[question, [labels(language).stop for language in ("it", "en")]],
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


def reach(tab, selector, key="Tab"):
    """Press Tab (or Shift+Tab) until the focus is there, as it visibly must be."""
    for _ in range(60):
        tab.keyboard.press(key)
        if tab.evaluate("selector => document.activeElement.matches(selector)", selector):
            assert tab.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth) >= 2")
            return
    raise AssertionError(f"{selector} is not reached by Tab")


def fetch(url):
    with urllib.request.urlopen(url, timeout=10) as answer:
        return answer.headers, answer.read().decode()
