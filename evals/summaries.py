"""Summaries against the obvious ones - lead-n, random, sumy's LexRank - in the same length. Prints Markdown tables.

    python evals/summaries.py                   references in tests/data/summaries, on the dossier that ships
    python evals/summaries.py --lines FILE      one-line references as well: JSON lines of lang, title, text, summary
    python evals/summaries.py --read 10         print so many summaries of each kind, drawn by a fixed seed

Needs rouge-score, sacrebleu and sumy, which `make bench` installs.
"""

import argparse
import json
import random
import statistics
import sys
import tempfile
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bot.chat import Bot  # noqa: E402
from bot.library import Library  # noqa: E402
from bot.summarize.facts import facts  # noqa: E402
from bot.summarize.values import Summary  # noqa: E402
from bot.summarize.wish import wish  # noqa: E402
from index.analysis import fold, terms  # noqa: E402
from index.article import Article  # noqa: E402
from index.sentences import split  # noqa: E402

SEED = 20
DRAWS = 20
COLUMNS = ("ROUGE-L", "chrF", "redundancy", "facts", "words", "valid")
NAMES = {"it": "italian", "en": "english"}
KINDS: dict[str, dict[str, object]] = {
    "One line": {"preset": "line"},
    "100 words": {"words": 100},
    "Points": {"words": 100, "shape": "bullets"},
    "Timeline": {"words": 100, "shape": "timeline"},
    "What the sides say": {"words": 100, "shape": "sides"},
}
Baseline = Callable[[Article, int], list[list[str]]]


class Tokenizer:
    """Sentences and words as Ponte cuts them, in the shapes that sumy and rouge-score ask for."""

    def __init__(self, language: str) -> None:
        self.language = language

    def to_sentences(self, text: str) -> list[str]:
        """Return sentences, for sumy."""
        return sentences(text, self.language)

    def to_words(self, text: str) -> list[str]:
        """Return words, for sumy."""
        return self.tokenize(text)

    def tokenize(self, text: str) -> list[str]:
        """Return folded words, for rouge-score, whose own tokenizer drops accented letters."""
        return "".join(c if c.isalnum() else " " for c in fold(text)).split()


def sentences(text: str, language: str) -> list[str]:
    """Return the sentences of a text."""
    return [" ".join(text[start:end].split()) for start, end in split(text, language)]


def nearest(pieces: list[str], words: int) -> list[str]:
    """Return as many of the first pieces as come nearest to a length; one at least."""
    kept: list[str] = []
    length = 0
    for piece in pieces:
        size = len(piece.split())
        if kept and abs(length + size - words) >= abs(length - words):
            break
        kept.append(piece)
        length += size
    return kept


def lead(article: Article, words: int) -> list[list[str]]:
    """Return the first sentences."""
    return [nearest(sentences(article.text, article.language), words)]


def chance(article: Article, words: int) -> list[list[str]]:
    """Return several drafts of sentences drawn by chance, in reading order."""
    every = sentences(article.text, article.language)
    drafts = []
    for draw in range(DRAWS):
        order = random.Random(f"{SEED}{draw}{article.id}").sample(range(len(every)), len(every))
        count = len(nearest([every[n] for n in order], words))
        drafts.append([every[n] for n in sorted(order[:count])])
    return drafts


def lexrank(article: Article, words: int) -> list[list[str]]:
    """Return the sentences that sumy's LexRank chooses, in reading order."""
    from sumy.nlp.stemmers import Stemmer
    from sumy.parsers.plaintext import PlaintextParser
    from sumy.summarizers.lex_rank import LexRankSummarizer
    from sumy.utils import get_stop_words

    name = NAMES[article.language]
    parser = PlaintextParser.from_string(article.text, Tokenizer(article.language))
    summarizer = LexRankSummarizer(Stemmer(name))
    summarizer.stop_words = get_stop_words(name)
    drafts = [[str(s) for s in summarizer(parser.document, n)] for n in range(1, 12)]
    return [min(drafts, key=lambda draft: abs(len(" ".join(draft).split()) - words))]


BASELINES: dict[str, Baseline] = {"lead-n": lead, "random": chance, "LexRank (sumy)": lexrank}


def redundancy(said: list[str], language: str) -> float:
    """Return, on average, the greatest share of a sentence's terms that another one holds as well."""
    sets = [set(terms(text, language)) for text in said]
    shares = [
        max((len(one & other) / len(one) for m, other in enumerate(sets) if m != n), default=0.0)
        for n, one in enumerate(sets)
        if one
    ]
    return statistics.mean(shares) if shares else 0.0


