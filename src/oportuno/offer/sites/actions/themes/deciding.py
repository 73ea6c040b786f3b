"""What a person of the market decides about themes that were handed in."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from oportuno.kernel.audit import audit
from oportuno.kernel.errors import Conflict, NotFound, Refusal
from oportuno.kernel.facts import record
from oportuno.kernel.isolation import for_market
from oportuno.offer.sites.facts import ThemeDecided
from oportuno.offer.sites.models import Theme, ThemeState, ThemeVersion
from oportuno.people.organisations.api import Member

WHY = "the market reviews the themes that designers hand in"


@transaction.atomic
def approve_theme(*, version: UUID, by: Member, at: datetime) -> ThemeVersion:
    """It stands in the gallery, as the newest of its theme; who uses an older one is offered it. Raises NotFound, Conflict."""
    with for_market(WHY):
        found = _waiting(version)
        decided = _decided(found, ThemeState.APPROVED, "", by, at)
        header = found.header
        Theme.objects.filter(pk=found.theme_id).update(
            published=True, withdrawn_at=None, current_id=found.pk, current_number=found.number, licence=str(header.get("licence", ""))[:80]
        )
    _told(decided, by, at)
    return decided


@transaction.atomic
def refuse_theme(*, version: UUID, reason: str, by: Member, at: datetime) -> ThemeVersion:
    """Not this version, and why. Raises NotFound, Conflict, Refusal without a reason."""
    _must_say_why(reason)
    with for_market(WHY):
        decided = _decided(_waiting(version), ThemeState.REFUSED, reason, by, at)
    _told(decided, by, at)
    return decided


@transaction.atomic
def block_theme(*, version: UUID, reason: str, by: Member, at: datetime) -> ThemeVersion:
    """An approved version is taken from all sites at once: they show the usual theme. Raises NotFound, Refusal without a reason."""
    _must_say_why(reason)
    with for_market(WHY):
        found = ThemeVersion.objects.select_for_update().filter(pk=version, state=ThemeState.APPROVED).first()
        if found is None:
            raise NotFound
        decided = _decided(found, ThemeState.BLOCKED, reason, by, at)
        last = ThemeVersion.objects.filter(theme_id=found.theme_id, state=ThemeState.APPROVED).order_by("-decided_at").first()
        Theme.objects.filter(pk=found.theme_id).update(
            published=bool(last), current_id=last.pk if last else None, current_number=last.number if last else ""
        )
    _told(decided, by, at)
    return decided


def _must_say_why(reason: str) -> None:
    if len(reason.strip()) < 10:
        raise Refusal(_("Say why in a sentence: its maker reads it."), field="reason")


def _waiting(version: UUID) -> ThemeVersion:
    found = ThemeVersion.objects.select_for_update().filter(pk=version).exclude(state=ThemeState.OWN).first()
    if found is None:
        raise NotFound
    if found.state != ThemeState.WAITING:
        raise Conflict(_("This version was decided already."))
    return found


def _decided(version: ThemeVersion, state: ThemeState, reason: str, by: Member, at: datetime) -> ThemeVersion:
    version.state, version.published = state, state == ThemeState.APPROVED
    version.reason, version.decided_by_id, version.decided_at = reason.strip()[:1000], by.id, at
    version.save(update_fields=["state", "published", "reason", "decided_by_id", "decided_at"])
    return version


def _told(version: ThemeVersion, by: Member, at: datetime) -> None:
    record(ThemeDecided(theme=version.theme_id, version=version.pk, state=version.state, by=by.id, at=at))
    audit(f"theme.{version.state}", at=at, by=by.id, of=version, reason=version.reason, organisation=by.organisation.pk)
