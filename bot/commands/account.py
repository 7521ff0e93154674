"""`ponte account`: a line for the file of those who may use a served page."""

import argparse
import sys

from bot.commands.common import ANSWERED, Commands
from bot.errors import BotError
from bot.terminal import say


def add(commands: Commands) -> None:
    """Declare the command."""
    summary = "make a line for PONTE_AUTH_FILE, from a name and a password that is typed or piped in"
    makes = commands.add_parser("account", help=summary, description=summary[0].upper() + summary[1:] + ".")
    makes.set_defaults(run=_account)
    makes.add_argument("name", help="of the account; the password is no option, others on the machine could read it")


def _account(options: argparse.Namespace) -> int:
    from bot.page.accounts import line

    say(line(options.name, _password()))
    return ANSWERED


def _password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    from getpass import getpass

    password = getpass("Password: ")
    if getpass("Again: ") != password:
        raise BotError("The two passwords differ.", "Try again.")
    return password
