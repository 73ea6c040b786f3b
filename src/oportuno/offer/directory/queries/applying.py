"""What stands between a draft and its review."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.utils.translation import gettext as _

from oportuno.offer.directory.models import Application, Commitment, SellerPlace, SellerSector
from oportuno.offer.directory.queries.verticals import said
from oportuno.offer.directory.queries.vetting import lines
from oportuno.offer.directory.rules import vetting

Step = Literal["profile", "scope", "difference", "evidence", "commitment", "review"]
STEPS: tuple[Step, ...] = ("profile", "scope", "difference", "evidence", "commitment", "review")


@dataclass(frozen=True)
class Missing:
    """Something to do before handing in: in which step, and what."""

    step: Step
    title: str
    key: str = ""


def what_is_missing(application: Application, at: datetime) -> list[Missing]:
    """In the order of the steps; empty when the application may be handed in."""
    seller = application.seller
    found = []
    if not seller.home_id:
        found.append(Missing("profile", _("where your company is")))
    if not seller.phone:
        found.append(Missing("profile", _("a phone number")))
    if not SellerSector.objects.filter(seller=seller).exists():
        found.append(Missing("scope", _("at least one sector")))
    if not SellerPlace.objects.filter(seller=seller).exists():
        found.append(Missing("scope", _("at least one place that you serve")))
    if not (seller.difference_es or seller.difference_en):
        found.append(Missing("difference", _("what makes you different")))
    asked = lines(application, at)
    titles = {line.requirement.key: said(line.requirement.title) for line in asked}
    found += [Missing("evidence", titles[key], key) for key in vetting.missing([line.asked for line in asked], at)]
    if application.renewal and not any(line.evidence for line in asked):
        found.append(Missing("evidence", _("what you want to renew")))
    if not Commitment.objects.filter(seller=seller).exists():
        found.append(Missing("commitment", _("the declaration and its dates")))
    return found


def steps_done(missing: list[Missing]) -> dict[Step, bool]:
    """Which steps of the application lack nothing."""
    open_steps = {one.step for one in missing}
    return {step: step not in open_steps for step in STEPS}
