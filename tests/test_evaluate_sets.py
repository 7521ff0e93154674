"""Questions from elsewhere: a person's own tables, thumbs of the page, drafts by rule and by model."""

import csv
import json
import sys
from pathlib import Path

import pytest
from conftest import make_article
from scripted import Scripted

sys.path.insert(0, str(Path(__file__).parent.parent / "evals"))
import liar  # noqa: E402

from bot import dossier  # noqa: E402
from bot.cli import main  # noqa: E402
from bot.errors import EvaluationError  # noqa: E402
from bot.evaluate.draft import draft, draft_with, twin_of  # noqa: E402
from bot.evaluate.imports import load_own, to_lines  # noqa: E402
from bot.evaluate.questions import KINDS, check, load  # noqa: E402
from bot.evaluate.suite import evaluate  # noqa: E402


@pytest.fixture(scope="module")
def articles():
    return [article for _, article in dossier.articles()]


@pytest.fixture(scope="module")
def items():
    return load([liar.QUESTIONS])


# A person's own table.


def table(path: Path, *rows, delimiter=",") -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)
    return path


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_becomes_questions(tmp_path, delimiter):
    head = ("Domanda", "Risposta", "articolo", "citazione", "lingua")
    rows = (
        ("Chi ha incontrato Putin, a Mosca?", "Kim|Mosca", "a", "Kim ha incontrato Putin a Mosca.", ""),
        ("Who met Putin in Moscow?", "", "", "", "en"),
    )
    loaded = load_own(table(tmp_path / "mine.csv", head, *rows, delimiter=delimiter))
    assert loaded.broken == () and [item.language for item in loaded.items] == ["it", "en"]
    first = loaded.items[0]
    assert first.answers == (("Kim",), ("Mosca",)) and first.evidence[0].quote == "Kim ha incontrato Putin a Mosca."
    done = evaluate([first], liar.Oracle([first], [make_article()]))
    assert done.outcomes[0].scores["facts"] == 1


def test_a_column_of_evidence_holds_quotes_and_a_question_without_a_kind_asks_for_a_fact(tmp_path):
    head = ("id", "language", "question", "answerable", "article_id", "evidence")
    rows = (
        ("1", "it", "Chi ha incontrato Kim?", "sì", "a", "Putin ha incontrato Kim."),
        ("2", "it", "E poi?", "", "", ""),
    )
    first, second = load_own(table(tmp_path / "mine.csv", head, *rows)).items
    assert [quote.quote for quote in first.evidence] == ["Putin ha incontrato Kim."] and second.evidence == ()
    lines = tmp_path / "mine.jsonl"
    lines.write_text('{"id": "a", "language": "en", "question": "Who met Kim?", "answerable": true}\n')
    assert [item.kind for item in (first, second, *load_own(lines).items)] == ["fact"] * 3


def test_broken_rows_are_named_by_their_line(tmp_path):
    head = ("question", "article_id", "quote", "answerable")
    rows = (("Chi?", "a", "", ""), ("", "a", "b", ""), ("Dove?", "", "", "maybe"), ("Quando?", "", "", "no"))
    loaded = load_own(table(tmp_path / "mine.csv", head, *rows))
    assert [item.question for item in loaded.items] == ["Quando?"] and loaded.items[0].answerable is False
    assert [line.rsplit("line ", 1)[1].split(":")[0] for line in loaded.broken] == ["2", "3", "4"]


def test_a_table_without_questions_or_that_is_no_text_is_refused(tmp_path):
    with pytest.raises(EvaluationError, match="no column called question"):
        load_own(table(tmp_path / "x.csv", ("a", "b"), ("1", "2")))
    (tmp_path / "y.csv").write_bytes(b"question\n\xff\xfe")
    with pytest.raises(EvaluationError, match="not UTF-8"):
        load_own(tmp_path / "y.csv")
    with pytest.raises(EvaluationError, match="cannot be read"):
        load_own(tmp_path / "none.csv")


def test_the_same_question_is_the_same_item_and_is_taken_once(tmp_path):
    rows = [("question",), ("Chi ha vinto?",), ("chi ha vinto?",), ("E ora?",)]
    first, again = load_own(table(tmp_path / "q.csv", *rows)), load_own(table(tmp_path / "q.csv", *rows))
    assert first == again and len(first.items) == 2


def test_what_is_written_is_read_by_eval(tmp_path, items, capsys):
    (tmp_path / "some.jsonl").write_text(to_lines(items[:20]), encoding="utf-8")
    assert load_own(tmp_path / "some.jsonl").items == items[:20] == load([tmp_path / "some.jsonl"])
    assert main(["eval", "import", str(tmp_path / "some.jsonl"), "-o", str(tmp_path / "out.jsonl")]) == 0
    assert load([tmp_path / "out.jsonl"]) == items[:20]


