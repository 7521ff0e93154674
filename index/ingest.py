"""From files to the index: find, read, put in; take out what is gone from a folder that is read again.

It knows where an article came from, which decides what a second file of the same name is: the same article when it
comes from the same place, another one when not.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from index.article import Article
from index.build import Progress, Report, Writer, silent
from index.errors import ArticleError, PonteError
from index.passage import Entry
from index.readers import find, read


def ingest(writer: Writer, entries: dict[str, Entry], paths: Sequence[Path], progress: Progress = silent) -> Report:
    """Read files and folders into an index.

    Args:
        writer: of the index.
        entries: what the index holds now, by id.
        paths: files, folders (with all below them) and globs. An article of the index that came from one of the
            folders and whose file is gone is taken out.
        progress: told of characters of text; the total is known once every file is read.

    Returns:
        What was done; a file that cannot be used is in `failed` and stops nothing.

    Raises:
        ArticleError: a path is not there.
        StoreError: the index cannot be written.
    """
    files, report = find(paths), Report()
    articles = _read(files, report)
    kept = {str(path.resolve()) for path in files}
    for entry in entries.values():
        if entry.origin not in kept and _came_from(entry.origin, paths):
            writer.remove(entry.id)
            report.removed.append(entry.id)
    put(writer, {k: v for k, v in entries.items() if k not in report.removed}, articles, report, progress)
    return report


def put(
    writer: Writer,
    entries: dict[str, Entry],
    articles: Sequence[tuple[str, Article]],
    report: Report,
    progress: Progress = silent,
) -> None:
    """Put articles into an index, each with its origin; what cannot be used goes to `report.failed`."""
    total, done = sum(len(article.text) for _, article in articles), 0
    taken = {entry.id: entry.origin for entry in entries.values()}
    for origin, article in articles:
        mine = replace(article, id=_free_id(article, origin, taken))
        taken[mine.id] = origin
        progress(done, total, mine.title)
        try:
            outcome = writer.add(mine, origin, _share(progress, done, total, mine))
        except ArticleError as error:
            report.failed[origin] = error
        else:
            getattr(report, outcome).append(mine.id)
        done += len(mine.text)
    progress(total, total, "")


def _share(progress: Progress, done: int, total: int, article: Article) -> Callable[[float], None]:
    """Return what turns the share of an article that is done into characters of the whole."""
    return lambda share: progress(done + int(share * len(article.text)), total, article.title)


def _read(files: Sequence[Path], report: Report) -> list[tuple[str, Article]]:
    articles = []
    for path in files:
        try:
            articles.append((str(path.resolve()), read(path)))
        except PonteError as error:
            report.failed[str(path)] = error
    return articles


def _came_from(origin: str, paths: Sequence[Path]) -> bool:
    folders = [path.resolve() for path in paths if path.is_dir()]
    return any(Path(origin).is_relative_to(folder) for folder in folders)


def _free_id(article: Article, origin: str, taken: dict[str, str]) -> str:
    """Return the article's id, or one with a suffix if another article, from another place, has it."""
    holder = taken.get(article.id)
    if holder is None or holder == origin or not Path(holder).exists():
        return article.id
    return f"{article.id}-{hashlib.sha256(origin.encode()).hexdigest()[:6]}"
