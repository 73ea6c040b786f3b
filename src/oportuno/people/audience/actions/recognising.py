"""A person who signs in, and the contacts that organisations hold of her."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from oportuno.kernel.facts import record
from oportuno.kernel.isolation import for_market
from oportuno.people.audience.facts import PersonRecognised
from oportuno.people.audience.models import ConsentState, Contact, Identity, Question


def recognise(*, person: UUID, addresses: Collection[str], at: datetime) -> int:
    """Link every contact that has one of these addresses to the person; how many were new to her.

    `addresses` are e-mail addresses she has proved, and nothing else: what they lead to is hers to see and govern.
    """
    keys = [address.strip().lower() for address in addresses]
    with for_market("a person's address leads to contacts of many organisations"):
        holding = Identity.objects.filter(kind="email", key__in=keys, shared=False).values("contact_id")
        found = Contact.objects.select_for_update().filter(Q(person_id__isnull=True), pk__in=holding)
        owners = dict(found.values_list("pk", "organisation_id"))
        Contact.objects.filter(pk__in=owners).update(person_id=person)
        ConsentState.objects.filter(contact__in=owners).update(person_id=person)
        Question.objects.filter(contact__in=owners).update(person_id=person)
        for contact, organisation in owners.items():
            record(PersonRecognised(contact=contact, by=person, at=at), organisation=organisation)
    return len(owners)


Eraser = Callable[..., Any]
_erasers: dict[str, Eraser] = {}


def erases(name: str, eraser: Eraser) -> None:
    """Register who removes what an app holds of a contact: `eraser(contact=UUID)`, in the contact's organisation.

    Every app that keeps something of a contact registers here; erasing a person calls them all.
    """
    _erasers[name] = eraser


def erasers() -> dict[str, Eraser]:
    """Who would be asked when a contact is erased, by name of the app."""
    return dict(_erasers)
