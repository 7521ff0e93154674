import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.analysis import terms
from index.errors import StoreError
from index.lexical import Lexical
from index.lexicon import load

TEXTS = {
    "it": {
        "vertice:1:0": "Vladimir Putin è arrivato a Pyongyang il 19 giugno 2024 e ha firmato un trattato con Kim Jong Un.",
        "vertice:1:1": "Putin ha regalato a Kim una limousine Aurus; Kim ha donato due cani di razza Pungsan.",
        "onu:1:0": "La Russia ha posto il veto in Consiglio di Sicurezza: il gruppo di esperti delle Nazioni Unite chiude.",
        "seul:1:0": "Seul e Tokyo temono il trasferimento di tecnologia missilistica; la Corea del Sud protesta.",
        "storia:1:0": "Nel XIX secolo la penisola coreana era un regno; l'accordo del 1961 venne molto dopo.",
        "cucina:1:0": "La pasta si cuoce in abbondante acqua salata per dieci minuti.",
    },
    "en": {
        "summit:1:0": "Vladimir Putin arrived in Pyongyang on 19 June 2024 and signed a treaty with Kim Jong Un.",
        "summit:1:1": "Putin gave Kim an Aurus limousine; Kim presented two Pungsan dogs.",
        "un:1:0": "Russia vetoed the mandate in the Security Council: the UN panel of experts will close.",
        "troops:1:0": "About 10,000 North Korean soldiers were sent to Russia, Washington said.",
        "cooking:1:0": "Boil the pasta in plenty of salted water for ten minutes.",
    },
}


@pytest.fixture(scope="module")
def words(tmp_path_factory):
    return load(tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="module")
def index(words) -> Lexical:
    return Lexical.build(TEXTS, words)


def first(index, question, language, target):
    return index.search(question, language, target, 3)[0].key


@pytest.mark.parametrize(
    ("question", "language", "target", "key"),
    [
        ("Cosa ha regalato Putin a Kim?", "it", "it", "vertice:1:1"),
        ("Cosa ha regalato Putin a Kim?", "it", "en", "summit:1:1"),
        ("What did Putin give to Kim?", "en", "it", "vertice:1:1"),
        ("Which dogs did Kim present?", "en", "it", "vertice:1:1"),
        ("Chi ha messo il veto all'ONU?", "it", "it", "onu:1:0"),
        ("Perche' l'ONU chiude il panel?", "it", "en", "un:1:0"),
        ("What does Seoul fear?", "en", "it", "seul:1:0"),
        ("Quanti soldati nordcoreani? 10.000", "it", "en", "troops:1:0"),
        ("the peninsula in the 19th century", "en", "it", "storia:1:0"),
        ("when was the treaty signed", "en", "it", "vertice:1:0"),
        ("boiling water", "en", "it", "cucina:1:0"),
        ("10 minuti", "it", "it", "cucina:1:0"),
        ("la tecnolgia missilistica", "it", "it", "seul:1:0"),
        ("technlogy transfer", "en", "it", "seul:1:0"),
    ],
)
def test_the_right_passage_comes_first(index, question, language, target, key):
    assert first(index, question, language, target) == key


def test_a_word_counts_once_however_often_it_is_translated(index):
    (unit,) = index.scores("gift", "en", "it").weighed
    top = index.scores("gift", "en", "it").top(1)
    assert len(unit.unit.ways[0].slots[0]) > 3
    assert top[0].score <= unit.weight


def test_share_and_coverage_and_closeness_are_shares(index):
    for hit in index.search("Putin ha firmato un trattato con Kim Jong Un sul vino", "it", "it", 10):
        assert 0 < hit.share <= 1
        assert 0 < hit.coverage < 1
        assert 0 <= hit.closeness <= 1
    best = index.search("firmato un trattato con Kim", "it", "it", 1)[0]
    assert best.coverage == pytest.approx(1.0)
    assert best.closeness == pytest.approx(1.0)


def test_saying_a_word_often_covers_no_more_of_the_question(words):
    texts = {
        "a:1:0": "Il trattato, ancora il trattato, sempre il trattato e poi il trattato",
        "b:1:0": "Il trattato di pace arrivò dopo molte settimane",
        **{f"c:1:{n}": f"Il vino numero {n} piacque a tutti" for n in range(6)},
    }
    scores = Lexical.build({"it": texts}, words).scores("trattato di pace", "it", "it")
    hits = {hit.key: hit for hit in scores.top(2)}
    assert hits["b:1:0"].coverage == pytest.approx(1.0)
    assert hits["a:1:0"].coverage == pytest.approx(scores.weighed[0].weight / scores.possible)
    assert 1 < scores.amount < 2


def test_words_that_stand_together_are_closer_than_words_apart(words):
    texts = {
        "a:1:0": "Il trattato di pace fu lungo",
        "b:1:0": "Il trattato arrivò dopo molte settimane di attesa e di lunga pace",
    }
    hits = {hit.key: hit for hit in Lexical.build({"it": texts}, words).search("trattato di pace", "it", "it", 2)}
    assert hits["a:1:0"].closeness == 1.0
    assert hits["b:1:0"].closeness == 0.0


