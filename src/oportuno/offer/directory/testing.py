"""Sellers for the tests of higher apps: really applied, really vetted."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from oportuno.kernel import packs
from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_organisation
from oportuno.kernel.testing.packs import known_pack
from oportuno.offer.directory import api
from oportuno.offer.directory.actions.verticals import install_pack
from oportuno.people.organisations.api import Member
from oportuno.people.organisations.testing import Actor

PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"
NUMBERS = {"co.nit": "900.123.456-8", "mx.rfc": "GODE561231GR8", "ec.ruc": "1792060346001", "us.ein": "91-1144442"}
HOMES = {"CO": "CO-05-615", "MX": "MX-JAL", "EC": "EC-P", "US": "US"}
PHONES = {"CO": "300 123 45{:02d}", "MX": "55 1234 56{:02d}", "EC": "099 123 45{:02d}", "US": "212 555 01{:02d}"}
THEIRS = ("number", "document", "reference")
DIFFERENCE = "Cortamos de madrugada y entregamos antes del mediodía."


@pytest.fixture
def flores(db: None) -> packs.Pack:
    """The vertical of flowers, installed."""
    pack = known_pack()
    install_pack(pack, now())
    return pack


def fill_in(member: Member, at: datetime, *, sectors: Sequence[str] = ("floristerias",), places: Sequence[str] = ()) -> api.Application:
    """An application with all that is compulsory, not handed in."""
    country = member.organisation.country
    with for_organisation(member.organisation.pk):
        application = api.begin_application(by=member, at=at)
        home, phone = HOMES[country], PHONES[country].format(1)
        api.change_profile(by=member, at=at, home=home, phone=phone, difference_es=DIFFERENCE, answer_hours="4")
        api.choose_scope(sectors=sectors, places=places or (country,), by=member, at=at)
        asked = [one for one in api.requirements_for(country=country, sectors=sectors) if one.required and one.evidence_kind in THEIRS]
        api.show_evidence(pieces=[piece_of(country, one, n) for one in asked for n in range(one.how_many)], by=member, at=at)
        due = {one.key: (at + timedelta(days=one.day)).date() for one in api.method().commitment.milestones}
        api.declare_commitment(accepted=True, due=due, by=member, at=at)
        return api.open_application(member.organisation.pk) or application


def show(member: Member, requirement: api.Requirement, at: datetime, piece: int = 0) -> None:
    """One piece of evidence of the kind that is asked. Acts for the member's organisation."""
    api.show_evidence(pieces=[piece_of(member.organisation.country, requirement, piece)], by=member, at=at)


def piece_of(country: str, requirement: api.Requirement, number: int = 0) -> api.Shown:
    """What a seller of this country would show."""
    if requirement.evidence_kind == "number":
        return api.Shown(requirement.key, {"words": NUMBERS[requirement.number_check]})
    if requirement.evidence_kind == "reference":
        return api.Shown(requirement.key, {"name": f"Cliente {number + 1}", "phone": PHONES[country].format(10 + number)})
    return api.Shown(requirement.key, {}, io.BytesIO(PDF), f"{requirement.key}.pdf")


def approve_all(application: api.Application, reviewer: Member, at: datetime) -> None:
    """The market shows what is its own to show, approves every compulsory requirement, and answers."""
    lines = [one for one in api.lines_for_market(application.pk, at) if one.requirement.required and one.waits != "in_order"]
    ours = [api.Shown(one.requirement.key, {"words": "Pedido 1042, completo"}) for one in lines if not one.evidence]
    judgements = [api.Judgement(one.requirement.key, api.Verdict.APPROVE, "Todo está en regla.", one.seen) for one in lines]
    api.show_evidence_for_market(application=application.pk, pieces=ours, by=reviewer, at=at)
    api.decide_all(application=application.pk, judgements=judgements, by=reviewer, at=at)
    api.conclude_review(application=application.pk, by=reviewer, at=at)


def make_seller(owner: Actor, operator: Actor, at: datetime | None = None, *, sectors: Sequence[str] = ("floristerias",)) -> api.Seller:
    """A seller of the owner's organisation, approved by the operator. Wants the `flores` fixture."""
    moment = at or now()
    application = fill_in(owner.member, moment, sectors=sectors)
    with for_organisation(owner.member.organisation.pk):
        api.submit_application(by=owner.member, at=moment)
    approve_all(application, operator.member, moment)
    return api.published_seller(owner.member.organisation.slug)
