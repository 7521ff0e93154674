"""`ponte eval import`, `draft`, `retrieval`: questions of a user's own, questions proposed, sets from elsewhere."""

import argparse
from pathlib import Path

from bot.commands.common import ANSWERED, Commands, command, open_bot, positive
from bot.terminal import bar, counted, note, say

_IMPORT = "make questions of a table of your own, or of the thumbs that readers of the page gave"
_DRAFT = "propose questions about an article, for a person to read and accept"
_RETRIEVAL = "measure retrieval on a set from elsewhere, beside BM25 alone, dense alone and the ranks of both"


def add_sets(below: Commands) -> None:
    """Declare the commands below `ponte eval`."""
    imports = _plain(below, "import", _IMPORT)
    imports.set_defaults(run=_import)
    imports.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help=".csv or .tsv with a header, .jsonl, or an index"
    )
    imports.add_argument("--lang", choices=("it", "en"), default="it", help="where a question does not tell")
    imports.add_argument("--keep-going", action="store_true", help="leave out rows that are broken")
    drafts = command(below, "draft", _draft, _DRAFT)
    drafts.add_argument("article", metavar="ARTICLE", help="its id, as `ponte sources` lists it")
    drafts.add_argument("--most", type=positive, default=20, metavar="N", help="how many questions (default: 20)")
    drafts.add_argument("--model", metavar="NAME", help="let this model write them, as openai:gpt-4o-mini")
    for parser in (imports, drafts):
        parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="where to (default: the output)")
    measures = _plain(below, "retrieval", _RETRIEVAL)
    measures.set_defaults(run=_retrieval)
    measures.add_argument("folder", type=Path, metavar="DIR", help="with corpus.jsonl and queries.jsonl")
    measures.add_argument("--queries", type=int, metavar="N", help="at most so many, evenly spread")
    measures.add_argument("--documents", type=int, metavar="N", help="at most so many, evenly spread; easier then")
    measures.add_argument(
        "--out", type=Path, default=Path("ponte-eval"), metavar="DIR", help="folder of the index, kept for next time"
    )


def _plain(below: Commands, name: str, summary: str) -> argparse.ArgumentParser:
    return below.add_parser(name, help=summary, description=summary[0].upper() + summary[1:] + ".")


def save(path: Path, text: str) -> None:
    """Write a file, and the folder that it is in.

    Raises:
        EvaluationError: it cannot be written.
    """
    from bot.errors import EvaluationError

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise EvaluationError(f"{path} cannot be written: {error.strerror}.", "Choose another place.") from error


def _put(text: str, output: Path | None) -> None:
    if output is None:
        say(text.rstrip("\n"))
    else:
        save(output, text)


def _import(options: argparse.Namespace) -> int:
    from bot.errors import EvaluationError
    from bot.evaluate.imports import load_own, to_lines

    loaded = [load_own(path, options.lang) for path in options.files]
    items = [item for one in loaded for item in one.items]
    broken = [line for one in loaded for line in one.broken]
    if broken and not options.keep_going:
        raise EvaluationError(broken[0], "Correct it, or leave out what is broken with --keep-going.")
    for line in broken:
        note(f"left out: {line}")
    _put(to_lines(items), options.output)
    drafts = sum(not item.accepted for item in items)
    note(f"{counted(len(items), 'question')}, {drafts} of them drafts for a person to accept.")
    return ANSWERED


def _draft(options: argparse.Namespace) -> int:
    from bot.evaluate.draft import draft, draft_with, twin_of
    from bot.evaluate.imports import to_lines
    from bot.evaluate.talking import named

    with open_bot(options) as bot:
        article, articles = bot.article(options.article), bot.articles()
    if options.model:
        items = draft_with(named(options.model), article, options.most)
    else:
        items = draft(article, twin_of(article, articles), options.most)
    _put(to_lines(items), options.output)
    note(f"{counted(len(items), 'question')}; take out “accepted”: false where one is right.")
    return ANSWERED


def _retrieval(options: argparse.Namespace) -> int:
    from bot.evaluate.outside import load_set, smaller
    from bot.evaluate.retrieval import build, retrieval, to_text

    given = smaller(load_set(options.folder), options.queries, options.documents)
    with bar("Indexing") as progress:
        library = build(options.out / f"{given.name}-index", given, progress)
    try:
        with bar("Searching") as progress:
            library.warm()
            found = retrieval(library, given, progress)
    finally:
        library.close()
    text = to_text(given, found)
    save(options.out / f"{given.name}.md", text + "\n")
    say(text)
    return ANSWERED
