import pytest

from bot.evidence.apart import apart


@pytest.mark.parametrize(
    ("question", "language", "parts"),
    [
        (
            "Chi ospitò Putin a Pyongyang nel 2000 e chi invece nel 2024?",
            "it",
            ("Chi ospitò Putin a Pyongyang nel 2000?", "Chi ospitò Putin a Pyongyang nel 2024?"),
        ),
        (
            "The sanctions of May 2024: whom did Tokyo hit, and whom did Washington?",
            "en",
            ("The sanctions of May 2024: whom did Tokyo hit?", "The sanctions of May 2024: whom did Washington hit?"),
        ),
        (
            "Quanti container per Washington e quanti per Seul, a febbraio 2024?",
            "it",
            ("Quanti container per Washington, a febbraio 2024?", "Quanti container per Seul, a febbraio 2024?"),
        ),
        (
            "Confronta la reazione di Tokyo con quella di Seul",
            "it",
            ("la reazione di Tokyo", "la reazione di Seul"),
        ),
        (
            "Compare Seoul's and Kyiv's figures on the troops",
            "en",
            ("Seoul's figures on the troops", "Kyiv's figures on the troops"),
        ),
        (
            "What is the difference between the treaty of 1961 and that of 2024?",
            "en",
            ("the treaty of 1961", "the treaty of 2024"),
        ),
        (
            "Which was longer: Kim Jong Il's tour of 2001 or Kim Jong Un's stay in 2023?",
            "en",
            ("Which was longer: Kim Jong Il's tour of 2001?", "Which was longer: Kim Jong Un's stay in 2023?"),
        ),
        ("What do Putin and Kim say to each other?", "en", ()),
        ("Chi ha detto che Russia e Corea del Nord sono alleate?", "it", ()),
        ("Che cosa hanno firmato Putin e Kim?", "it", ()),
        ("Che differenza c'è fra Python e Java?", "it", ()),
        ("Quando è entrato in vigore il trattato?", "it", ()),
    ],
)
def test_a_comparison_is_taken_apart(question, language, parts):
    assert apart(question, language) == parts


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("What do Washington and Seoul say of the containers?", ("more than 10,000", "6,700")),
        ("Che cosa dicono dei container Washington e Seul?", ("10.000", "6.700")),
    ],
)
def test_each_side_of_a_comparison_is_told(bot, question, said):
    answer = bot.ask(question)
    assert not answer.state.silent
    assert all(figure in answer.text for figure in said), answer.text
    assert all(bot.article(c.article_id).text[c.start : c.end] == c.quote for c in answer.citations)


def test_a_comparison_of_what_is_not_told_stays_a_silence(bot):
    assert bot.ask("Do Python and Java agree on how many pandas live in Canada?").state.silent
