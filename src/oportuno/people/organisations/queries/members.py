"""Who belongs where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from oportuno.kernel.errors import NotFound
from oportuno.kernel.isolation import for_organisation, for_person
from oportuno.people.organisations import rules
from oportuno.people.organisations.models import Membership, Organisation, Person, Role


@dataclass(frozen=True)
class Member:
    """A signed-in person acting in one of her organisations. What every action gets as `by`."""

    person: Person
    organisation: Organisation
    role: str

    @property
    def id(self) -> UUID:
        """The person's id: who did it, in facts and in the audit."""
        return self.person.pk

    @property
    def role_label(self) -> str:
        return str(Role(self.role).label)

    def may(self, permission: str) -> bool:
        return rules.may(self.role, permission)


def member_for(person: Person, organisation_slug: str) -> Member:
    """The person as a member of that organisation now. Raises NotFound for a stranger and for a slug that is nobody's."""
    with for_person(person.pk):
        found = Organisation.objects.filter(slug=organisation_slug, closed_at__isnull=True).first()
        membership = found and Membership.objects.filter(organisation_id=found.pk, person_id=person.pk, ended_at__isnull=True).first()
    if not found or not membership:
        raise NotFound
    return Member(person, found, membership.role)


def memberships_of(person: Person) -> list[Member]:
    """Every organisation the person belongs to now, by name."""
    with for_person(person.pk):
        roles = dict(Membership.objects.filter(person_id=person.pk, ended_at__isnull=True).values_list("organisation_id", "role"))
        found = Organisation.objects.filter(pk__in=roles, closed_at__isnull=True).order_by("name")
        return [Member(person, organisation, roles[organisation.pk]) for organisation in found]


def operator() -> Organisation:
    """The organisation that runs this market. Raises NotFound before the market is set up."""
    found = Organisation.objects.filter(kind="operator").first()
    if found is None:
        raise NotFound(_("This market has no operator yet: whoever sets it up runs ./oportuno seed."))
    return found


@dataclass(frozen=True)
class Teammate:
    """A member as the team page shows her."""

    person: Person
    role: str
    since: datetime

    @property
    def role_label(self) -> str:
        return str(Role(self.role).label)


def team_of(member: Member) -> list[Teammate]:
    """Everybody in the organisation now, owners first. Two queries, however many they are."""
    with for_organisation(member.organisation.pk):
        rows = list(Membership.objects.filter(organisation_id=member.organisation.pk, ended_at__isnull=True).order_by("since"))
    people = Person.objects.in_bulk([row.person_id for row in rows])
    team = [Teammate(people[row.person_id], row.role, row.since) for row in rows if row.person_id in people]
    return sorted(team, key=lambda mate: (list(Role.values).index(mate.role), mate.since))


def people_who_may(organisation: Organisation, permission: str) -> list[Person]:
    """Members whose role has the permission now, by name. Two queries, however many they are."""
    roles = [role for role in Role.values if rules.may(role, permission)]
    with for_organisation(organisation.pk):
        now_here = Membership.objects.filter(organisation_id=organisation.pk, ended_at__isnull=True, role__in=roles)
        members = list(now_here.values_list("person_id", flat=True))
    return list(Person.objects.filter(pk__in=members, is_active=True).order_by("name", "pk"))


def editors_and(organisation: Organisation, writer: UUID | None) -> list[Person]:
    """Who may publish there, and after them who wrote something, while she still writes for it. Four queries."""
    editors = people_who_may(organisation, "publish content")
    known = {one.pk for one in editors}
    wrote = [one for one in people_who_may(organisation, "write content") if one.pk == writer] if writer not in known else []
    return [*editors, *wrote]
