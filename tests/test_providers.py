"""Embeddings over HTTP: the real client, a real server of the same language on loopback."""

import logging
import traceback

import numpy as np
import pytest
from conftest import make_article
from openai_fixtures import KEY
from openai_server import DIMENSION, Act

from bot.chat import Bot
from bot.errors import EmbedderError, SettingsError, StoreMismatch
from bot.library import Library
from bot.providers import make_embedder
from bot.settings import Settings


def test_an_index_made_over_http_answers(tmp_path, embedding_server, monkeypatch):
    monkeypatch.setenv("OPENAI_BASE_URL", embedding_server)
    settings = Settings(home=tmp_path / "home", embedder="openai:multilingual-e5-small")
    library = Library(settings.home, settings, create=True)
    library.add(make_article("po", "Il Po nasce sul Monviso. Il Po è lungo 652 chilometri."))
    library.close()
    with Bot.open(settings.home, settings) as bot:
        answer = bot.ask("Quanto è lungo il Po?")
        assert "652 chilometri" in answer.citations[0].quote
    with pytest.raises(StoreMismatch, match="--rebuild"):
        Bot.open(settings.home, Settings(home=settings.home))


def test_vectors_are_unit_vectors_in_order(embedding_server, monkeypatch):
    monkeypatch.setenv("OPENAI_BASE_URL", embedding_server)
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


def test_an_embedding_server_that_recovers_is_asked_again(openai_server):
    openai_server.play(Act("wait", status=429, headers={"Retry-After": "1"}), Act("oops", status=503), Act())
    vectors = make_embedder("openai:any").passages(["uno", "due"])
    assert vectors.shape == (2, DIMENSION) and np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    first, second, _ = openai_server.requests
    assert 0.9 < second.at - first.at < 3 and first.headers["authorization"] == f"Bearer {KEY}"


def test_many_texts_go_in_batches_and_come_back_in_order(openai_server):
    embedder = make_embedder("openai:any")
    texts = [f"testo {n}" for n in range(300)]
    vectors = embedder.passages(texts)
    assert [len(request.body["input"]) for request in openai_server.requests] == [128, 128, 44]
    assert np.allclose(vectors[200], embedder.queries([texts[200]])[0], atol=1e-6)


@pytest.mark.parametrize(
    ("act", "said", "attempts"),
    [
        (Act(f"Incorrect key {KEY}", status=401), "does not accept the key", 1),
        (Act("none such", status=404), "knows no model", 1),
        (Act("slow down", status=429), "no more requests", 4),
        (Act("boom", status=500), "boom", 4),
        (Act(f"bad {KEY}", status=400), "bad", 1),
        (Act(drop=-1), "cannot be reached", 4),
        (Act(malformed=True), "no vectors", 1),
    ],
    ids=lambda value: str(value)[:30],
)
def test_an_embedding_server_that_fails_is_one_line_without_the_key(openai_server, caplog, act, said, attempts):
    caplog.set_level(logging.DEBUG)
    openai_server.play(always=act)
    embedder = make_embedder("openai:any")
    with pytest.raises(EmbedderError) as caught:
        embedder.passages(["x"])
    seen = [str(caught.value), "".join(traceback.format_exception(caught.value)), caplog.text, repr(embedder)]
    assert said in seen[0] and len(openai_server.requests) == attempts
    assert not any("Zx81" in text for text in seen) and "\n" not in seen[0]


def test_a_password_in_the_address_is_not_kept_in_the_index(monkeypatch):
    monkeypatch.setenv("OPENAI_BASE_URL", "http://user:secret@127.0.0.1:9/v1/")
    embedder = make_embedder("openai:any")
    assert embedder.model_id == "openai:any@http://127.0.0.1:9/v1" and "secret" not in repr(embedder)
