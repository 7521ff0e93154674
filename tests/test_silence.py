"""Whether to answer: signals, the probability, the four states, and what is said to be missing."""

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.datamodels import State
from bot.evidence.candidate import Candidate
from bot.evidence.lacking import lacking, sets_against
from bot.evidence.late import Meeting
from bot.evidence.matching import want
from bot.evidence.sentences import score
from bot.evidence.signals import Signals, elsewhere, probability
from bot.evidence.silence import THRESHOLD, Verdict, gather, joint, judge
from bot.question.analyse import analyse
from index.embed import EmbeddedEmbeddings
from index.lexical import Lexical

IT = (
    "Secondo Ushakov, nel giugno 2024 Putin ha regalato a Kim Jong Un una limousine Aurus, un servizio da tè e un pugnale.",
    "Kim Jong Un ha ricambiato con una coppia di cani Pungsan.",
    "I colloqui di Pyongyang del 19 giugno 2024 sono durati circa due ore.",
    "Da Pyongyang il presidente russo è volato a Hanoi.",
)
EN = (
    "North Korea sent Russia more than 20,000 containers of munitions, according to a group of 11 countries.",
    "John Kirby, the White House spokesman, said that the containers were shipped from the port of Najin.",
    "South Korea's defence minister, Shin Won-sik, put the number at about 6,700 containers.",
    "Moscow and Pyongyang have repeatedly rejected accusations of arms trading.",
)
LANGUAGES = {"gifts:0": ("it", IT), "arms:0": ("en", EN)}
WORDS = Lexical.build({language: {key: " ".join(text)} for key, (language, text) in LANGUAGES.items()})
GOOD = Signals(
    cosine=1.0,
    topic=1.0,
    covered=1.0,
    name_missing=0.0,
    focus_missing=0.0,
    amount_missing=0.0,
    relief=9.0,
    unmet=0.0,
    margin=3.0,
    words=5.0,
    turned=0.0,
    close=0.7,
    asking=0.7,
    weakest=0.7,
    read=2.0,
)
BAD = Signals(
    cosine=-1.0,
    topic=-1.0,
    covered=0.0,
    name_missing=1.0,
    focus_missing=1.0,
    amount_missing=2.0,
    relief=2.0,
    unmet=2.0,
    margin=0.0,
    words=2.0,
    turned=1.0,
    close=0.6,
    asking=0.4,
    weakest=0.4,
    read=-6.0,
)
BLIND = {"close": 0.0, "asking": 0.0, "weakest": 0.0, "read": 0.0}
"""Of an embedder that shows no tokens."""


@pytest.fixture(scope="module", params=["tokens", "no tokens"])
def meet(request, embedder: EmbeddedEmbeddings):
    """Makes what holds sentences against a question's tokens, with real vectors, or nothing."""
    return lambda question: Meeting(embedder, question).closeness if request.param == "tokens" else None


@pytest.fixture(scope="module")
def candidates(embedder: EmbeddedEmbeddings):
    """Makes the candidates of a question, with real cosines."""
    texts = {key: " ".join(text) for key, (_, text) in LANGUAGES.items()}
    passages = dict(zip(texts, embedder.passages(list(texts.values())), strict=True))
    sentences = {key: embedder.passages(list(text)) for key, (_, text) in LANGUAGES.items()}

    def make(question: str, keys: tuple[str, ...] = tuple(LANGUAGES)) -> list[Candidate]:
        vector = embedder.queries([question])[0]
        return [
            Candidate(
                key, texts[key], language, text, float(passages[key] @ vector),
                tuple(float(cosine) for cosine in sentences[key] @ vector), 1.0, 1.0, "Doni e container",
            )
            for key, (language, text) in LANGUAGES.items() if key in keys
        ]  # fmt: skip

    return make


