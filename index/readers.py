"""From paths to articles: which files there are, and one article from each. Knows nothing of chunks or of the index."""

import glob
import os
import re
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath

from index.article import Article, slug
from index.cleaning import clean
from index.errors import ArticleError
from index.formats import KNOWN, SUFFIXES, Limits, parse
from index.header import language_code, one_line
from index.language import SURE, detect

_LIMITS = Limits()
_HEADLINE = 120


def find(paths: Iterable[Path | str]) -> list[Path]:
    """Return the files that `paths` name, each once, in the order given and by name inside a folder.

    Args:
        paths: files, folders (with all below them), and globs, in which `**` reaches below. In folders and globs
            hidden files and other kinds of files are passed over; a file that is named is returned as it is.

    Raises:
        ArticleError: a path is not there, cannot be listed, or holds no file that can be read.
    """
    found: dict[Path, Path] = {}
    for path in map(Path, paths):
        for file in _expand(path.expanduser()):
            found.setdefault(_real(file), file)
    return list(found.values())


def read(path: Path | str, limits: Limits = _LIMITS) -> Article:
    """Return the article in a file.

    Raises:
        ArticleError: the file is not there, is not a file, may not be read, or holds no article.
    """
    path = Path(path)
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise ArticleError(f"{path} is a folder.", "Name a file, or add the folder as a whole.")
        if not stat.S_ISREG(status.st_mode):
            raise ArticleError(f"{path} is not a regular file.", "Name a file that holds an article.")
        _refuse_large(path.name, status.st_size, limits)
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise ArticleError(f"There is no file {path}.", "Check the path.") from None
    except PermissionError:
        raise ArticleError(f"{path} may not be read.", "Give yourself the permission to read it.") from None
    except (OSError, ValueError) as error:
        raise ArticleError(
            f"{str(path)!r} cannot be read: {getattr(error, 'strerror', error)}.", "Check the path."
        ) from None
    return read_bytes(path.name, data, limits)


def read_bytes(name: str, data: bytes, limits: Limits = _LIMITS) -> Article:
    """Return the article in the bytes of a file, as uploaded; only `name`'s last part counts.

    Raises:
        ArticleError: the bytes hold no article; one line that names the file, and the fix.
    """
    name = one_line(PurePath(name.replace("\\", "/")).name, 120) or "upload"
    _refuse_large(name, len(data), limits)
    if not data.strip():
        raise ArticleError(f"{name} is empty.", "Put the article's text into it.")
    header, raw = parse(name, data, limits)
    if len(raw) > limits.characters:
        raise ArticleError(f"{name} has more than {limits.characters:,} characters.", "Cut it into parts.")
    text = clean(raw)
    if not any(letter.isalnum() for letter in text):
        raise ArticleError(f"{name} holds no text.", "Put the article's text into it.")
    stem = PurePath(name).stem
    return Article(
        id=slug(header.id or stem),
        title=one_line(header.title or "") or _headline(text) or _named(stem, header.source),
        language=header.language or _language(name, stem, text),
        date=header.date,
        source=one_line(header.source or "") or None,
        topics=header.topics,
        publications=header.publications,
        text=text,
    )


def _refuse_large(name: str, size: int, limits: Limits) -> None:
    if size > limits.size:
        raise ArticleError(
            f"{name} is too large: {size / 1e6:.1f} MB, and {limits.size / 1e6:.0f} MB is the most.",
            "Cut it into parts.",
        )


def _headline(text: str) -> str | None:
    """Return the first line where it stands alone as a headline does: short, unfinished, with a text below it."""
    first, _, rest = text.partition("\n")
    if rest and len(first) <= _HEADLINE and first[-1] not in ".,;:" and any(letter.isalpha() for letter in first):
        return one_line(first)
    return None


def _named(stem: str, source: str | None) -> str:
    """Return the file's name as a title: without its date, its language and its source, which are told elsewhere."""
    words = re.sub(r"^\d{4}(?:-\d\d){0,2}(?=\D)|\.(?:it|en)$", "", stem)
    plain = re.sub(r"[\s_-]+", " ", words).strip()
    rest = plain[len(source) :].strip() if source and plain.lower().startswith(source.lower() + " ") else plain
    title = one_line(rest) or one_line(stem) or stem
    return title[:1].upper() + title[1:]


def _language(name: str, stem: str, text: str) -> str:
    """Return the language of the text, or what the file's name says of it (`notes.en.txt`) where the text does not.

    Raises:
        ArticleError: it is clearly in a third language, in which nothing would be found.
    """
    found = detect(text)
    if found.code != "other" and found.confidence >= SURE:
        return found.code
    told = language_code(stem.rpartition(".")[2]) or language_code(re.split(r"[-_]", stem)[-1])
    if told is None and found.confidence >= SURE and len(text.split()) >= 20:
        raise ArticleError(
            f"{name} seems to be neither in Italian nor in English.",
            "Ponte reads these two; to add it all the same, put `language: it` or `language: en` in its front matter.",
        )
    return told or (found.code if found.code != "other" else "en")


def _expand(path: Path) -> Iterator[Path]:
    try:
        if path.is_dir():
            files = list(_below(path))
        elif path.exists() or path.is_symlink():
            files = [path]
        elif glob.has_magic(str(path)):
            matches = map(Path, sorted(glob.glob(str(path), recursive=True)))
            files = [file for match in matches for file in (_below(match) if match.is_dir() else _wanted(match))]
        else:
            raise ArticleError(f"There is no file or folder {one_line(str(path))}.", "Check the path.")
    except (OSError, ValueError) as error:
        raise ArticleError(
            f"{str(path)!r} cannot be listed: {getattr(error, 'strerror', error)}.", "Check the path."
        ) from None
    if not files:
        raise ArticleError(f"{path} holds no file that can be read.", f"Known are: {KNOWN}.")
    yield from files


def _below(folder: Path) -> Iterator[Path]:
    """Yield the files below a folder, by name; a folder reached twice through a link is entered once."""
    seen: set[Path] = set()

    def refuse(error: OSError) -> None:
        raise error

    for here, folders, files in os.walk(folder, followlinks=True, onerror=refuse):
        if _real(Path(here)) in seen:
            folders.clear()
            continue
        seen.add(_real(Path(here)))
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            yield from _wanted(Path(here, name))


def _wanted(path: Path) -> Iterator[Path]:
    if path.suffix.lower() in SUFFIXES and not path.name.startswith(".") and path.is_file():
        yield path


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))
