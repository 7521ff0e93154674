"""`ponte summarize` as it is typed: bad input, what costs is asked for, stopped and killed without losing what is done."""

import io
import json
import os
import re
import signal
import subprocess
import sys

import pytest
from conftest import make_article
from openai_fixtures import KEY
from openai_server import Act

from bot.chat import Bot
from bot.cli import main
from bot.library import Library
from bot.settings import Settings
from prompts import load

MIXED = "Kim è arrivato a Mosca martedì. The treaty was signed on Wednesday. Il treno è ripartito la sera stessa."


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """An index of odd articles."""
    home = tmp_path_factory.mktemp("odd")
    texts = {"one": "Il ponte sul Tumen è stato aperto nel giugno 2026.", "mixed": MIXED, "endless": "mare " * 500}
    with Bot(Library(home / "i", Settings(home=home), create=True)) as bot:
        bot.add(*(make_article(id=name, text=text, date="2026-06-20") for name, text in texts.items()))
    return home / "i"


@pytest.fixture
def ponte(folder, monkeypatch, capsys):
    def run(*arguments):
        monkeypatch.setattr("sys.stdin", io.StringIO())
        code = main(["summarize", *arguments, "--index", str(folder)])
        return code, *capsys.readouterr()

    return run


@pytest.mark.parametrize(
    ("arguments", "wrong", "fix"),
    [
        (("--topic", "zzzz"), "topic zzzz", "ponte sources"),
        (("--since", "2030"), "since 2030", "ponte sources"),
        (("--since", "2025", "--until", "2024"), "2025 is after 2024", "Swap"),
        (("--since", "domani"), "“domani” is no date", "2024-06-19"),
        (("zzzz",), "zzzz", "ponte sources"),
        (("one", "--words", "0"), "0 words", "10 to 5,000"),
        (("one", "--words", "-3"), "-3 words", "10 to 5,000"),
        (("one", "--words", "10000"), "10,000 words", "10 to 5,000"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_cannot_be_summarised_is_told_in_one_line_with_what_to_do(ponte, arguments, wrong, fix):
    code, out, err = ponte(*arguments)
    assert code == 2 and not out
    assert wrong in err and fix in err and err.count("\n") == 1


def test_odd_articles_are_summarised_and_what_is_odd_is_said(ponte):
    code, out, _ = ponte("one", "--words", "200")
    assert code == 0 and "[1] “Il ponte sul Tumen è stato aperto nel giugno 2026.”" in out
    assert load("summary.shorter", "it").fill(words="10", asked="200") in out
    code, out, _ = ponte("mixed", "--words", "20")
    assert code == 0 and "“The treaty was signed on Wednesday.” (in inglese) [" in out
    assert load("summary.original", "it").text.strip() in out
    _, out, _ = ponte("mixed", "--lang", "en", "--words", "10")
    assert "The treaty was signed on Wednesday. [1]" in out
    code, out, _ = ponte("endless", "--words", "30")
    assert code == 0 and load("summary.no_stops", "it").text.strip() in out and "[1] “mare" in out


def test_an_empty_index_says_how_to_fill_it(tmp_path, capsys):
    Bot(Library(tmp_path / "i", Settings(home=tmp_path), create=True)).close()
    assert main(["summarize", "--index", str(tmp_path / "i")]) == 2
    err = capsys.readouterr().err
    assert "no articles to summarise" in err and "ponte index" in err
    assert main(["summarize", "--index", str(tmp_path / "none")]) == 2
    assert "ponte index" in capsys.readouterr().err


def test_what_a_model_costs_is_refused_until_it_is_agreed_to(ponte, openai_server, tmp_path, monkeypatch):
    (tmp_path / "prices.toml").write_text('[models]\n"test-model" = { input = 1000.0, output = 4000.0 }\n')
    monkeypatch.setenv("PONTE_PRICES", str(tmp_path / "prices.toml"))
    openai_server.play(always=Act("Il ponte sul Tumen è stato aperto nel giugno 2026 [1]."))
    asked = ("one", "--words", "20", "--model", "openai:test-model")
    code, out, err = ponte(*asked)
    assert code == 2 and not out and not openai_server.requests
    assert "1 requests to openai:test-model" in err and "US dollars" in err and "--yes" in err and KEY not in err
    # On a terminal it is asked; an empty answer is a no.
    monkeypatch.setattr("bot.commands.summarize.agrees", lambda question: "US dollars" not in question)
    assert ponte(*asked)[0] == 2 and not openai_server.requests
    monkeypatch.setattr("bot.commands.summarize.agrees", lambda question: "US dollars" in question)
    code, out, _ = ponte(*asked)
    assert code == 0 and "giugno 2026. [1]" in out and len(openai_server.requests) == 1
    code, _, _ = ponte(*asked[:2], "25", *asked[3:], "--yes")
    assert code == 0 and len(openai_server.requests) == 2


def sources(body):
    """The lines of sources in a request."""
    text = body["messages"][-1]["content"]
    return [json.loads(line) for line in text.splitlines() if line.startswith('{"n"')]


def faithful(body):
    """Act as a model that says the first sentences of some sources word for word."""
    told = [one for one in sources(body)[::3] if re.match(r"[^.]{20,}\. ", one["text"] + " ")][:4]
    return Act(" ".join(f"{one['text'].split('. ')[0].rstrip('.')} [{one['n']}]." for one in told))


def test_killed_and_interrupted_it_goes_on_where_it_was(bot, openai_server, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("PONTE_CONTEXT_WINDOW", "3000")
    with Bot(Library(tmp_path / "i", Settings(home=tmp_path), create=True)) as own:
        own.add(*[article for article in bot.articles() if article.language == "en"][:3])
        texts = {article.id: article.text for article in own.articles()}
    arguments = [
        "summarize", "--index", str(tmp_path / "i"), "--model", "openai:test-model", "--yes",
        "--words", "100", "--lang", "en", "--json",
    ]  # fmt: skip

    def made():
        code, (out, err) = main(arguments), capsys.readouterr()
        values = json.loads(out)
        assert code == 0 and values["statements"] and KEY not in out + err
        assert all(texts[c["article_id"]][c["start"] : c["end"]] == c["quote"] for c in values["citations"])
        return values, err

    # Killed while the second of three parts is written: not even a farewell.
    openai_server.play(faithful, Act("Late.", before=120))
    command = [sys.executable, "-m", "bot.cli", *arguments]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        openai_server.wait_for(lambda: len(openai_server.requests) == 2 or running.poll() is not None, 120)
        running.kill()
    assert running.returncode == -signal.SIGKILL

    # Ctrl-C while the third is: what was noted becomes a summary.
    def interrupting(body):
        os.kill(os.getpid(), signal.SIGINT)
        return Act("Late.", before=120)

    openai_server.play(faithful, interrupting)
    values, err = made()
    assert not values["complete"] and values["notices"][0] == load("summary.stopped_parts", "en").fill(
        done="2", total="3"
    )
    assert "Stopping" in err
    # The last run asks for the third part and for the summary of the three, and for nothing else.
    openai_server.play(always=faithful)
    values, _ = made()
    assert values["complete"] and values["usage"]["calls"] == 2
    parts = [json.dumps([one["text"] for one in sources(seen.body)]) for seen in openai_server.requests]
    assert len(parts) == 6 and [parts.count(part) for part in parts] == [1, 2, 2, 2, 2, 1]
