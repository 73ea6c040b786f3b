"""Reasons to believe an expert, each with its source: declared, checked by the market, and looked up every night."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlsplit
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from oportuno.kernel.errors import NotFound, Refusal
from oportuno.kernel.facts import record
from oportuno.offer.experts.actions.experts import own_expert
from oportuno.offer.experts.facts import CredibilityDeclared
from oportuno.offer.experts.models import Point, PointKind, PointState
from oportuno.offer.media import api as media
from oportuno.people.organisations.api import Member

MOST = 40  # of one expert
EARLIEST = date(1940, 1, 1)


@dataclass(frozen=True)
class Claim:
    """What is declared: `address` (https) or `document` (of the library) is where anybody can look it up."""

    kind: str
    title: str
    issuer: str
    on: date
    address: str = ""
    document: UUID | None = None


@transaction.atomic
def declare_point(*, expert: UUID, claim: Claim, by: Member, at: datetime) -> Point:
    """Nobody sees it before the market opened its source. Acts for the seller. Raises NotFound, Refusal."""
    who = own_expert(by, expert)
    if Point.objects.filter(expert=who).count() >= MOST:
        raise Refusal(_("Forty are enough: keep those that say most."))
    point = Point(expert=who, created_at=at)
    _say(point, claim, at)
    point.save(force_insert=True)
    record(CredibilityDeclared(point=point.pk, point_kind=point.kind, by=by.id, at=at))
    return point


@transaction.atomic
def change_point(*, point: UUID, claim: Claim, by: Member, at: datetime) -> Point:
    """Say it otherwise, with another source perhaps: the market looks again. Raises NotFound, Refusal."""
    found = _own(by, point)
    _say(found, claim, at)
    found.state, found.published, found.reason = PointState.WAITING, False, ""
    found.checked_at, found.checked_by_name, found.looked_at, found.missed, found.gone_at = None, "", None, 0, None
    found.save()
    record(CredibilityDeclared(point=found.pk, point_kind=found.kind, by=by.id, at=at))
    return found


@transaction.atomic
def remove_point(*, point: UUID, by: Member) -> None:
    """It is not claimed any more. Raises NotFound."""
    _own(by, point).delete()


def _own(by: Member, point: UUID) -> Point:
    found = Point.objects.select_for_update().filter(organisation_id=by.organisation.pk, pk=point).first()
    if found is None:
        raise NotFound
    return found


def _say(point: Point, claim: Claim, at: datetime) -> None:
    if claim.kind not in PointKind.values:
        raise Refusal(_("Choose what it is."), field="kind")
    point.kind, point.title, point.issuer = claim.kind, " ".join(claim.title.split())[:200], " ".join(claim.issuer.split())[:160]
    if not point.title:
        raise Refusal(_("Say what it is called."), field="title")
    if not point.issuer:
        raise Refusal(_("Say who says so: the school, the magazine, the channel."), field="issuer")
    if not EARLIEST <= claim.on <= at.date():
        raise Refusal(_("Choose a day that has been."), field="on")
    point.on = claim.on
    point.address, point.document_id = _address(claim.address), _document(claim.document)
    if not point.address and not point.document_id:
        raise Refusal(
            _("Give its source: an address that begins with https://, or a document. Without one nobody can look it up."), field="address"
        )


def _address(said: str) -> str:
    address = said.strip()
    if not address:
        return ""
    parts = urlsplit(address)
    if parts.scheme != "https" or "." not in parts.netloc or len(address) > 1000 or any(c.isspace() for c in address):
        raise Refusal(_("Write the address of a page: it begins with https://"), field="address")
    return address


def _document(item: UUID | None) -> UUID | None:
    if item is None:
        return None
    if not media.items().filter(pk=item, deleted_at__isnull=True, published=True).exists():
        raise Refusal(_("This is not in your library any more: choose another."), field="document")
    return item
