"""The page's door: built around a bot, and served. Knows the parts by name only; what they do stands in their rooms.

`layout` says where things stand, `wiring` what leads to what; `transcript` and `panel` write HTML; `desk` asks the bot.
"""

import os
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from bot.page import web
from bot.page.desk import Desk, View
from bot.page.endpoints import Endpoints
from bot.strings import known, page
from bot.terminal import say

if TYPE_CHECKING:
    import gradio as gr

    from bot.chat import Bot

# More at once on two cores would only make each answer slower; who comes after them waits in the queue.
_AT_ONCE = 4
_WAITING = 64


def build(bot: "Bot") -> "gr.Blocks":
    """Return the page around a bot.

    Args:
        bot: answers, and has the articles.
    """
    _keep_quiet()
    import gradio as gr
    from gradio.events import api

    from bot.page.layout import lay_out
    from bot.page.wiring import Wiring

    desk, endpoints, language = Desk(bot), Endpoints(bot), known(bot.settings.language)
    blocks: gr.Blocks = gr.Blocks(title=page(language).title, analytics_enabled=False, fill_width=True)
    with blocks:
        parts = lay_out(language, desk.shown(View(), (), language))
        Wiring(parts, desk).connect(blocks)
        api(endpoints.ask, api_name="ask")
        api(endpoints.sources, api_name="sources")
        blocks.queue(default_concurrency_limit=_AT_ONCE, max_size=_WAITING)
    return blocks


def look() -> dict[str, Any]:
    """Return theme and style of the page, as Gradio takes them; nothing in it comes from another machine."""
    _keep_quiet()
    import gradio as gr

    from bot.page.layout import asset

    theme = gr.themes.Base(font=["system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"])
    # Gradio's own `css` would be rewritten to hold inside its container only; ours also speaks of the document.
    return {"theme": theme, "head": f"{asset('head.html')}<style>{asset('page.css')}</style>"}


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
    listener = web.bound(host, port)
    try:
        url = web.address(host, listener.getsockname()[1])
        app = web.application(build(bot), bot.settings.max_upload_mb, **look())
    except BaseException:
        listener.close()
        raise
    tell = ready or (lambda address: say(f"Ponte is at {address} (Ctrl-C ends it)", "bold"))
    warming = threading.Thread(target=Desk(bot).warm)
    warming.start()
    try:
        web.run(app, listener, lambda: tell(url))
    finally:
        # A model that is still being loaded must not lose its interpreter.
        warming.join()


def _keep_quiet() -> None:
    """Tell Gradio, which asks when it is imported, that nothing is to be counted or looked up elsewhere."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
