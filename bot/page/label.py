"""What a table of labels holds: marks, usage, filters, adding; the tables are in `labels_it` and `labels_en`.

What every door says, and the frame of the page itself, is in `bot.strings`.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Labels:
    """What the page says beside `bot.strings.Page`."""

    draft: str
    verdicts: tuple[tuple[str, str], ...]
    reasons: tuple[tuple[str, str], ...]
    usage: str
    cost_unknown: str
    cached: str
    rests: str
    rests_one: str
    rests_many: str
    edit: str
    edit_save: str
    edit_cancel: str
    edit_label: str
    next: str
    did_say: str
    about: str
    rooms: tuple[tuple[str, str], ...]
    rooms_label: str
    find: str
    filter_language: str
    every_language: str
    any_time: str
    since: str
    until: str
    order: str
    orders: tuple[tuple[str, str], ...]
    choose: str
    choose_shown: str
    choose_none: str
    none_found: str
    scope_one: str
    scope_many: str
    scope_all: str
    pin: str
    pins: tuple[tuple[str, str], ...]
    own: str
    timeline: str
    timeline_hint: str
    events: str
    events_hint: str
    cited_here: str
    passages_one: str
    passages_many: str
    sum_title: str
    sum_lead: str
    sum_shape: str
    sum_shapes: tuple[tuple[str, str], ...]
    sum_length: str
    sum_lengths: tuple[tuple[str, str], ...]
    sum_language: str
    sum_as_sources: str
    sum_focus: str
    sum_make: str
    sum_all: str
    sum_one: str
    sum_many: str
    sum_about: str
    sum_reading: str
    sum_working: str
    sum_seconds: str
    sum_minutes: str
    sum_dear_one: str
    sum_dear: str
    sum_agree: str
    add_title: str
    add_private: str
    add_drop: str
    add_kinds: str
    add_paste: str
    add_paste_title: str
    add_paste_text: str
    add_read: str
    add_drafts: str
    add_name: str
    add_date: str
    add_date_hint: str
    add_source: str
    add_language: str
    add_use: str
    add_share: str
    add_discard: str
    add_remove: str
    add_yours: str
    add_reading: str
    add_indexing: str
    add_used: str
    add_shared: str
    add_refused: str
    why: tuple[tuple[str, str], ...]
    add_failed: str
    add_bad_date: str
    add_no_title: str
    add_too_many: str
    add_too_large: str
    add_not_sent: str
    add_same: str

    def refusal(self, error: str) -> str:
        """Return in the language of the page why a file was refused; empty if the error is none that is known."""
        return next((words for part, words in self.why if part in error), "")

    def chosen(self, count: int) -> str:
        """Return to how many articles the next question is limited."""
        return (self.scope_one if count == 1 else self.scope_many).format(n=count)

    def passages(self, count: int) -> str:
        """Return how many passages there are, in words that fit the number."""
        return (self.passages_one if count == 1 else self.passages_many).format(n=count)

    def dear(self, calls: int, cost: str) -> str:
        """Return what a summary will take, in words that fit the number of requests."""
        return (self.sum_dear_one if calls == 1 else self.sum_dear).format(calls=calls, cost=cost)

    def verdict(self, value: str) -> str:
        """Return what a verdict means to a reader."""
        return dict(self.verdicts)[value]

    def reason(self, kind: str, detail: str) -> str:
        """Return in a sentence what the quotes do not bear out; one of no known kind is told as its words."""
        known_ones = dict(self.reasons)
        return known_ones.get(kind, known_ones["words"]).format(detail=detail)

    def times(self, count: int) -> str:
        """Return how often something is cited, in words that fit the number."""
        return (self.rests_one if count == 1 else self.rests_many).format(n=count)
