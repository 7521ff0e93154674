"""Accessibility in a real browser: axe-core finds nothing serious, in both languages, light and dark, in every room."""

from importlib.resources import files

import pytest
from serving import QUESTION, ask

pytest_plugins = ["page_fixtures"]
TEXT = "Il sindaco Bianchi ha comprato 12 biciclette per gli uffici di Trento. La spesa è di 9.000 euro."


def violations(tab):
    """What axe-core calls serious or critical: the rule, and where."""
    tab.evaluate(files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8") + "; undefined")
    found = tab.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    assert len(found["passes"]) > 10
    return [
        (rule["id"], node["target"], node["failureSummary"])
        for rule in found["violations"]
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("language", "question"), [("it-IT", QUESTION), ("en-GB", "What did South Korea say about the treaty?")]
)
def test_nothing_serious_in_any_room(visit, address, language, question, scheme):
    tab = visit(address, language, color_scheme=scheme)
    assert violations(tab) == []
    ask(tab, "Chi ha vinto il campionato di calcio nel 2023?")
    ask(tab, question)
    tab.locator("#live .next button").first.wait_for()
    tab.click("#live .chip >> nth=0")
    tab.wait_for_selector("#panel mark")
    assert violations(tab) == []
    tab.click("#live .edit")
    assert violations(tab) == []
    tab.click("#live .thumb.down")
    tab.click("#live .exports summary")
    tab.click("#panel [data-room=history]")
    tab.wait_for_selector("#panel .talks")
    tab.click("#panel .talks [data-kept=rename]")
    assert violations(tab) == []
    tab.click("#panel [data-room=add]")
    files_ = [("nota.txt", TEXT.encode()), ("rotto.pdf", b"no")]
    tab.set_input_files("#panel .files", [{"name": n, "mimeType": "text/plain", "buffer": b} for n, b in files_])
    tab.wait_for_selector("#panel .adding .notice")
    tab.wait_for_selector("#panel .draft-article")
    assert violations(tab) == []


def test_nothing_serious_on_a_phone(visit, address):
    tab = visit(address, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    ask(tab, QUESTION)
    assert violations(tab) == []
    tab.tap("#live .chip >> nth=0")
    tab.wait_for_selector("#panel mark")
    assert violations(tab) == []
