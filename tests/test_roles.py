import pytest

from bot.evidence.roles import Roles, roles, turned
from bot.question.analyse import analyse

GAVE = Roles("putin", "kim")


@pytest.mark.parametrize(
    ("question", "language", "expected"),
    [
        ("Cosa ha regalato Putin a Kim?", "it", GAVE),
        ("Che cosa ha regalato Kim a Putin?", "it", Roles("kim", "putin")),
        ("Che regali ha fatto a Putin Kim?", "it", None),  # two names side by side read as one
        ("What did Putin give Kim?", "en", GAVE),
        ("What did Putin give to Kim?", "en", GAVE),
        ("What has Kim Jong Un promised Putin?", "en", Roles("kim", "putin")),
        ("Dove si sono incontrati Putin e Kim?", "it", None),
        ("Where did Putin and Kim meet?", "en", None),
        ("Chi è Kim?", "it", None),
    ],
)
def test_the_question_tells_who_does_it_to_whom(question, language, expected):
    assert roles(analyse(question, language)) == expected


@pytest.mark.parametrize(
    ("sentence", "language", "wrong"),
    [
        ("Secondo Ushakov, Putin ha regalato a Kim Jong Un una limousine.", "it", False),
        ("La prima Aurus donata da Putin a Kim risale a febbraio.", "it", False),
        ("A Kim Jong Un il presidente Putin ha portato un servizio da tè.", "it", False),
        ("La KCNA ha riferito che Kim Jong Un ha regalato a Putin una coppia di cani.", "it", True),
        ("Kim Jong Un ha conferito a Putin l'Ordine di Kim Il Sung.", "it", True),
        ("Putin gave Kim Jong Un an Aurus limousine.", "en", False),
        ("The limousine was given to Kim by Putin.", "en", False),
        ("It was the second car that Kim had received from Putin.", "en", False),
        ("Kim Jong Un gave Putin works of art.", "en", True),
        ("KCNA reported that Kim had also given Putin a pair of dogs.", "en", True),
        ("Ushakov spoke to reporters about Putin.", "en", False),
    ],
)
def test_a_sentence_with_the_roles_turned_is_seen(sentence, language, wrong):
    assert turned(GAVE, sentence, language) is wrong
