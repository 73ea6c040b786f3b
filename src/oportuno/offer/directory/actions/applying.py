"""Applying to sell: from the first word to "please look at it"."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from oportuno.kernel.errors import Conflict, Refusal
from oportuno.kernel.facts import record
from oportuno.offer.directory.actions.plans import make_plan
from oportuno.offer.directory.actions.turns import tell_turn, turn
from oportuno.offer.directory.facts import ApplicationSubmitted, CommitmentDeclared, SellerApplied
from oportuno.offer.directory.models import Application, Commitment, Milestone, Seller, Standing, State
from oportuno.offer.directory.queries.applying import what_is_missing
from oportuno.offer.directory.queries.sellers import seller_of
from oportuno.offer.directory.queries.verticals import method
from oportuno.offer.directory.queries.vetting import open_application
from oportuno.offer.directory.rules import dates, vetting
from oportuno.offer.directory.rules.places import plain
from oportuno.people.organisations.api import Member

RENEWING = frozenset({Standing.APPROVED, Standing.SUSPENDED, Standing.EXPIRED})


@transaction.atomic
def begin_application(*, by: Member, at: datetime) -> Application:
    """A draft of an application, or of a renewal when the seller was approved before. The open one, if there is one."""
    if by.organisation.is_operator:
        raise Refusal(_("The market's own organisation does not sell in it."))
    if already := open_application(by.organisation.pk):
        return already
    seller = seller_of(by.organisation.pk) or _new_seller(by, at)
    renewal = seller.standing in RENEWING
    application = Application.objects.create(seller=seller, pack=method().pack, renewal=renewal, state_since=at, created_at=at)
    tell_turn(application, State.DRAFT, by=by, at=at)
    record(SellerApplied(seller=seller.pk, application=application.pk, renewal=renewal, by=by.id, at=at))
    return application


@transaction.atomic
def declare_commitment(*, accepted: bool, due: Mapping[str, date], by: Member, at: datetime) -> Commitment:
    """Sign the declaration and promise each milestone for a day. Raises Refusal, naming the milestone that does not fit."""
    seller = _own(by)
    declared = dates.day_in(by.organisation.time_zone, at)
    words = method().commitment
    if not accepted:
        raise Refusal(_("Read the declaration and accept it: without it there is no application."), field="accepted")
    for one in words.milestones:
        if one.key not in due or not dates.fits(due[one.key], declared=declared):
            raise Refusal(_("Choose a day between today and thirteen months from now."), field=f"due_{one.key}")
    Milestone.objects.bulk_create(
        [
            Milestone(
                seller=seller, key=one.key, title=one.title.model_dump(), description=one.description.model_dump(), due_on=due[one.key]
            )
            for one in words.milestones
        ],
        update_conflicts=True,
        unique_fields=["organisation_id", "seller", "key"],
        update_fields=["title", "description", "due_on"],
    )
    Milestone.objects.filter(seller=seller, kept_at__isnull=True).exclude(key__in=[one.key for one in words.milestones]).delete()
    signed = Commitment.objects.create(
        seller=seller, declaration=words.declaration.model_dump(), by_id=by.id, by_name=str(by.person), at=at
    )
    record(CommitmentDeclared(seller=seller.pk, by=by.id, at=at))
    return signed


@transaction.atomic
def submit_application(*, by: Member, at: datetime) -> Application:
    """Hand the application to the market. Raises Refusal with `missing`, all that stands between it and the review."""
    application = Application.objects.select_for_update().filter(organisation_id=by.organisation.pk, closed_at__isnull=True).first()
    if application is None or application.state not in vetting.EDITABLE:
        raise Conflict(_("There is no draft to hand in."))
    if missing := what_is_missing(application, at):
        raise Refusal(_("Something is still missing: %(what)s.") % {"what": missing[0].title}, missing=missing)
    turn(application, State.SUBMITTED, by=by, at=at)
    record(ApplicationSubmitted(application=application.pk, by=by.id, at=at))
    return application


def _new_seller(by: Member, at: datetime) -> Seller:
    here = by.organisation
    seller = Seller.objects.create(
        slug=here.slug, trade_name=here.name, country=here.country, plain=plain(here.name), standing_since=at, created_at=at, changed_at=at
    )
    make_plan(seller, method().playbook)
    return seller


def _own(by: Member) -> Seller:
    seller = seller_of(by.organisation.pk)
    if seller is None:
        raise Conflict(_("Begin the application first."))
    return seller
