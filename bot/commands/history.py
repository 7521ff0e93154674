"""`ponte history`: the conversations of `ponte chat`, kept beside the index: listed, shown, exported, deleted."""

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

from bot.commands.common import ANSWERED, SILENT, Commands, command, open_bot, takes_json
from bot.errors import HistoryError
from bot.terminal import counted, note, say

if TYPE_CHECKING:
    from bot.history import History, Kept
    from bot.records import Conversation

OWNER = "command line"
FORMS = ("md", "html", "json")
_SUMMARY = "conversations of `ponte chat`, kept beside the index"


def add(commands: Commands) -> None:
    """Declare the command and those below it."""
    keeps = commands.add_parser("history", help=_SUMMARY, description=_SUMMARY[0].upper() + _SUMMARY[1:] + ".")
    below = keeps.add_subparsers(title="commands", metavar="COMMAND", required=True)
    lists = command(below, "list", _list, "list them, the latest first")
    searches = command(below, "search", _search, "list those in which all words stand")
    searches.add_argument("words", nargs="+", metavar="WORD")
    for parser in (lists, searches):
        takes_json(parser)
    shows = command(below, "show", _show, "print one")
    exports = command(below, "export", _export, "write one to a file: Markdown, HTML or JSON")
    exports.add_argument("--as", dest="form", choices=FORMS, help="default: by the name of the file, else md")
    exports.add_argument("-o", "--output", type=Path, metavar="FILE", help="where to (default: the output)")
    renames = command(below, "rename", _rename, "give one another title")
    deletes = command(below, "delete", _delete, "delete one for good")
    for parser in (shows, exports, renames, deletes):
        parser.add_argument("id", metavar="ID", help="as `ponte history list` shows it, or its beginning; or last")
    renames.add_argument("title", metavar="TITLE")
    clears = command(below, "clear", _clear, "delete all of them for good")
    for parser in (deletes, clears):
        parser.add_argument("--yes", action="store_true", help="do not ask")
    for parser in (lists, searches, shows, exports):
        parser.add_argument(
            "--everyone", action="store_true",
            help="also those of the visitors of the page, who take them for theirs alone: for whoever runs it",
        )  # fmt: skip


def named(history: "History", owner: str | None, given: str) -> "Kept":
    """Return the conversation that an id, the beginning of one, or "last" names.

    Raises:
        HistoryError: it names none, or several.
    """
    there = history.listed(owner)
    found = there[:1] if given == "last" else [kept for kept in there if kept.id.startswith(given)]
    if len(found) != 1:
        raise HistoryError(
            f"“{given}” names {'several conversations' if found else 'no conversation'}.",
            "`ponte history list` shows their ids.",
        )
    return found[0]


def written(conversation: "Conversation", output: Path, form: str | None = None) -> None:
    """Write a conversation to a file.

    Args:
        conversation: to be written.
        output: the file; its ending tells the form, if no other is given.
        form: "md", "html" or "json".

    Raises:
        HistoryError: it cannot be written.
    """
    from bot.export import export

    text = export(conversation, form or _form(output))
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_bytes(text.encode("utf-8", "replace"))
    except OSError as error:
        raise HistoryError(f"{output} cannot be written: {error.strerror}.", "Choose another place.") from error


def _form(output: Path | None) -> str:
    ending = output.suffix.lower().lstrip(".") if output else ""
    return {"htm": "html", "markdown": "md"}.get(ending, ending if ending in FORMS else "md")


def _with(options: argparse.Namespace, act: "Callable[[History, str | None], int]") -> int:
    """Do something with the history of an index; say that nothing is kept where nothing is."""
    from bot.history import History
    from bot.history.store import FILE
    from bot.settings import Settings

    settings = Settings.from_environment()
    folder = options.index or settings.home
    if not (folder / FILE).is_file():
        note(f"No conversations are kept in {folder}. `ponte chat` keeps its own.")
        return SILENT
    history = History(folder, settings.history_days)
    try:
        return act(history, None if getattr(options, "everyone", False) else OWNER)
    finally:
        history.close()


