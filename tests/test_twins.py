import numpy as np
import pytest
from conftest import make_article

from bot.datamodels import Hit
from bot.evidence.sentence import Sentence
from bot.evidence.twins import agreed, rendering, support
from index.chunk import Chunk
from index.passage import Passage

IT = (
    "La Russia ha bloccato il 28 marzo 2024 il rinnovo del gruppo di esperti.",
    "Kim Jong Un ha lasciato la Russia il 17 settembre 2023.",
    "Il treno aveva 21 carrozze.",
)
EN = (
    "Russia blocked the renewal of the panel of experts on 28 March 2024.",
    "Kim Jong Un left Russia on 17 September 2023 after six days.",
    "The train had 12 carriages.",
)


@pytest.fixture
def sentences(embedder):
    """Makes the sentences of an article of one language, with real vectors; scores fall by one."""

    def make(texts: tuple[str, ...], language: str) -> list[Sentence]:
        article = make_article(text=" ".join(texts), language=language, id=f"a-{language}")
        starts = [article.text.index(text) for text in texts]
        spans = tuple((start, start + len(text)) for start, text in zip(starts, texts, strict=True))
        chunk = Chunk(article.id, 0, 0, len(article.text), language, spans)
        hit = Hit(Passage(f"{article.id}:0", "v", chunk, article.text), article, 1.0, 0.9, 1.0)
        return [
            Sentence(hit, *span, language, 5.0 - n, vector)
            for n, (span, vector) in enumerate(zip(spans, embedder.passages(list(texts)), strict=True))
        ]

    return make


def test_a_twin_bears_out_what_is_said(sentences):
    italian, english = sentences(IT, "it"), sentences(EN, "en")
    assert support(italian[0], english) is english[0]
    assert support(english[0], italian) is italian[0]
    assert rendering(english[0], italian) is italian[0]


def test_a_twin_that_says_more_may_support_and_one_that_says_less_may_be_said(sentences):
    italian, english = sentences(IT, "it"), sentences(EN, "en")
    assert support(italian[1], english) is english[1]
    assert support(english[1], italian) is None
    assert rendering(english[1], italian) is italian[1]


def test_figures_that_differ_make_no_twins(sentences):
    italian, english = sentences(IT, "it"), sentences(EN, "en")
    assert support(italian[2], english) is None and rendering(english[2], italian) is None


def test_nothing_on_the_other_side_changes_nothing(sentences):
    italian = sentences(IT, "it")
    assert support(italian[0], []) is None
    assert agreed(italian, []) == tuple(italian)
    assert agreed([], italian) == ()


def test_what_answers_in_the_other_language_too_stands_out(sentences):
    italian, english = sentences(IT, "it"), sentences(tuple(reversed(EN)), "en")
    risen = agreed(italian, english)
    scores = {one.start: one.score for one in risen}
    assert [one.score for one in risen] == sorted((one.score for one in risen), reverse=True)
    gains = [scores[one.start] - one.score for one in italian]
    assert gains[2] > gains[1] > 0 and gains[0] == pytest.approx(0, abs=0.01)
    assert all(np.isfinite(score) for score in scores.values())
