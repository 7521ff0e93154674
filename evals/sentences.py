"""Which sentence of the right paragraph answers, against the nearest one and the one that shares most words.

    python evals/sentences.py DIR [--more FILE ...] [--out DIR] [--queries N]

DIR holds `corpus.jsonl` {id, lang, text, para}, a sentence a line, and `queries.jsonl` {id, lang, text, positives,
para}. Each FILE has more queries, {id, lang, text}: one whose id is, after its language, that of a query of the set
(`en-77` and `it-77`) asks for the same sentence. Paragraphs are put together from their sentences; their index is kept
under --out. Prints a table: the share of questions whose sentence is the first, or one of the first three. Half of the
questions, by their paragraph, are told apart, so that one can be tuned on.
"""

import argparse
import hashlib
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bot.evaluate.outside import OutsideSet, rows  # noqa: E402
from bot.evaluate.retrieval import build  # noqa: E402
from bot.evidence.weigh import weigh  # noqa: E402
from bot.library import Library  # noqa: E402
from bot.question.asking import Asked  # noqa: E402
from bot.retrieve import Retriever  # noqa: E402
from index.analysis import terms, tidy  # noqa: E402
from index.article import Article, slug  # noqa: E402
from index.build import silent  # noqa: E402

DEPTH = 16
NAMES = ("Ponte", "nearest", "most shared words")
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Case:
    """A question, its paragraph, and the span of the sentence there that answers it."""

    id: str
    language: str
    text: str
    paragraph: Article
    answer: Span

    @property
    def half(self) -> int:
        """0 or 1; all questions of a paragraph are in one."""
        return hashlib.sha256(self.paragraph.id.encode()).digest()[0] % 2


def cases(folder: Path, more: Sequence[Path]) -> list[Case]:
    """Return the questions of a set, and those of other files that ask for the same."""
    spans: dict[str, tuple[str, Span]] = {}
    texts: dict[str, str] = {}
    languages: dict[str, str] = {}
    for _, row in rows(folder / "corpus.jsonl"):
        before = texts.get(row["para"], "")
        start = len(before) + bool(before)
        texts[row["para"]] = f"{before} {row['text']}" if before else row["text"]
        spans[row["id"]] = (row["para"], (start, start + len(row["text"])))
        languages[row["para"]] = row["lang"]
    paragraphs = {
        name: Article(slug(name), name, languages[name], None, None, (), (), text) for name, text in texts.items()
    }
    asked = {row["id"].split("-", 1)[-1]: row for _, row in rows(folder / "queries.jsonl")}
    others = [row for file in more for _, row in rows(file) if row["id"].split("-", 1)[-1] in asked]
    found = {}
    for row in (*asked.values(), *others):
        paragraph, span = spans[asked[row["id"].split("-", 1)[-1]]["positives"][0]]
        found.setdefault(row["id"], Case(row["id"], row["lang"], row["text"], paragraphs[paragraph], span))
    return list(found.values())


def ranked(library: Library, case: Case) -> dict[str, list[Span]]:
    """Return the sentences of the paragraph by each way of choosing, best first."""
    asked = Asked(case.text, case.text, case.language)
    hits = Retriever(library.store, library.embedder).search(case.text, case.language, DEPTH, {case.paragraph.id})
    if not hits:
        return dict.fromkeys(NAMES, [])
    said = weigh(library.store, library.embedder, asked, hits).sentences
    vector = library.embedder.queries([tidy(case.text)])[0]
    vectors = library.store.sentence_vectors(hit.passage.key for hit in hits)
    cosines = {
        span: float(cosine)
        for hit in hits
        for span, cosine in zip(hit.passage.chunk.sentences, vectors[hit.passage.key] @ vector, strict=True)
    }
    target = hits[0].passage.chunk.language
    units = library.store.words().carrier().units(case.text, case.language, target)
    forms = [{term for way in unit.ways for slot in way.slots for term in slot} for unit in units]
    held = {span: set(terms(case.paragraph.text[slice(*span)], target)) for span in cosines}
    shared = {span: sum(not words.isdisjoint(some) for some in forms) for span, words in held.items()}
    return {
        "Ponte": list(dict.fromkeys((one.start, one.end) for one in said)),
        "nearest": sorted(cosines, key=lambda span: -cosines[span]),
        "most shared words": sorted(shared, key=lambda span: (-shared[span], span)),
    }


def right(spans: Sequence[Span], answer: Span) -> bool:
    """Say whether one of the spans holds at least half of the sentence that answers."""
    return any(min(end, answer[1]) - max(start, answer[0]) >= (answer[1] - answer[0]) / 2 for start, end in spans)


def table(found: Sequence[tuple[Case, Mapping[str, Sequence[Span]]]]) -> str:
    """Return the table as Markdown."""
    lines = [f"| question, half | questions | {' | '.join(NAMES)} |", "| --- | --- |" + " --- |" * len(NAMES)]
    for language in dict.fromkeys(case.language for case, _ in found):
        for name, halves in (("all", (0, 1)), ("first", (0,)), ("second", (1,))):
            some = [one for one in found if one[0].language == language and one[0].half in halves]
            cells = (
                " / ".join(_share([right(ways[way][:k], case.answer) for case, ways in some]) for k in (1, 3))
                for way in NAMES
            )
            lines.append(f"| {language}, {name} | {len(some)} | {' | '.join(cells)} |")
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> int:
    """Run the measurement."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--more", type=Path, nargs="+", default=[], metavar="FILE")
    parser.add_argument("--queries", type=int, metavar="N", help="at most so many")
    parser.add_argument("--out", type=Path, default=Path("ponte-eval"), metavar="DIR")
    options = parser.parse_args(arguments)
    asked = cases(options.folder, options.more)[: options.queries]
    paragraphs = {case.paragraph.id: case.paragraph for case in asked}
    name = options.folder.resolve().name
    library = build(options.out / f"{name}-index", OutsideSet(name, tuple(paragraphs.values()), ()), silent)
    try:
        print(table([(case, ranked(library, case)) for case in asked]))
    finally:
        library.close()
    return 0


def _share(values: Sequence[bool]) -> str:
    return f"{sum(values) / len(values):.3f}" if values else "–"


if __name__ == "__main__":
    sys.exit(main())