def _list(options: argparse.Namespace) -> int:
    return _with(options, lambda history, owner: _told(history.listed(owner), options.json))


def _search(options: argparse.Namespace) -> int:
    return _with(options, lambda history, owner: _told(history.search(owner, " ".join(options.words)), options.json))


def _told(found: "list[Kept]", as_json: bool) -> int:
    from bot.history.store import START, STOP

    plain = [replace(kept, excerpt=kept.excerpt.replace(START, "").replace(STOP, "")) for kept in found]
    if as_json:
        say(json.dumps([asdict(kept) for kept in plain], ensure_ascii=False, indent=2))
    for kept in [] if as_json else plain:
        when = kept.changed[:16].replace("T", " ")
        say(f"{kept.id}  {when}  {counted(kept.exchanges, 'question'):>13}  {_shown(kept.title)}")
        if kept.excerpt:
            say(f"    {_shown(kept.excerpt)}", "dim")
    return ANSWERED if found else SILENT


def _shown(text: str) -> str:
    """Return a text without what a terminal would obey."""
    return "".join(char if char.isprintable() else " " for char in text)


def _opened(history: "History", owner: str | None, options: argparse.Namespace) -> "Conversation":
    """Return the conversation that is named, with what became of the articles that it cites."""
    from bot.records import compared

    kept = history.open(owner, named(history, owner, options.id).id)
    with open_bot(options) as bot:
        return replace(kept, exchanges=tuple(compared(exchange, bot.article) for exchange in kept.exchanges))


def _show(options: argparse.Namespace) -> int:
    from bot.export.words import words
    from bot.render import to_text

    def show(history: "History", owner: str | None) -> int:
        kept = _opened(history, owner, options)
        say(_shown(kept.title), "bold")
        for exchange in kept.exchanges:
            say(f"\n> {_shown(exchange.answer.question)}\n{to_text(exchange.answer)}")
            labels = words(exchange.answer.language)
            lost = [(labels.changed, c) for c in exchange.changed] + [(labels.removed, c) for c in exchange.removed]
            for told, citation in lost:
                say(f"  [{citation.n}] {told}")
        return ANSWERED

    return _with(options, show)


def _export(options: argparse.Namespace) -> int:
    from bot.export import export

    def write(history: "History", owner: str | None) -> int:
        kept = _opened(history, owner, options)
        if options.output:
            written(kept, options.output, options.form)
        else:
            say(export(kept, options.form or "md").rstrip("\n"))
        return ANSWERED

    return _with(options, write)


def _rename(options: argparse.Namespace) -> int:
    def rename(history: "History", _: str | None) -> int:
        history.rename(OWNER, named(history, OWNER, options.id).id, options.title)
        return ANSWERED

    return _with(options, rename)


def _delete(options: argparse.Namespace) -> int:
    def delete(history: "History", _: str | None) -> int:
        kept = named(history, OWNER, options.id)
        if not _sure(options, f"Delete “{_shown(kept.title)}” for good?"):
            return SILENT
        history.delete(OWNER, kept.id)
        say(f"deleted   {kept.id}")
        return ANSWERED

    return _with(options, delete)


def _clear(options: argparse.Namespace) -> int:
    def clear(history: "History", _: str | None) -> int:
        count = counted(len(history.listed(OWNER)), "conversation")
        if not _sure(options, f"Delete {count} for good?"):
            return SILENT
        history.clear(OWNER)
        say(f"deleted   {count}")
        return ANSWERED

    return _with(options, clear)


def _sure(options: argparse.Namespace, question: str) -> bool:
    if options.yes:
        return True
    if not sys.stdin.isatty():
        raise HistoryError("Nothing was deleted.", "Say --yes where nobody can be asked.")
    return input(f"{question} [y/N] ").strip().lower() in ("y", "yes", "s", "sì", "si")