# Thumbs.


def thumbs(path: Path, *rows) -> Path:
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


def test_a_thumb_up_makes_its_citations_evidence(bot, tmp_path):
    answer = bot.ask("Cosa ha regalato Putin a Kim nel giugno 2024?")
    given = {"question": answer.question, "language": "it", "verdict": "up", "reason": "", "answer": answer.as_dict()}
    (item,) = load_own(thumbs(tmp_path / "feedback.jsonl", given)).items
    assert [e.quote for e in item.evidence] == [c.quote for c in answer.citations] and item.accepted
    scores = evaluate([item], bot).outcomes[0].scores
    assert scores["evidence_hit"] == 1 and scores["citation_relevance"] == 1


def test_a_thumb_down_is_a_draft_with_its_reason(tmp_path):
    given = {
        "question": "Who won?",
        "verdict": "down",
        "reason": "wrong year",
        "answer": json.dumps({"state": "answered"}),
    }
    (item,) = load_own(thumbs(tmp_path / "feedback.jsonl", given)).items
    assert not item.accepted and item.evidence == () and item.note == "thumb down: wrong year" and item.language == "en"


def test_a_silence_that_was_liked_is_unanswerable(tmp_path):
    given = {"question": "Che tempo fa?", "verdict": "up", "answer": {"state": "off_topic", "citations": []}}
    (item,) = load_own(thumbs(tmp_path / "feedback.jsonl", given)).items
    assert item.answerable is False and item.grade == "off_topic"


def test_a_thumb_that_points_nowhere_is_broken(tmp_path):
    loaded = load_own(thumbs(tmp_path / "f.jsonl", {"question": "Chi?", "verdict": "sideways"}, 3, {"verdict": "up"}))
    assert loaded.items == () and [line.split(": ", 1)[1] for line in loaded.broken] == [
        "the verdict is 'sideways', neither 'up' nor 'down'.", "a question is a JSON object.", "there is no question.",
    ]  # fmt: skip


# Drafts.


def test_drafts_of_every_article_are_sound_and_wait_for_a_person(articles):
    for article in articles:
        proposed = draft(article, twin_of(article, articles))
        assert len(proposed) >= 5 and check(proposed, articles) == []
        assert not any(item.accepted for item in proposed) and all(item.note for item in proposed)
    kinds = {item.kind for article in articles for item in draft(article)}
    assert {"who_said", "date", "number", "why"} <= kinds <= set(KINDS)


def test_drafts_of_twins_are_pairs_that_share_their_evidence(articles):
    article = next(one for one in articles if one.id == "arms-transfers-en")
    proposed = draft(article, twin_of(article, articles))
    pairs = [item for item in proposed if item.pair]
    assert len(pairs) >= 12 and {item.language for item in pairs} == {"it", "en"}
    kirby = [item for item in pairs if "John Kirby" in item.answers[0]]
    assert [item.question for item in kirby] == [
        "Who said that North Korea had delivered more than 1,000 containers of military equipment and munitions to"
        " Russia?",
        "Chi ha detto che la Corea del Nord aveva consegnato alla Russia più di 1.000 container di equipaggiamenti"
        " militari e munizioni?",
    ]


def test_an_article_without_anything_to_ask_has_no_drafts():
    assert draft(make_article("a", "Piove.")) == []


def test_a_models_drafts_rest_on_the_article_or_are_dropped():
    article = make_article("a", "Kim ha incontrato Putin a Mosca. Il vertice è durato due ore.")
    good = {"question": "Quanto è durato il vertice?", "answer": "due ore", "quote": "Il vertice è durato due ore."}
    lines = [
        json.dumps(good | {"kind": "number"}),
        json.dumps(good | {"quote": "Il vertice è durato tre ore."}),
        json.dumps(good | {"answer": "tre ore"}),
        json.dumps(good | {"question": "How long did the summit between the two leaders last?"}),
        "Here are your questions:",
        "[1, 2]",
    ]
    model = Scripted(lambda _: "\n".join(lines))
    (item,) = draft_with(model, article, 5)
    assert item.question == good["question"] and item.kind == "number" and item.note == "scripted:test"
    assert check([item], [article]) == [] and not item.accepted
    system, user = model.sent[0]
    assert article.text in json.loads(user.content.splitlines()[-1])["text"] and "JSON" in system.content


def test_the_draft_command_writes_a_file(home, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("PONTE_HOME", str(home))
    path = tmp_path / "drafts.jsonl"
    assert main(["eval", "draft", "summit-2024-en", "--most", "4", "-o", str(path)]) == 0
    assert 4 <= len(load([path])) <= 8 and "take out" in capsys.readouterr().err
    assert main(["eval", "draft", "no-such"]) == 2
