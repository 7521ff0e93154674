"""Conversations kept: `History` is their store, `Kept` a line of its lists."""

from bot.history.store import History, Kept

__all__ = ["History", "Kept"]
