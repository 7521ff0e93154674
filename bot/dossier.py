"""The dossier that ships: where its articles are, and the vectors that travel with them. Knows nothing of answers."""

from pathlib import Path

from bot.errors import ArticleError
from index.article import Article
from index.chunk import split
from index.precomputed import Precomputed, save
from index.readers import find, read
from index.store import Embedder


def folder() -> Path:
    """Return the folder of the shipped articles: inside the wheel, or beside the packages in a checkout.

    Raises:
        ArticleError: it is not there.
    """
    here = Path(__file__).resolve().parent
    for candidate in (here / "dossier", here.parent / "articles"):
        if candidate.is_dir():
            return candidate
    raise ArticleError("The articles that ship with Ponte are missing.", "Install Ponte anew.")


def articles() -> list[tuple[str, Article]]:
    """Return the shipped articles, each with its origin."""
    found = [read(path) for path in find([folder()])]
    return [(f"dossier:{article.id}", article) for article in found]


def with_vectors(embedder: Embedder) -> Embedder:
    """Return the embedder, with the shipped vectors before it."""
    return Precomputed(embedder, folder() / "vectors.npz")


def texts() -> list[str]:
    """Return every text of the dossier that is embedded: passages, then sentences, each once."""
    found: dict[str, None] = {}
    for _, article in articles():
        chunks = split(article)
        spans = [(c.start, c.end) for c in chunks] + [span for c in chunks for span in c.sentences]
        found.update(dict.fromkeys(article.text[start:end] for start, end in spans))
    return list(found)


def main() -> None:
    """Write the vectors of the dossier anew."""
    from index.embed import EmbeddedEmbeddings

    save(folder() / "vectors.npz", texts(), EmbeddedEmbeddings())


if __name__ == "__main__":
    main()
