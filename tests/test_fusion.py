from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.fusion import E5, Candidates, Scale, best_sentences, fuse, measure, merged


def keys(ranked):
    return [item.key for item in ranked]


def test_dense_and_words_both_count():
    some = Candidates("it", {"a": 0.85, "b": 0.85, "c": 0.82}, {"a": 0.5, "b": 0.0, "c": 0.5})
    assert keys(fuse([some], "it")) == ["a", "c", "b"]


def test_the_nearest_sentence_counts():
    some = Candidates("it", {"a": 0.85, "b": 0.85}, {"a": 0.1, "b": 0.1}, {"a": 0.84, "b": 0.90})
    assert keys(fuse([some], "it")) == ["b", "a"]


def test_words_that_stand_together_count():
    some = Candidates("it", {"a": 0.85, "b": 0.85}, {"a": 0.3, "b": 0.3}, closeness={"b": 1.0})
    assert keys(fuse([some], "it")) == ["b", "a"]


def test_what_is_held_counts_more_than_what_is_said_often():
    often = Candidates("it", {"a": 0.85, "b": 0.85}, {"a": 0.4, "b": 0.5}, coverage={"a": 0.9, "b": 0.6})
    assert keys(fuse([often], "it")) == ["a", "b"]


def test_words_count_more_where_there_are_more_of_them_in_either_language():
    def lead(amount):
        said = Candidates("it", {"a": 0.85, "b": 0.85}, {"a": 0.1, "b": 0.1}, coverage={"a": 0.9}, amount=amount)
        # The other language knows none of the words; the question has as many as before.
        a, b = sorted(fuse([said, Candidates("en", {}, {}, amount=9.0)], "it"), key=lambda item: item.key)
        return a.worth - b.worth

    assert lead(1.0) < lead(3.0) < lead(6.0) < 2 * lead(1.0)


def test_places_are_counted_anew_where_worth_has_changed():
    ranked = fuse([Candidates("it", {"a": 0.90, "b": 0.89}, {}), Candidates("en", {"c": 0.85}, {})], "it")
    assert keys(ranked)[0] == "a"
    risen = {item.key: item for item in merged(replace(r, worth=r.worth + (r.key == "b")) for r in ranked)}
    assert risen["b"].score == risen["b"].worth and risen["a"].score < risen["a"].worth
    assert risen["c"].score == risen["c"].worth


def test_a_language_is_not_preferred_for_being_the_questions():
    same = Candidates(
        "it", {f"it{n}": 0.83 + E5.own["it"] - n / 100 for n in range(5)}, {f"it{n}": 0.1 for n in range(5)}
    )
    other = Candidates("en", {f"en{n}": 0.83 - n / 100 for n in range(5)}, {f"en{n}": 0.1 for n in range(5)})
    assert {key[:2] for key in keys(fuse([same, other], "it"))[:2]} == {"it", "en"}
    assert {key[:2] for key in keys(fuse([other, same], "it"))[:4]} == {"it", "en"}


def test_many_near_passages_of_one_language_do_not_bury_the_other():
    crowd = Candidates("it", {f"it{n}": 0.87 - n / 10000 for n in range(50)}, {f"it{n}": 0.2 for n in range(50)})
    gold = Candidates("en", {"en": 0.83}, {"en": 0.2})
    assert "en" in keys(fuse([crowd, gold], "it"))[:5]


def test_a_language_without_an_answer_does_not_come_first():
    answer = Candidates("en", {"en": 0.88}, {"en": 0.6})
    noise = Candidates("it", {f"it{n}": 0.80 for n in range(5)}, {f"it{n}": 0.05 for n in range(5)})
    assert keys(fuse([noise, answer], "it"))[0] == "en"


def test_a_passage_that_one_side_missed_gets_the_least_of_the_other():
    some = Candidates("it", {"a": 0.9, "b": 0.8}, {"a": 0.4, "c": 0.3})
    ranked = {item.key: item for item in fuse([some], "it")}
    assert ranked["c"].cosine == 0.8
    assert ranked["b"].lexical == 0.3


def test_nothing_in_nothing_out():
    assert fuse([], "it") == []
    assert fuse([Candidates("it", {}, {}), Candidates("en", {}, {})], "en") == []


def test_words_alone_still_rank():
    assert keys(fuse([Candidates("it", {}, {"a": 0.1, "b": 0.4})], "it")) == ["b", "a"]


# Cosines and shares as they come: no two differ by less than what a float of 32 bits can tell.
share = st.integers(0, 10**6).map(lambda millionths: millionths / 10**6)
table = st.dictionaries(st.sampled_from("abcdefgh"), share, max_size=8)


@given(table, table, table, st.sampled_from(["it", "en"]))
def test_every_candidate_once_in_a_stable_order(dense, words, sentences, language):
    italian = Candidates("it", {f"it{k}": v for k, v in dense.items()}, {f"it{k}": v for k, v in words.items()})
    english = Candidates("en", {f"en{k}": v for k, v in words.items()}, {}, {f"en{k}": v for k, v in sentences.items()})
    one, other = fuse([italian, english], language), fuse([english, italian], language)
    assert one == other
    assert sorted(keys(one)) == sorted({*italian.dense, *italian.lexical, *english.dense})
    assert [item.score for item in one] == sorted((item.score for item in one), reverse=True)


@given(table)
def test_one_language_alone_keeps_the_order_of_its_evidence(dense):
    ranked = fuse([Candidates("it", dense, {})], "en")
    assert [item.cosine for item in ranked] == sorted(dense.values(), reverse=True)


def test_best_sentences():
    question = np.array([1, 0], dtype=np.float32)
    sentences = {
        "a": np.array([[0, 1], [0.6, 0.8]], dtype=np.float32),
        "b": np.zeros((0, 2), dtype=np.float32),
        "c": np.array([[1, 0]], dtype=np.float32),
    }
    assert best_sentences(question, sentences) == pytest.approx({"a": 0.6, "c": 1.0})
    assert best_sentences(question, {}) == {}


def test_the_scale_of_a_model_is_measured():
    def unit(*rows):
        found = np.array(rows, dtype=np.float32)
        return found / np.linalg.norm(found, axis=1, keepdims=True)

    questions = {"it": unit([1, 0.2, 1]), "en": unit([1, 0.2, -1])}
    passages = {"it": unit([1, 1, 1], [1, 0, 1]), "en": unit([1, 1, -1], [1, 0, -1])}
    scale = measure(questions, passages)
    assert set(scale.own) == {"it", "en"} and min(scale.own.values()) > 0.5
    assert scale.spread > 0
    with pytest.raises(ValueError):
        measure({"it": questions["it"]}, {"it": passages["it"]})
    with pytest.raises(ValueError):
        measure(questions, {"it": passages["it"], "fr": passages["en"]})


def test_the_shipped_scale_is_that_of_the_shipped_model(embedder):
    questions = {
        "it": embedder.queries(["Quanto costa un biglietto del treno?", "Chi ha vinto il campionato?"]),
        "en": embedder.queries(["How much does a train ticket cost?", "Who won the championship?"]),
    }
    passages = {
        "it": embedder.passages(["La cellula converte la luce in zuccheri.", "Il ponte fu costruito nel medioevo."]),
        "en": embedder.passages(["The cell turns light into sugars.", "The bridge was built in the Middle Ages."]),
    }
    found = measure(questions, passages)
    assert isinstance(found, Scale)
    # Two texts tell the mean of both languages, not each.
    assert np.mean(list(found.own.values())) == pytest.approx(np.mean(list(E5.own.values())), abs=0.03)
    assert 0 < found.spread < 3 * E5.spread
