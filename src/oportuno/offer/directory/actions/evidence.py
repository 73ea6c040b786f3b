"""Showing evidence for what vetting asks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, BinaryIO
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from oportuno.kernel.audit import audit
from oportuno.kernel.errors import Conflict, NotFound, Refusal
from oportuno.kernel.facts import record_all
from oportuno.offer.directory.actions.numbers import read_phone, read_tax_number
from oportuno.offer.directory.actions.staff import on_application
from oportuno.offer.directory.facts import EvidenceAdded
from oportuno.offer.directory.models import Application, Evidence, Requirement, TaxNumber
from oportuno.offer.directory.queries.sellers import sector_slugs
from oportuno.offer.directory.queries.verticals import requirements_for
from oportuno.offer.directory.rules import vetting
from oportuno.offer.directory.rules.numbers import TAX_COUNTRY
from oportuno.offer.media.api import keep_document
from oportuno.people.organisations.api import Member

MOST_PIECES = 12  # per requirement and application; more is not read
LONGEST_WORDS = 1000


@dataclass(frozen=True)
class Shown:
    """A piece of evidence as it comes in: a `file`, or what was typed (`words`, or `name`, `phone` and `email` of a reference)."""

    requirement: str
    said: Mapping[str, str] = field(default_factory=dict)
    file: BinaryIO | None = None
    file_name: str = ""


def add_evidence(*, requirement: str, by: Member, at: datetime, file: BinaryIO | None = None, file_name: str = "", **said: str) -> Evidence:
    """The seller shows one piece, as `show_evidence` does many."""
    return show_evidence(pieces=[Shown(requirement, said, file, file_name)], by=by, at=at)[0]


@transaction.atomic
def show_evidence(*, pieces: Sequence[Shown], by: Member, at: datetime) -> list[Evidence]:
    """The seller shows pieces of evidence, all of them or none.

    Raises Refusal for what does not fit the requirement, Conflict while the market reviews.
    """
    application = (
        Application.objects.select_for_update(of=("self",))
        .select_related("seller")
        .filter(organisation_id=by.organisation.pk, closed_at__isnull=True)
        .first()
    )
    if application is None or application.state not in vetting.EDITABLE:
        raise Conflict(_("The market is looking at your application; you can add evidence when it answers."))
    asked = _asked(application)
    if any(asked[one.requirement].evidence_kind in vetting.OURS for one in pieces if one.requirement in asked):
        raise Refusal(_("The market takes care of this one; you need not send anything."))
    return _keep(application, asked, pieces, by=by, at=at)


def add_evidence_for_market(
    *, application: UUID, requirement: str, by: Member, at: datetime, file: BinaryIO | None = None, file_name: str = "", **said: str
) -> Evidence:
    """A reviewer keeps one piece, as `show_evidence_for_market` does many."""
    return show_evidence_for_market(application=application, pieces=[Shown(requirement, said, file, file_name)], by=by, at=at)[0]


@transaction.atomic
def show_evidence_for_market(*, application: UUID, pieces: Sequence[Shown], by: Member, at: datetime) -> list[Evidence]:
    """A reviewer keeps what the market gathered itself: a test order, a visit, a call with a reference."""
    with on_application(application, by=by) as found:
        if found.closed_at is not None:
            raise Conflict(_("This application is closed."))
        kept = _keep(found, _asked(found), pieces, by=by, at=at, by_market=True)
        for piece, one in zip(kept, pieces, strict=True):
            audit("evidence.added", at=at, by=by.id, of=piece, organisation=by.organisation.pk, requirement=one.requirement)
    return kept


@transaction.atomic
def withdraw_evidence(*, evidence: UUID, by: Member, at: datetime) -> Evidence:
    """The seller takes a piece back before handing in. It is kept for the record, unseen."""
    piece = (
        Evidence.objects.select_for_update(of=("self",))
        .select_related("application")
        .filter(organisation_id=by.organisation.pk, pk=evidence, withdrawn_at__isnull=True, by_market=False)
        .first()
    )
    if piece is None:
        raise NotFound
    if piece.application.state not in vetting.EDITABLE:
        raise Conflict(_("The market is looking at your application; nothing can be taken back now."))
    piece.withdrawn_at = at
    piece.save(update_fields=["withdrawn_at"])
    return piece


def _asked(application: Application) -> dict[str, Requirement]:
    seller = application.seller
    return {one.key: one for one in requirements_for(country=seller.country, sectors=sector_slugs(seller))}


def _keep(
    application: Application,
    asked: Mapping[str, Requirement],
    pieces: Sequence[Shown],
    *,
    by: Member,
    at: datetime,
    by_market: bool = False,
) -> list[Evidence]:
    live: dict[str, list[Evidence]] = defaultdict(list)
    for piece in Evidence.objects.filter(application=application, withdrawn_at__isnull=True).select_related("requirement").order_by("at"):
        live[piece.requirement.key].append(piece)
    kept = [_piece(application, asked, one, live[one.requirement], by=by, at=at, by_market=by_market) for one in pieces]
    Evidence.objects.bulk_create(kept)
    record_all(
        EvidenceAdded(application=application.pk, requirement=one.requirement.key, evidence_kind=one.kind, by=by.id, at=at) for one in kept
    )
    return kept


def _piece(
    application: Application,
    asked: Mapping[str, Requirement],
    shown: Shown,
    live: list[Evidence],
    *,
    by: Member,
    at: datetime,
    by_market: bool,
) -> Evidence:
    """Not saved yet; what it takes the place of is withdrawn. `live`: the pieces before it on the same requirement; it joins them."""
    requirement = asked.get(shown.requirement)
    if requirement is None:
        raise NotFound
    if len(live) >= MOST_PIECES:
        raise Refusal(_("There are %(most)s pieces already; withdraw one first.") % {"most": MOST_PIECES}, field=requirement.key)
    fields = _fields(application, requirement, shown, live, by_market)
    if requirement.evidence_kind == "number":
        _keep_number(application, requirement, fields["words"], at)
        Evidence.objects.filter(pk__in=[one.pk for one in live]).update(withdrawn_at=at)
        live.clear()
    if shown.file is not None:
        fields["document"] = keep_document(file=shown.file, name=shown.file_name, by=by.id, at=at)
    piece = Evidence(
        application=application, requirement=requirement, kind=requirement.evidence_kind, by_id=by.id, by_market=by_market, at=at, **fields
    )
    live.append(piece)
    return piece


def _fields(application: Application, asked: Requirement, shown: Shown, live: Sequence[Evidence], by_market: bool) -> dict[str, Any]:
    """What was typed, read as the kind of evidence wants it."""
    said, file = shown.said, shown.file
    words = said.get("words", "").strip()
    if len(words) > LONGEST_WORDS:
        raise Refusal(_("This is longer than %(longest)s characters; leave the best of it.") % {"longest": LONGEST_WORDS}, field=asked.key)
    kind = asked.evidence_kind
    if kind == "number":
        return {"words": read_tax_number(asked.number_check, words, asked.key)}
    if kind == "reference" and not by_market:
        return _reference(application, asked, said, live)
    if kind == "document" and file is None and not by_market:
        raise Refusal(_("Choose the file to show."), field=asked.key)
    if file is None and not words:
        raise Refusal(_("Write what was found, or add a file."), field=asked.key)
    return {"words": words}


def _reference(application: Application, asked: Requirement, said: Mapping[str, str], live: Sequence[Evidence]) -> dict[str, Any]:
    name, email = said.get("name", "").strip(), said.get("email", "").strip()
    if not name:
        raise Refusal(_("Write the name of the customer we may call."), field=asked.key)
    phone = read_phone(said.get("phone", ""), application.seller.country, asked.key)
    if not phone:
        raise Refusal(_("Write the phone number of the customer we may call."), field=asked.key)
    if email:
        try:
            validate_email(email)
        except ValidationError as error:
            raise Refusal(_("This is not an e-mail address."), field=asked.key) from error
    if any(one.phone == phone for one in live):
        raise Refusal(_("This customer is among your references already."), field=asked.key)
    return {"name": name[:120], "phone": phone, "email": email, "words": said.get("words", "").strip()}


def _keep_number(application: Application, asked: Requirement, number: str, at: datetime) -> None:
    kind = asked.number_check
    TaxNumber.objects.update_or_create(
        organisation_id=application.organisation_id,
        kind=kind,
        defaults={"seller": application.seller, "country": TAX_COUNTRY[kind], "number": number, "at": at},
    )
