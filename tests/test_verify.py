import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.datamodels import Verdict
from bot.verify.check import Quote, check
from bot.verify.facts import Part, unmet

LEFT = Quote("More than 10,000 containers left, South Korea's defence minister said.", "en")
MET = Quote("I due si sono incontrati mercoledì.", "it", "2024-06-20")
DENIED = Quote("Pyongyang ha negato di aver inviato soldati.", "it")
OIL = Quote("Russia delivered the oil, the United States said.", "en")
DIED = Quote("Almeno 300 soldati sono morti.", "it")
GAVE = Quote("Putin gave Kim a limousine.", "en")

SUPPORTED = [
    ("Le truppe sono diecimila.", "it", Quote("There are 10,000 troops.", "en")),
    ("Ha ricevuto 260.000 tonnellate di munizioni.", "it", Quote("It received 260,000 tonnes of munitions.", "en")),
    ("The two met on 19 June 2024.", "en", MET),
    ("I due si sono incontrati il 19 giugno 2024.", "it", MET),
    ("Putin è arrivato a Mosca.", "it", Quote("Putin arrived in Moscow.", "en")),
    ("Le Nazioni Unite hanno condannato il lancio.", "it", Quote("The United Nations condemned the launch.", "en")),
    ("Pyongyang denied sending soldiers.", "en", DENIED),
    ("Secondo gli Stati Uniti, la Russia ha consegnato il petrolio.", "it", OIL),
    ("At least 300 soldiers died.", "en", DIED),
    ("Putin ha regalato a Kim una limousine.", "it", GAVE),
]
WRONG = [
    ("Sono partiti 1.000 container, secondo il ministro sudcoreano.", "it", LEFT, "number"),
    ("Ha ricevuto 260.000 barili di petrolio.", "it", Quote("It received 260,000 tonnes of oil.", "en"), "number"),
    ("The two met on 18 June 2024.", "en", MET, "date"),
    ("I due si sono incontrati il 19 giugno 2023.", "it", MET, "date"),
    ("Putin è arrivato a Seul.", "it", Quote("Putin arrived in Moscow.", "en"), "name"),
    ("Pyongyang confirmed sending soldiers.", "en", DENIED, "polarity"),
    ("Pyongyang non ha negato di aver inviato soldati.", "it", DENIED, "polarity"),
    ("Secondo Seul, la Russia ha consegnato il petrolio.", "it", OIL, "name"),
    ("Kim gave Putin a limousine.", "en", GAVE, "role"),
    ("Kim ha regalato a Putin una limousine.", "it", GAVE, "role"),
    ("At most 300 soldiers died.", "en", DIED, "number"),
    ("Horses like apples.", "en", GAVE, "words"),
]
IN_PART = [
    ("Russia delivered the oil.", "en", OIL, "attribution"),
    ("La Russia ha consegnato il petrolio.", "it", OIL, "attribution"),
    ("300 soldiers died.", "en", DIED, "bound"),
]


@pytest.mark.parametrize(("sentence", "language", "quote"), SUPPORTED)
def test_what_the_quote_says_is_supported_in_either_language(sentence, language, quote):
    finding = check(sentence, language, [quote])
    assert (finding.verdict, finding.reasons) == (Verdict.SUPPORTED, ())


@pytest.mark.parametrize(("sentence", "language", "quote", "kind"), WRONG)
def test_what_it_says_otherwise_is_not_and_the_reason_is_named(sentence, language, quote, kind):
    finding = check(sentence, language, [quote])
    assert finding.verdict is Verdict.UNSUPPORTED
    assert kind in {reason.kind for reason in finding.reasons}


@pytest.mark.parametrize(("sentence", "language", "quote", "kind"), IN_PART)
def test_what_is_lost_on_the_way_leaves_the_matter_standing(sentence, language, quote, kind):
    finding = check(sentence, language, [quote])
    assert finding.verdict is Verdict.PARTLY
    assert {reason.kind for reason in finding.reasons} == {kind}


def test_reasons_quote_the_sentence():
    for sentence, language, quote, kind in WRONG:
        for reason in check(sentence, language, [quote]).reasons:
            assert kind != reason.kind or all(part in sentence for part in reason.detail.split(", "))


def test_two_quotes_bear_out_what_neither_does_alone():
    sentence = "Putin arrived in Moscow on 19 June 2024 and gave Kim a limousine."
    one, other = Quote("Putin arrived in Moscow on 19 June 2024.", "en"), GAVE
    assert check(sentence, "en", [one, other]).verdict is Verdict.SUPPORTED
    assert check(sentence, "en", [other]).verdict is Verdict.UNSUPPORTED


def test_similar_vectors_save_a_paraphrase_and_no_number():
    quote = Quote("Both men smiled and joked.", "en")
    sentence = "The mood was cordial."
    assert check(sentence, "en", [quote], similarity=0.70).verdict is Verdict.UNSUPPORTED
    assert check(sentence, "en", [quote], similarity=0.95).verdict is Verdict.SUPPORTED
    assert check("The ten of them were cordial.", "en", [quote], similarity=0.99).verdict is Verdict.UNSUPPORTED


def test_the_facts_of_a_question_are_held_against_a_sentence():
    train = [Part("Il treno di Kim Jong Il aveva 21 carrozze.", "it", "2001-08-04"), Part("2001-08-04", "it")]
    assert list(unmet("How many carriages did Kim Jong Il's train have in August 2001?", "en", train)) == []
    lacking = list(unmet("How many carriages did Kim Jong Un's train have in 2023?", "en", train))
    assert {reason.kind for reason in lacking} == {"date", "name"}


@settings(max_examples=150)
@given(
    st.text(max_size=300), st.text(max_size=300), st.sampled_from(["it", "en", "de", ""]), st.sampled_from(["it", "en"])
)
def test_any_text_gets_a_verdict_the_same_each_time(sentence, text, language, quoted):
    found = check(sentence, language, [Quote(text, quoted, "2024-06-20")])
    assert found == check(sentence, language, [Quote(text, quoted, "2024-06-20")])
    assert (found.verdict is Verdict.SUPPORTED) == (not found.reasons) or not any(map(str.isalnum, sentence))


@given(st.text(min_size=1, max_size=300), st.sampled_from(["it", "en"]))
def test_no_quotes_support_nothing_and_every_text_supports_itself(text, language):
    assert check(text, language, []).verdict is Verdict.UNSUPPORTED
    assert check(f"{text}a", language, [Quote(f"{text}a", language)]).verdict is Verdict.SUPPORTED
