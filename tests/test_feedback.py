"""Thumbs: kept with all that an evaluation needs, taken back, private where the articles are; questions for `eval`."""

import json
from dataclasses import replace

import pytest

from bot.cli import main
from bot.errors import EvaluationError, HistoryError
from bot.evaluate.imports import load_own
from bot.evaluate.questions import check, load
from bot.evaluate.suite import evaluate
from bot.feedback import LONGEST, Feedback, thumb

QUESTION = "Cosa ha regalato Putin a Kim nel giugno 2024?"


@pytest.fixture
def feedback(tmp_path):
    opened = Feedback(tmp_path)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def articles(bot):
    return {article.id: article for article in bot.articles()}


@pytest.fixture(scope="module")
def answer(bot):
    return bot.ask(QUESTION)


def test_a_thumb_is_kept_with_answer_sources_and_configuration(feedback, answer, articles):
    given = thumb("k", answer, articles, "down", "wrong", " L'anno è un altro. ", configuration={"embedder": "e5"})
    feedback.give("me", given)
    (kept,) = feedback
    assert kept == given and kept.words == "L'anno è un altro."
    assert kept.answer == json.loads(json.dumps(answer.as_dict())) and kept.question == QUESTION
    assert kept.configuration == {"model": "extractive", "prompt": "", "embedder": "e5"}
    assert {source["id"]: source["hash"] for source in kept.sources} == {
        citation.article_id: articles[citation.article_id].hash for citation in answer.citations
    }


def test_one_reader_has_one_thumb_for_an_answer_and_can_take_it_back(feedback, answer, articles):
    for owner, verdict in (("me", "up"), ("me", "down"), ("them", "up")):
        feedback.give(owner, thumb("k", answer, articles, verdict))
    assert feedback.verdicts("me") == {"k": "down"} and feedback.verdicts("them") == {"k": "up"}
    feedback.take_back("me", "k")
    assert feedback.verdicts("me") == {} and len(list(feedback)) == 1
    assert feedback.clear("them") == 1 and list(feedback) == []


def test_what_only_its_reader_has_is_not_kept(feedback, answer, articles, tmp_path):
    own = {answer.citations[0].article_id}
    feedback.give("me", thumb("k", answer, articles, "up", own=own))
    (kept,) = feedback
    quote = answer.citations[0].quote.encode()
    assert kept.private and kept.sources == () and kept.answer["citations"] == []
    assert not any(quote in file.read_bytes() for file in tmp_path.glob("feedback.db*"))
    (item,) = load_own(tmp_path).items
    assert not item.accepted and item.evidence == ()


def test_a_thumb_of_no_kind_is_refused_and_a_long_reason_cut(answer, articles):
    for verdict, reason in (("sideways", ""), ("up", "wrong"), ("down", "' OR 1=1")):
        with pytest.raises(HistoryError):
            thumb("k", answer, articles, verdict, reason)
    assert len(thumb("k", answer, articles, "up", words="a" * 5000).words) == LONGEST


def test_thumbs_become_questions_that_are_asked(feedback, bot, answer, articles, tmp_path, capsys):
    silence = bot.ask("Chi ha vinto il campionato di calcio nel 2023?")
    followed = replace(answer, question="E a Kim?", understood=QUESTION)
    unsure = replace(answer, question="E chi paga la limousine?")
    feedback.give("a", thumb("1", followed, articles, "up", "right"))
    feedback.give("a", thumb("2", silence, articles, "up"))
    feedback.give("b", thumb("3", unsure, articles, "down", "should_be_silent", "Non c'entra."))
    out = tmp_path / "mine.jsonl"
    assert main(["eval", "import", str(tmp_path), "-o", str(out)]) == 0
    assert "3 questions, 1 of them drafts" in capsys.readouterr().err
    items = {item.question: item for item in load([out])}
    liked, quiet, wrong = items[QUESTION], items[silence.question], items[unsure.question]
    assert liked.accepted and [e.quote for e in liked.evidence] == [c.quote for c in answer.citations]
    assert quiet.accepted and not quiet.answerable
    assert not wrong.accepted and not wrong.answerable and wrong.note == "thumb down: should_be_silent: Non c'entra."
    # Every quote is in its article; a thumb cannot tell key facts.
    assert [line.split(": ")[1] for line in check([liked, quiet], bot.articles())] == [
        "it is answerable, but has no key facts."
    ]
    assert evaluate([liked], bot).outcomes[0].scores["evidence_hit"] == 1


def test_quotes_behind_one_sentence_are_one_part(feedback, bot, articles, tmp_path):
    questions = ("Come ha reagito Seul al trattato?", "Cosa dice l'articolo 4 del trattato?", QUESTION)
    answers = [bot.ask(question) for question in questions]
    shared = next(one for one in answers if any(len(s.citations) > 1 for s in one.statements))
    feedback.give("a", thumb("1", shared, articles, "up"))
    (item,) = load_own(tmp_path / "feedback.db").items
    assert len(item.parts) == sum(bool(statement.citations) for statement in shared.statements) < len(item.evidence)


def test_a_folder_without_thumbs_is_told(tmp_path):
    with pytest.raises(EvaluationError, match="no thumbs"):
        load_own(tmp_path)
    assert not list(tmp_path.iterdir())
