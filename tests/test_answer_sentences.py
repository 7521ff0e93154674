"""Which sentences answer: the signals one by one, both languages, and the model on small passages."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.evidence.candidate import Candidate
from bot.evidence.matching import held, read, share, want
from bot.evidence.sentences import WEIGHTS, best, score
from bot.question.analyse import analyse
from bot.question.answer_type import evidence
from bot.question.kinds import Expected
from index.analysis import terms
from index.lexical import Lexical
from index.spelling import alike, neutral

IT = (
    "Secondo Ushakov, Putin ha regalato a Kim Jong Un una limousine Aurus, un servizio da tè e un pugnale.",
    "La cerimonia di benvenuto si è tenuta in piazza Kim Il Sung verso mezzogiorno.",
    "I colloqui del 19 giugno 2024 sono durati circa due ore.",
    "Le navi russe hanno trasportato 1.500 soldati nordcoreani a Vladivostok.",
)
EN = (
    "According to Ushakov, Putin gave Kim Jong Un an Aurus limousine, a tea set and a dagger.",
    "The welcoming ceremony was held in Kim Il Sung Square around noon.",
    "The talks of 19 June 2024 lasted about two hours.",
    "Russian ships carried 1,500 North Korean soldiers to Vladivostok.",
)
WORDS = Lexical.build(
    {"it": {f"i:{n}": text for n, text in enumerate(IT)}, "en": {f"e:{n}": text for n, text in enumerate(EN)}}
)


def candidate(
    sentences: tuple[str, ...], language: str, cosines: tuple[float, ...] = (), cosine: float = 0.85, key: str = "a:0"
) -> Candidate:
    return Candidate(key, " ".join(sentences), language, sentences, cosine, cosines, 1.0, 5.0)


def top(question: str, asked: str, sentences: tuple[str, ...], language: str) -> int:
    level = tuple(0.85 for _ in sentences)
    return best(score(analyse(question, asked), [candidate(sentences, language, level)], WORDS), 1)[0].n


@pytest.mark.parametrize(
    ("question", "asked", "n"),
    [
        ("Che cosa ha regalato Putin a Kim?", "it", 0),
        ("Dove si è tenuta la cerimonia di benvenuto?", "it", 1),
        ("Quanto sono durati i colloqui?", "it", 2),
        ("Quanti soldati sono stati trasportati?", "it", 3),
        ("What did Putin give Kim?", "en", 0),
        ("Where was the welcoming ceremony held?", "en", 1),
        ("How long did the talks last?", "en", 2),
        ("How many soldiers did the ships carry?", "en", 3),
    ],
)
def test_the_words_find_the_sentence_in_either_language_without_help_from_the_vectors(
    question: str, asked: str, n: int
) -> None:
    assert top(question, asked, IT, "it") == n
    assert top(question, asked, EN, "en") == n


def test_the_vectors_decide_where_the_words_do_not() -> None:
    question = analyse("Che tempo farà?", "it")
    scored = score(question, [candidate(IT, "it", (0.80, 0.80, 0.86, 0.80))], WORDS)
    assert best(scored, 1)[0].n == 2


def test_scores_come_in_the_order_of_candidates_and_sentences() -> None:
    scored = score(analyse("Putin?", "it"), [candidate(IT, "it"), candidate(EN[:2], "en")], WORDS)
    assert [one.n for one in scored] == [0, 1, 2, 3, 0, 1]


def test_nothing_found_gives_no_scores() -> None:
    assert score(analyse("Putin?", "it"), [], WORDS) == []


def test_a_candidate_without_cosines_is_scored_by_its_words() -> None:
    scored = score(analyse("Dove si è tenuta la cerimonia?", "it"), [candidate(IT, "it", ())], WORDS)
    assert best(scored, 1)[0].n == 1
    assert {one.features.cosine for one in scored} == {0.0}


def test_crossing_the_languages_is_no_handicap() -> None:
    question = analyse("Quanti soldati sono stati trasportati?", "it")
    same = Candidate("i:0", IT[3], "it", IT[3:], 0.90, (0.90,), 1.0, 5.0)
    other = Candidate("e:0", EN[3], "en", EN[3:], 0.846, (0.846,), 1.0, 2.0)
    ours, theirs = score(question, [same, other], WORDS)
    assert theirs.features.cosine == pytest.approx(ours.features.cosine)
    assert theirs.features.lexical == ours.features.lexical == 1.0


def test_every_weight_is_positive_so_that_each_signal_can_be_read() -> None:
    assert all(getattr(WEIGHTS, name) > 0 for name in WEIGHTS.__slots__)


def test_better_signals_never_lower_a_score() -> None:
    question = analyse("Quanti soldati sono arrivati?", "it")
    low, high = (score(question, [candidate(IT[3:], "it", (cosine,)), candidate(IT[:1], "it", (0.9,), key="b:0")], WORDS)[0].score
                 for cosine in (0.80, 0.85))  # fmt: skip
    assert high > low


@pytest.mark.parametrize(
    ("expected", "language", "sentence", "said", "found"),
    [
        (Expected.DATE, "it", "Il trattato è in vigore dal 4 dicembre 2024.", (), True),
        (Expected.DATE, "it", "Accadde negli anni Novanta.", (), True),
        (Expected.DATE, "en", "It happened in 1961.", ("1961",), False),
        (Expected.DATE, "en", "It happened in the 13th century.", (), True),
        (Expected.DATE, "it", "Accadde a Mosca.", (), False),
        (Expected.NUMBER, "it", "Arrivarono 1.500 soldati.", (), True),
        (Expected.NUMBER, "en", "Two soldiers were captured.", (), True),
        (Expected.NUMBER, "en", "The soldiers were captured.", (), False),
        (Expected.MONEY, "it", "Il commercio vale 34 milioni di dollari.", (), True),
        (Expected.PERCENT, "en", "Russia wrote off 90 per cent of the debt.", (), True),
        (Expected.AGE, "en", "She is 35 years old.", (), True),
        (Expected.AGE, "it", "Kim Jong Un, che ha 40 anni, lo ha detto.", (), True),
        (Expected.AGE, "it", "Putin è tornato a Pyongyang dopo 24 anni.", (), False),
        (Expected.AGE, "it", "Il gruppo, che da 15 anni sorvegliava le sanzioni, nacque vent'anni fa.", (), True),
        (Expected.AGE, "it", "Il gruppo fu sciolto due anni fa.", (), False),
        (Expected.WEIGHT, "it", "Il satellite pesa 300 chili.", (), True),
        (Expected.LENGTH, "it", "Il ponte sarà lungo un chilometro.", (), True),
        (Expected.DURATION, "en", "The talks lasted two hours.", (), True),
        (Expected.PERSON, "it", "A firmare è stato Igor Ivanov.", (), True),
        (Expected.PERSON, "it", "A firmare è stato il ministro.", (), False),
        (Expected.PLACE, "en", "He flew to Hanoi.", (), True),
        (Expected.REASON, "en", "They left because the war had ended.", (), True),
        (Expected.DEFINITION, "it", "Il Comitato è un organo dell'Onu.", ("comit",), True),
        (
            Expected.IDENTITY,
            "it",
            "Lo disse il segretario del Consiglio di sicurezza russo Sergei Shoigu.",
            ("shoigu",),
            True,
        ),
        (Expected.IDENTITY, "en", "Kim Yo Jong, the sister of Kim Jong Un, said so.", ("kim", "yo", "jong"), True),
        (Expected.IDENTITY, "en", "The president left. Shoigu stayed.", ("shoigu",), False),
        (Expected.ANYTHING, "it", "Qualsiasi cosa.", (), False),
    ],
)
def test_evidence(expected: Expected, language: str, sentence: str, said: tuple[str, ...], found: bool) -> None:
    assert (evidence(expected, sentence, language, said, ()) > 0) is found


def test_a_number_with_the_noun_that_is_counted_is_worth_more() -> None:
    sentence = "Nel Kursk sono morti 600 soldati."
    assert evidence(Expected.NUMBER, sentence, "it", (), ("sold",)) > evidence(
        Expected.NUMBER, sentence, "it", (), ("nav",)
    )


def test_the_names_of_the_question_are_no_answer_to_who() -> None:
    said = terms("Vladimir Putin", "it")
    assert evidence(Expected.PERSON, "Nel vertice ha parlato Vladimir Putin.", "it", said, ()) == 0.0


def test_words_are_found_across_the_languages_and_by_variant_spellings() -> None:
    question = analyse("Quante navi ha mandato Seul?", "it")
    english = want(question, ["en"], WORDS)["en"]
    assert share(english, held(english, read("Seoul sent two ships.", "en"))) > 0.8
    assert share(english, held(english, read("The weather was fine.", "en"))) == 0.0


def test_a_slip_of_the_pen_is_forgiven() -> None:
    wanted = want(analyse("Chi sono i soldatti catturati?", "it"), ["it"], WORDS)["it"]
    assert share(wanted, held(wanted, read("Due soldati furono catturati.", "it"))) > 0.8


def test_every_language_wants_the_same_units_in_the_same_order() -> None:
    both = want(
        analyse("Che cosa disse il Consiglio di sicurezza delle Nazioni Unite nel 2024?", "it"), ["it", "en"], WORDS
    )
    assert [one.unit.surface for one in both["it"]] == [one.unit.surface for one in both["en"]]


def test_neutral_spelling_brings_the_languages_together() -> None:
    assert neutral("korean") == neutral("corean")
    assert alike(neutral("president"), neutral("presidenti")) > 0.7
    assert alike("russ", "pruss") == 0.0


@given(st.text(max_size=12), st.text(max_size=12))
def test_alikeness_is_symmetric_and_bounded(one: str, other: str) -> None:
    assert alike(one, other) == alike(other, one)
    assert 0.0 <= alike(one, other) <= 1.0


@given(st.text(max_size=120), st.lists(st.text(max_size=80), max_size=4), st.sampled_from(["it", "en"]))
def test_any_texts_can_be_scored(question: str, sentences: list[str], language: str) -> None:
    cosines = tuple(0.8 for _ in sentences)
    scored = score(analyse(question, language), [candidate(tuple(sentences), language, cosines)], WORDS)
    assert len(scored) == len(sentences)
    assert all(0.0 <= one.features.covered <= 1.0 and 0.0 <= one.features.evidence <= 1.0 for one in scored)
    assert all(0.0 <= part <= 1.0 for one in scored for part in one.held)


def test_the_facts_of_the_question_that_the_best_sentences_lack_are_named() -> None:
    said = ("Il treno blindato di Kim Jong Il aveva 21 carrozze nel 2001.", "Attraversò la Siberia.")
    for question, lacking in (
        ("Quante carrozze aveva il treno di Kim Jong Il nel 2001?", set()),
        ("Quante carrozze aveva il treno di Kim Jong Un nel 2023?", {"Kim Jong Un", "2023"}),
    ):
        found = best(score(analyse(question, "it"), [candidate(said, "it", (0.9, 0.85))], WORDS), 1)[0]
        assert {reason.detail for reason in found.unmet} == lacking, question


def test_the_month_of_an_article_stands_above_its_text() -> None:
    gifts = replace(candidate(IT[:1], "it", (0.9,)), title="Doni", date="2024-06-21")
    assert gifts.heading == "Doni giugno 2024"
    assert replace(gifts, date="2024").heading == "Doni 2024"
    assert replace(gifts, date=None, title="").heading == ""
    assert replace(gifts, date="2024-13-40").heading == "Doni 2024"
    asked = analyse("Cosa è successo nel giugno 2024?", "it")
    dated, undated = (score(asked, [one], WORDS)[0] for one in (gifts, replace(gifts, date=None)))
    assert dated.unmet == () and {reason.kind for reason in undated.unmet} == {"date"}
    assert dated.features.context > undated.features.context
