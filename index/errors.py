"""The error tree. Knows nothing of who raises or shows an error.

PonteError                 every error that Ponte raises on purpose
+-- ArticleError           an article cannot be read or used; trying again does not help
+-- UnknownArticle         no article of that id in the index; trying again does not help
+-- StoreError             the index cannot be opened or written; see the fix
|   +-- StoreLocked        another process is writing; a retry helps, later
|   +-- StoreMismatch      made by another model or a newer version; rebuild
+-- EmbedderError          the embedder cannot be loaded or answered with nonsense
+-- QuestionError          the question cannot be answered as asked (empty, too long)
+-- SettingsError          a setting is unknown or does not fit
"""


class PonteError(Exception):
    """The root of every error that Ponte raises on purpose.

    Args:
        message: one line that says what is wrong.
        fix: one line that says what to do about it; may be empty.
    """

    retry = False

    def __init__(self, message: str, fix: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.fix = fix

    def __str__(self) -> str:
        """Return the message, and the fix behind it where there is one."""
        return f"{self.message} {self.fix}".strip()


class ArticleError(PonteError):
    """An article cannot be read or used as it is."""


class UnknownArticle(PonteError):
    """No article of that id is in the index."""


class StoreError(PonteError):
    """The index cannot be opened or written."""


class StoreLocked(StoreError):
    """Another process is writing to the same index."""

    retry = True


class StoreMismatch(StoreError):
    """The index was made by another embedding model or by a newer version."""


class EmbedderError(PonteError):
    """The embedder cannot be loaded, or gave vectors that do not fit."""


class QuestionError(PonteError):
    """The question cannot be answered as it was asked."""


class SettingsError(PonteError):
    """A setting is unknown or its value does not fit."""
