"""The metrics: what one record is worth against what is right for its question, each a number or nothing.

A metric is None for a question that it does not speak of: citations of a silence, key facts of a question without
an answer. So each of them moves with one defect, and silence is measured by itself. Knows one question at a time.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from bot.datamodels import Answer, State
from bot.evaluate.citations import Judged, exact, judge_answer, speaks
from bot.evaluate.gold import Gold, Span, overlaps
from bot.evaluate.item import Item, says
from bot.evaluate.record import Record
from index.article import Article

Scores = dict[str, float | None]


@dataclass(frozen=True, slots=True)
class Metric:
    """What a number is called and how it is read.

    Attributes:
        name: in files.
        label: for people.
        group: "answer", "retrieval", "citations", "silence" or "language".
        higher: whether more is better; None where it only describes.
        means: one line.
        target: that the extractive mode is held to, or None.
    """

    name: str
    label: str
    group: str
    higher: bool | None
    means: str
    target: float | None = None


METRICS: tuple[Metric, ...] = (
    Metric("right", "Right", "answer", True, "all key facts said; or silent where the sources do not say"),
    Metric("facts", "Key facts", "answer", True, "share of the key facts that an answer says"),
    Metric("f1", "Token F1", "answer", True, "words shared with the nearest evidence (SQuAD's F1)"),
    Metric("evidence_hit", "Evidence cited", "answer", True, "share of the parts of the evidence that are cited"),
    Metric("recall@1", "Recall@1", "retrieval", True, "share of the parts that the first passage holds"),
    Metric("recall@5", "Recall@5", "retrieval", True, "share of the parts that the first five passages hold"),
    Metric("recall@10", "Recall@10", "retrieval", True, "share of the parts that the first ten passages hold"),
    Metric("mrr", "MRR", "retrieval", True, "1 / rank of the first passage with evidence"),
    Metric("ndcg@10", "nDCG@10", "retrieval", True, "over every passage with evidence, in either language"),
    Metric("citation_recall", "Citation recall", "citations", True, "sentences borne out by their quotes (ALCE)", 0.95),
    Metric("citation_precision", "Citation precision", "citations", True, "citations that count (ALCE)", 0.95),
    Metric("citation_relevance", "Citation relevance", "citations", True, "citations that carry gold evidence"),
    Metric("quotes_exact", "Quotes exact", "citations", True, "quotes that stand in the article where they say", 1.0),
    Metric("attribution_kept", "Attribution kept", "citations", True, "who says so is not lost where a quote tells it"),
    Metric("hallucination", "Hallucination", "silence", False, "answered where the sources do not say", 0.10),
    Metric("over_abstention", "Over-abstention", "silence", False, "silent where the sources say", 0.15),
    Metric("right_silence", "Right silence", "silence", True, "of silences: off topic and not in sources told apart"),
    Metric("partly", "Partly", "silence", None, "answers that say that a part is missing"),
    Metric("right_language", "Right language", "language", True, "answers in the language of the question", 0.99),
    Metric("own_sources", "Own-language quotes", "language", None, "citations in the language of the question"),
    Metric("parity", "Parity", "language", True, "Jaccard of what both versions of a question cite", 0.6),
    Metric("failed", "Failed", "answer", False, "no answer came at all"),
)
BY_NAME: Mapping[str, Metric] = {metric.name: metric for metric in METRICS}


def score(item: Item, record: Record, gold: Gold, articles: Mapping[str, Article]) -> Scores:
    """Return the value of every metric for one question, retrieval and parity left out (`ranking`, `parity`).

    Args:
        item: the question.
        record: what came of it.
        gold: what is right for it.
        articles: by id.
    """
    scores: Scores = dict.fromkeys(BY_NAME)
    answer = record.answer
    scores["failed"] = float(answer is None)
    scores["right"] = 0.0 if answer is None else _right(item, answer)
    if answer is None:
        return scores
    scores["right_language"] = float(speaks(answer, item.language))
    scores |= _silence(item, answer)
    if not answer.state.silent:
        scores |= _cited(answer, judge_answer(answer), articles) | _told(item, answer, gold)
        scores["own_sources"] = _mean([float(c.language == item.language) for c in answer.citations])
    return scores


def _right(item: Item, answer: Answer) -> float | None:
    if not item.answerable or answer.state.silent:
        return float(answer.state.silent is not item.answerable)
    return float(all(says(answer.said, fact) for fact in item.answers)) if item.answers else None


def _silence(item: Item, answer: Answer) -> Scores:
    silent = answer.state.silent
    if item.answerable:
        return {"over_abstention": float(silent), "partly": None if silent else float(answer.state is State.PARTLY)}
    wanted = State.OFF_TOPIC if item.grade == "off_topic" else State.NOT_IN_SOURCES
    told = float(answer.state is wanted) if silent and item.grade else None
    return {"hallucination": float(not silent), "right_silence": told}


def _cited(answer: Answer, judged: Sequence[Judged], articles: Mapping[str, Article]) -> Scores:
    resting = [one for one in judged if one.attributed]
    return {
        "citation_recall": _mean([float(one.supported) for one in judged]),
        "citation_precision": _mean([float(counts) for one in judged for counts in one.needed]),
        "quotes_exact": _mean([float(exact(citation, articles)) for citation in answer.citations]),
        "attribution_kept": _mean([float(one.kept) for one in resting]),
    }


def _told(item: Item, answer: Answer, gold: Gold) -> Scores:
    """Score an answer to a question that has one."""
    if not item.answerable:
        return {}
    cited = [Span(c.article_id, c.start, c.end) for c in answer.citations]
    carried = [any(overlaps(span, right) for span in cited for right in part) for part in gold.parts]
    rights = [right for part in gold.parts for right in part]
    relevant = [float(any(overlaps(span, right) for right in rights)) for span in cited] if rights else []
    return {
        "facts": _mean([float(says(answer.said, fact)) for fact in item.answers]),
        "f1": _f1(item, answer.said) if item.evidence else None,
        "evidence_hit": _mean([float(hit) for hit in carried]),
        "citation_relevance": _mean(relevant),
    }


def _f1(item: Item, said: str) -> float:
    """Return the F1 of words shared with the quotes of each part that come nearest (P. Rajpurkar et al., 2016)."""
    words = Counter(_words(said))
    wanted: Counter[str] = Counter()
    for part in item.parts:
        quotes = [Counter(_words(evidence.quote)) for evidence in part]
        wanted += max(quotes, key=partial(_shared, words))
    return _shared(words, wanted)


def _shared(one: Counter[str], other: Counter[str]) -> float:
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


def _words(text: str) -> list[str]:
    return re.findall(r"\w+(?:[.,]\d+)*", text.casefold())


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None
