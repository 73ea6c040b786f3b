"""Guides in the workbench: the organisation's own, and those that wait for the market."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oportuno.kernel.desk import Task
from oportuno.kernel.errors import NotFound
from oportuno.kernel.isolation import acting_organisation, for_market
from oportuno.offer.guides.models import Guide, GuideVersion, VersionState
from oportuno.offer.guides.queries.vertical import Vertical
from oportuno.offer.guides.rules.checking import Remark, remarks
from oportuno.offer.guides.rules.document import Content, read
from oportuno.people.organisations.api import Member, Organisation

WHY = "the market reviews the guides that sellers hand in"
PAGE = 50
FRESH = timedelta(days=14)


@dataclass(frozen=True)
class Line:
    """A guide in a list: with its open version, if somebody is writing one."""

    guide: Guide
    open: GuideVersion | None

    @property
    def title(self) -> str:
        words = self.open.title if self.open else self.guide.title
        return str(words.get("es") or words.get("en") or "")


@dataclass(frozen=True)
class Case:
    """A version that waits, with who made it."""

    version: GuideVersion
    guide: Guide
    maker: Organisation

    @property
    def content(self) -> Content:
        return read(self.version.content)

    @property
    def remarks(self) -> list[Remark]:
        return remarks(self.content, Vertical())


def own_guides(*, before: tuple[datetime, UUID] | None = None, limit: int = PAGE) -> list[Line]:
    """Of the organisation we act for, the last changed first. Two queries."""
    rows = _own()
    if before:
        rows = rows.filter(Q(changed_at__lt=before[0]) | Q(changed_at=before[0], pk__lt=before[1]))
    found = list(rows.order_by("-changed_at", "-pk")[:limit])
    versions = GuideVersion.objects.filter(guide__in=found).exclude(state=VersionState.PUBLISHED)
    opened = {one.guide_id: one for one in versions}
    return [Line(one, opened.get(one.pk)) for one in found]


def guide_for(guide: UUID) -> Guide:
    """Raises NotFound."""
    found = _own().filter(pk=guide).first()
    if found is None:
        raise NotFound
    return found


def working_version(guide: Guide) -> GuideVersion | None:
    """The version that is written in; None while nobody changes what is on show."""
    return GuideVersion.objects.filter(guide=guide).exclude(state=VersionState.PUBLISHED).first()


def newest_version(guide: Guide) -> GuideVersion:
    """The one that is written in, else the last published."""
    return GuideVersion.objects.filter(guide=guide).order_by("-number")[0]


def versions_of(guide: Guide) -> list[GuideVersion]:
    """All, the newest first."""
    return list(GuideVersion.objects.filter(guide=guide).defer("content").order_by("-number")[:PAGE])


def version_for(guide: Guide, number: int) -> GuideVersion:
    """Raises NotFound."""
    found = GuideVersion.objects.filter(guide=guide, number=number).first()
    if found is None:
        raise NotFound
    return found


def queue() -> list[GuideVersion]:
    """What waits for the market, the oldest first."""
    with for_market(WHY):
        waiting = GuideVersion.objects.filter(state=VersionState.WAITING).select_related("guide").defer("content")
        return list(waiting.order_by("handed_in_at", "pk")[:PAGE])


def makers(versions: Sequence[GuideVersion]) -> dict[int, Organisation]:
    return Organisation.objects.in_bulk({one.organisation_id for one in versions})


def waiting_count() -> int | None:
    """How many wait; None for none."""
    with for_market(WHY):
        return GuideVersion.objects.filter(state=VersionState.WAITING).count() or None


def case_for_market(version: UUID) -> Case:
    """What was handed in, whoever made it. Raises NotFound; drafts are nobody else's business."""
    with for_market(WHY):
        found = GuideVersion.objects.filter(pk=version, handed_in_at__isnull=False).exclude(state=VersionState.DRAFT)
        row = found.select_related("guide").first()
    if row is None:
        raise NotFound
    return Case(row, row.guide, Organisation.objects.get(pk=row.organisation_id))


def tasks(member: Member, at: datetime) -> Iterator[Task]:
    """For the market: guides that wait. For their makers: what was answered, for two weeks."""
    here = member.organisation
    if here.is_operator and member.may("run market") and (waiting := waiting_count()):
        words = ngettext("Review %(n)s guide that waits", "Review %(n)s guides that wait", waiting) % {"n": waiting}
        yield Task(words, reverse("guides:reviews", args=[here.slug]), "list-check", rank=45)
    if member.may("write content"):
        answered = GuideVersion.objects.filter(
            organisation_id=here.pk, state__in=(VersionState.CHANGES, VersionState.DECLINED), decided_at__gte=at - FRESH
        )
        for version in answered.defer("content")[:3]:
            words = _("Read what the market says of your guide “%(title)s”") % {"title": str(version.title.get("es", ""))[:70]}
            yield Task(words, reverse("guides:guide", args=[here.slug, version.guide_id]), "list-check", rank=45, why=version.reason[:200])


def _own() -> QuerySet[Guide]:
    return Guide.objects.filter(organisation_id=acting_organisation())
