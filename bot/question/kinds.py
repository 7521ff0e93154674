"""Kinds of questions, and what an answer to each must hold. Values only."""

from enum import StrEnum


class Kind(StrEnum):
    """What a question asks."""

    WHO = "who"
    WHEN = "when"
    WHERE = "where"
    HOW_MANY = "how_many"
    HOW_MUCH = "how_much"
    HOW_LONG = "how_long"
    WHY = "why"
    HOW = "how"
    WHICH = "which"
    WHAT = "what"
    DEFINITION = "definition"
    LIST = "list"
    TOPIC = "topic"
    YES_NO = "yes_no"
    OTHER = "other"


class Expected(StrEnum):
    """What an answer must hold to be one."""

    PERSON = "person"
    PLACE = "place"
    DATE = "date"
    DURATION = "duration"
    AGE = "age"
    LENGTH = "length"
    WEIGHT = "weight"
    NUMBER = "number"
    PERCENT = "percent"
    MONEY = "money"
    NAME = "name"
    REASON = "reason"
    MANNER = "manner"
    IDENTITY = "identity"
    DEFINITION = "definition"
    ANYTHING = "anything"


EXPECTED = {
    Kind.WHO: Expected.PERSON,
    Kind.WHEN: Expected.DATE,
    Kind.WHERE: Expected.PLACE,
    Kind.HOW_MANY: Expected.NUMBER,
    Kind.HOW_MUCH: Expected.NUMBER,
    Kind.HOW_LONG: Expected.DURATION,
    Kind.WHY: Expected.REASON,
    Kind.HOW: Expected.MANNER,
    Kind.DEFINITION: Expected.DEFINITION,
}
"""The answer of each kind of question, where its head noun does not say otherwise."""
