"""The rarer visitors and methods at every door: HEAD and OPTIONS, who was a member, staff without a second factor, keys of one scope."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client

from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_organisation
from oportuno.kernel.policies import operations_of
from oportuno.people.organisations.actions import change_role, end_membership, join, revoke_key
from oportuno.people.organisations.api import SCOPES, Role, create_key
from oportuno.people.organisations.models import ApiKey, Person
from oportuno.people.organisations.testing import Actor, make_person
from tests.safety import answers
from tests.safety.examples import Door, doors, values_for
from tests.safety.market import Market, checksum

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ONE_MARKET = True


def workbench(market: Market) -> Iterator[tuple[Door, str]]:
    """Doors of the workbench, with an address of something that is there."""
    for door in doors():
        if door.policies["GET"].audience in ("member", "operator"):
            yield door, door.address(values_for(door, market))


def joined(market: Market, boss: Actor, name: str, role: str) -> Actor:
    person = make_person(name)
    join(organisation=boss.member.organisation, person=person, role=Role(role), at=now())
    return Actor(person, boss.organisation)


def test_it_answers_head_and_options_to_nobody_it_would_not_answer_get(market: Market) -> None:
    wrong = []
    for door, address in workbench(market):
        policy = door.policies["GET"]
        for who, client in (("stranger", Client()), ("gala", market.gala.client)):
            for method in ("HEAD", "OPTIONS", "TRACE", "PROPFIND"):
                cache.clear()
                answer = answers.ask(client, method, address)
                fits = answers.refused_to_stranger if who == "stranger" else answers.refused_to_outsider
                if not fits(policy, answer):
                    wrong.append(f"{who} {method} {address}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)


def test_it_is_closed_to_whoever_was_a_member(market: Market) -> None:
    """Rosa was an owner of Alba's, and of the market's, until a moment ago. Her browser is signed out, and signing in again does not help."""
    bosses = {"member": market.alba, "operator": market.dario}
    gone = {audience: joined(market, boss, f"Rosa {audience}", "owner") for audience, boss in bosses.items()}
    for audience, boss in bosses.items():
        assert gone[audience].get(boss.desk()).status_code == 200
        end_membership(person=gone[audience].person.pk, by=boss.member, at=now())
        assert answers.is_login(gone[audience].get(boss.desk()))
        gone[audience].client.force_login(gone[audience].person)
    wrong, before = [], checksum(market.organisation)
    for door, address in workbench(market):
        policy = door.policies["GET"]
        for method in ("GET", "POST"):
            cache.clear()
            answer = answers.ask(gone[policy.audience].client, method, address)
            if not answers.refused_to_outsider(policy, answer):
                wrong.append(f"who was a member: {method} {address}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)
    assert checksum(market.organisation) == before


def test_it_sends_staff_without_a_second_factor_to_get_one(market: Market) -> None:
    """Nina owns the market as Darío does, but is nobody of a demo, and has only a password."""
    nina = joined(market, market.dario, "Nina", "owner")
    Person.objects.filter(pk=nina.person.pk).update(is_demo=False)
    wrong, before = [], checksum(market.organisation)
    for door, address in workbench(market):
        if door.policies["GET"].audience != "operator":
            continue
        for method in ("GET", "POST"):
            cache.clear()
            answer = answers.ask(nina.client, method, address)
            if answer.status_code != 405 and (answer.status_code, answer.headers.get("Location")) != (302, "/mi-cuenta/seguridad/"):
                wrong.append(f"{method} {address}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)
    assert checksum(market.organisation) == before


def test_it_opens_each_operation_to_its_own_scope_alone(market: Market) -> None:
    keys = {scope: create_key(name=scope, scopes=(scope,), by=market.alba.member, at=now()).token for scope in SCOPES}
    wrong = []
    for door, method, permission in operations(market):
        for scope, token in keys.items():
            status = knock(door, market, method, token)
            if (status in (401, 403)) == (scope == permission) or status >= 500:
                wrong.append(f"{scope}: {method} {door.path}: {status} (asks for {permission})")
    assert not wrong, "\n".join(wrong)


def test_it_knows_no_key_that_was_revoked_nor_of_whoever_may_make_none(market: Market) -> None:
    """Revoked; made by somebody who left; by somebody whose role is a lesser one now; by somebody whose account is closed."""
    tokens, at = {}, now()
    makers = {why: joined(market, market.alba, f"Maker {why}", "manager") for why in ("revoked", "left", "lesser", "closed")}
    for why, maker in makers.items():
        tokens[why] = create_key(name=why, scopes=SCOPES, by=maker.member, at=at).token
        assert knock(next(operations(market))[0], market, "GET", tokens[why]) == 200
    with for_organisation(market.organisation):
        revoke_key(key=ApiKey.objects.get(name="revoked").pk, by=market.alba.member, at=at)
    end_membership(person=makers["left"].person.pk, by=market.alba.member, at=at)
    change_role(person=makers["lesser"].person.pk, role=Role.ANALYST, by=market.alba.member, at=at)
    Person.objects.filter(pk=makers["closed"].person.pk).update(is_active=False)
    open_still = [
        f"{why}: {method} {door.path}"
        for door, method, _permission in operations(market)
        for why, token in tokens.items()
        if knock(door, market, method, token) != 401
    ]
    assert not open_still, "\n".join(open_still)


def operations(market: Market) -> Iterator[tuple[Door, str, str]]:
    """Each operation that asks for a key: its door, its method, its scope."""
    for door in doors():
        for method, policy in operations_of(door.name).items():
            if policy.audience == "key":
                yield door, method, policy.permission


def knock(door: Door, market: Market, method: str, token: str) -> int:
    cache.clear()
    return answers.ask(Client(), method, door.address(values_for(door, market)), None, HTTP_AUTHORIZATION=f"Bearer {token}").status_code
