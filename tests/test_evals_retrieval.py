"""The programs that measure searches, sentences and silence on sets from elsewhere, run to the end on tiny ones."""

import json
import random
import sys
from pathlib import Path

import pytest
from hashed import Hashed

sys.path.insert(0, str(Path(__file__).parent.parent / "evals"))
import abstain  # noqa: E402
import crowd  # noqa: E402
import robust  # noqa: E402
import sentences  # noqa: E402

from bot import library  # noqa: E402

BIRDS = [f"Uccelli numero {n} cantano nel giardino ogni mattina." for n in range(9)]
CORPUS = [
    {"id": "oil-it", "lang": "it", "text": "L'embargo petrolifero del 1973 fece salire il prezzo del barile."},
    {"id": "town-it", "lang": "it", "text": "La città fu fondata dai Romani perché il fiume era navigabile."},
    {"id": "oil-en", "lang": "en", "text": "The oil embargo of 1973 raised the price of a barrel."},
    *({"id": f"birds-{n}", "lang": "it", "text": text} for n, text in enumerate(BIRDS)),
]
QUERIES = [
    {"id": "q1", "lang": "it", "text": "Perché fu fondata la città?", "positives": ["town-it"]},
    {"id": "q2", "lang": "it", "text": "Di quanto salì l'embargo petrolifero?", "positives": ["oil-it", "oil-en"]},
    # In words that both languages have: no crowd of birds comes near.
    {"id": "q6", "lang": "it", "text": "1973 embargo", "positives": ["oil-it", "oil-en"]},
    # Nothing that is asked for stands in what is said to be right: a search that finds it is no search.
    {"id": "q3", "lang": "it", "text": "Chi fondò la città navigabile?", "positives": ["birds-8"]},
    {"id": "q4", "lang": "en", "text": "Who raised the price of oil?", "positives": ["oil-en"]},
    {"id": "q5", "lang": "it", "text": "Chi ha vinto?", "positives": []},
]


@pytest.fixture
def given(tmp_path, monkeypatch):
    monkeypatch.setattr(library, "make_embedder", lambda name: Hashed())
    return written(tmp_path / "tiny", CORPUS, QUERIES)


