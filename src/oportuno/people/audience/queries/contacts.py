"""The list of contacts: quick with a million rows, a page at a time.

Row-level security lets an index answer `=`, `<` and `>`, but not "resembles" or "has the tag": their operators are not
proof against leaks, so that PostgreSQL would look at every row of the organisation first. Such criteria therefore
choose ids as the market, with the organisation named in the query, and the rows themselves are read as the organisation:
an id of somebody else would show nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.utils import timezone

from oportuno.kernel.errors import NotFound
from oportuno.kernel.isolation import for_market
from oportuno.people.audience.models import ConsentState, Contact, Identity, Selection, Standing
from oportuno.people.audience.queries.fields import fields_of
from oportuno.people.audience.rules.addresses import Given, fold
from oportuno.people.audience.rules.own_fields import OwnField, Unfit, read
from oportuno.people.organisations.api import Member

PAGE = 50
BATCH = 2000
MOST_FOUND = 5_000  # candidates of a search; whoever finds more looks for something narrower
MOST_ALIKE = 500
MOST_SOURCES = 100
LAST = "\U0010ffff"  # after every other character
SOURCES = """
    WITH RECURSIVE known(source) AS (
        (SELECT source FROM contact WHERE organisation_id = %(organisation)s AND source > '' ORDER BY source LIMIT 1)
        UNION ALL
        SELECT (SELECT c.source FROM contact c WHERE c.organisation_id = %(organisation)s AND c.source > known.source ORDER BY c.source LIMIT 1)
        FROM known WHERE known.source IS NOT NULL
    )
    SELECT source FROM known WHERE source IS NOT NULL LIMIT %(most)s
"""
Place = tuple[datetime, UUID]
"""Where a page begins: the last row of the one before."""


@dataclass(frozen=True)
class Filters:
    """What a list of contacts shows. Empty: no condition. `since` is an ISO date of the market's zone; `consent` a purpose agreed to by e-mail; `field` the key of an own field that is, or as text holds, `value`."""

    q: str = ""
    stage: str = ""
    tag: str = ""
    source: str = ""
    consent: str = ""
    since: str = ""
    field: str = ""
    value: str = ""

    def as_dict(self) -> dict[str, str]:
        return {key: value for key, value in asdict(self).items() if value}


@dataclass(frozen=True)
class Page:
    """`next` is where the following page begins, or None at the end."""

    contacts: list[Contact]
    next: Place | None


def contacts_of(member: Member, filters: Filters, *, after: Place | None = None, size: int = PAGE) -> Page:
    """A page of the organisation's contacts, those seen last first. When no name is written like `q`, those that resemble it."""
    rows = _matching(member.organisation.pk, filters, after)
    found = (
        list(rows[: size + 1])
        if not (filters.q or filters.tag or filters.field)
        else _read(_search(member.organisation.pk, filters, rows, size + 1))
    )
    more = len(found) > size
    found = found[:size]
    return Page(found, (found[-1].last_seen_at, found[-1].pk) if more else None)


def all_contacts(member: Member, filters: Filters) -> Iterator[Contact]:
    """Every matching contact, in batches that keep memory flat: for an export."""
    place: Place | None = None
    while True:
        page = contacts_of(member, filters, after=place, size=BATCH)
        yield from page.contacts
        if (place := page.next) is None:
            return


def everybody(organisation: int) -> Iterator[Contact]:
    """All contacts of the organisation we act for, in batches by their ids, the first met first."""
    after: UUID | None = None
    while True:
        own = Contact.objects.filter(organisation_id=organisation)
        batch = list((own.filter(pk__gt=after) if after else own).order_by("pk")[:BATCH])
        yield from batch
        if len(batch) < BATCH:
            return
        after = batch[-1].pk


def contact_for(member: Member, contact: UUID) -> Contact:
    """A contact of the member's organisation, or NotFound."""
    found = Contact.objects.filter(organisation_id=member.organisation.pk, pk=contact).first()
    if found is None:
        raise NotFound
    return found


def contact_to_change(member: Member, contact: UUID) -> Contact:
    """The same as it is now, and nobody else changes it until this transaction ends."""
    found = Contact.objects.select_for_update(of=("self",)).filter(organisation_id=member.organisation.pk, pk=contact).first()
    if found is None:
        raise NotFound
    return found


def contacts_by_address(member: Member, given: Sequence[Given]) -> dict[tuple[str, str], Contact]:
    """Who has these addresses, by (kind, key); whoever shares one is not the one it recognises. Two queries, however many."""
    keys = {(one.kind, one.key) for one in given}
    own = Identity.objects.filter(
        organisation_id=member.organisation.pk, shared=False, kind__in={k for k, _ in keys}, key__in={k for _, k in keys}
    )
    who = {(kind, key): contact for kind, key, contact in own.values_list("kind", "key", "contact_id") if (kind, key) in keys}
    found = Contact.objects.filter(organisation_id=member.organisation.pk).in_bulk(set(who.values()))
    return {key: found[contact] for key, contact in who.items() if contact in found}


def chosen_of(member: Member, ids: Sequence[UUID]) -> Iterator[Contact]:
    """Those of the organisation among the ids, the latest first; what is somebody else's is not there."""
    return iter(Contact.objects.filter(organisation_id=member.organisation.pk, pk__in=ids).order_by("-last_seen_at", "-pk"))


