"""A small market in which Alba owns at least one row of every kind, and everybody else has a role or no business there.

A new kind of private row is made here, through its app's front door; until then the matrix says what is missing.
"""

from __future__ import annotations

import io
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client

from oportuno.doors.marketplace.api import show_pack
from oportuno.kernel import packs
from oportuno.kernel.clock import now
from oportuno.kernel.isolation import OrganisationField, for_organisation
from oportuno.kernel.jobs import Lease
from oportuno.offer.catalogue import api as catalogue
from oportuno.offer.directory import api as directory
from oportuno.offer.directory.testing import fill_in, make_seller
from oportuno.offer.knowledge.testing import show_article
from oportuno.offer.search import api as search
from oportuno.offer.sites.actions.themes import hand_in_theme
from oportuno.offer.sites.testing import theme_file
from oportuno.people.audience import api as audience
from oportuno.people.audience.testing import make_contact
from oportuno.people.messaging.actions.sending import send_written
from oportuno.people.organisations.actions import invite
from oportuno.people.organisations.api import SCOPES, Kind, Role, create_key, join
from oportuno.people.organisations.testing import Actor, make_organisation, make_person
from tests.safety.plenty import own_rarities

CANARY = "Canario de Alba"
ROLES = ("manager", "seller", "editor", "agent", "analyst")
ABSENT = UUID("01890000-0000-7000-8000-000000000000")


@dataclass
class Market:
    """The cast, by role. `alba` and the members belong to the same seller; `dario` and `clerk` run the market."""

    alba: Actor
    members: dict[str, Actor]
    dario: Actor
    clerk: Actor
    gala: Actor
    eva: Actor
    carmen: Actor
    keys: dict[str, str] = field(default_factory=dict)
    ids: dict[str, Any] = field(default_factory=dict)
    harvest: dict[int, list[tuple[Any, str]]] = field(default_factory=dict)
    """Forms found on its pages (`tests.safety.forms`), for each who stands for Alba."""

    @property
    def outsiders(self) -> dict[str, Client]:
        """Who has no business in Alba's organisation."""
        return {"stranger": Client(), "carmen": self.carmen.client, "gala": self.gala.client, "eva": self.eva.client}

    @property
    def team(self) -> dict[str, Actor]:
        return {"owner": self.alba, **self.members}

    @property
    def organisation(self) -> int:
        return int(self.alba.member.organisation.pk)


def build() -> Market:
    """The market, with the flowers vertical installed."""
    cache.clear()
    pack = packs.load("flores")
    directory.install_pack(pack, now())
    catalogue.install_pack(pack, at=now())
    show_pack(pack=pack, at=now())
    alba, gala, eva, dario = (_owner(*who) for who in OWNERS)
    market = Market(
        alba=alba,
        members={},
        dario=dario,
        clerk=_joined(dario, "Celia", "analyst"),
        gala=gala,
        eva=eva,
        carmen=Actor(make_person("Carmen")),
    )
    market.members = {role: _joined(alba, f"{CANARY} {role}", role) for role in ROLES}
    for owner in (alba, gala):
        make_seller(owner, dario)
        for have in (own_things, own_rarities):
            have(owner, CANARY if owner is alba else "Cosa de Gala")
    show_article(
        slug="cuidar-rosas",
        seller=alba.member.organisation.slug,
        title={"es": "Cuidar rosas"},
        body={"es": "Agua fresca."},
        tags=["rosas"],
        at=now(),
    )
    _waiting_application()
    _waiting_theme()
    _carmens_things(market)
    market.keys = {
        "all": _key(alba, *SCOPES),
        "none": _key(alba, "stock:write"),
        "gala": _key(gala, *SCOPES),
        "wrong": "opk_aaaaaaaaaa_" + "x" * 43,
    }
    return market


OWNERS = (
    ("Alba", "Flores de Alba", Kind.SELLER),
    ("Gala", "Viveros Gala", Kind.SELLER),
    ("Eva", "Eva Socios", Kind.PARTNER),
    ("Dario", "El Mercado", Kind.OPERATOR),
)


def _owner(name: str, organisation: str, kind: Kind) -> Actor:
    person = make_person(name)
    return Actor(person, make_organisation(organisation, owner=person, kind=kind))


def _joined(owner: Actor, name: str, role: str) -> Actor:
    person = make_person(name, f"{name.lower().replace(' ', '.')}@example.com")
    join(organisation=owner.member.organisation, person=person, role=Role(role), at=now())
    return Actor(person, owner.organisation)


def _key(owner: Actor, *scopes: str) -> str:
    return create_key(name=f"Clave {len(scopes)}", scopes=scopes, by=owner.member, at=now()).token