def test_no_words_are_close_across_two_passages(words):
    texts = {"a:1:0": "La riunione finì con un trattato", "b:1:0": "Pace fu fatta dopo anni"}
    scores = Lexical.build({"it": texts}, words).scores("trattato di pace", "it", "it")
    assert {hit.closeness for hit in scores.top(2)} == {0.0}


def test_what_nobody_can_translate_proves_nothing_by_its_absence(index):
    units = {one.unit.surface: one.unit for one in index.scores("Xyzzyq treaty", "en", "it").weighed}
    assert not units["Xyzzyq"].carried
    assert units["treaty"].carried
    hit = index.scores("Xyzzyq treaty", "en", "it").top(1)[0]
    assert hit.coverage == pytest.approx(1.0)
    assert hit.share == pytest.approx(index.scores("treaty", "en", "it").top(1)[0].share)


def test_each_unit_says_how_well_a_passage_holds_it(index):
    scores = index.scores("Putin cucina a Pyongyang", "it", "it")
    matched = dict(zip((one.unit.surface for one in scores.weighed), scores.matched("vertice:1:0"), strict=True))
    assert matched["Putin"] > 0.5
    assert matched["Pyongyang"] > 0.5
    assert matched["cucina"] == 0.0
    with pytest.raises(KeyError):
        scores.matched("nowhere:1:0")


def test_hits_of_given_keys_include_those_without_a_word(index):
    found = index.scores("Putin", "it", "it").of(["cucina:1:0", "vertice:1:0", "nowhere:1:0"])
    assert set(found) == {"cucina:1:0", "vertice:1:0"}
    assert found["cucina:1:0"].score == 0 < found["vertice:1:0"].score


def test_only_the_articles_asked_for(index):
    hits = index.search("Putin Kim Russia", "it", "it", 10, articles={"onu", "storia"})
    assert [hit.key for hit in hits] == ["onu:1:0"]
    assert index.search("Putin", "it", "it", 10, articles=set()) == []


def test_the_best_k_come_in_order(index):
    hits = index.search("Russia Putin Kim trattato", "it", "it", 10)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert [hit.key for hit in index.search("Russia Putin Kim trattato", "it", "it", 2)] == [h.key for h in hits[:2]]
    assert index.search("Russia", "it", "it", 0) == []


@pytest.mark.parametrize("question", ["", "   ", "?", "che cosa è", "🙂", "\x00\x01", "a" * 20000])
def test_any_question_can_be_asked(index, question):
    assert index.search(question, "it", "it", 5) == []
    assert index.search(question, "en", "it", 5) == []


def test_an_index_without_passages_finds_nothing(words, tmp_path):
    for texts in ({}, {"it": {}, "en": {}}, {"it": {"a:1:0": ""}}, {"it": {"a:1:0": "e di che"}}):
        empty = Lexical.build(texts, words)
        assert empty.search("Putin", "it", "it", 5) == []
        assert empty.search("Putin", "en", "it", 5) == []
        assert empty.idf("putin", "it") >= 0
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        folder.mkdir()
        empty.save(folder)
        assert Lexical.load(folder, words).search("Putin", "it", "it", 5) == []


def test_rare_terms_tell_more(index):
    assert index.idf("zzzz", "it") > index.idf("aurus", "it") > index.idf(terms("Kim", "it")[0], "it") > 0


def test_what_is_saved_answers_the_same(index, words, tmp_path):
    index.save(tmp_path)
    loaded = Lexical.load(tmp_path, words)
    for question, language in (("Chi ha firmato il trattato?", "it"), ("Who vetoed the UN panel?", "en")):
        for target in ("it", "en"):
            assert loaded.search(question, language, target, 5) == index.search(question, language, target, 5)


def test_a_damaged_or_older_index_says_so(index, words, tmp_path):
    index.save(tmp_path)
    meta = json.loads((tmp_path / "lexical.json").read_text())
    (tmp_path / "lexical.json").write_text(json.dumps(meta | {"analysis": "older"}))
    with pytest.raises(StoreError, match="another analysis"):
        Lexical.load(tmp_path, words)
    (tmp_path / "lexical.json").write_text(json.dumps(meta | {"keys": {"it": ["a:1:0"]}}))
    with pytest.raises(StoreError, match="damaged"):
        Lexical.load(tmp_path, words)
    (tmp_path / "lexical.json").unlink()
    with pytest.raises(StoreError, match="damaged"):
        Lexical.load(tmp_path, words)


@settings(max_examples=30)
@given(
    st.lists(st.text(alphabet="abcde ", max_size=30), min_size=1, max_size=6), st.text(alphabet="abcde ", max_size=20)
)
def test_a_passage_is_found_exactly_if_it_holds_a_word_of_the_question(passages, question):
    keys = {f"p{n}:1:0": text for n, text in enumerate(passages)}
    wanted = set(terms(question, "it"))
    index = Lexical.build({"it": keys}, _no_words())
    found = {hit.key for hit in index.search(question, "it", "it", len(keys))}
    assert found == {key for key, text in keys.items() if wanted & set(terms(text, "it"))}


def _no_words():
    from index.lexicon import Lexicon

    return Lexicon({})
