"""Whoever owns an address sees, takes out, corrects and erases what is kept of her: with a mailed link, and no account."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse

from oportuno.kernel.clock import now, stopped_at
from oportuno.kernel.isolation import for_organisation
from oportuno.people.audience import api
from oportuno.people.audience.actions.knowing import tag
from oportuno.people.audience.actions.own_link import SALT, own_link_for
from oportuno.people.audience.models import ConsentState, Contact, Identity
from oportuno.people.audience.testing import FORM, filled_in, make_contact, rows
from oportuno.people.messaging.testing import all_messages, link_in
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db
ASKING = "/mis-datos/"


@pytest.fixture
def carmen_s(alba: Actor, gala: Actor, dario: Actor) -> list[Contact]:
    """What Alba and Gala know of Carmen; Alba also of Ximena."""
    make_contact(alba.organisation, "ximena@example.com", "Ximena")
    return [make_contact(one.organisation, "carmen@example.com", "Carmen") for one in (alba, gala)]


def link_of(email: str = "carmen@example.com") -> str:
    return urlsplit(own_link_for(email, "es-co", now())).path


def test_the_owner_gets_the_link_and_sees_what_each_keeps(stranger: Client, carmen_s: list[Contact]) -> None:
    asked = filled_in(stranger, ASKING, email="Carmen@example.com")
    assert (asked.status_code, asked.headers["Location"]) == (302, reverse("audience:own-link-sent"))
    [mail] = all_messages()
    assert mail.to_address == "carmen@example.com"
    shown = Client().get(link_in(mail, ASKING)).content.decode()
    assert "Flores de Alba" in shown
    assert "Viveros Gala" in shown
    assert "Ximena" not in shown


def test_nobody_learns_whether_an_address_is_known(stranger: Client, carmen_s: list[Contact]) -> None:
    known, unknown = (filled_in(stranger, ASKING, email=f"{name}@example.com") for name in ("carmen", "nobody"))
    assert (known.status_code, known.headers["Location"], known.content) == (
        unknown.status_code,
        unknown.headers["Location"],
        unknown.content,
    )
    assert [one.to_address for one in all_messages()] == ["carmen@example.com"]


def test_nobody_fills_the_letterbox_of_another(carmen_s: list[Contact]) -> None:
    for name in ("carmen", "nobody"):
        answers = [
            filled_in(Client(), ASKING, email=f"{name}@example.com", at=now() + timedelta(minutes=turn)).status_code for turn in range(7)
        ]
        assert answers == [302] * 5 + [429] * 2
    assert len(all_messages()) == 5


def test_a_link_that_is_old_or_not_ours_opens_nothing(stranger: Client, carmen_s: list[Contact]) -> None:
    path = link_of()
    assert stranger.get(path).status_code == 200
    with stopped_at(now() + timedelta(hours=25)):
        assert stranger.get(path).status_code == 404
        assert stranger.post(f"{path}{carmen_s[0].pk}/borrado/").status_code == 404
    other = signing.dumps(["carmen@example.com", int(now().timestamp())], salt="another")
    assert signing.loads(other, salt="another")
    assert SALT != "another"
    assert stranger.get(f"/mis-datos/{other}/").status_code == 404
    assert len(rows_of(carmen_s[0])) == 1


def test_it_takes_out_corrects_withdraws_and_erases(alba: Actor, gala: Actor, stranger: Client, carmen_s: list[Contact]) -> None:
    mine, other = carmen_s
    with for_organisation(alba.member.organisation.pk):
        tag(contact=mine, add=["vip"], by=alba.member, at=now())
        api.give(contact=mine, agreed=api.Agreed("bulletin", words="Sí, quiero"), circumstances=FORM, at=now())
    path = link_of()
    taken = json.loads(stranger.get(f"{path}descarga/").content)
    assert {one["organisation"] for one in taken["organisations"]} == {"Flores de Alba", "Viveros Gala"}
    albas = next(one for one in taken["organisations"] if one["organisation"] == "Flores de Alba")
    assert (albas["tags"], albas["consents"][0]["words"]) == (["vip"], "Sí, quiero")
    assert any(one["kind"] == "audience.contact_tagged" for one in albas["history"])
    said = {"display_name": "Carmen Rojas", "place": "Cali", "country": "CO", "language": "es-co"}
    assert stranger.post(f"{path}{mine.pk}/correccion/", said).status_code == 302
    [now_known] = rows_of(mine)
    assert (now_known.display_name, now_known.name_key, now_known.place) == ("Carmen Rojas", "carmen rojas", "Cali")
    assert rows_of(other)[0].display_name == "Carmen"
    wrong = stranger.post(f"{path}{mine.pk}/correccion/", {**said, "language": "xx"})
    assert wrong.status_code == 422
    assert stranger.post(f"{path}{mine.pk}/retiro/", {"purpose": "bulletin", "channel": "email"}).status_code == 302
    assert [one.standing for one in rows(alba.organisation, ConsentState)] == ["withdrawn"]
    assert stranger.post(f"{path}{mine.pk}/borrado/").status_code == 302
    assert rows_of(mine) == []
    assert len(rows_of(other)) == 1
    assert [one.display_name for one in rows(alba.organisation, Contact)] == ["Ximena"]


def test_what_was_noted_about_her_is_hers_to_read_and_who_wrote_it_is_not(
    alba: Actor, beto: Actor, stranger: Client, carmen_s: list[Contact]
) -> None:
    [ximena] = rows(alba.organisation, Contact, display_name="Ximena")
    with for_organisation(alba.member.organisation.pk):
        api.add_note(contact=carmen_s[0], text="Paga a 30 días\n<b>siempre</b>", by=beto.member, at=now())
        api.add_note(contact=ximena, text="De otra persona", by=beto.member, at=now())
    shown = stranger.get(link_of()).content.decode()
    assert "Paga a 30 días<br>&lt;b&gt;siempre" in shown
    taken = stranger.get(f"{link_of()}descarga/").content.decode()
    notes = {one["organisation"]: [note["text"] for note in one["notes"]] for one in json.loads(taken)["organisations"]}
    assert notes == {"Flores de Alba": ["Paga a 30 días\n<b>siempre</b>"], "Viveros Gala": []}
    for told in (shown, taken):
        assert "De otra persona" not in told
        assert beto.person.name not in told
        assert str(beto.member.id) not in told


def test_a_link_reaches_nobody_else(alba: Actor, stranger: Client, carmen_s: list[Contact]) -> None:
    [eva] = rows(alba.organisation, Contact, display_name="Ximena")
    for part in ("correccion", "retiro", "borrado"):
        assert stranger.post(f"{link_of()}{eva.pk}/{part}/", {"purpose": "bulletin", "channel": "email"}).status_code == 404
    assert rows(alba.organisation, Contact, pk=eva.pk)[0].display_name == "Ximena"


def test_an_address_that_is_shared_shows_its_first_owner_alone(alba: Actor, stranger: Client, carmen_s: list[Contact]) -> None:
    [eva] = rows(alba.organisation, Contact, display_name="Ximena")
    with for_organisation(alba.member.organisation.pk):
        Identity.objects.create(
            contact=eva, kind="email", value="carmen@example.com", key="carmen@example.com", shared=True, created_at=now()
        )
    assert "Ximena" not in stranger.get(link_of()).content.decode()


def test_who_signs_in_corrects_it_too(alba: Actor, carmen: Actor, gala: Actor, carmen_s: list[Contact]) -> None:
    carmen.get("/mi-cuenta/mis-datos/")
    said = {"display_name": "Carmen Rojas", "language": "en"}
    assert carmen.post(f"/mi-cuenta/mis-datos/{carmen_s[0].pk}/correccion/", said).status_code == 302
    assert rows_of(carmen_s[0])[0].language == "en"
    [eva] = rows(alba.organisation, Contact, display_name="Ximena")
    assert carmen.post(f"/mi-cuenta/mis-datos/{eva.pk}/correccion/", said).status_code == 404


def rows_of(contact: Contact) -> list[Any]:
    with for_organisation(contact.organisation_id):
        return list(Contact.objects.filter(pk=contact.pk))
