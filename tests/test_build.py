"""Writing an index: real Chroma, real embedder, real files."""

import os
import shutil
import subprocess
import sys
import threading
from contextlib import closing

import numpy as np
import pytest
from conftest import make_article
from hashed import Hashed
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.build import writing
from index.errors import EmbedderError, StoreError, StoreLocked, StoreMismatch, UnknownArticle
from index.ingest import ingest
from index.store import LANGUAGES, Store

ITALIAN = "Il fiume Po nasce in Piemonte. È lungo 652 chilometri e sfocia nel mare Adriatico."
ENGLISH = "The river Po rises in Piedmont. It is 652 kilometres long and flows into the Adriatic Sea."


@pytest.fixture
def hashed():
    return Hashed()


@pytest.fixture
def store(tmp_path, hashed):
    opened = Store(tmp_path / "home", hashed)
    yield opened
    opened.close()


def put(store, embedder, *articles):
    with writing(store, embedder) as writer:
        return [writer.add(article, f"given:{article.id}") for article in articles]


def test_both_languages_are_found_by_meaning_and_by_word(tmp_path, embedder):
    store = Store(tmp_path / "home", embedder)
    assert (
        put(store, embedder, make_article("po-it", ITALIAN), make_article("po-en", ENGLISH, language="en"))
        == ["added"] * 2
    )
    vector = embedder.queries(["Quanto è lungo il Po?"])[0]
    for language in LANGUAGES:
        (key, cosine), *rest = store.dense(vector, language, 5)
        assert key.startswith(f"po-{language}:") and 0.7 < cosine <= 1 and not rest
        hit = store.lexical("Quanto è lungo il Po, 652 chilometri?", "it", language, 5)[0]
        assert hit.key == key and hit.score > 0
    assert store.dense(vector, "it", 5, ["po-en"]) == []
    assert store.verify() == []
    store.close()


def test_the_same_article_again_does_nothing_and_a_changed_one_replaces(store, hashed):
    assert put(store, hashed, make_article("a", ITALIAN)) == ["added"]
    generation = store.catalog.generation
    assert put(store, hashed, make_article("a", ITALIAN)) == ["unchanged"]
    assert store.catalog.generation == generation
    assert put(store, hashed, make_article("a", "Il Po è lungo 700 chilometri.")) == ["replaced"]
    keys = [key for key, _ in store.dense(hashed.queries(["Po"])[0], "it", 9)]
    assert [store.passages([key])[key].text for key in keys] == ["Il Po è lungo 700 chilometri."]
    assert store.verify() == []


def test_a_removed_article_is_gone_from_both_halves(store, hashed):
    put(store, hashed, make_article("a", ITALIAN), make_article("b", "Il Tevere bagna Roma."))
    with writing(store, hashed) as writer:
        writer.remove("a")
        with pytest.raises(UnknownArticle):
            writer.remove("a")
    assert store.entries().keys() == {"b"}
    assert all(key.startswith("b:") for key, _ in store.dense(hashed.queries(["Po"])[0], "it", 9))
    assert store.lexical("Po Piemonte", "it", "it", 9) == []
    assert store.verify() == []


