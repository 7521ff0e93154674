"""The command line: `ponte ask`, `chat`, `search`, `index`, `sources`, `remove`, `verify`, `serve`.

Only parses and shows; what a command does, `Bot` and `Library` do. Heavy imports happen inside the commands, so that
`ponte --help` costs nothing.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import BotError, QuestionError
from bot.terminal import bar, complain, note, say

if TYPE_CHECKING:
    from bot.chat import Bot
    from index.build import Report

ANSWERED, SILENT, FAILED, INTERRUPTED = 0, 1, 2, 130

_EPILOG = """\
examples:
  ponte ask "Cosa ha regalato Putin a Kim?"          ask the dossier that ships with Ponte
  ponte ask --json "What is in the 2024 treaty?"     the answer with its quotes and offsets, for scripts
  ponte index notes/ report.pdf --into my-dossier    make an index of your own articles
  ponte ask --index my-dossier "Who signed it?"      and ask it

exit codes:
  0  answered, at least in part     1  the sources do not say
  2  an error, told in one line     130  interrupted

settings are read from the environment:
  PONTE_HOME  PONTE_LANGUAGE  PONTE_EMBEDDER  PONTE_CHROMA_URL  PONTE_CHROMA_TOKEN  PONTE_HOST  PONTE_PORT
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return its exit code."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except BotError as error:
        complain(error)
        return FAILED
    except KeyboardInterrupt:
        note("")
        return INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()
        return FAILED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="ponte",
        description="Ask a dossier of articles in Italian or English; every sentence of the answer is a quote.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="show the version and stop")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, run, summary, fill in (
        ("ask", _ask, "ask one question", _fill_ask),
        ("chat", _chat, "ask one question after another", _fill_chat),
        ("search", _search, "show the passages found for a question", _fill_search),
        ("index", _index, "put articles into an index: .txt .md .html .pdf .docx", _fill_index),
        ("sources", _sources, "list the articles of an index", _fill_json),
        ("remove", _remove, "take articles out of an index", _fill_remove),
        ("verify", _verify, "check that every quote stands where the index says", None),
        ("serve", _serve, "serve the page for a browser", _fill_serve),
    ):
        command = commands.add_parser(name, help=summary, description=summary[0].upper() + summary[1:] + ".")
        command.set_defaults(run=run)
        command.add_argument(
            "--index", "--into", dest="index", type=Path, metavar="DIR",
            help="folder of the index (default: PONTE_HOME, or this system's data folder, with the dossier that ships)",
        )  # fmt: skip
        if fill is not None:
            fill(command)
    return parser


class _Version(argparse.Action):
    def __call__(self, *_: object, **__: object) -> None:
        from importlib.metadata import version

        say(f"ponte {version('ponte-chat')}")
        raise SystemExit(0)


# -- options


def _fill_json(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="print JSON, for scripts")


def _fill_chat(command: argparse.ArgumentParser) -> None:
    command.add_argument("--lang", choices=("it", "en"), help="language of the answer (default: that of the question)")


def _fill_ask(command: argparse.ArgumentParser) -> None:
    command.add_argument("question", help="in Italian or English; - reads it from the input")
    command.add_argument("--article", action="append", metavar="ID", help="search only this article; may be repeated")
    _fill_chat(command)
    _fill_json(command)


def _fill_search(command: argparse.ArgumentParser) -> None:
    _fill_ask(command)
    command.add_argument("-k", type=_positive, default=8, help="how many passages (default: 8)")


def _fill_index(command: argparse.ArgumentParser) -> None:
    command.add_argument("paths", nargs="*", metavar="PATH", help="files, folders with all below them, globs")
    command.add_argument("--rebuild", action="store_true", help="make the index anew, after a change of the model")
    command.add_argument("--repair", action="store_true", help="restore a damaged index from its articles")


def _fill_remove(command: argparse.ArgumentParser) -> None:
    command.add_argument("ids", nargs="+", metavar="ID", help="as `ponte sources` lists them")


