"""Each metric is moved by the defect that it is there for, by the amount expected, and no other metric by that defect.

The oracle answers the shipped questions from their own evidence; a lie changes its answers to chosen pairs, in one way.
"""

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "evals"))
import liar  # noqa: E402

from bot import dossier  # noqa: E402
from bot.datamodels import Usage, Verdict  # noqa: E402
from bot.errors import QuestionError  # noqa: E402
from bot.evaluate.gold import Span, golds, parts_of  # noqa: E402
from bot.evaluate.item import says  # noqa: E402
from bot.evaluate.metrics import METRICS  # noqa: E402
from bot.evaluate.outcome import Outcome  # noqa: E402
from bot.evaluate.questions import load  # noqa: E402
from bot.evaluate.report import report  # noqa: E402
from bot.evaluate.report_markdown import to_markdown  # noqa: E402
from bot.evaluate.suite import evaluate  # noqa: E402
from bot.evaluate.summary import column, usage  # noqa: E402
from bot.verify.check import Quote, check  # noqa: E402

DIRECTED = [metric.name for metric in METRICS if metric.higher is not None]


@pytest.fixture(scope="module")
def articles():
    return [article for _, article in dossier.articles()]


@pytest.fixture(scope="module")
def items():
    """Forty pairs that can be answered, half of them of several parts, and thirty that cannot; no follow-ups."""
    shipped = [item for item in load([liar.QUESTIONS]) if item.follows is None]
    pairs = {item.pair: item for item in shipped}
    simple = [pair for pair, item in pairs.items() if item.answerable and len(item.parts) == 1][:20]
    parts = [pair for pair, item in pairs.items() if item.answerable and len(item.parts) > 1][:20]
    none = [pair for pair, item in pairs.items() if not item.answerable][:30]
    chosen = {*simple, *parts, *none}
    return [item for item in shipped if item.pair in chosen]


@pytest.fixture(scope="module")
def oracle(items, articles):
    return liar.Oracle(items, articles)


@pytest.fixture(scope="module")
def honest(items, oracle):
    return means(evaluate(items, oracle).outcomes)


def means(outcomes: tuple[Outcome, ...]) -> dict[str, float]:
    found = {name: column(outcomes, name)[0] for name in DIRECTED}
    return {name: sum(values) / len(values) for name, values in found.items() if values}


def told(items, articles, lie, chosen: Callable) -> tuple[list, dict[str, float], tuple[Outcome, ...]]:
    """Lie to the chosen questions; return them, the means that come of it, and the outcomes."""
    lied = [item for item in items if chosen(item)]
    outcomes = evaluate(items, liar.Oracle(items, articles, {item.id: lie for item in lied})).outcomes
    return lied, means(outcomes), outcomes


def moved(before: dict[str, float], after: dict[str, float]) -> set[str]:
    return {name for name in before if abs(before[name] - after.get(name, before[name])) > 1e-9}


def pairs_of(items, count: int, several: bool = False, answerable: bool = True) -> set[str]:
    found = [i.pair for i in items if i.answerable is answerable and (len(i.parts) > 1) is several]
    return set(list(dict.fromkeys(found))[:count])


def test_the_oracle_is_right_in_everything(honest):
    for name, value in honest.items():
        if name in ("hallucination", "over_abstention", "failed"):
            assert value == 0, name
        elif name not in ("f1", "recall@1", "ndcg@10"):  # several parts and twins cannot all come first
            assert value == 1, name
    assert honest["f1"] > 0.99


def test_sentences_without_citations_cost_citation_recall_only(items, articles, honest):
    pairs = pairs_of(items, 5)
    lied, after, _ = told(items, articles, liar.uncited, lambda item: item.pair in pairs)
    answered = sum(item.answerable for item in items)
    assert moved(honest, after) == {"citation_recall"}
    assert after["citation_recall"] == pytest.approx(1 - len(lied) / answered)


def test_citations_that_are_not_needed_cost_citation_precision_only(items, articles, honest, oracle):
    def apart(item):
        first, *others = oracle.right(item).answer.citations
        quotes = [Quote(citation.quote, citation.language, citation.date) for citation in others]
        return not any(check(first.quote, first.language, [q]).verdict is Verdict.SUPPORTED for q in quotes)

    pairs = pairs_of(items, 12, several=True)
    lied, after, outcomes = told(items, articles, liar.crowded, lambda item: item.pair in pairs and apart(item))
    assert len(lied) >= 8
    assert moved(honest, after) == {"citation_precision"}
    for outcome in (o for o in outcomes if o.id in {item.id for item in lied}):
        parts = len(next(item for item in lied if item.id == outcome.id).parts)
        # The first sentence hangs on all of them, and needs one; the others are as they were.
        assert outcome.scores["citation_precision"] == pytest.approx(parts / (2 * parts - 1))


