"""Questions with what is found for them, for the programs that fit: to the dossier that ships, and to other sets.

Knows what may be fitted on: of `evals/dossier.jsonl` the tuned part, never the third that is held out; of
`evals/silence.jsonl`, which was made for this, all; of a set from elsewhere half of its documents.
"""

import argparse
import hashlib
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from bot.chat import Bot
from bot.datamodels import Hit
from bot.evaluate.configuration import extractive
from bot.evaluate.gold import Gold, golds
from bot.evaluate.item import Item
from bot.evaluate.outside import Query, load_set
from bot.evaluate.questions import held_out, load, stem
from bot.evaluate.retrieval import build
from bot.library import Library
from bot.question.asking import Asked, read_question
from bot.retrieve import Retriever, with_copies
from index.build import silent

HERE = Path(__file__).parent
FOLDS, DEPTH = 5, 16
ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Posed:
    """A question, and what is found for it.

    Attributes:
        library: where it was searched; closed when the next question comes.
        source: the set that it is of.
        group: keeps both languages of a pair, or all questions of a passage, in one fold.
        grade: of one that is not answered; `ANSWER` for one that is.
        asked: the question.
        hits: at least one, best first.
        about: the question as its set has it.
        facts: spellings of what answers it, case folded, in both languages where the set has both; maybe none.
        gold: where the evidence of a question to the dossier stands; nowhere for one from elsewhere.
    """

    library: Library
    source: str
    group: str
    grade: str
    asked: Asked
    hits: Sequence[Hit]
    about: Item | Query
    facts: tuple[str, ...]
    gold: Gold

    @property
    def fold(self) -> int:
        """The fold that it is in, from 0."""
        return fold_of(self.group)


def parser(description: str | None) -> argparse.ArgumentParser:
    """Return what every program that fits is told: which questions (`gathered` poses them)."""
    made = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("--questions", type=Path, nargs="+", default=[HERE / "dossier.jsonl", HERE / "silence.jsonl"])
    made.add_argument("--bench", type=Path, nargs="*", default=[], help="folders of corpus.jsonl and queries.jsonl")
    made.add_argument("--into", type=Path, help="folder for the indexes of those, kept for the next time")
    made.add_argument("--documents", type=int, help="index only so many of its documents")
    return made


def gathered(options: argparse.Namespace) -> Iterator[Posed]:
    """Yield the questions that the options of a `parser` name."""
    with tempfile.TemporaryDirectory() as folder:
        yield from dossier(options.questions, Path(folder) / "dossier")
        for bench in options.bench:
            yield from outside(bench, (options.into or Path(folder)) / bench.name, options.documents)


def dossier(paths: Sequence[Path], home: Path) -> Iterator[Posed]:
    """Yield the questions to the shipped dossier that may be looked at and follow none."""
    items = [item for item in load(paths) if not held_out(item.id) and not item.follows and item.kind != "summary"]
    facts: dict[str, list[str]] = {}
    for item in items:
        facts.setdefault(stem(item.id), []).extend(fact.casefold() for some in item.answers for fact in some)
    settings = replace(extractive(), home=home)
    Bot.open(settings=settings).close()
    with closing(Library(home, settings)) as library:
        places = golds(items, {article.id: article for article in library.store.articles()})
        for item in items:
            source = "silence.jsonl" if item.id.startswith("more-") else "tuned part"
            grade = ANSWER if item.answerable else item.grade or "absent"
            asked = read_question(item.question, None, "it", settings.max_question)
            yield from _posed(library, source, stem(item.id), grade, asked, item, facts[stem(item.id)], places[item.id])


def outside(folder: Path, home: Path, documents: int | None) -> Iterator[Posed]:
    """Yield the questions of a set from elsewhere that may be fitted on.

    Args:
        folder: of `corpus.jsonl` and `queries.jsonl`.
        home: of the index, made where it is not there.
        documents: how many are indexed, all if None; what is asked of the others is left out.
    """
    given = load_set(folder)
    given = replace(given, documents=given.documents[:documents])
    with closing(build(home, given, silent)) as library:
        known = {article.id for article in given.documents}
        for query in given.queries:
            group = min(query.positives, default=query.id)
            if query.positives and not query.positives & known or kept_out(group):
                continue
            asked = Asked(query.text, query.text, query.language)
            grade, facts = ANSWER if query.positives else "absent", [answer.casefold() for answer in query.answers]
            yield from _posed(library, given.name, group, grade, asked, query, facts, Gold())


def kept_out(group: str) -> bool:
    """Say whether questions from elsewhere are left for the figures: those of every other document, by its hash."""
    return hashlib.sha256(f"half {group}".encode()).digest()[0] % 2 == 1


def fold_of(group: str) -> int:
    """Return the fold of a group, from 0."""
    return int(hashlib.sha256(group.encode()).hexdigest(), 16) % FOLDS


def _posed(
    library: Library,
    source: str,
    group: str,
    grade: str,
    asked: Asked,
    about: Item | Query,
    facts: Sequence[str],
    gold: Gold,
) -> Iterator[Posed]:
    hits = with_copies(Retriever(library.store, library.embedder).search(asked.text, asked.language, DEPTH, None))
    if hits:
        yield Posed(library, source, group, grade, asked, hits, about, tuple(facts), gold)
