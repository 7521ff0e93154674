"""Whether the probability that the hits answer is one: a set in which some questions have no answer. Prints tables.

    python evals/abstain.py DIR [--out DIR] [--queries N] [--bins]

DIR holds `corpus.jsonl` {id, lang, text} and `queries.jsonl` {id, lang, text, positives}, as for `ponte eval
retrieval`; queries without positives have no answer there. By the language of the question: AUROC, over-abstention and
hallucination at the shipped threshold; with --bins the reliability curve of all. The index is kept under --out.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bot.evaluate.calibration import calibrated  # noqa: E402
from bot.evaluate.outside import LANGUAGES, OutsideSet, Query, load_set  # noqa: E402
from bot.evaluate.retrieval import build  # noqa: E402
from bot.evidence.silence import THRESHOLD  # noqa: E402
from bot.evidence.weigh import weigh  # noqa: E402
from bot.library import Library  # noqa: E402
from bot.question.asking import Asked  # noqa: E402
from bot.retrieve import Retriever, with_copies  # noqa: E402
from index.build import silent  # noqa: E402

DEPTH = 16
Judged = tuple[Query, float]
"""A query, and the probability that the hits answer it."""


def judged(library: Library, queries: Sequence[Query]) -> list[Judged]:
    """Ask every query, as the bot does that follows no conversation."""
    retriever = Retriever(library.store, library.embedder)
    found = []
    for query in queries:
        hits = with_copies(retriever.search(query.text, query.language, DEPTH))
        asked = Asked(query.text, query.text, query.language)
        found.append((query, weigh(library.store, library.embedder, asked, hits).probability if hits else 0.0))
    return found


def table(given: OutsideSet, found: Sequence[Judged]) -> str:
    """Return the figures at the shipped threshold as Markdown."""
    texts = ", ".join(sorted({document.language for document in given.documents}))
    lines = [
        f"| question, texts ({given.name}) | answered | without | AUROC | over-abstention | hallucination | ECE |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for language in LANGUAGES:
        known = [(probability, bool(query.positives)) for query, probability in found if query.language == language]
        yes, no = ([p for p, answered in known if answered is wanted] for wanted in (True, False))
        if yes and no:
            told = calibrated(known)
            over = sum(p < THRESHOLD for p in yes) / len(yes)
            wrong = sum(p >= THRESHOLD for p in no) / len(no)
            lines.append(
                f"| {language}, {texts} | {len(yes)} | {len(no)} | {told['auroc']:.3f} | {over:.3f} | {wrong:.3f} "
                f"| {told['ece']:.3f} |"
            )
    return "\n".join(lines)


def curve(found: Sequence[Judged]) -> str:
    """Return the reliability curve as Markdown."""
    told = calibrated([(probability, bool(query.positives)) for query, probability in found])
    lines = ["| said | questions | said on average | really answered |", "| --- | --- | --- | --- |"]
    for one in told.get("bins", ()):
        cells = f"{one['confidence']:.2f} | {one['answerable']:.2f}" if one["n"] else "– | –"
        lines.append(f"| {one['low']:.1f}–{one['high']:.1f} | {one['n']} | {cells} |")
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> int:
    """Run the measurement."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--bins", action="store_true", help="print the reliability curve as well")
    parser.add_argument("--queries", type=int, metavar="N", help="at most so many, evenly spread")
    parser.add_argument("--out", type=Path, default=Path("ponte-eval"), metavar="DIR")
    options = parser.parse_args(arguments)
    given = load_set(options.folder)
    step = max(1, len(given.queries) // options.queries) if options.queries else 1
    library = build(options.out / f"{given.name}-index", given, silent)
    try:
        found = judged(library, given.queries[::step])
    finally:
        library.close()
    print(table(given, found))
    if options.bins:
        print(f"\n{curve(found)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
