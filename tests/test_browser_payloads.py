"""Every hostile text of `data/payloads.jsonl` through every surface of the page, in a real browser: nothing is executed.

All payloads share a page: each surface is shown with all of them, and then looked at once. A new surface is a line in
`SURFACES`.
"""

import json
from pathlib import Path

import pytest
from conftest import make_article
from serving import served

from bot.chat import Bot
from bot.datamodels import Answer, Citation, State, Statement
from bot.export import export
from bot.library import Library
from bot.records import Conversation, Exchange
from bot.settings import Settings

pytest_plugins = ["page_fixtures"]
DATA = Path(__file__).parent / "data" / "payloads.jsonl"
PAYLOADS = [json.loads(line) for line in DATA.read_text(encoding="utf-8").splitlines()]
ALL = " ¶ ".join(PAYLOADS)

# A bot that says the payloads wherever a bot says something: as a draft, in sentences, reasons, notices, errors.
HOSTILE = """
import json, sys
from dataclasses import replace
from pathlib import Path
from bot.chat import Bot
from bot.datamodels import Reason, State, Statement, Usage, Verdict
from bot.errors import ModelError
from bot.events import Done, Said, Wrote
from bot.page.ui import serve

payloads = [json.loads(line) for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()]
everything = " ".join(payloads)

class Hostile(Bot):
    def stream(self, question, *arguments, **named):
        if "errore" in question:
            raise ModelError("server", everything, everything)
        for event in super().stream("Quante biciclette ha comprato il sindaco Bianchi?", *arguments, **named):
            if isinstance(event, Done):
                answer, n = event.answer, [c.n for c in event.answer.citations[:1]]
                for payload in payloads:
                    yield Wrote(payload)
                said = tuple(
                    Statement(p, tuple(n), "it", Verdict.PARTLY, (Reason("number", p),)) for p in payloads
                )
                silent = "silenzio" in question
                answer = replace(
                    answer, question=question, text=everything, model=everything, understood=everything,
                    notices=tuple(payloads), missing=tuple(payloads), usage=Usage(1, 1, 1, 0.1),
                    state=State.NOT_IN_SOURCES if silent else State.PARTLY,
                    statements=() if silent else said, citations=() if silent else answer.citations,
                    nearest=answer.citations if silent else (),
                )
                event = Done(answer)
            yield event

with Hostile.open(sys.argv[2]) as bot:
    serve(bot, "127.0.0.1", 0)
"""


@pytest.fixture(scope="module")
def trap(tmp_path_factory):
    """A page over articles that are hostile in every field, and a bot that is hostile in every word."""
    home = tmp_path_factory.mktemp("payloads")
    with Bot(Library(home / "index", Settings(home=home), create=True)) as bot:
        for n in range(4):
            own = PAYLOADS[n::4]
            text = "\n\n".join(
                f"Il sindaco Bianchi ha comprato {k} biciclette {one} a Trento." for k, one in enumerate(own, 2)
            )
            made = make_article(
                f"trap-{n}", text, title=" ".join(own)[:290], source=" ".join(own)[:290], topics=tuple(own),
                publications=tuple(own), date=f"2024-0{n + 1}-01", language="it" if n % 2 else "en",
            )  # fmt: skip
            assert bot.add(made).added == [made.id]
    with served(
        home, ["-c", HOSTILE, str(DATA), str(home / "index")], PONTE_MAX_QUESTION="9000", PONTE_LANGUAGE="it"
    ) as url:
        yield url


LOOK = """() => [
    window.__pwned ?? null,
    [...document.querySelectorAll("iframe, object, embed, video, audio, math, marquee, base[href^='http'], form")].length,
    [...document.querySelectorAll("#desk :is(img, script, style, link, meta, a, template, noscript, foreignObject)")].length,
    [...document.querySelectorAll("#desk *")].filter((e) => [...e.attributes].some((a) =>
        (a.name.startsWith("on") || (a.name === "style" && e.closest(".panel, .turn, .log, .offered")) || /^\\s*(javascript|data):/i.test(a.value))
        && !["value", "title", "aria-label", "data-title", "data-source", "data-question"].includes(a.name))).length,
    /[\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f\\u202a-\\u202e\\u2066-\\u2069]/.test(document.getElementById("desk").innerText),
]"""


