"""What leads to what on the page: each listener, from the event to the parts that it changes. Knows no HTML.

Every listener is private: Gradio would make each an endpoint that anyone may call.
"""

from collections.abc import Iterator
from typing import Any

import gradio as gr

from bot.page import layout, transcript
from bot.page.accept import preferred
from bot.page.desk import Desk, View
from bot.page.layout import Parts
from bot.page.turns import Turns, place
from bot.strings import known, page

_PRIVATE: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
# Opening a source must not wait behind answers that are being sought.
_AT_ONCE: dict[str, Any] = {**_PRIVATE, "queue": False, "trigger_mode": "multiple"}
# Past turns, the last turn, the conversation, the question box.
_Said = tuple[Any, Any, Any, Any]


class Wiring:
    """The listeners of a page.

    Args:
        parts: of the page.
        desk: does what is asked for.
    """

    def __init__(self, parts: Parts, desk: Desk) -> None:
        self._parts = parts
        self._desk = desk

    def connect(self, blocks: gr.Blocks) -> None:
        """Add every listener, inside the page's `gr.Blocks`, which is open."""
        parts = self._parts
        said = [parts.past, parts.live, parts.turns, parts.box]
        asking = [
            parts.box.submit(self._typed, [parts.box, parts.turns, parts.language], said, **_PRIVATE),
            parts.live.example(self._example, [parts.turns, parts.language], said, **_PRIVATE),
            parts.live.follow(self._follow, [parts.turns, parts.language], said, **_PRIVATE),
            parts.live.revise(self._revise, [parts.turns, parts.language], said, **_PRIVATE),
            parts.live.retry(self._retry, [parts.turns, parts.language], said, **_PRIVATE),
        ]
        talk = [parts.turns, parts.language]
        for answered in asking:
            settled = answered.then(self._settle, talk, [parts.live, parts.box], **_AT_ONCE)
            settled.then(self._desk.offered, [parts.turns], [parts.more], **_AT_ONCE)
        parts.box.stop(self._stop, talk, said, cancels=asking, **_AT_ONCE)
        parts.live.undo(self._undo, talk, said, **_AT_ONCE)
        parts.live.clear(self._clear, talk, said, **_AT_ONCE)

        seen = [parts.view, parts.panel]
        parts.live.cite(self._cite, [parts.view, *talk], seen, **_AT_ONCE)
        parts.live.open(self._open, [parts.view, *talk], seen, **_AT_ONCE)
        parts.live.sources(self._list, [parts.view, *talk], seen, **_AT_ONCE)

        relabelled = [parts.language, parts.masthead, parts.live, parts.box, parts.panel]
        parts.live.language(self._switch, [*talk, parts.view], relabelled, **_AT_ONCE)
        blocks.load(self._arrive, [*talk, parts.view], relabelled, **_AT_ONCE)

    # -- asking

    def _typed(self, question: str, turns: Turns, language: str) -> Iterator[_Said]:
        yield from self._asked(question, turns, language)

    def _example(self, turns: Turns, language: str, event: gr.EventData) -> Iterator[_Said]:
        n, examples = _data(event).get("n"), page(language).examples
        question = examples[n] if isinstance(n, int) and 0 <= n < len(examples) else ""
        yield from self._asked(question, turns, language)

    def _follow(self, turns: Turns, language: str, event: gr.EventData) -> Iterator[_Said]:
        question = _data(event).get("question")
        yield from self._asked(question if isinstance(question, str) else "", turns, language)

    def _revise(self, turns: Turns, language: str, event: gr.EventData) -> Iterator[_Said]:
        """Ask an earlier question in other words: it and all that came after it give way."""
        key, question = _data(event).get("turn"), _data(event).get("question")
        at = next((n for n, turn in enumerate(turns) if turn.key == key), None)
        if at is None or not isinstance(question, str) or turns[-1].stage.open:
            yield gr.skip(), gr.skip(), gr.skip(), gr.skip()
            return
        yield from self._asked(question, turns[:at], language)

    def _retry(self, turns: Turns, language: str) -> Iterator[_Said]:
        yield from self._asked(turns[-1].question if turns else "", turns[:-1], language)

    def _asked(self, question: str, turns: Turns, language: str) -> Iterator[_Said]:
        """Yield the page's parts while a question is answered; as they are, if there is none or it is not its turn."""
        if not question.strip() or (turns and turns[-1].stage.open):
            yield gr.skip(), gr.skip(), gr.skip(), gr.skip()
            return
        past: Any = transcript.told(turns)
        box: Any = layout.boxed(language, busy=True, question="")
        for conversation in self._desk.ask(question, turns, language):
            last = conversation[-1]
            if not last.stage.open:
                box = layout.boxed(language)
            yield past, _last(conversation, language), conversation, box
            past = box = gr.skip()

    def _settle(self, turns: Turns, language: str) -> tuple[Any, Any]:
        """Return the last turn in the language of the page, which may have been switched while the answer came."""
        busy = bool(turns) and turns[-1].stage.open
        return gr.skip() if busy else _last(turns, language), layout.boxed(language, busy)

    def _stop(self, turns: Turns, language: str) -> _Said:
        stopped = (*turns[:-1], turns[-1].stopped()) if turns else turns
        return self._all(stopped, language)

    def _undo(self, turns: Turns, language: str) -> _Said:
        return self._all(turns[:-1], language, turns[-1].question if turns else None)

    def _clear(self, turns: Turns, language: str) -> _Said:
        return self._all((), language)

    def _all(self, turns: Turns, language: str, question: str | None = None) -> _Said:
        return transcript.told(turns[:-1]), _last(turns, language), turns, layout.boxed(language, question=question)

    # -- sources

    def _cite(self, view: View, turns: Turns, language: str, event: gr.EventData) -> tuple[View, str]:
        at = place(_data(event))
        return self._show(View(place=at) if at else view, turns, language)

    def _open(self, view: View, turns: Turns, language: str, event: gr.EventData) -> tuple[View, str]:
        article_id = _data(event).get("id")
        return self._show(View(article_id) if isinstance(article_id, str) else view, turns, language)

    def _list(self, view: View, turns: Turns, language: str) -> tuple[View, str]:
        return self._show(View(), turns, language)

    def _show(self, view: View, turns: Turns, language: str) -> tuple[View, str]:
        return view, self._desk.shown(view, turns, language)

    # -- language

    def _switch(self, turns: Turns, language: str, view: View, event: gr.EventData) -> tuple[Any, ...]:
        return self._relabelled(known(_data(event).get("code")), turns, view)

    def _arrive(self, turns: Turns, language: str, view: View, request: gr.Request) -> tuple[Any, ...]:
        wanted = preferred(request.headers.get("accept-language"), default=language)
        return self._relabelled(wanted, turns, view)

    def _relabelled(self, language: str, turns: Turns, view: View) -> tuple[Any, ...]:
        sources = self._desk.shown(view, turns, language)
        return language, layout.masthead(language), *self._settle(turns, language), sources


def _last(turns: Turns, language: str) -> str:
    content = transcript.turned(turns[-1], language) if turns else transcript.welcomed(language)
    return transcript.spoken(content, language)


def _data(event: gr.EventData) -> dict[str, Any]:
    return event._data if isinstance(event._data, dict) else {}
