"""Whom and what a pronoun may mean: the names, things and dates of the last question and of its answer.

Knows the order of salience (question before answer, subject before the rest), gender and number. Knows nothing of the
sentence that the pronoun stands in.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.question.mention import AGENTS, Mention, base_preposition
from bot.question.peoples import ARTICLES, bare
from bot.question.words import ROLES
from index.analysis import fold, terms

_CONTRACTED = {
    "a": {"il": "al", "lo": "allo", "la": "alla", "l'": "all'", "i": "ai", "gli": "agli", "le": "alle"},
    "di": {"il": "del", "lo": "dello", "la": "della", "l'": "dell'", "i": "dei", "gli": "degli", "le": "delle"},
    "da": {"il": "dal", "lo": "dallo", "la": "dalla", "l'": "dall'", "i": "dai", "gli": "dagli", "le": "dalle"},
    "in": {"il": "nel", "lo": "nello", "la": "nella", "l'": "nell'", "i": "nei", "gli": "negli", "le": "nelle"},
    "su": {"il": "sul", "lo": "sullo", "la": "sulla", "l'": "sull'", "i": "sui", "gli": "sugli", "le": "sulle"},
}
_JOINED = {form: article for forms in _CONTRACTED.values() for article, form in forms.items()}
_OFFICES = ROLES["it"] | ROLES["en"]
_DAY = re.compile(r"^(?:(?:il|l'|the) ?)?\d{1,2}(?:st|nd|rd|th|°)? |^[A-Za-z]+ \d{1,2},? \d{4}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Referents:
    """What was talked of.

    Attributes:
        asked: what the last question names, in its order.
        told: what its answer names, in its order.
        language: that people are joined in.
        reached: the last place that its answer says something or somebody came to.
    """

    asked: tuple[Mention, ...]
    told: tuple[Mention, ...]
    language: str
    reached: Mention | None = None

    def find(self, fits: Callable[[Mention], bool], without: Sequence[str] = ()) -> Mention | None:
        """Return the most salient mention that fits: of the question without a preposition, of the question, of the answer.

        Args:
            fits: tells whether it may be meant.
            without: keys (see `key`) of those that cannot be meant.
        """
        subjects = [mention for mention in self.asked if not mention.prep]
        for pool in (subjects, self.asked, self.told):
            found = next((mention for mention in pool if fits(mention) and key(mention) not in without), None)
            if found is not None:
                return found
        return None

    def person(self, gender: str, without: Sequence[str] = ()) -> Mention | None:
        """Return the person of a gender ("m", "f", or "" for any); one whose name tells comes before one whose does not."""
        return (
            self.find(lambda m: m.kind == "person" and m.gender == gender, without) if gender == "f" else None
        ) or self.find(lambda m: m.kind == "person" and (not gender or m.gender in (gender, "")), without)

    def thing(self, plural: bool, without: Sequence[str] = ()) -> Mention | None:
        """Return the thing, else the country or body, that `it` or `they` may mean as an object."""
        return self.find(lambda m: m.kind == "thing" and m.plural is plural, without) or self.find(
            lambda m: m.kind in ("country", "org", "people", "city") and m.plural is plural, without
        )

    def subject(self, plural: bool, without: Sequence[str] = (), gender: str = "") -> Mention | None:
        """Return what the last question is about, of a number and, for people and things, of a gender if one is given."""

        def fits(m: Mention) -> bool:
            agrees = not gender or m.gender in ("", gender) or m.kind not in ("person", "thing")
            return m.kind != "date" and m.plural is plural and agrees

        return self.find(fits, without) or (self.group(without) if plural else None)

    def group(self, without: Sequence[str] = ()) -> Mention | None:
        """Return the people of the last question, or of its answer, as one (`Putin and Kim`); None unless there are several."""
        for pool in (self.asked, (*self.asked, *self.told)):
            people: dict[str, Mention] = {}
            for mention in pool:
                if mention.kind == "person" and not mention.plural and key(mention) not in without:
                    people.setdefault(key(mention), mention)
            if len(people) > 1:
                shown = list(people.values())[: None if pool is self.asked else 2]
                text = (" e " if self.language == "it" else " and ").join(phrase(m, self.language) for m in shown)
                return Mention(text, 0, 0, "person", plural=True)
        return None

    def dative(self, gender: str, without: Sequence[str] = ()) -> Mention | None:
        """Return the person to whom something was done in the last question."""
        fits = (m for m in self.asked if m.kind == "person" and m.prep in ("a", "to") and m.gender in ("", gender))
        return next((m for m in fits if key(m) not in without), None)

    def known(self) -> tuple[str, ...]:
        """Return the names of people, for questions in small letters."""
        people = {
            part for m in (*self.asked, *self.told) if m.kind == "person" for part in (m.text, m.text.split()[-1])
        }
        return tuple(sorted(name for name in people if name[:1].isupper()))

    def place(self) -> Mention | None:
        """Return the place that `there` means."""
        asked = next((m for m in self.asked if _placed(m) and m.prep), None)
        return (
            asked
            or next((m for m in self.asked if _site(m)), None)
            or self.find(lambda m: _placed(m) and bool(m.prep))
            or self.find(lambda m: m.kind in ("city", "country"))
        )

    def left(self) -> Mention | None:
        """Return the place that `from there` means: the last one that is said to be reached."""
        reached = [m for m in self.asked if m.prep in ("a", "to") and m.kind in ("city", "country")]
        return reached[-1] if reached else self.reached or self.place()

    def date(self) -> Mention | None:
        """Return the date that `then` means."""
        return self.find(lambda m: m.kind == "date")


_SITES = frozenset(
    """resort port harbour airport station base bridge university aquarium cosmodrome spaceport factory plant reactor
    museum palace camp prison hotel site facility village town region province island depot terminal
    porto aeroporto stazione base ponte universita acquario cosmodromo fabbrica impianto reattore museo palazzo campo
    carcere albergo sito centrale villaggio cittadina regione provincia isola deposito localita""".split()
)


def _placed(mention: Mention) -> bool:
    """Tell whether something is said to be, or to go, at a place."""
    known = mention.kind in ("city", "country") and mention.prep in ("in", "a", "at", "to")
    # A name that no table has, where only places stand.
    return known or (mention.kind == "person" and mention.prep in ("in", "at") and not mention.gender)


def _site(mention: Mention) -> bool:
    """Tell whether a thing is a place: `the Wonsan resort`, `il porto`."""
    return mention.kind == "thing" and not _SITES.isdisjoint(fold(mention.text).split())


def key(mention: Mention) -> str:
    """Return what two mentions of the same share: `the US` and `gli Stati Uniti`, `Putin` and `Vladimir Putin`."""
    if mention.entry is not None:
        return mention.entry.country[1]
    if mention.kind == "person":
        return fold(mention.text) if fold(mention.text).startswith("kim ") else fold(mention.text).split()[-1]
    return " ".join(terms(bare(mention.text), "en"))


def phrase(mention: Mention, language: str, prep: str = "") -> str:
    """Return a mention as it stands in a sentence, behind a preposition if one is given: `agli Stati Uniti`."""
    if mention.kind == "date":
        return _date(mention.text, language, prep)
    if mention.entry is None:
        office = mention.kind == "person" and bool(_OFFICES & set(fold(mention.text).split()))
        form = _definite(mention, language) if mention.kind == "thing" or office else mention.text
    elif prep == "in" and mention.kind == "people":
        form = mention.entry.country[0 if language == "it" else 1]
    else:
        form = mention.entry.form(language)
    return (
        joined(prep, form, locative=mention.entry is not None and mention.kind != "org")
        if language == "it"
        else f"{prep} {form}".strip()
    )


def _definite(mention: Mention, language: str) -> str:
    """Return a thing with the definite article: what was `a treaty` is now `the treaty`."""
    text = mention.text
    if language == "en":
        return text if re.fullmatch(r"[A-Z]\w+ \d+|.*['’]s .*", text) else f"the {bare(text)}"
    if text[:1].isupper() and mention.kind == "person":
        return text
    if text.lower().startswith(("il ", "lo ", "la ", "l'", "i ", "gli ", "le ")):
        return text[:1].lower() + text[1:]
    word = bare(text)
    hard = re.match(r"(?:[aeiouh]|s[^aeiou]|z|gn|ps)", word.lower()) is not None
    if not mention.plural and word[:1].lower() in "aeiouh":
        return f"l'{word}"
    feminine = mention.gender == "f"
    if mention.plural:
        return f"{'le' if feminine else 'gli' if hard else 'i'} {word}"
    return f"{'la' if feminine else 'lo' if hard else 'il'} {word}"


def joined(prep: str, form: str, locative: bool = False) -> str:
    """Return an Italian preposition and what follows it as one: `a` + `gli Stati Uniti` -> `agli Stati Uniti`."""
    if not prep:
        return form
    article = next((a.strip() for a in ARTICLES if form.lower().startswith(a) and a.strip() in _CONTRACTED["a"]), "")
    rest = form[len(article) :].lstrip() if article else form
    if locative and prep == "in" and article in ("il", "lo", "la", "l'"):
        return f"in {rest}"
    if prep in _CONTRACTED and article:
        word = _CONTRACTED[prep][article]
        return f"{word}{'' if word.endswith(chr(39)) else ' '}{rest}"
    return f"{prep} {form}"


def _date(text: str, language: str, prep: str) -> str:
    if _DAY.match(text):
        day = re.sub(r"^(?:il|the) ", "", text, flags=re.IGNORECASE)
        return (
            (f"{prep} {day}" if prep not in ("", "in", "on", "di") else f"il {day}")
            if language == "it"
            else f"{prep or 'on'} {day}"
        )
    if language == "it":
        return joined(prep or "in", f"il {text}")
    return f"{prep or 'in'} {text}"


def unjoined(words: str) -> tuple[str, str]:
    """Return the preposition and the article that Italian writes as one: `agli` -> ("a", "gli")."""
    plain = words.lower().replace("’", "'")
    return (base_preposition(plain), _JOINED[plain]) if plain in _JOINED else ("", "")


def agent(mention: Mention) -> bool:
    """Tell whether a mention can act: a person, a country, its people, a city that stands for it, a body."""
    return mention.kind in AGENTS
