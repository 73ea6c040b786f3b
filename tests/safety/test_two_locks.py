"""Two locks, each tried alone: the database's without the application's filters, and the other way round (I2, T02)."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import connection, connections
from django.test import Client
from psycopg_pool import ConnectionPool

from oportuno.kernel.clock import now
from oportuno.kernel.embedded import Cluster
from oportuno.kernel.errors import Broken
from oportuno.kernel.isolation import OrganisationField, for_organisation, for_person, for_public
from oportuno.kernel.jobs import defer
from oportuno.kernel.jobs.defining import JOBS
from oportuno.offer.directory import api as directory
from oportuno.offer.directory.testing import make_seller
from oportuno.offer.knowledge.testing import show_article
from oportuno.people.organisations.models import Membership
from oportuno.people.organisations.testing import Actor, make_organisation, make_person
from tests.safety import answers
from tests.safety.examples import Door, doors, values_for
from tests.safety.market import CANARY, Market, build, first, own_things, private_tables
from tests.safety.plenty import own_rarities

pytestmark = pytest.mark.slow


def private_models() -> list[Any]:
    return [m for m in apps.get_models() if any(isinstance(f, OrganisationField) for f in m._meta.local_fields)]


@pytest.mark.django_db
def test_the_database_alone_shows_an_organisation_only_its_own_rows(market: Market) -> None:
    """No filter of ours at all: every row of every private table, asked for as Gala's organisation."""
    gala = market.gala.member.organisation.pk
    with for_organisation(gala):
        seen = {m.__name__: set(m._base_manager.order_by().values_list("organisation_id", flat=True)) for m in private_models()}
    assert {name: owners for name, owners in seen.items() if owners - {gala}} == {}


OF_NO_SELLER = {
    "guide_dossier": "what anybody takes along is the operator's",
    "saved_search": "a search that a person keeps is the market's row",
    "public_question": "what people ask all experts is the operator's",
    "public_question_listener": "who asked all experts is the operator's contact",
    "glossary_term": "words of the trade are the operator's",
    "ebook": "books are the operator's",
    "ebook_edition": "books are the operator's",
    "answer_review": "how answers are reviewed is the operator's choice",
}


@pytest.mark.django_db
def test_there_is_something_to_leak_in_every_private_table(market: Market) -> None:
    """Or the locks would be tried on nothing: a new kind of row is made in tests/safety/plenty.py."""
    owners = {"Alba": market.organisation, "Gala": market.gala.member.organisation.pk}
    empty = [
        f"{who} has nothing in {table}"
        for table in private_tables()
        if table not in OF_NO_SELLER
        for who, organisation in owners.items()
        if first(table, "organisation_id = %s", organisation, column="organisation_id") is None
    ]
    assert not empty, "\n".join(empty)


@pytest.mark.django_db
def test_the_database_alone_shows_anybody_only_what_is_published(market: Market) -> None:
    with for_public():
        seen = {m.__name__: list(m._base_manager.order_by().values()[:500]) for m in private_models()}
    hidden = {name: rows for name, rows in seen.items() if any(row.get("published") is not True for row in rows)}
    assert hidden == {}
    assert seen["Seller"]


@pytest.mark.django_db
def test_the_database_alone_shows_a_person_only_her_own(market: Market) -> None:
    with for_person(market.carmen.person.pk):
        seen = {m.__name__: list(m._base_manager.order_by().values()) for m in private_models()}
    others = {n for n, rows in seen.items() for row in rows if row.get("person_id") != market.carmen.person.pk}
    assert others == set()
    assert seen["Contact"]


@pytest.mark.django_db
def test_nobody_in_particular_sees_nothing(market: Market) -> None:
    assert {m.__name__ for m in private_models() if m._base_manager.exists()} == set()


@pytest.fixture
def unlocked() -> None:
    unlock()


