"""Places that others fill or link to."""

from __future__ import annotations

from oportuno.kernel.routes import spoken
from oportuno.kernel.slots import slot
from oportuno.people.organisations.models import Organisation, Person
from oportuno.people.organisations.queries import memberships_of

MY_ACCOUNT = slot("my account", "/mi-cuenta/, below name and organisations: what else is kept about the person", takes="person")


def workbench(organisation: Organisation) -> str:
    """Where an organisation works, in the reader's language. Not reversed: the page belongs to a door above."""
    return spoken(f"/desk/{organisation.slug}/")


def workbench_of(person: Person) -> str:
    """The workbench of her first organisation; "" when she has none."""
    return next((workbench(member.organisation) for member in memberships_of(person)), "")
