"""Sellers apply, show evidence and are vetted, each in his time."""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from oportuno.doors.commandline.seeding.cast import Cast
from oportuno.kernel.isolation import for_organisation
from oportuno.kernel.packs import Pack
from oportuno.kernel.packs.demo import DemoPoint, DemoSeller
from oportuno.offer.directory import api as directory
from oportuno.people.organisations.api import Member

COUNTRIES = {"CO": "Colombia", "MX": "México", "EC": "Ecuador"}
PAPER = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
REVIEW_TAKES = timedelta(days=3)
OLDEST_VETTING = 330  # days; evidence that lasts a year is still in force, and some of it soon wants renewing
REFERENCE_PHONES = {"CO": "+57 300 555 01{:02}", "MX": "+52 55 5555 01{:02}", "EC": "+593 99 555 01{:02}"}


def vet(pack: Pack, seller: DemoSeller, cast: Cast, at: datetime) -> dict[str, UUID]:
    """Let a seller apply and the operator decide; its points of sale by the demo's key."""
    me, joined = cast.owners[seller.slug], at - timedelta(days=min(seller.joined_days_ago, OLDEST_VETTING - seller.seed % 60))
    with for_organisation(me.organisation.pk):
        application = directory.begin_application(by=me, at=joined)
        _introduce(seller, me, joined)
        points = {point.key: _open(seller, point, me, joined) for point in seller.points}
        due = {m.key: _day(joined + timedelta(days=m.day)) for m in pack.commitment.milestones}
        directory.declare_commitment(accepted=True, due=due, by=me, at=joined)
        shown = _show(pack, seller, me, joined)
        directory.submit_application(by=me, at=joined)
    if seller.vetting != "pending":
        _review(pack, seller, application.pk, shown, cast.operator, joined + REVIEW_TAKES)
    return points


def _introduce(seller: DemoSeller, me: Member, at: datetime) -> None:
    directory.change_profile(
        by=me,
        at=at,
        trade_name=seller.name,
        home=_place(seller.city, seller.country, seller.municipality) or _place(seller.region, seller.country),
        founded_year=str(seller.founded),
        phone=seller.phone,
        answer_hours=str(seller.answers_in_hours),
        difference_es=seller.difference.es,
        difference_en=seller.difference.en,
        story_es=seller.story.es,
        story_en=seller.story.en,
    )
    served = [code for name in seller.serves if (code := _place(name, seller.country))]
    directory.choose_scope(sectors=seller.sectors, places=served or [seller.country], by=me, at=at)


def _open(seller: DemoSeller, point: DemoPoint, me: Member, at: datetime) -> UUID:
    hours: dict[str, str] = {}
    for one in point.hours:
        span = f"{one.opens}-{one.closes}".replace("00:00-23:59", "00:00-00:00")
        hours[str(one.weekday)] = ", ".join(filter(None, [hours.get(str(one.weekday), ""), span]))
    said = directory.SaidPoint(
        name=point.name,
        address=point.address,
        place=_place(point.city, point.country) or _place(point.region, point.country),
        latitude=str(point.latitude),
        longitude=str(point.longitude),
        phone=point.phone,
        hours=hours,
    )
    return directory.open_point(said=said, by=me, at=at).pk


def _show(pack: Pack, seller: DemoSeller, me: Member, at: datetime) -> list[str]:
    """Evidence for all that is required, and for what earns the seller's certifications; the requirements' keys."""
    asked = pack.requirements_for(country=seller.country, sectors=frozenset(seller.sectors))
    wanted = [one for one in asked if one.required or one.grants in seller.certifications]
    for one in wanted:
        if one.evidence.kind in ("test_order", "visit"):
            continue
        for number in range(one.evidence.how_many):
            directory.add_evidence(requirement=one.key, by=me, at=at, **_piece(one.evidence.kind, seller, number))
    return [one.key for one in wanted]


def _piece(kind: str, seller: DemoSeller, number: int) -> dict[str, Any]:
    if kind == "number":
        return {"words": seller.tax_number}
    if kind == "reference":
        phone = REFERENCE_PHONES[seller.country].format((seller.seed + number) % 90 + 10)
        return {"name": f"Cliente {number + 1} de {seller.name} (demo)", "phone": phone, "words": "Compra desde hace más de un año."}
    return {"file": io.BytesIO(PAPER), "file_name": "documento-demo.pdf", "words": "Documento de demostración."}


def _review(pack: Pack, seller: DemoSeller, application: UUID, shown: list[str], operator: Member, at: datetime) -> None:
    with for_organisation(operator.organisation.pk):
        directory.begin_review(application=application, by=operator, at=at)
        kinds = {one.key: one for one in pack.vetting.requirements}
        for key in shown:
            if kinds[key].evidence.kind in ("test_order", "visit"):
                note = "Pedido de prueba recibido completo y a tiempo." if kinds[key].evidence.kind == "test_order" else "Visita realizada."
                for _ in range(kinds[key].evidence.how_many):
                    directory.add_evidence_for_market(application=application, requirement=key, words=note, by=operator, at=at)
        for position, key in enumerate(shown):
            verdict, reason = _verdict(seller, position)
            directory.decide(application=application, requirement=key, verdict=verdict, reason=reason, seen=0, by=operator, at=at)
        directory.conclude_review(application=application, by=operator, at=at)


def _verdict(seller: DemoSeller, position: int) -> tuple[directory.Verdict, str]:
    """All in order, but for the first requirement of those who have to mend something or are turned down."""
    note = seller.vetting_note.es if seller.vetting_note else "Falta una pieza; por favor envíala de nuevo."
    if position == 0 and seller.vetting == "changes":
        return directory.Verdict.CHANGES, note
    if position == 0 and seller.vetting == "rejected":
        return directory.Verdict.REJECT, note
    return directory.Verdict.APPROVE, "Revisado: está en orden."


@cache
def _place(name: str, country: str, municipality: str | None = None) -> str:
    """The code of a place by its name; empty when the directory does not know it."""
    if municipality:
        return f"CO-{municipality[:2]}-{municipality[2:]}"
    if name in COUNTRIES.values():
        return next(code for code, word in COUNTRIES.items() if word == name)
    found = [one for one in directory.find_places(name, limit=5) if one.code.startswith(country)]
    return found[0].code if found else ""


def _day(moment: datetime) -> date:
    return moment.date()
