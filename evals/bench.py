"""Ponte against the same work done the tutorial way, in one run: `make bench`, or `python evals/bench.py --help`.

The tutorial: LangChain's loader, recursive splitter (1,000 characters, 200 of overlap), Chroma with the same embedder
and `similarity_search`; and the ensemble retriever (weights .5) with BM25 beside it. The questions are those of
`evals/dossier.jsonl` that can be answered; a passage is right if it holds at least half of a quote that is evidence.
Every system has an embedder of its own, so that none finds the questions embedded already.
"""

import argparse
import statistics
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot import dossier
from bot.evaluate.questions import Item, load
from bot.library import Library
from bot.retrieve import Retriever
from bot.settings import Settings
from index.article import Article
from index.embed import EmbeddedEmbeddings

warnings.filterwarnings("ignore", category=DeprecationWarning)

DEPTH = 10
Span = tuple[str, int, int]
Search = Callable[[Item], list[Span]]


@dataclass(frozen=True, slots=True)
class System:
    """A retriever under test: its name, the seconds that building it took, and how it searches."""

    name: str
    built: float
    search: Search


@dataclass(frozen=True, slots=True)
class Result:
    """What one system did: shares of questions, 0 to 1, and milliseconds."""

    name: str
    built: float
    p50: float
    p95: float
    first: dict[str, float]
    five: dict[str, float]
    other: dict[str, float]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the comparison and print its tables as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--questions", type=Path, default=Path(__file__).with_name("dossier.jsonl"))
    parser.add_argument("--limit", type=int, help="only so many questions, evenly spread")
    options = parser.parse_args(arguments)
    items = [item for item in load([options.questions]) if item.answerable and not item.follows]
    if options.limit:
        items = items[:: max(1, len(items) // options.limit)]
    articles = {article.id: article for _, article in dossier.articles()}
    with tempfile.TemporaryDirectory() as folder:
        systems = [_ponte(articles, Path(folder) / "ponte"), *_tutorial(articles, Path(folder) / "tutorial")]
        results = [_measure(system, items, articles) for system in systems]
        print(_table(results, len(items)))
    return 0


def _ponte(articles: dict[str, Article], folder: Path) -> System:
    """Index with Ponte; every vector is made here, those that travel with the dossier are not used."""
    settings = Settings(home=folder)
    library = Library(folder, settings, create=True)
    library.embedder = _embedder()
    start = time.perf_counter()
    library.add(*articles.values())
    built = time.perf_counter() - start
    library.warm()
    retriever = Retriever(library.store, library.embedder)

    def search(item: Item) -> list[Span]:
        hits = retriever.search(item.question, item.language, DEPTH)
        return [(hit.article.id, hit.passage.chunk.start, hit.passage.chunk.end) for hit in hits]

    return System("Ponte", built, search)


def _tutorial(articles: dict[str, Article], folder: Path) -> list[System]:
    """Index as the tutorials do; the loader reads the same cleaned texts from files."""
    from langchain_chroma import Chroma
    from langchain_classic.retrievers import EnsembleRetriever
    from langchain_community.document_loaders import DirectoryLoader, TextLoader
    from langchain_community.retrievers import BM25Retriever
    from langchain_core.documents import Document
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    embedder, another = _embedder(), _embedder()
    folder.mkdir()
    for article in articles.values():
        (folder / f"{article.id}.txt").write_text(article.text, encoding="utf-8")
    start = time.perf_counter()
    loaded = DirectoryLoader(
        str(folder), glob="*.txt", loader_cls=TextLoader, loader_kwargs={"encoding": "utf-8"}
    ).load()
    pieces = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200, add_start_index=True).split_documents(
        loaded
    )
    store = Chroma.from_documents(pieces, embedder, persist_directory=str(folder / "chroma"))
    dense = time.perf_counter() - start
    start = time.perf_counter()
    words = BM25Retriever.from_documents(pieces, k=DEPTH)
    again = Chroma(embedding_function=another, persist_directory=str(folder / "chroma"))
    meaning = again.as_retriever(search_kwargs={"k": DEPTH})
    both = EnsembleRetriever(retrievers=[words, meaning], weights=[0.5, 0.5], id_key=None)
    ensemble = dense + time.perf_counter() - start

    def spans(documents: list[Document]) -> list[Span]:
        places = [(Path(d.metadata["source"]).stem, int(d.metadata["start_index"]), d.page_content) for d in documents]
        return [(name, at, at + len(text)) for name, at, text in places[:DEPTH]]

    return [
        System("similarity_search", dense, lambda item: spans(store.similarity_search(item.question, k=DEPTH))),
        System("ensemble with BM25", ensemble, lambda item: spans(both.invoke(item.question))),
    ]


def _embedder() -> EmbeddedEmbeddings:
    embedder = EmbeddedEmbeddings()
    embedder.load()
    return embedder


def _measure(system: System, items: Sequence[Item], articles: dict[str, Article]) -> Result:
    system.search(items[0])
    took, ranks = [], []
    for item in items:
        start = time.perf_counter()
        found = system.search(item)
        took.append(1000 * (time.perf_counter() - start))
        ranks.append((item, found))
    took.sort()

    def share(language: str, k: int, foreign: bool | None = None) -> float:
        asked = [(item, found) for item, found in ranks if item.language == language]
        return statistics.fmean(_right(item, found[:k], articles, foreign) for item, found in asked)

    return Result(
        system.name,
        system.built,
        statistics.median(took),
        took[int(0.95 * len(took))],
        {language: share(language, 1) for language in ("it", "en")},
        {language: share(language, 5) for language in ("it", "en")},
        {language: share(language, DEPTH, True) for language in ("it", "en")},
    )


def _right(item: Item, found: Sequence[Span], articles: dict[str, Article], foreign: bool | None) -> bool:
    """Say whether one of the spans holds at least half of a quote that is evidence, in the other language if asked."""
    for evidence in item.evidence:
        article = articles[evidence.article_id]
        if foreign and article.language == item.language:
            continue
        at = article.text.index(evidence.quote)
        end = at + len(evidence.quote)
        for name, start, stop in found:
            if name == article.id and min(end, stop) - max(at, start) >= len(evidence.quote) / 2:
                return True
    return False


def _table(results: Sequence[Result], count: int) -> str:
    ponte = results[0]
    lines = [
        f"{count} questions, ten passages each. Ratios are to Ponte; above 1 is slower.",
        "",
        "| | indexing | question p50 | R@1 it / en | R@5 it / en | R@10, other language it / en | p50, p95 (ms) |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for one in results:
        shares = " | ".join(f"{part['it']:.3f} / {part['en']:.3f}" for part in (one.first, one.five, one.other))
        lines.append(
            f"| {one.name} | {one.built / ponte.built:.2f} ({one.built:.0f} s) | {one.p50 / ponte.p50:.2f} | {shares}"
            f" | {one.p50:.0f}, {one.p95:.0f} |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
