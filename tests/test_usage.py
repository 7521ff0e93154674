"""Prices, costs and the spending limit."""

import datetime
import threading
import tomllib
from importlib.resources import files

import pytest
from langchain_core.messages import HumanMessage
from openai_server import Act

from bot.datamodels import Usage
from bot.errors import ModelError, SettingsError
from bot.providers import DEFAULT_MODEL, make_model
from bot.providers.model import Model
from bot.providers.scripted import ScriptedChat, ScriptedModel
from bot.settings import Settings
from bot.usage import Budget, Price, price_of

QUESTION = [HumanMessage("Chi ha vinto?")]


def test_the_table_that_ships_is_dated_sourced_and_sensible():
    text = files("bot").joinpath("prices.toml").read_text("utf-8")
    table = tomllib.loads(text)
    assert isinstance(table["date"], datetime.date) and "developers.openai.com" in text
    assert len(table["models"]) > 30
    for name, line in table["models"].items():
        price = price_of(name)
        assert price is not None and 0 < price.cached <= price.input <= price.kept < 200, name
        assert line["output"] == price.output and (price.output >= price.input or name.startswith("text-embedding"))


def test_the_default_model_has_a_price_and_a_small_one():
    price = price_of(DEFAULT_MODEL.partition(":")[2])
    # Ten thousand tokens read and a page written.
    assert price.cost(10_000, 1_000) < 0.01


@pytest.mark.parametrize(
    ("name", "paid"),
    [
        ("gpt-5-mini", 0.25), ("gpt-5-mini-2025-08-07", 0.25), ("gpt-4o-2024-05-13", 5.0), ("gpt-4o-2024-08-06", 2.5),
        ("gpt-5-minimum", None), ("llama3.2", None), ("", None), ("gpt-5-mini-2025", None),
    ],
)  # fmt: skip
def test_a_price_is_found_by_the_exact_name_or_not_at_all(name, paid):
    price = price_of(name)
    assert (price and price.input) == paid


def test_a_cost_is_made_of_its_parts():
    price = Price(input=2.0, output=10.0, cached=0.5, kept=2.5)
    assert price.cost(1_000_000, 100_000) == pytest.approx(2.0 + 1.0)
    assert price.cost(1_000_000, 0, cached=600_000, kept=400_000) == pytest.approx(0.3 + 1.0)
    assert price.cost(10, 0, cached=50) > 0


def test_ones_own_table_goes_first(tmp_path):
    own = tmp_path / "own.toml"
    own.write_text('[models]\n"gpt-5-mini" = { input = 9, output = 9 }\n"my-*" = { input = 1, output = 2 }\n')
    assert price_of("gpt-5-mini", str(own)).input == 9 and price_of("my-model", str(own)).output == 2
    assert price_of("gpt-5-nano", str(own)).input == 0.05


@pytest.mark.parametrize("content", [None, "nonsense", "[models]\nx = 1", "[models]\nx = { input = 1 }", "a = 1"])
def test_a_table_that_is_none_is_told(tmp_path, content):
    path = tmp_path / "own.toml"
    if content is not None:
        path.write_text(content)
    with pytest.raises(SettingsError, match="PONTE_PRICES"):
        price_of("x", str(path))


def test_the_server_s_own_count_is_what_is_paid(openai_server, tmp_path, monkeypatch):
    from bot.providers.access import Access

    monkeypatch.setattr(Access, "official", True)
    openai_server.play(Act("Sì.", cached=2, thoughts=100))
    model = make_model("openai:gpt-5-mini", Settings(home=tmp_path))
    usage = list(model.stream(QUESTION))[-1]
    expected = price_of("gpt-5-mini").cost(usage.input_tokens, usage.output_tokens, cached=2)
    assert usage.cost == pytest.approx(expected) and usage.output_tokens > 100 and model.budget.spent == usage


def test_a_strange_server_far_away_has_no_known_price(tmp_path, monkeypatch):
    from bot.providers.access import find_access
    from bot.providers.openai_chat import _price

    for url, known in [
        ("https://models.example.org/v1", False), ("http://192.168.1.7:8000/v1", True), ("http://ollama:11434/v1", True),
        ("http://localhost:1234/v1", True), ("http://8.8.8.8/v1", False), ("http://[::1]:8080/v1", True),
    ]:  # fmt: skip
        monkeypatch.setenv("OPENAI_BASE_URL", url)
        price = _price("gpt-5-mini", find_access("k"), Settings(home=tmp_path))
        assert (price is not None) == known, url


def test_usages_add_up_and_an_unknown_cost_stays_unknown():
    budget = Budget()
    budget.add(Usage(10, 5, 1, 0.5))
    budget.add(Usage(10, 5, 1, 0.25))
    assert budget.spent == Usage(20, 10, 2, 0.75)
    budget.add(Usage(1, 1, 1, None))
    budget.check(Usage(cost=None))
    assert budget.spent.cost is None


def test_a_call_that_would_pass_the_limit_is_not_made():
    budget = Budget(1.0)
    budget.check(Usage(cost=1.0))
    budget.add(Usage(cost=0.6))
    budget.check(Usage(cost=0.4))
    with pytest.raises(ModelError, match="1.00 US dollars") as caught:
        budget.check(Usage(cost=0.5))
    assert caught.value.kind == "budget" and "PONTE_MAX_COST" in caught.value.fix


def test_a_limit_without_a_price_lets_nothing_through():
    with pytest.raises(ModelError, match="price of the model is not known"):
        Budget(1.0).check(Usage(cost=None))


def test_a_budget_is_kept_by_many_threads_together():
    price = Price(1000.0, 1000.0, 1000.0, 1000.0)
    chat = ScriptedChat(replies=["uno due tre"] * 50, delay=0.01)
    model = Model("scripted:dear", chat, 8000, price, Budget(2.0))
    results = []

    def ask():
        try:
            results.append(list(model.stream(QUESTION, max_tokens=100))[-1].cost)
        except ModelError as error:
            results.append(error.kind)

    threads = [threading.Thread(target=ask) for _ in range(40)]
    [thread.start() for thread in threads]
    [thread.join(30) for thread in threads]
    costs = [result for result in results if isinstance(result, float)]
    assert len(results) == 40 and costs and "budget" in results
    assert sum(costs) == pytest.approx(model.budget.spent.cost) and model.budget.spent.cost <= 2.0


def test_a_model_keeps_its_limit_before_anything_is_sent(openai_server, tmp_path, monkeypatch):
    from bot.providers.access import Access

    monkeypatch.setattr(Access, "official", True)
    model = make_model("openai:gpt-5.5-pro", Settings(home=tmp_path, max_cost=0.01))
    with pytest.raises(ModelError) as caught:
        list(model.stream(QUESTION))
    assert caught.value.kind == "budget" and openai_server.requests == []


def test_what_is_free_has_no_limit():
    model = ScriptedModel(["uno"] * 3, budget=Budget(0.0001))
    assert [list(model.stream(QUESTION))[-1].cost for _ in range(3)] == [0.0] * 3


def test_the_settings_read_the_limit():
    from bot.settings import Settings

    read = Settings.from_environment({"PONTE_MAX_COST": "0.50", "PONTE_MODEL": "openai:x", "PONTE_MODEL_TIMEOUT": "5"})
    assert (read.max_cost, read.model, read.model_timeout) == (0.5, "openai:x", 5)
    for wrong in ("-1", "a", "1,5", "1e9", "٣"):
        with pytest.raises(SettingsError, match="PONTE_MAX_COST"):
            Settings.from_environment({"PONTE_MAX_COST": wrong})
