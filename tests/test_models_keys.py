"""Keys of language models, which nobody sees; models named on the command line."""

import logging
import traceback

import pytest
from asking_models import QUESTION, heard, settings
from openai_fixtures import KEY
from openai_server import Act

from bot.errors import ModelError
from bot.providers import make_model

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
