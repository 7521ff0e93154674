"""Conversations kept: written by many at once, found by their words, seen by their owner alone, deleted for good."""

import sqlite3
import stat
import subprocess
import sys
import threading
import time
from dataclasses import replace

import pytest
from conftest import make_article

from bot.datamodels import Answer, State, Statement, cite
from bot.errors import HistoryError, UnknownArticle
from bot.history import History
from bot.history import store as rooms
from bot.records import Exchange, compared, restored, titled, without_keys

ME, THEM = "me", "them"
TEXT = "Il trattato è stato firmato a Pyongyang perché entrambi lo volevano. L'accordo è entrato in vigore a dicembre."


def answer(question="Perché è stato firmato il trattato?", text=TEXT, start=0, end=68, **fields):
    article = make_article("treaty-it", text, title="Il trattato")
    citation = cite(1, article, start, end)
    statement = Statement(citation.quote, (1,), "it")
    given = {"text": f"{citation.quote} [1]", "language": "it", "state": State.ANSWERED}
    return Answer(question=question, statements=(statement,), citations=(citation,), **(given | fields))


def exchange(key="a", question="Perché è stato firmato il trattato?", **fields):
    return Exchange(answer(question), key, **fields)


@pytest.fixture
def history(tmp_path):
    opened = History(tmp_path)
    yield opened
    opened.close()


def test_an_answer_comes_back_as_it_was(bot, history):
    asked = [bot.ask("Cosa ha regalato Putin a Kim?"), bot.ask("Chi ha vinto lo scudetto?")]
    name = history.save(ME, "", [Exchange(one, str(n), own=("x",)) for n, one in enumerate(asked)])
    again = History(history._database.path.parent)
    kept = again.open(ME, name)
    again.close()
    assert [one.answer for one in kept.exchanges] == asked and kept.title == asked[0].question
    assert [(one.key, one.complete, one.own) for one in kept.exchanges] == [("0", True, ("x",)), ("1", True, ("x",))]
    assert all(compared(one, bot.article) == one for one in kept.exchanges)
    with pytest.raises(HistoryError, match="no answer"):
        restored("{}")


def test_nobody_sees_or_touches_what_is_anothers(history):
    name = history.save(ME, "", [exchange()])
    assert history.listed(THEM) == [] and history.search(THEM, "trattato") == []
    for attempt in (
        lambda: history.open(THEM, name),
        lambda: history.rename(THEM, name, "Mine"),
        lambda: history.delete(THEM, name),
        lambda: history.save(THEM, name, [exchange("b")]),
    ):
        with pytest.raises(HistoryError, match="no such conversation"):
            attempt()
    assert history.clear(THEM) == 0 and len(history.open(ME, name).exchanges) == 1
    assert len(name) >= 20 and name != history.save(ME, "", [exchange()])


def test_what_is_taken_back_goes_and_a_conversation_of_nothing_with_it(history):
    name = history.save(ME, "", [exchange("a"), exchange("b", "E dopo?")])
    history.save(ME, name, [exchange("c", "E poi?")], removed=["b"])
    assert [one.key for one in history.open(ME, name).exchanges] == ["a", "c"]
    history.save(ME, name, [], removed=["a", "c"])
    assert history.listed(ME) == [] and history.search(ME, "trattato") == []


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("perche", True), ("PERCHÉ", True), ("tratt", True), ("trattati", True), ("accordi firmato", False),
        ("firmato pyongyang", True), ("vigore", False), ("marmellata", False), ("", True), ("\" OR * ( NEAR", False),
        ("prove", True), ("la mia ricerca", True), ("the treaties", False),
    ],
)  # fmt: skip
def test_a_conversation_is_found_by_its_words(history, words, found):
    name = history.save(ME, "", [exchange()])
    history.rename(ME, name, "  La mia\nricerca: le prove ")
    assert [kept.id for kept in history.search(ME, words)] == ([name] if found else [])
    assert history.listed(ME)[0].title == "La mia ricerca: le prove"


def test_english_words_are_found_in_their_other_forms(history):
    said = replace(answer("Which treaties were signed?"), language="en")
    name = history.save(ME, "", [Exchange(said, "a")])
    for words in ("treaty", "sign", "signing"):
        (kept,) = history.search(ME, words)
        assert kept.id == name
    assert rooms.START in history.search(ME, "treaties")[0].excerpt


def test_what_is_deleted_is_no_longer_in_the_file(tmp_path, history):
    kept = history.save(ME, "", [exchange("a", "Chi era Zanzibaldo?")])
    history.save(ME, "", [exchange("b", "Chi era Quirindone?")])
    files = [tmp_path / f"history.db{end}" for end in ("", "-wal")]

    def stands(word):
        return any(word in file.read_bytes().lower() for file in files if file.exists())

    assert stands(b"zanzibaldo")
    history.delete(ME, kept)
    assert not stands(b"zanzibald") and stands(b"quirindone")
    assert history.clear(ME) == 1 and not stands(b"quirindon")


