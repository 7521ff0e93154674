"""The dossier that ships, and the vectors that travel with it."""

import re
import unicodedata

import numpy as np

from bot import dossier
from bot.library import Library
from bot.settings import Settings
from index.precomputed import Precomputed

TOPICS = 14


def test_each_topic_has_an_article_in_each_language():
    articles = [article for _, article in dossier.articles()]
    assert len(articles) == 2 * TOPICS and len({article.id for article in articles}) == 2 * TOPICS
    pairs = {}
    for article in articles:
        assert article.id.endswith(f"-{article.language}")
        pairs.setdefault(article.id.removesuffix(f"-{article.language}"), set()).add(article.language)
    assert len(pairs) == TOPICS and all(languages == {"it", "en"} for languages in pairs.values())


def test_every_article_is_complete_and_clean():
    from index.cleaning import clean

    for _, article in dossier.articles():
        assert 350 <= len(article.text.split()) <= 700, article.id
        assert re.fullmatch(r"20\d\d-\d\d-\d\d", article.date or ""), article.id
        assert article.source and article.topics and article.publications and article.title
        assert clean(article.text) == article.text == unicodedata.normalize("NFC", article.text)
        assert "http" not in article.text and "  " not in article.text


def test_the_shipped_vectors_are_those_of_the_texts(embedder):
    class Nothing:
        model_id, dimension = embedder.model_id, embedder.dimension

        def passages(self, texts):
            raise AssertionError(f"{len(texts)} texts of the dossier have no vector: run `make vectors`")

        queries = passages

    shipped = Precomputed(Nothing(), dossier.folder() / "vectors.npz")
    texts = dossier.texts()
    vectors = shipped.passages(texts)
    assert vectors.shape == (len(texts), embedder.dimension)
    sample = texts[:: max(1, len(texts) // 12)]
    cosines = (embedder.passages(sample) * shipped.passages(sample)).sum(axis=1)
    assert cosines.min() > 0.995


def test_a_damaged_or_foreign_file_of_vectors_is_as_good_as_none(tmp_path, embedder):
    (tmp_path / "damaged.npz").write_bytes(b"PK\x03\x04 damaged")
    for name in ("damaged.npz", "missing.npz"):
        vectors = Precomputed(embedder, tmp_path / name).passages(["Il Po è lungo."])
        assert np.allclose(vectors, embedder.passages(["Il Po è lungo."]), atol=1e-3)


def test_a_second_start_does_nothing_and_a_removed_article_stays_removed(tmp_path):
    settings = Settings(home=tmp_path / "home")
    library = Library(settings=settings)
    generation = library.store.catalog.generation
    library.close()
    library = Library(settings=settings)
    assert library.store.catalog.generation == generation
    library.remove("summit-2024-it")
    library.store.catalog.set_meta(dossier="of an older version")
    library.close()
    library = Library(settings=settings)
    assert len(library.store.entries()) == 2 * TOPICS - 1 and "summit-2024-it" not in library.store.entries()
    assert library.store.verify() == []
    library.close()
