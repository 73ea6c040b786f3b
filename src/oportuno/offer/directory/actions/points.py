"""Opening, changing and closing points of sale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from oportuno.kernel.errors import Conflict, Refusal
from oportuno.kernel.facts import record
from oportuno.offer.directory.actions.numbers import read_phone
from oportuno.offer.directory.actions.refusing import Refusing
from oportuno.offer.directory.facts import PointOfSaleChanged, PointOfSaleClosed, PointOfSaleOpened
from oportuno.offer.directory.models import Place, PointOfSale, Seller
from oportuno.offer.directory.queries.sellers import own_seller, point_for
from oportuno.offer.directory.rules import hours, places
from oportuno.people.organisations.api import Member

MOST_EXCEPTIONS = 60  # two years of holidays
MOST_POINTS = 500
LONGEST_SERVES = 400


@dataclass(frozen=True)
class SaidPoint:
    """A point of sale as somebody typed it. `latitude` may hold both coordinates, or the link of a map. `hours`: weekday ("0" Monday) → text; `exceptions`: (date, hours, why) texts."""

    name: str
    address: str = ""
    place: str = ""
    latitude: str = ""
    longitude: str = ""
    time_zone: str = ""
    phone: str = ""
    serves_es: str = ""
    serves_en: str = ""
    hours: Mapping[str, str] = field(default_factory=dict)
    exceptions: Sequence[tuple[str, str, str]] = ()
    shown: bool = True


@transaction.atomic
def open_point(*, said: SaidPoint, by: Member, at: datetime) -> PointOfSale:
    """A new point of sale. Raises Refusal with `errors`, field → sentence."""
    seller = own_seller(by.organisation.pk)
    if PointOfSale.objects.filter(organisation_id=by.organisation.pk, closed_at__isnull=True).count() >= MOST_POINTS:
        raise Refusal(_("There are %(most)s points of sale already; close one first.") % {"most": MOST_POINTS})
    point = PointOfSale(seller=seller, created_at=at, changed_at=at)
    _fill(point, seller, said, by)
    _save(point)
    record(PointOfSaleOpened(point=point.pk, seller=seller.pk, by=by.id, at=at))
    return point


@transaction.atomic
def change_point(*, point: UUID, said: SaidPoint, by: Member, at: datetime) -> PointOfSale:
    """Raises NotFound, and Refusal with `errors`, field → sentence."""
    found = point_for(by.organisation.pk, point)
    found.changed_at = at
    _fill(found, own_seller(by.organisation.pk), said, by)
    _save(found)
    record(PointOfSaleChanged(point=found.pk, seller=found.seller_id, by=by.id, at=at))
    return found


@transaction.atomic
def close_point(*, point: UUID, by: Member, at: datetime) -> PointOfSale:
    """Close it for good: nobody finds it any more, what refers to it stays."""
    found = point_for(by.organisation.pk, point)
    found.closed_at, found.published = at, False
    found.save(update_fields=["closed_at", "published"])
    record(PointOfSaleClosed(point=found.pk, seller=found.seller_id, by=by.id, at=at))
    return found


def _fill(point: PointOfSale, seller: Seller, said: SaidPoint, by: Member) -> None:
    with Refusing() as refusing:
        with refusing("name"):
            point.name = _needed(said.name)
        with refusing("place"):
            point.place_id = _place(said.place)
        with refusing("latitude"):
            point.latitude, point.longitude = _coordinates(said.latitude, said.longitude)
        with refusing("phone"):
            point.phone = read_phone(said.phone, seller.country, "phone")
        with refusing("time_zone"):
            point.time_zone = _zone(said.time_zone or by.organisation.time_zone)
        for name in ("serves_es", "serves_en"):
            with refusing(name):
                setattr(point, name, _short(getattr(said, name)))
        point.hours = {}
        for day, text in said.hours.items():
            with refusing(f"hours_{day}"):
                if spans := _spans(text):
                    point.hours[day] = spans
        with refusing("exceptions"):
            point.exceptions = _exceptions(said.exceptions)
    point.address = said.address.strip()[:200]
    point.shown = said.shown
    point.published = said.shown and seller.published


def _save(point: PointOfSale) -> None:
    try:
        with transaction.atomic():
            point.save()
    except IntegrityError as error:
        raise Conflict(_("You have a point of sale with this name already."), field="name") from error


def _needed(name: str) -> str:
    if not 2 <= len(name.strip()) <= 120:
        raise Refusal(_("Give it a name that customers will recognise, up to 120 characters."))
    return name.strip()


def _place(code: str) -> str | None:
    if code and not Place.objects.filter(pk=code).exists():
        raise Refusal(_("Choose a place of the list."))
    return code or None


def _coordinates(latitude: str, longitude: str) -> tuple[float | None, float | None]:
    if not latitude.strip() and not longitude.strip():
        return None, None
    try:
        if longitude.strip():
            point = places.Point(float(latitude.replace(",", ".")), float(longitude.replace(",", ".")))
        else:
            point = places.written_point(latitude)
    except ValueError as error:
        raise Refusal(_("This is no point on earth; write degrees, like 4.711 and -74.072, or paste the link of a map.")) from error
    return point.latitude, point.longitude


def _zone(name: str) -> str:
    if name not in hours.ZONES:
        raise Refusal(_("Choose a time zone of the list."))
    return name


def _short(text: str) -> str:
    if len(text.strip()) > LONGEST_SERVES:
        raise Refusal(_("This is longer than %(longest)s characters; leave the best of it.") % {"longest": LONGEST_SERVES})
    return text.strip()


def _spans(text: str) -> list[list[str]]:
    try:
        return hours.parse_day(text)
    except hours.WrongHours as error:
        sentences = {
            "format": _("“%(text)s” is not an opening time; write it like 8:00–12:30, 14:00–18:00."),
            "overlap": _("The opening times in “%(text)s” overlap."),
            "many": _("“%(text)s” has too many openings for one day."),
        }
        raise Refusal(sentences[error.problem] % {"text": error.text}) from error


def _exceptions(said: Sequence[tuple[str, str, str]]) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for day, text, why in said:
        if not day.strip():
            continue
        try:
            on = date.fromisoformat(day.strip()).isoformat()
        except ValueError as error:
            raise Refusal(_("“%(text)s” is not a date; write it like 2026-12-25.") % {"text": day}) from error
        found[on] = {"on": on, "hours": _spans(text), "why": why.strip()[:80]}
    if len(found) > MOST_EXCEPTIONS:
        raise Refusal(_("Leave at most %(most)s special days; remove those that are over.") % {"most": MOST_EXCEPTIONS})
    return [found[on] for on in sorted(found)]