def unlock() -> None:
    """This process's own clone, with row-level security off. The next test gets a fresh one."""
    cluster = Cluster(Path(os.environ["OPORTUNO_TEST_CLUSTER"]), durable=False)
    name = connections["default"].settings_dict["NAME"]
    with psycopg.connect(**cluster.dsn("superuser", name), autocommit=True) as owner:
        tables = owner.execute(
            "SELECT relname FROM pg_class WHERE relforcerowsecurity AND relnamespace = 'public'::regnamespace"
        ).fetchall()
        for (table,) in tables:
            owner.execute(f'ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY')


@pytest.mark.django_db(transaction=True)
def test_the_application_alone_shows_gala_nothing_of_albas(unlocked: None) -> None:
    """The workbench and the API without row-level security: whatever Gala reads has none of Alba's words."""
    market = build()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT organisation_id) FROM membership")
        assert cursor.fetchone()[0] > 2, "row-level security is still on: this proves nothing"
    leaks = [f"{address}: {found}" for address, found in read_as_gala(market)]
    assert not leaks, "\n".join(leaks)


def read_as_gala(market: Market) -> Iterator[tuple[str, str]]:
    words = [CANARY, f"c{market.organisation}@example.com", f"i{market.organisation}@example.com"]
    key = {"HTTP_AUTHORIZATION": f"Bearer {market.keys['gala']}"}
    for door in doors():
        policy = door.policies["GET"]
        if policy.audience not in ("member", "key"):
            continue
        values = values_for(door, market)
        if "organisation" in values:
            values["organisation"] = market.gala.member.organisation.slug
        cache.clear()
        client, headers = (market.gala.client, {}) if policy.audience == "member" else (Client(), key)
        answer = answers.ask(client, "GET", door.address(values), None, **headers)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
        for word in words:
            if word.encode() in body.replace(door.address(values).encode(), b""):
                yield door.address(values), word


HIDDEN, ARTICLE = "Escondido", "articulo-de-irma"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("locked", [True, False])
def test_nobody_is_shown_what_is_not_published(locked: bool) -> None:
    """Irma is suspended: no public page, feed or operation tells of her, with row-level security or without."""
    if not locked:
        unlock()
    market = build()
    irma = hidden_seller(market)
    leaks = []
    for door in doors():
        policy = door.policies["GET"]
        if policy.audience not in ("public", "open", "person") or "nothing is looked up" in policy.why:
            continue
        values = values_for(door, market)
        for client in (Client(), market.carmen.client):
            for query in ({}, {"q": "producto"}):
                for address in {door.address(values), door.address({**values, **theirs(door, irma)})}:
                    cache.clear()
                    answer = answers.ask(client, "GET", address, query)
                    body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
                    said = body.decode("utf-8", "replace").replace(address, "")
                    if re.search(HIDDEN, said, re.I):
                        leaks.append(f"{address} {query}: {answer.status_code}")
    assert not leaks, "\n".join(leaks)


def hidden_seller(market: Market) -> Actor:
    """Somebody who was on show with one of everything, and is suspended since a moment."""
    person = make_person("Irma")
    irma = Actor(person, make_organisation(f"{HIDDEN} Flores", owner=person))
    seller = make_seller(irma, market.dario)
    for have in (own_things, own_rarities):
        have(irma, HIDDEN)
    words = {"es": f"{HIDDEN} artículo"}
    show_article(slug=ARTICLE, seller=irma.member.organisation.slug, title=words, body=words, tags=["rosas"], at=now())
    with for_organisation(market.dario.member.organisation.pk):
        directory.suspend_seller(seller=seller.pk, reason="Se mudó sin avisar.", by=market.dario.member, at=now())
    return irma


