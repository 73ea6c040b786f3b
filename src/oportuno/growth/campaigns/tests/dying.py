"""A campaign's worker that dies while it walks through an audience, at a moment that somebody chose.

python dying.py prepare READERS                       prints the organisation and the campaign, on its way
python dying.py walk ORGANISATION CAMPAIGN EVENT      goes on with it, and dies at that statement (0: never); prints phase and state
python dying.py do ORGANISATION CAMPAIGN ACT          pause, go_on or call_off, as a member presses it
python dying.py tell ORGANISATION CAMPAIGN            prints what there is of it
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from typing import Any
from uuid import UUID

import django

django.setup()

from django.db import connection

from oportuno.growth.campaigns.actions import controlling, sending
from oportuno.growth.campaigns.actions.scheduling import schedule
from oportuno.growth.campaigns.models import Campaign
from oportuno.growth.campaigns.queries.figures import figures_of
from oportuno.growth.campaigns.queries.invariants import PROMISES
from oportuno.growth.campaigns.testing import MONDAY, SUNDAY, written
from oportuno.kernel.ids import new_id
from oportuno.kernel.isolation import for_market, for_organisation
from oportuno.kernel.jobs import Lease
from oportuno.people.audience.testing import Consent, ConsentState, Contact, make_contact
from oportuno.people.messaging.api import Message
from oportuno.people.organisations.api import Member, Organisation, Person, member_for
from oportuno.people.organisations.testing import Actor, make_organisation, make_person

BATCH = 100
"""So that an audience is many batches, each with a moment to die in."""


def prepare(readers: int) -> None:
    person = make_person("Muere")
    actor = Actor(person, make_organisation("Muere", owner=person))
    assert actor.organisation
    first = make_contact(actor.organisation, "first@example.com")
    with for_organisation(actor.organisation.pk):
        evidence = Consent.objects.create(contact=first, channel="email", purpose="bulletin", deed="given", how="x", at=SUNDAY)
        people = [
            Contact(id=new_id(), email=f"r{n}@example.com", display_name=f"R {n}", created_at=SUNDAY, last_seen_at=SUNDAY)
            for n in range(readers)
        ]
        Contact.objects.bulk_create(people, batch_size=1000)
        agreed = {"channel": "email", "purpose": "bulletin", "standing": "given", "since": SUNDAY, "evidence": evidence}
        ConsentState.objects.bulk_create([ConsentState(contact=one, **agreed) for one in people], batch_size=1000)
    campaign = written(actor)
    with for_organisation(actor.organisation.pk):
        schedule(campaign=campaign.pk, by=actor.member, at=MONDAY)
    print(actor.organisation.pk, campaign.pk)


def walk(organisation: int, campaign: UUID, event: int) -> None:
    sending.BATCH = BATCH
    left = [event]

    def statement(execute: Callable[..., Any], *asked: Any) -> Any:
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(*asked)

    with connection.execute_wrapper(statement):
        sending.walk(Lease(0, 0, organisation, "campaigns.walk"), campaign, at=MONDAY)
    tell(organisation, campaign)


def do(organisation: int, campaign: UUID, act: str) -> None:
    with for_organisation(organisation):
        getattr(controlling, act)(campaign=campaign, by=owner_of(organisation), at=MONDAY)


def owner_of(organisation: int) -> Member:
    return member_for(Person.objects.get(email="muere@example.com"), Organisation.objects.get(pk=organisation).slug)


def tell(organisation: int, campaign: UUID) -> None:
    with for_organisation(organisation):
        found = Campaign.objects.get(pk=campaign)
        figures = figures_of(found)
        rows = Message.objects.exclude(frame=None)
        said = {
            "state": found.state, "phase": found.phase, "gathered": found.gathered, "messages": rows.count(),
            "readers": rows.values("contact").distinct().count(), "audience": figures.audience, "waiting": figures.waiting,
            "suppressed": figures.suppressed,
        }  # fmt: skip
    with for_market("a test counts"):
        broken = {name: broke() for name, (_promise, broke) in PROMISES.items() if name != "driven"}
    print(json.dumps({**said, "broken": sum(broken.values())}))


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["prepare", readers]:
            prepare(int(readers))
        case ["walk", organisation, campaign, event]:
            walk(int(organisation), UUID(campaign), int(event))
        case ["do", organisation, campaign, act]:
            do(int(organisation), UUID(campaign), act)
        case ["tell", organisation, campaign]:
            tell(int(organisation), UUID(campaign))