def verdict(candidates, meet, text: str, language: str, keys: tuple[str, ...] = tuple(LANGUAGES)) -> Verdict:
    question = analyse(text, language)
    found = candidates(text, keys)
    return judge(question, found, score(question, found, WORDS, meet=meet(question)), WORDS)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("it", "Che cosa ha regalato Putin a Kim Jong Un?"),
        ("it", "Quanto sono durati i colloqui di Pyongyang?"),
        ("it", "Dove è volato Putin da Pyongyang?"),
        ("it", "Quanti container ha mandato la Corea del Nord alla Russia?"),
        ("it", "Chi è John Kirby?"),
        ("en", "What did Putin give Kim Jong Un?"),
        ("en", "How many containers did North Korea send to Russia?"),
        ("en", "From which port were the containers shipped?"),
        ("en", "how long did the pyongyang talks last"),
    ],
)
def test_answered_in_all_four_directions(candidates, meet, language: str, text: str) -> None:
    assert verdict(candidates, meet, text, language).state in (State.ANSWERED, State.PARTLY)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("it", "Come si fa la carbonara?"),
        ("it", "Chi ha vinto i Mondiali del 1998?"),
        ("it", "Perché il cielo è blu?"),
        ("en", "How do I make carbonara?"),
        ("en", "Who won the 1998 World Cup?"),
        ("en", "What is the capital of Peru?"),
    ],
)
@pytest.mark.parametrize(
    "keys", [tuple(LANGUAGES), ("gifts:0",), ("arms:0",)], ids=["both", "one Italian", "one English"]
)
def test_off_topic_is_silent_even_where_there_is_one_article(candidates, meet, language: str, text: str, keys) -> None:
    assert verdict(candidates, meet, text, language, keys).state is State.OFF_TOPIC


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("it", "Quante navi ha regalato Putin a Kim?"),
        ("it", "Che cosa ha regalato Putin a Xi Jinping?"),
        ("en", "What did Macron give Kim Jong Un?"),
        ("en", "How many submarines did North Korea send to Russia?"),
    ],
)
def test_the_right_topic_with_the_wrong_detail_is_not_answered_flatly(
    candidates, meet, language: str, text: str
) -> None:
    assert verdict(candidates, meet, text, language).state is not State.ANSWERED


def test_a_missing_name_is_named_in_full(candidates, meet) -> None:
    assert verdict(candidates, meet, "Che cosa ha regalato Putin a Xi Jinping?", "it").missing[0] == "Xi Jinping"


def test_what_is_counted_and_is_nowhere_is_named(candidates, meet) -> None:
    assert (
        "elicotteri"
        in verdict(candidates, meet, "Quanti elicotteri ha mandato la Corea del Nord alla Russia?", "it").missing
    )


def test_other_words_are_not_named_because_the_sources_may_say_it_differently(candidates, meet) -> None:
    assert verdict(candidates, meet, "Che cosa ha elargito Putin a Kim?", "it").missing == ()


def test_nothing_found_is_off_topic() -> None:
    empty = judge(analyse("Chi?", "it"), [], [], WORDS)
    assert (empty.state, empty.probability, empty.missing) == (State.OFF_TOPIC, 0.0, ())


def test_good_signals_answer_and_bad_ones_do_not() -> None:
    for seen in ({}, BLIND):
        assert probability(replace(GOOD, **seen)) > 0.9 > THRESHOLD > 0.1 > probability(replace(BAD, **seen))
    assert elsewhere(BAD) > 0.8 > 0.2 > elsewhere(GOOD)


@given(st.builds(Signals, **{field.name: st.floats(-20, 20) for field in fields(Signals)}))
def test_probabilities_are_probabilities_and_each_signal_works_one_way(signals: Signals) -> None:
    assert 0.0 <= probability(signals) <= 1.0
    for name in ("cosine", "topic", "covered", "relief", "margin", "words", "asking", "weakest", "read"):
        assert probability(replace(signals, **{name: getattr(signals, name) + 1})) >= probability(signals)
    for name in ("name_missing", "focus_missing", "amount_missing", "unmet"):
        assert probability(replace(signals, **{name: getattr(signals, name) + 1})) <= probability(signals)


