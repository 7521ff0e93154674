"""Ponte: a chat over a dossier of articles in which every sentence is backed by a quote.

from bot import Bot

with Bot.open() as bot:
    print(bot.ask("Cosa ha regalato Putin a Kim?").text)
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.chat import Bot
    from bot.datamodels import Answer, Citation
    from bot.errors import BotError
    from bot.settings import Settings

__all__ = ["Answer", "Bot", "BotError", "Citation", "Settings"]

_ROOMS = {
    "Answer": "bot.datamodels",
    "Bot": "bot.chat",
    "BotError": "bot.errors",
    "Citation": "bot.datamodels",
    "Settings": "bot.settings",
}


def __getattr__(name: str) -> object:
    """Import a name when it is first used, so that the command line's help does not wait for numpy."""
    if name not in _ROOMS:
        raise AttributeError(f"module 'bot' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_ROOMS[name]), name)
