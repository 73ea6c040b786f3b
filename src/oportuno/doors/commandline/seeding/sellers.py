"""Sellers apply, show evidence and are vetted, each in his time."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import cache
from uuid import UUID

from oportuno.doors.commandline.seeding.cast import Cast
from oportuno.doors.commandline.seeding.paper import paper
from oportuno.doors.commandline.seeding.vetting import Vetting, vettings
from oportuno.kernel.isolation import for_organisation
from oportuno.kernel.packs import Pack
from oportuno.kernel.packs.demo import DemoPoint, DemoSeller
from oportuno.kernel.packs.method import Requirement
from oportuno.offer.directory import api as directory
from oportuno.people.organisations.api import Member

COUNTRIES = {"CO": "Colombia", "MX": "México", "EC": "Ecuador"}
OURS = ("test_order", "visit")
PART_OF_A_PLAN = 4  # steps that are marked together
REFERENCE_PHONES = {"CO": "+57 300 555 01{:02}", "MX": "+52 55 5555 01{:02}", "EC": "+593 99 555 01{:02}"}
FOUND = {
    "number": "El número existe y está activo.",
    "document": "El documento está vigente y a nombre de la empresa.",
    "reference": "Hablamos con los tres clientes; volverían a comprar.",
    "test_order": "Llegó completo, a tiempo y como se ofreció.",
    "visit": "Conocimos el lugar y a quienes trabajan en él.",
}
"""What a reviewer of the demo writes, by the kind of evidence."""


def vet(pack: Pack, seller: DemoSeller, cast: Cast, at: datetime) -> None:
    """Let a seller apply, the operator decide, and what ran out be renewed."""
    me, asked = cast.owners[seller.slug], asked_of(pack, seller)
    for number, vetting in enumerate(vettings(seller, list(asked.values()), at)):
        with for_organisation(me.organisation.pk):
            application = directory.begin_application(by=me, at=vetting.handed_in)
            if number == 0:
                _tell_all(pack, seller, me, vetting.handed_in)
            _show(seller, [asked[key] for key in vetting.keys], me, vetting.handed_in)
            directory.submit_application(by=me, at=vetting.handed_in)
        if seller.vetting != "pending":
            _review(seller, application.pk, vetting, asked, cast.operator)
    if seller.vetting == "approved":
        _follow_plan(seller, application.seller, me, at)


def _follow_plan(seller: DemoSeller, profile: directory.Seller, me: Member, at: datetime) -> None:
    """What was due by now is done, a part of the plan at a time, and what was promised is kept; but for the last few of some."""
    left_over = seller.seed % 4
    with for_organisation(me.organisation.pk):
        plan = directory.plan_of(me.organisation.pk)
        due = [one for one in plan.steps if one.due_on and one.due_on < at.date()]
        for start in range(0, len(due) - left_over, PART_OF_A_PLAN):
            part = due[start : min(start + PART_OF_A_PLAN, len(due) - left_over)]
            done = [one.pk for one in part if one.done_at is None]
            if done and part[-1].due_on:
                directory.do_steps(steps=done, by=me, at=_noon(part[-1].due_on, at))
        promised = [one for one in directory.milestones_of(profile) if one.due_on < at.date() and one.kept_at is None]
        for milestone in promised[: len(promised) - left_over]:
            directory.keep_milestone(milestone=milestone.pk, by=me, at=_noon(milestone.due_on, at))


def _noon(day: date, at: datetime) -> datetime:
    """Of that day, in the zone of `at`; never later than `at`."""
    return min(at, datetime.combine(day, time(12), tzinfo=at.tzinfo))


def asked_of(pack: Pack, seller: DemoSeller) -> dict[str, Requirement]:
    """All that is required, and what earns the seller's certifications."""
    asked = pack.requirements_for(country=seller.country, sectors=frozenset(seller.sectors))
    return {one.key: one for one in asked if one.required or one.grants in seller.certifications}


def _tell_all(pack: Pack, seller: DemoSeller, me: Member, at: datetime) -> None:
    _introduce(seller, me, at)
    for point in seller.points:
        _open(seller, point, me, at)
    due = {one.key: (at + timedelta(days=one.day)).date() for one in pack.commitment.milestones}
    directory.declare_commitment(accepted=True, due=due, by=me, at=at)


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


def _show(seller: DemoSeller, asked: Sequence[Requirement], me: Member, at: datetime) -> None:
    pieces = [_piece(seller, one, n) for one in asked if one.evidence.kind not in OURS for n in range(one.evidence.how_many)]
    if pieces:
        directory.show_evidence(pieces=pieces, by=me, at=at)


def _piece(seller: DemoSeller, asked: Requirement, number: int) -> directory.Shown:
    if asked.evidence.kind == "number":
        return directory.Shown(asked.key, {"words": seller.tax_number})
    if asked.evidence.kind == "reference":
        phone = REFERENCE_PHONES[seller.country].format((seller.seed + number) % 90 + 10)
        said = {"name": f"Cliente {number + 1} de {seller.name} (demo)", "phone": phone, "words": "Compra desde hace más de un año."}
        return directory.Shown(asked.key, said)
    name = f"{asked.key.replace('_', '-')}-demo.pdf"
    return directory.Shown(asked.key, {}, io.BytesIO(paper(asked.title.es, seller.name)), name)


def _review(seller: DemoSeller, application: UUID, vetting: Vetting, asked: Mapping[str, Requirement], operator: Member) -> None:
    with for_organisation(operator.organisation.pk):
        for at, keys in vetting.rounds:
            mine = [one for one in (asked[key] for key in keys) if one.evidence.kind in OURS]
            pieces = [directory.Shown(one.key, {"words": FOUND[one.evidence.kind]}) for one in mine for _ in range(one.evidence.how_many)]
            if pieces:
                directory.show_evidence_for_market(application=application, pieces=pieces, by=operator, at=at)
            judgements = [_judgement(seller, asked[key], first=key == vetting.keys[0]) for key in keys]
            directory.decide_all(application=application, judgements=judgements, by=operator, at=at)
        directory.conclude_review(application=application, by=operator, at=at + timedelta(minutes=20))


def _judgement(seller: DemoSeller, asked: Requirement, *, first: bool) -> directory.Judgement:
    """All in order, but for the first requirement of those who have to mend something or are turned down."""
    note = seller.vetting_note.es if seller.vetting_note else "Falta una pieza; por favor envíala de nuevo."
    if first and seller.vetting == "changes":
        return directory.Judgement(asked.key, directory.Verdict.CHANGES, note)
    if first and seller.vetting == "rejected":
        return directory.Judgement(asked.key, directory.Verdict.REJECT, note)
    return directory.Judgement(asked.key, directory.Verdict.APPROVE, FOUND[asked.evidence.kind])


@cache
def _place(name: str, country: str, municipality: str | None = None) -> str:
    """The code of a place by its name; empty when the directory does not know it."""
    if municipality:
        return f"CO-{municipality[:2]}-{municipality[2:]}"
    if name in COUNTRIES.values():
        return next(code for code, word in COUNTRIES.items() if word == name)
    found = [one for one in directory.find_places(name, limit=5) if one.code.startswith(country)]
    return found[0].code if found else ""
