"""What leads to what in the conversation: each listener, from the event to the parts that it changes. Knows no HTML.

Every listener is private: Gradio would make each an endpoint that anyone may call.
"""

from collections.abc import Iterator
from typing import Any

import gradio as gr

from bot.page import layout, scope, transcript
from bot.page.accept import preferred
from bot.page.desk import Desk
from bot.page.layout import Parts
from bot.page.own import Own
from bot.page.remember import Remember
from bot.page.rooms import AFTER, ASKING, AT_ONCE, TYPED, Rooms, data
from bot.page.turns import Turns
from bot.page.view import View
from bot.strings import known, page

# Past turns, the last turn, the conversation, the question box.
_WISHES = ("shape", "preset", "language", "focus", "agreed")
_Said = tuple[Any, Any, Any, Any]
_RELABELLED = 7


class Wiring:
    """The listeners of a page.

    Args:
        parts: of the page.
        desk: does what is asked for.
    """

    def __init__(self, parts: Parts, desk: Desk) -> None:
        self._parts = parts
        self._desk = desk
        self._rooms = Rooms(parts, desk)
        self._remember = Remember(parts, desk)

    def connect(self, blocks: gr.Blocks) -> None:
        """Add every listener, inside the page's `gr.Blocks`, which is open."""
        parts = self._parts
        said = [parts.past, parts.live, parts.turns, parts.box]
        asked = [parts.turns, parts.language, parts.chosen, parts.own]
        asking = [
            parts.box.submit(self._typed, [parts.box, *asked], said, **TYPED),
            parts.live.example(self._example, asked, said, **ASKING),
            parts.live.follow(self._follow, asked, said, **ASKING),
            parts.live.revise(self._revise, asked, said, **ASKING),
            parts.live.sum(self._sum, asked, said, **ASKING),
            parts.live.retry(self._retry, asked, said, **ASKING),
        ]
        talk = [parts.turns, parts.language]
        for answered in asking:
            settled = answered.then(self._settle, talk, [parts.live, parts.box], **AT_ONCE)
            settled.then(self._desk.offered, [parts.turns, parts.own], [parts.more], **AFTER)
            self._remember.after(settled)
        self._remember.after(parts.box.stop(self._stop, [*talk, parts.own], said, cancels=asking, **AT_ONCE))
        self._remember.after(parts.live.undo(self._undo, talk, said, **AT_ONCE), taken_back=True)
        self._remember.connect(asking)
        parts.live.clear(self._clear, talk, said, **AT_ONCE)

        relabelled = [parts.language, parts.masthead, parts.live, parts.box, parts.view, parts.panel, parts.scope]
        around = [*talk, parts.view, parts.own, parts.chosen]
        parts.live.language(self._switch, around, relabelled, **AT_ONCE)
        blocks.load(self._arrive, around, [*relabelled, parts.own], **AT_ONCE)
        self._rooms.connect()

    # -- asking

    def _typed(self, question: str, turns: Turns, language: str, chosen: tuple[str, ...], own: Own) -> Iterator[_Said]:
        yield from self._asked(question, turns, language, chosen, own)

    def _example(
        self, turns: Turns, language: str, chosen: tuple[str, ...], own: Own, event: gr.EventData
    ) -> Iterator[_Said]:
        n, examples = data(event).get("n"), page(language).examples
        question = examples[n] if isinstance(n, int) and 0 <= n < len(examples) else ""
        yield from self._asked(question, turns, language, chosen, own)

    def _follow(
        self, turns: Turns, language: str, chosen: tuple[str, ...], own: Own, event: gr.EventData
    ) -> Iterator[_Said]:
        question = data(event).get("question")
        yield from self._asked(question if isinstance(question, str) else "", turns, language, chosen, own)

    def _revise(
        self, turns: Turns, language: str, chosen: tuple[str, ...], own: Own, event: gr.EventData
    ) -> Iterator[_Said]:
        """Ask an earlier question in other words: it and all that came after it give way."""
        key, question = data(event).get("turn"), data(event).get("question")
        at = next((n for n, turn in enumerate(turns) if turn.key == key), None)
        if at is None or not isinstance(question, str) or turns[-1].stage.open:
            yield gr.skip(), gr.skip(), gr.skip(), gr.skip()
            return
        yield from self._asked(question, turns[:at], language, chosen, own)

    def _sum(
        self, turns: Turns, language: str, chosen: tuple[str, ...], own: Own, event: gr.EventData
    ) -> Iterator[_Said]:
        given = {name: value for name, value in data(event).items() if name in _WISHES and isinstance(value, str)}
        if turns and turns[-1].stage.open:
            yield gr.skip(), gr.skip(), gr.skip(), gr.skip()
            return
        asked = self._desk.noted("summarize", self._desk.summarize(given, turns, language, chosen, own), language)
        yield from self._told(asked, turns, language)

    def _retry(self, turns: Turns, language: str, chosen: tuple[str, ...], own: Own) -> Iterator[_Said]:
        yield from self._asked(turns[-1].question if turns else "", turns[:-1], language, chosen, own)

    def _asked(self, question: str, turns: Turns, language: str, chosen: tuple[str, ...], own: Own) -> Iterator[_Said]:
        """Yield the page's parts while a question is answered; as they are, if there is none or it is not its turn."""
        if not question.strip() or (turns and turns[-1].stage.open):
            yield gr.skip(), gr.skip(), gr.skip(), gr.skip()
            return
        asked = self._desk.noted("ask", self._desk.ask(question, turns, language, chosen, own), language)
        yield from self._told(asked, turns, language, "")

    def _told(
        self, conversations: Iterator[Turns], turns: Turns, language: str, question: str | None = None
    ) -> Iterator[_Said]:
        past: Any = transcript.told(turns)
        box: Any = layout.boxed(language, busy=True, question=question)
        for conversation in conversations:
            last = conversation[-1]
            if not last.stage.open:
                box = layout.boxed(language)
            yield past, _last(conversation, language), conversation, box
            past = box = gr.skip()

    def _settle(self, turns: Turns, language: str) -> tuple[Any, Any]:
        """Return the last turn in the language of the page, which may have been switched while the answer came."""
        busy = bool(turns) and turns[-1].stage.open
        return gr.skip() if busy else _last(turns, language), layout.boxed(language, busy)

    def _stop(self, turns: Turns, language: str, own: Own) -> _Said:
        own.voice.halt.set()
        stopped = (*turns[:-1], turns[-1].stopped()) if turns else turns
        return self._all(stopped, language)

    def _undo(self, turns: Turns, language: str) -> _Said:
        return self._all(turns[:-1], language, turns[-1].question if turns else None)

    def _clear(self, turns: Turns, language: str) -> _Said:
        return self._all((), language)

    def _all(self, turns: Turns, language: str, question: str | None = None) -> _Said:
        return transcript.told(turns[:-1]), _last(turns, language), turns, layout.boxed(language, question=question)

    # -- language

    def _switch(
        self, turns: Turns, language: str, view: View, own: Own, chosen: tuple[str, ...], event: gr.EventData
    ) -> tuple[Any, ...]:
        return self._relabelled(known(data(event).get("code")), turns, view, own, chosen)

    def _arrive(
        self, turns: Turns, language: str, view: View, own: Own, chosen: tuple[str, ...], request: gr.Request
    ) -> tuple[Any, ...]:
        wanted = preferred(request.headers.get("accept-language"), default=language)
        if wanted == language:
            # The page is shown already: what is done there before this comes back must not be taken back by it.
            # Returned as it came: what was never set is not closed when the visitor leaves.
            return *(gr.skip() for _ in range(_RELABELLED)), own
        return *self._relabelled(wanted, turns, view, own, chosen), own

    def _relabelled(
        self, language: str, turns: Turns, view: View, own: Own, chosen: tuple[str, ...]
    ) -> tuple[Any, ...]:
        shown = self._rooms.show(view, turns, language, own)
        line = scope.scoped(len(chosen), language, own.answers)
        return language, layout.masthead(language), *self._settle(turns, language), *shown, line


def _last(turns: Turns, language: str) -> str:
    content = transcript.turned(turns[-1], language) if turns else transcript.welcomed(language)
    return transcript.spoken(content, language)
