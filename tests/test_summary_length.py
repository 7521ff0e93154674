"""The length of a summary is kept wherever the sources have enough to say, and where they have not, that is said.

How long it will take is told honestly.
"""

import random

import pytest
from conftest import make_article
from hashed import Hashed

from bot.summarize import material
from bot.summarize.pace import Pace
from bot.summarize.summarizer import Summarizer
from bot.summarize.values import Reading
from bot.summarize.wish import Wish
from index.build import writing
from index.store import Store
from prompts import load

SYLLABLES = "ba ce di fo gu la me ni po ru sa te vi zo tra sti glo nor pel can".split()


def words(seed: int, count: int) -> list[str]:
    chance = random.Random(seed)
    return ["".join(chance.choices(SYLLABLES, k=3)) for _ in range(count)]


def sentence(seed: int) -> str:
    """A sentence that shares its little words with all others, and no more."""
    one = words(seed, 10)
    return f"La {one[0]} della {one[1]} {one[2]} il {one[3]} con la {one[4]} e il {one[5]} nella {one[6]} di {one[7]} {one[8]} e {one[9]}."


@pytest.fixture(scope="module")
def summarizer(tmp_path_factory):
    """A summarizer over articles of which all sentences have nearly the same vector: one tells much, one little."""
    store = Store(tmp_path_factory.mktemp("length") / "i", Hashed("alike/1", 4))
    told = [sentence(1), sentence(2), sentence(3)]
    again = [one.replace("La ", "Dunque la ", 1) if n % 2 else one for n, one in enumerate(told * 20)]
    with writing(store, Hashed("alike/1", 4)) as writer:
        writer.add(make_article(id="much", text=" ".join(map(sentence, range(300)))), "given")
        writer.add(make_article(id="little", text=" ".join(again)), "given")
    yield Summarizer(store, Hashed("alike/1", 4))
    store.close()


@pytest.mark.parametrize("length", [100, 1_000, 3_000])
def test_a_length_is_reached_where_enough_is_told_even_if_all_of_it_is_alike(summarizer, length):
    summary = summarizer.summarize(Wish(articles=("much",), words=length))
    assert abs(summary.words - length) <= max(0.1 * length, 24) and not summary.notices
    assert len({said.text for said in summary.statements}) == len(summary.statements)


@pytest.mark.parametrize("language", ["it", "en"])
def test_where_all_is_said_the_summary_ends_and_says_so(summarizer, language):
    summary = summarizer.summarize(Wish(articles=("little",), words=500, language=language))
    assert len(summary.statements) <= 4
    notice = load("summary.shorter", language).fill(words=str(summary.words), asked="500")
    assert notice in summary.notices


def test_what_is_left_of_a_long_article_is_told_by_what_is_still_to_be_done(summarizer, monkeypatch):
    pace = Pace()
    pace.fetching.seconds, pace.weighing.seconds = 10.0, 1.0
    # All is fetched, a quarter weighed; then half fetched.
    assert pace.left(1.0, 0.25) == 3.0 and pace.left(0.5, 0.25) == 13.0
    monkeypatch.setattr(material, "_WINDOW", 50)
    events = list(summarizer.stream(Wish(articles=("much", "little"), words=60)))
    steps = [event for event in events if isinstance(event, Reading)]
    assert [step.share for step in steps] == sorted(step.share for step in steps) and steps[-1].share == 1
    assert len(steps) == 8 and steps[-1].left == 0 and all(step.left > 0 for step in steps[:-1])
    assert [step.done for step in steps] == [0, 1, 1, 1, 1, 1, 1, 2]
