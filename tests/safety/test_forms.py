"""Every form of every page, sent by whom it is not for, and with more fields than it has (T01, T03, T05)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from oportuno.kernel.isolation import for_organisation
from oportuno.people.audience.api import Contact
from oportuno.people.organisations.models import Organisation
from tests.safety import answers
from tests.safety.forms import Form, all_forms
from tests.safety.market import Market, checksum, first
from tests.safety.rows import Rows, Written, ours, rows

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ONE_MARKET = True


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def send(client: Client, form: Form, data: dict[str, Any], address: str = "") -> HttpResponse:
    cache.clear()
    return answers.ask(client, "POST", address or form.action, data)


def test_it_finds_the_forms_of_the_workbench(market: Market) -> None:
    """The walk itself: if it found nothing, the tests below would prove nothing."""
    actions = {form.action for form, _client in all_forms(market)}
    assert len(actions) > 25
    assert any("/contactos/" in action and action.endswith("/notas/") for action in actions)


def test_it_changes_nothing_of_albas_when_others_send_her_forms(market: Market) -> None:
    """What Alba's own page would send, sent by Gala, Carmen, Eva and a stranger."""
    wrong, forms = [], all_forms(market)  # looking at pages counts views, and taking answers out leaves its trace
    before = checksum(market.organisation)
    for form, _client in forms:
        if not form.action.startswith(market.alba.desk()):
            continue
        for who, client in market.outsiders.items():
            answer = send(client, form, form.data())
            if answer.status_code < 400 and not answers.is_login(answer):
                wrong.append(f"{who} POST {form.action}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)
    assert checksum(market.organisation) == before


def test_it_takes_no_object_of_others_in_a_field_of_ones_own_form(market: Market) -> None:
    """Gala's own forms, with Alba's ids in every field that holds an id (T03)."""
    wrong, before = [], checksum(market.organisation)
    theirs = {"alba": market.alba, "gala": market.gala}
    alba_ids = ids_of(market.organisation)
    market.alba = theirs["gala"]
    for form, client in all_forms(market):
        market_forms = form.action.startswith(theirs["gala"].desk())
        names = [one.name for one in form.fields if looks_like_id(one.value) or any(map(looks_like_id, one.choices))]
        for name in names if market_forms else ():
            for table, foreign in alba_ids.items():
                with undone():
                    written = Written()
                    answer = send(client, form, {**form.data(), name: foreign})
                    if checksum_changed(before, theirs["alba"], written.tables()):
                        wrong.append(
                            f"Gala POST {form.action} with {name} = {table} of Alba's: {answer.status_code}, and Alba's rows changed"
                        )
                if answer.status_code >= 500:
                    wrong.append(f"Gala POST {form.action} with {name} = {table} of Alba's: {answer.status_code}")
    assert not wrong, "\n".join(wrong)
    assert not checksum_changed(before, theirs["alba"], before), "something was written that stayed"


def checksum_changed(before: dict[str, str], alba: Any, tables: Collection[str]) -> bool:
    return any(before[table] != now_there for table, now_there in checksum(alba.member.organisation.pk, tables).items())


def ids_of(organisation: int) -> dict[str, str]:
    tables = ("contact", "offer", "point_of_sale", "question", "vetting_evidence", "import_run", "picture")
    return {table: str(found) for table in tables if (found := first(table, "organisation_id = %s", organisation))}


def looks_like_id(value: str) -> bool:
    try:
        return bool(UUID(value))
    except ValueError:
        return False


def test_it_writes_no_field_that_its_form_does_not_have(market: Market) -> None:
    """Each form twice: as it is, and with the names of all fields of all models, all hostile. The rows must come out alike (T05)."""
    more, wrong, forms = hostile(market), [], all_forms(market)
    before = rows()  # each form finds them so, for what it did is undone
    for form, client in forms:
        data = form.data()
        plain = changes(client, form, data, before)
        odd = changes(client, form, {**{k: v for k, v in more.items() if k not in data}, **data}, before)
        if plain != odd:
            wrong.append(f"{form.action} (on {form.page}): {difference(plain, odd)}")
    assert not wrong, "\n".join(wrong)


def hostile(market: Market) -> dict[str, str]:
    """Every column of every model of ours, with a value somebody would like to have."""
    wished = {
        "organisation_id": market.gala.member.organisation.pk, "organisation": market.gala.member.organisation.slug, "published": "true", "active": "true",
        "role": "owner", "standing": "approved", "state": "approved", "is_active": "true", "is_demo": "true", "certified": "true",
        "person_id": market.gala.person.pk, "by_id": market.gala.person.pk, "scopes": "contacts:write", "slug": "otra", "id": str(UUID(int=7)),
    }  # fmt: skip
    names = {field.attname for model in ours() for field in model._meta.local_fields} | {"is_staff", "is_superuser", "kind"}
    return {name: str(wished.get(name, "1")) for name in names if name not in ("next", "place")}


VOLATILE = (
    "password",
    "_at",
    "at",
    "since",
    "until",
    "id",
    "token",
    "digest",
    "stamp",
    "sent",
    "key",
    "transaction",
    "seen",
    "prefix",
    "last_login",
    "recent",
    "path",
    "slug",
    "text",
    "body",
    "html",
)


def changes(client: Client, form: Form, data: dict[str, Any], before: Rows) -> list[str]:
    """What sending a form did to all rows of ours, without what differs each time (keys, moments, tokens)."""
    with undone():
        written = Written()
        send(client, form, data)
        after = rows(written.tables())
    told = []
    for table, now_there in after.items():
        for key, row in now_there.items():
            was = before[table].get(key, {})
            told += [f"{table}.{name}={value}" for name, value in row.items() if was.get(name) != value and not volatile(name, value)]
        told += [f"{table} -" for key in before[table] if key not in now_there]
    return sorted(told)


def volatile(name: str, value: Any) -> bool:
    return looks_like_id(str(value)) or name.endswith(VOLATILE) or isinstance(value, dict | list)


def difference(plain: list[str], odd: list[str]) -> str:
    return f"only as it is: {[x for x in plain if x not in odd][:6]}, only with more fields: {[x for x in odd if x not in plain][:6]}"


def test_it_would_see_a_view_that_takes_whatever_is_posted(market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    """A deliberately broken view: every field of the row can be set from outside."""

    def careless(client: Client, method: str, address: str, data: dict[str, Any]) -> HttpResponse:
        request: HttpRequest = RequestFactory().post(address, data)
        columns = {f.attname for f in Organisation._meta.local_fields} - {"id", "kind", "created_at", "closed_at"}
        said = {name: value for name, value in request.POST.items() if name in columns}
        Organisation.objects.filter(pk=market.organisation).update(**said)
        return HttpResponse()

    monkeypatch.setattr(answers, "ask", careless)
    form, before = Form("/x/", "/x/"), rows()
    more = hostile(market) | {"currency": "XXX"}
    odd = {"name": "Otro", **{k: v[:3] for k, v in more.items()}}
    assert changes(Client(), form, {"name": "Otro"}, before) != changes(Client(), form, odd, before)


def test_it_would_see_a_row_that_changed(market: Market) -> None:
    alba = market.organisation
    before = checksum(alba)
    with for_organisation(alba):
        Contact.objects.update(display_name="x")
    assert {table for table, was in before.items() if checksum(alba)[table] != was} == {"contact"}
