"""Fixtures of the tests that need the page: its address, a browser, and visitors who watch where requests go.

A plugin, so that every test module that names it shares one server and one browser.
"""

import re
import shutil
from contextlib import contextmanager

import pytest
from serving import served

from bot.strings import page

CHROMIUM = shutil.which("chromium")
FLAGS = (
    "--no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-component-update --disable-sync"
    " --disable-quic --disable-features=PreloadTopChromeWebUI"
).split()


@pytest.fixture(scope="session")
def address(bot, home):
    """The page over the dossier, served by a process of its own."""
    with served(home) as url:
        yield url


@pytest.fixture(scope="session")
def chromium():
    """A real browser."""
    from playwright.sync_api import sync_playwright

    if CHROMIUM is None:
        pytest.skip("no chromium on the PATH (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium):
    """Open pages as new visitors; afterwards: no request left this machine, and no script failed."""
    requests, failures, contexts = [], [], []

    def leave():
        while contexts:
            contexts.pop().close()

    def opened(url, language="it-IT", script="", **options):
        context = chromium.new_context(**{"locale": language, "viewport": {"width": 1280, "height": 800}} | options)
        contexts.append(context)
        if script:
            context.add_init_script(script)
        tab = context.new_page()
        tab.set_default_timeout(60_000)
        tab.on("request", lambda request: requests.append(request.url))
        tab.on("pageerror", lambda error: failures.append(str(error)))
        tab.on("console", lambda said: failures.append(said.text) if said.type == "error" else None)
        tab.on("dialog", lambda dialog: (failures.append(f"a dialog: {dialog.message}"), dialog.dismiss()))
        tab.goto(url)
        tab.wait_for_selector("html.ready")
        return tab

    opened.leave = leave
    yield opened
    leave()
    assert requests
    elsewhere = [
        url for url in requests if not re.match(r"http://127\.0\.0\.1:\d+/|data:|blob:http://127\.0\.0\.1:", url)
    ]
    assert elsewhere == [] and failures == []


@pytest.fixture
def serving(visit):
    """Serve the page for one test alone; its visitors leave first, as a page whose server is gone asks for it in vain."""

    @contextmanager
    def served_until_they_leave(*program, **settings):
        with served(*program, **settings) as url:
            try:
                yield url
            finally:
                visit.leave()

    return served_until_they_leave


@pytest.fixture(scope="session")
def several(bot):
    """A question whose answer rests on several citations."""
    return next(question for question in page("it").examples if len(bot.ask(question).citations) > 1)
