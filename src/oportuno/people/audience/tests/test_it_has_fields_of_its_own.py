"""Fields that an organisation makes for its contacts: typed, in files, in bulletins, put away and brought back."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest

from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_organisation
from oportuno.people.audience import api
from oportuno.people.audience.api import imports
from oportuno.people.audience.models import Contact, ContactField
from oportuno.people.audience.rules.own_fields import OwnField, Unfit, fits, read
from oportuno.people.audience.testing import FORM, bring_file, make_contact, rows
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db


def declare(actor: Actor, label: str, kind: str, choices: tuple[str, ...] = ()) -> ContactField:
    with for_organisation(actor.organisation.pk):
        return api.make_field(label=label, kind=kind, choices=choices, by=actor.member, at=now())


def the_fields(actor: Actor) -> list[OwnField]:
    with for_organisation(actor.organisation.pk):
        return api.fields_of(actor.organisation.pk)


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("text", "  dos   perros ", "dos perros"),
        ("number", "1.500", 1500),
        ("number", "1.500,75", 1500.75),
        ("number", "1,500.75", 1500.75),
        ("number", "3,5", 3.5),
        ("number", "$ 12 000", 12000),
        ("number", "-7", -7),
        ("date", "31/05/2026", "2026-05-31"),
        ("date", "2026-5-1", "2026-05-01"),
        ("choice", "rojo VIVO", "Rojo vivo"),
        ("yesno", "Sí", True),
        ("yesno", "no", False),
        ("text", "", None),
    ],
)
def test_it_reads_what_people_write(kind: str, typed: str, kept: object) -> None:
    field = api.OwnField("x", "X", kind, ("Rojo vivo", "Azul") if kind == "choice" else ())
    assert read(field, typed) == kept
    assert type(read(field, typed)) is type(kept)
    assert kept is None or fits(field, kept)


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("number", "doce"),
        ("number", "nan"),
        ("number", "1e400"),
        ("date", "31/02/2026"),
        ("date", "pronto"),
        ("choice", "verde"),
        ("yesno", "quizá"),
    ],
)
def test_it_takes_no_value_of_another_kind(kind: str, typed: str) -> None:
    with pytest.raises(Unfit):
        read(api.OwnField("x", "X", kind, ("Rojo", "Azul")), typed)


def test_a_field_is_made_named_moved_put_away_and_brought_back(alba: Actor) -> None:
    path = alba.desk("contactos/campos/")
    assert "Todavía no hay campos propios" in alba.get(path).content.decode()
    for label, kind, choices in (("Talla", "choice", "S\nM\nL"), ("Día de la boda", "date", ""), ("Sucursales", "number", "")):
        said = {"label": label, "kind": kind, "choices": choices, "key": "", "idempotency_key": str(uuid4())}
        assert alba.post(path, said).status_code == 302
    assert [(one.key, one.kind, one.choices) for one in the_fields(alba)] == [
        ("talla", "choice", ("S", "M", "L")), ("dia_de_la_boda", "date", ()), ("sucursales", "number", ()),
    ]  # fmt: skip
    made = {one.key: one for one in rows(alba.organisation, ContactField)}
    size, wedding = made["talla"], made["dia_de_la_boda"]
    alba.post(f"{path}{wedding.pk}/lugar/", {"do": "up"})
    alba.post(f"{path}{size.pk}/", {"label": "Talla de camisa", "choices": "S\nM\nL\nXL"})
    assert [(one.key, one.label) for one in the_fields(alba)][:2] == [("dia_de_la_boda", "Día de la boda"), ("talla", "Talla de camisa")]
    alba.post(f"{path}{size.pk}/retiro/")
    assert [one.key for one in the_fields(alba)] == ["dia_de_la_boda", "sucursales"]
    answer = alba.post(path, {"label": "talla de camisa", "kind": "text", "key": ""})
    assert (answer.status_code, "Recupéralo" in answer.content.decode()) == (409, True)
    alba.post(f"{path}{size.pk}/retiro/", {"do": "return"})
    assert [one.key for one in the_fields(alba)] == ["dia_de_la_boda", "talla", "sucursales"]


@pytest.mark.parametrize(
    "said", [{"label": "", "kind": "text"}, {"label": "Talla", "kind": "color"}, {"label": "Talla", "kind": "choice", "choices": "S"}]
)
def test_a_field_without_name_kind_or_choices_is_refused(alba: Actor, said: dict[str, str]) -> None:
    assert alba.post(alba.desk("contactos/campos/"), said).status_code == 422
    assert rows(alba.organisation, ContactField) == []


def test_a_contact_keeps_what_fits_and_nothing_of_what_does_not(alba: Actor) -> None:
    declare(alba, "Sucursales", "number")
    declare(alba, "Día de la boda", "date")
    carmen = make_contact(alba.organisation)
    path = alba.desk(f"contactos/{carmen.pk}/")
    assert alba.post(f"{path}campos/", {"own-sucursales": "1.200", "own-dia_de_la_boda": "2026-05-31"}).status_code == 302
    shown = alba.get(path).content.decode()
    assert "1.200" in shown
    assert "31 de mayo de 2026" in shown
    answer = alba.post(f"{path}campos/", {"own-sucursales": "muchas", "own-dia_de_la_boda": ""})
    assert (answer.status_code, "Sucursales: escribe un número" in answer.content.decode()) == (422, True)
    [held] = rows(alba.organisation, Contact)
    assert held.fields == {"sucursales": 1200, "dia_de_la_boda": "2026-05-31"}
    alba.post(f"{path}campos/", {"own-sucursales": "", "own-dia_de_la_boda": "2026-05-31"})
    assert rows(alba.organisation, Contact)[0].fields == {"dia_de_la_boda": "2026-05-31"}


def test_a_file_fills_declared_fields_in_their_kind(alba: Actor, tmp_path: Path) -> None:
    declare(alba, "Sucursales", "number")
    declare(alba, "Cliente VIP", "yesno")
    run = bring_file(alba, tmp_path, "Correo,sucursales,CLIENTE VIP,Perro\na@example.com,3,sí,Toby\nb@example.com,muchas,no,\n")
    held = {one.email: one.fields for one in rows(alba.organisation, Contact)}
    assert held == {"a@example.com": {"sucursales": 3, "cliente_vip": True, "perro": "Toby"}, "b@example.com": {"cliente_vip": False}}
    with for_organisation(alba.organisation.pk):
        assert [one.line for one in imports.notes(run)] == [3]
    assert "Perro" in alba.get(alba.desk("contactos/campos/")).content.decode()  # a column that waits to become a field


def test_a_bulletin_merges_fields_in_the_readers_words(alba: Actor) -> None:
    declare(alba, "Día de la boda", "date")
    declare(alba, "Jardín", "yesno")
    carmen = make_contact(alba.organisation)
    with for_organisation(alba.organisation.pk):
        api.fill_in_fields(contact=carmen.pk, values={"dia_de_la_boda": "2026-05-31", "jardin": True}, by=alba.member, at=now())
        assert api.reach([carmen.pk], channel="email", purpose="bulletin") == []
        api.give(contact=carmen, agreed=api.Agreed("bulletin", words="yes"), circumstances=FORM, at=now())
        [one] = api.reach([carmen.pk], channel="email", purpose="bulletin")
    assert (one.fields["field_dia_de_la_boda"], one.fields["field_jardin"]) == ("31 de mayo de 2026", "Sí")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"field": "talla", "value": "m"}, {"Ana"}),
        ({"field": "sucursales", "value": "1.200"}, {"Berta"}),
        ({"field": "sucursales", "value": "muchas"}, set()),
        ({"field": "perro", "value": "tob"}, {"Ana"}),
        ({"field": "nada", "value": "x"}, set()),
        ({"field": "talla", "value": ""}, {"Ana", "Berta"}),
    ],
)
def test_the_list_shows_who_has_a_value(alba: Actor, asked: dict[str, str], found: set[str]) -> None:
    for label, kind in (("Talla", "choice"), ("Sucursales", "number"), ("Perro", "text")):
        declare(alba, label, kind, ("S", "M") if kind == "choice" else ())
    for name, values in (("Ana", {"talla": "M", "perro": "Toby"}), ("Berta", {"talla": "S", "sucursales": 1200})):
        one = make_contact(alba.organisation, f"{name.lower()}@example.com", name)
        with for_organisation(alba.organisation.pk):
            api.fill_in_fields(contact=one.pk, values=values, by=alba.member, at=now())
    shown = alba.get(alba.desk("contactos/"), asked).content.decode()
    assert {name for name in ("Ana", "Berta") if f">{name}</a>" in shown} == found


def test_gala_sees_no_field_of_alba(alba: Actor, gala: Actor) -> None:
    made = declare(alba, "Talla", "text")
    for here in (alba, gala):
        for path in ("", "lugar/", "retiro/"):
            address = f"/desk/{here.organisation.slug}/contactos/campos/{made.pk}/{path}"
            assert {gala.get(address).status_code, gala.post(address, {"label": "Mía"}).status_code} <= {404, 405}
    assert [(one.label, one.retired_at) for one in rows(alba.organisation, ContactField)] == [("Talla", None)]
