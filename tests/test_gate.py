"""The gate, the accounts, the limits and the journal by themselves, and all of them around a served page."""

import asyncio
import base64
import io
import json
import os
import time
import urllib.error
import urllib.request

import pytest
from serving import QUESTION, answered, fetch
from test_programs import RIGHT, tools

from bot.cli import main
from bot.errors import SettingsError
from bot.page.accounts import Accounts, line
from bot.page.gate import Gate, Rules
from bot.page.journal import Journal
from bot.page.limits import Limit
from bot.page.uploads import Uploads

pytest_plugins = ["page_fixtures"]
HOST = (b"host", b"127.0.0.1:7860")


async def inner(scope, receive, send):
    """An application that reads all it is sent and says who asked."""
    while (await receive()).get("more_body"):
        pass
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": str(scope.get("ponte.account")).encode()})


def knock(gate, path="/", *headers, method="GET", body=(b"",), host=HOST):
    """Send a request to a gate; returns status, headers and body."""
    parts, sent = list(body), []

    async def receive():
        part = parts.pop(0)
        return {"type": "http.request", "body": part, "more_body": bool(parts)}

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "path": path, "method": method, "headers": [host, *headers], "client": ("10.0.0.1", 5)}
    asyncio.run(gate(scope, receive, send))
    return sent[0]["status"], dict(sent[0]["headers"]), b"".join(part.get("body", b"") for part in sent[1:])


def gate(journal=None, **rules):
    return Gate(inner, Rules(**rules), journal or Journal())


@pytest.mark.parametrize(
    "path",
    [
        *(
            "/gradio_api/file=/etc/passwd",
            "/gradio_api/proxy=http://example.org",
            "/monitoring",
            "/gradio_api/vibe-edit",
        ),
        *(
            "/gradio_api/call/_typed",
            "/gradio_api/run/_typed",
            "/gradio_api/api/ask",
            "/gradio_api/runs",
            "/docs",
            "/mcp/x",
        ),
        *("/gradio_api/stream/1/2/3/playlist.m3u8", "/gradio_api/deep_link", "/pwa_icon", "//evil", "/\u0661"),
    ],
)
def test_what_the_page_does_not_need_is_not_there(path):
    assert knock(gate(), path)[0] == 404


def test_only_names_of_this_machine_are_served_where_only_it_is_listened_to():
    assert knock(gate(), host=(b"host", b"evil.example"))[0] == 421
    assert knock(gate(), host=(b"host", b"localhost.evil.example"))[0] == 421
    assert knock(gate(), host=(b"host", b"[::1]:7860"))[0] == 200
    assert knock(gate(loopback=False), host=(b"host", b"ponte.example"))[0] == 200


def test_a_page_elsewhere_cannot_use_this_one():
    ours, theirs = (b"origin", b"http://127.0.0.1:7860"), (b"origin", b"https://evil.example")
    for path in ("/gradio_api/queue/join", "/mcp", "/gradio_api/call/ask"):
        assert knock(gate(), path, ours, method="POST")[0] == 200
        assert knock(gate(), path, theirs, method="POST")[0] == 403
        assert knock(gate(), path, (b"origin", b"null"), method="POST")[0] == 403
    proxied = [(b"origin", b"https://ponte.example"), (b"x-forwarded-host", b"ponte.example")]
    assert knock(gate(), "/mcp", *proxied, method="POST")[0] == 200


def test_requests_are_bounded_in_size_declared_or_not_and_in_number():
    small = gate(most=10, rate=Limit(3))
    assert knock(small, "/mcp", (b"content-length", b"11"), method="POST")[0] == 413
    assert knock(small, "/mcp", (b"content-length", b"many"), method="POST")[0] == 413
    assert knock(small, "/mcp", method="POST", body=(b"12345", b"67890"))[0] == 200
    assert knock(small, "/mcp", method="POST", body=(b"12345", b"678901"))[0] == 413
    assert knock(small, "/mcp", method="POST")[0] == 200
    status, headers, _ = knock(small, "/mcp", method="POST")
    assert (status, headers[b"retry-after"]) == (429, b"60") and knock(small, "/")[0] == 200


def test_files_that_nobody_reads_are_bounded_and_thrown_away():
    with Uploads(100) as uploads:
        (uploads.path / "a").write_bytes(b"a" * 101)
        assert knock(gate(crowded=uploads.crowded), "/gradio_api/upload", method="POST")[0] == 503
        assert knock(gate(crowded=uploads.crowded), "/mcp", method="POST")[0] == 200
        os.utime(uploads.path / "a", (time.time() - 1000,) * 2)
        assert not uploads.crowded() and not list(uploads.path.iterdir())
    assert not uploads.path.exists()


def test_limits_fill_again_with_time_and_are_each_visitors_own():
    now = [0.0]
    limit = Limit(60, lambda: now[0])
    assert all(limit.take("a") for _ in range(60)) and not limit.take("a") and limit.take("b")
    now[0] = 1.0
    assert limit.take("a") and not limit.take("a")
    limit.give_back("a")
    assert limit.take("a")


def basic(name, password):
    return b"Basic " + base64.b64encode(f"{name}:{password}".encode())


