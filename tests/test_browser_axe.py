"""Accessibility in a real browser: axe-core finds nothing serious, in both languages, light and dark, in every room."""

from importlib.resources import files

import pytest
from serving import QUESTION, ask

pytest_plugins = ["page_fixtures"]
TEXT = "Il sindaco Bianchi ha comprato 12 biciclette per gli uffici di Trento. La spesa è di 9.000 euro."


def violations(tab):
    """What axe-core calls serious or critical: the rule, and where."""
    tab.evaluate(files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8") + "; undefined")
    # What passes is counted over there: all of it is a page of its own, and takes longer to bring here than to find.
    passes, found = tab.evaluate(
        "axe.run(document, { resultTypes: ['violations'] }).then(found => [found.passes.length, found.violations])"
    )
    assert passes > 10
    return [
        (rule["id"], node["target"], node["failureSummary"])
        for rule in found
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
    ]


DESK = {"viewport": {"width": 1280, "height": 800}}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.mark.parametrize(
    ("device", "scheme", "language", "question"),
    [
        (DESK, "light", "it-IT", QUESTION),
        (DESK, "dark", "en-GB", "What did South Korea say about the treaty?"),
        (PHONE, "dark", "it-IT", QUESTION),
        (PHONE, "light", "en-GB", "What did South Korea say about the treaty?"),
    ],
    ids=["desk-light-it", "desk-dark-en", "phone-dark-it", "phone-light-en"],
)
def test_nothing_serious_in_any_room(visit, address, device, scheme, language, question):
    tab = visit(address, language, color_scheme=scheme, **device)

    def room(name):
        if device is PHONE and not tab.evaluate("document.body.classList.contains('sources-open')"):
            tab.tap("[data-do=drawer]")
            tab.wait_for_function(
                "document.getElementById('sources').getBoundingClientRect().bottom <= innerHeight + 1"
            )
        tab.click(f"#panel [data-room={name}]")

    def away():
        if device is PHONE:
            tab.tap("#panel .close")
            tab.wait_for_selector("#sources", state="hidden")

    def fine(where):
        assert violations(tab) == [], where

    fine("welcome, sources")
    ask(tab, "Chi ha vinto il campionato di calcio nel 2023?")
    ask(tab, question)
    tab.locator("#live .next button").first.wait_for()
    tab.click("#live .edit")
    tab.click("#live .thumb.down")
    tab.click("#live .exports summary")
    fine("a silence and an answer, edited, judged, exported")
    tab.click("#live .chip >> nth=0")
    tab.wait_for_selector("#panel mark")
    fine("quote")
    tab.click("#panel .back")
    tab.click("#panel .articles [data-do=open] >> nth=0")
    tab.wait_for_selector("#panel article")
    fine("article")
    room("summaries")
    tab.wait_for_selector("#panel .summing")
    fine("summaries")
    tab.click("#panel [data-do=sum]")
    tab.wait_for_selector("#live .turn[data-stage=done] .rests")
    fine("a summary")
    room("add")
    tab.wait_for_selector("#panel .drop")
    files_ = [("nota.txt", TEXT.encode()), ("rotto.pdf", b"no")]
    tab.set_input_files("#panel .files", [{"name": n, "mimeType": "text/plain", "buffer": b} for n, b in files_])
    tab.wait_for_selector("#panel .adding .notice")
    tab.wait_for_selector("#panel .draft-article")
    fine("add")
    room("model")
    tab.wait_for_selector("#panel .voicing")
    tab.click("#panel [data-do=voice]")
    tab.wait_for_selector("#panel .voicing .notice")
    fine("model")
    room("history")
    tab.wait_for_selector("#panel .talks")
    tab.click("#panel .talks [data-kept=rename]")
    fine("history")
    away()
