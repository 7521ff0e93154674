"""How long a search takes in a large index: the questions that ship, over made-up articles. Prints a Markdown table.

    python evals/speed.py                             10,000 passages
    python evals/speed.py --passages 100000 --keep DIR    the index is kept in DIR and found there the next time

The articles are made up, their statistics are not: the words are those of the shipped dossier and of the lexicon, by
Zipf's law and in topics; the vectors scatter about the dossier's own, as far as those scatter themselves. Embedding
the question is part of every search, no question is remembered. Wall time counts what else the machine does, processor
time does not; both are told, of all searches of all rounds.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bot import dossier  # noqa: E402
from bot.evaluate.questions import load  # noqa: E402
from bot.retrieve import Retriever  # noqa: E402
from index.analysis import terms  # noqa: E402
from index.article import Article  # noqa: E402
from index.build import version, writing  # noqa: E402
from index.chunk import Chunk  # noqa: E402
from index.embed import EmbeddedEmbeddings  # noqa: E402
from index.lexicon import lexicon  # noqa: E402
from index.passage import Encoded  # noqa: E402
from index.store import LANGUAGES, Store  # noqa: E402

SEED = 20
PASSAGES_OF_ARTICLE, SENTENCES_OF_PASSAGE, WORDS_OF_SENTENCE = 8, 5, 22
TOPIC_WORDS, TOPICAL = 150, 0.4
STEPS = 4096
_PROGRESS = 10_000

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Source:
    """What made-up texts of a language are drawn from.

    Attributes:
        words: by how often they are drawn, the most frequent first.
        odds: cumulated, of the words.
        vectors: (texts, dimension), of real texts.
        scatter: (steps, dimension), steps away from a text as they lead from one real text to another.
    """

    words: NDArray[np.str_]
    odds: NDArray[np.float64]
    vectors: Floats
    scatter: Floats


class Forgetful:
    """The embedder without its memory of questions, so that each costs what a new one costs."""

    def __init__(self, embedder: EmbeddedEmbeddings) -> None:
        self.model_id, self.dimension, self._embedder = embedder.model_id, embedder.dimension, embedder
        self._engine = embedder.load()

    def passages(self, texts: list[str]) -> Floats:
        """Embed texts that are to be found."""
        return self._embedder.passages(texts)

    def queries(self, texts: list[str]) -> Floats:
        """Embed texts that are to find."""
        return self._engine.embed(texts, "query: ")


def main(arguments: list[str] | None = None) -> int:
    """Run the measurement."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--passages", type=int, default=10_000, help="half of them Italian, half English")
    parser.add_argument("--rounds", type=int, default=3, help="how often each question is asked")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="make the index here, or use the one that is")
    options = parser.parse_args(arguments)
    embedder = Forgetful(EmbeddedEmbeddings())
    with tempfile.TemporaryDirectory() as temporary:
        folder = (options.keep or Path(temporary)) / f"{options.passages}-passages"
        made = Store.exists(folder)
        store = Store(folder, embedder)
        try:
            if not made:
                build(store, embedder, options.passages)
            print(report(store, embedder, options.rounds))
        finally:
            store.close()
    return 0


