"""A model chosen on the page, with a key of one's own, in a real browser against a real server on loopback."""

from openai_server import Act
from serving import QUESTION, ask, quote_of, reach, seen
from writing import VERO

from bot.page.voice_labels import voice_labels

pytest_plugins = ["page_fixtures"]
MINE = "sk-visitor-Qy44-never-to-be-seen"
IT = voice_labels("it")


def told(tab, label, detail=""):
    said = IT.news(label, detail)
    tab.wait_for_function("said => document.querySelector('#panel .voicing').innerText.includes(said)", arg=said)


def entered(tab, name, key):
    tab.fill("#panel [data-voice=name]", name)
    tab.fill("#panel [data-voice=key]", key)
    tab.click("#panel [data-do=voice]")
    assert tab.input_value("#panel [data-voice=key]") == ""


def test_a_visitor_chooses_a_model_asks_it_stops_it_and_leaves_it(visit, serving, home, bot, openai_server):
    openai_server.accepts = MINE
    with serving(home, OPENAI_API_KEY="", PONTE_MAX_COST="0.5") as url:
        tab, responses = visit(url), []
        tab.on("response", lambda response: responses.append(response))
        reach(tab, "#panel [data-room=model]")
        tab.keyboard.press("Enter")
        tab.wait_for_selector("#panel .voicing")
        host = openai_server.base_url[7:-3]
        lead = tab.locator("#panel .voicing").inner_text()
        assert IT.sent.format(host=host) in lead and IT.now_sources in lead and IT.nothing in lead
        assert tab.locator("#panel [data-voice=server]").count() == 0
        assert tab.get_attribute("#panel [data-voice=key]", "type") == "password"
        entered(tab, "openai:test-model", "")
        told(tab, "no_key")
        entered(tab, "<img src=x onerror=alert(1)>", MINE)
        told(tab, "bad_name")
        entered(tab, "openai:test-model", MINE + "x")
        told(tab, "key_refused", host)
        entered(tab, "openai:test-model", MINE)
        told(tab, "taken", "openai:test-model")
        assert tab.input_value("#panel [data-voice=key]") == ""

        openai_server.play(Act(f"{VERO} [1]. Putin ha regalato a Kim un elefante [1].", pace=0.01), Act("S1: DROP"))
        ask(tab, QUESTION)
        assert VERO in tab.locator("#live .answer").inner_text()
        assert "elefante" not in tab.locator("#live .answer").inner_text()
        assert tab.locator("#live .verdict.supported").count() == tab.locator("#live .sentence").count() == 1
        assert "openai:test-model" in tab.locator("#live .usage").inner_text()
        tab.click("#live .chip >> nth=0")
        seen(tab, quote_of(tab, bot))

        # Nothing comes, not even the headers: a stop closes the request all the same.
        openai_server.play(Act(before=60, silent=True))
        asked = len(openai_server.requests)
        tab.fill("#box textarea", "Quali regali ha fatto Putin a Kim?")
        tab.keyboard.press("Enter")
        openai_server.wait_for(lambda: len(openai_server.requests) == asked + 1, 20)
        tab.click("#box .stop-button")
        openai_server.wait_for(lambda: openai_server.hung_up, 30)
        tab.wait_for_selector("#live .stopped")

        openai_server.play(Act("Che cosa ha donato Putin a Kim?"), Act(f"{VERO} [1]."))
        ask(tab, "Che cosa ha donato Putin a Kim?")
        usage = tab.locator("#live .usage").inner_text()
        assert IT.total.split(":")[0] in usage, usage
        tab.click("#panel [data-room=model]")
        tab.wait_for_selector("#panel .conversation-usage")
        assert tab.locator("#panel .conversation-usage").inner_text().startswith(IT.usage.split("{")[0])
        assert IT.limit.format(limit="0,5000 $") in tab.locator("#panel .voicing").inner_text()

        sent = len(openai_server.requests)
        other = visit(url)
        ask(other, QUESTION)
        tab.click("#panel [data-do=writer][data-who=sources]")
        tab.wait_for_function("said => document.querySelector('#panel .lead').innerText === said", arg=IT.now_sources)
        ask(tab, "Chi è Ushakov?")
        assert len(openai_server.requests) == sent and tab.locator("#live .usage").count() == 0
        keys = {request.headers["authorization"] for request in openai_server.requests if request.body}
        assert keys == {f"Bearer {MINE}"}
        kept = tab.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])")
        page = tab.content() + tab.inner_text("body") + kept
        bodies = "".join(body_of(response) for response in responses)
        assert "un pugnale da ammiraglio." in bodies and "Qy44" not in page + bodies and "Qy44" not in other.content()


def body_of(response):
    try:
        return response.url + response.text()
    except Exception:
        return response.url
