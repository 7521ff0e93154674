"""What was told just before: which sentences stand near it, in either language, and that it may tell what they leave out."""

import numpy as np
from conftest import make_article

from bot.datamodels import Hit
from bot.evidence.before import NOTHING, told_before
from bot.evidence.candidate import Candidate
from bot.evidence.sentences import best, score
from bot.question.analyse import analyse
from bot.question.asking import Asked
from bot.question.kinds import Kind
from index.chunk import Chunk
from index.passage import Passage

EN = (
    "The lighthouse of Genoa was rebuilt in 1543.",
    "It stands 76 metres above the rock.",
    "Its lamp was lit with olive oil until 1841.",
)
IT = ("Il faro di Genova fu ricostruito nel 1543.", "È alta 76 metri sopra lo scoglio.")


def hit(texts: tuple[str, ...], language: str) -> Hit:
    article = make_article(text=" ".join(texts), language=language, id=f"light-{language}")
    starts = [article.text.index(text) for text in texts]
    spans = tuple((start, start + len(text)) for start, text in zip(starts, texts, strict=True))
    chunk = Chunk(article.id, 0, 0, len(article.text), language, spans)
    return Hit(Passage(f"{language}:0", "v", chunk, article.text), article, 1.0, 0.9, 1.0)


def asked(
    *told: str, text: str = "How high is the lighthouse?", base: str = "Who built the lighthouse of Genoa?"
) -> Asked:
    return Asked(text, text, "en", followed=True, told=told, base=base)


def test_what_stands_behind_is_nearest_and_its_twin_counts_in_the_other_language():
    hits = [hit(EN, "en"), hit(IT, "it")]
    each = np.eye(3, dtype=np.float32)
    vectors = {"en:0": each, "it:0": each[:2]}
    before = told_before(asked(EN[0]), hits, vectors)
    told, behind, later = (before.near("en:0", n) for n in range(3))
    assert behind > later > 0 and behind > told > 0
    assert before.near("it:0", 1) > before.near("it:0", 0) > 0
    assert before.texts("en:0", 1) == (EN[0],) and before.texts("it:0", 1) == (IT[0],)


def test_nothing_is_near_where_nothing_was_told_or_found(embedder):
    vectors = {"en:0": embedder.passages(list(EN))}
    for told in ([], [""], ["The lighthouse of Livorno was rebuilt."]):
        assert told_before(asked(*told), [hit(EN, "en")], vectors) == NOTHING


def test_the_sentence_behind_need_not_name_what_was_named_before(embedder):
    question = analyse("How high is the lighthouse of Genoa?", "en")
    vectors = embedder.passages(list(EN))
    candidate = Candidate("en:0", " ".join(EN), "en", EN, 0.9, (0.9, 0.9, 0.9), 1.0, 1.0)
    before = told_before(asked(EN[0]), [hit(EN, "en")], {"en:0": vectors})
    leaning, alone = best(score(question, [candidate], None, before), 1)[0], score(question, [candidate])
    assert leaning.n == 1 and leaning.score > max(one.score for one in alone if one.n == 1)
    assert leaning.unmet == ()


def test_a_sentence_without_what_is_new_in_a_follow_up_tells_the_old(embedder):
    texts = (
        "About 40 keepers lived there in 1990.",
        "They left with their families.",
        "In 2001 there were six keepers.",
    )
    vectors = {"en:0": embedder.passages(list(texts))}
    follow_up = asked(
        texts[0], text="How many keepers lived there in 2001?", base="How many keepers lived there in 1990?"
    )
    candidate = Candidate("en:0", " ".join(texts), "en", texts, 0.9, (0.9, 0.9, 0.9), 1.0, 1.0)
    before = told_before(follow_up, [hit(texts, "en")], vectors)
    assert before.near("en:0", 0) > 0 and "2001" in before.new and "keeper" not in before.new
    found = score(analyse(follow_up.text, "en"), [candidate], None, before)
    assert [one.features.near > 0 for one in found] == [False, False, True] and best(found, 1)[0].n == 2


def test_a_question_put_behind_another_is_the_one_that_asks():
    both = analyse("Why was the lighthouse rebuilt — when was it lit?", "en")
    assert both.kind is Kind.WHEN and both.names == () and {"lighthous"} <= {token.term for token in both.content}
    italian = analyse("Perché fu ricostruita la Lanterna — quanto è alta?", "it")
    assert italian.kind is Kind.HOW_MUCH and italian.names == ("Lanterna",)