def sources_of(member: Member) -> list[str]:
    """Where contacts came from. Steps from one source to the next by the index: a million contacts are not read for it."""
    with connection.cursor() as cursor:
        cursor.execute(SOURCES, {"organisation": member.organisation.pk, "most": MOST_SOURCES})
        return [source for (source,) in cursor.fetchall()]


def selections_of(member: Member) -> list[Selection]:
    return list(Selection.objects.filter(organisation_id=member.organisation.pk).order_by("name")[:50])


def _matching(organisation: int, filters: Filters, after: Place | None) -> QuerySet[Contact]:
    rows = Contact.objects.filter(organisation_id=organisation).order_by("-last_seen_at", "-pk")
    if after:
        rows = rows.filter(last_seen_at__lte=after[0]).filter(Q(last_seen_at__lt=after[0]) | Q(pk__lt=after[1]))
    if filters.stage:
        rows = rows.filter(stage=filters.stage)
    if filters.source:
        rows = rows.filter(source=filters.source)
    if filters.since:
        day = _day(filters.since)
        rows = rows.filter(last_seen_at__gte=timezone.make_aware(day)) if day else rows.none()
    if filters.field and filters.value:
        rows = _with_own(rows, organisation, filters)
    if filters.consent:
        agreed = ConsentState.objects.filter(
            organisation_id=organisation, purpose=filters.consent, channel="email", standing=Standing.GIVEN
        )
        rows = rows.filter(pk__in=agreed.values("contact_id"))
    return rows


def _day(said: str) -> datetime | None:
    """Its beginning; None for what is no day, or is none that a clock here can name."""
    try:
        found = date.fromisoformat(said)
    except ValueError:
        return None
    return datetime.combine(found, time()) if 1 < found.year < 9999 else None


def _with_own(rows: QuerySet[Contact], organisation: int, filters: Filters) -> QuerySet[Contact]:
    """Nobody, when there is no such field or the value is none of its kind. A part of a text is looked for contact by contact."""
    own = _own(organisation, filters)
    if own is not None and own.kind == "text":
        return rows.alias(said=KeyTextTransform(own.key, "fields")).filter(said__icontains=filters.value)
    wanted = _own_value(own, filters)
    return rows.filter(fields__contains=wanted) if wanted else rows.none()


def _own(organisation: int, filters: Filters) -> OwnField | None:
    return next((one for one in fields_of(organisation) if one.key == filters.field), None)


def _own_value(own: OwnField | None, filters: Filters) -> dict[str, Any]:
    """What a contact's fields hold who has it; empty where there is none, or no index for it."""
    try:
        return {own.key: read(own, filters.value)} if own and own.kind != "text" else {}
    except Unfit:
        return {}


def _search(organisation: int, filters: Filters, rows: QuerySet[Contact], size: int) -> list[UUID]:
    """Ids alone, chosen with the indexes that row-level security keeps from us; see the top of this file."""
    with for_market("indexes of likeness and of tags; the query names one organisation and answers ids"):
        if filters.field and filters.value and (wanted := _own_value(_own(organisation, filters), filters)):
            having = Contact.objects.filter(organisation_id=organisation, fields__contains=wanted).exclude(fields={}).order_by()
            few = list(having.values_list("pk", flat=True)[: MOST_FOUND + 1])
            rows = rows.filter(pk__in=few) if len(few) <= MOST_FOUND else rows  # of many, the walk along the list meets a page soon
        if filters.tag:
            key = [f"{organisation} {filters.tag}"]
            rows = rows.extra(
                where=["contact_tag_keys(contact.organisation_id, contact.tags) @> %s AND contact.tags <> '{}'"], params=[key]
            )
        if not filters.q:
            return list(rows.values_list("pk", flat=True)[:size])
        found = list(rows.filter(pk__in=_exact(organisation, filters.q)).values_list("pk", flat=True)[:size])
        return found or list(rows.filter(pk__in=_alike(organisation, filters.q)).values_list("pk", flat=True)[:size])


def _exact(organisation: int, typed: str) -> QuerySet[Contact, Any]:
    """Whose name holds these letters (begins with them, when they are one or two), or whose e-mail or phone begins so."""
    key, begun = fold(typed), typed.strip().lower()
    named = Contact.objects.filter(organisation_id=organisation)
    named = named.filter(name_key__contains=key) if len(key) > 2 else named.filter(name_key__startswith=key)
    reached = Identity.objects.filter(organisation_id=organisation, kind__in=["email", "phone"], key__gte=begun, key__lt=begun + LAST)
    return named.order_by().values("pk")[:MOST_FOUND].union(reached.order_by().values("contact_id")[:MOST_FOUND])


def _alike(organisation: int, typed: str) -> QuerySet[Contact, Any]:
    """Whose name resembles it, the most alike; chosen apart, or the planner walks the whole list in search of a page."""
    key = fold(typed)
    alike = Contact.objects.filter(organisation_id=organisation).extra(
        select={"likeness": "word_similarity(%s, name_key)"}, select_params=[key], where=["name_key %%> %s"], params=[key]
    )
    nearest = alike.order_by("-likeness").values("pk", "likeness")[:MOST_ALIKE]
    return Contact.objects.filter(pk__in=[row["pk"] for row in nearest]).order_by().values("pk")


def _read(ids: list[UUID]) -> list[Contact]:
    return list(Contact.objects.filter(pk__in=ids).order_by("-last_seen_at", "-pk"))
