"""`ponte index`, `sources`, `remove`, `verify`: what an index holds."""

import argparse
import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from bot.commands.common import ANSWERED, FAILED, Commands, command, open_bot, takes_json
from bot.errors import BotError
from bot.terminal import bar, complain, counted, exact, note, say

if TYPE_CHECKING:
    from index.build import Report


def add(commands: Commands) -> None:
    """Declare the commands."""
    _takes_paths(command(commands, "index", _index, "put articles into an index: .txt .md .html .pdf .docx"))
    takes_json(command(commands, "sources", _sources, "list the articles of an index"))
    removes = command(commands, "remove", _remove, "take articles out of an index")
    removes.add_argument("ids", nargs="+", metavar="ID", help="as `ponte sources` lists them")
    command(commands, "verify", _verify, "check that every quote stands where the index says")


def _takes_paths(command: argparse.ArgumentParser) -> None:
    command.add_argument("paths", nargs="*", metavar="PATH", help="files, folders with all below them, globs")
    command.add_argument("--rebuild", action="store_true", help="make the index anew, after a change of the model")
    command.add_argument("--repair", action="store_true", help="restore a damaged index from its articles")


def _index(options: argparse.Namespace) -> int:
    from bot.library import Library

    if not (options.paths or options.rebuild or options.repair):
        raise BotError("Nothing to index.", "Name files or folders: ponte index ARTICLES --into DIR")
    with bar("Indexing") as progress:
        library = Library(options.index, progress=progress, create=True, rebuild=options.rebuild)
        try:
            wrong = library.repair() if options.repair else []
            report = library.add(*options.paths, progress=progress) if options.paths else None
            articles = len(library.store.entries())
        finally:
            library.close()
    for line in wrong:
        note(line)
    failed = _tell(report) if report else False
    say(f"{counted(articles, 'article')} in {library.store.path}")
    return FAILED if failed or wrong else ANSWERED


def _tell(report: "Report") -> bool:
    for what in ("added", "replaced", "removed"):
        for article_id in getattr(report, what):
            say(f"{what:9} {article_id}")
    if report.unchanged:
        say(f"unchanged {len(report.unchanged)}")
    for origin, error in report.failed.items():
        complain(error if isinstance(error, BotError) else BotError(f"{origin}: {error}"))
    return bool(report.failed)


def _sources(options: argparse.Namespace) -> int:
    with open_bot(options) as bot:
        articles, entries = bot.articles(), bot.entries()
    if options.json:
        fields = [asdict(a) | {"passages": entries[a.id].passages, "origin": entries[a.id].origin} for a in articles]
        say(exact(json.dumps(fields, ensure_ascii=False, indent=2)))
        return ANSWERED
    width = max((len(article.id) for article in articles), default=0)
    for article in articles:
        say(f"{article.id:{width}}  {article.language}  {article.date or '-':10}  {article.title}")
    return ANSWERED


def _remove(options: argparse.Namespace) -> int:
    with open_bot(options) as bot:
        for article_id in options.ids:
            bot.remove(article_id)
            say(f"removed   {article_id}")
    return ANSWERED


def _verify(options: argparse.Namespace) -> int:
    with open_bot(options) as bot:
        wrong = bot.verify()
        count = len(bot.entries())
    for line in wrong:
        note(line)
    say(
        f"{counted(count, 'article')}: "
        + (f"{len(wrong)} things are wrong; `ponte index --repair` mends them" if wrong else "every quote holds")
    )
    return FAILED if wrong else ANSWERED