def test_signals_mean_the_same_in_both_languages(candidates, meet) -> None:
    italian, english = "Quanti container ha mandato la Corea del Nord?", "How many containers did North Korea send?"
    first, second = (
        gather(question, found, score(question, found, WORDS, meet=meet(question)), want(question, ["it", "en"], WORDS))
        for question, found in (
            (analyse(italian, "it"), candidates(italian)),
            (analyse(english, "en"), candidates(english)),
        )
    )
    assert first.cosine == pytest.approx(second.cosine, abs=0.6)
    assert first.covered == pytest.approx(second.covered, abs=0.25)
    assert first.name_missing == second.name_missing == 0.0


@pytest.mark.parametrize(
    ("first", "second", "state"),
    [
        (0.9, 0.9, State.ANSWERED),
        (0.9, 0.2, State.ANSWERED),
        (0.55, 0.2, State.NOT_IN_SOURCES),
        (0.2, 0.55, State.NOT_IN_SOURCES),
        (0.0, 1.0, State.ANSWERED),
    ],
)
def test_two_languages_that_tell_the_same_decide_together(first: float, second: float, state: State) -> None:
    one, other = (Verdict(State.ANSWERED, chance, (), GOOD) for chance in (first, second))
    both = joint(one, other)
    assert both.state is state and both.probability == pytest.approx(joint(other, one).probability)
    assert min(first, second) - 1e-9 <= both.probability <= max(first, second) + 1e-9


def test_a_word_is_missing_only_where_both_languages_miss_it_and_a_silence_is_off_topic_where_both_are() -> None:
    one, other = (Verdict(State.PARTLY, 0.9, missing, GOOD) for missing in (("navi", "Xi"), ("Xi",)))
    assert (joint(one, other).state, joint(one, other).missing) == (State.PARTLY, ("Xi",))
    assert joint(one, replace(other, missing=())).state is State.ANSWERED
    off = Verdict(State.OFF_TOPIC, 0.1, (), BAD)
    assert joint(off, off).state is State.OFF_TOPIC
    assert joint(replace(off, signals=GOOD), replace(off, signals=GOOD)).state is State.NOT_IN_SOURCES


@pytest.mark.parametrize(
    ("language", "text", "sentence", "lacks"),
    [
        ("en", "When was the second Freedom Edge held?", "The first Freedom Edge was held in June 2024.", {"second"}),
        ("it", "Quando è stato lanciato il Malligyong-2?", "Il Malligyong-1 fu lanciato nel 2023.", {"Malligyong-2"}),
        ("it", "Che cosa pensa la Casa Bianca del patto?", "Gli Stati Uniti hanno condannato il patto.", set()),
        ("en", "how did I read the first 1,500?", "Some 1,500 were read.", set()),
        ("it", "Quanto pagano i militari gli 007?", "I militari sono pagati 2.000 dollari.", set()),
        ("it", "Chi è Kishida?", "Il patto ha spinto il Giappone a protestare.", {"Kishida"}),
    ],
)
def test_facts_of_the_question_that_a_sentence_lacks(language: str, text: str, sentence: str, lacks: set[str]) -> None:
    assert {reason.detail for reason in lacking(analyse(text, language), [sentence], language, None)} == lacks


@pytest.mark.parametrize(
    ("language", "text", "sets"),
    [
        ("it", "Durò di più il viaggio del 2001 o quello del 2023?", True),
        ("it", "Nel 2024 gli scambi sono aumentati rispetto al 2023?", True),
        ("en", "Which was longer: the tour of 2001 or the stay in 2023?", True),
        ("en", "Who hosted Putin in 2000, and who in 2024?", True),
        ("it", "Chi ha posto il veto?", False),
        ("en", "When was the second Freedom Edge held?", False),
    ],
)
def test_what_is_set_against_each_other_may_stand_in_several_sentences(language: str, text: str, sets: bool) -> None:
    assert sets_against(analyse(text, language)) is sets
