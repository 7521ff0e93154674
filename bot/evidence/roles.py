"""Who did it to whom: whether a sentence has the two names of a question the wrong way round.

`What did Putin give Kim?` is not answered by what Kim gave Putin, though every word agrees. Only of what one does to
another. Rules over names and the little words before them; where a question does not tell who is who, nothing is said.
"""

import re
from dataclasses import dataclass

from bot.question.analyse import Question
from bot.verify.pieces import pieces
from bot.verify.roles import pairs
from bot.verify.wording import GIVING, says, stems
from index.analysis import fold

_TO = {"it": r"(?:a|ad|al|allo|alla|all'|ai|agli|alle)", "en": r"(?:to|for)"}
_FROM = {"it": r"(?:da|dal|dallo|dalla|dall'|dai|dagli|dalle)", "en": r"(?:by|from)"}
_OTHER = {"it": r"(?:di|del|della|dell'|con|su|sul|secondo|per|fra|tra)", "en": r"(?:of|with|on|about|between|than)"}
_PROMISING = stems(
    "promess- promette promettere promise promised promises promising present presented presents regalare dare dato"
    " data dati date portare portat- bring brought brings hand handed hands get got pass passed inviare mandare"
    " consegnare fornire vendere offrire"
)
_AUXILIARY = re.compile(r"\b(?:did|does|do|has|have|had|will|would|can|could)$")


@dataclass(frozen=True, slots=True)
class Roles:
    """Who acts and who is acted upon.

    Attributes:
        agent: the last word of the name, folded.
        patient: likewise.
    """

    agent: str
    patient: str


def roles(question: Question) -> Roles | None:
    """Return who does something to whom in a question, or None where it does not tell."""
    names = [fold(name).split()[0] for name in question.names]
    if len(set(names)) != 2 or not _gives(question):
        return None
    text, language = _plain(question.core), question.language
    first, second = sorted(dict.fromkeys(names), key=lambda name: text.find(name))
    if _before(text, second, _TO[language]) and not _before(
        text, first, _TO[language], _FROM[language], _OTHER[language]
    ):
        return Roles(first, second)
    if _before(text, first, _TO[language]) and not _before(
        text, second, _TO[language], _FROM[language], _OTHER[language]
    ):
        return Roles(second, first)
    if language == "en" and _AUXILIARY.search(text[: text.find(first)].strip()) and _verb_between(text, first, second):
        return Roles(first, second)
    return None


def _gives(question: Question) -> bool:
    """Say whether a question has a verb of what one does to another."""
    words = pieces(question.core, question.language)
    verbs = (GIVING, _PROMISING)
    return any(says(verb, word.folded, word.surface) for word in words if word.kind == "word" for verb in verbs)


def straight(wanted: Roles, sentence: str, language: str) -> bool:
    """Say whether a sentence tells plainly that the first does something to the second."""
    return any(
        wanted.agent in fold(giver.surface).split() and wanted.patient in fold(taker.surface).split()
        for giver, taker in pairs(sentence, language)
    )


def turned(wanted: Roles, sentence: str, language: str) -> bool:
    """Say whether a sentence holds both names, the other way round.

    Args:
        wanted: of the question.
        sentence: that may answer it.
        language: of the sentence.
    """
    text = _plain(sentence)
    agent, patient = _find(text, wanted.agent), _find(text, wanted.patient)
    if agent < 0 or patient < 0:
        return False
    agent_to = _before(text, wanted.agent, _TO[language])
    patient_to = _before(text, wanted.patient, _TO[language])
    if agent_to or patient_to:
        return agent_to and not patient_to
    if _before(text, wanted.patient, _FROM[language]):
        return True
    return patient < agent and not _before(text, wanted.agent, _FROM[language], _OTHER[language])


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", fold(text.replace("’", "'")))


def _find(text: str, name: str) -> int:
    found = re.search(rf"\b{re.escape(name)}\b", text)
    return found.start() if found else -1


def _before(text: str, name: str, *little: str) -> bool:
    """Say whether any mention of a name stands right behind one of the little words."""
    return any(re.search(rf"\b{words}\s?{re.escape(name)}\b", text) for words in little)


def _verb_between(text: str, first: str, second: str) -> bool:
    between = text[text.find(first) + len(first) : text.find(second)].split()
    return bool(between) and not {"and", "or"} & set(between)
