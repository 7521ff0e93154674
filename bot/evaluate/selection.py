"""Which questions are asked: those of files or of a list, sound, accepted, of one part, so many.

Knows nothing of answers.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from bot.errors import EvaluationError
from bot.evaluate.gold import faults
from bot.evaluate.item import Item
from bot.evaluate.outcome import PARTS, cluster
from bot.evaluate.questions import Loaded, held_out, read
from index.article import Article

Questions: TypeAlias = Iterable[str | Path | Item] | str | Path | None

_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Selected:
    """The questions that are asked, and one line for each that is left out."""

    items: tuple[Item, ...]
    left_out: tuple[str, ...] = ()


def shipped(name: str = "dossier.jsonl") -> Path:
    """Return a file of the evaluation that ships: inside the wheel, or beside the packages in a checkout.

    Raises:
        EvaluationError: it is not there.
    """
    here = Path(__file__).resolve().parent
    for candidate in (here / "evals" / name, here.parents[1] / "evals" / name):
        if candidate.is_file():
            return candidate
    raise EvaluationError(f"The {name} that ships with Ponte is missing.", "Install Ponte anew, or name a file.")


def gather(questions: Questions) -> Loaded:
    """Return questions that were given, or those of the files that were named; those that ship, if None.

    Raises:
        BotError: a file is missing, unreadable, or no UTF-8 text.
    """
    if questions is None:
        return read([shipped()])
    given = [questions] if isinstance(questions, (str, Path)) else list(questions)
    loaded = read([one for one in given if not isinstance(one, Item)])
    return Loaded((*loaded.items, *(one for one in given if isinstance(one, Item))), loaded.broken)


def select(
    loaded: Loaded,
    articles: Mapping[str, Article],
    keep_going: bool = False,
    part: str = "all",
    limit: int | None = None,
) -> Selected:
    """Return the questions to ask.

    Args:
        loaded: from `gather`.
        articles: of the index, by id.
        keep_going: leave out what is broken instead of stopping.
        part: "all", "tuned" or "held-out".
        limit: about so many; conversations and pairs stay whole.

    Raises:
        EvaluationError: a line or a question is broken, the index lacks an article, or nothing is left.
    """
    drafts = [item for item in loaded.items if not item.accepted]
    accepted = [item for item in loaded.items if item.accepted]
    _need_articles(accepted, articles)
    wrong = faults(accepted, articles)
    broken = [*loaded.broken, *(f"{id}: {reason}." for id, reason in wrong.items())]
    if broken and not keep_going:
        more = f" ({len(broken) - 1} more like it)" if len(broken) > 1 else ""
        raise EvaluationError(broken[0] + more, "Correct it, or leave out what is broken with --keep-going.")
    sound = _whole([item for item in accepted if item.id not in wrong])
    chosen = [item for item in sound if part == "all" or PARTS[held_out(item.id)] == part]
    if not chosen:
        raise EvaluationError("There is no question to ask.", _why_none(loaded, drafts, part))
    notes = [f"{len(drafts)} drafts that nobody has accepted yet."] if drafts else []
    return Selected(tuple(_limited(chosen, limit)), (*broken, *notes))


def _need_articles(items: Sequence[Item], articles: Mapping[str, Article]) -> None:
    """Refuse a set most of whose articles are not in the index: another index is meant."""
    wanted = {evidence.article_id for item in items for evidence in item.evidence}
    missing = sorted(wanted - articles.keys())
    if len(missing) * 2 > len(wanted):
        shown = ", ".join(missing[:_SHOWN]) + (" ..." if len(missing) > _SHOWN else "")
        raise EvaluationError(
            f"The index lacks {len(missing)} of the {len(wanted)} articles that the questions are about: {shown}.",
            "Put them in (ponte index ARTICLES), or name the right index with --index DIR.",
        )


def _whole(items: Sequence[Item]) -> list[Item]:
    """Return the questions without those that follow one which is left out."""
    kept = {item.id: item for item in items}
    while orphans := [item.id for item in kept.values() if item.follows is not None and item.follows not in kept]:
        for id in orphans:
            del kept[id]
    return list(kept.values())


def _why_none(loaded: Loaded, drafts: Sequence[Item], part: str) -> str:
    if drafts and len(drafts) == len(loaded.items):
        return "All of them are drafts: read them, and take out “accepted”: false where they are right."
    if loaded.items and part != "all":
        return f"None of the set is in the {part} part; try --part all."
    return "Name a file of questions, one JSON object a line."


def _limited(items: Sequence[Item], limit: int | None) -> list[Item]:
    """Return about so many questions, in clusters that are evenly spread over the set."""
    if limit is None or limit >= len(items):
        return list(items)
    clusters: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        clusters[cluster(item)].append(item)
    names = list(clusters)
    wanted = max(1, round(limit * len(names) / len(items)))
    chosen = {names[n * len(names) // wanted] for n in range(wanted)}
    return [item for item in items if cluster(item) in chosen]
