"""What leads to what around what is kept: conversations saved and opened again, thumbs, files. Knows no HTML.

Every listener is private, and asks the request who the visitor is: nothing that a browser sends names an owner.
"""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import gradio as gr

from bot.errors import HistoryError
from bot.page import kept, layout, transcript
from bot.page.desk import Desk
from bot.page.keeper import Record, document
from bot.page.layout import Parts
from bot.page.own import Own
from bot.page.rooms import AT_ONCE, data
from bot.page.turns import Turns
from bot.page.view import View
from bot.page.visitor import owner
from bot.strings import page

_WORDS = 200


class Remember:
    """The listeners of what is kept.

    Args:
        parts: of the page.
        desk: has the keeper.
    """

    def __init__(self, parts: Parts, desk: Desk) -> None:
        self._parts = parts
        self._desk = desk

    def connect(self, asking: Sequence[Any]) -> None:
        """Add every listener, inside the page's `gr.Blocks`, which is open; to open a conversation ends an answer."""
        parts, events = self._parts, self._parts.kept
        room = self._room()
        shown = [parts.view, parts.panel]
        said = [parts.past, parts.live, parts.turns, parts.box]
        events.reopen(self._open, room, [*said, parts.record, *shown], cancels=list(asking), **AT_ONCE)
        events.find(self._find, room, shown, **AT_ONCE)
        events.rename(self._rename, room, [parts.record, *shown], **AT_ONCE)
        events.remove(self._remove, room, [parts.record, *shown], **AT_ONCE)
        events.keeping(self._keeping, room, shown, **AT_ONCE)
        events.rate(self._rate, [parts.turns, parts.own], None, **AT_ONCE)
        events.unrate(self._unrate, None, None, **AT_ONCE)
        events.save(self._file, [parts.record, parts.turns, parts.language, parts.own], [events], **AT_ONCE)
        parts.live.clear(Record, None, [parts.record], **AT_ONCE)

    def after(self, event: Any, taken_back: bool = False) -> None:
        """Keep the conversation when an event is over.

        Args:
            event: as a listener returns it.
            taken_back: whether the event may have left no turn; else an empty conversation is a new one.
        """
        parts = self._parts
        keep = self._take_back if taken_back else self._keep
        kept = event.then(keep, [parts.record, parts.turns, parts.own], [parts.record], **AT_ONCE)
        # By itself, so that it knows a room that was opened while the conversation was being written.
        kept.then(self._relisted, self._room(), [parts.view, parts.panel], **AT_ONCE)

    def _room(self) -> list[Any]:
        parts = self._parts
        return [parts.view, parts.record, parts.turns, parts.language, parts.own]

    # -- conversations

    def _keep(self, record: Record, turns: Turns, own: Own, request: gr.Request) -> Any:
        if not turns or turns[-1].stage.open:
            return gr.skip()
        return self._take_back(record, turns, own, request)

    def _take_back(self, record: Record, turns: Turns, own: Own, request: gr.Request) -> Record:
        now = self._desk.keeper.save(owner(request), record, turns, own)
        return now if turns else Record()

    def _relisted(
        self, view: View, record: Record, turns: Turns, language: str, own: Own, request: gr.Request
    ) -> tuple[Any, Any]:
        if view.room != "history" or view.place or view.article_id:
            return gr.skip(), gr.skip()
        return self._shown(view, record, turns, language, own, request)

    def _open(
        self, view: View, record: Record, turns: Turns, language: str, own: Own, event: gr.EventData,
        request: gr.Request,
    ) -> tuple[Any, ...]:  # fmt: skip
        if turns and turns[-1].stage.open:
            own.voice.halt.set()
        try:
            record, turns = self._desk.reopened(owner(request), str(data(event).get("id")), own)
        except HistoryError:
            return (*(gr.skip() for _ in range(5)), *self._shown(view, record, turns, language, own, request))
        last = transcript.turned(turns[-1], language) if turns else transcript.welcomed(language)
        said = transcript.told(turns[:-1]), transcript.spoken(last, language), turns, layout.boxed(language)
        return *said, record, *self._shown(view, record, turns, language, own, request)

    def _find(
        self, view: View, record: Record, turns: Turns, language: str, own: Own, event: gr.EventData,
        request: gr.Request,
    ) -> tuple[Any, Any]:  # fmt: skip
        view = replace(view, find=str(data(event).get("words") or "")[:_WORDS])
        return self._shown(view, record, turns, language, own, request)

    def _rename(
        self, view: View, record: Record, turns: Turns, language: str, own: Own, event: gr.EventData,
        request: gr.Request,
    ) -> tuple[Any, Any, Any]:  # fmt: skip
        name, title = str(data(event).get("id")), str(data(event).get("title") or "")
        try:
            self._desk.keeper.rename(owner(request), name, title)
            record = replace(record, title=title.strip() or record.title) if record.id == name else record
        except HistoryError as error:
            _warn(error, language)
        return record, *self._shown(view, record, turns, language, own, request)

    def _remove(
        self, view: View, record: Record, turns: Turns, language: str, own: Own, event: gr.EventData,
        request: gr.Request,
    ) -> tuple[Any, Any, Any]:  # fmt: skip
        """Delete a conversation, or all. What is open stays open, and of it only what is asked from now on is kept."""
        name, keeper = data(event).get("id"), self._desk.keeper
        try:
            if isinstance(name, str):
                keeper.delete(owner(request), name)
            else:
                keeper.clear(owner(request))
            if name is None or name == record.id:
                record = Record(keys=frozenset(turn.key for turn in turns))
        except HistoryError as error:
            _warn(error, language)
        return record, *self._shown(replace(view, find=""), record, turns, language, own, request)

    def _keeping(
        self, view: View, record: Record, turns: Turns, language: str, own: Own, event: gr.EventData,
        request: gr.Request,
    ) -> tuple[Any, Any]:  # fmt: skip
        try:
            self._desk.keeper.keep(owner(request), data(event).get("wanted") is True)
        except HistoryError as error:
            _warn(error, language)
        return self._shown(view, record, turns, language, own, request)

    def _shown(
        self, view: View, record: Record, turns: Turns, language: str, own: Own, request: gr.Request
    ) -> tuple[View, str]:
        view = View(room="history", owner=owner(request), find=view.find, current=record.id)
        return view, self._desk.shown(view, turns, language, own)

    # -- thumbs and files

    def _rate(self, turns: Turns, own: Own, event: gr.EventData, request: gr.Request) -> None:
        given = {name: value for name, value in data(event).items() if isinstance(value, str)}
        turn = next((turn for turn in turns if turn.key == given.get("turn")), None)
        if turn is None:
            return
        try:
            self._desk.rate(
                owner(request), turn, given.get("verdict", ""), given.get("reason", ""), given.get("words", ""), own
            )
        except HistoryError as error:
            _warn(error, turn.language)

    def _unrate(self, event: gr.EventData, request: gr.Request) -> None:
        try:
            self._desk.keeper.unrate(owner(request), str(data(event).get("turn")))
        except HistoryError as error:
            _warn(error, "en")

    def _file(self, record: Record, turns: Turns, language: str, own: Own, event: gr.EventData) -> Any:
        try:
            file = document(record, turns, str(data(event).get("form")), language, own)
        except HistoryError:
            return gr.skip()
        return kept.saved(*file, secrets.token_hex(4))


def _warn(error: HistoryError, language: str) -> None:
    gr.Warning(page(language).problem(type(error).__name__), title="Ponte")
