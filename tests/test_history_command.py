"""`ponte chat`, `history` and `summarize -o`: a conversation kept, gone on with, found, exported and deleted."""

import io
import json

import pytest
from conftest import make_article

from bot.cli import main
from bot.export import from_json
from bot.library import Library
from bot.settings import Settings

TEXT = "Il sindaco Bianchi ha comprato 12 biciclette per gli uffici di Trento. La spesa è di 9.000 euro."
QUESTION = "Quante biciclette ha comprato il sindaco Bianchi?"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("PONTE_HOME", str(tmp_path / "home"))
    library = Library(tmp_path / "index", Settings(home=tmp_path / "home"), create=True)
    library.add(make_article("bici", TEXT, title="Le biciclette"))
    library.close()
    return tmp_path / "index"


@pytest.fixture
def ponte(folder, monkeypatch, capsys):
    def run(*arguments, said=""):
        monkeypatch.setattr("sys.stdin", io.StringIO(said))
        code = main([*arguments, "--index", str(folder)])
        out, err = capsys.readouterr()
        return code, out, err

    return run


def test_a_conversation_is_kept_and_gone_on_with(ponte, folder, tmp_path):
    assert ponte("history", "list")[0] == 1
    transcript = tmp_path / "chat.html"
    code, out, _ = ponte("chat", "-o", str(transcript), said=f"{QUESTION}\n\n")
    assert code == 0 and "12 biciclette" in out and TEXT.split(".")[0] in transcript.read_text(encoding="utf-8")
    code, _, err = ponte("chat", "--continue", said="Quanto è la spesa?\n")
    assert code == 0 and f"> {QUESTION}" in err
    ponte("chat", "--no-history", said="Chi è Bianchi?\n")
    _, out, _ = ponte("history", "list", "--json")
    (kept,) = json.loads(out)
    assert (kept["title"], kept["exchanges"]) == (QUESTION, 2)
    assert ponte("history", "search", "BICICLETTA")[0] == 0 and ponte("history", "search", "treno")[0] == 1
    # Exported by the beginning of its id, every quote in its place.
    file = tmp_path / "out" / "chat.json"
    assert ponte("history", "export", kept["id"][:6], "-o", str(file))[0] == 0
    answers = [exchange.answer for exchange in from_json(file.read_text(encoding="utf-8")).exchanges]
    cited = [citation for answer in answers for citation in answer.citations]
    assert cited and all(TEXT[citation.start : citation.end] == citation.quote for citation in cited)
    assert ponte("history", "export", "last")[1].startswith("# ")
    # The article goes: what was quoted stays, and is told to be gone.
    assert ponte("remove", "bici")[0] == 0
    _, out, _ = ponte("history", "show", "last")
    assert TEXT.split(".")[0] in out and "L’articolo non c’è più" in out
    assert ponte("history", "rename", "last", "Bici \x1b[31m")[0] == 0
    assert "Bici" in ponte("history", "list")[1] and "\x1b[31m" not in ponte("history", "list")[1]
    assert ponte("history", "delete", "last")[0] == 2
    assert ponte("history", "delete", "last", "--yes")[0] == 0
    assert ponte("history", "show", "last")[0] == 2 and ponte("history", "clear", "--yes")[0] == 0


def test_nothing_is_kept_where_history_is_off(ponte, folder, monkeypatch):
    monkeypatch.setenv("PONTE_HISTORY", "off")
    assert ponte("chat", said=f"{QUESTION}\n")[0] == 0
    assert not (folder / "history.db").exists()


def test_a_summary_is_written_to_a_file(ponte, tmp_path):
    for name, begins in (("s.md", "# Una sintesi: 1 articolo"), ("s.html", "<!doctype html>"), ("s.json", "{")):
        assert ponte("summarize", "-o", str(tmp_path / name))[0] == 0
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(begins)
    assert ponte("summarize", "-o", "/dev/null/x.md")[0] == 2