def named_there(door: Door, organisation: int) -> dict[str, object]:
    """Irma's article in an address of the knowledge centre."""
    columns = {"number": "number", "slug": "slug_before" if door.name == "knowledge:former" else "slug"}
    found: dict[str, object] = {
        name: first(
            "knowledge_article", "organisation_id = %s AND published AND slug_before = %s", organisation, ARTICLE, column=columns[name]
        )
        for name in columns
        if name in dict(door.parameters)
    }
    more = {"version": 1, "ending": "txt"}
    return {**found, **{name: value for name, value in more.items() if name in dict(door.parameters)}} if found else {}


def theirs(door: Door, irma: Actor) -> dict[str, object]:
    """Irma's own objects for the parameters of a public address."""
    organisation = irma.member.organisation
    if door.name.startswith("knowledge:") and (named := named_there(door, organisation.pk)):
        return named
    kept = {"slug": "product", "digest": "picture", "document": "document", "product": "product"}
    columns = {"slug": "slug", "digest": "digest", "product": "slug"}
    found: dict[str, object] = {"seller": organisation.slug}
    for name, _kind in door.parameters:
        if name in kept and name != "seller":
            found[name] = first(kept[name], "organisation_id = %s", organisation.pk, column=columns.get(name, "id"))
    return {name: value for name, value in found.items() if value is not None and name in dict(door.parameters)}


@pytest.mark.django_db(transaction=True)
def test_a_thousand_mixed_requests_on_four_connections_never_mix() -> None:
    """Two organisations by turns, each request a transaction on whichever pooled connection is free."""
    market = build()
    pairs = [(one.member.organisation.pk, one.person.pk) for one in (market.alba, market.gala)]
    given = connections["default"].get_connection_params()
    given = {name: value for name, value in given.items() if name not in ("pool", "cursor_factory", "context")}
    mixes: list[object] = []
    with ConnectionPool(kwargs={**given, "options": "-c role=oportuno_app"}, min_size=4, max_size=4) as pool:
        threads = [threading.Thread(target=ask, args=(pool, pairs, turn, mixes)) for turn in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert mixes == []


def ask(pool: ConnectionPool, pairs: list[tuple[int, Any]], turn: int, mixes: list[object]) -> None:
    """125 requests, each as `for_organisation` does it: SET LOCAL, read, end."""
    for n in range(125):
        organisation, _person = pairs[(n + turn) % 2]
        with pool.connection() as one, one.transaction():
            before = one.execute("SELECT count(*) FROM membership").fetchone()
            one.execute("SELECT set_config('role', 'oportuno_app', true), set_config('app.organisation', %s, true)", [str(organisation)])
            owners = {row[0] for row in one.execute("SELECT organisation_id FROM membership").fetchall()}
            if owners != {organisation} or before != (0,):
                mixes.append((organisation, owners, before))


@pytest.mark.django_db(transaction=True)
def test_it_would_see_a_setting_of_the_session() -> None:
    """The broken variant: SET without LOCAL stays on the pooled connection, and the next request reads foreign rows."""
    market = build()
    given = connections["default"].get_connection_params()
    given = {name: value for name, value in given.items() if name not in ("pool", "cursor_factory", "context")}
    with ConnectionPool(kwargs={**given, "options": "-c role=oportuno_app"}, min_size=1, max_size=1) as pool:
        with pool.connection() as one:
            one.execute(f"SET app.organisation = '{market.organisation}'")
        with pool.connection() as one:
            assert one.execute("SELECT count(*) FROM membership").fetchone() != (0,)


@pytest.mark.django_db
def test_a_job_without_an_organisation_is_an_error_not_data() -> None:
    wrong = []
    for name, kind in JOBS.items():
        if kind.scope == "organisation":
            try:
                defer(name)
                wrong.append(name)
            except Broken:
                continue
    assert wrong == []
    assert any(kind.scope == "organisation" for kind in JOBS.values())


@pytest.mark.django_db
def test_a_new_row_without_an_organisation_is_an_error() -> None:
    with pytest.raises(Broken):
        Membership.objects.create(person_id="01890000-0000-7000-8000-000000000000", role="owner", since="2026-01-01T00:00:00Z")
