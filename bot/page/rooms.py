"""What leads to what beside the conversation: sources opened and chosen, articles added. Knows no HTML.

Every listener is private: Gradio would make each an endpoint that anyone may call.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr

from bot.page import scope
from bot.page.desk import Desk
from bot.page.keeper import Record
from bot.page.layout import Parts
from bot.page.own import MOST, Own, Refused
from bot.page.turns import Turns, place
from bot.page.view import View
from bot.page.visitor import owner
from bot.strings import LANGUAGES

PRIVATE: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
# Opening a source must not wait behind answers that are being sought.
AT_ONCE: dict[str, Any] = {**PRIVATE, "queue": False, "trigger_mode": "multiple"}
# What asks the bot: as many at once as two cores answer well, also where a model elsewhere is waited for.
QUEUED: dict[str, Any] = {"concurrency_id": "answers", "concurrency_limit": 8}
ASKING: dict[str, Any] = {**PRIVATE, **QUEUED}
# An answer is shown a moment before its event is over: Enter in that moment counts once it is.
TYPED: dict[str, Any] = {**ASKING, "trigger_mode": "always_last"}
# Questions to go on with cost as much as several answers, and can wait for those.
AFTER: dict[str, Any] = {**PRIVATE, "trigger_mode": "multiple", "concurrency_id": "after", "concurrency_limit": 1}
# Putting articles into an index takes seconds: it waits in the queue, and every file waits its turn.
IN_TURN: dict[str, Any] = {**PRIVATE, "trigger_mode": "multiple"}
_LONGEST = 200
_Seen = tuple[View, str]
_Given = tuple[Own, View, str]


class Rooms:
    """The listeners of what stands beside the conversation.

    Args:
        parts: of the page.
        desk: does what is asked for.
    """

    def __init__(self, parts: Parts, desk: Desk) -> None:
        self._parts = parts
        self._desk = desk

    def connect(self) -> None:
        """Add every listener, inside the page's `gr.Blocks`, which is open."""
        parts, live = self._parts, self._parts.live
        about = [parts.view, parts.turns, parts.language, parts.own]
        seen = [parts.view, parts.panel]
        live.cite(self._cite, about, seen, **AT_ONCE)
        live.open(self._open, about, seen, **AT_ONCE)
        live.room(self._room, [*about, parts.record], seen, **AT_ONCE)
        live.choose(self._choose, [parts.language, parts.own], [parts.chosen, parts.scope], **AT_ONCE)
        live.pin(self._pin, [parts.own], [parts.own], **AT_ONCE)
        given = [parts.own, parts.view, parts.panel]
        live.received(self._receive, about, given, **IN_TURN)
        live.paste(self._paste, about, given, **IN_TURN)
        live.change(self._change, [parts.own], [parts.own], **AT_ONCE)
        live.discard(self._discard, about, given, **AT_ONCE)
        live.drop(self._drop, about, given, **IN_TURN)
        live.voice(self._voice, about, given, **IN_TURN)
        live.writer(self._writer, about, given, **AT_ONCE)
        live.use(self._use, about, [parts.share, *given], **IN_TURN)

    def show(self, view: View, turns: Turns, language: str, own: Own) -> _Seen:
        """Return the view and its HTML."""
        return view, self._desk.shown(view, turns, language, own)

    # -- sources

    def _cite(self, view: View, turns: Turns, language: str, own: Own, event: gr.EventData) -> _Seen:
        at = place(data(event))
        return self.show(View(place=at) if at else view, turns, language, own)

    def _open(self, view: View, turns: Turns, language: str, own: Own, event: gr.EventData) -> _Seen:
        article_id, *span = (data(event).get(name) for name in ("id", "start", "end"))
        start, end = (n if type(n) is int else 0 for n in span)
        return self.show(View(article_id, (start, end)) if isinstance(article_id, str) else view, turns, language, own)

    def _room(
        self, view: View, turns: Turns, language: str, own: Own, record: Record, event: gr.EventData,
        request: gr.Request,
    ) -> _Seen:  # fmt: skip
        room = data(event).get("room")
        there = View(room=room, owner=owner(request), current=record.id) if isinstance(room, str) else view
        return self.show(there, turns, language, own)

    def _choose(self, language: str, own: Own, event: gr.EventData) -> tuple[tuple[str, ...], str]:
        wanted = data(event).get("ids")
        chosen = self._desk.known(wanted if isinstance(wanted, list) else [], own)
        return chosen, scope.scoped(len(chosen), language, own.answers)

    def _pin(self, own: Own, event: gr.EventData) -> Own:
        code = data(event).get("language")
        own.answers = code if code in LANGUAGES else ""
        return own

    # -- who writes

    def _voice(self, view: View, turns: Turns, language: str, own: Own, event: gr.EventData) -> _Given:
        self._desk.choose(own, {name: value for name, value in data(event).items() if isinstance(value, str)})
        return own, *self.show(View(room="model"), turns, language, own)

    def _writer(self, view: View, turns: Turns, language: str, own: Own, event: gr.EventData) -> _Given:
        self._desk.rest(own, str(data(event).get("who")))
        return own, *self.show(View(room="model"), turns, language, own)

    # -- a visitor's own articles

    def _receive(self, view: View, turns: Turns, language: str, own: Own, event: gr.EventData) -> Iterator[_Given]:
        files = data(event).get("files")
        own.refused.clear()
        for given in files[:MOST] if isinstance(files, list) else []:
            path, name = _uploaded(given) if isinstance(given, dict) else (None, "")
            if path is not None:
                self._desk.receive(own, name, path)
            elif name:
                own.refused.append(Refused(name, label=self._desk.unsent(given.get("size"))))
            yield own, *self.show(View(room="add"), turns, language, own)

    def _paste(self, view: View, turns: Turns, language: str, own: Own, event: gr.EventData) -> _Given:
        given = data(event)
        title, body = given.get("title"), given.get("text")
        if isinstance(title, str) and isinstance(body, str):
            self._desk.paste(own, title, body)
        return own, *self.show(View(room="add"), turns, language, own)

    def _change(self, own: Own, event: gr.EventData) -> Own:
        given = data(event)
        own.change(str(given.pop("key", "")), {name: value for name, value in given.items() if isinstance(value, str)})
        return own

    def _discard(self, view: View, turns: Turns, language: str, own: Own, event: gr.EventData) -> _Given:
        own.discard(str(data(event).get("key")))
        return own, *self.show(View(room="add"), turns, language, own)

    def _drop(self, view: View, turns: Turns, language: str, own: Own, event: gr.EventData) -> _Given:
        own.remove(str(data(event).get("id")))
        return own, *self.show(View(room="add"), turns, language, own)

    def _use(
        self, view: View, turns: Turns, language: str, own: Own, event: gr.EventData
    ) -> Iterator[tuple[Any, Any, Any, Any]]:
        given = data(event)
        for share in self._desk.use(own, str(given.get("key")), given.get("everyone") is True, language):
            yield share, gr.skip(), gr.skip(), gr.skip()
        yield "", own, *self.show(View(room="add"), turns, language, own)


def _uploaded(given: dict[str, Any]) -> tuple[Path | None, str]:
    """Return the file that a browser names, if it was uploaded, and its own name; no other file is read."""
    from gradio.utils import get_upload_folder

    path, name = Path(str(given.get("path") or ".")).resolve(), str(given.get("name") or "")[:_LONGEST]
    inside = path.is_file() and path.is_relative_to(Path(get_upload_folder()).resolve())
    return (path if inside else None), name


def data(event: gr.EventData) -> dict[str, Any]:
    """Return what a browser sent with an event, by name; nothing if it is not of that kind."""
    return dict(event._data) if isinstance(event._data, dict) else {}
