import pytest

from prompts import LANGUAGES, load, names


def test_both_languages_hold_the_same_texts_with_the_same_variables():
    assert names("it") == names("en") and len(names("it")) >= 5
    for name in names("it"):
        assert load(name, "it").variables == load(name, "en").variables, name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_can_be_filled_and_says_something(language):
    for name in names(language):
        template = load(name, language)
        filled = template.fill(**dict.fromkeys(template.variables, "X"))
        assert filled.strip() and "$" not in filled and len(template.hash) == 12


def test_a_missing_and_an_unknown_variable_raise():
    template = load("frame.partly", "it")
    with pytest.raises(KeyError):
        template.fill()
    with pytest.raises(ValueError, match="no variable extra"):
        template.fill(missing="x", extra="y")


def test_an_unknown_text_or_language_is_not_found():
    with pytest.raises(FileNotFoundError):
        load("no.such.text", "it")
    with pytest.raises(FileNotFoundError):
        load("frame.partly", "fr")


def test_what_is_filled_in_is_never_read_as_a_variable():
    assert "${missing} $x" in load("frame.partly", "it").fill(missing="${missing} $x")
