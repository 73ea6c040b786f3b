"""Contacts that may be the same: pairs with the reasons for it, the likeliest first. They are found beforehand: see `actions.likening`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from oportuno.people.audience.models import Contact, LikelyPair, LikenessLook
from oportuno.people.organisations.api import Member

PAGE = 20
MOST_COUNTED = 1_000
MOST_BESIDE = 5
Place = tuple[int, UUID, UUID]


@dataclass(frozen=True)
class Pair:
    """Two contacts, the one that is known longer first. `reasons` are codes, `words` the same in the reader's language."""

    one: Contact
    other: Contact
    reasons: list[str]
    words: list[str]


@dataclass(frozen=True)
class Pairs:
    """`next` is where the following page begins, or "" at the end. `looked_at`: when all contacts were looked over; None: not yet.

    `count` goes to a thousand and no further.
    """

    pairs: list[Pair]
    next: str
    count: int
    looked_at: datetime | None


def duplicates_of(member: Member, *, after: str = "", size: int = PAGE) -> Pairs:
    """A page of pairs. `after` is the `next` of the page before."""
    here = member.organisation.pk
    rows = LikelyPair.objects.filter(organisation_id=here).order_by("rank", "first_id", "second_id")
    count = rows[:MOST_COUNTED].count()
    if place := _place(after):
        rank, first, second = place
        beyond = Q(rank__gt=rank) | Q(rank=rank, first_id__gt=first) | Q(rank=rank, first_id=first, second_id__gt=second)
        rows = rows.filter(beyond, rank__gte=rank)
    found = list(rows[: size + 1])
    more, found = len(found) > size, found[:size]
    following = f"{found[-1].rank}_{found[-1].first_id}_{found[-1].second_id}" if more else ""
    looked = LikenessLook.objects.filter(organisation_id=here).values_list("looked_at", flat=True).first()
    return Pairs(_pairs(here, found), following, count, looked)


def like(contact: Contact) -> list[Contact]:
    """Who may be the same as this one, the likeliest first. Two look-ups by index."""
    own = LikelyPair.objects.filter(organisation_id=contact.organisation_id).filter(Q(first_id=contact.pk) | Q(second_id=contact.pk))
    others = [
        two.second_id if two.first_id == contact.pk else two.first_id for two in own.order_by("rank", "first_id", "second_id")[:MOST_BESIDE]
    ]
    found = Contact.objects.filter(organisation_id=contact.organisation_id).in_bulk(others)
    return [found[one] for one in others if one in found]


def words_of(reasons: Sequence[str]) -> list[str]:
    """Reasons in the reader's language, the strongest first; what a stronger one says already is left out."""
    words = {
        "email": _("The same e-mail"),
        "mailbox": _("The same mailbox, written in another way"),
        "phone": _("The same phone"),
        "name": _("The same name, and the same place or company"),
        "near": _("A similar name, and the same place or company"),
    }
    return [
        told
        for key, told in words.items()
        if key in reasons and not (key == "near" and "name" in reasons) and not (key == "mailbox" and "email" in reasons)
    ]


def _pairs(here: int, rows: Sequence[LikelyPair]) -> list[Pair]:
    contacts = Contact.objects.filter(organisation_id=here).in_bulk({one for row in rows for one in (row.first_id, row.second_id)})
    found = []
    for row in rows:
        both = [contacts[one] for one in (row.first_id, row.second_id) if one in contacts]
        if len(both) == 2:
            one, other = sorted(both, key=lambda contact: (contact.created_at, contact.pk))
            found.append(Pair(one, other, list(row.reasons), words_of(row.reasons)))
    return found


def _place(after: str) -> Place | None:
    rank, _bar, rest = after.partition("_")
    first, _bar, second = rest.partition("_")
    try:
        return min(max(int(rank), 0), 9), UUID(first), UUID(second)
    except ValueError:
        return None
