"""The command line as scripts and people use it: real processes, real files, real exit codes."""

import io
import json
import os
import re
import resource
import subprocess
import sys
import time
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@dataclass
class Run:
    returncode: int
    stdout: str
    stderr: str


def ponte(*arguments, home, stdin="", **environment):
    """Run a command in this process, with output and error stream as when they are piped."""
    from bot.cli import main

    out, err = io.StringIO(), io.StringIO()
    saved = {name: os.environ.get(name) for name in ("PONTE_HOME", *environment)}
    os.environ.update({"PONTE_HOME": str(home)} | environment)
    before = sys.stdin
    sys.stdin = io.StringIO(stdin)
    try:
        with redirect_stdout(out), redirect_stderr(err):
            code = main([str(argument) for argument in arguments])
    finally:
        sys.stdin = before
        for name, value in saved.items():
            os.environ.pop(name) if value is None else os.environ.__setitem__(name, value)
    return Run(code, out.getvalue(), err.getvalue())


def process(*arguments, home, limit=None):
    """Run a command as a process of its own; `limit` bounds how many bytes a file of it may have."""
    before = (lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))) if limit else None
    return subprocess.run(
        [sys.executable, "-m", "bot.cli", *map(str, arguments)],
        capture_output=True, text=True, cwd=ROOT, env=os.environ | {"PONTE_HOME": str(home)}, timeout=240,
        preexec_fn=before, check=False,
    )  # fmt: skip


def refused(done, *words):
    """One clear line on the error stream, exit code 2, no traceback."""
    assert done.returncode == 2, (done.stdout, done.stderr)
    lines = [line for line in done.stderr.splitlines() if line.strip()]
    assert len(lines) == 1 and lines[0].startswith("ponte: "), done.stderr
    for word in words:
        assert word in lines[0], lines[0]


@pytest.fixture(scope="module")
def mine(tmp_path_factory):
    """An index of two articles of one's own."""
    folder = tmp_path_factory.mktemp("mine")
    articles = folder / "articles"
    articles.mkdir()
    (articles / "po.md").write_text(
        "---\ntitle: Il Po\nlanguage: it\ndate: 2024-05-02\nsource: Il Giornale del Fiume\n---\n"
        "Il fiume Po nasce in Piemonte, sul Monviso. Il Po è lungo 652 chilometri e sfocia nel mare Adriatico.\n"
    )
    (articles / "tiber.txt").write_text(
        "The Tiber\n\nThe river Tiber flows through Rome. The Tiber is 405 kilometres long.\n"
    )
    done = ponte("index", articles, "--into", folder / "index", home=folder / "none")
    assert done.returncode == 0 and "2 articles" in done.stdout, done.stderr
    return folder


def test_help_is_quick_and_names_every_command(tmp_path):
    began = time.monotonic()
    done = process("--help", home=tmp_path)
    took = time.monotonic() - began
    assert done.returncode == 0
    for command in ("ask", "chat", "search", "index", "sources", "remove", "verify", "serve", "exit codes"):
        assert command in done.stdout
    # Half a second is the aim; the bound leaves room for a machine that is busy with other tests.
    assert took < 1.5


def test_help_imports_nothing_heavy(tmp_path):
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "bot.cli", "--help"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    loaded = {line.split("|")[-1].strip() for line in done.stderr.splitlines() if "|" in line}
    assert not loaded & {"numpy", "chromadb", "gradio", "onnxruntime", "langchain_core", "rich", "bm25s"}


def test_an_answer_in_text_and_in_json(mine):
    text = process("ask", "Quanto è lungo il Po?", "--index", mine / "index", home=mine)
    assert text.returncode == 0
    assert "Il Po è lungo 652 chilometri e sfocia nel mare Adriatico. [1]" in text.stdout
    assert "Il Giornale del Fiume, 2024-05-02" in text.stdout and "\033[" not in text.stdout
    done = ponte("ask", "--json", "How long is the Tiber?", "--index", mine / "index", home=mine)
    answer = json.loads(done.stdout)
    assert answer["language"] == "en" and answer["state"] == "answered"
    listed = ponte("sources", "--json", "--index", mine / "index", home=mine)
    texts = {article["id"]: article["text"] for article in json.loads(listed.stdout)}
    for citation in answer["citations"]:
        assert texts[citation["article_id"]][citation["start"] : citation["end"]] == citation["quote"]
    assert "405 kilometres" in answer["citations"][0]["quote"]


