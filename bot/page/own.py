"""A visitor's own articles: read, checked, put into a small index of their own, gone with the visitor.

Knows articles, libraries and bots; nothing of HTML or Gradio. Texts are kept in memory and in one temporary folder.
"""

import queue
import secrets
import shutil
import tempfile
import threading
import weakref
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import ArticleError, BotError
from bot.library import Library
from bot.page.voice import Voice, Who
from index.article import Article, slug
from index.chunk import split
from index.formats import Limits
from index.header import iso_date
from index.readers import read_bytes

if TYPE_CHECKING:
    from bot.chat import Bot

MOST = 20


@dataclass(frozen=True, slots=True)
class Draft:
    """An article as it was understood, before it is used.

    Attributes:
        key: of the draft.
        article: what was read.
        passages: that it will be cut into.
        wrong: name of the label that says what is wrong with what the visitor typed; empty if nothing is.
    """

    key: str
    article: Article
    passages: int
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that holds no article, and why, in one line of English with the fix; `label` names a translated reason."""

    name: str
    why: str = ""
    label: str = ""


class Own:
    """What is one visitor's own: made when they come, closed when they leave.

    Attributes:
        drafts: read and not used yet, by key.
        refused: since the last file that was read.
        said: what happened last: the name of a label, and what it is filled with.
        voice: who writes their answers.
        answers: language that their answers are pinned to, "it" or "en"; that of each question, if empty.
    """

    def __init__(self) -> None:
        self.drafts: dict[str, Draft] = {}
        self.refused: list[Refused] = []
        self.said = ("", "")
        self.voice = Voice()
        self.answers = ""
        self._folder: Path | None = None
        self._end: weakref.finalize[..., Own] | None = None
        self._library: Library | None = None
        self._bot: Bot | None = None
        self._lock = threading.RLock()

    def __deepcopy__(self, memo: dict[int, object]) -> "Own":
        """Return a new one, with nothing in it: a page copies what its visitors begin with for each of them."""
        return Own()

    def bot(self, shared: "Bot") -> "Bot":
        """Return the bot that answers this visitor: the shared one, until something of their own is used."""
        return self.voice.over(self._bot or shared)

    def articles(self) -> list[Article]:
        """Return the articles that are used, sorted by id."""
        return self._library.store.articles() if self._library else []

    def receive(self, name: str, data: bytes, limit_mb: int) -> None:
        """Read a file into a draft, or note why it cannot be read.

        Args:
            name: of the file.
            data: its bytes.
            limit_mb: of its size.
        """
        with self._lock:
            self.said = ("", "")
            if len(self.drafts) + len(self.articles()) >= MOST:
                self.refused.append(Refused(name, label="add_too_many"))
                return
            if len(data) > limit_mb * 1_000_000:
                self.refused.append(Refused(name, label="add_too_large"))
                return
            try:
                self._draft(read_bytes(name, data, Limits(size=limit_mb * 1_000_000)))
            except ArticleError as error:
                self.refused.append(Refused(name, str(error)))

    def paste(self, title: str, body: str, limit_mb: int) -> None:
        """Read a text that was pasted into a draft; its first line is the headline, if there is no other."""
        before = set(self.drafts)
        self.receive(f"{title.strip()[:80] or 'text'}.txt", body.encode("utf-8", "replace"), limit_mb)
        for key in self.drafts.keys() - before:
            if title.strip():
                self.change(key, {"title": title})

    def change(self, key: str, given: dict[str, str]) -> None:
        """Take over what a visitor corrected in a draft; what makes no sense is noted in `Draft.wrong` and left.

        Args:
            key: of the draft.
            given: new values of some of "title", "date", "source" and "language".
        """
        with self._lock:
            draft = self.drafts.get(key)
            if draft is None:
                return
            article, wrong = draft.article, ""
            if "title" in given:
                title = " ".join(given["title"].split())[:300]
                article, wrong = (replace(article, title=title), wrong) if title else (article, "add_no_title")
            if "source" in given:
                article = replace(article, source=" ".join(given["source"].split())[:300] or None)
            if given.get("language") in ("it", "en"):
                article = replace(article, language=given["language"])
            if "date" in given:
                date = iso_date(given["date"].strip()) if given["date"].strip() else None
                wrong = "add_bad_date" if given["date"].strip() and date is None else wrong
                article = article if wrong == "add_bad_date" else replace(article, date=date)
            self.drafts[key] = replace(draft, article=article, wrong=wrong)

    def discard(self, key: str) -> None:
        """Forget a draft."""
        self.drafts.pop(key, None)

    def use(self, key: str, shared: "Bot", everyone: bool = False) -> Iterator[float]:
        """Put a draft into the index; yields the share that is done, 0 to 1.

        Args:
            key: of the draft.
            shared: the bot that everyone asks.
            everyone: put it into the shared index and not into the visitor's own.

        Raises:
            BotError: the index cannot be written.
        """
        draft = self.drafts.get(key)
        if draft is None or draft.wrong:
            return
        target = shared if everyone else self._opened(shared)
        article = self._named(draft.article, shared)
        yield from _indexed(target, article)
        self.drafts.pop(key, None)
        self.refused.clear()
        self.said = ("add_shared" if everyone else "add_used", article.title)

    def failed(self, why: str) -> None:
        """Note why an article could not be put into the index."""
        self.said = ("add_failed", why)

    def remove(self, article_id: str) -> None:
        """Take one of the visitor's own articles away; one that is not theirs stays."""
        with self._lock:
            if self._library and any(article.id == article_id for article in self._library.store.articles()):
                self._library.remove(article_id)
                self.said = ("", "")

    def close(self) -> None:
        """Forget everything: drafts, articles, the temporary folder."""
        with self._lock:
            self.drafts.clear()
            self.voice.halt.set()
            self.voice.rest(Who.SOURCES)
            if self._library is not None:
                self._library.close()
            if self._end is not None:
                self._end()
            self._library = self._folder = self._bot = None

    def _draft(self, article: Article) -> None:
        held = [draft.article for draft in self.drafts.values()] + self.articles()
        if any(article.text == other.text for other in held):
            self.refused.append(Refused(article.title, label="add_same"))
            return
        key = secrets.token_hex(4)
        self.drafts[key] = Draft(key, article, len(split(article)))

    def _opened(self, shared: "Bot") -> "Bot":
        with self._lock:
            if self._library is None or self._bot is None:
                self._folder = Path(tempfile.mkdtemp(prefix="ponte-own-"))
                # Also where the server ends before the visitor leaves.
                self._end = weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
                # A shared Chroma server holds what everyone sees; what is one visitor's stays in their folder.
                self._library = Library(self._folder, replace(shared.settings, chroma_url=""), create=True)
                self._bot = shared.beside(self._library)
            return self._bot

    def _named(self, article: Article, shared: "Bot") -> Article:
        """Return the article under an id that no other has."""
        taken = shared.entries().keys() | {other.id for other in self.articles()}
        name, n = slug(article.title)[:60].strip("-"), 1
        while name in taken:
            n += 1
            name = f"{slug(article.title)[:60].strip('-')}-{n}"
        return replace(article, id=name)


def _indexed(bot: "Bot", article: Article) -> Iterator[float]:
    """Add an article in a thread; yield how far it is."""
    told: queue.SimpleQueue[float | BotError | None] = queue.SimpleQueue()

    def work() -> None:
        try:
            report = bot.add(article, progress=lambda done, total, _: told.put(done / max(1, total)))
            failed = next(iter(report.failed.values()), None)
            told.put(failed if isinstance(failed, BotError) else None)
        except BotError as error:
            told.put(error)

    thread = threading.Thread(target=work)
    thread.start()
    yield 0.0
    while (news := told.get()) is not None:
        if isinstance(news, BotError):
            thread.join()
            raise news
        yield news
    thread.join()
