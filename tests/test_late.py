"""Late interaction: a question's tokens against a sentence's, with the real embedder and without one that shows tokens."""

import numpy as np
import pytest
from hashed import Hashed

from bot.evidence.candidate import Candidate
from bot.evidence.late import Meeting
from bot.evidence.sentences import best, score
from bot.question.analyse import analyse
from index.e5_engine import PackageEngine
from index.embed import EmbeddedEmbeddings
from index.precomputed import Precomputed

GIFT = "Secondo Ushakov, Putin ha regalato a Kim Jong Un una limousine Aurus, un servizio da tè e un pugnale."
TALKS = "I colloqui del 19 giugno 2024 sono durati circa due ore."
SHIPS = "Russian ships carried 1,500 North Korean soldiers to Vladivostok."


def closeness(embedder, question, language, *texts):
    return Meeting(embedder, analyse(question, language)).closeness([(text,) for text in texts])


@pytest.mark.parametrize(
    ("question", "language", "first"),
    [
        ("Che cosa ha regalato Putin a Kim?", "it", GIFT),
        ("What presents did the Russian leader bring?", "en", GIFT),
        ("How long did the talks last?", "en", TALKS),
        ("Quanto sono durati i colloqui?", "it", TALKS),
    ],
)
def test_the_sentence_that_answers_comes_closest_in_either_language(embedder, question, language, first):
    other = TALKS if first == GIFT else GIFT
    right, wrong = closeness(embedder, question, language, first, other)
    assert right.mean > wrong.mean + 0.02 and right.asking > wrong.asking


def test_a_word_that_is_lacking_shows_in_the_weakest_word_and_what_asks_in_the_asking_one(embedder):
    told, lacking = (
        closeness(embedder, question, "en", SHIPS)[0]
        for question in ("How many soldiers were carried?", "How many giraffes were carried?")
    )
    assert told.weakest > lacking.weakest + 0.03
    dated, undated = closeness(
        embedder, "Quando si sono tenuti i colloqui?", "it", TALKS, "I colloqui sono durati due ore."
    )
    assert dated.asking > undated.asking


def test_what_stands_above_a_sentence_counts_as_said(embedder):
    meeting = Meeting(embedder, analyse("Che cosa ha regalato Putin a Kim nel giugno 2024?", "it"))
    alone, under = meeting.closeness([(GIFT,), (GIFT, "I doni di Pyongyang, giugno 2024")])
    assert under.mean > alone.mean


def test_the_best_sentences_are_moved_and_nothing_overtakes_by_not_being_looked_at(embedder):
    sentences = (TALKS, GIFT, *(f"I colloqui numero {n} sono durati ore." for n in range(8)))
    candidate = Candidate("a:0", " ".join(sentences), "it", sentences, 0.85, (0.85,) * 10, 1.0, 5.0)
    question = analyse("Quanto sono durati i colloqui del 19 giugno?", "it")
    plain, moved = (
        score(question, [candidate]),
        score(question, [candidate], meet=Meeting(embedder, question).closeness),
    )
    looked_at = {one.n for one in moved if one.close}
    assert looked_at == {one.n for one in best(plain, 5)} and {one.n for one in best(moved, 5)} == looked_at
    assert all(one.close is None for one in plain)


@pytest.mark.parametrize("wrapped", [False, True])
def test_an_embedder_that_shows_no_tokens_moves_nothing(wrapped, tmp_path):
    other = Precomputed(Hashed(), tmp_path / "nowhere.npz") if wrapped else Hashed()
    assert closeness(other, "Quanto sono durati?", "it", TALKS) is None
    assert PackageEngine().spell([TALKS], "passage: ") is None


def test_empty_and_strange_texts_have_a_closeness_too(embedder):
    for question in ("", "?!", "\0", "Chi?"):
        found = closeness(embedder, question, "it", "", "\0", "\ud800", "?!", TALKS)
        assert len(found) == 5 and all(np.isfinite([one.mean, one.asking, one.weakest]).all() for one in found)


def test_tokens_are_those_of_the_text_alone_and_remembered(embedder: EmbeddedEmbeddings):
    asked, told = embedder.spell([TALKS], question=True)[0], embedder.spell([TALKS, GIFT])[0]
    assert asked.pieces == told.pieces and "".join(asked.pieces).strip() == TALKS
    assert told.vectors.shape == (len(told.pieces), 384)
    assert np.allclose(np.linalg.norm(told.vectors.astype(np.float32), axis=1), 1, atol=2e-3)
    assert not np.allclose(asked.vectors, told.vectors, atol=1e-2)
    assert embedder.spell([TALKS])[0] is told
    assert embedder.spell([]) == []
