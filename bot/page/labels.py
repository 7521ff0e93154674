"""Labels of what stands around a conversation, by language. Knows the tables, nothing of what is labelled."""

from bot.page.label import Labels
from bot.page.labels_en import ENGLISH
from bot.page.labels_it import ITALIAN
from bot.strings import Language, known

__all__ = ["Labels", "labels"]

_LABELS: dict[Language, Labels] = {"it": ITALIAN, "en": ENGLISH}


def labels(language: str) -> Labels:
    """Return the labels in a language; English if it is neither of the two."""
    return _LABELS[known(language)]
