"""What a seller says of itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, BinaryIO, Literal

from django.db import transaction
from django.utils.translation import gettext as _

from oportuno.kernel.errors import Broken, Refusal
from oportuno.kernel.facts import record
from oportuno.offer.directory.actions.numbers import read_phone, read_web_address, read_year
from oportuno.offer.directory.actions.refusing import Refusing
from oportuno.offer.directory.facts import SellerProfileChanged, ServicePromiseSet
from oportuno.offer.directory.models import Place, Seller, SellerPlace, SellerSector
from oportuno.offer.directory.queries.sellers import own_seller, sector_slugs
from oportuno.offer.directory.queries.verticals import requirements_for, sectors_named
from oportuno.offer.directory.queries.vetting import in_order
from oportuno.offer.directory.rules.places import plain
from oportuno.offer.media.api import keep_picture
from oportuno.people.organisations.api import Member

LONGEST_DIFFERENCE = 600  # two or three sentences: what fits on a card and is remembered
LONGEST_STORY = 6000
MOST_HOURS = 240  # ten days; a longer promise promises nothing
MOST_PLACES = 200
TEXTS = ("difference_es", "difference_en", "story_es", "story_en")
SAID = frozenset({"trade_name", "home", "founded_year", "web_address", "phone", "answer_hours", *TEXTS})
"""What a seller may say of itself; where it stands is not among it."""


@transaction.atomic
def change_profile(*, by: Member, at: datetime, **said: str) -> Seller:
    """Change what is given of: trade_name, home (a place's code), founded_year, web_address, phone, answer_hours,
    difference_es/en, story_es/en; all as typed. Raises Refusal with `errors`, field → sentence, and changes nothing.
    """
    if unknown := said.keys() - SAID:
        raise Broken(f"A profile has no {', '.join(sorted(unknown))}")
    seller = own_seller(by.organisation.pk)
    before = {name: getattr(seller, name) for name in (*(said.keys() - {"home"}), "home_id")}
    _read(seller, said, at)
    changed = [name for name in before if getattr(seller, name) != before[name]]
    if not changed:
        return seller
    seller.changed_at = at
    seller.plain = _plain(seller)
    seller.save()
    record(SellerProfileChanged(seller=seller.pk, by=by.id, at=at))
    if "answer_hours" in changed and seller.answer_hours:
        record(ServicePromiseSet(seller=seller.pk, hours=seller.answer_hours, by=by.id, at=at))
    return seller


@transaction.atomic
def choose_scope(*, sectors: Sequence[str], places: Sequence[str], by: Member, at: datetime) -> Seller:
    """Sectors (slugs) a seller works in and places (codes) it serves. A place inside another chosen one is left out."""
    seller = own_seller(by.organisation.pk)
    with Refusing() as refusing:
        with refusing("sectors"):
            chosen = sectors_named(sectors)
            if not chosen:
                raise Refusal(_("Choose at least one sector."))
        with refusing("places"):
            codes = _served(places)
    before = (set(sector_slugs(seller)), set(SellerPlace.objects.filter(seller=seller).values_list("place_id", flat=True)))
    if before == ({one.slug for one in chosen}, codes):
        return seller
    _keep_sectors(seller, {one.pk: one.slug for one in chosen}, at)
    SellerPlace.objects.filter(seller=seller).exclude(place_id__in=codes).delete()
    fresh = [SellerPlace(seller=seller, place_id=code, published=seller.published) for code in codes]
    SellerPlace.objects.bulk_create(fresh, ignore_conflicts=True)
    Seller.objects.filter(pk=seller.pk).update(changed_at=at)
    record(SellerProfileChanged(seller=seller.pk, served=before[1] != codes, by=by.id, at=at))
    return seller


@transaction.atomic
def show_picture(*, which: Literal["emblem", "portrait"], file: BinaryIO, name: str, by: Member, at: datetime) -> Seller:
    """Keep a picture as the seller's emblem or portrait. Raises Refusal for what is no picture."""
    seller = own_seller(by.organisation.pk)
    picture = keep_picture(file=file, name=name, by=by.id, at=at, alt=seller.trade_name)
    setattr(seller, which, picture)
    seller.changed_at = at
    seller.save(update_fields=[which, "changed_at"])
    record(SellerProfileChanged(seller=seller.pk, by=by.id, at=at))
    return seller


def _read(seller: Seller, said: Mapping[str, str], at: datetime) -> None:
    with Refusing() as refusing:
        for field, text in said.items():
            with refusing(field):
                _read_one(seller, field, text.strip(), at)


def _read_one(seller: Seller, field: str, text: str, at: datetime) -> None:
    value: Any = text
    if field == "trade_name" and not 2 <= len(text) <= 120:
        raise Refusal(_("Write the name your customers know, up to 120 characters."))
    if field in TEXTS:
        longest = LONGEST_DIFFERENCE if field.startswith("difference") else LONGEST_STORY
        if len(text) > longest:
            raise Refusal(_("This is longer than %(longest)s characters; leave the best of it.") % {"longest": longest})
    if field == "home":
        field, value = "home_id", _home(text, seller.country)
    elif field == "founded_year":
        value = read_year(text, at.year, field)
    elif field == "web_address":
        value = read_web_address(text, field)
    elif field == "phone":
        value = read_phone(text, seller.country, field)
    elif field == "answer_hours":
        value = _hours(text)
    setattr(seller, field, value)


def _home(code: str, country: str) -> str | None:
    if not code:
        return None
    if not Place.objects.filter(pk=code, country=country).exists():
        raise Refusal(_("Choose a place of the list, in the country of your company."))
    return code


def _hours(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= MOST_HOURS):
        raise Refusal(_("Promise a whole number of hours, from 1 to %(most)s.") % {"most": MOST_HOURS})
    return int(text)


def _served(places: Sequence[str]) -> set[str]:
    wanted = set(places)
    if not wanted:
        raise Refusal(_("Choose at least one place that you serve."))
    if len(wanted) > MOST_PLACES:
        raise Refusal(_("Choose whole regions or countries instead of more than %(most)s places.") % {"most": MOST_PLACES})
    if Place.objects.filter(pk__in=wanted).count() != len(wanted):
        raise Refusal(_("Choose places of the list."))
    return {code for code in wanted if not any(code.startswith(f"{other}-") for other in wanted)}


def _keep_sectors(seller: Seller, chosen: Mapping[int, str], at: datetime) -> None:
    """A sector added after approval that asks for evidence not in order waits, unseen, for a renewal."""
    SellerSector.objects.filter(seller=seller).exclude(sector_id__in=chosen).delete()
    known = set(SellerSector.objects.filter(seller=seller).values_list("sector_id", flat=True))
    proven = in_order(seller, at) if seller.approved_at else frozenset()
    for sector, slug in chosen.items():
        if sector in known:
            continue
        asked = {one.key for one in requirements_for(country=seller.country, sectors=[slug]) if one.required}
        vetted = seller.approved_at is not None and asked <= proven
        SellerSector.objects.create(seller=seller, sector_id=sector, vetted=vetted, published=vetted and seller.published)


def _plain(seller: Seller) -> str:
    return plain(f"{seller.trade_name} {seller.difference_es} {seller.difference_en}")
