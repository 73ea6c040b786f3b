"""The geometry of charts, as tables."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oportuno.kernel.ui import charts


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ([0, 3], [3, 2, 1, 0]),
        ([820, 2810], [3000, 2000, 1000, 0]),
        ([0, 0], [1, 0.5, 0]),
        ([-5, 10], [10, 5, 0, -5]),
        ([0.03, 0.11], [0.15, 0.1, 0.05, 0]),
        ([0, 5e-324], [1, 0.5, 0]),
    ],
)
def test_a_scale_has_round_figures(values, ticks):
    assert charts.scale(values).ticks == ticks


@given(st.lists(st.floats(-1e9, 1e9, allow_nan=False), min_size=1, max_size=50))
def test_a_scale_holds_every_value(values):
    ground = charts.scale(values)
    assert all(-0.01 <= ground.share(value) <= 100.01 for value in values)
    assert len(ground.ticks) <= 12


def test_points_run_from_left_to_right_and_leave_holes_out():
    ground = charts.Scale(0, 10, 5)
    assert charts.points([0, None, 10], ground) == [(0.0, 100.0), (100.0, 0.0)]
    assert charts.path([(0, 100), (50, 0)]) == "M0 100 L50 0"


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=6))
def test_the_parts_of_a_ring_fit_the_ring(values):
    assert sum(length for length, _start in charts.arcs(values)) <= 100.1
