"""A model that a visitor chooses for their session: what is taken, what is refused and why, and where a key goes."""

import logging

import pytest
from openai_fixtures import KEY
from openai_server import Act
from writing import TRUE, VERO, holds

from bot.datamodels import Usage
from bot.errors import ModelError
from bot.page.desk import Desk
from bot.page.own import Own
from bot.page.turns import spent
from bot.page.view import View
from bot.page.voice import Voice, Who
from bot.page.voice_labels import voice_labels
from bot.providers.model import Model
from bot.providers.scripted import ScriptedModel
from bot.settings import Settings
from bot.usage import Budget

MINE = "sk-visitor-Qy44-never-to-be-seen"
REGALI = "Cosa ha regalato Putin a Kim?"


@pytest.fixture
def allowed(tmp_path):
    return Settings(home=tmp_path, visitor_servers="on")


@pytest.fixture
def plain(tmp_path):
    return Settings(home=tmp_path)


def chosen(settings, **given):
    voice = Voice()
    voice.choose(given, settings)
    return voice


@pytest.mark.parametrize(
    ("given", "label"),
    [
        ({"name": "openai:m"}, "no_key"),
        ({"name": "", "key": MINE}, "bad_name"),
        ({"name": "gpt-5", "key": MINE}, "bad_name"),
        ({"name": "claude:x", "key": MINE}, "bad_name"),
        ({"name": "openai:", "key": MINE}, "bad_name"),
        ({"name": "openai:\x00", "key": MINE}, "bad_name"),
        ({"name": "scripted:/etc/passwd", "key": MINE}, "bad_name"),
        ({"name": "openai:m", "key": "sk-a b"}, "bad_key"),
        ({"name": "openai:m", "key": "sk-è"}, "bad_key"),
        ({"name": "openai:m", "key": "x" * 501}, "bad_key"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_sent(plain, openai_server, given, label):
    voice = chosen(plain, **given)
    assert (voice.news.label, voice.news.wrong, voice.who) == (label, True, Who.OWNERS)
    assert not openai_server.requests
    for language in ("it", "en"):
        told = voice_labels(language).news(label, voice.news.detail)
        assert told and MINE not in told


@pytest.mark.parametrize(
    "server",
    ["ftp://a/v1", "http://", "//a/v1", "http://u:p@a/v1", "http://a:99999/", "http://a/?q", "file:///etc/passwd"],
)
def test_an_address_that_is_none_is_told(allowed, server):
    assert chosen(allowed, name="openai:m", key=MINE, server=server).news.label == "bad_server"


def test_a_visitor_makes_no_server_be_asked_unless_the_owner_allows_it(plain, allowed, openai_server, monkeypatch):
    elsewhere = openai_server.base_url
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    voice = chosen(plain, name="openai:m", key=MINE, server=elsewhere)
    assert voice.news.label == "unreachable" and voice.news.detail == "127.0.0.1:9" and not openai_server.requests
    # Where it is allowed a server of one's own may want no key; the owner's is never sent there.
    voice = chosen(allowed, name="openai:test-model", server=elsewhere)
    assert (voice.news.label, voice.who) == ("taken", Who.VISITORS) and voice.host == elsewhere[7:-3]
    assert [request.headers["authorization"] for request in openai_server.requests] == ["Bearer none"]


def test_a_model_that_is_not_listed_is_chosen_with_a_word_but_at_openai_refused(plain, openai_server, monkeypatch):
    voice = chosen(plain, name="openai:other", key=MINE)
    assert (voice.news.label, voice.news.detail, voice.who) == ("unlisted", "test-model", Who.VISITORS)
    from bot.providers.access import Access

    monkeypatch.setattr(Access, "official", True)
    voice = chosen(plain, name="openai:other", key=MINE)
    assert (voice.news.label, voice.news.detail, voice.who) == ("unknown", "other", Who.OWNERS)


@pytest.mark.parametrize("language", ["it", "en"])
def test_a_chosen_model_answers_its_visitor_alone_and_the_key_is_nowhere(
    bot, openai_server, plain, caplog, capfd, language
):
    caplog.set_level(logging.DEBUG)
    for name in ("openai", "httpx", "httpcore", "gradio"):
        caplog.set_level(logging.DEBUG, logger=name)
    openai_server.accepts = MINE
    desk, own, other = Desk(bot), Own(), Own()
    desk.choose(own, {"name": "openai:test-model", "key": MINE + "x"})
    assert own.voice.news.label == "key_refused"
    rooms = [desk.shown(View(room="model"), (), language, own)]
    desk.choose(own, {"name": "openai:test-model", "key": MINE})
    rooms.append(desk.shown(View(room="model"), (), language, own))
    assert "openai:test-model" in rooms[1] and own.voice.host in rooms[1]
    openai_server.play(Act(f"{VERO if language == 'it' else TRUE} [1]."))
    question = REGALI if language == "it" else "What did Putin give Kim?"
    *_, turns = desk.ask(question, (), language, own=own)
    answer = turns[-1].answer
    holds(bot, answer)
    assert answer.model == "openai:test-model" and answer.usage.calls == 1 and turns[-1].total == answer.usage
    rooms.append(desk.shown(View(room="model"), turns, language, own))
    sent = len(openai_server.requests)
    *_, plainly = desk.ask(question, (), language, own=other)
    assert plainly[-1].answer.model == "extractive" and len(openai_server.requests) == sent
    desk.rest(own, "sources")
    *_, later = desk.ask("Quando è stato firmato il trattato?", turns, language, own=own)
    assert later[-1].answer.model == "extractive" and len(openai_server.requests) == sent
    assert spent(later) == answer.usage and own.voice._model is None
    out = capfd.readouterr()
    seen = [*rooms, caplog.text, out.out, out.err, repr(own), repr(own.voice), repr(turns), repr(later)]
    assert not any("Qy44" in text for text in seen)


def test_a_key_that_stops_being_accepted_is_told_and_not_shown(bot, openai_server, plain):
    own, desk = Own(), Desk(bot)
    desk.choose(own, {"name": "openai:test-model", "key": MINE})
    openai_server.accepts = "another"
    *_, turns = desk.ask(REGALI, (), "it", own=own)
    answer = turns[-1].answer
    assert answer.model == "extractive" and "chiave" in answer.notices[0] and "Qy44" not in repr(turns)


def test_each_visitor_has_the_limit_of_a_session_and_all_together_another(bot):
    dear = ScriptedModel(["uno"] * 9, budget=Budget(1.0, Budget(1.5)))
    dear._price = None
    shared = bot.with_model(dear)
    first, second = Voice(), Voice()
    one, two = first.over(shared), second.over(shared)
    assert one is first.over(shared) is not two and isinstance(one.model, Model)
    one.model.budget.add(Usage(1, 1, 1, 0.9))
    two.model.budget.check(Usage(1, 1, 1, 0.5))
    with pytest.raises(ModelError, match="limit"):
        one.model.budget.check(Usage(1, 1, 1, 0.5))
    with pytest.raises(ModelError, match="limit"), two.model.budget.hold(Usage(1, 1, 1, 0.7)):
        pass
    assert dear.budget.spent.cost == 0 and dear.budget.within.spent.cost == 0.9
    first.rest(Who.SOURCES)
    assert first.over(shared).model is None and first.name(shared) == ""
    first.rest(Who.OWNERS)
    assert first.over(shared).model is one.model


def test_without_a_limit_the_owners_model_is_shared(bot):
    shared = bot.with_model(ScriptedModel([]))
    assert Voice().over(shared) is shared and Voice().over(bot) is bot


def test_the_visitors_model_keeps_the_limit_of_the_session(bot, openai_server, tmp_path):
    prices = tmp_path / "prices.toml"
    prices.write_text('[models]\n"test-model" = { input = 1000.0, output = 1000.0 }\n')
    settings = Settings(home=tmp_path, prices=str(prices), max_cost=0.01)
    voice = chosen(settings, name="openai:test-model", key=KEY)
    answer = voice.over(bot).ask(REGALI)
    assert answer.model == "extractive" and "limite di spesa" in answer.notices[0]
    assert [request.path for request in openai_server.requests] == ["/v1/models"]