def test_citations_beside_the_point_cost_relevance_only(items, articles, honest):
    pairs = pairs_of(items, 5)
    lied, after, outcomes = told(items, articles, liar.irrelevant, lambda item: item.pair in pairs)
    assert moved(honest, after) == {"citation_relevance"}
    assert {o.scores["citation_relevance"] for o in outcomes if o.id in {i.id for i in lied}} == {0.5}


def test_other_places_cited_in_one_language_cost_parity_only(items, articles):
    pairs = pairs_of(items, 5)
    lies = {item.id: liar.irrelevant for item in items if item.pair in pairs}
    before = means(evaluate(items, liar.Oracle(items, articles, lies)).outcomes)
    english = {id: liar.irrelevant_elsewhere if id.endswith("-en") else lie for id, lie in lies.items()}
    outcomes = evaluate(items, liar.Oracle(items, articles, english)).outcomes
    assert moved(before, means(outcomes)) == {"parity"}
    # One part of evidence that both cite, and a place each that the other does not: one of three.
    assert {round(o.scores["parity"], 9) for o in outcomes if o.id in lies} == {round(1 / 3, 9)}


def test_offsets_that_are_off_cost_exactness_only(items, articles, honest):
    pairs = pairs_of(items, 4)
    lied, after, outcomes = told(items, articles, liar.shifted, lambda item: item.pair in pairs)
    assert moved(honest, after) == {"quotes_exact"}
    assert {o.scores["quotes_exact"] for o in outcomes if o.id in {i.id for i in lied}} == {0.0}


def test_answers_to_what_has_none_are_hallucination_only(items, articles, honest):
    pairs = pairs_of(items, 6, answerable=False)
    lied, after, _ = told(items, articles, liar.talkative, lambda item: item.pair in pairs)
    unanswerable = sum(not item.answerable for item in items)
    assert moved(honest, after) == {"hallucination", "right"}
    assert after["hallucination"] == pytest.approx(len(lied) / unanswerable)
    assert after["right"] == pytest.approx(1 - len(lied) / len(items))


def test_silence_where_there_is_an_answer_is_over_abstention_only(items, articles, honest):
    pairs = pairs_of(items, 7)
    lied, after, _ = told(items, articles, liar.mute, lambda item: item.pair in pairs)
    answerable = sum(item.answerable for item in items)
    # Token F1, recall of one passage and nDCG are not all 1 to begin with: the mean of fewer questions is another.
    assert moved(honest, after) - {"f1"} == {"over_abstention", "right"}
    assert after["over_abstention"] == pytest.approx(len(lied) / answerable)


def test_silence_in_one_language_costs_parity_as_well(items, articles):
    pairs = pairs_of(items, 3)
    _, after, outcomes = told(items, articles, liar.mute, lambda item: item.pair in pairs and item.language == "en")
    assert {o.scores["parity"] for o in outcomes if o.cluster in pairs} == {0.0}
    assert after["over_abstention"] == pytest.approx(3 / sum(item.answerable for item in items))


def test_the_wrong_silence_is_told_from_the_right_one_only(items, articles, honest):
    pairs = pairs_of(items, 5, answerable=False)
    lied, after, _ = told(items, articles, liar.mistaken_silence, lambda item: item.pair in pairs)
    assert moved(honest, after) == {"right_silence"}
    assert after["right_silence"] == pytest.approx(1 - len(lied) / sum(not item.answerable for item in items))


@pytest.mark.parametrize("answerable", [True, False])
def test_the_wrong_language_costs_right_language_only(items, articles, honest, answerable):
    pairs = pairs_of(items, 5, answerable=answerable)
    lied, after, _ = told(items, articles, liar.foreign, lambda item: item.pair in pairs)
    assert moved(honest, after) == {"right_language"}
    assert after["right_language"] == pytest.approx(1 - len(lied) / len(items))


def test_own_words_in_the_wrong_language_are_heard_behind_the_label(items, articles):
    def labelled(told, oracle):
        wrong = liar.foreign(told, oracle)
        return replace(wrong, answer=replace(wrong.answer, language=told.item.language))

    pairs = pairs_of(items, 5, answerable=False)
    lied, after, _ = told(items, articles, labelled, lambda item: item.pair in pairs)
    assert after["right_language"] == pytest.approx(1 - len(lied) / len(items))


def test_what_is_not_said_costs_the_metrics_of_the_text_only(items, articles, honest, oracle):
    pairs = pairs_of(items, 6, several=True)
    lied, after, outcomes = told(items, articles, liar.forgetful, lambda item: item.pair in pairs)
    assert moved(honest, after) == {"facts", "f1", "right"}
    for outcome in (o for o in outcomes if o.id in {item.id for item in lied}):
        item = next(item for item in lied if item.id == outcome.id)
        first = oracle.right(item).answer.statements[0].text
        assert outcome.scores["facts"] == sum(says(first, fact) for fact in item.answers) / len(item.answers)


