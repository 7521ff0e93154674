import pytest

from bot.evidence.doing import another, asks_speaker, doing
from bot.question.analyse import analyse


def told(question, language):
    """Returns who does what in a question, as written."""
    found = doing(analyse(question, language))
    return None if found is None else ([doer.surface for doer in found.doers], found.verb.surface)


@pytest.mark.parametrize(
    ("question", "language", "expected"),
    [
        ("How did South Korea react?", "en", (["South Korea"], "react")),
        ("How did Japan react?", "en", (["Japan"], "react")),
        ("What did Putin and Kim discuss in Beijing?", "en", (["Putin", "Kim"], "discuss")),
        ("how many albums have BTS released", "en", (["BTS"], "released")),
        ("Why was the pact not renewed?", "en", None),
        ("Who accused South Korea?", "en", None),
        ("Come ha reagito la Corea del Sud?", "it", (["Corea del Sud"], "reagito")),
        ("Che cosa ha detto il ministro Lavrov?", "it", (["Lavrov"], "detto")),
        ("Quando Stalin visitò Pyongyang?", "it", (["Stalin"], "visitò")),
        ("Quanti soldati mandò la Cina?", "it", (["Cina"], "mandò")),
        ("Come arrivarono a Vladivostok i soldati?", "it", None),
        ("Chi ha accusato la Corea del Sud?", "it", None),
        ("Quanti nordcoreani sono stati uccisi?", "it", None),
    ],
)
def test_a_question_tells_who_does_it(question, language, expected):
    assert told(question, language) == expected


@pytest.mark.parametrize(
    ("question", "asked", "sentence", "language", "wrong"),
    [
        (
            "How did South Korea react?",
            "en",
            "North Korea responded on 30 June 2024 by accusing South Korea.",
            "en",
            True,
        ),
        ("How did South Korea react?", "en", "La Corea del Nord ha reagito accusando Seul.", "it", True),
        ("How did South Korea react?", "en", "Seoul responded by summoning the ambassador.", "en", False),
        ("Quante fabbriche costruì la Cina?", "it", "L'Unione Sovietica costruì 70 fabbriche.", "it", True),
        ("Quale ambasciatore ha convocato il Giappone?", "it", "South Korea summoned Zinoviev.", "en", True),
        (
            "Quando Pyongyang ha riconosciuto i soldati?",
            "it",
            "La Russia ha ammesso il 26 aprile 2025 che c'erano soldati.",
            "it",
            True,
        ),
        # The country and its leader send as one, but each says what it says.
        ("How many soldiers did Kim send?", "en", "North Korea sent 12,000 soldiers.", "en", False),
        ("What did Biden say of the pact?", "en", "South Korea said on 20 June that it would think again.", "en", True),
        ("What did Putin promise Kim?", "en", "The limousine was a present.", "en", False),
    ],
)
def test_a_sentence_on_what_another_did_is_seen(question, asked, sentence, language, wrong):
    found = doing(analyse(question, asked))
    assert found is not None and another(found, sentence, language) is wrong


@pytest.mark.parametrize(
    ("question", "language", "asked"),
    [
        ("Who didn't say that?", "en", True),
        ("Who didn't sign?", "en", False),
        ("Chi ha definito il veto un'ammissione?", "it", True),
        ("Chi ha posto il veto?", "it", False),
    ],
)
def test_a_question_about_what_somebody_says_is_seen(question, language, asked):
    assert asks_speaker(analyse(question, language)) is asked


@pytest.mark.parametrize(
    ("question", "asked", "sentence", "language", "tells"),
    [
        ("How did Japan react?", "en", "Tokyo lodged a protest on Monday.", "en", True),
        ("How did Japan react?", "en", "Il capo di gabinetto giapponese ha espresso preoccupazione.", "it", True),
        ("How did Japan react?", "en", "Japan has four large islands.", "en", False),
        ("How did Japan react?", "en", "Seoul condemned the launch.", "en", False),
        ("Come ha reagito la Francia?", "it", "Parigi ha condannato il lancio.", "it", True),
        ("Come ha reagito la Francia?", "it", "La Francia confina con la Spagna.", "it", False),
    ],
)
def test_a_reaction_is_told_by_any_stance_of_whoever_is_asked_about(question, asked, sentence, language, tells):
    deed = doing(analyse(question, asked))
    assert deed.reacting and deed.reaction(sentence, language) is tells
