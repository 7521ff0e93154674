"""`ponte summarize`: one article, several, or all of them, in the length, language and shape asked."""

import argparse
import json
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bot.commands.common import ANSWERED, SILENT, Commands, command, open_bot, takes_json, takes_model
from bot.terminal import agrees, bar, exact, note, say

if TYPE_CHECKING:
    from bot.chat import Bot
    from bot.records import Conversation
    from bot.summarize.values import Summary
    from bot.summarize.wish import Wish

_FIELDS = ("topic", "since", "until", "source", "sources_language", "words", "preset", "language", "shape", "focus")


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = command(commands, "summarize", _summarize, "summarise articles, every sentence cited")
    parser.add_argument("article", nargs="*", metavar="ID", help="an article; all that fit, if none is given")
    _takes_selection(parser)
    _takes_form(parser)
    takes_model(parser)
    parser.add_argument("--yes", action="store_true", help="agree to what a language model will cost")
    takes_json(parser)
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="write it to a .md, .html or .json file")


def _takes_selection(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--topic", help="only articles with this topic, or with these words in the title")
    parser.add_argument(
        "--since", metavar="DATE",
        help="only articles dated on or after it: 2024, 2024-06, 2024-06-19; of a timeline, only what happened then",
    )  # fmt: skip
    parser.add_argument("--until", metavar="DATE", help="only articles dated on or before it, or what happened then")
    parser.add_argument("--source", help="only articles that this publisher published")
    parser.add_argument(
        "--language-of-sources", dest="sources_language", choices=("it", "en"), help="only articles in this language"
    )


def _takes_form(parser: argparse.ArgumentParser) -> None:
    length = parser.add_mutually_exclusive_group()
    length.add_argument("--words", type=int, metavar="N", help="about this many words (10 to 5,000)")
    length.add_argument("--preset", choices=("line", "short", "full"), help="one sentence, 100 words (default) or 300")
    parser.add_argument("--lang", dest="language", choices=("it", "en"), help="language (default: that of the sources)")
    parser.add_argument(
        "--shape", choices=("paragraphs", "bullets", "timeline", "sides"), help="the layout (default: paragraphs)"
    )
    parser.add_argument("--focus", metavar="TEXT", help="only what is about this, such as “the military part”")


def _summarize(options: argparse.Namespace) -> int:
    from bot.commands.history import written
    from bot.summarize.render import to_text

    with open_bot(options) as bot:
        summary = _summary(bot, options)
    if options.output:
        written(_conversation(summary), options.output)
    else:
        made = json.dumps(summary.as_dict(), ensure_ascii=False, indent=2)
        say(exact(made) if options.json else to_text(summary))
    return ANSWERED if summary.citations else SILENT


def _conversation(summary: "Summary") -> "Conversation":
    """Return a summary as a conversation of one exchange, titled by what it is of."""
    from bot.page.labels import labels
    from bot.records import Conversation, Exchange, now
    from bot.strings import common
    from bot.summarize.asked import answered

    title = f"{labels(summary.language).sum_title}: {common(summary.language).articles(len(summary.articles))}"
    return Conversation(title, (Exchange(answered(summary, title), asked=now()),))


def _summary(bot: "Bot", options: argparse.Namespace) -> "Summary":
    """Return the summary, once what it costs is agreed to; Ctrl-C makes one of what was read until then."""
    from bot.errors import CostError
    from bot.summarize.wish import wish

    wanted = wish(articles=options.article, **{name: getattr(options, name) for name in _FIELDS})
    try:
        return _made(bot, wanted, options.yes)
    except CostError as error:
        if not agrees(f"{error.message} Go on?"):
            raise
    return _made(bot, wanted, True)


def _made(bot: "Bot", wanted: "Wish", agreed: bool) -> "Summary":
    from bot.summarize.values import Reading, Summarized, Working

    stopped: list[bool] = []
    with bar("Summarising") as progress, _interrupts(stopped):
        for event in bot.stream_summary(wanted, lambda: bool(stopped), agreed):
            if isinstance(event, Reading):
                progress(round(1000 * event.share), 1000, f"reading {event.done} of {event.total}: {event.title}")
            if isinstance(event, Working):
                progress(event.done, event.total, f"the model, {event.done} of {event.total} requests")
            if isinstance(event, Summarized):
                return event.summary
    raise AssertionError("a stream ends with the summary")


@contextmanager
def _interrupts(stopped: list[bool]) -> Iterator[None]:
    """Turn the first Ctrl-C into a stop that loses nothing; the second one ends the command."""

    def stop(*_: object) -> None:
        if stopped:
            raise KeyboardInterrupt
        stopped.append(True)
        note("Stopping: what was read is summarised. Ctrl-C once more ends at once.")

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
