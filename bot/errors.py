"""The door to the error tree, which is drawn in `index.errors`: catch `BotError` and you have them all."""

from index.errors import (
    ArticleError,
    EmbedderError,
    ModelError,
    PonteError,
    QuestionError,
    SettingsError,
    StoreError,
    StoreLocked,
    StoreMismatch,
    UnknownArticle,
)

BotError = PonteError

__all__ = [
    "ArticleError",
    "BotError",
    "EmbedderError",
    "ModelError",
    "QuestionError",
    "SettingsError",
    "StoreError",
    "StoreLocked",
    "StoreMismatch",
    "UnknownArticle",
]
