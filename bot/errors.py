"""The door to the error tree, which is drawn in `index.errors`: catch `BotError` and you have them all."""

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


class EvaluationError(PonteError):
    """An evaluation cannot be run or read as asked; trying again does not help."""


__all__ = [
    "ArticleError",
    "BotError",
    "EmbedderError",
    "EvaluationError",
    "QuestionError",
    "SettingsError",
    "StoreError",
    "StoreLocked",
    "StoreMismatch",
    "UnknownArticle",
]
