"""Who a visitor is, and what the page keeps for them, without a browser."""

import re
import urllib.request
from types import SimpleNamespace

import pytest
from conftest import make_article
from serving import QUESTION

from bot.chat import Bot
from bot.errors import HistoryError
from bot.history import Kept
from bot.page import kept
from bot.page.desk import Desk
from bot.page.keeper import Keeper, Record, document
from bot.page.turns import Problem, Turn
from bot.page.view import View
from bot.page.visitor import owner
from bot.settings import Settings

pytest_plugins = ["page_fixtures"]
SEOUL = "Come ha reagito Seul al trattato?"


def request(cookie="", username=None):
    return SimpleNamespace(headers={"cookie": cookie}, username=username)


def cookie(address, given=""):
    asked = urllib.request.Request(f"{address}/?x=1", headers={"Cookie": given} if given else {})
    with urllib.request.urlopen(asked, timeout=20) as answer:
        return answer.headers["set-cookie"]


def test_every_browser_gets_a_token_of_its_own_that_scripts_cannot_read(address):
    first, second = cookie(address), cookie(address)
    found = re.fullmatch(r"ponte_visitor=([\w-]{43}); Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax", first)
    assert found and first != second
    assert cookie(address, f"a=b; ponte_visitor={found[1]}") == first
    # One that we did not make is replaced.
    for made_up in ("ponte_visitor=1", f"ponte_visitor={found[1]}x", "ponte_visitor="):
        assert re.fullmatch(r"ponte_visitor=[\w-]{43};.*", cookie(address, made_up))
    with urllib.request.urlopen(f"{address}/config", timeout=20) as answer:
        assert answer.headers["set-cookie"] is None


def test_owners_are_told_apart_and_the_token_is_not_their_name():
    token = "t" * 43
    names = [
        owner(request(f"ponte_visitor={token}")),
        owner(request(f"ponte_visitor={'u' * 43}")),
        owner(request(f"ponte_visitor={token}", "maria")),
        owner(request("", "paolo")),
    ]
    assert len(set(names)) == 4 and all(re.fullmatch("[0-9a-f]{64}", name) for name in names)
    assert owner(request("", "maria")) == names[2] and owner(request()) == "" == owner(request("ponte_visitor=short"))


@pytest.fixture
def keeper(bot, tmp_path, monkeypatch):
    monkeypatch.setattr(Bot, "folder", property(lambda _: tmp_path))
    made = Keeper(bot)
    yield made
    made.close()


def asked(desk, *questions):
    turns = ()
    for question in questions:
        *_, turns = desk.ask(question, turns, "it")
    return turns


def test_a_conversation_is_kept_step_by_step_and_comes_back(bot, keeper):
    desk = Desk(bot, keeper=keeper)
    one = asked(desk, QUESTION)
    record = keeper.save("me", Record(), one)
    two = (*one, *asked(desk, SEOUL))
    record = keeper.save("me", record, two)
    assert keeper.save("me", record, two) == record
    again, turns = desk.reopened("me", record.id)
    assert again.keys == record.keys and [turn.answer for turn in turns] == [turn.answer for turn in two]
    assert [turn.key for turn in turns] == [turn.key for turn in two] and not any(
        turn.changed or turn.removed for turn in turns
    )
    record = keeper.save("me", record, one)
    assert len(desk.reopened("me", record.id)[1]) == 1
    with pytest.raises(HistoryError):
        desk.reopened("them", record.id)
    with pytest.raises(HistoryError):
        desk.reopened("", record.id)


def test_what_failed_is_not_kept_and_what_was_stopped_is_as_it_stood(bot, keeper):
    steps = [turns[-1] for turns in Desk(bot, keeper=keeper).ask(SEOUL, (), "it")]
    cut = next(turn for turn in steps if turn.statements).stopped()
    turns = (Turn("Chi?", "it").failed(Problem("No.")), Turn("Ora?", "it").stopped(), cut)
    record = keeper.save("me", Record(), turns)
    _, back = keeper.open("me", record.id, bot)
    assert [(turn.question, turn.stage, turn.statements, turn.answer) for turn in back] == [
        (SEOUL, cut.stage, cut.statements, None)
    ]


def test_nothing_is_kept_of_who_is_unknown_or_does_not_want_it(bot, keeper, tmp_path):
    turns = asked(Desk(bot, keeper=keeper), QUESTION)
    assert keeper.save("", Record(), turns).id == "" and keeper.found("") == []
    keeper.keep("me", False)
    record = keeper.save("me", Record(), turns)
    assert record.id == "" and not keeper.keeps("me")
    keeper.keep("me", True)
    # What was asked meanwhile is not kept afterwards.
    assert keeper.save("me", record, turns).id == ""
    bare = SimpleNamespace(settings=Settings(home=tmp_path, history="off"), folder=tmp_path / "off")
    silent = Keeper(bare)
    assert silent.save("me", Record(), turns).id == "" and not silent.keeps("me")
    assert not (tmp_path / "off" / "history.db").exists()
    silent.close()


def test_a_store_that_cannot_be_opened_stops_no_answer(bot, tmp_path):
    (tmp_path / "history.db").write_bytes(b"no database at all" * 100)
    broken = Keeper(SimpleNamespace(settings=Settings(home=tmp_path), folder=tmp_path))
    desk = Desk(bot, keeper=broken)
    turns = asked(desk, QUESTION)
    assert turns[-1].answer and broken.save("me", Record(), turns) == Record(keys=frozenset({turns[-1].key}))
    assert "<h2>" in desk.shown(View(room="history", owner="me"), turns, "it")


def test_files_hold_the_conversation(bot, keeper):
    turns = asked(Desk(bot, keeper=keeper), QUESTION)
    for form, kind in (("md", "text/markdown"), ("html", "text/html"), ("json", "application/json")):
        name, media, content = document(Record(title="I doni: 1/2"), turns, form, "it")
        assert (name, media) == (f"ponte-i-doni-1-2.{form}", kind) and "limousine" in content
    with pytest.raises(HistoryError):
        document(Record(), turns, "exe", "it")


@pytest.mark.parametrize("hostile", ["<img src=x onerror=alert(1)>", "\x02<b>\x03", "${7*7} {{x}}", "\u202e\ud800"])
def test_nothing_hostile_is_markup_in_the_room(hostile):
    shown = kept.listed(
        [Kept('"><script>', hostile, "it", "2026-01-01T00:00:00+00:00", 1, hostile)], "it", True, 90, hostile
    )
    assert not re.search(r"<(?:img|script|b)\b", shown) and "${" not in shown and "{{" not in shown


def test_an_article_of_ones_own_is_told_to_be_gone(bot, keeper):
    desk = Desk(bot, keeper=keeper)
    turn = asked(desk, QUESTION)[0]
    own = SimpleNamespace(articles=lambda: [make_article(turn.citations[0].article_id)], bot=lambda shared: shared)
    record = keeper.save("me", Record(), (turn,), own)
    assert desk.reopened("me", record.id)[1][0].own == (turn.citations[0].article_id,)