def test_a_reader_sees_what_another_process_wrote(tmp_path, store, hashed):
    put(store, hashed, make_article("a", ITALIAN))
    assert len(store.dense(hashed.queries(["Tevere"])[0], "it", 9)) == 1
    code = (
        "import sys; sys.path[:0] = ['tests', '.']\n"
        "from hashed import Hashed; from test_build import put; from conftest import make_article\n"
        "from index.store import Store\n"
        "from pathlib import Path\n"
        f"store = Store(Path({str(tmp_path / 'home')!r}), Hashed())\n"
        "print(put(store, Hashed(), make_article('b', 'Il Tevere bagna Roma.')))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "['added']" in done.stdout, done.stderr
    found = {key.split(":")[0] for key, _ in store.dense(hashed.queries(["Tevere Roma"])[0], "it", 9)}
    assert found == {"a", "b"}
    assert [hit.key.split(":")[0] for hit in store.lexical("Tevere", "it", "it", 9)] == ["b"]


def test_one_writer_at_a_time(store, hashed):
    caught = []

    def second():
        try:
            with writing(Store(store.path, hashed), hashed):
                pass
        except StoreLocked as error:
            caught.append(error)

    with writing(store, hashed):
        thread = threading.Thread(target=second)
        thread.start()
        thread.join()
    assert len(caught) == 1 and caught[0].retry and "Another process is writing" in str(caught[0])
    with writing(store, hashed):
        pass


def test_another_model_is_refused_and_rebuild_takes_over(store, hashed):
    put(store, hashed, make_article("a", ITALIAN))
    with pytest.raises(StoreMismatch, match="--rebuild"):
        Store(store.path, Hashed("hashed/2", 32))
    other = Hashed("hashed/2", 32)
    store.close()
    again = Store(store.path, other, adopt=True)
    assert again.dense(other.queries(["Po"])[0], "it", 9) == []
    with writing(again, other) as writer:
        assert [entry.id for entry in writer.stale()] == ["a"]
        writer.add(again.article("a"), "given:a")
    assert len(again.dense(other.queries(["Po"])[0], "it", 9)) == 1
    assert again.verify() == []
    again.close()


def test_a_lost_chroma_folder_comes_back_from_the_catalog(tmp_path, hashed):
    store = Store(tmp_path / "home", hashed)
    put(store, hashed, make_article("a", ITALIAN), make_article("b", ENGLISH, language="en"))
    store.close()
    shutil.rmtree(tmp_path / "home" / "chroma")

    class Silent(Hashed):
        def passages(self, texts):
            raise AssertionError("a repair needs no model")

    again = Store(tmp_path / "home", Silent())
    assert any("no vector" in line for line in again.verify())
    with writing(again, Silent()):
        pass
    assert again.verify() == []
    again.close()


def test_a_damaged_lexical_file_is_made_anew(tmp_path, hashed):
    store = Store(tmp_path / "home", hashed)
    put(store, hashed, make_article("a", ITALIAN))
    store.close()
    for path in (tmp_path / "home" / "lexical").rglob("*"):
        if path.is_file():
            path.write_bytes(b"\0damaged")
    again = Store(tmp_path / "home", hashed)
    assert [hit.key.split(":")[0] for hit in again.lexical("Piemonte", "it", "it", 3)] == ["a"]
    again.close()


def test_vectors_that_do_not_fit_leave_the_index_as_it_was(store, hashed):
    put(store, hashed, make_article("a", ITALIAN))

    class Broken(Hashed):
        def passages(self, texts):
            return super().passages(texts)[:, :7]

    with writing(store, hashed) as writer:
        writer._embedder = Broken()
        with pytest.raises(EmbedderError, match="do not fit"):
            writer.add(make_article("a", "Un altro testo."), "given:a")
    assert store.article("a").text == ITALIAN and store.verify() == []


@pytest.mark.skipif(
    os.geteuid() == 0, reason="root writes everywhere; the command line test covers it with a file in the way"
)
def test_a_read_only_folder_is_refused_in_one_line(tmp_path, hashed):
    (tmp_path / "home").mkdir(mode=0o500)
    with pytest.raises(StoreError, match="cannot be"):
        Store(tmp_path / "home", hashed)


def test_a_file_in_the_place_of_the_folder_is_refused_in_one_line(tmp_path, hashed):
    (tmp_path / "home").write_text("no folder")
    with pytest.raises(StoreError, match="cannot be made"):
        Store(tmp_path / "home", hashed)


def test_files_come_change_and_go(tmp_path, store, hashed):
    folder = tmp_path / "articles"
    folder.mkdir()
    for name in ("uno", "due"):
        (folder / f"{name}.txt").write_text(f"Articolo {name}.\n\nIl fiume {name} è lungo.", encoding="utf-8")

    def run():
        with writing(store, hashed) as writer:
            return ingest(writer, store.entries(), [folder])

    assert sorted(run().added) == ["due", "uno"]
    second = run()
    assert sorted(second.unchanged) == ["due", "uno"] and not second.added
    (folder / "uno.txt").write_text("Articolo uno.\n\nIl fiume uno è corto.", encoding="utf-8")
    (folder / "due.txt").unlink()
    (folder / "vuoto.txt").write_text("  \n")
    third = run()
    assert third.replaced == ["uno"] and third.removed == ["due"]
    assert [name for name in third.failed if name.endswith("vuoto.txt")]
    assert store.verify() == []


def test_two_files_of_one_name_are_two_articles(tmp_path, store, hashed):
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "note.txt").write_text(
            f"La nota della cartella {folder} parla di fiumi.", encoding="utf-8"
        )
    for folder in ("a", "b"):
        with writing(store, hashed) as writer:
            ingest(writer, store.entries(), [tmp_path / folder])
    assert len(store.entries()) == 2
    texts = {article.text for article in store.articles()}
    assert texts == {"La nota della cartella a parla di fiumi.", "La nota della cartella b parla di fiumi."}


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.text(alphabet="abc èé.,“”'\n?1", min_size=1, max_size=300).filter(lambda text: text.strip()),
        min_size=1,
        max_size=4,
    )
)
def test_re_indexing_keeps_the_contract(store, hashed, texts):
    from index.cleaning import clean

    for text in filter(None, map(clean, texts)):
        put(store, hashed, make_article("same", text))
        article = store.article("same")
        for passage in store.catalog.passages_of("same"):
            assert article.text[passage.chunk.start : passage.chunk.end] == passage.text
    assert store.verify() == []


