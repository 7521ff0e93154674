"""`ponte ask`, `chat`, `search`: questions to an index."""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from bot.commands.common import (
    ANSWERED,
    SILENT,
    Commands,
    command,
    open_bot,
    positive,
    takes_json,
    takes_language,
    takes_model,
)
from bot.errors import QuestionError
from bot.terminal import complain, counted, exact, note, say

if TYPE_CHECKING:
    from bot.chat import Bot
    from bot.datamodels import Answer, Usage
    from bot.question.follow import Turn


def add(commands: Commands) -> None:
    """Declare the commands."""
    asks = command(commands, "ask", _ask, "ask one question")
    _takes_question(asks)
    takes_model(asks)
    chats = command(commands, "chat", _chat, "ask one question after another")
    takes_language(chats)
    takes_model(chats)
    takes_json(chats)
    chats.add_argument(
        "--continue", dest="resumed", nargs="?", const="last", metavar="ID",
        help="go on with a conversation that `ponte history` lists (default: the last)",
    )  # fmt: skip
    chats.add_argument("--no-history", action="store_true", help="do not keep this conversation")
    chats.add_argument("-o", "--output", type=Path, metavar="FILE", help="write it to a .md, .html or .json file")
    searches = command(commands, "search", _search, "show the passages found for a question")
    _takes_question(searches)
    searches.add_argument("-k", type=positive, default=8, help="how many passages (default: 8)")


def _takes_question(command: argparse.ArgumentParser) -> None:
    command.add_argument("question", help="in Italian or English; - reads it from the input")
    command.add_argument("--article", action="append", metavar="ID", help="search only this article; may be repeated")
    takes_language(command)
    takes_json(command)


def _ask(options: argparse.Namespace) -> int:
    from bot.commands.telling import tell
    from bot.render import to_json, to_text

    question = sys.stdin.read() if options.question == "-" else options.question
    with open_bot(options, warm=True) as bot:
        if bot.model is not None and not options.json and sys.stdout.isatty():
            answer = tell(bot.stream(question, options.lang, options.article))
        else:
            answer = bot.ask(question, options.lang, options.article)
            say(exact(to_json(answer)) if options.json else to_text(answer))
    return SILENT if answer.state.silent else ANSWERED


def _chat(options: argparse.Namespace) -> int:
    from bot.commands.talk import kept
    from bot.datamodels import Usage

    total = Usage()
    with open_bot(options, warm=True) as bot, kept(options, bot) as talk:
        note(f"{counted(len(bot.entries()), 'article')}. Ask in Italian or English; an empty line or Ctrl-D ends.")
        while question := _line():
            try:
                answer = _answered(bot, question, talk.turns(), options)
                talk.add(answer)
                total += answer.usage
                _told(answer, total, options)
            except QuestionError as error:
                complain(error)
            except KeyboardInterrupt:
                # What is being asked ends, the conversation goes on; at the prompt the same key ends it.
                note("\nStopped.")
    return ANSWERED


def _answered(bot: "Bot", question: str, turns: "list[Turn]", options: argparse.Namespace) -> "Answer":
    from bot.commands.telling import tell
    from bot.render import to_text

    if bot.model is not None and not options.json and sys.stdout.isatty():
        return tell(bot.stream(question, options.lang, history=turns))
    answer = bot.ask(question, options.lang, history=turns)
    if not options.json:
        say(to_text(answer))
    return answer


def _told(answer: "Answer", total: "Usage", options: argparse.Namespace) -> None:
    """Say what the conversation took until now; as JSON, the answer with it, on one line."""
    from bot.render import together

    if options.json:
        say(exact(json.dumps(answer.as_dict() | {"conversation": asdict(total)}, ensure_ascii=False)))
        return
    if total.calls > answer.usage.calls:
        say("\n" + together(total, answer.language), "dim")
    say()


def _line() -> str:
    import readline  # noqa: F401  (history and editing of the line, on a terminal)

    try:
        return input("> " if sys.stdin.isatty() else "").strip()
    except EOFError:
        return ""


def _search(options: argparse.Namespace) -> int:
    question = sys.stdin.read() if options.question == "-" else options.question
    with open_bot(options, warm=True) as bot:
        hits = bot.search(question, options.k, options.lang, options.article)
    if options.json:
        found = [asdict(hit.passage.chunk) | {"text": hit.text, "score": hit.score} for hit in hits]
        say(exact(json.dumps(found, ensure_ascii=False)))
        return ANSWERED if hits else SILENT
    for n, hit in enumerate(hits, 1):
        chunk = hit.passage.chunk
        say(f"{n}. {hit.article.title} ({chunk.article_id} {chunk.start}-{chunk.end}, {hit.score:.2f})", "bold")
        say(hit.text + "\n")
    return ANSWERED if hits else SILENT
