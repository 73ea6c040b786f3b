"""A statement answers what its queryset answers, and is put together once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db.models import QuerySet, Value
from django.db.models.functions import Concat

from oportuno.kernel.statements import Given, Statement
from oportuno.people.organisations.api import Organisation

pytestmark = pytest.mark.django_db
MARCH = datetime(2026, 3, 10, 15, tzinfo=UTC)


def found(*slugs: str, country: str = "CO") -> None:
    for slug in slugs:
        Organisation.objects.create(slug=slug, name=slug.title(), kind="partner", country=country, created_at=MARCH)


def test_it_answers_as_its_queryset_for_whatever_it_is_asked() -> None:
    found("rosas", "lirios")
    found("cactus", country="MX")
    of = Statement(lambda country, slugs: Organisation.objects.filter(country=country, slug__among=slugs).order_by("slug"))
    wanted = ["rosas", "lirios", "cactus", "nadie"]
    assert of.all(country="CO", slugs=wanted) == list(Organisation.objects.filter(country="CO", slug__in=wanted).order_by("slug"))
    assert [one.slug for one in of.all(country="MX", slugs=wanted)] == ["cactus"]
    assert of.all(country="MX", slugs=[]) == []
    assert of.first(country="PE", slugs=wanted) is None


def test_a_row_is_whole_with_what_was_added_to_it() -> None:
    found("rosas")
    called = Statement(lambda slug: Organisation.objects.filter(slug=slug).annotate(called=Concat("name", Value(" de "), "country"))[:1])
    row = called.first(slug="rosas")
    assert row is not None
    assert row.created_at == MARCH
    assert row.called == "Rosas de CO"  # type: ignore[attr-defined]
    row.name = "Otras"
    row.save()
    assert Organisation.objects.get(slug="rosas").name == "Otras"


def test_what_is_left_out_is_fetched_when_it_is_wanted() -> None:
    found("rosas")
    row = Statement(lambda slug: Organisation.objects.filter(slug=slug).only("slug")[:1]).first(slug="rosas")
    assert row is not None
    assert row.get_deferred_fields() >= {"name", "country"}
    assert row.name == "Rosas"


def test_values_are_never_words_of_the_statement() -> None:
    found("rosas")
    by_name = Statement(lambda name: Organisation.objects.filter(name=name))
    assert by_name.all(name="Rosas' OR '1'='1") == []
    assert [one.slug for one in by_name.all(name="Rosas")] == ["rosas"]


def test_it_is_put_together_once_in_each_thread() -> None:
    asked: list[str] = []

    def ask(slug: Given) -> QuerySet[Organisation]:
        asked.append(slug.name)
        return Organisation.objects.filter(slug=slug)

    once = Statement(ask)
    for slug in ("rosas", "lirios", "rosas"):
        once.all(slug=slug)
    assert asked == ["slug"]
    with ThreadPoolExecutor(1) as elsewhere:
        elsewhere.submit(once._written).result()
        elsewhere.submit(once._written).result()
    assert asked == ["slug", "slug"]


def test_whoever_forgets_a_value_hears_of_it() -> None:
    with pytest.raises(KeyError):
        Statement(lambda slug: Organisation.objects.filter(slug=slug)).all()
