"""The metrics of retrieval, through `ir_measures`: recall of the evidence, reciprocal rank, nDCG.

Knows rankings and what is relevant; nothing of answers.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from importlib.util import find_spec

from bot.errors import EvaluationError
from bot.evaluate.gold import Gold
from bot.evaluate.record import Record

CUTS = (1, 5, 10)


def ranking(golds: Mapping[str, Gold], records: Sequence[Record]) -> dict[str, dict[str, float]]:
    """Return recall@k, MRR and nDCG@10 of the questions that have evidence, by id.

    Recall@k is the share of the parts of the evidence that one of the first k passages holds, whichever language
    it is in; the ranks are those of every passage that holds a quote. Nothing where `ir_measures` cannot be had:
    there is no wheel of what it stands on for Linux on ARM.
    """
    if find_spec("ir_measures") is None:
        return {}
    ranked = {r.id: [hit.key for hit in r.hits] for r in records if r.hits is not None and any(golds[r.id].relevant)}
    found: dict[str, dict[str, float]] = {id: {} for id in ranked}
    parts = {(id, n): part for id in ranked for n, part in enumerate(golds[id].relevant) if part}
    shares: dict[tuple[str, str], list[float]] = defaultdict(list)
    for (query, name), value in measure(
        {f"{n}\t{id}": set(part) for (id, n), part in parts.items()},
        {f"{n}\t{id}": ranked[id] for id, n in parts},
        {f"recall@{k}": f"Success@{k}" for k in CUTS},
    ).items():
        shares[query.split("\t", 1)[1], name].append(value)
    for (id, name), values in shares.items():
        found[id][name] = sum(values) / len(values)
    whole = {id: set().union(*golds[id].relevant) for id in ranked}
    for (id, name), value in measure(whole, ranked, {"mrr": "RR", "ndcg@10": "nDCG@10"}).items():
        found[id][name] = value
    return found


def measure(
    relevant: Mapping[str, set[str]], ranked: Mapping[str, Sequence[str]], measures: Mapping[str, str]
) -> dict[tuple[str, str], float]:
    """Return measures of rankings, by query and name.

    Args:
        relevant: the documents that are right for each query.
        ranked: those that were found, best first; a query without any counts as 0.
        measures: by the name that they are to have, as `ir_measures` writes them.

    Raises:
        EvaluationError: `ir_measures` cannot be had.
    """
    if find_spec("ir_measures") is None:
        raise EvaluationError("Retrieval is measured by ir-measures, which is missing.", "pip install ir-measures")
    import ir_measures

    rights = [ir_measures.Qrel(query, name, 1) for query, names in relevant.items() for name in names]
    runs = [
        ir_measures.ScoredDoc(query, name, float(len(names) - n))
        for query, names in ranked.items()
        for n, name in enumerate(names)
    ]
    parsed = {ir_measures.parse_measure(text): name for name, text in measures.items()}
    values = {(query, name): 0.0 for query in relevant for name in measures}
    if runs and rights:
        for metric in ir_measures.iter_calc(list(parsed), rights, runs):
            values[metric.query_id, parsed[metric.measure]] = float(metric.value)
    return values
