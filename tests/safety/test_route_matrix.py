"""Every address × method × role: who may, may; for everybody else nothing is there, and nothing happens (T01, I1, I3)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.core.cache import cache
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.test import Client, RequestFactory

from oportuno.kernel.policies import Policy, declare, operations_of
from oportuno.kernel.routes import Route
from oportuno.people.organisations.api import MemberRequest, member
from oportuno.people.organisations.testing import Actor
from tests.safety import answers
from tests.safety.examples import METHODS, Door, doors, values_for, without
from tests.safety.market import ABSENT, Market, checksum

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ONE_MARKET = True
SIGNING_IN = ("account_logout", "account_signup", "organisations:closure")  # they end what the rest of the walk needs


def knock(client: Client, method: str, address: str, **headers: str) -> HttpResponse:
    cache.clear()  # a pace for strangers is another test's story
    return answers.ask(client, method, address, **headers)  # type: ignore[arg-type]


@contextmanager
def undone() -> Iterator[None]:
    """What somebody may change stays as it was for whoever comes next."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def told(wrong: list[str]) -> str:
    return f"{len(wrong)} answers are wrong:\n" + "\n".join(wrong[:60])


def test_it_knows_a_policy_and_an_example_for_every_address(market: Market) -> None:
    missing = []
    for door in doors():
        try:
            assert door.address(values_for(door, market))
        except AssertionError as error:
            missing.append(str(error).splitlines()[0])
    assert not missing, "\n".join(missing)


def test_it_breaks_nowhere_whoever_comes(market: Market) -> None:
    """Doors for all, and for whoever signed in."""
    wrong = []
    for door in doors():
        if answers.is_private(door) or door.name in SIGNING_IN:
            continue
        address = door.address(values_for(door, market))
        for who, client in {**market.outsiders, "alba": market.alba.client, "dario": market.dario.client}.items():
            for method, policy in door.policies.items():
                answer = knock(client, method, address)
                if answer.status_code >= 500:
                    wrong.append(f"{who} {method} {address}: {answer.status_code}")
                if policy.audience == "person" and who == "stranger" and not answers.refused_to_stranger(policy, answer):
                    wrong.append(f"{who} {method} {address}: {answer.status_code}, but must sign in first")
    assert not wrong, told(wrong)


def test_it_shows_outsiders_nothing_and_lets_them_change_nothing(market: Market) -> None:
    wrong, before = [], checksum(market.organisation)
    for door in doors():
        if not any(policy.audience in ("member", "operator") for policy in door.policies.values()):
            continue
        values = values_for(door, market)
        for who, client in {**market.outsiders, "dario or alba": stranger_to(door, market)}.items():
            wrong += outsider(door, values, who, client)
    assert not wrong, told(wrong)
    assert checksum(market.organisation) == before


def stranger_to(door: Door, market: Market) -> Client:
    """The market's owner at a seller's door, a seller's owner at the market's."""
    return (market.alba if door.policies["GET"].audience == "operator" else market.dario).client


def outsider(door: Door, values: dict[str, object], who: str, client: Client) -> list[str]:
    """What is wrong when somebody who does not belong knocks at a door with an object that is there."""
    wrong = []
    nowhere = without(door, values, "organisation")
    for method, policy in door.policies.items():
        answer = knock(client, method, door.address(values))
        fits = answers.refused_to_stranger if who == "stranger" else answers.refused_to_outsider
        if not fits(policy, answer):
            wrong.append(f"{who} {method} {door.address(values)}: {answer.status_code}")
        absent = knock(client, method, door.address(nowhere))
        if answers.plain(answer, str(values["organisation"])) != answers.plain(absent, str(nowhere["organisation"])):
            wrong.append(f"{who} {method} {door.address(values)}: tells that the organisation is there")
    return wrong


def test_it_does_not_let_gala_reach_albas_objects_from_her_own_workbench(market: Market) -> None:
    """Her own organisation in the address, Alba's object behind it (T03): the same as an object that is not there."""
    wrong, before = [], checksum(market.organisation)
    for door in doors():
        if door.policies["GET"].audience not in ("member",) or not door.children:
            continue
        values = {**values_for(door, market), "organisation": market.gala.member.organisation.slug}
        wrong += mixed(door, values, market.gala)
    assert not wrong, told(wrong)
    assert checksum(market.organisation) == before


OPEN_WORDS = {"step", "part", "requirement", "kind", "format", "name", "ending", "sort", "number", "key"}
"""Parameters that are words of the address, the same for everybody."""


def mixed(door: Door, values: dict[str, object], who: Actor) -> list[str]:
    wrong = []
    for parameter in door.children:
        if parameter in OPEN_WORDS and str(values[parameter]).count("-") != 4:
            continue
        nobodys = without(door, values, parameter)
        for method in METHODS:
            theirs, none = (knock(who.client, method, door.address(one)) for one in (values, nobodys))
            if theirs.status_code not in (400, 404, 405, 422):  # 422: what was sent is wrong, whatever is there
                wrong.append(f"Gala {method} {door.address(values)}: {theirs.status_code}")
            if answers.plain(theirs, str(values[parameter])) != answers.plain(none, str(nobodys[parameter])):
                wrong.append(f"Gala {method} {door.address(values)}: tells that <{parameter}> is there")
    return wrong


def test_it_lets_each_role_do_what_its_role_may(market: Market) -> None:
    wrong = []
    for door in doors():
        policy = door.policies["GET"]
        if policy.audience not in ("member", "operator") or door.name in SIGNING_IN:
            continue
        values = values_for(door, market)
        team = {"owner": market.dario, "analyst": market.clerk} if policy.audience == "operator" else market.team
        for role, actor in team.items():
            for method in METHODS:
                with undone():
                    answer = knock(actor.client, method, door.address(values))
                if not answers.fits_member(policy, role, answer):
                    wrong.append(f"{role} {method} {door.address(values)}: {answer.status_code} ({policy.permission})")
    assert not wrong, told(wrong)


