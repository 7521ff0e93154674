import json
import os
import subprocess
import sys

import pytest
from conftest import make_article
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from bot.chat import Bot
from bot.datamodels import State
from bot.errors import QuestionError, UnknownArticle
from bot.library import Library
from bot.settings import Settings
from bot.summarize.read import read
from bot.summarize.sides import Sides
from bot.summarize.values import Reading, Summarized
from bot.summarize.wish import Preset, Shape, Wish, wish

KINDS = [
    Wish(articles=("treaty-2024-it",)),
    Wish(articles=("treaty-2024-en",), preset=Preset.FULL),
    Wish(articles=("arms-transfers-it",), preset=Preset.LINE),
    Wish(articles=("arms-transfers-en", "arms-transfers-it"), language="it", words=120),
    Wish(articles=("summit-2024-en",), language="it", words=80),
    Wish(topic="veto", language="en", shape=Shape.BULLETS),
    Wish(since="2024-10", until="2025-12", language="it", shape=Shape.TIMELINE, words=150),
    Wish(language="en", shape=Shape.TIMELINE, preset=Preset.FULL),
    Wish(articles=("troops-2024-2025-it",), shape=Shape.SIDES, words=150),
    Wish(articles=("troops-2024-2025-en",), shape=Shape.SIDES, words=150),
    Wish(language="it", focus="sanzioni dell'Onu", words=100),
    Wish(language="en", focus="the gifts", words=100),
    Wish(language="en", preset=Preset.FULL),
    Wish(language="it", preset=Preset.FULL),
]
# A sentence that leans on the one before it does not stand by itself.
DANGLING = {
    "it": ("Egli", "Ella", "Inoltre", "Anche ", "Questo", "Questa", "Tuttavia", "Però", "Lui ", "Lei "),
    "en": ("He ", "She ", "It ", "They ", "However", "Also", "This ", "These ", "Moreover", "But "),
}


def holds(bot, summary) -> None:
    for citation in summary.citations:
        assert bot.article(citation.article_id).text[citation.start : citation.end] == citation.quote
    numbers = [citation.n for citation in summary.citations]
    assert numbers == list(range(1, len(numbers) + 1))
    for statement in summary.statements if summary.citations else ():
        assert statement.citations and set(statement.citations) <= set(numbers)


@pytest.mark.parametrize(
    "asked", KINDS, ids=lambda asked: f"{asked.shape}-{asked.language}-{asked.length}-{asked.focus}"
)
def test_every_kind_is_cited_verbatim_and_reads_by_itself(bot, asked):
    summary = bot.summarize(asked)
    holds(bot, summary)
    quotes = {citation.n: " ".join(citation.quote.split()) for citation in summary.citations}
    assert summary.statements and summary.citations
    for statement in summary.statements:
        assert statement.text in {quotes[n] for n in statement.citations}
        assert not statement.text.startswith(DANGLING[statement.language]), statement.text
    assert len({statement.text for statement in summary.statements}) == len(summary.statements)
    assert summary.language == (asked.language or bot.article(asked.articles[0]).language)


@pytest.mark.parametrize("asked", [kind for kind in KINDS if kind.shape is Shape.PARAGRAPHS and not kind.focus])
def test_the_length_is_kept_within_a_tenth_or_a_sentence(bot, asked):
    summary = bot.summarize(asked)
    longest = max(len(statement.text.split()) for statement in summary.statements)
    if asked.one_line:
        assert len(summary.statements) == 1
    else:
        assert abs(summary.words - asked.length) <= max(0.1 * asked.length, longest)


@pytest.mark.parametrize("language", ["it", "en"])
def test_a_full_summary_of_the_dossier_reaches_every_third_and_says_how_much_it_covers(bot, language):
    summary = bot.summarize(Wish(language=language, preset=Preset.FULL))
    assert all(third > 0 for third in summary.coverage.thirds)
    assert 0 < summary.coverage.sentences < summary.coverage.facts < 1
    assert summary.coverage.of_sentences > 500 and len(summary.articles) == len(bot.articles())


def test_what_two_articles_tell_is_said_once_and_cited_twice(bot):
    summary = bot.summarize(Wish(language="it", preset=Preset.FULL))
    assert any(len({summary.citations[n - 1].article_id for n in said.citations}) > 1 for said in summary.statements)


