"""Every form of every page: pressed twice, done once (goal E4)."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from django.test import Client

from oportuno.kernel.idempotency.forms import FIELD
from oportuno.kernel.isolation import for_organisation
from oportuno.kernel.testing.together import together
from oportuno.people.audience.models import Note
from tests.safety import answers
from tests.safety.forms import Form, all_forms
from tests.safety.market import Market, build, first
from tests.safety.rows import Written, rows
from tests.safety.test_forms import send, undone, volatile

pytestmark = pytest.mark.slow
HARMLESS = ("/visitas/", "/salir/", "/guias/")
"""On pages kept for everybody, and on every page: the same choice twice is one, out is out, and an answer to a guide's question
changes nothing but where one goes."""
ONCE_BY_THEMSELVES = ("/blog/comentarios/", "/utilidad/", "/blog/temas/", "/formulario/", "/seguimiento/")
"""On pages kept for everybody, where two would get the same key: the same words are one comment, a reader has one vote
and follows a question once, and the same answers of one reader to a form that was shown once are one."""


def told_by(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    return [
        f"{table}.{name}={value}"
        for table, there in after.items()
        for key, row in there.items()
        for name, value in row.items()
        if before[table].get(key, {}).get(name) != value and not volatile(name, value)
    ] + [f"{table} +" for table, there in after.items() for key in there if key not in before[table]]


@pytest.mark.django_db
def test_every_form_carries_a_key(market: Market) -> None:
    bare = sorted({form.action for form, _client in all_forms(market) if not any(one.name == FIELD for one in form.fields)})
    bare = [action for action in bare if not action.startswith(HARMLESS) and not any(part in action for part in ONCE_BY_THEMSELVES)]
    assert not bare, "\n".join(bare)


@pytest.mark.django_db
def test_it_has_one_effect_however_often_it_is_pressed(market: Market) -> None:
    wrong, done = [], 0
    for form, client in all_forms(market):
        data = form.data()
        if FIELD not in data:
            continue
        with undone():
            cookies = copy.deepcopy(client.cookies)
            one = send(client, form, data)
            if one.status_code >= 400 or "Content-Disposition" in one.headers:
                continue
            client.cookies = cookies  # the second press goes out before the first is answered
            with undone():
                written = Written()
                again = send(client, form, data)
                tables = written.tables()
                after = rows(tables)
            if more := told_by(rows(tables), after):
                wrong.append(f"{form.action} (on {form.page}): {more[:4]}")
            if again.status_code >= 400 or again.headers.get("Location") not in (one.headers.get("Location"), "/"):
                wrong.append(f"{form.action} (on {form.page}): {one.status_code}, then {again.status_code} {again.headers.get('Location')}")
            done += 1
    assert not wrong, "\n".join(wrong)
    assert done > 20


def note_form(market: Market) -> Form:
    contact = first("contact", "organisation_id = %s", market.organisation)
    return Form("/", market.alba.desk(f"contactos/{contact}/notas/"))


def notes(market: Market, text: str) -> int:
    with for_organisation(market.organisation):
        return Note.objects.filter(text=text).count()


@pytest.mark.django_db(transaction=True)
def test_fifty_presses_at_once_write_one_note() -> None:
    market = build()
    form = note_form(market)

    def press() -> None:
        client = Client()
        client.cookies = market.alba.client.cookies
        answers.ask(client, "POST", form.action, {"text": "Llamar mañana", FIELD: "k1"})

    together([press] * 50)
    assert notes(market, "Llamar mañana") == 1


@pytest.mark.django_db
def test_who_goes_back_and_corrects_is_not_held_up(market: Market) -> None:
    form = note_form(market)
    for text in ("Llamar mañana", "Llamar el martes"):
        assert send(market.alba.client, form, {"text": text, FIELD: "k1"}).status_code < 400
    assert (notes(market, "Llamar mañana"), notes(market, "Llamar el martes")) == (1, 1)


@pytest.mark.django_db
def test_a_file_may_be_fetched_again(market: Market) -> None:
    form = Form("/", market.alba.desk("contactos/descarga/"))
    fetched = [send(market.alba.client, form, {FIELD: "k1"}) for _ in range(2)]
    assert [(answer.status_code, answer.headers["Content-Type"][:8]) for answer in fetched] == [(200, "text/csv")] * 2


@pytest.mark.django_db
def test_what_was_refused_may_be_sent_again(market: Market) -> None:
    form = note_form(market)
    assert [send(market.alba.client, form, {"text": "", FIELD: "k1"}).status_code for _ in range(2)] == [422, 422]
