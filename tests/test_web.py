"""Serving: the address, the headers, what is refused, and how it ends."""

import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request

import pytest
from serving import ROOT, fetch

from bot.errors import SettingsError
from bot.page import web

pytest_plugins = ["page_fixtures"]


def test_every_response_forbids_other_machines(address):
    headers, body = fetch(address)
    assert "default-src 'self'" in headers["content-security-policy"] and headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer" and "server" not in headers
    assert "<title>" not in body or "Ponte" in body


def test_a_port_in_use_is_told_with_the_fix():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SettingsError, match=f"Port {port} is in use.*--port"):
            web.bound("127.0.0.1", port)


@pytest.mark.parametrize(
    ("host", "port", "said"),
    [
        ("127.0.0.1", -1, "no port"),
        ("127.0.0.1", 65536, "no port"),
        ("192.0.2.1", 0, "192.0.2.1"),
        ("no address at all", 0, "address"),
    ],
)
def test_an_address_that_cannot_be_served_on_is_told(monkeypatch, host, port, said):
    def no_lookup(name, *_, **__):
        if name == "no address at all":
            raise socket.gaierror(socket.EAI_NONAME, "not known")
        return [(socket.AF_INET, socket.SOCK_STREAM, 0, "", (name, 0))]

    monkeypatch.setattr(socket, "getaddrinfo", no_lookup)
    with pytest.raises(SettingsError, match=said) as caught:
        web.bound(host, port)
    assert caught.value.fix


def test_any_free_port_is_taken_where_none_is_named():
    with web.bound("127.0.0.1", 0) as listener:
        assert listener.getsockname()[1] > 0


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:1"),
        ("0.0.0.0", "http://127.0.0.1:1"),
        ("::1", "http://[::1]:1"),
        ("::", "http://[::1]:1"),
    ],
)
def test_the_address_that_is_printed_can_be_typed_into_a_browser(host, url):
    assert web.address(host, 1) == url


def test_app_py_serves_until_it_is_interrupted(bot, home):
    with web.bound("127.0.0.1", 0) as free:
        port = free.getsockname()[1]
    environment = {**os.environ, "PONTE_HOME": str(home), "PONTE_PORT": str(port)}
    with subprocess.Popen(
        [sys.executable, "app.py"], env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        assert f"http://127.0.0.1:{port}" in process.stdout.readline()
        second = subprocess.run(
            [sys.executable, "app.py"], env=environment, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
        )  # fmt: skip
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0
    assert second.returncode == 2 and second.stdout == ""
    assert (
        second.stderr.strip().splitlines()[-1].startswith(f"ponte: Port {port} is in use.")
        and "Traceback" not in second.stderr
    )


def upload(address: str, content: bytes):
    head = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'
    return urllib.request.urlopen(
        urllib.request.Request(
            f"{address}/gradio_api/upload",
            head + content + b"\r\n--x--\r\n",
            {"Content-Type": "multipart/form-data; boundary=x"},
            method="POST",
        ),
        timeout=20,
    )


def test_a_file_that_is_too_large_is_not_taken(address):
    with upload(address, b"hello") as answer:
        assert answer.status == 200
    with pytest.raises(urllib.error.HTTPError) as caught:
        upload(address, b"a" * (21 << 20))
    with caught.value:
        assert caught.value.code == 413
