"""Campaigns: what a bulletin costs before the first mail goes out, and what each reader costs while it is printed.

    python bench/campaigns.py [--quick] [--most NUMBER] [--json FILE]

A bulletin with two conditions (up to four sorts of readers), merge fields, pictures and buttons goes to everybody who agreed: its audience is
walked in batches, each reader's row of intent is written, his sort decided, the words of each sort rendered once. Then its readers'
mails are printed in memory, fields, tracked addresses and ways out put in, without handing them over.
"""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from frame import Size, Workload, clocked, main, several
from scratch import Scratch

AT = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("America/Bogota"))
ROWS, PRINTED = 5_000, 5_000
PARAGRAPH = "Rosas de temporada: tallos de sesenta centímetros, cortados hoy, en agua a los diez minutos y en tu mesa mañana. " * 3
BLOCKS: list[dict[str, Any]] = [
    {"type": "text", "text": 'Hola {{ given_name | "qué tal" }}: esto florece este mes en {{ city | "tu ciudad" }}.', "lead": True},
    *({"type": "text", "text": PARAGRAPH} for _ in range(6)),
    {"type": "button", "label": "Ver las flores", "href": "/buscar/"},
    {"type": "for_whom", "whom": "field:company"},
    {"type": "text", "text": "Para {{ company }}: entregas cada lunes."},
    {"type": "for_whom", "whom": "-field:field_birthday"},
    {"type": "text", "text": "Cuéntanos cuándo cumples años."},
    {"type": "for_whom", "whom": "all"},
    {"type": "button", "label": "Escríbenos", "href": "/mi-cuenta/"},
]


def measure(size: Size) -> Iterator[Workload]:
    for count in size.steps:
        scratch = Scratch("campaigns")
        try:
            yield walked(scratch, count)
        finally:
            scratch.drop()


def walked(scratch: Scratch, count: int) -> Workload:
    """One audience gathered whole, and some of its mails printed."""
    from oportuno.growth.campaigns.actions.sending import walk
    from oportuno.growth.campaigns.queries.figures import report_of
    from oportuno.growth.campaigns.testing import again, lease, scheduled
    from oportuno.kernel.isolation import for_organisation

    alba = owner_of(count)
    scratch.as_owner("VACUUM (ANALYZE) contact", "VACUUM (ANALYZE) consent_state")
    campaign = scheduled(alba, blocks=BLOCKS, at=AT)
    workload = Workload(
        f"campaign to {count:,}",
        f"everybody agreed; {len(BLOCKS)} blocks, two conditions, so up to four sorts of readers; all of their mails tracked",
        "none: each audience is gathered once, in a database of its own",
    )
    used = time.process_time()
    seconds = clocked(lambda: walk(lease(alba), campaign, at=AT))
    workload.add("audience gathered", "readers/s", [count / seconds])
    workload.add("  of processor time", "readers/cpu second", [count / (time.process_time() - used)])
    found = again(alba, campaign)
    if found.gathered != count:
        raise SystemExit(f"{found.gathered:,} of {count:,} were gathered")
    with for_organisation(alba.organisation.pk):
        workload.add("a report", "ms", several(5, lambda: clocked(lambda: report_of(found)) * 1000), less=True)
    sorts, rendering = rendered_sorts(alba, campaign)
    workload.add("rendering one sort of readers (blocks, MJML, inlining)", "ms", rendering, less=True)
    printing, size = printed(alba, campaign)
    workload.add("a reader's mail printed (fields, tracked addresses, ways out)", "mails/cpu second", printing)
    workload.add("peak memory", "MB", [resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024], less=True, goal=300)
    workload.notes.append(f"{sorts} sorts of readers, rendered once each; a mail is {size / 1000:.0f} kB")
    return workload


def owner_of(count: int) -> Any:
    """An organisation with so many contacts who all agreed, a third of them of a company."""
    from oportuno.kernel.ids import new_id
    from oportuno.kernel.isolation import for_organisation
    from oportuno.people.audience.testing import Consent, ConsentState, Contact, make_contact
    from oportuno.people.organisations.testing import Actor, make_organisation, make_person

    person = make_person(f"Campañas {count}", f"campaigns{count}@example.com")
    owner = Actor(person, make_organisation(f"Campañas {count}", owner=person))
    first, since = make_contact(owner.organisation, f"first{count}@example.com"), AT - timedelta(days=1)
    with for_organisation(owner.organisation.pk):
        evidence = Consent.objects.create(contact=first, channel="email", purpose="bulletin", deed="given", how="bench", at=since)
        agreed = {"channel": "email", "purpose": "bulletin", "standing": "given", "since": since, "evidence": evidence}
        for begin in range(0, count, ROWS):
            rows = [_contact(new_id(), number, since, Contact) for number in range(begin, min(begin + ROWS, count))]
            Contact.objects.bulk_create(rows)
            ConsentState.objects.bulk_create([ConsentState(contact=one, **agreed) for one in rows])
    return owner


def _contact(pk: UUID, number: int, since: datetime, kind: Any) -> Any:
    company = "Hotel Centro" if number % 3 == 0 else ""
    return kind(
        id=pk, display_name=f"Lectora {number}", given_name="Lectora", email=f"r{number}@example.com", country="CO", place="Bogotá",
        company_name=company, created_at=since, last_seen_at=since,
    )  # fmt: skip


def rendered_sorts(owner: Any, campaign: UUID, runs: int = 20) -> tuple[int, list[float]]:
    """How many sorts of readers there were, and the milliseconds that one takes."""
    from oportuno.growth.campaigns.models import CampaignFrame
    from oportuno.growth.campaigns.queries.campaigns import campaign_for, versions_of
    from oportuno.growth.campaigns.queries.rendering import rendered
    from oportuno.kernel.isolation import for_organisation

    with for_organisation(owner.organisation.pk):
        found = campaign_for(campaign)
        version = versions_of(found)[0]
        return CampaignFrame.objects.filter(campaign=found).count(), several(
            runs, lambda: clocked(lambda: rendered(found, version, 1)) * 1000
        )


def printed(owner: Any, campaign: UUID) -> tuple[list[float], int]:
    """Mails of one sort of readers, printed and thrown away: how many a second of processor time, and how large they are."""
    from oportuno.growth.campaigns.models import CampaignFrame
    from oportuno.kernel.isolation import for_organisation
    from oportuno.people.messaging.actions import printing
    from oportuno.people.messaging.api import MailFrame, Message

    with for_organisation(owner.organisation.pk):
        frame = MailFrame.objects.get(pk=CampaignFrame.objects.filter(campaign=campaign).order_by("mask")[0].frame_id)
        rows = list(Message.objects.filter(frame=frame).order_by("pk")[:PRINTED])
        press = printing.press_for(frame)
        size = len(printing._mail(press, rows[0]).raw)

        def once() -> float:
            used = time.process_time()
            for row in rows:
                printing._mail(press, row)
            return len(rows) / (time.process_time() - used)

        return several(3, once), size


if __name__ == "__main__":
    main(measure, __doc__)
