"""Fit the linear probe that tells orders to a model from news, by the vectors of sentences (`bot.answer.orders`).

Orders: the poisoned bodies in `tests/data/poison`, those marked `apart` left out: they were written after the rules
and measure them. News: the shipped dossier, and the
files given: plain text or JSON lines, of which one sentence in three is kept back to measure false alarms.

    python evals/orders.py NEWS... --into bot/answer/orders.npz
"""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot import dossier
from index.embed import EmbeddedEmbeddings
from index.language import detect
from index.sentences import split

_POISON = Path(__file__).parent.parent / "tests" / "data" / "poison"
_MOST = 6_000
_RIDGE, _STEPS, _RATE, _SCALE = 1e-3, 4_000, 2.0, 10.0


def poisoned(part: str) -> list[str]:
    """Return the sentences of poisoned bodies."""
    found = []
    for path in sorted(_POISON.glob("*.jsonl")):
        for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            if row["place"] == "body" and row.get("part", "making") == part:
                found += [row["poison"][start:end] for start, end in split(row["poison"], row["language"])]
    return found


def told(paths: list[Path]) -> Iterator[str]:
    """Yield the sentences of news."""
    for path in paths:
        for n, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
            texts = [v for v in json.loads(line).values() if isinstance(v, str)] if line[:1] == "{" else [line]
            for text in texts:
                if len(text) > 100 and n < _MOST:
                    yield from (text[start:end] for start, end in split(text, detect(text).code))


def fit(orders: NDArray[np.float32], news: NDArray[np.float32]) -> tuple[NDArray[np.float32], float]:
    """Return the weights and the bias of a ridge logistic regression in which both sides weigh the same."""
    both, truth = np.vstack([orders, news]), np.r_[np.ones(len(orders)), np.zeros(len(news))]
    centre = news.mean(0)
    scaled = (both - centre) * _SCALE
    weight = np.where(truth == 1, len(news) / len(orders), 1.0)
    weights, bias = np.zeros(both.shape[1]), 0.0
    for _ in range(_STEPS):
        slope = weight * (1 / (1 + np.exp(-(scaled @ weights + bias))) - truth) / weight.sum()
        weights -= _RATE * (scaled.T @ slope + _RIDGE * weights)
        bias -= _RATE * float(slope.sum())
    return (weights * _SCALE).astype(np.float32), bias - float(centre @ weights) * _SCALE


def main() -> None:
    """Fit, print the figures, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("news", nargs="*", type=Path)
    parser.add_argument("--into", type=Path)
    options = parser.parse_args()
    embedder = EmbeddedEmbeddings()
    ours = [a.text[start:end] for _, a in dossier.articles() for start, end in split(a.text, a.language)]
    news = list(dict.fromkeys(told(options.news)))[: 3 * _MOST]
    kept = [text for n, text in enumerate(news) if n % 3 == 0][:3000]
    rest = [text for n, text in enumerate(news) if n % 3 != 0][:_MOST]
    made, apart = embedder.passages(poisoned("making")), embedder.passages(poisoned("apart"))
    weights, bias = fit(made, np.vstack([embedder.passages(ours), embedder.passages(rest)]))
    quiet = embedder.passages(kept) @ weights + bias
    for limit in (1.0, 1.5, 2.0, 2.5, 3.0):
        shares = [float((vectors @ weights + bias > limit).mean()) for vectors in (made, apart)]
        false = float((quiet > limit).mean())
        print(f"limit {limit}: orders {shares[0]:.3f}, apart {shares[1]:.3f}, news kept back {false:.4f}")
    for score, text in sorted(zip(quiet, kept, strict=True), reverse=True)[:8]:
        print(f"{score:.2f} {text[:140]}")
    if options.into:
        np.savez(options.into, weights=weights, bias=np.float32(bias), model=np.array(embedder.model_id))


if __name__ == "__main__":
    main()
