"""The same index with its vectors in a real Chroma server on loopback."""

import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from conftest import make_article

from bot.chat import Bot
from bot.library import Library
from bot.settings import Settings
from index.errors import StoreError


@pytest.fixture(scope="module")
def url(tmp_path_factory):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    program = shutil.which("chroma", path=str(Path(sys.executable).parent))
    server = subprocess.Popen(
        [program, "run", "--path", str(tmp_path_factory.mktemp("chroma")), "--host", "127.0.0.1", "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    for _ in range(100):
        try:
            urllib.request.urlopen(f"{address}/api/v2/heartbeat", timeout=1).close()
            break
        except OSError:
            time.sleep(0.1)
    yield address
    server.terminate()
    server.wait(timeout=20)


def test_an_index_in_a_chroma_server_answers_and_keeps_to_itself(tmp_path, url):
    first, second = (Settings(home=tmp_path / name, chroma_url=url) for name in ("one", "two"))
    for settings, river in ((first, "Po"), (second, "Tevere")):
        library = Library(settings.home, settings, create=True)
        library.add(make_article("fiume", f"Il fiume {river} è lungo e attraversa la pianura."))
        library.close()
    # A repair of one index does not sweep the other's rows from the shared server.
    library = Library(second.home, second)
    assert library.repair() == []
    library.close()
    for settings, river in ((first, "Po"), (second, "Tevere")):
        with Bot.open(settings.home, settings) as bot:
            assert bot.verify() == []
            hits = bot.search("Quale fiume attraversa la pianura?")
            assert [hit.text for hit in hits] == [f"Il fiume {river} è lungo e attraversa la pianura."]
    assert not (first.home / "chroma").exists()


def test_a_second_process_sees_a_write_at_once(tmp_path, url):
    settings = Settings(home=tmp_path / "home", chroma_url=url)
    library = Library(settings.home, settings, create=True)
    library.add(make_article("a", "Il Po nasce in Piemonte."))
    with Bot.open(settings.home, settings) as bot:
        assert len(bot.search("Dove nasce il Po?")) == 1
        library.add(make_article("b", "Il Tevere nasce in Romagna."))
        assert {hit.article.id for hit in bot.search("Dove nasce il Tevere?")} == {"a", "b"}
    library.close()


def test_a_server_that_is_not_there_is_one_line(tmp_path):
    settings = Settings(home=tmp_path / "home", chroma_url="http://127.0.0.1:9")
    with pytest.raises(StoreError) as caught:
        Library(settings.home, settings, create=True)
    assert "PONTE_CHROMA_URL" in str(caught.value) and "\n" not in str(caught.value)


def test_an_address_that_is_none_is_refused(tmp_path):
    with pytest.raises(StoreError, match="http://HOST:PORT"):
        Library(tmp_path, Settings(home=tmp_path, chroma_url="localhost:8000"), create=True)
