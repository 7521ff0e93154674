"""What careless writing costs a search: the Italian questions of a set, each written as people write. Prints a table.

    python evals/robust.py DIR [--out DIR] [--queries N]

DIR holds `corpus.jsonl` {id, lang, text} and `queries.jsonl` {id, lang, text, positives}, as for `ponte eval
retrieval`; its index is kept under --out. Typing errors are drawn by a fixed seed.
"""

import argparse
import random
import re
import sys
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bot.evaluate.outside import Query, load_set, smaller  # noqa: E402
from bot.evaluate.retrieval import build  # noqa: E402
from bot.retrieve import Retriever  # noqa: E402
from index.build import silent  # noqa: E402

SEED = 20
DEPTH = 40
_LETTERS = "abcdefghilmnopqrstuvz"
_LONG = re.compile(r"[^\W\d_]{8,}")


def bare(text: str, _: random.Random) -> str:
    """Drop the accents: perche, citta."""
    return "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))


def apostrophes_for_accents(text: str, _: random.Random) -> str:
    """Write a final accent as an apostrophe: perche', e', citta'."""
    marked = re.sub(r"([àèéìòùÀÈÉÌÒÙ])(?!\w)", lambda found: bare(found[1], random.Random()) + "'", text)
    return bare(marked, random.Random())


def typographic(text: str, _: random.Random) -> str:
    """Write apostrophes as typographers do."""
    return text.replace("'", "\u2019")


def straight(text: str, _: random.Random) -> str:
    """Write apostrophes as typewriters do."""
    return text.replace("\u2019", "'")


def apart(text: str, _: random.Random) -> str:
    """Put a space behind each elision: l' accordo, dell' Unione."""
    return re.sub(r"(\w['\u2019])\s*(?=\w)", r"\1 ", text)


def joined(text: str, _: random.Random) -> str:
    """Leave no space behind an elision: l'accordo, dell'Unione."""
    return re.sub(r"(\w['\u2019])\s+(?=\w)", r"\1", text)


def lower(text: str, _: random.Random) -> str:
    """Write all in lower case."""
    return text.lower()


def upper(text: str, _: random.Random) -> str:
    """Write all in capitals."""
    return text.upper()


def spaced(text: str, _: random.Random) -> str:
    """Put two spaces between words."""
    return "  ".join(text.split())


def typo(text: str, draw: random.Random) -> str:
    """Make one slip of the pen in a long word: a letter left out, doubled, changed, or swapped with the next."""
    words = list(_LONG.finditer(text))
    if not words:
        return text
    word = draw.choice(words)
    at = draw.randrange(1, len(word[0]) - 2)
    head, letter, tail = word[0][:at], word[0][at], word[0][at + 1 :]
    slips = (
        head + tail,
        head + 2 * letter + tail,
        head + draw.choice(_LETTERS) + tail,
        head + tail[0] + letter + tail[1:],
    )
    return text[: word.start()] + draw.choice(slips) + text[word.end() :]


WAYS: dict[str, Callable[[str, random.Random], str]] = {
    "as written": lambda text, _: text,
    "no accents": bare,
    "perche', e'": apostrophes_for_accents,
    "typographic apostrophes": typographic,
    "straight apostrophes": straight,
    "l' accordo": apart,
    "l'accordo": joined,
    "lower case": lower,
    "CAPITALS": upper,
    "double spaces": spaced,
    "one typing error": typo,
}


def written(queries: Sequence[Query], way: str) -> list[Query]:
    """Return queries in one of the `WAYS`; the same seed for each way."""
    draw = random.Random(SEED)
    return [replace(query, text=WAYS[way](query.text, draw)) for query in queries]


def table(queries: Sequence[Query], search: Callable[[Query], Sequence[str]]) -> str:
    """Return a Markdown table of recall by the way of writing.

    Args:
        queries: as they were written.
        search: the ids of the documents for one, best first.
    """
    lines = ["| Italian questions | changed | R@1 | R@5 | R@5 lost |", "| --- | --- | --- | --- | --- |"]
    plain: float | None = None
    for way in WAYS:
        asked = written(queries, way)
        found = [(query, list(dict.fromkeys(search(query)))) for query in asked]
        changed = sum(one.text != other.text for one, other in zip(queries, asked, strict=True))
        first, five = (sum(bool(set(ids[:k]) & query.positives) for query, ids in found) / len(found) for k in (1, 5))
        plain = five if plain is None else plain
        lines.append(f"| {way} | {changed / len(found):.0%} | {first:.3f} | {five:.3f} | {100 * (plain - five):+.1f} |")
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> int:
    """Run the measurement."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--queries", type=int, metavar="N", help="at most so many, evenly spread")
    parser.add_argument("--out", type=Path, default=Path("ponte-eval"), metavar="DIR")
    options = parser.parse_args(arguments)
    given = smaller(load_set(options.folder), options.queries)
    library = build(options.out / f"{given.name}-index", given, silent)
    try:
        retriever = Retriever(library.store, library.embedder)

        def search(query: Query) -> list[str]:
            return [hit.article.id for hit in retriever.search(query.text, query.language, DEPTH)]

        print(table([query for query in given.queries if query.language == "it" and query.positives], search))
    finally:
        library.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
