"""The article, its id and its hash; the cleaning of its text; what its header says."""

import dataclasses
import re
import unicodedata

import pytest
from conftest import make_article
from hypothesis import given
from hypothesis import strategies as st

from index.article import MAX_ID, slug
from index.cleaning import clean, unwrap
from index.errors import ArticleError
from index.header import Header, iso_date, one_line, take

ANY = st.text(max_size=300)
MARKS = st.text(
    st.sampled_from("ab .,;:!?…“”«»\"'()[]-—\n\r\t\xa0\xad\u200b\u200d\u202e\u0301eé\x0c\u2028*"), max_size=120
)


def test_the_hash_changes_with_every_field_and_with_nothing_else():
    article = make_article()
    assert article.hash == make_article().hash
    assert re.fullmatch("[0-9a-f]{64}", article.hash)
    changes = {
        "id": "b",
        "title": "B",
        "language": "en",
        "date": "2024",
        "source": "X",
        "topics": ("t",),
        "publications": ("p",),
        "text": "t",
    }
    assert set(changes) == {field.name for field in dataclasses.fields(article)}
    hashes = {dataclasses.replace(article, **{name: value}).hash for name, value in changes.items()}
    assert len(hashes | {article.hash}) == len(changes) + 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Perché l’accordo? (2024)", "perche-l-accordo-2024"),
        ("../../etc/passwd", "etc-passwd"),
        ("  A__b--C ", "a-b-c"),
    ],
)
def test_slugs_are_readable(text, expected):
    assert slug(text) == expected


@given(ANY)
def test_a_slug_is_safe_bounded_and_stays(text):
    made = slug(text)
    assert re.fullmatch("[a-z0-9]+(?:-[a-z0-9]+)*", made)
    assert len(made) <= MAX_ID
    assert slug(made) == made


def test_names_without_latin_letters_and_long_ones_get_different_slugs():
    assert slug("김정은") != slug("푸틴")
    assert slug("a" * 200) != slug("a" * 201)


@pytest.mark.parametrize(
    ("dirty", "clean_text"),
    [
        ("integrità territoriale”. .” ”", "integrità territoriale”."),
        ("nella dittatura. .", "nella dittatura."),
        ("ha detto “vai. ” Poi", "ha detto “vai.” Poi"),
        ("“ ” Ciao “ mondo ” , ok ?", "Ciao “mondo”, ok?"),
        ("««ciao»» « Siamo »: ( sì ) .", "«ciao» «Siamo»: (sì)."),
        ("a . . . b", "a... b"),
        ("Costa .5 e .NET , vero .", "Costa .5 e .NET, vero."),
        ("“A” “B” e ”ciao“", "“A” “B” e ”ciao“"),
        ("10\xa0000 km\t e\u2009poi", "10 000 km e poi"),
        ("perche\u0301 s\xadi\u200b \u202eabc\x07", "perché si abc"),
        ("a\r\nb\rc\u2028d\r\n\r\n\r\n\r\ne\x0cf", "a\nb\nc\nd\n\ne\n\nf"),
        ("—\n\nTesto\n* * *\nfine ", "Testo\n\nfine"),
        ("🧑\u200d🚀 می\u200cخواهم a\u200db", "🧑\u200d🚀 می\u200cخواهم ab"),
        ('Disse: "no" . Poi', 'Disse: "no". Poi'),
        ("La “casa” dell’ uomo: sì; no", "La “casa” dell’ uomo: sì; no"),
    ],
)
def test_marks_and_spaces_are_put_right(dirty, clean_text):
    assert clean(dirty) == clean_text


@given(st.one_of(ANY, MARKS))
def test_cleaning_twice_changes_nothing_more(text):
    once = clean(text)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert not re.search("\n{3}|[\x00-\x08\x0b-\x1f\xa0\xad\u200b\u202e\ufeff]| {2}", once)


@given(st.text(st.sampled_from("abcXYZè019 .,;:!?“”«»()\n\r\t\xa0\u200b\xad—"), max_size=200))
def test_cleaning_never_changes_a_word(text):
    def letters(value):
        return "".join(letter for letter in value if letter.isalnum())

    assert letters(clean(text)) == letters(text)


