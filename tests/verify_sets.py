"""The sets on which the verifier is measured, and how they are counted."""

import json
from collections import Counter
from functools import cache
from pathlib import Path

from bot.verify.check import Quote, Verdict, check

FOLDER = Path(__file__).parent / "data" / "verify"
SETS = ("corrupted", "faithful", "attribution")
KINDS = ("number", "date", "name", "polarity", "speaker", "role")
"""The kinds of corruption that count; `words` are kept to show what the verifier cannot see."""


@cache
def rows(name: str) -> tuple[dict, ...]:
    lines = (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(json.loads(line) for line in lines)


def right(row: dict) -> bool:
    """Whether a sentence gets the verdict that it should: supported, or flagged as anything less."""
    quote = Quote(row["quote"], row["quote_language"], row["date"])
    finding = check(row["sentence"], row["language"], [quote])
    return (finding.verdict is Verdict.SUPPORTED) == (row["expected"] == "supported")


@cache
def shares(name: str, by: str = "") -> dict[tuple[str, str], tuple[int, int]]:
    """How many are right of how many, by part and, if asked for, by another field."""
    good, total = Counter(), Counter()
    for row in rows(name):
        key = (row["part"], row.get(by, ""))
        total[key] += 1
        good[key] += right(row)
    return {key: (good[key], total[key]) for key in total}


def share(name: str, part: str, kinds: tuple[str, ...] = ()) -> float:
    found = [
        value for (where, kind), value in shares(name, "kind").items() if where == part and (not kinds or kind in kinds)
    ]
    return sum(good for good, _ in found) / sum(total for _, total in found)


if __name__ == "__main__":
    for set_name in SETS:
        for field in ("", "kind", "language"):
            for (part, value), (good, total) in sorted(shares(set_name, field).items()):
                print(f"{set_name:12}{part:12}{value:14}{good:4}/{total:<4}{good / total:.3f}")