def written(folder, corpus, queries):
    folder.mkdir()
    for name, rows in (("corpus", corpus), ("queries", queries)):
        (folder / f"{name}.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return folder


def rows(printed):
    return [[cell.strip() for cell in line.strip("| ").split("|")] for line in printed.splitlines()[2:]]


def test_careless_writing_is_measured_on_the_italian_questions_that_are_answered(given, tmp_path, capsys):
    assert robust.main([str(given), "--out", str(tmp_path / "out")]) == 0
    told = {name: cells for name, *cells in rows(capsys.readouterr().out)}
    assert list(told) == list(robust.WAYS)
    # Three of four are found, whatever the accents, apostrophes, capitals and spaces.
    assert told["as written"] == ["0%", "0.750", "0.750", "+0.0"]
    assert {way: cells[0] for way, cells in told.items()} == {
        "as written": "0%", "no accents": "75%", "perche', e'": "75%", "typographic apostrophes": "25%",
        "straight apostrophes": "0%", "l' accordo": "25%", "l'accordo": "0%", "lower case": "75%", "CAPITALS": "100%",
        "double spaces": "100%", "one typing error": "50%",
    }  # fmt: skip
    assert all(cells[2:] == ["0.750", "+0.0"] for way, cells in told.items() if way != "one typing error")
    assert (tmp_path / "out" / "tiny-index").is_dir()


def test_what_is_lost_is_told_in_points():
    queries = [robust.Query(str(n), "it", f"perché {n}", frozenset({"right"})) for n in range(4)]
    table = robust.table(queries, lambda query: ["right"] if "é" in query.text or query.id == "0" else ["wrong"])
    told = {name: cells for name, *cells in rows(table)}
    assert told["as written"] == ["0%", "1.000", "1.000", "+0.0"]
    assert told["no accents"] == told["perche', e'"] == ["100%", "0.250", "0.250", "+75.0"]


def test_ways_of_writing():
    draw = random.Random(0)
    text = "Perché è l'Unione?"
    ways = {way: change(text, draw) for way, change in robust.WAYS.items()}
    assert ways["no accents"] == "Perche e l'Unione?" and ways["perche', e'"] == "Perche' e' l'Unione?"
    assert ways["typographic apostrophes"] == "Perché è l’Unione?" and ways["l' accordo"] == "Perché è l' Unione?"
    assert robust.joined("dell' Unione", draw) == "dell'Unione" and robust.straight("l’Unione", draw) == "l'Unione"
    assert robust.typo("e il veto", draw) == "e il veto"
    slips = {robust.typo("il trattato di pace", draw) for _ in range(50)}
    assert len(slips) > 10
    assert all(slip.startswith("il t") and slip.endswith("o di pace") for slip in slips)


def test_a_crowd_in_the_language_of_the_question_is_measured_against_the_right_text_alone(given, tmp_path, capsys):
    more = tmp_path / "more.jsonl"
    others = [{"id": str(n), "lang": "en", "text": f"Fish number {n} swim in the lake."} for n in range(7)]
    more.write_text("\n".join(map(json.dumps, others)), encoding="utf-8")
    assert crowd.main([str(given), str(more), "--out", str(tmp_path / "out")]) == 0
    told = rows(capsys.readouterr().out)
    # Italian: two questions have a right text in English; it is joined by all Italian texts that answer neither.
    # English: no question has a right text in Italian.
    assert [row[:4] for row in told] == [
        ["it", "Ponte", "1", "0"],
        ["it", "Ponte", "1", "10"],
        ["it", "embeddings alone", "1", "0"],
        ["it", "embeddings alone", "1", "10"],
    ]
    assert [row[4:] for row in told] == [["1.000", "+0.0"], ["0.500", "+50.0"]] * 2


def test_recall_counts_only_what_is_in_the_other_language():
    queries = [robust.Query(str(n), "it", "?", frozenset({"en", "it"})) for n in range(2)]
    found = {"0": ["it", "x", "y", "z", "w", "en"], "1": ["it", "en"]}
    assert crowd.recall(queries, {"en"}, lambda query: found[query.id]) == 0.5


# Sentences.


OIL = [
    "La crisi iniziò nell'ottobre del 1973.",
    "Il prezzo del barile salì a dodici dollari.",
    "Nessuno lo aveva previsto.",
]
TOWN = ["La città fu fondata dai Romani.", "Il fiume era navigabile fino al mare."]
SENTENCES = [
    {"id": f"{para}-{n}", "lang": "it", "text": text, "para": para}
    for para, texts in (("P1", OIL), ("P2", TOWN))
    for n, text in enumerate(texts)
]
ASKED = [
    {"id": "it-1", "lang": "it", "text": "Quanti dollari costava il barile?", "positives": ["P1-1"], "para": "P1"},
    {"id": "it-2", "lang": "it", "text": "Chi ha fondato la città?", "positives": ["P2-0"], "para": "P2"},
    # Said to stand where it does not.
    {"id": "it-3", "lang": "it", "text": "Il fiume era navigabile?", "positives": ["P1-2"], "para": "P1"},
]


@pytest.fixture
def quoted(tmp_path, monkeypatch):
    monkeypatch.setattr(library, "make_embedder", lambda name: Hashed())
    return written(tmp_path / "quoted", SENTENCES, ASKED)


def test_the_sentence_that_answers_is_sought_in_the_right_paragraph_alone(quoted, tmp_path, capsys):
    more = tmp_path / "more.jsonl"
    english = [
        {"id": "en-2", "lang": "en", "text": "Who founded the city?"},
        {"id": "en-9", "lang": "en", "text": "Of no paragraph?"},
    ]
    more.write_text("\n".join(map(json.dumps, english)), encoding="utf-8")
    assert sentences.main([str(quoted), "--more", str(more), "--out", str(tmp_path / "out")]) == 0
    printed = rows(capsys.readouterr().out)
    told = {name: cells for name, *cells in printed}
    # Words are carried across to what these vectors do not know.
    assert told["en, all"][0] == "1" and told["en, all"][2:] == ["0.000 / 1.000", "1.000 / 1.000"]
    assert told["it, all"][0] == "3"
    # The first three of three sentences are all of them, whatever is asked.
    assert [cell.split(" / ")[0] for cell in told["it, all"][1:]] == ["0.667"] * 3
    assert all(cell.endswith("/ 1.000") for cell in told["it, all"][1:])
    assert int(told["it, first"][0]) + int(told["it, second"][0]) == 3


def test_a_sentence_is_right_where_it_holds_half_of_the_answer():
    assert sentences.right([(0, 10), (11, 30)], (5, 25)) and not sentences.right([(0, 14)], (5, 25))


# Silence.


def test_silence_is_measured_by_the_language_of_the_question(given, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(abstain, "THRESHOLD", 0.4)
    chances = {"q1": 0.9, "q2": 0.3, "q3": 0.5, "q4": 0.8, "q5": 0.45, "q6": 0.7}
    loaded = abstain.load_set(given)
    found = [(query, chances[query.id]) for query in loaded.queries]
    (row,) = rows(abstain.table(loaded, found))
    assert row[:3] == ["it, en, it", "4", "1"] and row[3:6] == ["0.750", "0.250", "1.000"]
    curve = {cells[0]: cells[1:] for cells in rows(abstain.curve(found))}
    assert curve["0.9–1.0"] == ["1", "0.90", "1.00"] and curve["0.4–0.5"] == ["1", "0.45", "0.00"]
    assert curve["0.0–0.1"] == ["0", "–", "–"]
    assert abstain.main([str(given), "--bins", "--out", str(tmp_path / "out")]) == 0
    printed = capsys.readouterr().out.split("\n\n")
    assert [row[:3] for row in rows(printed[0])] == [["it, en, it", "4", "1"]]
    assert sum(int(cells[1]) for cells in rows(printed[1])) == len(QUERIES)
