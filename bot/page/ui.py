"""The page's door: built around a bot, and served. Knows the parts by name only; what they do stands in their rooms.

`layout` says where things stand, `wiring` what leads to what; `transcript` and `panel` write HTML; `desk` asks the bot.
"""

import os
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from bot.page import web
from bot.page.accounts import Accounts
from bot.page.desk import Desk
from bot.page.endpoints import Endpoints
from bot.page.gate import Rules
from bot.page.journal import Journal
from bot.page.limits import Limit
from bot.page.published import publish
from bot.page.schema import Described
from bot.page.tools import Tools
from bot.page.uploads import Uploads
from bot.page.view import View
from bot.strings import known, page
from bot.terminal import note, say

if TYPE_CHECKING:
    import gradio as gr
    from fastapi import FastAPI

    from bot.chat import Bot

# Who comes after so many is told so at once.
_WAITING = 64
# Files of the largest size that may wait to be read.
_UPLOADS = 25
# Seconds between two looks for work in the queue. Gradio looks a thousand times a second, which keeps a core busy for
# a twentieth of its time though nobody asks anything.
_LOOKS = 0.02
# Seconds until a warming that failed is tried again.
_AGAIN = 5


def build(bot: "Bot", desk: Desk, endpoints: list[Described], journal: Journal) -> "gr.Blocks":
    """Return the page around a bot.

    Args:
        bot: answers, and has the articles.
        desk: does what is asked for on the page.
        endpoints: what programs may call.
        journal: told of what happens.
    """
    _keep_quiet()
    import gradio as gr

    from bot.page.layout import lay_out
    from bot.page.rooms import QUEUED
    from bot.page.wiring import Wiring

    language = known(bot.settings.language)
    blocks: gr.Blocks = gr.Blocks(title=page(language).title, analytics_enabled=False, fill_width=True)
    with blocks:
        parts = lay_out(language, desk.shown(View(), (), language))
        Wiring(parts, desk).connect(blocks)
        publish(endpoints, blocks, journal, **QUEUED)
        blocks.queue(max_size=_WAITING)
        blocks._queue.sleep_when_free = _LOOKS
    return blocks


def look() -> dict[str, Any]:
    """Return theme and style of the page, as Gradio takes them; nothing in it comes from another machine."""
    _keep_quiet()
    import gradio as gr

    from bot.page.layout import asset

    theme = gr.themes.Base(font=["system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"])
    # Gradio's own `css` would be rewritten to hold inside its container only; ours also speaks of the document.
    return {"theme": theme, "head": f"{asset('head.html')}<style>{asset('page.css')}{asset('kept.css')}</style>"}


def serve(bot: "Bot", host: str, port: int, ready: Callable[[str], None] | None = None) -> None:
    """Serve the page until interrupted.

    Args:
        bot: answers; it stays open.
        host: address to serve on.
        port: port to serve on; 0 for any free one.
        ready: told the page's address once it is served; prints it, if None.

    Raises:
        SettingsError: the page cannot be served there.
    """
    settings = bot.settings
    accounts = Accounts.read(settings.auth_file) if settings.auth_file else None
    with Journal.open(settings.log) as journal, Uploads(_UPLOADS * settings.max_upload_mb * 1_000_000) as uploads:
        _keep_quiet(uploads)
        listener = web.bound(host, port)
        loopback = web.loopback(listener)
        if accounts is None and not loopback:
            note("Anyone who reaches this address may ask. PONTE_AUTH_FILE says who may.")
        warm, ended = threading.Event(), threading.Event()
        rules = Rules(
            loopback, accounts, 2 * settings.max_upload_mb * 1_000_000, warm.is_set, uploads.crowded,
            Limit(settings.rate),
        )  # fmt: skip
        try:
            url = web.address(host, listener.getsockname()[1])
            desk = Desk(bot, journal)
            app = _application(bot, desk, rules, journal)
        except BaseException:
            listener.close()
            raise
        tell = ready or (lambda address: say(f"Ponte is at {address} (Ctrl-C ends it)", "bold"))
        warming = threading.Thread(target=_warm, args=(desk, warm, ended))
        warming.start()
        try:
            journal.write("start", articles=len(bot.entries()))
            web.run(app, listener, lambda: tell(url))
        finally:
            # A model that is still being loaded must not lose its interpreter.
            ended.set()
            warming.join()
            journal.write("end")


def _application(bot: "Bot", desk: Desk, rules: Rules, journal: Journal) -> "FastAPI":
    endpoints = Endpoints(bot).all()
    tools = Tools(endpoints, journal)
    blocks, size = build(bot, desk, endpoints, journal), bot.settings.max_upload_mb
    return web.application(blocks, rules, journal, tools.routes, tools.running, size, **look())


def _warm(desk: Desk, warm: threading.Event, ended: threading.Event) -> None:
    while not ended.is_set() and not desk.warm():
        ended.wait(_AGAIN)
    warm.set()


def _keep_quiet(uploads: Uploads | None = None) -> None:
    """Tell Gradio, which asks its environment, that nothing is to be counted or looked up, and where files may go."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    if uploads is not None:
        os.environ["GRADIO_TEMP_DIR"] = str(uploads.path)