def test_parts_left_out_cost_the_evidence_by_their_share(items, articles, honest, oracle):
    pairs = pairs_of(items, 6, several=True)
    lied, after, outcomes = told(items, articles, liar.partial, lambda item: item.pair in pairs)
    # Of a few pairs one version finds two parts in one sentence, where the other needs two.
    assert moved(honest, after) - {"parity"} == {"evidence_hit", "facts", "f1", "right"}
    golden = golds(lied, {article.id: article for article in articles})
    expected = {}
    for item in lied:
        first = oracle.right(item).answer.citations[0]
        carried = parts_of(Span(first.article_id, first.start, first.end), golden[item.id])
        expected[item.id] = len(carried) / len(item.parts)
    assert {o.id: o.scores["evidence_hit"] for o in outcomes if o.id in expected} == expected
    assert min(expected.values()) < 1


def test_repetition_costs_token_f1_only(items, articles, honest):
    pairs = pairs_of(items, 5)
    lied, after, outcomes = told(items, articles, liar.twice, lambda item: item.pair in pairs)
    assert moved(honest, after) == {"f1"}
    # Twice the words: precision 1/2, recall 1.
    assert {round(o.scores["f1"], 9) for o in outcomes if o.id in {i.id for i in lied}} == {round(2 / 3, 9)}


def test_a_source_that_is_dropped_costs_attribution_and_what_rests_on_it(items, articles, honest, oracle):
    def speaks(item):
        first = item.answerable and oracle.right(item).answer.statements[0]
        if not first or len(item.parts) > 1:
            return False
        words = {"it": ("ha detto che", "ha affermato che"), "en": ("said that", "said on")}[first.language]
        return (
            any(word in first.text for word in words) and {"it": " che ", "en": " that "}[first.language] in first.text
        )

    lied, after, outcomes = told(items, articles, liar.unattributed, speaks)
    assert len(lied) >= 2
    lost = [o.scores["attribution_kept"] for o in outcomes if o.id in {item.id for item in lied}]
    assert lost.count(0.0) == len(lied)
    assert moved(honest, after) <= {
        "attribution_kept", "citation_recall", "citation_precision", "f1", "facts", "right", "right_language",
    }  # fmt: skip
    assert {"attribution_kept", "citation_recall"} <= moved(honest, after)


def test_evidence_found_late_costs_the_metrics_of_rank_only(items, articles, honest):
    pairs = pairs_of(items, 5)
    lied, after, outcomes = told(items, articles, liar.buried, lambda item: item.pair in pairs)
    assert moved(honest, after) == {"recall@1", "mrr", "ndcg@10"}
    buried = [o.scores for o in outcomes if o.id in {i.id for i in lied}]
    assert {scores["mrr"] for scores in buried} == {0.5}
    assert {scores["recall@1"] for scores in buried} == {0.0} and {scores["recall@5"] for scores in buried} == {1.0}


def test_answers_that_never_come_are_failed(items, articles, honest):
    def broken(told, oracle):
        raise QuestionError("The model hung up.")

    pairs = pairs_of(items, 3)
    lied, after, outcomes = told(items, articles, broken, lambda item: item.pair in pairs)
    assert after["failed"] == pytest.approx(len(lied) / len(items))
    assert moved(honest, after) - {"f1", "recall@1", "ndcg@10"} == {"failed", "right"}
    assert {o.state for o in outcomes if o.id in {i.id for i in lied}} == {"failed"}


def test_tokens_and_cost_add_up(items, articles):
    def paid(told, oracle):
        return replace(told, answer=replace(told.answer, usage=Usage(100, 20, 1, 0.5), timings={"total": 40.0}))

    lied, _, outcomes = told(items, articles, paid, lambda item: item.language == "it" and item.answerable)
    assert usage(outcomes) == {
        "input_tokens": 100 * len(lied), "output_tokens": 20 * len(lied), "cost": 0.5 * len(lied)
    }  # fmt: skip
    unknown = [replace(outcomes[0], cost=None), *outcomes[1:]]
    assert usage(unknown)["cost"] is None


def test_one_who_tells_every_lie_misses_every_target(articles):
    items = load([liar.QUESTIONS])
    made = report(evaluate(items, liar.liar(items, articles), label="a liar"))
    found = made.summary["all"]["metrics"]
    missed = {m.name for m in METRICS if m.target and (found[m.name]["value"] < m.target) is m.higher}
    assert missed == {m.name for m in METRICS if m.target}
    parts = [part["metrics"] for part in made.summary.values()]
    apart = [m for found in parts for m in METRICS if m.target and (found[m.name]["value"] < m.target) is m.higher]
    assert to_markdown(made).count(" missed |") == len(apart) >= 18
