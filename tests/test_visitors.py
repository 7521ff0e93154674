"""Twenty visitors at once: each gets their own answer and nobody else's, and none waits without a sign."""

import json
import threading
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import pytest
from serving import answered, fetch

from bot.strings import page as labels

pytest_plugins = ["page_fixtures"]
ASKED = [
    *labels("it").examples, *labels("en").examples, "Chi è Ushakov?", "Che cosa ha detto Stoltenberg?", "Quando è entrato in vigore il trattato?",
    "Who is Peskov?", "Chi ha vinto il campionato di calcio nel 2023?", "What did the United States say?", "Perché la Russia ha posto il veto?",
    "When did Kim travel to Russia in 2023?", "Quali armi ha inviato la Corea del Nord?", "Where did Kim and Putin meet in 2019?",
    "Cosa ha detto il Giappone?", "Who won the football championship?",
]  # fmt: skip


def visit_by_hand(url, listener, question, start):
    """Ask as the page does, over HTTP; returns seconds to the first sign and to the answer, and all that was heard."""
    session = f"visitor{abs(hash(question))}"
    start.wait(30)
    asked = time.perf_counter()
    body = {
        "data": [question, None, None, None, None],
        "fn_index": listener,
        "session_hash": session,
        "trigger_id": None,
    }
    request = urllib.request.Request(
        f"{url}/gradio_api/queue/join", json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=60) as joined:
        assert joined.status == 200
    heard, sign = [], 0.0
    with urllib.request.urlopen(f"{url}/gradio_api/queue/data?session_hash={session}", timeout=60) as stream:
        for line in stream:
            if line.startswith(b"data: "):
                sign = sign or time.perf_counter() - asked
                heard.append(line.decode())
                if '"process_completed"' in heard[-1]:
                    break
    return sign, time.perf_counter() - asked, "".join(heard)


def test_twenty_visitors_at_once_get_their_own_answers_and_a_sign_within_a_second(visit, address, record_property):
    assert len(set(ASKED)) == 20
    listeners = json.loads(fetch(f"{address}/config")[1])["dependencies"]
    typed = next(listener["id"] for listener in listeners if listener["api_name"] == "_typed")
    tabs = [visit(address) for _ in range(2)]
    for tab, question in zip(tabs, ASKED, strict=False):
        tab.fill("#box textarea", question)
    start = threading.Event()
    with ThreadPoolExecutor(18) as pool:
        others = [pool.submit(visit_by_hand, address, typed, question, start) for question in ASKED[2:]]
        start.set()
        waits = []
        for tab in tabs:
            began = tab.evaluate("performance.now()")
            tab.keyboard.press("Enter")
            tab.wait_for_selector("#live .pending .waiting, #live .turn[data-stage]")
            waits.append((tab.evaluate("performance.now()") - began) / 1000)
        for tab, question in zip(tabs, ASKED, strict=False):
            answered(tab, question)
        told = [one.result() for one in others]
    for tab, question in zip(tabs, ASKED, strict=False):
        text = tab.locator("#conversation").inner_text()
        assert question in text and not [other for other in ASKED if other != question and other in text]
    for question, (_, _, heard) in zip(ASKED[2:], told, strict=True):
        plain = json.dumps(question)[1:-1]
        assert question in heard or plain in heard
        strangers = [
            other for other in ASKED if other != question and (other in heard or json.dumps(other)[1:-1] in heard)
        ]
        assert not [other for other in strangers if other not in labels("it").examples + labels("en").examples]
    signs, ends = sorted([*waits, *(sign for sign, _, _ in told)]), sorted(end for _, end, _ in told)
    figures = {"first sign, slowest": signs[-1], "answer, median": ends[len(ends) // 2], "answer, slowest": ends[-1]}
    print({name: round(seconds, 2) for name, seconds in figures.items()}, "tabs", [round(w, 2) for w in waits])
    # A sign comes long before the answer: on the page from the page itself, over HTTP as the first thing heard.
    assert max(waits) < 10 and all(0 < sign <= end for sign, end, _ in told) and ends[-1] < 60


def test_who_waits_for_their_turn_is_told_so_at_once(visit, address):
    """Where the server takes its time to begin, the question and a word about waiting stand there in a moment."""
    hold = """(() => { const real = window.fetch; window.fetch = async (...given) => {
        if (String(given[0]?.url ?? given[0]).includes("/queue/join")) await new Promise((go) => (window.go = go));
        return real(...given); }; })()"""
    tab = visit(address, script=hold)
    tab.fill("#box textarea", ASKED[0])
    began = time.perf_counter()
    tab.keyboard.press("Enter")
    tab.wait_for_selector(f"#live .pending .waiting:has-text('{labels('it').waiting}')")
    assert time.perf_counter() - began < 5 and tab.locator("#live .pending h2").inner_text() == ASKED[0]
    tab.evaluate("window.go()")
    answered(tab, ASKED[0])
    assert tab.locator(".pending").count() == 0 and tab.locator(".turn").count() == 1


@pytest.mark.parametrize("status", [429, 503])
def test_who_is_turned_away_is_told_so(chromium, address, status):
    context = chromium.new_context(locale="it-IT")
    tab = context.new_page()
    tab.route("**/queue/join**", lambda route: (time.sleep(0.6), route.fulfill(status=status, json={"detail": "full"})))
    tab.goto(address)
    tab.wait_for_selector("html.ready")
    tab.fill("#box textarea", ASKED[0])
    tab.keyboard.press("Enter")
    tab.wait_for_selector(f"#live .pending .waiting:has-text('{labels('it').crowded}')")
    context.close()
