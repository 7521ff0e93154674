"""The library: an index folder with its embedder, opened, filled and kept. Knows articles, nothing of questions."""

import hashlib
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path

from bot import dossier
from bot.errors import StoreError
from bot.providers import make_embedder
from bot.settings import Settings
from index.article import Article
from index.build import RECIPE, Progress, Report, Writer, silent, writing
from index.ingest import ingest, put
from index.store import Embedder, Store
from index.vectors import server

# How long a start waits for another process that is putting the same dossier in.
_PATIENCE = 120


class Library:
    """An index and the model that its vectors come from.

    Args:
        path: the folder; the default one, with the shipped dossier in it, if None.
        settings: from the environment, if None.
        progress: told of indexing that has to be done first.
        create: make the folder's index if there is none; else that is an error.
        rebuild: make an index of another model anew with this one.

    Raises:
        StoreError: there is no index in the folder, or it cannot be read or written.
        StoreMismatch: another model or a newer version made it.
        StoreLocked: another process keeps writing to it.
    """

    def __init__(
        self,
        path: Path | None = None,
        settings: Settings | None = None,
        progress: Progress = silent,
        create: bool = False,
        rebuild: bool = False,
    ) -> None:
        self.settings = settings or Settings.from_environment()
        home = path or self.settings.home
        if path is not None and not create and not Store.exists(path):
            raise StoreError(f"There is no index in {path}.", f"Make one: ponte index ARTICLES --into {path}")
        self.embedder: Embedder = dossier.with_vectors(make_embedder(self.settings.embedder))
        client = None
        if self.settings.chroma_url:
            client = server(self.settings.chroma_url, self.settings.chroma_token or None)
        self.store = Store(home, self.embedder, client, adopt=rebuild)
        try:
            self._settle(path is None, progress)
        except BaseException:
            self.store.close()
            raise

    def warm(self, progress: Progress = silent) -> None:
        """Load the model and the lexicon; the first time on a machine they are made, which takes a while.

        Args:
            progress: told of the steps of making them.
        """
        load = getattr(make_embedder(self.settings.embedder), "load", None)
        if load is not None:
            load(lambda done, total: progress(done, total, "the embedding model, once"))
        self.store.words().carrier()

    def close(self) -> None:
        """Release the files; the library is not used after this."""
        self.store.close()

    def add(self, *sources: Path | str | Article, progress: Progress = silent) -> Report:
        """Put files, folders, globs or articles in; an article of the same id and origin is replaced.

        Raises:
            ArticleError: a path is not there.
            StoreLocked: another process is writing.
            StoreError: the index cannot be written.
        """
        paths = [Path(source) for source in sources if not isinstance(source, Article)]
        given = [(f"given:{source.id}", source) for source in sources if isinstance(source, Article)]
        with writing(self.store, self.embedder) as writer:
            report = ingest(writer, self.store.entries(), paths, progress) if paths else Report()
            if given:
                put(writer, self.store.entries(), given, report, progress)
        return report

    def remove(self, *article_ids: str) -> None:
        """Take articles out.

        Raises:
            UnknownArticle: there is none of that id; those before it in the list are gone.
            StoreLocked: another process is writing.
        """
        with writing(self.store, self.embedder) as writer:
            for article_id in article_ids:
                writer.remove(article_id)

    def repair(self) -> list[str]:
        """Bring both halves of the index in line with its articles; return what is wrong even then."""
        with writing(self.store, self.embedder) as writer:
            writer.repair(thorough=True)
        return self.store.verify()

    def _settle(self, with_dossier: bool, progress: Progress) -> None:
        """Put in what has to be there before the first question; a second start finds nothing to do."""
        catalog = self.store.catalog
        shipped = _digest() if with_dossier else ""
        stale = catalog.meta("recipe") != f"{RECIPE} {self.embedder.model_id}"
        missing = with_dossier and catalog.meta("dossier") != f"{shipped} {RECIPE} {self.embedder.model_id}"
        with writing(self.store, self.embedder, _PATIENCE) if stale or missing else nullcontext() as writer:
            if writer is not None and stale:
                self._refresh(writer, progress)
                catalog.set_meta(recipe=f"{RECIPE} {self.embedder.model_id}")
            if writer is not None and missing:
                self._put_dossier(writer, progress)
                catalog.set_meta(dossier=f"{shipped} {RECIPE} {self.embedder.model_id}")

    def _refresh(self, writer: Writer, progress: Progress) -> None:
        stale = [(entry.origin, self.store.article(entry.id)) for entry in writer.stale()]
        put(writer, {}, stale, Report(), progress)

    def _put_dossier(self, writer: Writer, progress: Progress) -> None:
        removed = self.store.catalog.removed()
        articles: Sequence[tuple[str, Article]] = [item for item in dossier.articles() if item[1].id not in removed]
        put(writer, self.store.entries(), articles, Report(), progress)


def _digest() -> str:
    """Return what changes when an article of the shipped dossier does."""
    digest = hashlib.sha256()
    for path in sorted(dossier.folder().rglob("*.md")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]
