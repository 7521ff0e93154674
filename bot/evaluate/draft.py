"""Questions proposed from an article, for a person to accept: by rules, or by a model whose quotes are checked.

Every proposal is a draft (`accepted` is false) and rests on a sentence of the article. By rule it asks in the words
of the source, which is easier than a reader is: the note says so. Knows articles; nothing of the index.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.answer.speaker import Speaker
from bot.evaluate.item import Evidence, Item, says
from bot.evaluate.talking import enclosed, told
from bot.verify.dates import dates
from bot.verify.names import Name, names
from bot.verify.numbers import numbers
from bot.verify.sayings import Saying, sayings
from index.article import Article
from index.language import SURE, detect
from index.sentences import split
from prompts import load

_THAT = {"it": re.compile(r"^[^,;:“]{0,40}?\bche (.+)$"), "en": re.compile(r"^[^,;:“]{0,40}?\bthat (.+)$")}
_WHEN = {
    "it": re.compile(r",? ?\b(?:il|l'|nel|a|ad|in data) ?$", re.IGNORECASE),
    "en": re.compile(r",? ?\b(?:on|in) $", re.IGNORECASE),
}
_WHY = {"it": re.compile(r",? (?:perché|poiché|dato che) "), "en": re.compile(r",? because ")}
_HAVING = ("", "ha", "hanno", "has", "have", "had", "aveva")
_WORDS = (6, 40)
_CLAUSE = 5
_ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class _Found:
    """A question that a rule found in a sentence."""

    kind: str
    question: str
    answer: str
    sentence: str


def draft(article: Article, twin: Article | None = None, most: int = 20) -> list[Item]:
    """Propose questions from an article, by rules.

    Args:
        article: asked about, in its own language.
        twin: the same article in the other language; a question whose sentence it has as well becomes a pair.
        most: how many questions, both versions of a pair counted as one.
    """
    items: list[Item] = []
    used: Counter[str] = Counter()
    for found in list(_questions(article))[:most]:
        used[found.kind] += 1
        pair = f"{_stem(article.id)}-{found.kind.replace('_', '-')}-{used[found.kind]:02}"
        items.append(_item(pair, article, found))
        other = _version(found, twin) if twin is not None else None
        if other is not None and twin is not None:
            items += _paired(items.pop(), _item(pair, twin, other))
    return items


def draft_with(model: Speaker, article: Article, count: int = 10) -> list[Item]:
    """Propose questions from an article, by a model; what does not rest on the article's own words is dropped.

    Args:
        model: that writes.
        article: asked about, in its own language.
        count: how many questions it is asked for.

    Raises:
        BotError: the model does not answer.
    """
    given = {"title": article.title, "text": article.text}
    reply, _ = told(model, "draft", article.language, 150 * count, count=str(count), article=enclosed(given))
    items: list[Item] = []
    for line in reply.splitlines():
        found = _proposed(line, article)
        if found is not None and len(items) < count:
            item = _item(f"{_stem(article.id)}-model-{len(items) + 1:02}", article, found)
            items.append(replace(item, note=model.name))
    return items


def _questions(article: Article) -> Iterator[_Found]:
    """Yield what the rules find, at most one question of each sentence."""
    for start, end in split(article.text, article.language):
        sentence = article.text[start:end]
        if "\n" not in sentence and _WORDS[0] <= len(sentence.split()) <= _WORDS[1]:
            found = next((f for rule in _RULES if (f := rule(sentence, article.language)) is not None), None)
            if found is not None:
                yield found


def _why(sentence: str, language: str) -> _Found | None:
    sides = _WHY[language].split(sentence, maxsplit=1)
    if len(sides) != 2 or len(sides[0].split()) < 4:
        return None
    return _asks("why", sides[0], _end(sides[1]), sentence, language)


def _who_said(sentence: str, language: str) -> _Found | None:
    for one in sayings(sentence, language):
        clause = _THAT[language].match(_end(sentence[one.end :])) if one.speakers else None
        speaker = next((name for name in one.speakers if _whole(name, one, sentence)), None)
        if clause and speaker and len(clause[1].split()) >= _CLAUSE:
            return _asks("who_said", clause[1], sentence[speaker.start : speaker.end], sentence, language)
    return None


def _whole(name: Name, one: Saying, sentence: str) -> bool:
    """Tell whether a name is all that a speaker is called: no `Russian` of a Russian president, no `Three` of them."""
    between = sentence[name.end : one.start]
    return name.end <= one.start and (between.startswith((",", " (")) or between.strip() in _HAVING)


def _date(sentence: str, language: str) -> _Found | None:
    told = dates(sentence, language)
    if len(told) != 1 or ":" in sentence or not (told[0].year and told[0].month) or told[0].relative:
        return None
    start, end = told[0].span
    before = _WHEN[language].search(sentence[:start])
    if before is None:
        return None
    rest = f"{sentence[: before.start()]} {sentence[end:].lstrip(', ')}"
    return _asks("date", re.sub(r"\s+([,.;:])", r"\1", rest), sentence[start:end], sentence, language)


def _number(sentence: str, language: str) -> _Found | None:
    days = [day.span for day in dates(sentence, language)]
    for one in numbers(sentence, language):
        dated = any(start <= one.start < end for start, end in days)
        if one.firm and not dated and sentence[one.start : one.end][:1].isdigit():
            hidden = _end(f"{sentence[: one.start]}…{sentence[one.end :]}")
            question = load("draft.number", language).fill(clause=hidden)
            return _Found("number", question, sentence[one.start : one.end], sentence)
    return None


_RULES = (_why, _who_said, _date, _number)


def _asks(kind: str, clause: str, answer: str, sentence: str, language: str) -> _Found:
    question = load(f"draft.{kind}", language).fill(clause=_opening(_end(clause), language))
    return _Found(kind, question, answer, sentence)


def _opening(clause: str, language: str) -> str:
    """Return a clause as it stands inside a sentence: its first letter small, unless it opens a name."""
    clause = clause.strip()
    if any(name.start == 0 for name in names(clause, language)):
        return clause
    return clause[:1].lower() + clause[1:]


def _end(text: str) -> str:
    return text.strip().rstrip(".!?;").strip()


def _version(found: _Found, twin: Article) -> _Found | None:
    """Return the same question from the sentence of the twin that holds the same numbers, dates and names."""
    source = "en" if twin.language == "it" else "it"
    signs = _signs(found.sentence, source)
    others = [one for one in _questions(twin) if one.kind == found.kind]
    scored = [(_jaccard(signs, _signs(one.sentence, twin.language)), one) for one in others]
    best = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    return best[1] if signs and best[0] >= _ALIKE else None


def _signs(sentence: str, language: str) -> set[object]:
    """Return what a sentence holds that reads the same in both languages."""
    return {
        *((day.year, day.month, day.day) for day in dates(sentence, language)),
        *(one.value for one in numbers(sentence, language) if one.firm),
        *(key for name in names(sentence, language) for key in name.keys),
    }


def _jaccard(one: set[object], other: set[object]) -> float:
    return len(one & other) / len(one | other) if one | other else 0.0


def _paired(one: Item, other: Item) -> list[Item]:
    """Return two questions as the versions of a pair: what is right for one is right for the other."""
    evidence = tuple(replace(e, part=0) for e in (*one.evidence, *other.evidence))
    spellings = tuple(dict.fromkeys((*one.answers[0], *other.answers[0])))
    pair = one.id.removesuffix(f"-{one.language}")
    return [replace(item, evidence=evidence, answers=(spellings,), pair=pair) for item in (one, other)]


def _item(name: str, article: Article, found: _Found) -> Item:
    return Item(
        id=f"{name}-{article.language}",
        language=article.language,
        question=found.question,
        answerable=True,
        kind=found.kind,
        answers=((found.answer,),),
        evidence=(Evidence(article.id, found.sentence),),
        accepted=False,
        note=load("draft.note", article.language).fill(),
    )


def _proposed(line: str, article: Article) -> _Found | None:
    """Return the question of a line of a model's reply, if its quote and its answer are the article's own words."""
    try:
        values = json.loads(line.strip().strip("`"))
        question, answer, quote = (str(values[name]).strip() for name in ("question", "answer", "quote"))
        kind = str(values.get("kind", "fact"))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    heard = detect(question)
    foreign = heard.confidence >= SURE and heard.code != article.language
    if not question or not answer or foreign or quote not in article.text or not says(quote, [answer]):
        return None
    return _Found(kind if kind in ("fact", "number", "date", "who_said", "why") else "fact", question, answer, quote)


def twin_of(article: Article, articles: Sequence[Article]) -> Article | None:
    """Return the same article in the other language, by its id: `summit-en` and `summit-it`."""
    other = "it" if article.language == "en" else "en"
    return next((one for one in articles if one.id == f"{_stem(article.id)}-{other}" and one.language == other), None)


def _stem(article_id: str) -> str:
    return re.sub(r"-(?:it|en)$", "", article_id)
