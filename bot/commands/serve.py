"""`ponte serve`: the page."""

import argparse

from bot.commands.common import ANSWERED, Commands, command, open_bot, takes_model
from bot.terminal import note


def add(commands: Commands) -> None:
    """Declare the command."""
    serves = command(commands, "serve", _serve, "serve the page for a browser")
    takes_model(serves)
    serves.add_argument("--host", help="address to serve on (default: PONTE_HOST, or 127.0.0.1)")
    serves.add_argument("--port", type=int, help="port to serve on (default: PONTE_PORT, or 7860)")


def _serve(options: argparse.Namespace) -> int:
    from bot.page.ui import serve
    from bot.settings import Settings

    settings = Settings.from_environment()
    with open_bot(options) as bot:
        note("Starting the page ...")
        serve(bot, options.host or settings.host, settings.port if options.port is None else options.port)
    return ANSWERED