def build(store: Store, embedder: Forgetful, passages: int) -> None:
    """Fill an index with made-up articles, in the order of real writing: the catalog first, Chroma from it."""
    draw = np.random.default_rng(SEED)
    sources = {language: _source(language, embedder) for language in LANGUAGES}
    started = time.perf_counter()
    for n in range(passages // PASSAGES_OF_ARTICLE):
        language = LANGUAGES[n % len(LANGUAGES)]
        article, encoded = _article(n, language, sources[language], draw)
        store.catalog.put(article, version(article, embedder.model_id), "made up", encoded)
        if n * PASSAGES_OF_ARTICLE % _PROGRESS == 0:
            print(f"{n * PASSAGES_OF_ARTICLE} of {passages} passages", file=sys.stderr, flush=True)
    with writing(store, embedder):
        print(f"vectors and words after {time.perf_counter() - started:.0f} s", file=sys.stderr, flush=True)
    print(f"made in {time.perf_counter() - started:.0f} s", file=sys.stderr, flush=True)


def report(store: Store, embedder: Forgetful, rounds: int) -> str:
    """Return the table of how long searches took, in milliseconds."""
    retriever = Retriever(store, embedder)
    questions = [(item.question, item.language) for item in load([Path(__file__).with_name("dossier.jsonl")])]
    for question, language in questions[:40]:
        retriever.search(question, language, 16)
    wall, processor, embedding = [], [], []
    for _ in range(rounds):
        for question, language in questions:
            before = time.perf_counter(), time.process_time()
            retriever.search(question, language, 16)
            wall.append(time.perf_counter() - before[0])
            processor.append(time.process_time() - before[1])
            at = time.perf_counter()
            embedder.queries([question])
            embedding.append(time.perf_counter() - at)
    counts = store.catalog.counts()
    lines = [
        f"{sum(counts.values())} passages ({', '.join(f'{n} {language}' for language, n in counts.items())}), "
        f"{len(questions)} questions, {rounds} rounds; milliseconds.",
        "",
        "| | p50 | p95 | best round's p50 | best round's p95 |",
        "| --- | --- | --- | --- | --- |",
        _line("a search, wall time", wall, rounds),
        _line("a search, processor time", processor, rounds),
        _line("of it embedding, wall time", embedding, rounds),
    ]
    return "\n".join(lines)


def _line(name: str, seconds: Sequence[float], rounds: int) -> str:
    size = len(seconds) // rounds
    parts = [seconds[n * size : (n + 1) * size] for n in range(rounds)]
    cells = (_at(seconds, 0.5), _at(seconds, 0.95), min(_at(p, 0.5) for p in parts), min(_at(p, 0.95) for p in parts))
    return f"| {name} | " + " | ".join(f"{cell:.1f}" for cell in cells) + " |"


def _at(seconds: Sequence[float], share: float) -> float:
    return 1000 * (statistics.median(seconds) if share == 0.5 else sorted(seconds)[int(share * len(seconds))])


def _source(language: str, embedder: Forgetful) -> Source:
    """Gather the words and the vectors of the shipped articles of a language."""
    texts = [article.text for _, article in dossier.articles() if article.language == language]
    counted = Counter(word for text in texts for word in text.split())
    words = [word for word, _ in counted.most_common()]
    known = set(terms(" ".join(words), language))
    rare = [word for word in lexicon().tables[language].words if word not in known and word.isalpha()]
    order = np.random.default_rng(SEED).permutation(len(rare))
    words += [rare[n] for n in order]
    odds = np.cumsum(1 / (np.arange(len(words)) + 2.7))
    paragraphs = [part for text in texts for part in text.split("\n\n") if len(part) > 80]
    vectors = embedder.passages(paragraphs)
    middle = vectors - vectors.mean(axis=0)
    values, directions = np.linalg.eigh(middle.T @ middle / len(middle))
    root = (directions * np.sqrt(values.clip(0))).T.astype(np.float32)
    steps = np.random.default_rng(SEED).standard_normal((STEPS, len(root))).astype(np.float32)
    return Source(np.array(words), odds / odds[-1], vectors, steps @ root)


def _article(n: int, language: str, source: Source, draw: np.random.Generator) -> tuple[Article, list[Encoded]]:
    topic = np.unique(np.searchsorted(source.odds, draw.random(4 * TOPIC_WORDS)))[-TOPIC_WORDS:]
    home = source.vectors[draw.integers(len(source.vectors))]
    sentences = list(_sentences(source, topic, draw))
    text, spans = "", []
    for place, sentence in enumerate(sentences):
        text += "" if not place else " " if place % SENTENCES_OF_PASSAGE else "\n\n"
        spans.append((len(text), len(text) + len(sentence)))
        text += sentence
    article = Article(f"made-{n}-{language}", f"Made up {n}", language, None, None, (), (), text)
    encoded = []
    for place in range(PASSAGES_OF_ARTICLE):
        inside = tuple(spans[place * SENTENCES_OF_PASSAGE : (place + 1) * SENTENCES_OF_PASSAGE])
        middle = _near(home[None], source, 0.6, draw)
        near = _near(np.repeat(middle, len(inside), axis=0), source, 0.6, draw)
        encoded.append(
            Encoded(Chunk(article.id, place, inside[0][0], inside[-1][1], language, inside), middle[0], near)
        )
    return article, encoded


def _sentences(source: Source, topic: NDArray[np.int64], draw: np.random.Generator) -> Iterator[str]:
    for _ in range(PASSAGES_OF_ARTICLE * SENTENCES_OF_PASSAGE):
        size = max(4, int(draw.normal(WORDS_OF_SENTENCE, 8)))
        picked = np.searchsorted(source.odds, draw.random(size))
        topical = draw.random(size) < TOPICAL
        picked[topical] = topic[draw.integers(len(topic), size=int(topical.sum()))]
        yield " ".join(source.words[picked]).capitalize().rstrip(".,;:") + "."


def _near(vectors: Floats, source: Source, share: float, draw: np.random.Generator) -> Floats:
    """Return unit vectors that scatter about others, by a share of how far real ones scatter."""
    steps = (
        source.scatter[draw.integers(STEPS, size=len(vectors))]
        + source.scatter[draw.integers(STEPS, size=len(vectors))]
    )
    moved = vectors + np.float32(share / np.sqrt(2)) * steps
    return np.asarray(moved / np.linalg.norm(moved, axis=1, keepdims=True), np.float32)


if __name__ == "__main__":
    sys.exit(main())