class Stopped(Hashed):
    """Stops like Ctrl-C when it has encoded so many texts; counts what it is asked for."""

    def __init__(self, after):
        super().__init__()
        self.after, self.seen = after, 0

    def passages(self, texts):
        if self.seen + len(texts) > self.after:
            raise KeyboardInterrupt
        self.seen += len(texts)
        return super().passages(texts)


def long_article(n=700):
    return make_article("long", " ".join(f"La frase numero {i} parla del fiume {i * 7}." for i in range(n)))


def test_a_stop_in_a_long_article_loses_nothing(tmp_path):
    article, home = long_article(), tmp_path / "home"
    whole = Hashed()
    with closing(Store(tmp_path / "whole", whole)) as store, writing(store, whole) as writer:
        writer.add(article, "given")
        expected = {p.chunk.start: store.catalog.vectors([p.key])[p.key] for p in store.catalog.passages_of("long")}
    first = Stopped(after=520)
    with closing(Store(home, first)) as store:
        with pytest.raises(KeyboardInterrupt), writing(store, first) as writer:
            writer.add(article, "given")
        assert store.entries() == {}
    shares, second = [], Stopped(after=10**9)
    with closing(Store(home, second)) as store, writing(store, second) as writer:
        writer.add(article, "given", shares.append)
        found = {p.chunk.start: store.catalog.vectors([p.key])[p.key] for p in store.catalog.passages_of("long")}
        assert store.verify() == []
    assert first.seen >= 384 and second.seen + first.seen == 700 + len(found)
    assert shares == sorted(shares) and shares[0] > 0.4 and shares[-1] == 1
    assert found.keys() == expected.keys()
    assert all(np.array_equal(found[start], expected[start]) for start in found)
    assert not list(home.glob("pending.db*"))


def test_a_torn_file_of_pending_vectors_costs_time_only(tmp_path):
    hashed = Hashed()
    with closing(Store(tmp_path / "home", hashed)) as store:
        (tmp_path / "home" / "pending.db").write_bytes(b"torn" * 500)
        with writing(store, hashed) as writer:
            assert writer.add(long_article(), "given") == "added"
        assert store.verify() == []
