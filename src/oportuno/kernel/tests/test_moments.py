"""What is kept for a moment is asked once, is forgotten in time, and never fills the memory."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from oportuno.kernel import moments


class Hand:
    """The hand of the clock."""

    at = 100.0

    def monotonic(self) -> float:
        return self.at


@pytest.fixture
def hand(monkeypatch: pytest.MonkeyPatch) -> Hand:
    made = Hand()
    monkeypatch.setattr(moments, "time", SimpleNamespace(monotonic=made.monotonic))
    return made


def test_it_asks_once_in_a_moment(hand: Hand) -> None:
    kept: moments.Moments[str] = moments.Moments(seconds=0.9, most=10, is_open=True)
    assert kept.get("roses", lambda: "red") == "red"
    hand.at += 0.89
    assert kept.get("roses", lambda: "white") == "red"
    hand.at += 0.02
    assert kept.get("roses", lambda: "white") == "white"


def test_an_answer_is_as_old_as_its_question(hand: Hand) -> None:
    kept: moments.Moments[str] = moments.Moments(seconds=0.9, most=10, is_open=True)

    def slowly() -> str:
        hand.at += 0.8
        return "red"

    kept.get("roses", slowly)
    hand.at += 0.15
    assert kept.get("roses", lambda: "white") == "white"


def test_the_oldest_leaves_first(hand: Hand) -> None:
    kept: moments.Moments[int] = moments.Moments(seconds=9, most=2, is_open=True)
    for number in range(3):
        kept.get(number, lambda number=number: number)
    assert [kept.get(number, lambda: -1) for number in (1, 2)] == [1, 2]
    assert kept.get(0, lambda: -1) == -1


def test_whoever_writes_and_reads_is_told_the_truth(hand: Hand) -> None:
    kept: moments.Moments[str] = moments.Moments(seconds=9, most=2)
    kept.get("roses", lambda: "red")
    assert kept.get("roses", lambda: "white") == "white"
