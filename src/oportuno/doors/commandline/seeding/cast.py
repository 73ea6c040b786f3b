"""Who is in the demo: people, their organisations, and how they sign in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from oportuno.kernel.packs.demo import Demo, DemoPerson, DemoSeller
from oportuno.people.organisations.api import Kind, Member, Organisation, Person, Role, found_organisation, join, sign_up

PASSWORD = "una rosa es una rosa"  # noqa: S105  (printed at every start; seeding refuses in production mode)
ROLES = {"owner": Role.OWNER, "seller": Role.SELLER, "manager": Role.MANAGER, "editor": Role.EDITOR, "agent": Role.AGENT}
ZONES = {"CO": "America/Bogota", "MX": "America/Mexico_City", "EC": "America/Guayaquil", "US": "America/New_York"}


@dataclass
class Cast:
    """Everybody by name: people by their key, organisations by the key or slug that the demo calls them."""

    people: dict[str, Person] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    owners: dict[str, Member] = field(default_factory=dict)

    @property
    def operator(self) -> Member:
        """Who reviews, for the market."""
        return self.owners["operator"]

    @property
    def first_seller(self) -> Member:
        """Whom a newcomer signs in as: the first of the people who owns a seller."""
        own = {person.pk for person in self.people.values()}
        return next(one for one in self.owners.values() if one.organisation.kind == Kind.SELLER and one.person.pk in own)


def gather(demo: Demo, at: datetime) -> Cast:
    """Let the people sign up and found their organisations."""
    cast = Cast()
    for one in demo.people:
        cast.people[one.key] = _person(one.name, one.email, one.language, at, password=PASSWORD)
    year_ago = at - timedelta(days=400)
    for organisation in demo.organisations:
        owner = _owner_of(organisation.key, demo.people, cast)
        kind = Kind(organisation.kind) if organisation.kind in Kind.values else Kind.PROFESSIONAL
        _found(cast, organisation.key, organisation.name, kind, organisation.country, "", owner, year_ago)
    for seller in demo.sellers:
        _seller(cast, demo, seller, at)
    for person in demo.people:
        _join_others(cast, person, at)
    return cast


def _seller(cast: Cast, demo: Demo, seller: DemoSeller, at: datetime) -> None:
    owner = _owner_of(seller.slug, demo.people, cast) or _person(f"{seller.name} (demo)", seller.email, "es-co", at, password=None)
    joined = at - timedelta(days=seller.joined_days_ago)
    _found(cast, seller.slug, seller.name, Kind.SELLER, seller.country, seller.currency, owner, joined)


def _found(cast: Cast, key: str, name: str, kind: Kind, country: str, currency: str, owner: Person | None, at: datetime) -> None:
    if owner is None:
        owner = next(iter(cast.people.values()))
    organisation = found_organisation(
        name=name, kind=kind, country=country, owner=owner, at=at, slug=key, currency=currency, time_zone=ZONES[country]
    )
    cast.organisations[key] = organisation
    cast.owners[key] = Member(owner, organisation, Role.OWNER)


def _owner_of(key: str, people: tuple[DemoPerson, ...], cast: Cast) -> Person | None:
    """Whoever of the cast owns it, or runs it as the operator's staff."""
    for person in people:
        if any(role.organisation == key and role.role in ("owner", "staff") for role in person.roles):
            return cast.people[person.key]
    return None


def _join_others(cast: Cast, person: DemoPerson, at: datetime) -> None:
    for role in person.roles:
        if role.organisation in cast.organisations and role.role in ROLES and role.role != "owner":
            join(organisation=cast.organisations[role.organisation], person=cast.people[person.key], role=ROLES[role.role], at=at)


def _person(name: str, email: str, language: str, at: datetime, *, password: str | None) -> Person:
    spoken = {"es": "es-co", "en": "en"}.get(language, language)
    return sign_up(email=email, name=name, password=password, at=at, language=spoken, is_demo=True)
