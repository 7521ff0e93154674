"""Questions to go on with, which the sources answer: made from who speaks and who is named in the articles cited.

Each is answered from the sources before it is offered, and only what leads to a quote that was not shown yet is kept.
Rules, no model; knows bots and articles, nothing of HTML.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from bot.datamodels import Answer, State
from bot.page.labels import labels
from index.article import Article

if TYPE_CHECKING:
    from bot.chat import Bot

MOST = 3
_TRIED = 8
# Passages about the question whose articles are looked at where those cited lead nowhere.
_NEAR = 8
_NAME = r"[A-ZÀ-Þ][\w’'-]+(?: (?:[A-ZÀ-Þ][\w’'-]+)){0,2}(?![\w’'-]| [A-ZÀ-Þ])"
_SAID = "detto|dichiarato|affermato|sottolineato|avvertito|aggiunto|promesso"
_SPEAKS = {
    "it": re.compile(rf"(?P<a>{_NAME}) (?P<b>ha|hanno) (?:{_SAID})"),
    "en": re.compile(rf"(?P<a>{_NAME}) (?:said|told|warned|announced|stated|added|declared)\b|\bsaid (?P<b>{_NAME})"),
}
_NAMED = re.compile(rf"(?:(?<=[\w,;:»”)] )|(?<=l['’])){_NAME.replace('{0,2}', '{1,6}')}")
# A capital at the beginning of a sentence makes no name of these.
_NO_NAMES = set(
    "il lo la i gli le un uno una egli lui lei loro ma nel nella al alla dal dalla in anche the a an he she they it "
    "we you who but and this that president presidente minister ministro leader general generale onu".split()
)
_OFFICE = re.compile(r"\b(?:del|della|dello|dei|degli) $|\bdell['’]$")
_ARTICLE = re.compile(r"(?i)\b(il|lo|la|i|gli|le|the) $|\b(l)['’]$")
# An article, also in one word with the preposition before it: "negli Stati Uniti", "dall'Onu".
_JOINED = re.compile(r"(?i)\b(?:de|da|a|ne|su)(l|llo|lla|i|gli|lle) $|\b(?:de|da|a|ne|su)l(l)['’]$")
_ALONE = {"l": "il", "llo": "lo", "lla": "la", "lle": "le"}
_MANY = ("i", "gli", "le")
_PLURAL = ("i ", "gli ", "le ")
_OF = {"il ": "del ", "lo ": "dello ", "la ": "della ", "i ": "dei ", "gli ": "degli ", "le ": "delle ", "l’": "dell’"}
# What is cut out of a longer name, or tells whose something is, names nobody.
_PART = re.compile(
    r"(?i)^(?:the |il |la )?(?:sud|nord|est|ovest|north|south|east|west|corea|united|stati)$|korean$|['’]s "
)


def suggested(bot: "Bot", answer: Answer, asked: Iterable[str]) -> tuple[str, ...]:
    """Return up to three questions that the sources answer, in the answer's language.

    Args:
        bot: answers each from the sources' own sentences.
        answer: that was given last.
        asked: the questions of the conversation, none of which comes back.

    Raises:
        BotError: the index cannot be read.
    """
    if answer.state.silent or not answer.citations:
        return ()
    # Names are written otherwise in the other language, and have no article of this one.
    cited = dict.fromkeys(c.article_id for c in answer.citations if c.language == answer.language)
    shown = {(c.article_id, c.start) for c in answer.citations}
    before = {question.casefold().strip() for question in asked}
    kept: dict[str, set[str]] = {}
    plain = bot.with_model(None)
    for articles in _reading(bot, answer, cited):
        for question, name in islice(_candidates(articles, answer), _TRIED):
            words = set(name.casefold().split())
            if question.casefold() in before or any(words <= other or other <= words for other in kept.values()):
                continue
            found = plain.ask(question, answer.language)
            new = {(c.article_id, c.start) for c in found.citations} - shown
            if found.state is State.ANSWERED and new:
                kept[question] = words
                shown |= new
            if len(kept) == MOST:
                return tuple(kept)
    return tuple(kept)


def _reading(bot: "Bot", answer: Answer, cited: Collection[str]) -> Iterator[list[Article]]:
    """Yield the articles cited, and then those that a search for the question finds beside them."""
    yield [bot.article(article_id) for article_id in cited]
    hits = bot.search(answer.question, _NEAR, answer.language)
    near = {hit.article.id: hit.article for hit in hits if hit.article.language == answer.language}
    yield [article for name, article in near.items() if name not in cited]


def _candidates(articles: Sequence[Article], answer: Answer) -> Iterator[tuple[str, str]]:
    """Yield questions and the name in each, those about who speaks and those about who is named in turn."""
    words = labels(answer.language)
    known = f"{answer.question} {answer.said}".casefold()
    speakers = [name for name in _speakers(articles) if name.casefold() not in answer.question.casefold()]
    named = [name for name in _named(articles) if name.casefold() not in known and name not in speakers[:4]]
    for speaker, name in _paired(speakers, named):
        if speaker:
            said = words.did_say.format(name=speaker)
            yield (said.replace(" ha ", " hanno ", 1) if speaker.startswith(_PLURAL) else said), speaker
        if name:
            yield _joined(words.about.format(name=name), name), name


def _joined(question: str, name: str) -> str:
    """Return a question in which "di" and the article of a name are one word, as Italian has it."""
    article = next((article for article in _OF if name.startswith(article)), "")
    return question.replace(f"di {name}", _OF[article] + name.removeprefix(article)) if article else question


def _paired(one: Sequence[str], two: Sequence[str]) -> Iterator[tuple[str, str]]:
    for n in range(max(len(one), len(two))):
        yield (one[n] if n < len(one) else ""), (two[n] if n < len(two) else "")


def _speakers(articles: Sequence[Article]) -> list[str]:
    found: Counter[str] = Counter()
    usual = _usual(articles)
    for article in articles:
        for match in _SPEAKS[article.language].finditer(article.text):
            group = "a" if article.language == "it" or match["a"] else "b"
            name, alone = _plain(match[group], article.text[max(0, match.start(group) - 8) : match.start(group)])
            before = alone or usual.get(name, "")
            # The last of several who said something together did not say it alone.
            if article.language == "en" or (match["b"] == "hanno") is (before in _MANY):
                found[_with(before, name)] += 1
    return _often(found)


def _named(articles: Sequence[Article]) -> list[str]:
    found: Counter[str] = Counter()
    usual = _usual(articles)
    for article in articles:
        for match in _NAMED.finditer(article.text):
            name, _ = _plain(match.group(), article.text[max(0, match.start() - 8) : match.start()])
            found[_with(usual.get(name, ""), name)] += 1
    several = {name: count for name, count in found.items() if len(name.replace("’", " ").split()) in (2, 3, 4)}
    return _often(Counter({name: count for name, count in several.items() if count > 1}))


def _usual(articles: Sequence[Article]) -> dict[str, str]:
    """Return the article before each name that has one in a third of the places where it is named, or more."""
    found: Counter[str] = Counter()
    definite: Counter[tuple[str, str]] = Counter()
    for article in articles:
        for match in _NAMED.finditer(article.text):
            name, before = _plain(match.group(), article.text[max(0, match.start() - 8) : match.start()], joined=True)
            found[name] += 1
            definite[name, before] += bool(before)
    return {name: before for (name, before), count in sorted(definite.items()) if 3 * count >= found[name] and before}


def _plain(name: str, before: str, joined: bool = False) -> tuple[str, str]:
    """Return a name without an office before it, and its article: `Dmitry Peskov` of `del Cremlino Dmitry Peskov`.

    Args:
        name: as it was found.
        before: the text before it.
        joined: whether an article counts that is one word with a preposition, as in `negli Stati Uniti`.
    """
    parts = name.split()
    if len(parts) > 2 and _OFFICE.search(before):
        return " ".join(parts[1:]), ""
    alone, one = _ARTICLE.search(before), _JOINED.search(before) if joined else None
    article = (alone[1] or "l’").lower() if alone else ""
    if one:
        article = _ALONE.get((one[1] or "l’").lower(), one[1] or "l’")
    while parts and parts[0].casefold() in _NO_NAMES:
        first = parts.pop(0).lower()
        article = first if _ARTICLE.search(f"{first} ") else ""
    return re.sub(r"[’']s$", "", " ".join(parts)), article


def _with(article: str, name: str) -> str:
    return f"{article}{'' if article in ('', 'l’') else ' '}{name}"


def _often(found: Counter[str]) -> list[str]:
    return [name for name, _ in found.most_common() if len(name) > 2 and not _PART.search(name)]