def test_a_silence_has_an_exit_code_of_its_own(mine):
    done = ponte("ask", "Come si prepara la pasta alla carbonara?", "--index", mine / "index", home=mine)
    assert done.returncode == 1 and "[1]" not in done.stdout.split("Il passaggio più vicino")[0]


def test_the_question_may_come_from_the_input(mine):
    done = ponte("ask", "-", "--index", mine / "index", home=mine, stdin="Dove nasce il Po?\n")
    assert done.returncode == 0 and "Monviso" in done.stdout


def test_a_chat_answers_line_by_line(mine):
    done = ponte("chat", "--index", mine / "index", home=mine, stdin="Dove nasce il Po?\nHow long is the Tiber?\n")
    assert done.returncode == 0
    assert "Monviso" in done.stdout and "405 kilometres" in done.stdout


def test_search_shows_passages(mine):
    done = ponte("search", "fiume Po", "-k", "1", "--json", "--index", mine / "index", home=mine)
    (hit,) = json.loads(done.stdout)
    assert hit["article_id"] == "po" and hit["text"].startswith("Il fiume Po nasce")


def test_index_verify_remove(tmp_path, mine):
    index = tmp_path / "index"
    first = ponte("index", mine / "articles", "--into", index, home=tmp_path)
    assert first.stdout.count("added") == 2
    second = ponte("index", mine / "articles", "--into", index, home=tmp_path)
    assert "unchanged 2" in second.stdout and "added" not in second.stdout
    assert "every quote holds" in ponte("verify", "--index", index, home=tmp_path).stdout
    assert ponte("remove", "po", "--index", index, home=tmp_path).returncode == 0
    assert "po " not in ponte("sources", "--index", index, home=tmp_path).stdout
    refused(ponte("remove", "po", "--index", index, home=tmp_path), "po", "ponte sources")
    repaired = ponte("index", "--repair", "--into", index, home=tmp_path)
    assert repaired.returncode == 0 and "1 article" in repaired.stdout


@pytest.mark.parametrize(
    ("question", "words"),
    [("", "empty"), ("  \n\t ", "empty"), ("?!…", "empty"), ("\x00\x07\u200b", "empty"), ("parola " * 3000, "2,000")],
)
def test_questions_that_are_none(mine, question, words):
    refused(ponte("ask", "-", "--index", mine / "index", home=mine, stdin=question), words)


def test_control_characters_and_emoji_in_a_question_do_no_harm(mine):
    done = ponte("ask", "-", "--index", mine / "index", home=mine, stdin="\x1b[31mDove\x07 nasce il Po? 🏔️\u202e")
    assert done.returncode == 0 and "Monviso" in done.stdout and "\x1b" not in done.stdout


def test_a_question_in_another_language_is_answered_in_english_and_says_so(mine):
    done = ponte(
        "ask", "--json", "¿Cuántos kilómetros mide el río Tíber en Roma?", "--index", mine / "index", home=mine
    )
    answer = json.loads(done.stdout)
    assert answer["language"] == "en" and "Italian or English" in answer["notices"][0]


def test_paths_that_are_no_articles(tmp_path):
    into = ["--into", tmp_path / "index"]
    refused(ponte("index", tmp_path / "nowhere.txt", *into, home=tmp_path), "nowhere.txt")
    (tmp_path / "empty.txt").write_text("")
    refused(ponte("index", tmp_path / "empty.txt", *into, home=tmp_path), "empty.txt")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 50)
    refused(ponte("index", tmp_path / "binary.txt", *into, home=tmp_path), "binary.txt")
    (tmp_path / "cut.pdf").write_bytes(b"%PDF-1.7\n1 0 obj\n<<")
    refused(ponte("index", tmp_path / "cut.pdf", *into, home=tmp_path), "cut.pdf")


def test_one_bad_file_does_not_stop_the_good_ones(tmp_path):
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "good.txt").write_text("Una sola parola non basta, ma una frase sì.")
    (folder / "bad.pdf").write_bytes(b"not a pdf")
    done = ponte("index", folder, "--into", tmp_path / "index", home=tmp_path)
    assert done.returncode == 2 and "added     good" in done.stdout and "bad.pdf" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_article_of_one_word(tmp_path):
    (tmp_path / "one.txt").write_text("Pyongyang")
    done = ponte("index", tmp_path / "one.txt", "--into", tmp_path / "index", home=tmp_path)
    assert done.returncode == 0, done.stderr
    found = ponte("search", "Pyongyang", "--json", "--index", tmp_path / "index", home=tmp_path)
    assert json.loads(found.stdout)[0]["text"] == "Pyongyang"


