import threading

import numpy as np
import pytest
from conftest import make_article

from index.catalog import Catalog
from index.chunk import Chunk
from index.errors import StoreError, StoreMismatch, UnknownArticle
from index.passage import Encoded, key


def encoded(article, *bounds, dimension=4):
    rng = np.random.default_rng(0)
    return [
        Encoded(
            Chunk(article.id, n, start, end, article.language, ((start, end),)),
            rng.normal(size=dimension).astype(np.float32),
            rng.normal(size=(1, dimension)).astype(np.float32),
        )
        for n, (start, end) in enumerate(bounds)
    ]


@pytest.fixture
def catalog(tmp_path):
    opened = Catalog(tmp_path / "catalog.sqlite")
    opened.claim("model", 4)
    yield opened
    opened.close()


def test_article_and_its_passages_come_back_as_they_went_in(catalog):
    article = make_article(
        "kim", "Kim è a Mosca. Putin no.", topics=("vertice",), publications=("TASS", "KCNA"), date="2024-06"
    )
    items = encoded(article, (0, 14), (15, 24))
    catalog.put(article, "v1", "file", items)
    assert catalog.article("kim") == article
    assert catalog.articles() == [article]
    entry = catalog.entries()["kim"]
    assert (entry.version, entry.origin, entry.passages, entry.hash) == ("v1", "file", 2, article.hash)
    passages = catalog.passages_of("kim")
    assert [p.chunk for p in passages] == [item.chunk for item in items]
    assert [p.text for p in passages] == ["Kim è a Mosca.", "Putin no."]
    name = key("kim", "v1", 1)
    assert np.allclose(catalog.vectors([name])[name], items[1].vector, atol=1e-2)
    assert np.allclose(catalog.sentence_vectors([name])[name], items[1].sentences, atol=1e-2)


def test_a_new_version_replaces_the_old_and_leaves_it_to_be_swept(catalog):
    catalog.put(make_article("a", "uno due"), "v1", "file", encoded(make_article("a"), (0, 3)))
    newer = make_article("a", "tre quattro")
    catalog.begin("v2")
    catalog.put(newer, "v2", "file", encoded(newer, (0, 3)))
    assert catalog.passages([key("a", "v1", 0)]) == {}
    assert catalog.passages([key("a", "v2", 0)])[key("a", "v2", 0)].text == "tre"
    assert catalog.purges() == ["v1"]


def test_what_was_begun_and_never_put_is_not_live(catalog):
    catalog.begin("v9")
    assert catalog.purges() == ["v9"] and catalog.entries() == {}


def test_deleting_remembers_that_it_was_on_purpose(catalog):
    catalog.put(make_article("a"), "v1", "file", encoded(make_article("a"), (0, 3)))
    catalog.delete("a")
    assert catalog.removed() == {"a"} and catalog.counts() == {}
    with pytest.raises(UnknownArticle, match="“a”"):
        catalog.article("a")
    catalog.put(make_article("a"), "v1", "file", encoded(make_article("a"), (0, 3)))
    assert catalog.removed() == set()


def test_each_change_is_a_generation_seen_by_other_connections(catalog, tmp_path):
    other = Catalog(tmp_path / "catalog.sqlite")
    before = other.generation
    catalog.put(make_article("a"), "v1", "file", encoded(make_article("a"), (0, 3)))
    assert other.generation == before + 1
    assert other.entries().keys() == {"a"}
    other.close()


def test_a_failed_transaction_leaves_everything_as_it_was(catalog):
    catalog.put(make_article("a"), "v1", "file", encoded(make_article("a"), (0, 3)))
    twice = encoded(make_article("a"), (0, 3)) * 2
    with pytest.raises(Exception, match="UNIQUE"):
        catalog.put(make_article("a", "altro testo"), "v2", "file", twice)
    assert catalog.article("a").text == make_article("a").text
    assert catalog.entries()["a"].version == "v1" and catalog.purges() == []


def test_another_models_passages_are_forgotten_and_the_articles_kept(catalog):
    catalog.put(make_article("a"), "v1", "file", encoded(make_article("a"), (0, 3)))
    catalog.claim("other", 8)
    assert catalog.entries()["a"].passages == 0 and catalog.entries()["a"].version == ""
    assert catalog.article("a") == make_article("a")


def test_an_index_of_a_newer_version_is_refused(catalog, tmp_path):
    catalog.set_meta(schema="99")
    with pytest.raises(StoreMismatch, match="newer version"):
        Catalog(tmp_path / "catalog.sqlite")


def test_a_file_that_is_no_database_is_refused_in_one_line(tmp_path):
    (tmp_path / "catalog.sqlite").write_bytes(b"not a database" * 100)
    with pytest.raises(StoreError) as caught:
        Catalog(tmp_path / "catalog.sqlite")
    assert "\n" not in str(caught.value) and caught.value.fix


def test_a_catalog_that_is_closed_under_a_read_lets_it_end(catalog):
    reading, closed, read = threading.Event(), threading.Event(), []

    def reads():
        rows = catalog._db().execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 500) SELECT i FROM n"
        )
        read.append(next(rows)[0])
        reading.set()
        closed.wait(10)
        read.extend(row[0] for row in rows)

    thread = threading.Thread(target=reads)
    thread.start()
    reading.wait(10)
    catalog.close()
    closed.set()
    thread.join(10)
    assert read == list(range(1, 501))
