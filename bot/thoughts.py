"""What a model says aloud, out of a stream in which it also thinks. Knows tags, nothing of what is said.

Servers that know their model keep its thoughts apart; others pass on what it writes, between tags. A tag may come in
pieces, thoughts may stand anywhere, and some models begin with them untold: of those only the closing tag is seen, and
all that stands before it was thought.
"""

import re
from dataclasses import dataclass

_NAMES = ("think", "thinking", "thought", "thoughts", "reasoning", "reflection")
_PAIRS = {
    **{f"<{name}>": f"</{name}>" for name in _NAMES},
    "[think]": "[/think]",
    "◁think▷": "◁/think▷",
    "<|begin_of_thought|>": "<|end_of_thought|>",
    "<|start_thinking|>": "<|end_thinking|>",
    "<|channel|>analysis<|message|>": "<|end|>",
    "<|channel|>commentary<|message|>": "<|end|>",
}
_CLOSING = frozenset(_PAIRS.values()) - {"<|end|>"}
_EMPTY = frozenset(
    "<|start|>assistant <|channel|>final<|message|> <|end|> <|return|> "
    "<|begin_of_solution|> <|end_of_solution|>".split()
)
_TAGS = tuple(sorted({*_PAIRS, *_PAIRS.values(), *_EMPTY}, key=len, reverse=True))
_TAG = re.compile("|".join(map(re.escape, _TAGS)), re.IGNORECASE)
_LONGEST = len(_TAGS[0])


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a piece of a stream has brought.

    Attributes:
        text: said aloud.
        anew: whether all that was said before it turns out to be thought.
    """

    text: str
    anew: bool = False


class Aloud:
    """Takes the thoughts out of one reply, piece by piece.

    Args:
        thinking: whether the model is known to begin with thoughts that no tag opens; without a closing tag, what it
            wrote is taken to be said, at the end.

    Attributes:
        thought: whether something was left out.
    """

    def __init__(self, thinking: bool = False) -> None:
        self.thought = False
        self._raw = ""
        self._kept = ""
        self._untold = thinking
        self._opener = ""
        self._depth = 0
        self._paired = False
        self._before = "\n"

    def feed(self, piece: str) -> Spoken:
        """Take a piece of any length; return what is said with it: what may be the beginning of a tag waits."""
        self._raw += piece
        return self._told(False)

    def end(self) -> Spoken:
        """Return what is left when the reply has ended; thoughts that nothing closed are none of it."""
        told = self._told(True)
        kept, self._kept = self._kept, ""
        return Spoken(kept + told.text, told.anew) if kept else told

    @property
    def untold(self) -> bool:
        """Whether the model was taken to think and has not said otherwise."""
        return self._untold

    def _told(self, last: bool) -> Spoken:
        said, anew = "", False
        while tag := _TAG.search(self._raw):
            name, behind = tag[0].lower(), self._raw[tag.end() : tag.end() + 1]
            if self._closes(name) and not behind and not last:
                break
            said += self._heard(self._raw[: tag.start()])
            alone = self._before.endswith("\n") or behind in ("", "\n")
            self._raw = self._raw[tag.end() :]
            if self._closes(name) and (self._untold or alone):
                self.thought, self._paired = True, True
                said, self._kept, anew = "", "", not self._untold
                self._untold = False
            else:
                self._turn(name)
        place = tag.start() if tag else len(self._raw) - (0 if last else _begun(self._raw))
        said += self._heard(self._raw[:place])
        self._raw = self._raw[place:]
        return Spoken(said, anew)

    def _closes(self, name: str) -> bool:
        """Tell whether a tag may close thoughts that none opened: the first one may."""
        return name in _CLOSING and not self._depth and not self._paired

    def _turn(self, name: str) -> None:
        if not self._depth and name in _PAIRS:
            self._opener, self._depth, self._paired, self.thought = name, 1, True, True
        elif self._depth and name == self._opener:
            self._depth += 1
        elif self._depth and name == _PAIRS[self._opener]:
            self._depth -= 1

    def _heard(self, text: str) -> str:
        self._before = (self._before + text)[-1:]
        if self._depth:
            return ""
        if self._untold:
            self._kept += text
            return ""
        return text


def aloud(text: str) -> str:
    """Return what a whole reply says aloud."""
    ear = Aloud()
    first, rest = ear.feed(text), ear.end()
    return rest.text if rest.anew else first.text + rest.text


def _begun(text: str) -> int:
    """Return how many characters at the end of a text may be the beginning of a tag."""
    tail = text[-_LONGEST + 1 :].lower()
    return next(
        (len(tail) - n for n in range(len(tail)) if any(tag.startswith(tail[n:]) for tag in _TAGS)),
        0,
    )