def test_lines_of_a_page_become_paragraphs_and_cut_words_whole():
    page = (
        "Il vertice di Pyongyang ha sancito il parten-\nariato russo-\nucraino, anzi russo-coreano, con una firma solenne\n"
        "in piazza.\nSecondo Ushakov i regali sono stati molti e tutti quanti\nbelli."
    )
    assert unwrap(page) == (
        "Il vertice di Pyongyang ha sancito il partenariato russo-ucraino, anzi russo-coreano, con una firma solenne in piazza."
        "\n\nSecondo Ushakov i regali sono stati molti e tutti quanti belli."
    )


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2024", "2024"),
        ("2024-06", "2024-06"),
        ("2024-6-9", "2024-06-09"),
        ("2024-06-19T08:00:00+02:00", "2024-06-19"),
        ("19/06/2024", "2024-06-19"),
        ("19 giugno 2024", "2024-06-19"),
        ("1° maggio 2024", "2024-05-01"),
        ("June 19, 2024", "2024-06-19"),
        ("giugno 2024", "2024-06"),
        ("20240619", None),
        ("2024-13-01", None),
        ("2024-06-31", None),
        ("ieri", None),
        ("", None),
    ],
)
def test_dates_are_read_and_never_guessed(text, date):
    assert iso_date(text) == date


def test_front_matter_gives_every_field_and_leaves_the_text():
    header, text = take(
        "x.md",
        "---\nid: Uno\ntitle: 'Kim: il vertice'\nlang: it-IT\ndate: 2024-06-20 10:00:00\nsource: CNN\ntopics: [a, b, a]\n"
        "publications: TASS, KCNA\nunknown: {x: 1}\n---\nIl testo.",
    )
    assert header == Header("Uno", "Kim: il vertice", "it", "2024-06-20", "CNN", ("a", "b"), ("TASS", "KCNA"))
    assert text == "Il testo."


@pytest.mark.parametrize(
    ("top", "expected"),
    [
        (" date 2024-06 CNN\n\n—\n", Header(date="2024-06", source="CNN")),
        (
            "Data: 19/06/2024\nFonte: TASS\nTitolo: Il vertice\n",
            Header(date="2024-06-19", source="TASS", title="Il vertice"),
        ),
        ("date 2024\n", Header(date="2024")),
    ],
)
def test_header_lines_are_taken_off(top, expected):
    header, text = take("x.txt", top + "Il testo resta.")
    assert header == expected
    assert text.strip("\n— ") == "Il testo resta."


@pytest.mark.parametrize(
    "text",
    [
        "Data la situazione del 2024, nulla cambia.",
        "Date 2024 was a year of many changes. All went on.",
        "---\n\nUna riga: sì\n\nAltro testo",
        "---\n- uno: due\n---\nTesto",
        "Fonte di guai, la guerra.",
    ],
)
def test_a_text_that_only_looks_like_a_header_is_left_whole(text):
    assert take("x.md", text) == (Header(), text)


@pytest.mark.parametrize(
    "yaml",
    [
        "title: a: b",
        "title: [1",
        'title: "x',
        "a: &a [x]\nb: *c",
        "t: !!python/object/apply:os.system [ls]\nx: [",
        "x: " + "[" * 5_000,
        "title: " + "x" * 30_000,
    ],
    ids=range(7),
)
def test_broken_front_matter_is_one_clear_line(yaml):
    with pytest.raises(ArticleError, match="x.md: its front matter is") as caught:
        take("x.md", f"---\n{yaml}\n---\nTesto")
    assert caught.value.fix
    assert "\n" not in str(caught.value)


def test_odd_types_in_front_matter_are_passed_over_and_nothing_is_run():
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{name}: &{name} [{', '.join(['*' + before] * 9)}]\n"
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    header, _ = take(
        "x.md",
        f"---\n{bomb}topics: *i\ntitle: [1, 2]\nid: {{a: b}}\ndate: [2024]\nsource: null\nlanguage: no\n---\nTesto",
    )
    assert header == Header()
    header, _ = take("x.md", "---\ntitle: !!python/object/apply:os.system [ls]\nid: !!int 12\n---\nTesto")
    assert header == Header(id="12")


@given(ANY)
def test_a_title_is_one_bounded_line(text):
    line = one_line(text, 40)
    assert len(line) <= 40
    assert "\n" not in line
    assert line == line.strip()
