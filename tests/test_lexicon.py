from importlib.resources import files
from time import perf_counter

import pytest

from index import lexicon as room
from index.analysis import terms
from index.lexicon import Lexicon
from index.names import names


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def lexicon(cache) -> Lexicon:
    return room.load(cache)


def translated(lexicon, word, source, target):
    (term,) = terms(word, source)
    return {found for found, _ in lexicon.translations(term, source, target)}


@pytest.mark.parametrize(
    ("italian", "english"),
    [
        ("accordo", "agreement"),
        ("arma", "weapon"),
        ("regalare", "give"),
        ("esercito", "army"),
        ("firmare", "sign"),
        ("guerra", "war"),
        ("cavallo", "horse"),
        ("disse", "said"),
        ("raggiunto", "reached"),
    ],
)
def test_words_translate_both_ways(lexicon, italian, english):
    assert terms(english, "en")[0] in translated(lexicon, italian, "it", "en")
    assert terms(italian, "it")[0] in translated(lexicon, english, "en", "it")


def test_weights_are_shares_best_first(lexicon):
    for word, source, target in (("accordo", "it", "en"), ("state", "en", "it")):
        weights = [weight for _, weight in lexicon.translations(terms(word, source)[0], source, target)]
        assert weights == sorted(weights, reverse=True)
        assert weights[0] == 1.0
        assert min(weights) > 0


def test_what_is_unknown_has_no_translation(lexicon):
    assert lexicon.translations("zzzz", "it", "en") == []
    assert lexicon.translations(terms("accordo", "it")[0], "it", "it") == []
    assert lexicon.translations(terms("accordo", "it")[0], "it", "de") == []
    assert lexicon.knows(terms("accordo", "it")[0], "it")
    assert not lexicon.knows("zzzz", "it")


@pytest.mark.parametrize(
    ("word", "synonym", "language"),
    [("soldi", "denaro", "it"), ("regalare", "donare", "it"), ("swap", "trade", "en"), ("begin", "start", "en")],
)
def test_synonyms_stand_for_each_other_in_their_own_language(lexicon, word, synonym, language):
    for one, other in ((word, synonym), (synonym, word)):
        found = dict(lexicon.synonyms(terms(one, language)[0], language))
        assert 0 < found[terms(other, language)[0]] <= 1
        assert terms(one, language)[0] not in found


def test_what_is_unknown_has_no_synonym(lexicon):
    assert lexicon.synonyms("zzzz", "it") == []
    assert lexicon.synonyms(terms("accordo", "it")[0], "de") == []


def test_a_capital_is_named_in_place_of_its_country(lexicon):
    table = names()
    for seat, country, source, target in (
        ("Moscow", "Russia", "en", "en"),
        ("Mosca", "Russia", "it", "en"),
        ("Kyiv", "Ucraina", "en", "it"),
        ("Seul", "South Korea", "it", "en"),
        ("Regno Unito", "London", "it", "en"),
    ):
        assert tuple(terms(country, target)) in table.metonyms(tuple(terms(seat, source)), source, target)
    assert table.metonyms(("aurus",), "en", "en") == []


def test_every_seat_stands_in_the_table_of_names():
    rows = files("index").joinpath("data", "seats.tsv").read_text(encoding="utf-8").splitlines()
    listed = [line.split("\t") for line in rows if line and not line.startswith("#")]
    assert len(listed) > 30
    known = names().groups["en"]
    assert all(tuple(terms(name, "en")) in known for row in listed for name in row)


def test_it_is_large_small_on_disk_and_quick_to_load(lexicon, cache):
    (path,) = cache.glob("lexicon-*.npz")
    assert path.stat().st_size < 4_000_000
    assert all(len(table.words) > 20_000 for table in lexicon.tables.values())
    start = perf_counter()
    room.load(cache, progress=lambda done, of: pytest.fail("built again"))
    assert perf_counter() - start < 1.0


def test_a_damaged_file_is_built_again(lexicon, cache):
    (path,) = cache.glob("lexicon-*.npz")
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    steps = []
    again = room.load(cache, progress=lambda done, of: steps.append((done, of)))
    assert steps and steps[-1][0] <= steps[-1][1]
    assert path.read_bytes() == whole
    assert again.translations("accord", "it", "en") == lexicon.translations("accord", "it", "en")
    assert not list(cache.glob("*.part"))


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path, lexicon):
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    assert room.load(blocked).translations("accord", "it", "en") == lexicon.translations("accord", "it", "en")
    assert blocked.read_text() == "not a folder"


def test_the_cache_folder_comes_from_the_environment(tmp_path, monkeypatch):
    monkeypatch.setenv("PONTE_CACHE_DIR", str(tmp_path))
    assert room.default_folder() == tmp_path


@pytest.mark.parametrize(
    ("one", "source", "other", "target"),
    [
        ("Seul", "it", "Seoul", "en"),
        ("Nazioni Unite", "it", "UN", "en"),
        ("ONU", "it", "United Nations", "en"),
        ("North Korean", "en", "nordcoreani", "it"),
        ("Corea del Nord", "it", "DPRK", "en"),
        ("U.S.", "en", "Stati Uniti", "it"),
        ("mercoledì", "it", "Wednesday", "en"),
        ("ten", "en", "10", "it"),
        ("dieci", "it", "10", "it"),
        ("ONU", "it", "Nazioni Unite", "it"),
        ("Moscow", "en", "Mosca", "it"),
        ("prime minister", "en", "premier", "it"),
        ("cinesi", "it", "Chinese", "en"),
    ],
)
def test_names_have_variants(one, source, other, target):
    assert tuple(terms(other, target)) in names().variants(tuple(terms(one, source)), source, target)


def test_the_longest_name_is_found():
    words = terms("Il Consiglio di Sicurezza delle Nazioni Unite", "it")
    assert names().longest(words, 0, "it") == 2
    assert names().longest(words, 2, "it") == 2
    assert names().longest(words, 1, "it") == 0
    assert names().longest([], 0, "it") == 0
    assert names().longest(["x"], 0, "de") == 0


def test_a_name_is_no_variant_of_itself():
    for language in ("it", "en"):
        for phrase in list(names().groups[language])[:200]:
            assert phrase not in names().variants(phrase, language, language)


def test_the_table_of_names_is_whole():
    lines = files("index").joinpath("data", "names.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line for line in lines if not line.startswith("#")]
    assert len(rows) > 500
    assert all(len(row.split("\t")) == 2 and all(cell.strip("| ") for cell in row.split("\t")) for row in rows)
    assert all(forms for table in names().forms.values() for forms in table)
