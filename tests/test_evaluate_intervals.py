"""Intervals and tests of significance, against what is known of them."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.evaluate.intervals import gap, holm, kappa, mcnemar, mean, permutation, quantile

values = st.lists(st.floats(0, 1), min_size=1, max_size=40)


@given(values)
def test_the_interval_holds_the_mean(numbers):
    found = mean(numbers, [str(n) for n in range(len(numbers))])
    assert found.value == pytest.approx(np.mean(numbers)) and found.n == len(numbers)
    assert found.low - 1e-9 <= found.value <= found.high + 1e-9


def test_the_interval_is_that_of_scipys_bootstrap():
    from scipy import stats

    numbers = np.random.default_rng(3).binomial(1, 0.3, 120).astype(float)
    mine = mean(list(numbers), [str(n) for n in range(120)])
    theirs = stats.bootstrap((numbers,), np.mean, method="percentile", n_resamples=5000, rng=1).confidence_interval
    assert mine.low == pytest.approx(theirs.low, abs=0.015) and mine.high == pytest.approx(theirs.high, abs=0.015)


def test_questions_that_rise_and_fall_together_make_it_wider():
    numbers = [float(n % 4 < 2) for n in range(1000)]
    alone = mean(numbers, [str(n) for n in range(1000)])
    paired = mean(numbers, [str(n // 2) for n in range(1000)])
    wider = (paired.high - paired.low) / (alone.high - alone.low)
    assert wider == pytest.approx(math.sqrt(2), abs=0.15)


def test_a_seed_makes_it_repeatable():
    numbers, clusters = [0.0, 1.0, 1.0, 0.5, 0.2], list("abcde")
    assert mean(numbers, clusters) == mean(numbers, clusters)


@pytest.mark.parametrize("n", [1, 20, 300])
def test_perfection_is_not_certain(n):
    from scipy import stats

    all_right, none = mean([1.0] * n, list(map(str, range(n)))), mean([0.0] * n, list(map(str, range(n))))
    exact = stats.binomtest(n, n).proportion_ci(method="exact")
    assert (all_right.low, all_right.high) == (pytest.approx(exact.low), 1.0)
    assert (none.low, none.high) == (0.0, pytest.approx(1 - exact.low))


def test_nothing_has_no_mean():
    assert mean([], []).value is None and quantile([], [], 0.5).value is None and gap([], [], [1.0], ["a"]).n == 0


def test_a_gap_is_a_difference_and_pairs_make_it_narrow():
    it = [float(n % 2) for n in range(60)]
    names = [str(n) for n in range(60)]
    same = gap(it, names, it, names)
    assert (same.value, same.low, same.high) == (0.0, 0.0, 0.0)
    apart = gap(it, names, it, [f"x{n}" for n in range(60)])
    assert apart.low < -0.1 and apart.high > 0.1


def test_quantiles_are_those_of_numpy():
    numbers = list(np.random.default_rng(1).gamma(2, 20, 200))
    found = quantile(numbers, list(map(str, range(200))), 0.95)
    assert found.value == pytest.approx(np.quantile(numbers, 0.95)) and found.low < found.value < found.high


def test_the_permutation_test_is_exact_for_few_and_close_to_scipys_for_many():
    from scipy import stats

    assert permutation([1, 1, 1, 1], list("abcd")) == pytest.approx(2 / 16)
    assert permutation([1, -1, 0], list("abc")) == 1.0 and permutation([], []) == 1.0
    moved = np.random.default_rng(5).normal(0.25, 1, 60)
    theirs = stats.permutation_test(
        (moved, np.zeros(60)), lambda a, b: np.mean(a - b), permutation_type="samples", n_resamples=9999, rng=2
    ).pvalue
    assert permutation(list(moved), list(map(str, range(60)))) == pytest.approx(theirs, abs=0.02)


def test_both_versions_of_a_pair_count_as_one_change():
    assert permutation([1, 1, 1, 1], ["a", "a", "b", "b"]) == pytest.approx(2 / 4)


@given(st.integers(0, 30), st.integers(0, 30))
def test_mcnemar_is_the_exact_binomial_test(better, worse):
    from scipy import stats

    expected = stats.binomtest(better, better + worse).pvalue if better + worse else 1.0
    assert mcnemar(better, worse) == pytest.approx(expected)


def test_kappa_is_the_agreement_beyond_chance():
    # Both yes 20, only the first 5, only the second 10, both no 15: 70 % agreement where chance gives 50 %.
    pairs = [(True, True)] * 20 + [(True, False)] * 5 + [(False, True)] * 10 + [(False, False)] * 15
    assert kappa([a for a, _ in pairs], [b for _, b in pairs]) == pytest.approx(0.4)
    assert kappa([True, False], [True, False]) == 1.0 and kappa([True, False], [False, True]) == -1.0
    assert kappa([True, True], [True, True]) is None and kappa([], []) is None


def test_holm_is_the_one_in_the_book():
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([]) == [] and holm([0.9, 0.8]) == [1.0, 1.0]
