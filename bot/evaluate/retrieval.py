"""Ponte's retrieval beside the baselines, on one set: BM25 alone, dense alone, reciprocal ranks of both, Ponte.

All search the same passages with the same embedder. Knows an index and a set; nothing of answers.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.evaluate.intervals import mean, permutation
from bot.evaluate.outside import LANGUAGES, OutsideSet, Query
from bot.evaluate.ranking import measure
from index.analysis import terms, tidy
from index.build import Progress

if TYPE_CHECKING:
    from bot.library import Library

Search = Callable[[Query], Sequence[str]]

MEASURES = {"recall@1": "R@1", "recall@5": "R@5", "recall@10": "R@10", "mrr": "RR@10", "ndcg@10": "nDCG@10"}
_DEPTH = 10
_PASSAGES = 40
_RRF = 60


@dataclass(frozen=True, slots=True)
class Line:
    """One system on the queries of one language, or of both.

    Attributes:
        system: its name.
        language: "it", "en" or "all".
        values: by measure {value, low, high, n}.
        p: by measure, two-sided, of the paired difference to Ponte (permutation test); 1 for Ponte itself.
    """

    system: str
    language: str
    values: dict[str, dict[str, Any]]
    p: dict[str, float]


def build(folder: Path, given: OutsideSet, progress: Progress) -> "Library":
    """Return an index of a set's documents, in a folder; what is in it already is not embedded again.

    Raises:
        StoreError: the folder cannot be written, or holds an index of another model.
    """
    from bot.library import Library

    library = Library(folder, progress=progress, create=True)
    wanted = {document.id for document in given.documents}
    library.remove(*(id for id in library.store.entries() if id not in wanted))
    library.add(*given.documents, progress=progress)
    return library


def retrieval(library: "Library", given: OutsideSet, progress: Progress) -> list[Line]:
    """Ask every query of a set of every system.

    Args:
        library: with the set's documents, from `build`.
        given: the set; queries that no document answers are not asked.
        progress: told of searches done, searches in all, and the system.

    Returns:
        Lines for each system on all queries, then on those of each language.
    """
    asked = [query for query in given.queries if query.positives]
    systems = _systems(library, given)
    values: dict[str, dict[tuple[str, str], float]] = {}
    for place, (name, search) in enumerate(systems.items()):
        ranked = {}
        for n, query in enumerate(asked):
            ranked[query.id] = search(query)
            progress(place * len(asked) + n + 1, len(systems) * len(asked), name)
        values[name] = measure({query.id: set(query.positives) for query in asked}, ranked, MEASURES)
    lines = []
    for language in ("all", *LANGUAGES):
        some = [query for query in asked if language in ("all", query.language)]
        if some and (language == "all" or len(some) < len(asked)):
            lines += [_line(name, language, some, values) for name in systems]
    return lines


def to_text(given: OutsideSet, lines: Iterable[Line]) -> str:
    """Return the comparison as a Markdown table; a star where Ponte differs from a system beyond noise."""
    left = f", {given.left_out} documents left out" if given.left_out else ""
    count = sum(bool(query.positives) for query in given.queries)
    rows = [
        f"{given.name}: {len(given.documents)} documents{left}, {count} queries.",
        "",
        f"| queries | system | {' | '.join(MEASURES)} |",
        "| --- | --- |" + " --- |" * len(MEASURES),
    ]
    for line in lines:
        cells = [
            f"{v['value']:.3f} [{v['low']:.2f}, {v['high']:.2f}]{'*' if line.p[name] < 0.05 else ''}"
            for name, v in line.values.items()
        ]
        rows.append(f"| {line.language} | {line.system} | {' | '.join(cells)} |")
    return "\n".join([*rows, "", "\\* differs from Ponte beyond noise (paired permutation test, p < 0.05)."])


def _line(
    name: str,
    language: str,
    queries: Sequence[Query],
    values: Mapping[str, Mapping[tuple[str, str], float]],
) -> Line:
    clusters = [min(query.positives) for query in queries]
    found, p = {}, {}
    for measured in MEASURES:
        mine = [values[name][query.id, measured] for query in queries]
        best = [values["Ponte"][query.id, measured] for query in queries]
        found[measured] = asdict(mean(mine, clusters))
        p[measured] = permutation([a - b for a, b in zip(mine, best, strict=True)], clusters)
    return Line(name, language, found, p)


def _systems(library: "Library", given: OutsideSet) -> dict[str, Search]:
    from bot.retrieve import Retriever

    words, retriever = _bm25(given), Retriever(library.store, library.embedder)

    def dense(query: Query) -> Sequence[str]:
        vector = library.embedder.queries([tidy(query.text)])[0]
        found = [pair for language in LANGUAGES for pair in library.store.dense(vector, language, _PASSAGES)]
        return _documents(key.split(":", 1)[0] for key, _ in sorted(found, key=lambda pair: -pair[1]))

    def fused(query: Query) -> Sequence[str]:
        scores: dict[str, float] = defaultdict(float)
        for ranked in (words(query), dense(query)):
            for place, name in enumerate(ranked, start=1):
                scores[name] += 1 / (_RRF + place)
        return sorted(scores, key=lambda name: -scores[name])[:_DEPTH]

    def ponte(query: Query) -> Sequence[str]:
        hits = retriever.search(query.text, query.language, _PASSAGES)
        return _documents(hit.article.id for hit in hits)

    return {
        "BM25": lambda query: words(query)[:_DEPTH],
        "dense": lambda query: dense(query)[:_DEPTH],
        "RRF of both": fused,
        "Ponte": lambda query: ponte(query)[:_DEPTH],
    }


def _bm25(given: OutsideSet) -> Search:
    """Return a plain BM25 of the documents, each analysed in its language; words do not cross."""
    import bm25s

    names = [document.id for document in given.documents]
    index = bm25s.BM25()
    index.index([terms(document.text, document.language) for document in given.documents], show_progress=False)
    known = set(index.vocab_dict)

    def search(query: Query) -> Sequence[str]:
        wanted = [term for term in terms(query.text, query.language) if term in known]
        if not wanted:
            return []
        k = min(_PASSAGES, len(names))
        found, scores = index.retrieve([wanted], k=k, show_progress=False)
        return [names[n] for n, score in zip(found[0], scores[0], strict=True) if score > 0]

    return search


def _documents(names: Iterable[str]) -> list[str]:
    """Return documents by their best passage."""
    return list(dict.fromkeys(names))