def test_only_its_owner_can_read_the_file(tmp_path, history):
    history.save(ME, "", [exchange()])
    assert {stat.S_IMODE(file.stat().st_mode) for file in tmp_path.glob("history.db*")} == {0o600}


def test_keys_are_never_kept(tmp_path, history):
    key = "sk-proj-AbCdEfGhIjKlMnOpQrSt1234"
    question = f"Usa la chiave {key}: chi ha firmato?"
    said = answer(question, understood=question, missing=(key,), notices=(f"Non so che cosa sia {key}.",))
    history.save(ME, "", [Exchange(said, "a")])
    history.close()
    assert not any(key[3:20].encode() in file.read_bytes() for file in tmp_path.glob("history.db*"))
    assert without_keys(said).citations == said.citations and "…" in without_keys(said).question


def test_an_owner_may_not_want_anything_kept(history):
    assert history.keeps(ME)
    history.keep(ME, False)
    history.keep(ME, False)
    assert not history.keeps(ME) and history.keeps(THEM)
    history.keep(ME, True)
    assert history.keeps(ME)


def test_the_oldest_makes_room(history, monkeypatch):
    monkeypatch.setattr(rooms, "MOST", 3)
    monkeypatch.setattr(rooms, "LONGEST", 2)
    names = [history.save(ME, "", [exchange()]) for _ in range(4)]
    assert {kept.id for kept in history.listed(ME)} == set(names[1:])
    history.save(ME, names[-1], [exchange("b"), exchange("c")])
    assert [one.key for one in history.open(ME, names[-1]).exchanges] == ["b", "c"]


def test_what_was_not_used_for_long_is_deleted(tmp_path, monkeypatch):
    history = History(tmp_path, days=30)
    name = history.save(ME, "", [exchange()])
    month = time.time() + 31 * 86_400
    monkeypatch.setattr(rooms.time, "time", lambda: month)
    other = history.save(THEM, "", [exchange()])
    assert history.listed(ME) == [] and [kept.id for kept in history.listed(None)] == [other]
    assert name != other
    history.close()


def test_threads_and_processes_write_at_once(tmp_path, history):
    program = """
import sys, pathlib
sys.path.insert(0, sys.argv[2])
from test_history import exchange
from bot.history import History
history = History(pathlib.Path(sys.argv[1]))
for n in range(15):
    history.save(sys.argv[3], sys.argv[4], [exchange(f"{sys.argv[3]}{n}")])
"""
    name = history.save(ME, "", [exchange("first")])
    here = str(rooms.Path(__file__).parent)
    command = [sys.executable, "-c", program, str(tmp_path), here]
    others = [subprocess.Popen([*command, who, where]) for who, where in ((ME, name), ("p", ""))]
    failed = []

    def write(who):
        try:
            for n in range(15):
                history.save(ME, name, [exchange(f"{who}{n}")])
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=write, args=(who,)) for who in "xyz"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == [] and [other.wait(60) for other in others] == [0, 0]
    keys = [one.key for one in history.open(ME, name).exchanges]
    assert len(keys) == len(set(keys)) == 61 and len(history.listed("p")) == 15


def test_a_newer_or_broken_file_is_refused_with_the_fix(tmp_path):
    for content in ("newer", "broken"):
        folder = tmp_path / content
        folder.mkdir()
        if content == "newer":
            with sqlite3.connect(folder / "history.db") as db:
                db.execute("PRAGMA user_version = 99")
            db.close()
        else:
            (folder / "history.db").write_bytes(b"no database at all" * 100)
        with pytest.raises(HistoryError) as caught:
            History(folder)
        assert "history.db" in caught.value.message and caught.value.fix


def test_what_became_of_an_article_is_told():
    kept = exchange()
    changed = compared(kept, lambda _: make_article("treaty-it", "Altro testo."))

    def gone(_):
        raise UnknownArticle("No.")

    removed = compared(kept, gone)
    assert changed.changed == kept.answer.citations and removed.removed == kept.answer.citations
    assert changed.answer == kept.answer == removed.answer


def test_a_title_is_one_line_of_whole_words():
    assert titled("Chi?\n Quando?") == "Chi? Quando?"
    assert titled("parola " * 40).endswith("parola…") and len(titled("parola " * 40)) <= 81
    assert titled("x" * 500) == "x" * 80 + "…"


def test_a_second_opening_leaves_the_first_its_locks(tmp_path):
    first, second = History(tmp_path), History(tmp_path)
    name = first.save(ME, "", [exchange("a")])
    other = "import sqlite3, sys; db = sqlite3.connect(sys.argv[1]); db.execute('SELECT * FROM words').fetchall(); db.close()"
    History(tmp_path)
    subprocess.run([sys.executable, "-c", other, str(tmp_path / "history.db")], check=True)
    assert (tmp_path / "history.db-wal").exists()
    first.save(ME, name, [exchange("b")])
    assert [one.key for one in second.open(ME, name).exchanges] == ["a", "b"]
