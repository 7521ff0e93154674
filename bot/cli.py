"""The command line: parses, calls a command of `bot.commands`, turns what happens into an exit code.

Heavy imports happen inside the commands, so that `ponte --help` costs nothing.
"""

import argparse
import sys
from collections.abc import Sequence

from bot.commands import account, ask, evaluate, history, library, serve, summarize
from bot.commands.common import FAILED, INTERRUPTED
from bot.errors import BotError
from bot.terminal import complain, note, say

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
  PONTE_AUTH_FILE  PONTE_LOG  PONTE_RATE  PONTE_HISTORY  PONTE_HISTORY_DAYS
  PONTE_MODEL  PONTE_MODEL_TIMEOUT  PONTE_MAX_TOKENS  PONTE_MAX_COST  PONTE_CONTEXT_WINDOW  PONTE_PRICES
  OPENAI_API_KEY  OPENAI_BASE_URL  (a key is never an option: others on the machine could read it)
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return its exit code."""
    options = _parser().parse_args(evaluate.with_run(sys.argv[1:] if arguments is None else arguments))
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
    for group in (ask, summarize, history, library, serve, account, evaluate):
        group.add(commands)
    return parser


class _Version(argparse.Action):
    def __call__(self, *_: object, **__: object) -> None:
        from importlib.metadata import version

        say(f"ponte {version('ponte-chat')}")
        raise SystemExit(0)


if __name__ == "__main__":
    sys.exit(main())
