"""The team page: who works here, and who may change that."""

from __future__ import annotations

from oportuno.kernel.audit.models import AuditEntry
from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_organisation
from oportuno.people.organisations.actions import create_key, join
from oportuno.people.organisations.models import Role
from oportuno.people.organisations.queries import key_for, team_of
from oportuno.people.organisations.testing import Actor


def roles(actor: Actor) -> dict[str, str]:
    return {mate.person.name: mate.role for mate in team_of(actor.member)}


def audited(actor: Actor) -> list[str]:
    assert actor.organisation
    with for_organisation(actor.organisation.pk):
        return list(AuditEntry.objects.order_by("number").values_list("action", flat=True))


def change(actor: Actor, of: Actor, role: str) -> int:
    return actor.post(actor.desk(f"equipo/{of.person.pk}/rol/"), {"role": role}).status_code


def take_out(actor: Actor, who: Actor) -> int:
    return actor.post(actor.desk(f"equipo/{who.person.pk}/salida/")).status_code


def test_it_shows_everybody_with_her_role(alba: Actor, beto: Actor) -> None:
    page = alba.get(alba.desk("equipo/")).content.decode()
    assert "Alba" in page
    assert "Beto" in page


def test_it_lets_the_owner_change_a_role_and_says_so_in_the_audit(alba: Actor, beto: Actor) -> None:
    assert change(alba, beto, "editor") == 302
    assert roles(alba) == {"Alba": "owner", "Beto": "editor"}
    assert audited(alba) == ["change role"]


def test_it_lets_no_salesperson_change_the_team(alba: Actor, beto: Actor) -> None:
    assert change(beto, beto, "owner") == 403
    assert take_out(beto, alba) == 403
    assert beto.post(beto.desk("equipo/invitaciones/"), {"email": "x@example.com", "role": "owner"}).status_code == 403
    assert roles(alba) == {"Alba": "owner", "Beto": "seller"}
    assert audited(alba) == []


def test_it_lets_a_manager_manage_all_but_owners(alba: Actor, beto: Actor, carmen: Actor) -> None:
    assert alba.organisation
    join(organisation=alba.organisation, person=carmen.person, role=Role.MANAGER, at=now())
    manager = Actor(carmen.person, alba.organisation)
    assert change(manager, beto, "agent") == 302
    assert change(manager, beto, "owner") == 403
    assert change(manager, alba, "seller") == 403
    assert take_out(manager, alba) == 403
    assert roles(alba) == {"Alba": "owner", "Carmen": "manager", "Beto": "agent"}


def test_it_hides_the_team_from_gala(alba: Actor, beto: Actor, gala: Actor) -> None:
    assert gala.get(alba.desk("equipo/")).status_code == 404
    assert gala.post(alba.desk(f"equipo/{beto.person.pk}/salida/")).status_code == 404
    assert gala.post(gala.desk(f"equipo/{beto.person.pk}/salida/")).status_code == 404
    assert roles(alba) == {"Alba": "owner", "Beto": "seller"}


def test_it_shuts_the_door_at_the_next_request_of_somebody_taken_out(alba: Actor, beto: Actor) -> None:
    old = beto.client
    assert old.get(beto.desk("equipo/")).status_code == 200
    assert take_out(alba, beto) == 302
    assert old.get(beto.desk("equipo/")).status_code == 302  # to the sign-in: her old cookie is dead
    assert Actor(beto.person, beto.organisation).get(beto.desk("equipo/")).status_code == 404
    assert audited(alba) == ["end membership"]


def test_it_kills_the_keys_she_made_when_her_place_in_the_team_ends(alba: Actor, carmen: Actor) -> None:
    assert alba.organisation
    join(organisation=alba.organisation, person=carmen.person, role=Role.MANAGER, at=now())
    hers = create_key(name="Bodega", scopes=["stock:write"], by=Actor(carmen.person, alba.organisation).member, at=now()).token
    albas = create_key(name="Sitio", scopes=["stock:write"], by=alba.member, at=now()).token
    assert key_for(hers)
    take_out(alba, carmen)
    assert key_for(hers) is None
    assert key_for(albas)


def test_it_lets_somebody_leave_by_herself_and_keeps_her_signed_in(beto: Actor) -> None:
    answer = beto.post(beto.desk(f"equipo/{beto.person.pk}/salida/"))
    assert answer.headers["Location"] == "/mi-cuenta/"
    assert beto.get("/mi-cuenta/").status_code == 200
    assert beto.get(beto.desk("equipo/")).status_code == 404


def test_it_keeps_the_last_owner(alba: Actor, beto: Actor) -> None:
    assert take_out(alba, alba) == 409
    assert change(alba, alba, "editor") == 409
    assert roles(alba)["Alba"] == "owner"
    assert change(alba, beto, "owner") == 302
    assert take_out(alba, alba) == 302
    assert roles(Actor(beto.person, beto.organisation)) == {"Beto": "owner"}
