"""A run: asked in conversations, noted as it goes, resumed after a kill, refused where a set or an index is wrong."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import make_article

sys.path.insert(0, str(Path(__file__).parent.parent / "evals"))
import liar  # noqa: E402

from bot import dossier  # noqa: E402
from bot.errors import EvaluationError, QuestionError, StoreError  # noqa: E402
from bot.evaluate import run  # noqa: E402
from bot.evaluate.configuration import configuration  # noqa: E402
from bot.evaluate.item import Evidence, Item, row  # noqa: E402
from bot.evaluate.ledger import NAME, ledger, read_ledger  # noqa: E402
from bot.evaluate.questions import load  # noqa: E402
from bot.evaluate.record import read_record  # noqa: E402
from bot.evaluate.suite import evaluate  # noqa: E402

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def items():
    return load([liar.QUESTIONS])


@pytest.fixture(scope="module")
def articles():
    return [article for _, article in dossier.articles()]


@pytest.fixture
def few(items):
    return items[:12]


def test_run_returns_a_frame_of_the_real_bot(bot, items, tmp_path):
    frame = run(items[:6], bot, out=tmp_path)
    assert list(frame["id"]) == [item.id for item in items[:6]]
    assert {"question", "text", "right", "recall@5", "parity", "milliseconds", "state"} <= set(frame.columns)
    assert frame["citation_recall"].dropna().eq(1).all() and frame["milliseconds"].gt(0).all()
    assert len(frame.attrs["configuration"]) == 12
    lines = (tmp_path / NAME).read_text(encoding="utf-8").splitlines()
    answers = [read_record(line) for line in lines]
    assert {record.answer.question for record in answers} == {item.question for item in items[:6]}
    for record in answers:
        for citation in record.answer.citations:
            assert bot.article(citation.article_id).text[citation.start : citation.end] == citation.quote


def test_a_record_survives_its_line(bot, items):
    for record in evaluate(items[:8], bot).records:
        again = read_record(record.line())
        assert again == record and again.answer.as_dict() == record.answer.as_dict()


def test_follow_ups_are_asked_in_their_conversation(items, articles):
    follow = next(item for item in items if item.follows)
    chain = [item for item in items if item.id in (follow.id, follow.follows)]
    heard = []

    class Listening(liar.Oracle):
        def stream(self, question, language=None, articles=None, history=()):
            heard.append((question, [(turn.question, turn.language, turn.answer) for turn in history]))
            return super().stream(question, language, articles, history)

    done = evaluate(list(reversed(chain)), Listening(items, articles))
    first = done.records[1].answer
    assert heard == [(chain[0].question, []), (follow.question, [(chain[0].question, first.language, first.said)])]
    assert [record.id for record in done.records] == [item.id for item in reversed(chain)]


def test_the_same_is_not_asked_twice(few, items, articles, tmp_path):
    first, second = liar.Oracle(items, articles), liar.Oracle(items, articles)
    one = evaluate(few, first, out=tmp_path)
    two = evaluate(few, second, out=tmp_path)
    assert len(first.asked) == len(few) and second.asked == []
    assert (one.known, two.known) == (0, len(few)) and one.outcomes == two.outcomes


def test_another_configuration_or_question_is_asked_anew(few, items, articles, tmp_path):
    evaluate(few, liar.Oracle(items, articles), out=tmp_path)
    fewer = liar.Oracle(items, articles[:-1])
    fewer.by_id = {article.id: article for article in articles}
    fewer.entries = lambda: liar.Oracle(items, articles[:-1]).entries()
    evaluate(few, fewer, out=tmp_path)
    assert len(fewer.asked) == len(few)
    changed = [replace(few[0], question=few[0].question + " ?"), *few[1:]]
    another = liar.Oracle([*changed, *items[12:]], articles)
    evaluate(changed, another, out=tmp_path)
    assert few[0].id in another.asked and len(another.asked) <= 3


def test_what_failed_is_asked_again(few, items, articles, tmp_path):
    def broken(told, oracle):
        raise QuestionError("The line is dead.")

    done = evaluate(few, liar.Oracle(items, articles, {few[0].id: broken}), out=tmp_path)
    assert done.outcomes[0].state == "failed" and "The line is dead." in done.records[0].error
    # What follows it has nothing to lean on: it waits for the next time.
    follow = next(n for n, item in enumerate(few) if item.follows == few[0].id)
    assert done.outcomes[follow].state == "failed" and "was not answered" in done.records[follow].error
    mended = liar.Oracle(items, articles)
    assert all(outcome.scores["right"] == 1 for outcome in evaluate(few, mended, out=tmp_path).outcomes)
    assert mended.asked == [few[0].id, few[follow].id]


def test_an_index_that_breaks_stops_the_run(few, items, articles):
    def broken(told, oracle):
        raise StoreError("The disk is gone.")

    with pytest.raises(StoreError, match="disk is gone"):
        evaluate(few, liar.Oracle(items, articles, {few[3].id: broken}))


def test_a_line_that_was_cut_off_is_asked_again(few, items, articles, tmp_path):
    evaluate(few, liar.Oracle(items, articles), out=tmp_path)
    path = tmp_path / NAME
    whole = path.read_bytes()
    path.write_bytes(whole[:-200])
    again = liar.Oracle(items, articles)
    done = evaluate(few, again, out=tmp_path)
    assert len(again.asked) == 1 and all(outcome.scores["right"] == 1 for outcome in done.outcomes)
    assert len(read_ledger(path)) == len(few)


def test_a_killed_run_goes_on_where_it_was(tmp_path):
    command = [sys.executable, str(Path(__file__).parent / "slow_run.py"), str(tmp_path)]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    child = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and len(read_ledger(tmp_path / NAME)) < 5:
        time.sleep(0.05)
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()
    before = set(read_ledger(tmp_path / NAME))
    assert 5 <= len(before) < 40
    told = subprocess.run([*command, "fast"], env=environment, capture_output=True, text=True, timeout=120, check=True)
    asked, known = json.loads(told.stdout)
    assert known == len(before) and len(asked) == 40 - len(before)
    assert len(read_ledger(tmp_path / NAME)) == 40


def test_two_runs_do_not_write_into_one_folder(tmp_path):
    with ledger(tmp_path), pytest.raises(EvaluationError, match="Another run"), ledger(tmp_path):
        raise AssertionError


def test_conversations_run_at_once_where_asked(items, articles):
    at_once, most, lock = 0, 0, threading.Lock()

    class Slow(liar.Oracle):
        def stream(self, question, language=None, articles=None, history=()):
            nonlocal at_once, most
            with lock:
                at_once += 1
                most = max(most, at_once)
            try:
                time.sleep(0.03)
                yield from super().stream(question, language, articles, history)
            finally:
                with lock:
                    at_once -= 1

    done = evaluate(items[:24], Slow(items, articles), workers=4)
    assert 2 <= most <= 4 and [record.id for record in done.records] == [item.id for item in items[:24]]
    assert all(outcome.scores["right"] == 1 for outcome in done.outcomes)


def test_progress_is_told_of_every_question(few, items, articles):
    heard = []
    evaluate(few, liar.Oracle(items, articles), progress=lambda done, total, label: heard.append((done, total)))
    assert heard == [(n, len(few)) for n in range(1, len(few) + 1)]


def test_parts_and_limits_keep_pairs_and_conversations_whole(items, articles):
    oracle = liar.Oracle(items, articles)
    tuned, held = (evaluate(items, oracle, part=part) for part in ("tuned", "held-out"))
    assert len(tuned.items) + len(held.items) == len(items)
    assert {o.part for o in tuned.outcomes} == {"tuned"} and {o.part for o in held.outcomes} == {"held-out"}
    some = evaluate(items, oracle, limit=50)
    ids = {item.id for item in some.items}
    assert 40 <= len(ids) <= 60
    assert all(item.follows in ids for item in some.items if item.follows)
    pairs = [item.pair for item in some.items]
    assert all(pairs.count(pair) == 2 for pair in pairs)


def test_what_answers_is_part_of_the_configuration_and_secrets_are_not(bot, items, articles):
    found = configuration(bot)
    assert found.articles == len(articles) and found.settings["embedder"] == "embedded"
    assert not {"home", "chroma_token", "chroma_url", "host", "port"} & found.settings.keys()
    assert found.hash == configuration(bot).hash != configuration(bot, "another").hash


# Bad input.


def own(id="own-1-it", **fields) -> Item:
    given = {
        "language": "it",
        "question": "Chi ha incontrato Putin?",
        "answerable": True,
        "kind": "fact",
        "answers": (("Kim",),),
        "evidence": (Evidence("a", "Kim ha incontrato Putin a Mosca."),),
    }
    return Item(id=id, **(given | fields))


def write(folder: Path, *lines) -> Path:
    path = folder / "own.jsonl"
    path.write_text("\n".join(x if isinstance(x, str) else json.dumps(row(x)) for x in lines), encoding="utf-8")
    return path


def asked(questions, **options):
    return evaluate(questions, liar.Oracle([own(), own("own-2-it", question="E poi?")], [make_article()]), **options)


def test_a_broken_line_is_named_by_its_number_and_stops_the_run(tmp_path):
    path = write(tmp_path, own(), "{not json")
    with pytest.raises(EvaluationError, match=r"own\.jsonl, line 2: not JSON"):
        asked([path])


def test_the_rest_runs_by_choice(tmp_path):
    done = asked([write(tmp_path, "{not json", own())], keep_going=True)
    assert [item.id for item in done.items] == ["own-1-it"] and "line 1" in done.left_out[0]


def test_an_id_that_is_used_twice_is_said(tmp_path):
    path = write(tmp_path, own(), own(question="E poi?"))
    with pytest.raises(EvaluationError, match="own-1-it: the id is used twice"):
        asked([path])


def test_evidence_that_is_nowhere_is_said():
    lost = own(evidence=(Evidence("a", "Kim è partito."),))
    with pytest.raises(EvaluationError, match="a does not hold 'Kim è partito.'"):
        asked([lost])
    assert asked([lost, own("own-2-it", question="E poi?")], keep_going=True).items[0].id == "own-2-it"


@pytest.mark.parametrize("lines", [(), ("",), ("\n\n",)])
def test_an_empty_set_is_refused(tmp_path, lines):
    with pytest.raises(EvaluationError, match="no question to ask"):
        asked([write(tmp_path, *lines)])


def test_an_index_without_the_articles_is_named_as_the_reason(items):
    with pytest.raises(EvaluationError, match="The index lacks 28 of the 28 articles") as caught:
        evaluate(items, liar.Oracle(items, [make_article()]))
    assert "--index" in caught.value.fix


def test_drafts_are_not_asked():
    done = asked([own(), own("own-2-it", question="E poi?", accepted=False)])
    assert len(done.items) == 1 and "1 drafts" in done.left_out[0]
    with pytest.raises(EvaluationError, match="drafts"):
        asked([own(accepted=False)])


def test_a_follow_up_of_nothing_is_refused_and_goes_with_what_it_follows():
    with pytest.raises(EvaluationError, match="it follows 'gone'"):
        asked([own(follows="gone")])
    lost = own(evidence=(Evidence("a", "Kim è partito."),))
    with pytest.raises(EvaluationError, match="no question to ask"):
        asked([lost, own("own-2-it", follows="own-1-it")], keep_going=True)


def test_questions_without_evidence_or_key_facts_are_asked_and_judged_by_the_rest():
    bare = own(answers=(), evidence=())
    oracle = liar.Oracle([bare], [make_article()])
    oracle.right = lambda item: liar.talkative(liar.Told(item, None, ()), oracle)
    scores = evaluate([bare], oracle).outcomes[0].scores
    assert scores["citation_recall"] == 1 and scores["over_abstention"] == 0
    assert {scores[name] for name in ("facts", "evidence_hit", "recall@5", "right", "parity")} == {None}


def test_a_summary_that_seeks_no_passages_has_no_rank(few, items, articles):
    class Summarising(liar.Oracle):
        def stream(self, question, language=None, articles=None, history=()):
            yield list(super().stream(question, language, articles, history))[-1]

    scores = evaluate(few[:1], Summarising(items, articles)).outcomes[0].scores
    assert scores["mrr"] is None and scores["recall@5"] is None and scores["facts"] == 1
