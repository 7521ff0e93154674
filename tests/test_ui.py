"""The page without a browser: what a visitor's question becomes, and what programs may call."""

import json
import re
import time
from importlib.resources import files
from pathlib import Path

import pytest
from serving import QUESTION, fetch, served

from bot.chat import Bot
from bot.datamodels import State
from bot.errors import StoreLocked
from bot.page.desk import Desk
from bot.page.turns import Place, Shelf, Stage, Turn
from bot.page.view import View
from bot.strings import page

pytest_plugins = ["page_fixtures"]


@pytest.fixture(scope="module")
def desk(bot):
    return Desk(bot)


# -- asking


def test_a_question_is_answered_step_by_step_each_step_keeping_what_was_there(desk):
    before = (Turn("Prima?", "it").stopped(),)
    steps = list(desk.ask(QUESTION, before, "en"))
    assert all(step[:1] == before for step in steps)
    stages = [step[-1].stage for step in steps]
    assert stages[:2] == [Stage.SEARCHING, Stage.READING] and stages[-1] is Stage.DONE
    assert len({step[-1].key for step in steps}) == 1
    said = [len(step[-1].statements) for step in steps]
    assert said == sorted(said) and said[-2] == said[-1] > 0
    assert steps[-1][-1].answer.state is State.ANSWERED


def test_each_citation_of_an_answer_opens_at_its_quote(desk, bot):
    *_, turns = desk.ask(QUESTION, (), "it")
    for citation in turns[0].citations:
        markup = desk.shown(View(place=Place(turns[0].key, Shelf.CITATIONS, citation.n)), turns, "it")
        assert f'data-article="{citation.article_id}"' in markup and markup.count("<mark") == 1
        assert bot.article(citation.article_id).text[citation.start : citation.end] == citation.quote


def test_another_visitors_place_leads_nowhere(desk):
    *_, mine = desk.ask(QUESTION, (), "it")
    *_, theirs = desk.ask("Come ha reagito Seul al trattato?", (), "it")
    markup = desk.shown(View(place=Place(theirs[0].key, Shelf.CITATIONS, 1)), mine, "it")
    assert page("it").gone in markup and "<mark" not in markup


def test_an_article_that_is_not_there_is_told(desk):
    assert page("en").no_article in desk.shown(View("no-such-article"), (), "en")


@pytest.mark.parametrize("language", ["it", "en"])
def test_every_example_of_the_page_is_answered_in_its_language(bot, language):
    for question in page(language).examples:
        answer = bot.ask(question)
        assert (answer.state, answer.language) == (State.ANSWERED, language), question


@pytest.mark.parametrize(("language", "question"), [("it", "Kim Jong Un"), ("en", "Kim Jong Un")])
def test_a_question_without_a_language_is_answered_in_that_of_the_page(desk, language, question):
    *_, turns = desk.ask(question, (), language)
    assert turns[-1].answer.language == language


def test_a_question_in_another_language_is_answered_in_english_and_told(desk):
    *_, turns = desk.ask("Qu'est-ce que Poutine a offert à Kim Jong-un pendant sa visite ?", (), "it")
    assert turns[-1].answer.language == "en" and turns[-1].answer.notices


def test_a_question_that_is_too_long_is_told_with_the_limit(desk, bot):
    *_, turns = desk.ask("a" * (bot.settings.max_question + 1), (), "it")
    assert turns[-1].stage is Stage.FAILED and str(bot.settings.max_question) in turns[-1].problem.text


def test_a_question_of_signs_only_is_an_error_in_the_language_of_the_page(desk):
    *_, turns = desk.ask("🙂 ?!", (), "it")
    assert turns[-1].problem.text == page("it").problem("QuestionError") and turns[-1].language == "it"


@pytest.mark.parametrize(
    ("error", "text", "detail"),
    [
        (StoreLocked("Locked.", "Wait."), page("it").problem("StoreLocked"), "Locked. Wait."),
        (RuntimeError("a secret"), page("it").unexpected, ""),
    ],
)
def test_an_error_becomes_a_sentence_and_the_conversation_goes_on(bot, monkeypatch, error, text, detail):
    def broken(*_):
        raise error

    monkeypatch.setattr(Bot, "stream", broken)
    *_, turns = Desk(bot).ask("Chi?", (), "it")
    assert (turns[-1].problem.text, turns[-1].problem.detail) == (text, detail)
    monkeypatch.undo()
    *_, turns = Desk(bot).ask(QUESTION, turns, "it")
    assert [turn.stage for turn in turns] == [Stage.FAILED, Stage.DONE]


def test_warming_up_an_index_that_fails_harms_nobody(bot, monkeypatch):
    monkeypatch.setattr(Bot, "search", lambda *_, **__: (_ for _ in ()).throw(StoreLocked("Locked.")))
    Desk(bot).warm()


# -- serving


def test_the_files_of_the_page_name_no_other_machine():
    for part in (files("bot.page") / "assets").iterdir():
        found = re.findall(r"[a-z]+://[^'\"\s]+|@import|url\(", part.read_text(encoding="utf-8"))
        assert found in ([], ["http://www.w3.org/2000/svg"]), part.name


def children():
    return {int(pid) for task in Path("/proc/self/task").iterdir() for pid in (task / "children").read_text().split()}


def woken(pid):
    """How often the main thread of a process has waited for something until now, and then gone on."""
    return int(re.search(r"^voluntary_ctxt_switches:\s*(\d+)", Path(f"/proc/{pid}/status").read_text(), re.M)[1])


def test_settings_decide_the_language_that_the_page_starts_in_and_at_rest_it_lets_the_processor_rest(
    address, bot, home
):
    others = children() if Path("/proc/thread-self/children").exists() else None
    with served(home, alone=True, PONTE_LANGUAGE="en") as english:
        config = fetch(f"{english}/config")[1]
        if others is not None:
            (server,) = children() - others
            before = woken(server)
            time.sleep(2)
            assert woken(server) - before < 400
    assert page("en").welcome in config and page("it").welcome not in config
    assert page("it").welcome in fetch(f"{address}/config")[1]


SLOW = """
import time
from bot.chat import Bot
from bot.page.ui import serve

class Slow(Bot):
    def stream(self, *arguments, **named):
        time.sleep(5)
        yield from super().stream(*arguments, **named)

with Slow.open() as bot:
    serve(bot, "127.0.0.1", 0)
"""


def test_the_server_ends_in_silence_while_an_answer_is_in_the_making(bot, home):
    from gradio_client import Client

    with served(home, ["-c", SLOW], alone=True) as url:
        Client(url, verbose=False, analytics_enabled=False).submit(QUESTION, api_name="/ask")
        time.sleep(1)


def test_no_telemetry_is_left_on(address):
    assert json.loads(fetch(f"{address}/config")[1])["analytics_enabled"] is False
