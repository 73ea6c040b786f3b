"""Inviting by mail: a link that works once, for seven days, for the invited address alone."""

from __future__ import annotations

from datetime import timedelta

from django.core.mail import EmailMessage
from django.test import Client

from oportuno.kernel.clock import now
from oportuno.people.organisations.models import Person
from oportuno.people.organisations.queries import member_for, open_invitations
from oportuno.people.organisations.testing import Actor, make_person
from oportuno.people.organisations.tests.helpers import code_in, path_in


def ask(alba: Actor, email: str = "carmen@example.com", role: str = "editor") -> int:
    return alba.post(alba.desk("equipo/invitaciones/"), {"email": email, "role": role}).status_code


def role_of(person: Person, alba: Actor) -> str:
    assert alba.organisation
    return member_for(person, alba.organisation.slug).role


def test_it_lets_a_person_we_know_accept(alba: Actor, carmen: Actor, mailoutbox: list[EmailMessage]) -> None:
    assert ask(alba) == 302
    link = path_in(mailoutbox[0])
    assert "Flores de Alba" in carmen.get(link).content.decode()
    assert carmen.post(link).headers["Location"] == "/desk/flores-de-alba/"
    assert role_of(carmen.person, alba) == "editor"
    assert open_invitations(alba.member) == []


def test_it_works_once(alba: Actor, carmen: Actor, mailoutbox: list[EmailMessage]) -> None:
    ask(alba)
    link = path_in(mailoutbox[0])
    carmen.post(link)
    alba.post(alba.desk(f"equipo/{carmen.person.pk}/salida/"))
    assert Actor(carmen.person).post(link).status_code == 404


def test_it_takes_a_stranger_through_signing_up_and_back(alba: Actor, stranger: Client, mailoutbox: list[EmailMessage]) -> None:
    ask(alba, "nueva@example.com")
    link = path_in(mailoutbox[0])
    assert "/registro/?next=" in stranger.get(link).content.decode()
    stranger.post(
        f"/registro/?next={link}", {"name": "Nueva", "email": "nueva@example.com", "password1": "siete tulipanes rojos", "next": link}
    )
    answer = stranger.post("/registro/codigo/", {"code": code_in(mailoutbox[1])})
    assert answer.headers["Location"] == link
    stranger.post(link)
    assert role_of(Person.objects.get(email="nueva@example.com"), alba) == "editor"


def test_it_opens_nothing_for_somebody_it_was_forwarded_to(alba: Actor, eva: Actor, mailoutbox: list[EmailMessage]) -> None:
    ask(alba)
    link = path_in(mailoutbox[0])
    page = eva.get(link).content.decode()
    assert "c•••@example.com" in page
    assert "carmen@example.com" not in page
    assert eva.post(link).headers["Location"] == link
    assert eva.get(alba.desk("equipo/")).status_code == 404
    assert len(open_invitations(alba.member)) == 1


def test_it_opens_nothing_for_an_address_that_was_only_claimed(alba: Actor, mailoutbox: list[EmailMessage]) -> None:
    ask(alba, "claimed@example.com")
    liar = make_person("Liar", "claimed@example.com")
    liar.emailaddress_set.update(verified=False)
    actor = Actor(liar)
    actor.post(path_in(mailoutbox[0]))
    assert actor.get(alba.desk("equipo/")).status_code == 404


def test_it_asks_an_address_once_and_says_so_kindly(alba: Actor, beto: Actor, mailoutbox: list[EmailMessage]) -> None:
    assert ask(alba) == 302
    assert ask(alba, "CARMEN@example.com") == 409
    assert ask(alba, "beto@example.com") == 409
    assert ask(alba, "not an address") == 422
    assert len(mailoutbox) == len(open_invitations(alba.member)) == 1


def test_it_runs_out_after_seven_days_and_can_be_sent_again(alba: Actor, carmen: Actor, mailoutbox: list[EmailMessage]) -> None:
    ask(alba)
    late = now() + timedelta(days=7, seconds=1)
    assert carmen.at(late).get(path_in(mailoutbox[0])).status_code == 404
    invitation = open_invitations(alba.member)[0]
    alba.at(late).post(alba.desk(f"equipo/invitaciones/{invitation.pk}/envio/"))
    assert carmen.at(late).get(path_in(mailoutbox[0])).status_code == 404
    assert carmen.at(late).get(path_in(mailoutbox[1])).status_code == 200


def test_it_dies_when_it_is_withdrawn(alba: Actor, carmen: Actor, mailoutbox: list[EmailMessage]) -> None:
    ask(alba)
    alba.post(alba.desk(f"equipo/invitaciones/{open_invitations(alba.member)[0].pk}/retiro/"))
    assert carmen.post(path_in(mailoutbox[0])).status_code == 404
    assert ask(alba) == 302


def test_it_does_not_let_gala_touch_it(alba: Actor, gala: Actor, mailoutbox: list[EmailMessage]) -> None:
    ask(alba)
    invitation = open_invitations(alba.member)[0]
    for verb in ("envio", "retiro"):
        assert gala.post(gala.desk(f"equipo/invitaciones/{invitation.pk}/{verb}/")).status_code == 404
    assert len(mailoutbox) == 1


def test_it_stops_after_twenty_in_a_day(alba: Actor, mailoutbox: list[EmailMessage]) -> None:
    answers = [ask(alba, f"guest{n}@example.com") for n in range(21)]
    assert answers == [302] * 20 + [429]
    assert len(mailoutbox) == 20
