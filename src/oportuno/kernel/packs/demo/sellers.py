"""The demo's sellers, from `sellers.yaml`."""

from __future__ import annotations

from collections.abc import Iterator

from ..pack import Pack
from ..reading import read_as
from ..words import Country
from .nouns import DemoHours, DemoPoint, DemoSeller
from .shapes import HoursSpec, SellersFile, SellerSpec

_CHECKS: dict[Country, str] = {"CO": "co.nit", "MX": "mx.rfc", "EC": "ec.ruc", "US": "us.ein"}


def sellers(pack: Pack) -> tuple[DemoSeller, ...]:
    file = read_as(pack.folder / "demo" / "sellers.yaml", SellersFile)
    return tuple(_seller(pack, spec, seed) for seed, spec in enumerate(file.sellers, start=1))


def _seller(pack: Pack, spec: SellerSpec, seed: int) -> DemoSeller:
    milestones = tuple(one.key for one in pack.commitment.milestones)
    return DemoSeller(
        slug=spec.slug,
        name=spec.name,
        country=spec.country,
        region=spec.region,
        city=spec.city,
        municipality=spec.municipality,
        sectors=spec.sectors,
        founded=spec.founded,
        tax_check=_CHECKS[spec.country],
        tax_number=spec.tax_number,
        phone=spec.phone,
        email=f"hola@{spec.slug}.example",
        currency=spec.currency,
        difference=spec.difference,
        story=spec.story,
        vetting=spec.vetting,
        vetting_note=spec.vetting_note,
        certifications=spec.certifications,
        milestones_done=milestones[: spec.milestones],
        joined_days_ago=spec.joined_days_ago,
        answers_in_hours=spec.answers_in_hours,
        serves=spec.serves,
        points=tuple(_points(spec)),
        sells=spec.sells,
        seed=seed,
    )


def _points(spec: SellerSpec) -> Iterator[DemoPoint]:
    for number, point in enumerate(spec.points, start=1):
        yield DemoPoint(
            key=f"{spec.slug}-{number}",
            name=point.name,
            address=point.address,
            city=point.city or spec.city,
            region=spec.region,
            country=spec.country,
            latitude=point.latitude,
            longitude=point.longitude,
            phone=spec.phone,
            hours=tuple(_hours(point.hours)),
        )


def _hours(spec: HoursSpec) -> Iterator[DemoHours]:
    for weekday, span in enumerate((*[spec.week] * 5, spec.saturday, spec.sunday)):
        if span:
            opens, closes = span.split("-")
            yield DemoHours(weekday, opens, closes)
