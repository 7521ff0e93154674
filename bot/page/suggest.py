"""Questions to go on with, which the sources answer: made from who speaks and who is named in the articles cited.

Each is answered from the sources before it is offered, and only what leads to a quote that was not shown yet is kept.
Rules, no model; knows bots and articles, nothing of HTML.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from bot.datamodels import Answer, State
from bot.page.labels import labels
from index.article import Article

if TYPE_CHECKING:
    from bot.chat import Bot

MOST = 3
_TRIED = 8
_NAME = r"[A-ZÀ-Þ][\w’'-]+(?: (?:[A-ZÀ-Þ][\w’'-]+)){0,2}(?![\w’'-]| [A-ZÀ-Þ])"
_SAID = "detto|dichiarato|affermato|sottolineato|avvertito|aggiunto|promesso"
_SPEAKS = {
    "it": re.compile(rf"(?P<a>{_NAME}) (?:ha|hanno) (?:{_SAID})"),
    "en": re.compile(rf"(?P<a>{_NAME}) (?:said|told|warned|announced|stated|added|declared)\b|\bsaid (?P<b>{_NAME})"),
}
_NAMED = re.compile(rf"(?<=[\w,;:»”)] ){_NAME.replace('{0,2}', '{1,6}')}")
# A capital at the beginning of a sentence makes no name of these.
_NO_NAMES = set(
    "il lo la i gli le un uno una egli lui lei loro ma nel nella al alla dal dalla in anche the a an he she they it "
    "we you who but and this that president presidente minister ministro leader general generale onu".split()
)
_OFFICE = re.compile(r"\b(?:del|della|dello|dei|degli) $|\bdell['’]$")
_ARTICLE = re.compile(r"\b(il|lo|la|i|gli|le|the) $", re.IGNORECASE)
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
    articles = [bot.article(article_id) for article_id in cited]
    shown = {(c.article_id, c.start) for c in answer.citations}
    before = {question.casefold().strip() for question in asked}
    kept: list[str] = []
    plain = bot.with_model(None)
    for question in islice(_candidates(articles, answer), _TRIED):
        if question.casefold() in before:
            continue
        found = plain.ask(question, answer.language)
        new = {(c.article_id, c.start) for c in found.citations} - shown
        if found.state is State.ANSWERED and new:
            kept.append(question)
            shown |= new
        if len(kept) == MOST:
            break
    return tuple(kept)


def _candidates(articles: Sequence[Article], answer: Answer) -> Iterator[str]:
    """Yield questions, those about who speaks and those about who is named in turn."""
    words = labels(answer.language)
    known = f"{answer.question} {answer.said}".casefold()
    speakers = [name for name in _speakers(articles) if name.casefold() not in answer.question.casefold()]
    named = [name for name in _named(articles) if name.casefold() not in known and name not in speakers[:4]]
    for speaker, name in _paired(speakers, named):
        if speaker:
            yield words.did_say.format(name=speaker)
        if name:
            yield words.about.format(name=name)


def _paired(one: Sequence[str], two: Sequence[str]) -> Iterator[tuple[str, str]]:
    for n in range(max(len(one), len(two))):
        yield (one[n] if n < len(one) else ""), (two[n] if n < len(two) else "")


def _speakers(articles: Sequence[Article]) -> list[str]:
    found: Counter[str] = Counter()
    for article in articles:
        for match in _SPEAKS[article.language].finditer(article.text):
            group = "a" if article.language == "it" or match["a"] else "b"
            found[_plain(match[group], article.text[max(0, match.start(group) - 8) : match.start(group)])] += 1
    return _often(found)


def _named(articles: Sequence[Article]) -> list[str]:
    found: Counter[str] = Counter()
    definite: Counter[str] = Counter()
    for article in articles:
        for match in _NAMED.finditer(article.text):
            name = _plain(match.group(), article.text[max(0, match.start() - 8) : match.start()])
            found[name] += 1
            definite[name] += article.text[max(0, match.start() - 5) : match.start()].endswith(" the ")
    often = _often(Counter({name: count for name, count in found.items() if count > 1 and len(name.split()) in (2, 3)}))
    return [f"the {name}" if 3 * definite[name] >= found[name] else name for name in often]


def _plain(name: str, before: str) -> str:
    """Return a name without an office before it: `Dmitry Peskov` of `del Cremlino Dmitry Peskov`.

    The article stays before a single word, in lower case, as in `the Kremlin`.
    """
    parts = name.split()
    if len(parts) > 2 and _OFFICE.search(before):
        parts.pop(0)
    found = _ARTICLE.search(before)
    article = found.group(1).lower() if found else ""
    while parts and parts[0].casefold() in _NO_NAMES:
        first = parts.pop(0).lower()
        article = first if _ARTICLE.search(f"{first} ") else article
    name = re.sub(r"[’']s$", "", " ".join(parts))
    return f"{article} {name}" if article and len(parts) == 1 else name


def _often(found: Counter[str]) -> list[str]:
    return [name for name, _ in found.most_common() if len(name) > 2 and not _PART.search(name)]