def test_a_timeline_is_sorted_by_date(bot):
    summary = bot.summarize(Wish(language="en", shape=Shape.TIMELINE, since="2024", words=200))
    labels = [section.label for section in summary.sections]
    months = "January February March April May June July August September October November December".split()

    def key(label: str) -> tuple[int, int, int]:
        parts = label.split()
        return (
            int(parts[-1]),
            months.index(parts[-2]) + 1 if len(parts) > 1 else 0,
            int(parts[0]) if len(parts) > 2 else 0,
        )

    assert len(labels) > 3 and [key(label) for label in labels] == sorted(key(label) for label in labels)


def test_another_language_is_said_where_the_dossier_has_it_and_marked_where_not(tmp_path):
    texts = {
        "a-it": "Il cane Bobi è morto a Leiria. Aveva trentun anni.",
        "b-it": "Il gatto Ulisse vive a Lisbona da nove anni.",
    }
    with Bot(Library(tmp_path / "i", Settings(home=tmp_path), create=True)) as bot:
        bot.add(*(make_article(id=key, text=text, language="it") for key, text in texts.items()))
        summary = bot.summarize(Wish(language="en"))
    assert summary.language == "en" and summary.notices
    assert all(statement.language == "it" for statement in summary.statements)


def test_the_focus_is_kept(bot):
    focused = bot.summarize(Wish(articles=("summit-2024-it",), focus="i regali", words=60))
    assert "Aurus" in focused.text
    assert all(third is not None for third in focused.coverage.thirds)


def test_a_journey_of_one_year_is_not_what_others_did_then_nor_what_was_done_in_another(tmp_path):
    texts = {
        "Merkel's journeys": "Angela Merkel travelled to Mali on 9 October 2016. She visited the camp at Gao. "
        "Merkel travelled to Mali again on 1 May 2019. Soldiers at Gao showed her a drone.",
        "Coffee": "The journey of the coffee from Mali by sea took nine days in October 2016. Mali is large.",
    }
    with Bot(Library(tmp_path / "i", Settings(home=tmp_path), create=True)) as bot:
        bot.add(*(make_article(id=title[:3].lower(), title=title, text=text) for title, text in texts.items()))
        answer = bot.ask("Summarise Merkel's journey to Mali in 2016")
    assert "9 October 2016" in answer.text and "coffee" not in answer.text and "drone" not in answer.text


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"words": 0}, "0 words"),
        ({"words": 10_000}, "10,000 words"),
        ({"language": "de"}, "“de”"),
        ({"since": "yesterday"}, "no date"),
        ({"since": "2025", "until": "2024"}, "after"),
        ({"shape": "poem"}, "shape"),
        ({"preset": "epic"}, "preset"),
        ({"topic": "zzzz"}, "topic zzzz"),
        ({"since": "2030"}, "since 2030"),
    ],
)
def test_bad_wishes_say_what_is_wrong(bot, given, message):
    with pytest.raises(QuestionError, match=message) as caught:
        bot.summarize(wish(**given))
    assert caught.value.fix


def test_an_unknown_article_is_named(bot):
    with pytest.raises(UnknownArticle, match="zzzz"):
        bot.summarize(Wish(articles=("zzzz",)))


@pytest.mark.parametrize(
    "text",
    [
        "Una frase sola.",
        "parole senza nessun punto " * 40,
        "Kim è a Mosca. Kim is in Moscow. The treaty is signed. Il trattato è firmato.",
        "1. 2. 3. 4. 5. 6. 7. 8.",
        "«Ah!» «Oh!» «Eh!» — …",
    ],
)
def test_odd_articles_are_summarised_all_the_same(tmp_path, text):
    with Bot(Library(tmp_path / "i", Settings(home=tmp_path), create=True)) as bot:
        bot.add(make_article(id="odd", text=text))
        for shape in Shape:
            holds(bot, bot.summarize(Wish(articles=("odd",), shape=shape)))


@pytest.fixture(scope="module")
def anything(tmp_path_factory):
    """A bot over an index whose one article is replaced again and again."""
    folder = tmp_path_factory.mktemp("any")
    with Bot(Library(folder / "i", Settings(home=folder), create=True)) as bot:
        yield bot


