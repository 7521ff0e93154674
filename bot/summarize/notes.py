"""The notes that a model made, as they are kept short, handed on and told: within a length, each thing once.

Also what stands in for them, the sources' own sentences. Values only; asks no model.
"""

from collections.abc import Sequence

import numpy as np

from bot.summarize.choose import Pool, choose
from bot.summarize.digest import Note, Task
from bot.summarize.parts import Part, Piece
from bot.summarize.rank import closeness, importance
from bot.summarize.values import Sentence, Told
from bot.summarize.wish import Wish

_SLACK = 0.10


def verbatim(part: Part, task: Task) -> list[Note]:
    """Return the sentences of a part that say most, in the length of the task."""
    return [Note("", (sentence,)) for sentence in _most_telling(part.sentences, task.words)]


def _most_telling(sentences: Sequence[Sentence], words: int) -> list[Sentence]:
    alike = closeness(sentences)
    thirds = [3 * n // len(sentences) for n in range(len(sentences))]
    groups = [(one.article.id, one.paragraph) for one in sentences]
    pool = Pool(sentences, importance(sentences, alike), alike, thirds, groups)
    return [sentences[n] for n in choose(pool, words)]


def chosen(notes: Sequence[Note], words: int) -> list[Note]:
    """Return the notes that say most, in a length."""
    able = list(notes)
    if not able or sum(words_in(note) for note in able) <= (1 + _SLACK) * words:
        return able
    sentences = [note.quotes[0] for note in able]
    alike = closeness(sentences)
    worth = importance(sentences, alike)
    kept: list[int] = []
    length = 0
    while len(kept) < len(able):
        values = [
            float(worth[n]) - (0.7 * float(alike[n, kept].max()) if kept else 0.0) if n not in kept else -np.inf
            for n in range(len(able))
        ]
        fits = [n for n in range(len(able)) if n not in kept and length + words_in(able[n]) <= (1 + _SLACK) * words]
        if not fits:
            break
        best = max(fits, key=lambda n: values[n])
        kept.append(best)
        length += words_in(able[best])
    return [able[n] for n in sorted(kept)] or able[:1]


def shortened(notes: list[Note], wish: Wish) -> list[Note]:
    """Return notes as a summary of the length that is asked for."""
    kept = chosen(notes, wish.length)
    return kept[:1] if wish.one_line else kept


def fitted(notes: list[Note], wish: Wish) -> list[Note]:
    """Return what a model wrote without repetitions, and no longer than was asked for, by more than a tenth."""
    fresh = list({(note.text or note.quotes[0].flat): note for note in notes}.values())
    if wish.one_line:
        return fresh[:1]
    total = sum(words_in(note) for note in fresh)
    if total <= (1 + _SLACK) * wish.length or len(fresh) < 2:
        return fresh
    kept = {id(note) for note in chosen(fresh, wish.length)}
    return [note for note in fresh if id(note) in kept]


def piece(note: Note) -> Piece:
    """Return a note as a line: its words, resting on its first quote and those of the same article and language."""
    first = note.quotes[0]
    mine = [one for one in note.quotes if one.article.id == first.article.id and one.language == first.language]
    return Piece((first, *sorted((one for one in mine[1:]), key=lambda one: one.start)), note.text or first.flat)


def words_in(note: Note) -> int:
    """Return how many words a note says."""
    return len((note.text or note.quotes[0].flat).split())


def fact(note: Note, language: str) -> Told:
    """Return a note as a fact of a summary."""
    if not note.text:
        return Told(note.quotes[0], note.quotes[1:], original=note.quotes[0].language != language)
    return Told(note.quotes[0], note.quotes[1:], text=note.text, verdict=note.verdict, reasons=note.reasons)
