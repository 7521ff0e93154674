"""Every hostile text of `data/payloads.jsonl` through every surface of the page, in a real browser: nothing is executed.

All payloads share a page: each surface is shown with all of them, and then looked at once. A new surface is a line in
`SURFACES`.
"""

import pytest
from hostile_page import ALL, PAYLOADS, hostile, quiet, shown
from openai_server import OpenAIServer

from bot.datamodels import Answer, Citation, State, Statement
from bot.export import export
from bot.page.labels import labels
from bot.records import Conversation, Exchange

pytest_plugins = ["page_fixtures"]
IMAGE = PAYLOADS[6]
TEXT = "Il sindaco Rossi ha venduto {n} tram alla città di Trento nel 2024. La spesa è di 9.000 euro. {payload}"


@pytest.fixture(scope="module")
def trap(tmp_path_factory):
    with hostile(tmp_path_factory.mktemp("payloads")) as url:
        yield url


def asked(tab, question):
    before = tab.locator(".turn").count()
    tab.fill("#box textarea", question)
    tab.keyboard.press("Enter")
    answered(tab, before)


def answered(tab, before):
    tab.wait_for_function(
        "before => document.querySelectorAll('.turn').length > before && !['searching', 'reading'].includes(document.querySelector('#live .turn').dataset.stage)",
        arg=before,
    )


# -- the conversation and its sources


def question_and_answer(tab):
    asked(tab, ALL[:8900])
    assert tab.locator("#live .sentence").count() == len(PAYLOADS)
    shown(tab.locator("#live .answer").text_content())
    shown(tab.locator("#live .question").text_content())


def tips(tab):
    for kind in (".chip", ".verdict"):
        tab.locator(f"#live {kind}").first.hover()
        assert tab.locator("#tip").inner_text()


def panel(tab):
    tab.locator("#live .chip").first.click()
    tab.wait_for_selector("#panel mark")


def article(tab):
    cited = tab.locator("#panel .panel").get_attribute("data-article")
    tab.click("#panel .back")
    tab.click(f"#panel .articles button[data-do=open][data-id='{cited}']")
    tab.wait_for_selector("#panel article .uses")


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


def followups(tab):
    tab.wait_for_function(
        "n => document.querySelectorAll('#live .next button').length === n", arg=len(PAYLOADS), timeout=20_000
    )
    shown(tab.locator("#live .next").text_content())
    before = tab.locator(".turn").count()
    tab.locator("#live .next button").nth(6).click()
    answered(tab, before)
    assert tab.locator("#live .question").text_content() == PAYLOADS[6]


def silence(tab):
    asked(tab, "silenzio " + PAYLOADS[1])
    assert tab.locator("#live .card").count() >= 1


def error(tab):
    asked(tab, "errore " + PAYLOADS[2])
    shown(tab.locator("#live .problem").inner_text())


def language(tab):
    for code in ("en", "it"):
        tab.click(f"[data-do=language][data-code={code}]")
        tab.wait_for_selector(f"html[lang={code}] #live .tools[lang={code}]")
    shown(tab.locator("#past .answer").first.text_content())


# -- articles of one's own

_SEND = """([names, texts]) => {
    const data = new DataTransfer(), field = document.querySelector("#panel .files");
    names.forEach((name, n) => data.items.add(new File([texts[n]], name, { type: "text/plain" })));
    field.files = data.files;
    field.dispatchEvent(new Event("change", { bubbles: true }));
}"""


def sent(tab, names, texts):
    """Choose files of such names, each by its own: a browser takes any name that a disk would."""
    tab.evaluate(_SEND, [names, texts])


def bad_files(tab):
    tab.click("#panel [data-room=add]")
    tab.wait_for_selector("#panel .drop")
    for start in range(0, len(PAYLOADS), 20):
        names = [
            f"{start}{payload}.{kind}"
            for payload, kind in zip(PAYLOADS[start:][:20], ["pdf", "exe"] * 10, strict=False)
        ]
        sent(tab, names, ["niente"] * len(names))
        tab.wait_for_function(
            "([first, n]) => { const told = document.querySelectorAll('#panel .adding .notice');"
            " return told.length === n && told[0].textContent.startsWith(first); }",
            arg=[f"«{start}", len(names)],
        )
        quiet(tab, f"bad files from {start}")
    assert PAYLOADS[81] in tab.locator("#panel .adding").inner_text()


def good_files(tab):
    few = PAYLOADS[:16]
    sent(tab, [f"{payload}.txt" for payload in few], [TEXT.format(n=n, payload=p) for n, p in enumerate(few, 2)])
    tab.wait_for_function("n => document.querySelectorAll('#panel .draft-article').length === n", arg=len(few))
    assert IMAGE in "".join(tab.locator("#panel .draft-article blockquote").all_text_contents())


def pasted(tab):
    tab.click("#panel .paste summary")
    tab.fill("#panel .paste-title", ALL[:300])
    tab.fill("#panel .paste-text", TEXT.format(n=99, payload="\n\n".join(PAYLOADS)))
    tab.click("#panel [data-do=paste]")
    tab.wait_for_selector("#panel .draft-article >> nth=16")


