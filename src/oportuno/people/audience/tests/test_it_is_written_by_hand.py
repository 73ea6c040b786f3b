"""A contact by hand: new, corrected, its addresses, its company."""

from __future__ import annotations

import re
from typing import Any

import pytest

from oportuno.kernel.isolation import for_organisation
from oportuno.people.audience.actions.erasing import erase_contact
from oportuno.people.audience.models import ConsentState, Contact, Identity
from oportuno.people.audience.queries.timeline import timeline_of
from oportuno.people.audience.testing import make_contact, rows
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db
NEW = {"kind": "person", "given_name": "Ana", "family_name": "Ñáñez", "language": "es-co", "country": "CO", "idempotency_key": "k"}


def write(actor: Actor, **said: str) -> Any:
    return actor.post(actor.desk("contactos/nuevo/"), {**NEW, **said})


def the(actor: Actor, name: str) -> Contact:
    [found] = rows(actor.organisation, Contact, display_name=name)
    assert isinstance(found, Contact)
    return found


def test_it_writes_somebody_new_with_any_address(alba: Actor) -> None:
    assert write(alba, phone="300 123 4567", tags="Bodas, VIP").status_code == 302
    ana = the(alba, "Ana Ñáñez")
    assert (ana.name_key, ana.phone, ana.email, ana.source, ana.tags) == ("ana nanez", "+573001234567", "", "team", ["bodas", "vip"])
    assert rows(alba.organisation, ConsentState) == []  # writing somebody down is no agreement
    assert write(alba, given_name="Eva", postal="Calle 10 # 4-20, Cali").status_code == 302


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({}, "necesita un correo"),
        ({"email": "no es"}, "nombre@ejemplo"),
        ({"phone": "12"}, "Revisa el número"),
        ({"email": "a@example.com", "kind": "perro"}, ""),
        ({"email": "a@example.com", "country": "Colombia"}, ""),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(alba: Actor, said: dict[str, str], sentence: str) -> None:
    answer = write(alba, **said)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert rows(alba.organisation, Contact) == []


def test_who_has_the_address_already_is_named(alba: Actor, gala: Actor) -> None:
    carmen = make_contact(alba.organisation, "carmen@example.com", "Carmen")
    answer = write(alba, email="CARMEN@example.com")
    assert answer.status_code == 409
    assert "Carmen ya tiene esta dirección" in answer.content.decode()
    assert f"/contactos/{carmen.pk}/" in answer.content.decode()
    assert write(gala, email="carmen@example.com").status_code == 302  # elsewhere it is somebody else's knowledge


def test_what_is_known_is_corrected_and_told(alba: Actor) -> None:
    carmen = make_contact(alba.organisation)
    path = alba.desk(f"contactos/{carmen.pk}/")
    said = {"kind": "person", "name": "Carmen Ruiz", "place": "Cali", "language": "en", "country": "MX", "job_title": "Compras"}
    assert alba.post(f"{path}datos/", said).status_code == 302
    held = the(alba, "Carmen Ruiz")
    assert (held.name_key, held.place, held.language, held.country, held.job_title) == ("carmen ruiz", "Cali", "en", "MX", "Compras")
    with for_organisation(alba.organisation.pk):
        assert timeline_of(held).facts[0].kind == "audience.contact_changed"


def test_addresses_are_added_made_main_and_taken_away(alba: Actor) -> None:
    carmen = make_contact(alba.organisation)
    path = alba.desk(f"contactos/{carmen.pk}/direcciones/")
    for channel, address in (
        ("email", "c2@example.com"),
        ("phone", "300 123 4567"),
        ("instagram", "@Carmen"),
        ("postal", "Calle 10 # 4-20, Cali"),
    ):
        assert alba.post(path, {"channel": channel, "address": address}).status_code == 302
    held = {one.key: one for one in rows(alba.organisation, Identity)}
    assert {"c2@example.com", "+573001234567", "instagram:carmen"} < set(held)
    alba.post(f"{path}{held['c2@example.com'].pk}/", {"do": "main"})
    assert the(alba, "Carmen").email == "c2@example.com"
    alba.post(f"{path}{held['c2@example.com'].pk}/", {"do": "remove"})
    alba.post(f"{path}{held['+573001234567'].pk}/", {"do": "remove"})
    carmen = the(alba, "Carmen")
    assert (carmen.email, carmen.phone) == ("carmen@example.com", "")
    assert alba.post(path, {"channel": "phone", "address": "12"}).status_code == 422


def test_the_last_address_stays(alba: Actor) -> None:
    carmen = make_contact(alba.organisation)
    [only] = rows(alba.organisation, Identity)
    answer = alba.post(alba.desk(f"contactos/{carmen.pk}/direcciones/{only.pk}/"), {"do": "remove"})
    assert answer.status_code == 422
    assert rows(alba.organisation, Identity) == [only]


