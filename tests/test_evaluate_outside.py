"""Sets from elsewhere that measure retrieval beside the baselines, and a model as judge beside the verifier."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

import pytest
from hashed import Hashed
from scripted import Scripted

sys.path.insert(0, str(Path(__file__).parent.parent / "evals"))
import liar  # noqa: E402

from bot import dossier, library  # noqa: E402
from bot.errors import EvaluationError  # noqa: E402
from bot.evaluate.judge import judge, verdict  # noqa: E402
from bot.evaluate.outside import load_set, smaller  # noqa: E402
from bot.evaluate.questions import load  # noqa: E402
from bot.evaluate.retrieval import build, retrieval, to_text  # noqa: E402
from bot.evaluate.suite import evaluate  # noqa: E402
from index.build import silent  # noqa: E402


@pytest.fixture(scope="module")
def articles():
    return [article for _, article in dossier.articles()]


@pytest.fixture(scope="module")
def items():
    return load([liar.QUESTIONS])


# Sets from elsewhere.


CORPUS = [
    {"id": "Oil 1", "lang": "en", "text": "The oil embargo of 1973 raised the price of a barrel."},
    {"id": "oil-1", "lang": "it", "text": "L'embargo petrolifero del 1973 fece salire il prezzo del barile."},
    *({"id": f"d{n}", "lang": "en", "text": f"Birds number {n} sing in the garden each morning."} for n in range(20)),
]
QUERIES = [
    {"id": "q1", "lang": "en", "text": "price of oil in the embargo", "positives": ["Oil 1", "oil-1"]},
    {"id": "q2", "lang": "it", "text": "prezzo del barile", "positives": ["oil-1"]},
    {"id": "q3", "lang": "it", "text": "chi ha vinto?", "positives": []},
]


def outside(folder: Path, corpus=CORPUS, queries=QUERIES) -> Path:
    for name, rows in (("corpus", corpus), ("queries", queries)):
        text = "\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows)
        (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")
    return folder


def test_ids_that_differ_in_case_only_stay_two_documents(tmp_path):
    given = load_set(outside(tmp_path))
    assert len({document.id for document in given.documents}) == len(CORPUS)
    assert [len(query.positives) for query in given.queries] == [2, 1, 0]


def test_a_smaller_set_keeps_what_answers(tmp_path):
    given = smaller(load_set(outside(tmp_path)), queries=1, documents=5)
    assert len(given.queries) == 1 and len(given.documents) == 5 and given.left_out == len(CORPUS) - 5
    assert given.queries[0].positives <= {document.id for document in given.documents}


@pytest.mark.parametrize(
    ("corpus", "queries", "said"),
    [
        ([*CORPUS, "{"], QUERIES, "corpus.jsonl, line 23"),
        ([CORPUS[0], CORPUS[0]], QUERIES, "line 2: the id 'Oil 1' is used twice"),
        ([{"id": "x", "lang": "fr", "text": "a"}], QUERIES, "line 1: the language 'fr'"),
        ([{"id": "x", "lang": "it"}], QUERIES, "line 1: 'text' is missing"),
        (CORPUS, [QUERIES[0] | {"positives": ["gone"]}], "line 1: there is no document 'gone'"),
        (CORPUS, [QUERIES[2]], "No query"),
        ([], QUERIES, "holds no document"),
    ],
)
def test_a_broken_set_is_named(tmp_path, corpus, queries, said):
    with pytest.raises(EvaluationError, match=said.replace("(", r"\(")):
        load_set(outside(tmp_path, corpus, queries))


def test_every_system_is_measured_on_the_same_queries(tmp_path, monkeypatch):
    monkeypatch.setattr(library, "make_embedder", lambda name: Hashed())
    given = load_set(outside(tmp_path))
    index = build(tmp_path / "index", given, silent)
    try:
        heard = []
        lines = retrieval(index, given, lambda done, total, label: heard.append((done, total)))
    finally:
        index.close()
    found = {(line.language, line.system): line.values for line in lines}
    assert {system for _, system in found} == {"BM25", "dense", "RRF of both", "Ponte"}
    assert {language for language, _ in found} == {"all", "it", "en"} and heard[-1] == (8, 8)
    # Words do not cross for plain BM25: of the English query it finds the English document of the two.
    assert found["en", "BM25"]["recall@10"]["value"] == 0.5 and found["it", "BM25"]["mrr"]["value"] == 1
    assert found["all", "Ponte"]["recall@10"]["value"] == 1
    assert all(p == 1 for line in lines if line.system == "Ponte" for p in line.p.values())
    text = to_text(given, lines)
    assert "22 documents, 2 queries" in text and text.count("| Ponte |") == 3


def test_an_index_of_a_set_is_kept_and_follows_it(tmp_path, monkeypatch):
    monkeypatch.setattr(library, "make_embedder", lambda name: Hashed())
    given = load_set(outside(tmp_path))
    build(tmp_path / "index", given, silent).close()
    again = build(tmp_path / "index", smaller(given, documents=4), silent)
    try:
        assert len(again.store.entries()) == 4
    finally:
        again.close()


# The judge.


def test_a_judge_who_agrees_and_one_who_does_not(items, articles):
    lied = {item.id: liar.padded for item in items[:2]}
    done = evaluate(items[:10], liar.Oracle(items, articles, lied))
    kind = judge(done.records, Scripted(lambda _: "SUPPORTED"))
    assert kind["recall"] == kind["verifier"] == kind["agreement"] == 1.0 and kind["kappa"] is None
    assert kind["usage"] == {
        "input_tokens": 10 * kind["n"],
        "output_tokens": 5 * kind["n"],
        "cost": pytest.approx(0.01 * kind["n"]),
    }
    turns = iter(range(1000))
    harsh = judge(done.records, Scripted(lambda _: "Unsupported." if next(turns) % 2 else "supported"))
    assert harsh["agreement"] == pytest.approx(harsh["recall"]) and harsh["kappa"] == 0.0
    muddled = judge(done.records, Scripted(lambda _: "SUPPORTED or UNSUPPORTED?"))
    assert muddled["n"] == 0 and muddled["unclear"] == kind["n"] and muddled["kappa"] is None


def test_a_judge_is_given_the_sentence_and_its_quotes_as_data(items, articles):
    done = evaluate(items[:1], liar.Oracle(items, articles))
    model = Scripted(lambda _: "SUPPORTED")
    judge(done.records, model)
    answer = done.records[0].answer
    case = json.loads(model.sent[0][1].content)
    assert case["sentence"] == answer.statements[0].text
    assert case["quotes"] == [{"text": answer.citations[0].quote, "date": answer.citations[0].date}]
    assert asdict(answer)["language"] == "it" and "redazione" in model.sent[0][0].content


@pytest.mark.parametrize(
    ("reply", "found"),
    [
        ("SUPPORTED", True), ("Unsupported.", False), ("not supported", False), ("La frase è sostenuta.", True),
        ("non sostenuta", False), ("", None), ("maybe", None), ("supported... no, unsupported", None),
    ],
)  # fmt: skip
def test_the_reply_of_a_judge_is_read(reply, found):
    assert verdict(reply) is found
