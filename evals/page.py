"""How soon the page shows something: question to first sentence, click to opened citation. Prints a Markdown table.

    python evals/page.py            30 questions, after a warm-up
    python evals/page.py --rounds 5

The page is served by a process of its own, without a language model, over the dossier that ships, and used in Chromium
as a visitor uses it. Time runs in the browser: from the key that sends a question to the frame that shows its first
sentence, and from the click to the frame in which the quote is highlighted and in view. No question is asked twice in a
conversation. Needs what the tests need (`make test` sets it up), and `chromium` on the PATH.
"""

import argparse
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bot.strings import page  # noqa: E402

_FLAGS = "--no-sandbox --disable-gpu --no-first-run --disable-background-networking".split()
# Frames are looked at one by one; a frame that shows what was waited for ends the time.
_ASKED = """question => new Promise(done => {
    const field = document.querySelector("#box textarea");
    field.value = question;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    setTimeout(() => {
        const began = performance.now();
        field.dispatchEvent(new KeyboardEvent("keypress", { key: "Enter", bubbles: true }));
        const there = () => document.querySelector("#live .question")?.textContent === question
            && document.querySelector("#live .sentence, #live .card");
        const look = () => there() ? done(performance.now() - began) : requestAnimationFrame(look);
        look();
    }, 50);
})"""
_OPENED = """n => new Promise(done => {
    const chip = document.querySelectorAll("#live [data-do=cite]")[n], began = performance.now();
    const before = document.querySelector("#panel mark");
    chip.click();
    const there = () => {
        const mark = document.querySelector("#panel mark");
        if (!mark || mark === before) return false;
        const quote = mark.getBoundingClientRect(), frame = mark.closest(".scroller").getBoundingClientRect();
        return quote.top >= frame.top && quote.top < frame.bottom;
    };
    const look = () => there() ? done(performance.now() - began) : requestAnimationFrame(look);
    look();
})"""


@contextmanager
def served(home: str) -> Iterator[str]:
    """Serve the page over an index in a folder; yields its address."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PONTE_", "OPENAI_"))}
    if "PONTE_CACHE_DIR" in os.environ:
        environment["PONTE_CACHE_DIR"] = os.environ["PONTE_CACHE_DIR"]
    command = [sys.executable, "-m", "bot.cli", "serve", "--port", "0"]
    with subprocess.Popen(
        command, cwd=ROOT, env={**environment, "PONTE_HOME": home}, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            line = process.stdout.readline() if process.stdout else ""
            found = re.search(r"http://\S+:\d+", line)
            if found is None:
                raise SystemExit(f"the page is not served: {line}")
            yield found.group()
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(30)


def measured(tab: Page, questions: Sequence[str]) -> tuple[list[float], list[float]]:
    """Ask each question and open its first citation; returns milliseconds to the first sentence, and to the quote."""
    first, opened = [], []
    for question in questions:
        first.append(float(tab.evaluate(_ASKED, question)))
        tab.wait_for_selector("#live .turn[data-stage=done]")
        opened.append(float(tab.evaluate(_OPENED, 0)))
        tab.wait_for_timeout(1_500)  # questions to go on with are made meanwhile, and would be measured with the next
        tab.click("#live [data-do=clear]")
        tab.wait_for_selector(".welcome")
        tab.click("#panel [data-room=sources]")
        tab.wait_for_selector("#panel .articles")
    return first, opened


def told(what: str, values: Sequence[float]) -> str:
    """Return a row: median, the slowest of twenty, range."""
    late = sorted(values)[min(len(values) - 1, round(0.95 * (len(values) - 1)))]
    return f"| {what} | {statistics.median(values):.0f} ms | {late:.0f} ms | {min(values):.0f}–{max(values):.0f} ms |"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=4, help="how often each of the eight questions is asked")
    rounds = parser.parse_args().rounds
    questions = [*page("it").examples, *page("en").examples]
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home,
        served(home) as url,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=_FLAGS)
        tab = browser.new_context(locale="it-IT", viewport={"width": 1280, "height": 800}).new_page()
        tab.goto(url)
        tab.wait_for_selector("html.ready")
        measured(tab, questions[:2])
        first, opened = measured(tab, questions * rounds)
        browser.close()
    print("| what | median | p95 | range |")
    print("| --- | --- | --- | --- |")
    print(told(f"question sent to first sentence shown ({len(first)} questions)", first))
    print(told("click on a citation to the quote in view", opened))


if __name__ == "__main__":
    main()