def own_things(owner: Actor, name: str) -> None:
    """One of everything that a seller has."""
    member, at = owner.member, now()
    with for_organisation(member.organisation.pk):
        directory.open_point(said=directory.SaidPoint(name=f"{name} punto"), by=member, at=at)
        contact = make_contact(member.organisation, f"c{member.organisation.pk}@example.com", f"{name} contacto")
        audience.add_note(contact=contact, text=f"{name} nota", by=member, at=at)
        audience.tag_all(contacts=[contact.pk], add=[f"{name} etiqueta"], remove=[], by=member, at=at)
        audience.save_selection(name=f"{name} selección", filters={"stage": "lead"}, by=member, at=at)
        _question(owner, name)
        _message(owner, name)
        invite(email=f"i{member.organisation.pk}@example.com", role=Role.EDITOR, by=member, at=at)
        words = catalogue.Words(title_es=f"{name} producto", description_es=f"{name} descripción")
        offer = catalogue.create_product(words=words, listing=catalogue.Listing(sku=f"SKU {name}"), by=member.id, at=at, on_hand=3)
        catalogue.show_many(offers=[offer.pk], active=True, by=member.id, at=at)
        file = io.BytesIO(b"sku,title_es\nA,Rosa\n")
        catalogue.start_import(name=f"{name}.csv", at=at, currency="COP", by=member.id, file=file)
        people = io.BytesIO(
            f"Nombre,Correo,Celular\n{name} importada,i{member.organisation.pk}@example.com,\n{name} torcida,no es,1\n".encode()
        )
        brought = audience.start_import(name=f"{name} gente.csv", at=at, by=member.id, file=people)
        audience.run_import(Lease(0, 0, member.organisation.pk, "audience.import"), brought.pk)


def _question(owner: Actor, name: str) -> None:
    email = audience.addresses.email(f"c{owner.member.organisation.pk}@example.com")
    assert email
    how = audience.Circumstances("question form")
    audience.ask(organisation=owner.member.organisation, email=email, text=f"{name} pregunta", circumstances=how, at=now(), proven=True)


def _message(owner: Actor, name: str) -> None:
    send_written(
        subject=f"{name} mensaje", text=f"{name} texto", html="<p>x</p>", to=f"c{owner.member.organisation.pk}@example.com",
        organisation=owner.member.organisation.pk, language="es-co", key=f"safety {name}", at=now(),
    )  # fmt: skip


def _waiting_application() -> None:
    """Somebody else's application, that waits for the market."""
    hugo = make_person("Hugo")
    applicant = Actor(hugo, make_organisation("Hugo Flores", owner=hugo))
    fill_in(applicant.member, now())
    with for_organisation(applicant.member.organisation.pk):
        directory.submit_application(by=applicant.member, at=now())


def _waiting_theme() -> None:
    """Somebody else's theme, that waits for the market."""
    irene = make_person("Irene")
    designer = Actor(irene, make_organisation("Irene Diseña", owner=irene, kind=Kind.PROFESSIONAL))
    with for_organisation(designer.member.organisation.pk):
        hand_in_theme(file=theme_file("Cayena"), by=designer.member, at=now())


def _carmens_things(market: Market) -> None:
    """Carmen is a contact of Alba's who proved her address, and saved a search."""
    make_contact(market.alba.organisation, "carmen@example.com", "Carmen")
    audience.recognise(person=market.carmen.person.pk, addresses=["carmen@example.com"], at=now())
    with connection.cursor() as cursor:  # what people asked is counted by a job; one question is enough here
        cursor.execute(
            "INSERT INTO search_demand (text, shown, language, place, times, unmet, results, askers, recent, first_at, last_at)"
            " VALUES ('rosa azul', 'rosa azul', 'es', '', 3, 3, 0, 3, 1, now(), now())"
        )
    search.save_search(query=search.Query(text="rosas"), name="Rosas", person=market.carmen.person, at=now())


def private_tables() -> list[str]:
    """Every table whose rows belong to an organisation."""
    return sorted(m._meta.db_table for m in apps.get_models() if any(isinstance(f, OrganisationField) for f in m._meta.local_fields))


def checksum(organisation: int, only: Collection[str] | None = None) -> dict[str, str]:
    """Of all private rows of an organisation (in `only` these tables), by table: what nobody else may have changed."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE oportuno_market")
        found = {}
        for table in private_tables():
            if only is not None and table not in only:
                continue
            cursor.execute(
                f"SELECT md5(COALESCE(string_agg(md5(t::text), '' ORDER BY md5(t::text)), '')) FROM {table} t WHERE organisation_id = %s",
                [organisation],
            )
            found[table] = str(cursor.fetchone()[0])
        cursor.execute("RESET ROLE")
    return found


def first(table: str, where: str = "true", *values: Any, column: str = "id") -> Any:
    """A column of the first row of a table, seen as the market."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE oportuno_market")
        cursor.execute(f"SELECT {column} FROM {table} WHERE {where} ORDER BY 1 LIMIT 1", list(values))
        row = cursor.fetchone()
        cursor.execute("RESET ROLE")
    return row[0] if row else None