def test_indexes_that_are_none(tmp_path, mine):
    refused(ponte("ask", "Chi?", "--index", tmp_path / "nothing", home=tmp_path), "There is no index", "ponte index")
    (tmp_path / "file").write_text("in the way")
    refused(ponte("index", mine / "articles", "--into", tmp_path / "file", home=tmp_path), "cannot be made")
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "catalog.sqlite").write_bytes(b"no database" * 999)
    refused(ponte("ask", "Chi?", "--index", broken, home=tmp_path), "cannot be opened")


def test_an_index_of_another_model_or_a_newer_version(tmp_path, mine):
    import shutil
    import sqlite3

    for name, value, words in (("model", "other/1", "--rebuild"), ("schema", "99", "newer version")):
        index = tmp_path / name
        shutil.copytree(mine / "index", index)
        with sqlite3.connect(index / "catalog.sqlite") as db:
            db.execute("UPDATE meta SET value = ? WHERE key = ?", (value, name))
        db.close()
        refused(ponte("ask", "Dove nasce il Po?", "--index", index, home=tmp_path), words)
    rebuilt = ponte("index", "--rebuild", "--into", tmp_path / "model", home=tmp_path)
    assert rebuilt.returncode == 0, rebuilt.stderr
    again = ponte("ask", "Dove nasce il Po?", "--index", tmp_path / "model", home=tmp_path)
    assert again.returncode == 0 and "Monviso" in again.stdout


def test_a_full_disk_loses_nothing(tmp_path, mine):
    import shutil

    index = tmp_path / "index"
    shutil.copytree(mine / "index", index)
    (tmp_path / "large.txt").write_text(
        "\n\n".join(f"Il paragrafo {n} parla del fiume numero {n}." for n in range(120))
    )
    # No file may grow beyond this many bytes: what a full disk does to a writer, without needing one.
    done = process(
        "index",
        tmp_path / "large.txt",
        "--into",
        index,
        home=tmp_path,
        limit=(index / "catalog.sqlite").stat().st_size + 20_000,
    )
    assert done.returncode == 2 and "Traceback" not in done.stderr, done.stderr
    assert "disk" in done.stderr
    after = ponte("ask", "Dove nasce il Po?", "--index", index, home=tmp_path)
    assert after.returncode == 0 and "Monviso" in after.stdout
    assert "every quote holds" in ponte("verify", "--index", index, home=tmp_path).stdout


def test_two_writers_at_once(tmp_path, mine):
    from filelock import FileLock

    lock = FileLock(mine / "index" / "writer.lock")
    with lock:
        refused(ponte("remove", "po", "--index", mine / "index", home=tmp_path), "Another process is writing")
        reading = ponte("ask", "Dove nasce il Po?", "--index", mine / "index", home=tmp_path)
        assert reading.returncode == 0
    assert "po" in ponte("sources", "--index", mine / "index", home=tmp_path).stdout


def test_settings_that_are_none(tmp_path, mine):
    refused(ponte("sources", home=tmp_path, PONTE_LANGUAGE="fr"), "PONTE_LANGUAGE", "it or en")
    refused(ponte("sources", home=tmp_path, PONTE_PORT="many"), "PONTE_PORT")
    refused(ponte("sources", home=tmp_path, PONTE_HOEM="x"), "PONTE_HOEM", "PONTE_HOME")
    refused(ponte("sources", home=tmp_path, PONTE_EMBEDDER="word2vec"), "word2vec", "embedded")
    refused(ponte("sources", home=tmp_path, PONTE_EMBEDDER="openai:text-embedding-3-small"), "OPENAI_API_KEY")


def test_nothing_in_a_text_acts_on_a_terminal(capsys):
    from bot.errors import BotError
    from bot.terminal import complain, exact, note, say

    hostile = "\x1b[2J\x1b]0;a\x07 \x9b31m \u202egpj.exe\u2066 \r\x08 fine"
    say(hostile)
    note(hostile)
    complain(BotError(hostile))
    out, err = capsys.readouterr()
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", out + err) and "gpj.exe" in out
    assert json.loads(exact(json.dumps(hostile, ensure_ascii=False))) == hostile
    assert exact(json.dumps(hostile, ensure_ascii=False)).isprintable()
