"""The page, from the environment's settings: `python app.py`. Settings -> Bot -> page; nothing else happens here."""

import sys

from bot.chat import Bot
from bot.errors import BotError
from bot.page.ui import serve
from bot.settings import Settings
from bot.terminal import bar, complain


def main() -> int:
    """Open the bot, serve the page until interrupted, and return the exit code."""
    try:
        settings = Settings.from_environment()
        with bar("Indexing") as progress:
            bot = Bot.open(settings=settings, progress=progress)
        with bot:
            serve(bot, settings.host, settings.port)
    except BotError as error:
        complain(error)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
