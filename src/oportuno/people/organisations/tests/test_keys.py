"""Keys for programs: shown once, found by their prefix, dead when revoked."""

from __future__ import annotations

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext

from oportuno.kernel.clock import now
from oportuno.people.organisations.actions import close_organisation
from oportuno.people.organisations.models import ApiKey
from oportuno.people.organisations.queries import key_for, keys_of
from oportuno.people.organisations.testing import Actor


def make(alba: Actor, *scopes: str) -> str:
    page = alba.post(alba.desk("claves/"), {"name": "Bodega", "scopes": scopes or ("stock:write",)}).content.decode()
    found = re.search(r"opk_[a-z0-9]{10}_[\w-]{43}", page)
    assert found
    return found[0]


def test_it_shows_the_token_once_and_keeps_only_its_digest(alba: Actor) -> None:
    token = make(alba)
    assert token not in alba.get(alba.desk("claves/")).content.decode()
    key = keys_of(alba.member)[0]
    assert token.encode() not in bytes(key.digest)
    assert len(bytes(key.digest)) == 32


def test_it_opens_its_organisation_within_its_scopes(alba: Actor) -> None:
    granted = key_for(make(alba, "stock:write", "catalogue:read"))
    assert granted
    organisation, scopes, maker = granted
    assert organisation == alba.organisation
    assert scopes == {"stock:write", "catalogue:read"}
    assert maker == alba.person.pk


def test_it_opens_nothing_with_a_wrong_secret(alba: Actor) -> None:
    token = make(alba)
    for wrong in (
        token[:-1] + ("a" if token[-1] != "a" else "b"),
        token[:14],
        f"{token}x",
        "",
        "opk__",
        "opk_x_y",
        "x" * 5000,
        token.replace("opk", "xxx"),
    ):
        assert key_for(wrong) is None


def test_it_is_dead_the_moment_it_is_revoked(alba: Actor) -> None:
    token = make(alba)
    alba.post(alba.desk(f"claves/{keys_of(alba.member)[0].pk}/revocacion/"))
    assert key_for(token) is None


def test_it_is_dead_when_the_organisation_is_closed(alba: Actor) -> None:
    token = make(alba)
    close_organisation(by=alba.member, typed_name="Flores de Alba", at=now())
    assert key_for(token) is None


def test_it_notes_its_use_but_not_every_time(alba: Actor) -> None:
    token = make(alba)
    key_for(token)
    assert keys_of(alba.member)[0].last_used_at
    with CaptureQueriesContext(
        connection,
    ) as queries:
        key_for(token)
    assert not [q for q in queries if q["sql"].startswith("UPDATE")]


def test_it_refuses_scopes_nobody_declared(alba: Actor) -> None:
    assert alba.post(alba.desk("claves/"), {"name": "Bodega", "scopes": ["everything"]}).status_code == 422
    assert alba.post(alba.desk("claves/"), {"name": "Bodega", "scopes": []}).status_code == 422
    assert keys_of(alba.member) == []


def test_it_is_for_those_who_lead(alba: Actor, beto: Actor, gala: Actor) -> None:
    make(alba)
    key: ApiKey = keys_of(alba.member)[0]
    assert beto.get(beto.desk("claves/")).status_code == 403
    assert gala.get(alba.desk("claves/")).status_code == 404
    assert gala.post(gala.desk(f"claves/{key.pk}/revocacion/")).status_code == 404
    assert keys_of(alba.member)[0].revoked_at is None
