"""Questions taken apart: kind, expected answer, focus, names, numbers; in both languages, carelessly typed too."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.question.analyse import analyse
from bot.question.kinds import Expected, Kind

KINDS = [
    ("it", "Quante navi ha regalato Putin a Kim?", Kind.HOW_MANY, Expected.NUMBER),
    ("it", "perche' la Russia ha posto il veto", Kind.WHY, Expected.REASON),
    ("it", "Per quale motivo Mosca ha votato contro?", Kind.WHY, Expected.REASON),
    ("it", "Come mai la Cina si è astenuta?", Kind.WHY, Expected.REASON),
    ("it", "quand'e' stato firmato il trattato?", Kind.WHEN, Expected.DATE),
    ("it", "Quand’è stato firmato il trattato?", Kind.WHEN, Expected.DATE),
    ("it", "in che anno Putin visito' Pyongyang", Kind.WHEN, Expected.DATE),
    ("it", "In quale data è entrato in vigore?", Kind.WHEN, Expected.DATE),
    ("it", "quale città ha ospitato il vertice?", Kind.WHICH, Expected.PLACE),
    ("it", "Dov'è atterrato Putin?", Kind.WHERE, Expected.PLACE),
    ("it", "Da dove partivano le forniture?", Kind.WHERE, Expected.PLACE),
    ("it", "a quanto ammonta il commercio tra Russia e Corea del Nord", Kind.HOW_MANY, Expected.NUMBER),
    ("it", "Quanto costa un biglietto?", Kind.HOW_MUCH, Expected.MONEY),
    ("it", "Quanti anni ha Kim Jong Un?", Kind.HOW_MANY, Expected.AGE),
    ("it", "Quanto pesa il satellite?", Kind.HOW_MUCH, Expected.WEIGHT),
    ("it", "Quanto sarà lungo il ponte?", Kind.HOW_MUCH, Expected.LENGTH),
    ("it", "Quanto è durata la visita?", Kind.HOW_LONG, Expected.DURATION),
    ("it", "Qual è la percentuale di donne?", Kind.HOW_MANY, Expected.PERCENT),
    ("it", "chi è Kim Yo Jong?", Kind.WHO, Expected.IDENTITY),
    ("it", "da chi è stato firmato l'accordo?", Kind.WHO, Expected.PERSON),
    ("it", "cosa ha regalato Putin a Kim?", Kind.WHAT, Expected.ANYTHING),
    ("it", "Cos'è il MSMT?", Kind.DEFINITION, Expected.DEFINITION),
    ("it", "Che cosa è successo il 19 giugno 2024?", Kind.WHAT, Expected.ANYTHING),
    ("it", "Come si chiama la sorella di Kim?", Kind.HOW, Expected.NAME),
    ("it", "Ha la Russia violato le sanzioni?", Kind.YES_NO, Expected.ANYTHING),
    ("it", "Parlami del veto russo", Kind.TOPIC, Expected.ANYTHING),
    ("it", "Dimmi quando Putin è arrivato a Pyongyang", Kind.WHEN, Expected.DATE),
    ("it", "Vorrei sapere quanti container sono stati spediti", Kind.HOW_MANY, Expected.NUMBER),
    ("it", "Potresti dirmi chi ha firmato il trattato?", Kind.WHO, Expected.PERSON),
    ("it", "Quando la guerra finì, chi governava la Corea?", Kind.WHO, Expected.PERSON),
    ("it", "Secondo Seul, quanti container sono arrivati?", Kind.HOW_MANY, Expected.NUMBER),
    ("it", "Il trattato è stato firmato in quale città?", Kind.WHICH, Expected.PLACE),
    ("it", "veto risoluzione 1718", Kind.OTHER, Expected.ANYTHING),
    ("en", "How many ships did Putin give Kim?", Kind.HOW_MANY, Expected.NUMBER),
    ("en", "why did Russia veto it", Kind.WHY, Expected.REASON),
    ("en", "What was the reason for the veto?", Kind.WHY, Expected.REASON),
    ("en", "Tell me who signed the treaty", Kind.WHO, Expected.PERSON),
    ("en", "I'd like to know how long the visit lasted", Kind.HOW_LONG, Expected.DURATION),
    ("en", "Could you tell me when Putin arrived?", Kind.WHEN, Expected.DATE),
    ("en", "In what year did Putin first visit Pyongyang?", Kind.WHEN, Expected.DATE),
    ("en", "Which country vetoed the resolution?", Kind.WHICH, Expected.PLACE),
    ("en", "which South Korean minister spoke", Kind.WHICH, Expected.PERSON),
    ("en", "How much is the trade worth?", Kind.HOW_MUCH, Expected.MONEY),
    ("en", "How old is Kim Jong Un?", Kind.HOW_MUCH, Expected.AGE),
    ("en", "How heavy is the satellite?", Kind.HOW_MUCH, Expected.WEIGHT),
    ("en", "How long is the bridge?", Kind.HOW_LONG, Expected.LENGTH),
    ("en", "What percentage of the debt was written off?", Kind.HOW_MANY, Expected.PERCENT),
    ("en", "Who is Kim Yo Jong?", Kind.WHO, Expected.IDENTITY),
    ("en", "What is the MSMT?", Kind.DEFINITION, Expected.DEFINITION),
    ("en", "What does DPRK stand for?", Kind.DEFINITION, Expected.DEFINITION),
    ("en", "what did putin give to kim", Kind.WHAT, Expected.ANYTHING),
    ("en", "Did Russia veto the resolution?", Kind.YES_NO, Expected.ANYTHING),
    ("en", "When the summit ended, where did Putin go?", Kind.WHERE, Expected.PLACE),
    ("en", "Tell me about the veto", Kind.TOPIC, Expected.ANYTHING),
    ("en", "List the gifts", Kind.LIST, Expected.ANYTHING),
    ("en", "Putin arrived in Pyongyang when?", Kind.WHEN, Expected.DATE),
]


@pytest.mark.parametrize(("language", "text", "kind", "expected"), KINDS, ids=[text for _, text, _, _ in KINDS])
def test_kind_and_expected_answer(language: str, text: str, kind: Kind, expected: Expected) -> None:
    question = analyse(text, language)
    assert (question.kind, question.expected) == (kind, expected)


@pytest.mark.parametrize(("language", "text", "kind", "expected"), KINDS, ids=[text for _, text, _, _ in KINDS])
def test_case_spaces_and_apostrophes_change_nothing(language: str, text: str, kind: Kind, expected: Expected) -> None:
    for careless in (text.lower(), text.upper(), text.replace("'", "’"), f"  {text.replace(' ', '  ')} "):
        question = analyse(careless, language)
        assert (question.kind, question.expected) == (kind, expected), careless


@pytest.mark.parametrize(
    ("language", "text", "focus"),
    [
        ("it", "Quanti container sono arrivati in Russia?", ("container",)),
        ("it", "Quanti soldati nordcoreani sono morti?", ("sold", "nordcorean")),
        ("en", "How many North Korean soldiers were killed?", ("north", "korean", "soldier")),
        ("en", "Which country vetoed the resolution?", ("countri",)),
        ("it", "Quando è arrivato Putin?", ()),
    ],
)
def test_focus(language: str, text: str, focus: tuple[str, ...]) -> None:
    assert analyse(text, language).focus == focus


def test_the_noun_asked_for_is_a_frame_but_the_noun_counted_is_not() -> None:
    assert "countri" in analyse("Which country vetoed it?", "en").frame
    assert "container" not in analyse("How many containers arrived?", "en").frame


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("it", "Quante navi ha regalato Putin a Kim Jong Un?", ("Putin", "Kim Jong Un")),
        (
            "it",
            "Che cosa prevede l'accordo fra l'Unione Sovietica e la Corea del Nord?",
            ("Unione Sovietica", "Corea del Nord"),
        ),
        ("it", "Parlami del veto", ()),
        ("en", "What did Putin say in June about Russia's army?", ("Putin", "Russia")),
        ("en", "HOW MANY SHIPS DID PUTIN GIVE KIM?", ()),
        ("en", "Putin met whom in Hanoi?", ("Putin", "Hanoi")),
    ],
)
def test_names(language: str, text: str, names: tuple[str, ...]) -> None:
    assert analyse(text, language).names == names


def test_numbers_are_canonical() -> None:
    assert analyse("Sono stati inviati 10.000 container nel 2024?", "it").numbers == ("10000", "2024")
    assert analyse("Were 10,000 containers sent in 2024?", "en").numbers == ("10000", "2024")


def test_asking_words_and_lead_ins_are_no_content() -> None:
    terms = [token.term for token in analyse("Could you tell me how many soldiers were sent?", "en").content]
    assert terms == ["soldier", "send"]
    italian = analyse("Vorrei sapere chi ha firmato il trattato", "it")
    assert italian.core == "chi ha firmato il trattato"
    assert [token.term for token in italian.content] == ["firm", "tratt"]


def test_what_is_counted_stays_content_where_the_asking_words_hold_it() -> None:
    assert "popol" in {token.term for token in analyse("Qual è la popolazione di Pyongyang?", "it").content}


def test_a_lead_in_alone_is_kept() -> None:
    assert analyse("dimmi", "it").core == "dimmi"


@given(st.text(max_size=200), st.sampled_from(["it", "en", "other"]))
def test_any_text_can_be_taken_apart(text: str, language: str) -> None:
    question = analyse(text, language)
    terms = {token.term for token in question.content}
    assert question.text == text
    assert question.language in ("it", "en")
    assert question.frame <= terms
    assert set(question.focus) <= terms
    assert all(question.core[token.start : token.end] == token.surface for token in question.content)


@pytest.mark.parametrize(
    ("question", "language", "names"),
    [
        ("Briefly, what is the treaty about?", "en", ()),
        ("Sum up relations between Russia and China", "en", ("Russia", "China")),
        ("Set Russia against China", "en", ("Russia", "China")),
        ("Confronta le stime su Kursk", "it", ("Kursk",)),
        ("Putin cosa ha detto?", "it", ("Putin",)),
    ],
)
def test_a_word_that_opens_a_request_is_no_name(question, language, names):
    assert analyse(question, language).names == names


@pytest.mark.parametrize(
    ("question", "length"),
    [
        ("How far is Kursk from Moscow?", True),
        ("How far can the missile fly?", True),
        ("How far had purchases from Russia fallen by 1993?", False),
        ("How far does the clause depart from the old one?", False),
    ],
)
def test_how_far_asks_for_a_distance_only_of_places_and_journeys(question, length):
    assert (analyse(question, "en").expected is Expected.LENGTH) == length
