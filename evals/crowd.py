"""What texts in the language of the question cost the right one in the other language. Prints a table.

    python evals/crowd.py DIR [FILE ...] [--out DIR] [--queries N]

DIR holds `corpus.jsonl` {id, lang, text} and `queries.jsonl` {id, lang, text, positives}, as for `ponte eval
retrieval`, with documents in both languages; each FILE has more documents, {id, lang, text} a line. The index begins
with the documents of one language alone and is asked the queries of the other; then documents in the language of the
queries that answer none of them are added, drawn by a fixed seed, up to so many as there are. Its folder is kept
under --out.
"""

import argparse
import random
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bot.evaluate.outside import LANGUAGES, OutsideSet, Query, load_documents, load_set, smaller  # noqa: E402
from bot.evaluate.retrieval import build  # noqa: E402
from bot.library import Library  # noqa: E402
from bot.retrieve import Retriever  # noqa: E402
from index.article import Article  # noqa: E402
from index.build import silent  # noqa: E402

SEED = 20
STEPS = (0, 500, 1000, 2000)
DEPTH = 40
K = 5
Search = Callable[[Query], Sequence[str]]


def recall(queries: Sequence[Query], right: set[str], search: Search) -> float:
    """Return R@5 of the documents in `right` among all that a search finds."""
    return sum(bool(set(search(query)[:K]) & query.positives & right) for query in queries) / len(queries)


def searches(library: Library) -> dict[str, Search]:
    """Return Ponte's search, and one by the embeddings alone."""
    retriever = Retriever(library.store, library.embedder)

    def ponte(query: Query) -> list[str]:
        return list(dict.fromkeys(hit.article.id for hit in retriever.search(query.text, query.language, DEPTH)))

    def dense(query: Query) -> list[str]:
        vector = library.embedder.queries([query.text])[0]
        found = [pair for language in LANGUAGES for pair in library.store.dense(vector, language, DEPTH)]
        return list(dict.fromkeys(key.split(":", 1)[0] for key, _ in sorted(found, key=lambda pair: -pair[1])))

    return {"Ponte": ponte, "embeddings alone": dense}


def crowded(given: OutsideSet, more: Sequence[Article], language: str, out: Path) -> list[str]:
    """Return rows of the table for the queries of one language, whose right document is in the other."""
    own = {document.id for document in given.documents if document.language == language}
    alone = [document for document in given.documents if document.id not in own]
    right = {document.id for document in alone}
    queries = [query for query in given.queries if query.language == language and query.positives & right]
    answering = {name for query in queries for name in query.positives}
    crowd = [one for one in (*given.documents, *more) if one.language == language and one.id not in answering]
    random.Random(SEED).shuffle(crowd)
    rows, first = [], dict[str, float]()
    for step in sorted({min(step, len(crowd)) for step in STEPS} if queries else ()):
        library = build(out, OutsideSet(given.name, (*alone, *crowd[:step]), tuple(queries)), silent)
        try:
            for name, search in searches(library).items():
                found = recall(queries, right, search)
                lost = 100 * (first.setdefault(name, found) - found)
                rows.append(f"| {language} | {name} | {len(alone)} | {step} | {found:.3f} | {lost:+.1f} |")
                print(rows[-1], file=sys.stderr, flush=True)
        finally:
            library.close()
    return rows


def main(arguments: list[str] | None = None) -> int:
    """Run the measurement."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("more", type=Path, nargs="*", metavar="FILE")
    parser.add_argument("--queries", type=int, metavar="N", help="at most so many, evenly spread")
    parser.add_argument("--out", type=Path, default=Path("ponte-eval"), metavar="DIR")
    options = parser.parse_args(arguments)
    given = smaller(load_set(options.folder), options.queries)
    more = [
        replace(document, id=f"more-{n}-{document.id}"[:80])
        for n, file in enumerate(options.more)
        for document in load_documents(file).values()
    ]
    rows = [
        row
        for language in LANGUAGES
        for row in crowded(given, more, language, options.out / f"{given.name}-crowd-{language}")
    ]
    print("| questions | search | right language | distractors | R@5 | lost |\n| --- | --- | --- | --- | --- | --- |")
    print("\n".join(sorted(rows, key=lambda row: row.split(" | ")[:2])))
    return 0


if __name__ == "__main__":
    sys.exit(main())
