"""A statement answers what its queryset answers, and is put together once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.contrib.sessions.models import Session
from django.db.models import QuerySet, Value
from django.db.models.functions import Concat

from oportuno.kernel.statements import Given, Statement

pytestmark = pytest.mark.django_db
MARCH = datetime(2026, 3, 10, 15, tzinfo=UTC)


def found(*keys: str, data: str = "roja") -> None:
    for key in keys:
        Session.objects.create(session_key=key, session_data=data, expire_date=MARCH)


def test_it_answers_as_its_queryset_for_whatever_it_is_asked() -> None:
    found("rosas", "lirios")
    found("cactus", data="verde")
    of = Statement(lambda data, keys: Session.objects.filter(session_data=data, pk__among=keys).order_by("pk"))
    wanted = ["rosas", "lirios", "cactus", "nadie"]
    assert of.all(data="roja", keys=wanted) == list(Session.objects.filter(session_data="roja", pk__in=wanted).order_by("pk"))
    assert [one.pk for one in of.all(data="verde", keys=wanted)] == ["cactus"]
    assert of.all(data="verde", keys=[]) == []
    assert of.first(data="azul", keys=wanted) is None


def test_a_row_is_whole_with_what_was_added_to_it() -> None:
    found("rosas")
    called = Statement(lambda key: Session.objects.filter(pk=key).annotate(called=Concat("session_key", Value(" "), "session_key"))[:1])
    row = called.first(key="rosas")
    assert row is not None
    assert row.expire_date == MARCH
    assert row.called == "rosas rosas"
    row.session_data = "blanca"
    row.save()
    assert Session.objects.get(pk="rosas").session_data == "blanca"


def test_what_is_left_out_is_fetched_when_it_is_wanted() -> None:
    found("rosas")
    row = Statement(lambda key: Session.objects.filter(pk=key).only("expire_date")[:1]).first(key="rosas")
    assert row is not None
    assert row.get_deferred_fields() == {"session_data"}
    assert row.session_data == "roja"


def test_values_are_never_words_of_the_statement() -> None:
    found("rosas")
    by_data = Statement(lambda data: Session.objects.filter(session_data=data))
    assert by_data.all(data="roja' OR '1'='1") == []
    assert [one.pk for one in by_data.all(data="roja")] == ["rosas"]


def test_it_is_put_together_once_in_each_thread() -> None:
    asked: list[str] = []

    def ask(key: Given) -> QuerySet[Session]:
        asked.append(key.name)
        return Session.objects.filter(pk=key)

    once = Statement(ask)
    for key in ("rosas", "lirios", "rosas"):
        once.all(key=key)
    assert asked == ["key"]
    with ThreadPoolExecutor(1) as elsewhere:
        elsewhere.submit(once._written).result()
        elsewhere.submit(once._written).result()
    assert asked == ["key", "key"]


def test_whoever_forgets_a_value_hears_of_it() -> None:
    with pytest.raises(KeyError):
        Statement(lambda key: Session.objects.filter(pk=key)).all()