def test_it_opens_the_api_to_the_right_key_only(market: Market) -> None:
    wrong, before = [], checksum(market.organisation)
    for door in doors():
        for method, policy in door.policies.items():
            if policy.audience != "key":
                continue
            values = values_for(door, market)
            for key, token in {"": "", **market.keys}.items():
                if key == "all":
                    continue
                answer = knock(Client(), method, door.address(values), **({"HTTP_AUTHORIZATION": f"Bearer {token}"} if token else {}))
                wrong += keyed(door, method, policy, key, answer, values, token)
    assert not wrong, told(wrong)
    after = checksum(market.organisation)
    assert {t for t in before if before[t] != after[t]} <= {"api_key"}  # when a key was last used


def keyed(door: Door, method: str, policy: Policy, key: str, answer: HttpResponse, values: dict[str, object], token: str) -> list[str]:
    """What is wrong with an answer to a key: none, a wrong one, one without the scope, one of Gala's."""
    address, status = door.address(values), answer.status_code
    if status == 405 or method not in operations_of(door.name):
        return [] if status == 405 else [f"{method} {address}: {status}, an operation that nobody declared"]
    if key in ("", "wrong") and status != 401:
        return [f"key {key!r} {method} {address}: {status} without a valid key"]
    if key == "none" and policy.permission != "stock:write" and status != 403:
        return [f"{method} {address}: {status} without the scope {policy.permission}"]
    if key == "gala" and door.children:
        absent = knock(Client(), method, door.address(without(door, values, door.children[0])), HTTP_AUTHORIZATION=f"Bearer {token}")
        named = str(values[door.children[0]])
        if status not in (404, 422) or answers.plain(answer, named) != answers.plain(
            absent, str(without(door, values, door.children[0])[door.children[0]])
        ):
            return [f"Gala's key {method} {address}: {status}, another answer than for what is not there ({absent.status_code})"]
    return [f"{method} {address}: {status}"] if status >= 500 else []


def test_it_keeps_what_is_a_persons_own_from_other_persons(market: Market) -> None:
    """Carmen's sign-ins, saved searches and data."""
    wrong = []
    for door in doors():
        if door.policies["GET"].audience != "person" or not door.children:
            continue
        values = values_for(door, market)
        nobodys = without(door, values, door.children[0])
        for who, actor in {"gala": market.gala, "alba": market.alba}.items():
            for method in METHODS:
                theirs, none = (knock(actor.client, method, door.address(one)) for one in (values, nobodys))
                named = str(values[door.children[0]]), str(nobodys[door.children[0]])
                if answers.plain(theirs, named[0]) != answers.plain(none, named[1]):
                    wrong.append(f"{who} {method} {door.address(values)}: {theirs.status_code}, not there: {none.status_code}")
    assert not wrong, told(wrong)


# What the matrix must catch: a door without a policy, one that leaks a foreign object, one that tells that it is there.


def undeclared(request: HttpRequest) -> HttpResponse:
    return HttpResponse("come in")


def leaking(request: HttpRequest, organisation: str, contact: str) -> HttpResponse:
    """Finds any contact by its id, whoever asks."""
    return JsonResponse({"contact": contact})


def telling(request: HttpRequest, organisation: str, contact: str) -> HttpResponse:
    """Says no in another way when it is there."""
    if str(ABSENT) in contact:
        raise Http404
    return HttpResponse(status=404)


def test_it_would_see_a_door_without_a_policy() -> None:
    with pytest.raises(AssertionError, match="declares no policy"):
        list(doors([Route("desk/<slug:organisation>/open/", "x:open", undeclared, None)]))


def test_it_would_see_an_address_whose_object_nobody_named(market: Market) -> None:
    door = next(doors([Route("desk/<slug:organisation>/<uuid:balloon>/", "x:balloon", undeclared, Policy("member", "see"))]))
    with pytest.raises(AssertionError, match="no example for <balloon>"):
        values_for(door, market)


@pytest.mark.parametrize("view", [leaking, telling])
def test_it_would_see_a_door_that_leaks_or_tells(
    market: Market, view: Callable[..., HttpResponse], monkeypatch: pytest.MonkeyPatch
) -> None:
    door = next(doors([Route("desk/<slug:organisation>/broken/<uuid:contact>/", "x:broken", view, Policy("member", "see"))]))
    values = {**values_for(door, market), "organisation": market.gala.member.organisation.slug}

    def answer(client: Client, method: str, address: str, **headers: str) -> HttpResponse:
        request = RequestFactory().generic(method, address)
        try:
            return view(request, "x", address.rstrip("/").rpartition("/")[2])
        except Http404:
            return HttpResponse("nothing here", status=404)

    monkeypatch.setattr(answers, "ask", answer)
    assert mixed(door, values, market.gala)


def test_it_would_see_a_permission_that_is_not_asked() -> None:
    assert not answers.fits_member(Policy("member", "manage keys"), "analyst", HttpResponse("keys"))
    assert not answers.refused_to_outsider(Policy("member", "see"), HttpResponse(status=403))


def test_it_guards_before_it_looks() -> None:
    """The guard itself: a view behind `member` is not even called for somebody who is not one."""
    called: list[bool] = []

    def view(request: MemberRequest) -> HttpResponse:
        called.append(True)
        return HttpResponse()

    guarded = member("see")(view)
    assert guarded.policy == Policy("member", "see")  # type: ignore[attr-defined]
    assert declare(Policy("person"), undeclared).policy == Policy("person")  # type: ignore[attr-defined]
    assert called == []
