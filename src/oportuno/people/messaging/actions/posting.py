"""Bulletins: a row of intent for each reader before anything goes out, and each reader's mail once.

    frame = make_frame(subject=…, text=…, html=…, …)      # words with {{ fields }}, the same for everybody
    post_many(frame, readers, at=at)                      # a thousand rows a statement; the same reader twice is once

The job `messaging.post` then takes batches: what law and readers forbid is held back in the transaction that marks the
rest as being sent; it is printed and handed over on pipelined lines; the results are written in one statement. Rows
that a dead worker left half sent are looked up in the relay's log before anything is sent again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from oportuno.kernel.errors import Broken, NotFound, Refusal
from oportuno.kernel.ids import new_id
from oportuno.kernel.isolation import acting_organisation
from oportuno.kernel.jobs import defer
from oportuno.people.messaging.models import Channel, MailFrame, MailLink, Purpose
from oportuno.people.messaging.queries.frames import feet, origin_of, sender_name
from oportuno.people.messaging.queries.rendering import one_line
from oportuno.people.messaging.queries.ruled import rules_of
from oportuno.people.messaging.rules.bulk import addresses_in, fields_in
from oportuno.people.messaging.rules.bulk.tracking import TRAP
from oportuno.people.organisations.api import Organisation

BATCH = 1000
LONGEST_HTML = 400_000  # characters; Gmail cuts a mail at 102 kB
JOBS: dict[str, str] = {Channel.EMAIL: "messaging.post", Channel.SMS: "messaging.text_many"}
INTENT = """
INSERT INTO message (id, organisation_id, channel, key, purpose, to_address, to_name, from_name, contact_id, frame_id, fields, template, language,
    subject, text, html, way_out, agreed_to, secret, bound, country, zones, parts, reference, state, tries, tries_unclear, told, created_at, next_at)
SELECT r.id, %(organisation)s, 'email', %(frame)s::text || ':' || r.contact, %(purpose)s, r.address, r.name, %(from_name)s, r.contact, %(frame)s,
    r.fields::jsonb, '', %(language)s, %(subject)s, '', '', '', %(agreed_to)s, false, %(bound)s, r.country, r.zones::varchar[], 0, '', 'queued', 0, 0,
    '', %(at)s, %(at)s
FROM unnest(%(c0)s::uuid[], %(c1)s::uuid[], %(c2)s::text[], %(c3)s::text[], %(c4)s::text[], %(c5)s::text[], %(c6)s::text[])
    AS r (id, contact, address, name, fields, country, zones)
ON CONFLICT (organisation_id, key) DO NOTHING
"""


@dataclass(frozen=True)
class Reader:
    """Who gets a bulletin: an address that is already in its normal form, and what stands in his fields."""

    contact: UUID
    address: str
    name: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    country: str = ""
    zones: tuple[str, ...] = ()


def make_frame(
    *,
    organisation: int,
    subject: str,
    text: str,
    html: str,
    language: str,
    at: datetime,
    purpose: str = Purpose.MARKETING,
    agreed_to: str = "",
    sender: str = "",
    reply_to: str = "",
    track: bool = True,
) -> MailFrame:
    """What is the same for everybody. Acts for the organisation. Raises Refusal for a bulletin without words.

    `sender` is the name above it, else the organisation's; `reply_to` a checked address for answers. Marketing without `{{ way_out }}` among its words gets a foot: who writes,
    from where, why, and the ways out. Printing knows the fields `way_out` and `preferences` by itself.
    `track`: each http(s) address without fields in it is printed as one of ours, where the organisation wants that at all.
    """
    if not one_line(subject) or not text.strip() or not html.strip():
        raise Refusal(_("A bulletin needs a subject, a text and its HTML."))
    if len(html) > LONGEST_HTML:
        raise Refusal(_("This bulletin is too long for a mail."))
    if purpose == Purpose.MARKETING and not agreed_to:
        raise Broken("A marketing bulletin needs the consent it rests on.")
    owner = Organisation.objects.get(pk=organisation)
    addresses = addresses_in(html, text)  # those of its own words, not of the foot
    if purpose == Purpose.MARKETING:
        text, html = feet(owner, language, text, html)
    tracks = track and rules_of(organisation).tracks
    frame = MailFrame.objects.create(
        purpose=purpose, agreed_to=agreed_to, language=language, from_name=sender_name(owner, sender), reply_to=reply_to,
        subject=one_line(subject)[:300], text=text, html=html, track=tracks, origin=origin_of(owner), created_at=at,
    )  # fmt: skip
    if tracks and addresses:
        _keep(addresses, frame)
    return frame


def _keep(addresses: list[str], frame: MailFrame) -> None:
    """Each address once, and one that only machines see: it leads home."""
    rows = [(TRAP, f"{frame.origin}/"), *enumerate(addresses, start=TRAP + 1)]
    MailLink.objects.bulk_create([MailLink(frame=frame, number=number, address=address) for number, address in rows])


def post_many(frame: MailFrame, readers: Iterable[Reader], *, at: datetime) -> int:
    """Rows of intent for these readers, in the running transaction; how many were new. Memory is that of a batch."""
    asked = fields_in(frame.subject, frame.text, frame.html)
    waiting, new = iter(readers), 0
    while batch := list(islice(waiting, BATCH)):
        new += _write(frame, batch, asked, at)
    start(frame)
    return new


def start(frame: MailFrame, at: datetime | None = None) -> None:
    """Have a worker go on with it, now or at a moment. One at a time works on a bulletin."""
    defer(
        JOBS[frame.channel],
        organisation=frame.organisation_id,
        frame=str(frame.pk),
        at=at,
        once=f"post {frame.pk} {at.isoformat() if at else ''}",
        one_at_a_time=f"post {frame.pk}",
    )


def stop(frame: UUID, *, stopped: bool = True) -> None:
    """Halt a bulletin before its next batch, or let it go on. One that a guard halted goes on by `go_on` alone."""
    if not MailFrame.objects.filter(organisation_id=acting_organisation(), pk=frame, stopped_why="").update(stopped=stopped):
        raise NotFound
    if not stopped:
        start(MailFrame.objects.get(organisation_id=acting_organisation(), pk=frame))


def _write(frame: MailFrame, batch: list[Reader], asked: frozenset[str], at: datetime) -> int:
    columns = [
        [new_id() for _ in batch],
        [one.contact for one in batch],
        [one.address for one in batch],
        [one_line(one.name)[:160] for one in batch],
        [json.dumps({name: one.fields[name] for name in asked if name in one.fields}) for one in batch],
        [one.country for one in batch],
        ["{" + ",".join(one.zones) + "}" for one in batch],
    ]
    same = {
        "organisation": frame.organisation_id, "frame": frame.pk, "purpose": frame.purpose, "agreed_to": frame.agreed_to,
        "from_name": frame.from_name, "language": frame.language, "subject": frame.subject, "bound": frame.purpose == Purpose.MARKETING,
        "at": at,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(INTENT, {**same, **{f"c{number}": column for number, column in enumerate(columns)}})
        return int(cursor.rowcount)
