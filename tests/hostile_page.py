"""A page on which every text is hostile: articles in every field, and a bot in every word."""

import json
from contextlib import contextmanager
from pathlib import Path

from conftest import make_article
from serving import served

from bot.chat import Bot
from bot.library import Library
from bot.settings import Settings

DATA = Path(__file__).parent / "data" / "payloads.jsonl"
PAYLOADS = [json.loads(line) for line in DATA.read_text(encoding="utf-8").splitlines()]
ALL = " ¶ ".join(PAYLOADS)

# A bot that says the payloads wherever a bot says something: as a draft, in sentences, reasons, notices, errors,
# questions to go on with, what a summary reads.
HOSTILE = """
import json, sys
from dataclasses import replace
from pathlib import Path
from bot.chat import Bot
from bot.datamodels import Reason, State, Statement, Usage, Verdict
from bot.errors import CostError, ModelError
from bot.events import Done, Said, Wrote
from bot.page import suggest
from bot.page.ui import serve
from bot.summarize.values import Reading

payloads = [json.loads(line) for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()]
everything = " ".join(payloads)
suggest.suggested = lambda *arguments: tuple(payloads)

class Hostile(Bot):
    def stream(self, question, *arguments, **named):
        if "errore" in question:
            raise ModelError("server", everything, everything)
        for event in super().stream("Quante biciclette ha comprato il sindaco Bianchi?", *arguments, **named):
            if isinstance(event, Done):
                answer, n = event.answer, [c.n for c in event.answer.citations[:1]]
                for few in range(0, len(payloads), 17):
                    yield Wrote(" ".join(payloads[few : few + 17]))
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

    def stream_summary(self, wish, *, agreed=False, **named):
        if "costo" in wish.focus and not agreed:
            raise CostError(everything, 3, 9.5)
        for few in range(0, len(payloads), 17):
            yield Reading(few, len(payloads), " ".join(payloads[few : few + 17]))
        yield from super().stream_summary(replace(wish, focus=""), agreed=agreed, **named)

with Hostile.open(sys.argv[2]) as bot:
    serve(bot, "127.0.0.1", 0)
"""


@contextmanager
def hostile(home):
    """Serve the page; yields its address."""
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
        home, ["-c", HOSTILE, str(DATA), str(home / "index")], PONTE_MAX_QUESTION="9000", PONTE_LANGUAGE="it",
        PONTE_VISITOR_SERVERS="on", PONTE_RATE="5000",
    ) as url:  # fmt: skip
        yield url


# What ran; elements that no text may become, in the document and on the desk; attributes that act; signs that turn.
_LOOK = """() => [
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
    assert tab.evaluate(_LOOK) == [None, 0, 0, 0, False], surface


def shown(text):
    """Check that a part of the page shows some payloads as the texts that they are."""
    for payload in (PAYLOADS[0], PAYLOADS[6], "{{#each x}}{{this}}{{/each}} {% raw %} <%= 1 %>"):
        assert payload in text