def corrected(tab):
    draft = tab.locator("#panel .draft-article").last
    for name in ("title", "source", "date"):
        draft.locator(f"[data-field={name}]").fill(f'"><b>{IMAGE}')
        draft.locator(f"[data-field={name}]").blur()
    draft.locator("[data-do=use]").click()
    tab.wait_for_selector(f"#panel .draft-article .notice:has-text('{labels('it').add_bad_date[:30]}')")
    assert draft.locator("[data-field=title]").input_value() == f'"><b>{IMAGE}'
    draft.locator("[data-field=date]").fill("2024-06")
    draft.locator("[data-field=date]").blur()


def used(tab):
    tab.locator("#panel .draft-article").last.locator("[data-do=use]").click()
    tab.wait_for_selector("#panel .done")
    assert IMAGE in tab.locator("#panel .done").inner_text()
    tab.click("#panel .adding .articles [data-do=open]")
    tab.wait_for_selector("#panel article")
    assert tab.locator("#panel .headline").inner_text() == f'"><b>{IMAGE}'
    tab.click("#panel [data-room=sources]")
    tab.wait_for_selector("#panel .own")


# -- the other rooms


def summary(tab):
    before = tab.locator(".turn").count()
    tab.click("#panel [data-room=summaries]")
    tab.fill("#panel [data-wish=focus]", ALL[:300])
    tab.click("#panel [data-do=sum]")
    answered(tab, before)
    assert PAYLOADS[1] in tab.locator("#live .question").text_content()
    assert tab.locator("#live .chip").count() > 1


def agreeing(tab):
    before = tab.locator(".turn").count()
    tab.fill("#panel [data-wish=focus]", f"costo {IMAGE}")
    tab.click("#panel [data-do=sum]")
    answered(tab, before)
    assert tab.locator("#live .agreeing [data-wish=focus]").input_value() == f"costo {IMAGE}"
    tab.click("#live .agreeing [data-do=sum]")
    tab.wait_for_selector("#live .turn[data-stage=done] .chip")


def model(tab):
    tab.click("#panel [data-room=model]")
    for name, key, server in ((IMAGE, IMAGE, IMAGE), ("openai:x", "k", IMAGE), ("openai:x", "é" + IMAGE, "")):
        entered(tab, name, key, server)
        tab.wait_for_selector("#panel .voicing .notice")
    with OpenAIServer() as server:
        server.offers = PAYLOADS[:6]
        entered(tab, f"openai:{IMAGE}", "sk", server.base_url)
        tab.wait_for_selector("#panel .voicing .done")
    assert IMAGE in tab.locator("#panel .lead").first.inner_text()
    assert PAYLOADS[5] in tab.locator("#panel .done").inner_text()
    quiet(tab, "a model of a hostile name")
    tab.click("#panel [data-do=writer][data-who=sources]")
    tab.wait_for_selector("#panel .voicing .done", state="detached")


def entered(tab, *given):
    for name, value in zip(("name", "key", "server"), given, strict=True):
        tab.fill(f"#panel [data-voice={name}]", value)
    tab.click("#panel [data-do=voice]")


def history(tab):
    tab.click("#panel [data-room=history]")
    tab.wait_for_selector("#panel .talks .open")
    tab.click("#panel .talks [data-kept=rename]")
    tab.fill("#panel .new-title", ALL[:120])
    tab.keyboard.press("Enter")
    tab.wait_for_function(
        "title => document.querySelector('#panel .talks .title').textContent.startsWith(title)", arg=PAYLOADS[0]
    )
    tab.click("#panel .talks [data-kept=delete]")
    tab.keyboard.press("Escape")


def sought(tab):
    for words, found in (("biciclette window.__pwned", True), (IMAGE, True), ('"*( NEAR x:^ OR', False)):
        tab.fill("#panel .seek input", words)
        tab.wait_for_selector("#panel .excerpt mark" if found else "#panel .none")
        quiet(tab, words)
    tab.fill("#panel .seek input", "")
    tab.wait_for_selector("#panel .clearing")
    tab.click("#live [data-do=clear]")
    tab.wait_for_selector(".welcome")
    tab.click("#panel .talks .open")
    tab.wait_for_selector("#live .turn")
    shown(tab.locator("#conversation .answer").first.text_content())


# From `used` on it is another bot that answers, which has the visitor's articles as well and says no more than they do.
SURFACES = [
    question_and_answer, tips, panel, article, sources, editing, followups, silence, error, language, summary, agreeing, model,
    bad_files, good_files, pasted, corrected, used, history, sought,
]  # fmt: skip


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
    # The page's own scripts, of which some may still be on their way, are not the export's.
    tab.goto("about:blank")
    tab.set_content(made)
    tab.wait_for_timeout(300)
    assert tab.evaluate("window.__pwned ?? null") is None
    assert (
        tab.locator("script, img, iframe, svg, object, base, form, a[href^='javascript'], a[href^='data']").count() == 0
    )
