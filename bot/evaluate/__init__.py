"""Evaluation: questions in, trust out. Knows nothing of the page or the terminal.

from bot.evaluate import run

frame = run(part="tuned")
frame.groupby("language")["right"].mean()
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.evaluate.suite import evaluate, run

__all__ = ["evaluate", "run"]


def __getattr__(name: str) -> object:
    """Import a name when it is first used, so that nothing waits for it before."""
    if name not in __all__:
        raise AttributeError(f"module 'bot.evaluate' has no attribute {name!r}")
    from bot.evaluate import suite

    return getattr(suite, name)