def quiet(tab, surface):
    """Point at, focus and look at all that is there; nothing ran, nothing was made of a text but text."""
    tab.evaluate(
        """() => { for (const e of document.querySelectorAll("#desk *")) for (const name of ["mouseover", "focusin", "pointerover"])
            e.dispatchEvent(new Event(name, { bubbles: false })); }"""
    )
    assert tab.evaluate(LOOK) == [None, 0, 0, 0, False], surface


def asked(tab, question):
    tab.fill("#box textarea", question)
    tab.keyboard.press("Enter")
    tab.wait_for_function(
        "before => document.querySelectorAll('.turn').length > before && !['searching', 'reading'].includes(document.querySelector('#live .turn').dataset.stage)",
        arg=tab.locator(".turn").count(),
    )


def shown(tab, text):
    """Check that the page shows some payloads as the texts that they are."""
    for payload in (PAYLOADS[0], PAYLOADS[6], "{{#each x}}{{this}}{{/each}} {% raw %} <%= 1 %>"):
        assert payload in text


def question_and_answer(tab):
    asked(tab, ALL[:8900])
    assert tab.locator("#live .sentence").count() == len(PAYLOADS)
    shown(tab, tab.locator("#live .answer").text_content())
    shown(tab, tab.locator("#live .question").text_content())


def tips(tab):
    for kind in (".chip", ".verdict"):
        tab.locator(f"#live {kind}").first.hover()
        assert tab.locator("#tip").inner_text()


def panel(tab):
    tab.locator("#live .chip").first.click()
    tab.wait_for_selector("#panel mark")


def article(tab):
    tab.click("#panel .back")
    tab.click("#panel .articles button[data-do=open] >> nth=0")
    tab.wait_for_selector("#panel article")


def sources(tab):
    tab.click("#panel .back")
    tab.wait_for_selector("#panel .articles")
    tab.fill("#panel .find", PAYLOADS[0])
    tab.fill("#panel .find", "")
    tab.select_option("#panel .by-order", "title")


def editing(tab):
    tab.locator("#live .edit").click()
    assert PAYLOADS[0] in tab.locator(".editing textarea").input_value()
    tab.keyboard.press("Escape")


def silence(tab):
    asked(tab, "silenzio " + PAYLOADS[1])
    assert tab.locator("#live .card").count() >= 1


def error(tab):
    asked(tab, "errore " + PAYLOADS[2])
    shown(tab, tab.locator("#live .problem").inner_text())


SURFACES = [question_and_answer, tips, panel, article, sources, editing, silence, error]


def test_no_payload_is_executed_on_any_surface_of_the_page(visit, trap):
    assert len(PAYLOADS) >= 60
    tab = visit(trap)
    for surface in SURFACES:
        surface(tab)
        quiet(tab, surface.__name__)
    tab.wait_for_timeout(300)
    quiet(tab, "the end")


def test_no_payload_is_executed_in_an_export(visit, address):
    cited = Citation(1, "trap", ALL, "2024-01-01", ALL, "it", 0, len(ALL), ALL)
    said = tuple(Statement(payload, (1,)) for payload in PAYLOADS)
    exchanges = tuple(
        Exchange(Answer(ALL, ALL, "it", state, said, (cited,), (cited,), tuple(PAYLOADS), tuple(PAYLOADS), ALL))
        for state in State
    )
    made = export(Conversation(ALL, exchanges), "html")
    tab = visit(address)
    tab.set_content(made)
    tab.wait_for_timeout(300)
    assert tab.evaluate("window.__pwned ?? null") is None
    assert (
        tab.locator("script, img, iframe, svg, object, base, form, a[href^='javascript'], a[href^='data']").count() == 0
    )
