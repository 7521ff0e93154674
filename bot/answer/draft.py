"""What of a model's stream is shown before it is checked: words, as they come, and nothing that could act or mislead.

Markers are left out (their numbers are the model's, not the answer's), and so is a word that carries markup. What looks
like the rules repeated, or another language, ends the draft; the checked sentences come all the same. Knows nothing of
sources.
"""

import re

from bot.answer.guard import markup, runs
from bot.answer.markers import unmarked
from index.language import SURE, detect

_LATEST = 9
_HEARD = 7
_OPENED = re.compile(r"[\[(【<][^\])】>]{0,60}$")
_WORD = re.compile(r"\w+")
_STOP = re.compile(r"[.,;:!?…]")
_TOKEN = re.compile(r"not_?\s?in_?\s?sources", re.IGNORECASE)
_UNSAFE = re.compile(r"[<>\[\]{}`|]")
_ESCAPE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]")


class Draft:
    """Lets through what may be shown of a stream; the first words wait until their language is told.

    Args:
        language: of the answer.
        secret: the rules that the model was given.
    """

    def __init__(self, language: str, secret: str) -> None:
        self._language = language
        self._runs = runs(secret)
        self._held = ""
        self._early = ""
        self._words: list[str] = []
        self._judged = 0
        self._over = False

    def feed(self, piece: str) -> str:
        """Take a piece; return what may be shown now: whole words only."""
        if self._over:
            return ""
        self._held += piece
        place = max(self._held.rfind(" "), self._held.rfind("\n"), 0)
        opened = _OPENED.search(self._held[:place])
        place = opened.start() if opened else place
        ready, self._held = self._held[:place], self._held[place:]
        self._early += self._allowed(ready)
        if self._over or not self._judged:
            return ""
        shown, self._early = self._early, ""
        return shown

    def _allowed(self, text: str) -> str:
        bare, _ = unmarked(_ESCAPE.sub("", text), 0)
        shown = []
        for word in re.findall(r"\s*\S+|\s+$", bare):
            self._words += _WORD.findall(word.lower())
            if self._leaks() or self._strays() or _TOKEN.search(word):
                self._over = True
                break
            if not markup(word) and not _UNSAFE.search(word):
                shown.append(_spaced(word))
        return "".join(shown)

    def _leaks(self) -> bool:
        return bool(runs(" ".join(self._words[-_LATEST:])) & self._runs)

    def _strays(self) -> bool:
        """Tell whether the latest words are of another language."""
        if len(self._words) - self._judged < _HEARD:
            return False
        heard = detect(" ".join(self._words[self._judged :]))
        self._judged = len(self._words)
        return heard.code != self._language and heard.confidence >= SURE


def _spaced(word: str) -> str:
    """Return a word with one space before it at most, and none before a stop: a marker stood there."""
    gap = word[: len(word) - len(word.lstrip())]
    body = word.lstrip()
    if "\n" in gap:
        return "\n" + body
    return body if _STOP.match(body) else gap[:1] + body
