"""What an answer that is none looks like in a real browser: the three silences, told apart from answers and each other."""

import json
from pathlib import Path

import pytest
from serving import ask, seen

from bot.datamodels import State
from bot.strings import common

pytest_plugins = ["page_fixtures"]
SET = Path(__file__).parent.parent / "evals" / "dossier.jsonl"

_LOOK = """answer => {
    const style = getComputedStyle(answer), badge = answer.querySelector(":scope > .badge");
    const drawn = badge && getComputedStyle(badge, "::before");
    return JSON.stringify([style.borderTopStyle, style.borderLeftStyle, style.borderLeftColor, style.backgroundColor,
        badge && [badge.innerText, getComputedStyle(badge).color, drawn.borderRadius, drawn.backgroundImage]]);
}"""


@pytest.fixture(scope="module")
def of_each_state(bot):
    """A question for each state, the first of those that ship whose answer is one."""
    rows = [json.loads(line) for line in SET.read_text(encoding="utf-8").splitlines()]
    found = {}
    for row in rows:
        if row["language"] != "it" or row.get("history"):
            continue
        found.setdefault(bot.ask(row["question"], "it").state, row["question"])
        if len(found) == len(State):
            return found
    raise AssertionError(f"of {set(State) - set(found)} there is no question")


def test_the_three_silences_look_like_no_answer_and_not_like_each_other_and_offer_a_passage(
    visit, address, of_each_state
):
    tab = visit(address)
    tab.select_option("#scope .pin", "it")
    words, looks = common("it"), {}
    for state, question in of_each_state.items():
        tab.click("#live [data-do=clear]") if tab.locator("#live .turn").count() else None
        tab.wait_for_selector(".welcome")
        ask(tab, question)
        answer = tab.locator("#live .answer")
        assert state.value in answer.get_attribute("class").split()
        looks[state] = answer.evaluate(_LOOK)
        badge = {
            State.PARTLY: words.partly,
            State.NOT_IN_SOURCES: words.not_in_sources,
            State.OFF_TOPIC: words.off_topic,
        }
        assert answer.locator(".badge").all_inner_texts() == ([badge[state]] if state in badge else [])
        assert (answer.locator(".chip").count() > 0) is not state.silent
        # The nearest passage stands there word for word, and opens at its place.
        passage = answer.locator(".card q, .chip + .tip q").first.text_content()
        answer.locator(".card, .chip").first.click()
        seen(tab, passage)
    assert len(set(looks.values())) == len(State)