def measure(said: list[str], reference: str, article: Article) -> dict[str, float]:
    """Return the figures of a summary."""
    from rouge_score.rouge_scorer import RougeScorer
    from sacrebleu.metrics import CHRF

    text, language = " ".join(said), article.language
    scorer = RougeScorer(["rougeL"], tokenizer=Tokenizer(language))
    every = {fact for piece in sentences(article.text, language) for fact in facts(piece, language).all}
    held = {fact for piece in said for fact in facts(piece, language).all}
    return {
        "ROUGE-L": 100 * scorer.score(reference, text)["rougeL"].fmeasure,
        "chrF": CHRF().sentence_score(text, [reference]).score,
        "redundancy": 100 * redundancy(said, language),
        "facts": 100 * len(held & every) / max(1, len(every)),
        "words": len(text.split()),
    }


def mean(rows: list[dict[str, float]]) -> dict[str, float]:
    """Return the means of figures."""
    return {key: statistics.mean(row[key] for row in rows) for key in rows[0]}


def valid(summary: Summary, bot: Bot) -> float:
    """Return the share of citations, in per cent, that are their articles' very words."""
    right = [bot.article(c.article_id).text[c.start : c.end] == c.quote for c in summary.citations]
    return 100 * sum(right) / len(right)


def compare(bot: Bot, pairs: list[tuple[Article, str]], **how: object) -> dict[tuple[str, str], list[dict[str, float]]]:
    """Return the figures of every summary, by language and by who made it."""
    rows: dict[tuple[str, str], list[dict[str, float]]] = defaultdict(list)
    for article, reference in pairs:
        summary = bot.summarize(wish(articles=(article.id,), language=article.language, **how))
        said = [statement.text for statement in summary.statements]
        ours = measure(said, reference, article) | {"valid": valid(summary, bot)}
        rows[article.language, "Ponte"].append(ours)
        for name, make in BASELINES.items():
            words = 1 if how.get("preset") == "line" else summary.words
            drafts = [measure(draft, reference, article) for draft in make(article, words)]
            rows[article.language, name].append(mean(drafts))
    return rows


def show(rows: dict[tuple[str, str], list[dict[str, float]]]) -> None:
    """Print a table for each language."""
    for language in sorted({language for language, _ in rows}):
        found = {name: mean(values) for (code, name), values in rows.items() if code == language}
        print(f"\n{language}, {len(rows[language, 'Ponte'])} references\n")
        print(f"| | {' | '.join(COLUMNS)} |\n|---{'|---:' * len(COLUMNS)}|")
        for name, means in found.items():
            print(f"| {name} | {' | '.join(f'{means[c]:.1f}' if c in means else '' for c in COLUMNS)} |")


def lines(path: Path, count: int) -> Iterator[tuple[Article, str]]:
    """Yield articles with one-line references, drawn by a fixed seed, the same number from each language.

    Only of the half whose ids have an odd checksum: on the other the weights of a single sentence were chosen.
    """
    every = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for language in ("it", "en"):
        fit = [r for r in every if r["lang"] == language and len(sentences(r["text"], language)) >= 4]
        held = [r for r in fit if zlib.crc32(r["id"].encode()) % 2]
        news = [r for r in held if r["src"].endswith("headline")]
        drawn = random.Random(SEED).sample(news, min(count // 2, len(news)))
        rest = [r for r in held if r not in news]
        drawn += random.Random(SEED).sample(rest, min(count - len(drawn), len(rest)))
        for n, row in enumerate(drawn):
            # A headline is its article's title: it is left out. A page's title is not what it is described with.
            title = row.get("title") or ""
            yield Article(f"{language}-{n}", title, language, None, None, (), (), row["text"]), row["summary"]


def aloud(bot: Bot, count: int) -> None:
    """Print as many summaries of each kind, half of them in each language, of articles drawn by a fixed seed."""
    for name, how in KINDS.items():
        print(f"\n## {name}")
        for language in ("it", "en"):
            fit = [article.id for article in bot.articles() if article.language == language]
            for article_id in random.Random(f"{SEED}{name}{language}").sample(fit, count // 2):
                summary = bot.summarize(wish(articles=(article_id,), language=language, **how))
                print(f"\n**{article_id}**, {summary.words} words\n\n{_folded(summary.text)}")


def _folded(text: str) -> str:
    """Return a summary's text as Markdown in which its markers are no links."""
    return text.replace("[", "\\[")


def main() -> None:
    """Run what the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lines", type=Path, help="one-line references")
    parser.add_argument("--count", type=int, default=60, help="how many of them from each language")
    parser.add_argument("--read", type=int, help="print this many summaries of each kind and stop")
    options = parser.parse_args()
    with Bot.open() as bot:
        if options.read:
            return aloud(bot, options.read)
        text = (ROOT / "tests/data/summaries/references.jsonl").read_text(encoding="utf-8")
        pairs = [(bot.article(r["article"]), r["summary"]) for r in map(json.loads, text.splitlines())]
        show(compare(bot, pairs, words=100))
    if options.lines:
        pairs = list(lines(options.lines, options.count))
        with tempfile.TemporaryDirectory() as folder:
            library = Library(Path(folder), create=True)
            library.add(*(article for article, _ in pairs))
            show(compare(Bot(library), pairs, preset="line"))
            library.close()


if __name__ == "__main__":
    main()
