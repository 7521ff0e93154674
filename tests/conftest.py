"""What every test stands on: no network but loopback, an empty home, and a real bot over the real dossier."""

import os
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE / "no_network"))
import sitecustomize  # noqa: E402, F401  (blocks the network in this process)

os.environ["PYTHONPATH"] = os.pathsep.join([str(HERE / "no_network"), os.environ.get("PYTHONPATH", "")]).rstrip(
    os.pathsep
)
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["ANONYMIZED_TELEMETRY"] = "False"
for name in [name for name in os.environ if name.startswith(("PONTE_", "OPENAI_")) and name != "PONTE_CACHE_DIR"]:
    del os.environ[name]

import hypothesis  # noqa: E402
import pytest  # noqa: E402
from openai_fixtures import embedding_server, model, official, openai_server, real_model_server  # noqa: E402, F401

from bot.chat import Bot  # noqa: E402
from bot.settings import Settings  # noqa: E402
from index.article import Article  # noqa: E402
from index.embed import EmbeddedEmbeddings  # noqa: E402

# How long an example takes tells of the machine and of what else it does, not of the code.
hypothesis.settings.register_profile("ponte", deadline=None)
hypothesis.settings.load_profile("ponte")


@pytest.fixture(scope="session")
def embedder() -> EmbeddedEmbeddings:
    """The real embedder, loaded once."""
    return EmbeddedEmbeddings()


@pytest.fixture(scope="session")
def home(tmp_path_factory) -> Path:
    """A data folder in which the session's bot keeps the dossier."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def bot(home):
    """A real bot over the dossier that ships; tests that write use `small` or a folder of their own."""
    with Bot.open(settings=Settings(home=home)) as opened:
        yield opened


def make_article(id: str = "a", text: str = "Kim ha incontrato Putin a Mosca.", **fields) -> Article:
    """An article with sensible fields."""
    given = {"title": id.title(), "language": "it", "date": None, "source": None, "topics": (), "publications": ()}
    return Article(id=id, text=text, **(given | fields))
