"""Tests of races: all are there before one begins, and what breaks in one of them is heard."""

from __future__ import annotations

import threading
from functools import partial

import pytest
from django.db import connection

from oportuno.kernel.testing.together import together


def backend(number: int) -> tuple[int, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return number, int(cursor.fetchone()[0])


@pytest.mark.django_db(transaction=True)
def test_each_has_a_connection_of_its_own_and_answers_stand_in_order() -> None:
    answers = together(partial(backend, number) for number in range(5))
    assert [number for number, _pid in answers] == list(range(5))
    assert len({pid for _number, pid in answers}) == 5


def test_nobody_begins_before_all_are_there() -> None:
    begun: list[bool] = []
    second_gate = threading.Barrier(8)

    def act() -> None:
        second_gate.wait(10)  # only who runs at the same time gets through
        begun.append(True)

    together([act] * 8)
    assert begun == [True] * 8


def test_what_breaks_in_one_is_heard_after_all_are_done() -> None:
    done: list[int] = []

    def act(number: int) -> None:
        if number == 1:
            raise ArithmeticError("one of them")
        done.append(number)

    with pytest.raises(ArithmeticError, match="one of them"):
        together(partial(act, number) for number in range(4))
    assert sorted(done) == [0, 2, 3]
