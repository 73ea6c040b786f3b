"""Putting a guide on show: the market's own at once, a seller's after review."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from oportuno.kernel.audit import audit
from oportuno.kernel.errors import Conflict, Forbidden, NotFound, Refusal
from oportuno.kernel.facts import record
from oportuno.kernel.isolation import for_market, for_organisation
from oportuno.kernel.jobs import defer
from oportuno.offer.guides.facts import GuideDecided, GuideHandedIn, GuidePublished, GuideWithdrawn
from oportuno.offer.guides.models import Guide, GuideVersion, VersionState
from oportuno.offer.guides.queries.desk import WHY
from oportuno.offer.guides.queries.vertical import Vertical
from oportuno.offer.guides.rules.checking import remarks
from oportuno.offer.guides.rules.document import read
from oportuno.people.organisations.api import Member

SHORTEST_REASON = 10


@transaction.atomic
def publish_guide(*, guide: Guide, news: str, by: Member, at: datetime) -> GuideVersion:
    """The operator's own. Raises Forbidden for a seller's, which is reviewed first, Refusal for one that is not whole."""
    if not by.organisation.is_operator or guide.organisation_id != by.organisation.pk:
        raise Forbidden(_("A guide of a seller is looked at by the market before anybody sees it."))
    version = _locked(guide, (VersionState.DRAFT,))
    _must_be_whole(version)
    version.news = news.strip()[:300]
    _show(version, by, at)
    return version


@transaction.atomic
def hand_in_guide(*, guide: Guide, news: str, by: Member, at: datetime) -> GuideVersion:
    """To the market's review; nobody writes in it meanwhile. Raises Refusal for one that is not whole."""
    version = _locked(guide, (VersionState.DRAFT, VersionState.CHANGES, VersionState.DECLINED))
    _must_be_whole(version)
    version.state, version.news, version.handed_in_at = VersionState.WAITING, news.strip()[:300], at
    version.save(update_fields=["state", "news", "handed_in_at"])
    record(GuideHandedIn(guide=guide.pk, version=version.number, by=by.id, at=at))
    return version


@transaction.atomic
def take_back_guide(*, guide: Guide, by: Member, at: datetime) -> GuideVersion:
    """Not to be reviewed yet: its makers go on writing."""
    version = _locked(guide, (VersionState.WAITING,))
    version.state, version.handed_in_at = VersionState.DRAFT, None
    version.save(update_fields=["state", "handed_in_at"])
    return version


@transaction.atomic
def decide_guide(*, version: UUID, verdict: str, reason: str, by: Member, at: datetime) -> GuideVersion:
    """What the market says of a guide that was handed in: `verdict` publish, changes or decline. The last two say why.

    Raises NotFound, Conflict, Refusal.
    """
    if verdict != "publish" and len(reason.strip()) < SHORTEST_REASON:
        raise Refusal(_("Say why in a sentence: who made it reads it."), field="reason")
    with for_market(WHY):
        found = GuideVersion.objects.filter(pk=version, handed_in_at__isnull=False).select_related("guide").first()
    if found is None:
        raise NotFound
    with for_organisation(found.organisation_id):
        row = _locked(found.guide, (VersionState.WAITING,))
        row.reason, row.decided_by_id, row.decided_at = reason.strip()[:1000], by.id, at
        if verdict == "publish":
            _must_be_whole(row)
            _show(row, by, at)
        else:
            row.state = VersionState.CHANGES if verdict == "changes" else VersionState.DECLINED
            row.save(update_fields=["state", "reason", "decided_by_id", "decided_at"])
        record(GuideDecided(guide=row.guide_id, version=row.number, state=row.state, by=by.id, at=at))
    defer("guides.tell_makers", organisation=row.organisation_id, version=str(row.pk), verdict=row.state, reason=row.reason)
    audit(f"guide.{row.state}", at=at, by=by.id, of=row, reason=row.reason, organisation=by.organisation.pk)
    return row


@transaction.atomic
def withdraw_guide(*, guide: Guide, by: Member, at: datetime) -> None:
    """Nobody outside sees it any more. Publishing it anew shows it again, at the same address."""
    if not guide.published:
        return
    Guide.objects.filter(pk=guide.pk).update(published=False, withdrawn_at=at, changed_at=at)
    record(GuideWithdrawn(guide=guide.pk, by=by.id, at=at))


@transaction.atomic
def withdraw_for_market(*, guide: UUID, reason: str, by: Member, at: datetime) -> None:
    """The market takes a seller's guide from show. Raises NotFound, Refusal without a reason."""
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refusal(_("Say why in a sentence: who made it reads it."), field="reason")
    with for_market(WHY):
        found = Guide.objects.filter(pk=guide, published=True).first()
        version = GuideVersion.objects.filter(guide=guide, number=found.version).first() if found else None
    if found is None or version is None:
        raise NotFound
    with for_organisation(found.organisation_id):
        withdraw_guide(guide=found, by=by, at=at)
    said = reason.strip()[:1000]
    defer("guides.tell_makers", organisation=found.organisation_id, version=str(version.pk), verdict="withdrawn", reason=said)
    audit("guide.withdrawn", at=at, by=by.id, of=found, reason=said, organisation=by.organisation.pk)


def _locked(guide: Guide, states: tuple[VersionState, ...]) -> GuideVersion:
    Guide.objects.select_for_update().get(pk=guide.pk)
    found = GuideVersion.objects.filter(guide=guide).exclude(state=VersionState.PUBLISHED).select_related("guide").first()
    if found is None or found.state not in states:
        raise Conflict(_("The guide is not where it was a moment ago. Look at it again."))
    return found


def _must_be_whole(version: GuideVersion) -> None:
    wrong = [one for one in remarks(read(version.content), Vertical()) if one.must]
    if wrong:
        raise Refusal(_("The guide is not whole yet: see what is still missing."), problems=len(wrong))


def _show(version: GuideVersion, by: Member, at: datetime) -> None:
    guide = version.guide
    guide.slug = guide.slug or _free_slug(version.title["es"])
    guide.title, guide.summary, guide.content, guide.sector = version.title, version.summary, version.content, version.sector
    guide.version, guide.published, guide.withdrawn_at = version.number, True, None
    guide.published_at, guide.changed_at = guide.published_at or at, at
    guide.save()
    version.state = VersionState.PUBLISHED
    version.save()
    record(GuidePublished(guide=guide.pk, version=version.number, by=by.id, at=at))


def _free_slug(title: str) -> str:
    """One that no guide of the market has: whoever publishes sees them all already."""
    base = slugify(title)[:70].strip("-") or "guia"
    with for_market("addresses of guides are the whole market's"):
        taken = set(Guide.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(slug for slug in (base, *(f"{base}-{n}" for n in range(2, 10_000))) if slug not in taken)