def test_an_address_of_somebody_else_is_not_taken(alba: Actor) -> None:
    carmen = make_contact(alba.organisation)
    make_contact(alba.organisation, "beto@example.com", "Beto")
    answer = alba.post(alba.desk(f"contactos/{carmen.pk}/direcciones/"), {"channel": "email", "address": "beto@example.com"})
    assert (answer.status_code, "Beto ya tiene" in answer.content.decode()) == (409, True)
    assert len(rows(alba.organisation, Identity)) == 2


def test_two_who_write_at_once_keep_what_the_other_wrote(alba: Actor) -> None:
    ana = make_contact(alba.organisation, "ana@example.com", "Ana")
    address = alba.desk(f"contactos/{ana.pk}/datos/")
    shown = hidden_and_typed(alba.get(address).content.decode())
    assert alba.post(address, {**shown, "job_title": "Gerente", "idempotency_key": "one"}).status_code == 302
    assert alba.post(address, {**shown, "place": "Cali", "idempotency_key": "two"}).status_code == 302
    found = the(alba, "Ana")
    assert (found.job_title, found.place) == ("Gerente", "Cali")


def hidden_and_typed(page: str) -> dict[str, str]:
    """What a browser would send of the form as it was shown."""
    inputs = re.findall(
        r'<input [^>]*name="((?:initial-)?(?:name|given_name|family_name|company|job_title|place|country|language|kind))"([^>]*)>', page
    )
    told = {name: (re.search(r'value="([^"]*)"', rest) or [None, ""])[1] for name, rest in inputs if 'type="radio"' not in rest}
    return {**told, **{name: told[f"initial-{name}"] for name in ("kind", "country", "language")}}


def company(actor: Actor, name: str, email: str, above: str = "") -> Contact:
    assert write(actor, kind="organisation", name=name, email=email, company=above, given_name="", family_name="").status_code == 302
    return the(actor, name)


def test_a_company_is_shown_with_its_people_and_a_group_with_its_companies(alba: Actor) -> None:
    group = company(alba, "Grupo Éxito", "grupo@example.com")
    hotel = company(alba, "Hotel Central", "hotel@example.com", "grupo exito")
    assert write(alba, email="ana@example.com", company="HOTEL central", job_title="Gerente").status_code == 302
    ana = the(alba, "Ana Ñáñez")
    assert (hotel.company_id, ana.company_id) == (group.pk, hotel.pk)
    assert "Ana Ñáñez" in alba.get(alba.desk(f"contactos/{hotel.pk}/")).content.decode()
    assert "Hotel Central" in alba.get(alba.desk(f"contactos/{group.pk}/")).content.decode()
    assert f"/contactos/{hotel.pk}/" in alba.get(alba.desk(f"contactos/{ana.pk}/")).content.decode()
    assert alba.get(alba.desk("contactos/empresas/"), {"q": "hot"}).json() == [{"label": "Hotel Central"}]


def test_nothing_belongs_to_itself(alba: Actor) -> None:
    group = company(alba, "Grupo", "grupo@example.com")
    company(alba, "Hotel", "hotel@example.com", "Grupo")
    answer = alba.post(
        alba.desk(f"contactos/{group.pk}/datos/"), {"kind": "organisation", "name": "Grupo", "company": "Hotel", "language": "es-co"}
    )
    assert answer.status_code == 422
    assert the(alba, "Grupo").company_id is None
    answer = alba.post(
        alba.desk(f"contactos/{group.pk}/datos/"), {"kind": "organisation", "name": "Grupo", "company": "Grupo", "language": "es-co"}
    )
    assert answer.status_code == 422


def test_people_stay_when_their_company_is_forgotten(alba: Actor) -> None:
    hotel = company(alba, "Hotel", "hotel@example.com")
    write(alba, email="ana@example.com", company="Hotel")
    erase_contact(organisation=alba.organisation.pk, contact=hotel.pk, by=alba.member.id, at=hotel.created_at)
    assert the(alba, "Ana Ñáñez").company_id is None


def test_gala_writes_nothing_into_albas_contacts(alba: Actor, gala: Actor) -> None:
    carmen = make_contact(alba.organisation)
    [only] = rows(alba.organisation, Identity)
    for here in (alba, gala):
        for path in ("datos/", "direcciones/", f"direcciones/{only.pk}/", "campos/"):
            answer = gala.post(
                f"/desk/{here.organisation.slug}/contactos/{carmen.pk}/{path}", {"name": "Mía", "kind": "person", "do": "remove"}
            )
            assert answer.status_code == 404
    assert the(alba, "Carmen").email == "carmen@example.com"
