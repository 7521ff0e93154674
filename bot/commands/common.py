"""What the commands share: exit codes, how one is declared, options of several, an index opened with a progress bar."""

import argparse
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from bot.terminal import bar

if TYPE_CHECKING:
    from bot.chat import Bot
    from bot.settings import Settings

ANSWERED, SILENT, FAILED, INTERRUPTED = 0, 1, 2, 130

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
Run = Callable[[argparse.Namespace], int]


def command(commands: Commands, name: str, run: Run, summary: str) -> argparse.ArgumentParser:
    """Declare a command that works on an index; return its parser for more options."""
    parser = commands.add_parser(name, help=summary, description=summary[0].upper() + summary[1:] + ".")
    parser.set_defaults(run=run)
    parser.add_argument(
        "--index", "--into", dest="index", type=Path, metavar="DIR",
        help="folder of the index (default: PONTE_HOME, or this system's data folder, with the dossier that ships)",
    )  # fmt: skip
    return parser


def takes_json(command: argparse.ArgumentParser) -> None:
    """Add --json."""
    command.add_argument("--json", action="store_true", help="print JSON, for scripts")


def takes_language(command: argparse.ArgumentParser) -> None:
    """Add --lang."""
    command.add_argument("--lang", choices=("it", "en"), help="language of the answer (default: that of the question)")


def takes_model(command: argparse.ArgumentParser) -> None:
    """Add --model."""
    command.add_argument(
        "--model", metavar="NAME",
        help="who writes the answer: openai:MODEL, or extractive for the sources' own sentences (default: PONTE_MODEL)",
    )  # fmt: skip


def positive(text: str) -> int:
    """Read a whole number from 1 to 1000."""
    if not text.isdecimal() or not 1 <= int(text) <= 1000:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 1 to 1000")
    return int(text)


def open_bot(options: argparse.Namespace, warm: bool = False, settings: "Settings | None" = None) -> "Bot":
    """Open the index of a command and a bot over it; `warm` loads the model, `settings` replace the environment's."""
    from bot.chat import Bot
    from bot.settings import Settings

    settings = Settings.from_environment()
    if getattr(options, "model", None):
        settings = replace(settings, model=options.model)
    with bar("Indexing") as progress:
        bot = Bot.open(options.index, settings, progress)
    if warm:
        with bar("Preparing") as progress:
            bot.warm(progress)
    return bot