def _fill_serve(command: argparse.ArgumentParser) -> None:
    command.add_argument("--host", help="address to serve on (default: PONTE_HOST, or 127.0.0.1)")
    command.add_argument("--port", type=int, help="port to serve on (default: PONTE_PORT, or 7860)")


def _positive(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 1000:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 1 to 1000")
    return int(text)


# -- commands


def _open(options: argparse.Namespace, warm: bool = False) -> "Bot":
    from bot.chat import Bot

    with bar("Indexing") as progress:
        bot = Bot.open(options.index, progress=progress)
    if warm:
        with bar("Preparing") as progress:
            bot.warm(progress)
    return bot


def _ask(options: argparse.Namespace) -> int:
    from bot.render import to_json, to_text

    question = sys.stdin.read() if options.question == "-" else options.question
    with _open(options, warm=True) as bot:
        answer = bot.ask(question, options.lang, options.article)
    say(to_json(answer) if options.json else to_text(answer))
    return SILENT if answer.state.silent else ANSWERED


def _chat(options: argparse.Namespace) -> int:
    from bot.render import to_text

    with _open(options, warm=True) as bot:
        note(f"{len(bot.entries())} articles. Ask in Italian or English; an empty line or Ctrl-D ends.")
        while question := _line():
            try:
                say(to_text(bot.ask(question, options.lang)) + "\n")
            except QuestionError as error:
                complain(error)
    return ANSWERED


def _line() -> str:
    import readline  # noqa: F401  (history and editing of the line, on a terminal)

    try:
        return input("> " if sys.stdin.isatty() else "").strip()
    except EOFError:
        return ""


def _search(options: argparse.Namespace) -> int:
    question = sys.stdin.read() if options.question == "-" else options.question
    with _open(options, warm=True) as bot:
        hits = bot.search(question, options.k, options.lang, options.article)
    if options.json:
        say(
            json.dumps(
                [asdict(hit.passage.chunk) | {"text": hit.text, "score": hit.score} for hit in hits], ensure_ascii=False
            )
        )
        return ANSWERED if hits else SILENT
    for n, hit in enumerate(hits, 1):
        chunk = hit.passage.chunk
        say(f"{n}. {hit.article.title} ({chunk.article_id} {chunk.start}-{chunk.end}, {hit.score:.2f})", "bold")
        say(hit.text + "\n")
    return ANSWERED if hits else SILENT


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
    say(f"{articles} articles in {library.store.path}")
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
    with _open(options) as bot:
        articles, entries = bot.articles(), bot.entries()
    if options.json:
        fields = [asdict(a) | {"passages": entries[a.id].passages, "origin": entries[a.id].origin} for a in articles]
        say(json.dumps(fields, ensure_ascii=False, indent=2))
        return ANSWERED
    width = max((len(article.id) for article in articles), default=0)
    for article in articles:
        say(f"{article.id:{width}}  {article.language}  {article.date or '-':10}  {article.title}")
    return ANSWERED


def _remove(options: argparse.Namespace) -> int:
    with _open(options) as bot:
        for article_id in options.ids:
            bot.remove(article_id)
            say(f"removed   {article_id}")
    return ANSWERED


def _verify(options: argparse.Namespace) -> int:
    with _open(options) as bot:
        wrong = bot.verify()
        count = len(bot.entries())
    for line in wrong:
        note(line)
    say(
        f"{count} articles: "
        + (f"{len(wrong)} things are wrong; `ponte index --repair` mends them" if wrong else "every quote holds")
    )
    return FAILED if wrong else ANSWERED


def _serve(options: argparse.Namespace) -> int:
    from bot.settings import Settings
    from bot.ui import serve

    settings = Settings.from_environment()
    with _open(options) as bot:
        note("Starting the page ...")
        serve(bot, options.host or settings.host, settings.port if options.port is None else options.port)
    return ANSWERED


if __name__ == "__main__":
    sys.exit(main())
