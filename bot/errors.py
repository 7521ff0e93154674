"""The door to the error tree, which is drawn in `index.errors`: catch `BotError` and you have them all.

To that tree this adds, under `PonteError`:

+-- CostError              what is asked for costs more than may be spent without asking; agree to it, and again
+-- EvaluationError        an evaluation cannot be run or read as asked; trying again does not help
+-- HistoryError           a conversation or a thumb cannot be kept or found; see the fix
+-- ModelError             a language model gave no answer that can be used; see its `kind`
"""

from typing import Literal, TypeAlias

from index.errors import (
    ArticleError,
    EmbedderError,
    PonteError,
    QuestionError,
    SettingsError,
    StoreError,
    StoreLocked,
    StoreMismatch,
    UnknownArticle,
)

BotError = PonteError

Kind: TypeAlias = Literal[
    "key", "unknown", "limit", "server", "connection", "timeout", "cut", "refused", "empty", "budget", "stopped"
]


class ModelError(PonteError):
    """A language model did not answer, or not to the end.

    Args:
        kind: "key": it is missing or not accepted; "unknown": no such model there; "limit": too many requests, even
            after retries, or a used-up account; "server": it failed or answered with nonsense; "connection": it cannot
            be reached; "timeout": nothing came in time; "cut": the text broke off, or ran on past what was asked;
            "refused": the model or a filter will not answer; "empty": no text came; "budget": the spending limit is
            reached; "stopped": the caller stopped it.
        message: one line that says what is wrong; never holds a key.
        fix: one line that says what to do about it.
    """

    def __init__(self, kind: Kind, message: str, fix: str = "") -> None:
        super().__init__(message, fix)
        self.kind = kind
        self.retry = kind in ("limit", "server", "connection", "timeout", "cut", "empty")

    def __reduce__(self) -> tuple[type["ModelError"], tuple[str, str, str]]:
        """Let it travel between processes."""
        return ModelError, (self.kind, self.message, self.fix)


class CostError(PonteError):
    """A language model would need more than may be spent without asking; nothing was asked of it.

    Args:
        model: that would be asked.
        calls: requests that it would take.
        cost: in US dollars, about; None if the price is not known.
    """

    def __init__(self, model: str, calls: int, cost: float | None) -> None:
        price = "at a price that is not known" if cost is None else f"for about {cost:.2f} US dollars"
        super().__init__(
            f"This would take {calls} requests to {model}, {price}.",
            "Agree to it (`ponte summarize --yes`, `bot.summarize(wish, agreed=True)`), or raise PONTE_ASK_ABOVE.",
        )
        self.model, self.calls, self.cost = model, calls, cost

    def __reduce__(self) -> tuple[type["CostError"], tuple[str, int, float | None]]:
        """Let it travel between processes."""
        return CostError, (self.model, self.calls, self.cost)


class EvaluationError(PonteError):
    """An evaluation cannot be run or read as asked; trying again does not help."""


class HistoryError(PonteError):
    """What is kept of conversations, or was said of answers, cannot be written, read or found."""


__all__ = [
    "ArticleError",
    "BotError",
    "CostError",
    "EmbedderError",
    "EvaluationError",
    "HistoryError",
    "ModelError",
    "QuestionError",
    "SettingsError",
    "StoreError",
    "StoreLocked",
    "StoreMismatch",
    "UnknownArticle",
]