def test_health_is_told_to_everybody_and_nothing_else():
    accounts = Accounts.read_lines([line("anna", "segreto")])
    for ready, status, said in ((True, 200, b'{"status": "ready"}'), (False, 503, b'{"status": "not ready"}')):
        told = knock(gate(accounts=accounts, ready=lambda ready=ready: ready), "/healthz", host=(b"host", b"10.0.0.9"))
        assert (told[0], told[2]) == (status, said)
    assert knock(gate(accounts=accounts), "/healthz/x")[0] == 404


def test_who_has_no_account_gets_nothing_by_any_door_and_may_not_guess_for_long():
    closed = gate(accounts=Accounts.read_lines([line("anna", "segreto: è lungo"), line("bo", "x")]))
    for path in ("/", "/config", "/mcp", "/gradio_api/queue/data", "/gradio_api/info", "/assets/a.js"):
        status, headers, body = knock(closed, path)
        assert status == 401 and headers[b"www-authenticate"].startswith(b"Basic ") and b"anna" not in body
    right = (b"authorization", basic("anna", "segreto: è lungo"))
    assert knock(closed, "/", right)[::2] == (200, b"anna")
    wrong = [basic("anna", "segreto"), basic("nobody", "x"), basic("", ""), b"Basic ???", b"Bearer anna", b"Basic"]
    assert [knock(closed, "/", (b"authorization", header))[0] for header in wrong] == [401] * 6
    tries = [knock(closed, "/", (b"authorization", basic("anna", str(n))))[0] for n in range(6)]
    assert tries == [401] * 4 + [429] * 2
    # Who is in already is not shut out by somebody who guesses from the same address.
    assert knock(closed, "/", right)[0] == 200


@pytest.mark.parametrize(
    "text", ["", "# nobody\n", "anna:segreto\n", "anna:scrypt:00:11\n", "anna:plain:00:" + "11" * 32]
)
def test_a_file_of_accounts_that_is_none_is_told_without_what_is_in_it(tmp_path, text):
    (tmp_path / "accounts").write_text(text)
    with pytest.raises(SettingsError) as caught:
        Accounts.read(str(tmp_path / "accounts"))
    assert "segreto" not in str(caught.value) and "ponte account" in caught.value.fix
    with pytest.raises(SettingsError):
        Accounts.read(str(tmp_path / "missing"))


def test_the_journal_keeps_figures_and_marks_and_no_prose():
    stream = io.StringIO()
    journal = Journal(stream)
    journal.write("ask", ms=1.5, state="answered", question="Chi è?", title="Due parole", key="sk-" + "a" * 80)
    with pytest.raises(ValueError), journal.timed("search", door="api"):
        raise ValueError("Chi è Ushakov?")
    journal.failed(ValueError("Chi è Ushakov?"))
    one, two, three = map(json.loads, stream.getvalue().splitlines())
    assert {name: one[name] for name in one if name != "time"} == {"event": "ask", "ms": 1.5, "state": "answered"}
    assert two["error"] == "ValueError" and two["ms"] >= 0 and three["event"] == "failed"
    assert "Ushakov" not in stream.getvalue()


# -- around a served page


def test_a_page_for_those_who_have_an_account_and_a_journal_without_contents(
    visit, serving, bot, home, tmp_path, monkeypatch, capsys
):
    monkeypatch.setattr("sys.stdin", io.StringIO("un segreto\n"))
    assert main(["account", "anna"]) == 0
    made = capsys.readouterr().out
    assert "segreto" not in made
    (tmp_path / "accounts").write_text(made)
    log = tmp_path / "log.jsonl"
    with serving(home, PONTE_AUTH_FILE=str(tmp_path / "accounts"), PONTE_LOG=str(log)) as url:
        with pytest.raises(urllib.error.HTTPError) as caught:
            fetch(url)
        caught.value.close()
        assert caught.value.code == 401 and "Anna" not in str(caught.value.headers)
        while True:
            try:
                assert json.loads(fetch(f"{url}/healthz")[1]) == {"status": "ready"}
                break
            except urllib.error.HTTPError as error:
                assert error.code == 503
                error.close()
                time.sleep(0.2)
        header = {"Authorization": basic("anna", "un segreto").decode()}
        listed, (result,) = tools(url, RIGHT[0], headers=header)
        assert len(listed) == 4 and result.structured_content["state"] == "answered"
        request = urllib.request.Request(f"{url}/gradio_api/info", headers=header)
        with urllib.request.urlopen(request, timeout=10) as answer:
            assert answer.status == 200
        tab = visit(url, http_credentials={"username": "anna", "password": "un segreto"})
        tab.fill("#box textarea", QUESTION)
        tab.keyboard.press("Enter")
        answered(tab, QUESTION)
    lines = [json.loads(one) for one in log.read_text().splitlines()]
    events = {one["event"] for one in lines}
    assert events == {"start", "request", "ask", "end"} and log.stat().st_mode & 0o077 == 0
    asked = [one for one in lines if one["event"] == "ask"]
    assert {one["door"] for one in asked} == {"mcp", "page"}
    page = next(one for one in asked if one["door"] == "page")
    assert page["stage"] == "done" and page["state"] == "answered" and page["citations"] > 0 and page["ms"] > 0
    said = log.read_text()
    for secret in ("regalato", "Putin", "anna", "segreto", "limousine", *(article.title for article in bot.articles())):
        assert secret not in said
    assert "scrypt" not in said
