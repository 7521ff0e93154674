"""What language models cost: a dated table of prices, and a limit to what is spent. Knows names and numbers only."""

import threading
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from bot.datamodels import Usage
from bot.errors import ModelError, SettingsError


@dataclass(frozen=True, slots=True)
class Price:
    """What a model costs, in US dollars for a million tokens.

    Attributes:
        input: tokens sent.
        output: tokens written, thoughts included.
        cached: tokens sent that the server still had from an earlier request.
        kept: tokens sent that the server puts by for a later request.
    """

    input: float
    output: float
    cached: float
    kept: float

    def cost(self, sent: int, written: int, cached: int = 0, kept: int = 0) -> float:
        """Return US dollars; `cached` and `kept` are parts of `sent`."""
        fresh = max(0, sent - cached - kept)
        dollars = fresh * self.input + cached * self.cached + kept * self.kept + written * self.output
        return dollars / 1_000_000


FREE = Price(0.0, 0.0, 0.0, 0.0)
_NOTHING = Usage()


def price_of(model: str, own: str = "") -> Price | None:
    """Return the price of a model of OpenAI, or None if it is not in the table.

    Args:
        model: such as `gpt-5-mini`, or one of its dated versions, `gpt-5-mini-2025-08-07`.
        own: path of a table of the same form, looked into first; "" for none.

    Raises:
        SettingsError: the file at `own` is no such table.
    """
    return _find(model, _own(own)) or _find(model, _shipped())


def _find(model: str, table: Mapping[str, Price]) -> Price | None:
    undated = model if model in table else _undated(model)
    fits = [pattern for pattern in table if fnmatchcase(undated, pattern)]
    # The longest pattern says most.
    return table[max(fits, key=len)] if fits else None


def _undated(model: str) -> str:
    """Return a name without the date of its version: `gpt-5-mini-2025-08-07` is `gpt-5-mini`."""
    name, day = model[:-11], model[-11:]
    return name if fnmatchcase(day, "-20[0-9][0-9]-[0-9][0-9]-[0-9][0-9]") else model


@cache
def _shipped() -> Mapping[str, Price]:
    return _table(tomllib.loads(files("bot").joinpath("prices.toml").read_text("utf-8")))


def _own(path: str) -> Mapping[str, Price]:
    if not path:
        return {}
    try:
        return _table(tomllib.loads(Path(path).expanduser().read_text("utf-8")))
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise SettingsError(
            f"PONTE_PRICES names “{path}”, which is no table of prices: {error}.",
            'It has lines such as "my-model" = { input = 0.25, output = 2.0 } under [models].',
        ) from None


def _table(read: Mapping[str, Any]) -> dict[str, Price]:
    return {model: _price(line) for model, line in read["models"].items()}


def _price(line: Mapping[str, float]) -> Price:
    paid = float(line["input"])
    return Price(paid, float(line["output"]), float(line.get("cached", paid)), float(line.get("kept", paid)))


class Budget:
    """What may be spent, and what was; safe to share between threads.

    Args:
        limit: US dollars; None for no limit.
        within: a wider one, which several share; what is spent here is spent there as well.
    """

    def __init__(self, limit: float | None = None, within: "Budget | None" = None) -> None:
        self.limit = limit
        self.within = within
        self._spent = Usage()
        self._held = 0.0
        self._lock = threading.Lock()

    @property
    def spent(self) -> Usage:
        """All that was added."""
        return self._spent

    def add(self, usage: Usage) -> None:
        """Note what a call took."""
        with self._lock:
            self._spent += usage
        if self.within is not None:
            self.within.add(usage)

    def anew(self) -> "Budget":
        """Return one of the same limit for another session, within the same wider one."""
        return Budget(self.limit, self.within)

    def check(self, expected: Usage = _NOTHING) -> None:
        """Let a call pass, or not.

        Args:
            expected: the most that the call can take.

        Raises:
            ModelError: "budget": with the call the limit would be passed, or its price is not known though there is a
                limit to keep.
        """
        with self._lock:
            self._check(expected)
        if self.within is not None:
            self.within.check(expected)

    @contextmanager
    def hold(self, expected: Usage) -> Iterator[None]:
        """Set aside what a call can take while it runs, so that calls side by side keep the limit together.

        Raises:
            ModelError: as `check`.
        """
        with self._lock:
            self._check(expected)
            self._held += expected.cost or 0.0
        try:
            with self.within.hold(expected) if self.within is not None else nullcontext():
                yield
        finally:
            with self._lock:
                self._held -= expected.cost or 0.0

    def _check(self, expected: Usage) -> None:
        if self.limit is None:
            return
        if expected.cost is None or self._spent.cost is None:
            raise ModelError(
                "budget",
                "The price of the model is not known, so that the spending limit cannot be kept.",
                "Name its price in a file (PONTE_PRICES), or take PONTE_MAX_COST away.",
            )
        if expected.cost and self._spent.cost + self._held + expected.cost > self.limit:
            raise ModelError(
                "budget",
                f"The spending limit of {self.limit:.2f} US dollars would be passed: {self._spent.cost:.4f} are spent.",
                "Raise PONTE_MAX_COST, start anew, or ask without a model (PONTE_MODEL=extractive).",
            )