# Each example indexes an article: without shrinking, one that fails is told in seconds and not in an hour.
@settings(max_examples=15, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(text=st.text(min_size=20, max_size=400), shape=st.sampled_from(Shape))
def test_any_text_gives_citations_that_hold(anything, text, shape):
    report = anything.add(make_article(id="any", text=text + " Fine."))
    if report.added or report.replaced:
        holds(anything, anything.summarize(Wish(articles=("any",), shape=shape, words=50)))


def test_a_stop_keeps_what_was_read(bot):
    events = []
    for event in bot.stream_summary(Wish(language="en"), stop=lambda: len(events) >= 2):
        events.append(event)
    summary = events[-1].summary
    assert isinstance(events[-1], Summarized) and not summary.complete
    assert len(summary.articles) == 2 == sum(isinstance(event, Reading) for event in events)
    assert summary.notices and {c.article_id for c in summary.citations} <= set(summary.articles)
    holds(bot, summary)


def test_reading_is_told_step_by_step(bot):
    steps = [event for event in bot.stream_summary(Wish(language="it")) if isinstance(event, Reading)]
    assert [step.done for step in steps] == list(range(1, len(bot.articles()) + 1))
    assert all(step.total == len(bot.articles()) and step.title for step in steps)


@pytest.mark.parametrize(
    ("question", "language", "article"),
    [
        ("Riassumi l'articolo sul trattato in 60 parole", "it", "treaty-2024-it"),
        ("Summarise the article about the treaty in 60 words", "en", "treaty-2024-en"),
    ],
)
def test_a_summary_is_asked_for_in_a_chat(bot, question, language, article):
    answer = bot.ask(question)
    assert answer.state is State.ANSWERED and answer.language == language
    assert article in {citation.article_id for citation in answer.citations}
    assert 30 <= len(answer.said.split()) <= 90
    holds(bot, answer)


def test_a_summary_in_a_chat_keeps_to_the_articles_chosen(bot):
    answer = bot.ask("Fammi un riassunto di tutto", articles=["un-veto-2024-it"])
    assert {citation.article_id for citation in answer.citations} == {"un-veto-2024-it"}


@pytest.mark.parametrize("question", ["Riassumi la trama di Harry Potter", "Summarise the plot of Harry Potter."])
def test_a_summary_of_what_no_source_is_about_is_a_silence(bot, question):
    answer = bot.ask(question)
    assert answer.state.silent and not answer.citations


def test_a_time_in_which_nothing_was_published_makes_no_error(bot):
    answer = bot.ask("Timeline of the UN sanctions on North Korea, 2006 to 2017")
    holds(bot, answer)
    assert answer.state.silent or all("20" in citation.quote for citation in answer.citations)


def test_the_command_prints_the_summary_its_coverage_and_its_sources(home):
    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "bot.cli", "summarize", *words]
        environment = {**os.environ, "PONTE_HOME": str(home)}
        return subprocess.run(command, capture_output=True, text=True, timeout=120, env=environment)

    shown = run("summit-2024-it", "--words", "60")
    assert shown.returncode == 0 and "Copertura di 1 articolo" in shown.stdout and "[1] “" in shown.stdout
    values = json.loads(run("summit-2024-it", "--preset", "line", "--json").stdout)
    assert len(values["statements"]) == 1 and values["coverage"]["of_sentences"] > 20
    failed = run("--topic", "zzzz")
    assert failed.returncode not in (0, 1) or "zzzz" in failed.stderr
    assert "zzzz" in failed.stderr and "Traceback" not in failed.stderr


@pytest.mark.parametrize(
    ("language", "quote", "side"),
    [
        ("it", "Kim Yo Jong, sorella di Kim Jong Un, ha detto che la tesi di una vendita", "Corea del Nord"),
        ("it", "Jung Pak, responsabile per la Corea del Nord al dipartimento di Stato americano", "Stati Uniti"),
        ("en", "Kim Yo Jong, the sister of Kim Jong Un, said on 17 May 2024", "North Korea"),
        ("en", "Ukraine's president, Volodymyr Zelensky, announced the capture", "Ukraine"),
        ("en", "South Korea's ambassador, Hwang Joon-kook, told the General Assembly", "South Korea"),
        ("en", "Moscow had asked before the vote of 28 March 2024", "South Korea"),
    ],
)
def test_a_side_is_that_of_who_speaks(bot, language, quote, side):
    ids = [article.id for article in bot.articles() if article.language == language]
    every = [sentence for article_id in ids for sentence in read(bot._library.store, article_id)]
    told = [one for one in every if quote in one.flat]
    assert told
    articles = {one.article.id for one in told}
    known = Sides([one for one in every if one.article.id in articles])
    assert {known.label(one, language) for one in told} <= {side, "Kim Yo Jong"}
