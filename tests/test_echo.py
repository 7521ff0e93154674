"""What two languages tell alike."""

import numpy as np
import pytest

from bot.echo import echoes


def vectors(*angles):
    """Return unit vectors; those of nearby angles (degrees) are alike."""
    turned = np.radians(np.array(angles, dtype=np.float64))
    return np.stack((np.cos(turned), np.sin(turned)), axis=1).astype(np.float32)


def test_a_translation_of_the_best_rises_but_not_above_it():
    best, other, twin, stranger = echoes([50, 49, 47.5, 48], ["it", "it", "en", "en"], vectors(0, 90, 20, 60))
    assert 2 < twin <= 2.5
    assert best == other == stranger == 0
    assert echoes([50, 20], ["it", "en"], vectors(0, 0))[1] == pytest.approx(4.5)


def test_a_translation_of_what_hardly_answers_adds_little():
    near, far = (echoes([50, low, 40], ["it", "it", "en"], vectors(0, 90, 80))[2] for low in (50, 44))
    assert near > 0.5 > 0.1 > far > 0


def test_likeness_within_a_language_is_no_echo():
    assert echoes([50, 49], ["it", "it"], vectors(0, 1)) == [0.0, 0.0]
    assert echoes([50, 49, 10], ["it", "it", "en"], vectors(0, 1, 90)) == [0.0, 0.0, 0.0]


def test_it_does_not_matter_which_language_is_which():
    one = echoes([50, 48, 47], ["it", "en", "en"], vectors(0, 10, 25))
    assert one[1] == pytest.approx(2.0)
    assert echoes([50, 48, 47], ["en", "it", "it"], vectors(0, 10, 25)) == pytest.approx(one)


def test_nothing_in_nothing_out():
    assert echoes([], [], np.zeros((0, 2), np.float32)) == []
