"""Keys of language models, which nobody sees; models named on the command line."""

import io
import json
import logging
import traceback
from contextlib import suppress

import pytest
from asking_models import QUESTION, heard, settings
from conftest import make_article
from openai_fixtures import KEY
from openai_server import Act

from bot.chat import Bot
from bot.errors import ModelError
from bot.export import export
from bot.library import Library
from bot.page.endpoints import Endpoints
from bot.page.journal import Journal
from bot.providers import make_model
from bot.records import Conversation, Exchange

# Keys


@pytest.mark.parametrize(
    "act",
    [Act(), Act(f"Incorrect API key provided: {KEY}", status=401), Act(f"bad {KEY}", status=400), Act("x", status=500)],
)
def test_the_key_is_never_seen(openai_server, tmp_path, caplog, monkeypatch, capfd, act):
    caplog.set_level(logging.DEBUG)
    for name in ("openai", "httpx", "httpx2", "httpcore", "httpcore2", "langchain", "asyncio"):
        caplog.set_level(logging.DEBUG, logger=name)
    openai_server.play(always=act)
    model = make_model("openai:m", settings(tmp_path))
    seen = [repr(model), str(model), model.name, repr(vars(model)), repr(settings(tmp_path))]
    try:
        list(model.stream(QUESTION))
    except ModelError as error:
        seen += [str(error), repr(error), "".join(traceback.format_exception(error)), repr(vars(error))]
        assert error.__context__ is None and error.__cause__ is None
    out = capfd.readouterr()
    seen += [caplog.text, out.out, out.err]
    assert openai_server.requests[0].headers["authorization"] == f"Bearer {KEY}"
    assert not any("Zx81" in text for text in seen)


def test_the_key_of_a_page_goes_before_that_of_the_environment(openai_server, tmp_path):
    heard(make_model("openai:m", settings(tmp_path), key="sk-of-the-page"))
    assert openai_server.requests[0].headers["authorization"] == "Bearer sk-of-the-page"


FORMS = ("md", "html", "json")
TEXT = "Il sindaco Bianchi ha comprato 12 biciclette per gli uffici di Trento. La spesa è di 9.000 euro."
OF_THE_PAGE = "sk-visitor-Qy44-never-to-be-seen"
BICYCLES = "Quante biciclette ha comprato il sindaco Bianchi?"


def test_a_key_is_nowhere_in_what_is_kept_and_handed_out(openai_server, tmp_path, monkeypatch, capfd):
    """By environment and by the page; a server that repeats both in its errors; every file that is written."""
    from bot.cli import main

    index, said = tmp_path / "index", []
    monkeypatch.setenv("PONTE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PONTE_MODEL", "openai:m")
    both = f"{KEY} {OF_THE_PAGE}"
    acts = [Act("Il sindaco Bianchi ha comprato 12 biciclette [1]."), Act(f"bad key {both}", status=401),
            Act(f"no {both}", status=400)]  # fmt: skip
    library = Library(index, settings(tmp_path), create=True)
    library.add(make_article("bici", TEXT, title="Le biciclette"))
    # The page's key: as Gradio's endpoints and assistants' tools answer, in the journal, where a summary is kept.
    told = io.StringIO()
    bot = Bot(library, make_model("openai:m", settings(tmp_path, model_timeout=10), key=OF_THE_PAGE))
    doors, journal = Endpoints(bot), Journal(told)
    answers = []
    for n, act in enumerate(acts):
        openai_server.play(always=act)
        answers.append(
            doors.ask(BICYCLES if n == 0 else f"Quante biciclette ha comprato {'il sindaco' * (n == 1)} di Trento?")
        )
        with suppress(ModelError), journal.timed("answer"):
            heard(make_model("openai:m", settings(tmp_path), key=OF_THE_PAGE))
        said.append(repr(doors.summarize(articles=["bici"])))
    said += [repr(answers), told.getvalue(), json.dumps([answer.as_dict() for answer in answers])]
    said += [export(Conversation("Bici", tuple(Exchange(answer) for answer in answers)), form) for form in FORMS]
    library.close()
    assert answers[0].model == "openai:m" and answers[1].model == "extractive" and told.getvalue()
    # The key of the environment: a conversation on the command line, kept, shown and exported.
    for act in acts:
        openai_server.play(always=act)
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{BICYCLES}\n"))
        assert main(["chat", "--index", str(index)]) == 0
    for command in (["list"], ["show", "last"], ["export", "last"], ["list", "--json"]):
        assert main(["history", *command, "--index", str(index)]) == 0
    said += capfd.readouterr()
    used = {seen.headers["authorization"] for seen in openai_server.requests}
    assert used == {f"Bearer {KEY}", f"Bearer {OF_THE_PAGE}"}
    written = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert len(written) > 5 and "biciclette" in said[-2]
    for secret in ("Zx81", "Qy44"):
        assert not any(secret in text for text in said)
        assert [(path, data.find(secret.encode())) for path, data in written.items() if secret.encode() in data] == []


# The command line


@pytest.mark.parametrize("command", ["ask", "chat", "serve"])
def test_a_model_is_named_on_the_command_line(command, monkeypatch, tmp_path):
    from bot import cli
    from bot.chat import Bot

    class Opened(Exception):
        pass

    def opened(path, settings, progress):
        raise Opened(settings.model)

    monkeypatch.setattr(Bot, "open", opened)
    monkeypatch.setenv("PONTE_MODEL", "extractive")
    for flag, expected in (["--model", "openai:x"], "openai:x"), ([], "extractive"):
        with pytest.raises(Opened) as caught:
            cli.main([command, *flag, *(["Chi?"] if command == "ask" else [])])
        assert caught.value.args == (expected,)


def test_the_key_is_no_option_of_any_command(capsys):
    from bot import cli

    for command in ("ask", "chat", "serve"):
        with pytest.raises(SystemExit):
            cli.main([command, "--help"])
        assert "key" not in capsys.readouterr().out.lower()


def test_the_evaluation_asks_the_same_models(openai_server, monkeypatch, tmp_path):
    from bot.evaluate.talking import named, told

    monkeypatch.setenv("PONTE_HOME", str(tmp_path))
    openai_server.play(Act('{"ok": true}'))
    model = named("openai:test-model")
    assert model.name == "openai:test-model"
    assert list(model.stream(QUESTION))[-1].calls == 1 and callable(told)
