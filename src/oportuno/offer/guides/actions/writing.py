"""Writing a guide: each save is one revision of the open version."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from oportuno.kernel.errors import Conflict, Refusal
from oportuno.kernel.isolation import acting_organisation
from oportuno.offer.guides.models import Guide, GuideVersion, VersionState
from oportuno.offer.guides.queries.desk import newest_version, working_version
from oportuno.offer.guides.rules.document import LARGEST, Content, Said, read, written
from oportuno.offer.guides.rules.editing import Full, Missing
from oportuno.people.organisations.api import Member

LONGEST_TITLE = 120
UNSAID = Said()


@dataclass(frozen=True)
class Cover:
    """What a guide says of itself."""

    title: Said
    summary: Said = UNSAID
    sector: str = ""
    advice: Said = UNSAID


@transaction.atomic
def begin_guide(*, cover: Cover, content: Content | None = None, by: Member, at: datetime) -> GuideVersion:
    """A guide that nobody sees yet; with `content` it is there already, from a template or a file."""
    owner = by.organisation
    guide = Guide.objects.create(
        organisation_id=acting_organisation(), of_seller=not owner.is_operator, created_at=at, changed_at=at, **_cover(cover)
    )
    content = (content or Content()).model_copy(update={"advice": cover.advice} if cover.advice else {})
    _must_fit(content)
    return GuideVersion.objects.create(
        guide=guide, number=1, content=written(content), by_id=by.id, by_name=by.person.name, changed_at=at, **_cover(cover)
    )


@transaction.atomic
def change_cover(*, guide: Guide, cover: Cover, revision: int, by: Member, at: datetime) -> GuideVersion:
    """Title, summary, sector, and what stands above what it finds."""
    version = _open(guide, revision, at)
    for name, value in _cover(cover).items():
        setattr(version, name, value)
    return _save(version, read(version.content).model_copy(update={"advice": cover.advice}), by, at)


@transaction.atomic
def change_content(*, guide: Guide, change: Callable[[Content], Content], revision: int, by: Member, at: datetime) -> GuideVersion:
    """One of rules.editing's changes. Raises Conflict where somebody else saved meanwhile."""
    version = _open(guide, revision, at)
    try:
        changed = change(read(version.content))
    except Missing as error:
        raise Conflict(_("Somebody took this away meanwhile. Look at the guide again.")) from error
    except Full as error:
        raise Refusal(_("There is no room for another one: a guide that asks less is walked to its end more often.")) from error
    return _save(version, changed, by, at)


@transaction.atomic
def go_back_to(*, guide: Guide, number: int, by: Member, at: datetime) -> GuideVersion:
    """What an older version said, to be written on from there."""
    old = GuideVersion.objects.filter(guide=guide, number=number, state=VersionState.PUBLISHED).first()
    if old is None:
        raise Refusal(_("That version is not there."))
    version = _open(guide, None, at)
    version.title, version.summary, version.sector = old.title, old.summary, old.sector
    return _save(version, read(old.content), by, at)


@transaction.atomic
def drop_draft(*, guide: Guide, by: Member, at: datetime) -> None:
    """What was written since the last publication goes; a guide that was never published goes whole."""
    version = working_version(guide)
    if version is None:
        return
    if guide.version == 0:
        guide.delete()
        return
    version.delete()


def _open(guide: Guide, revision: int | None, at: datetime) -> GuideVersion:
    """The version to write in, locked; a new one after a publication. `revision` None: whatever it is."""
    Guide.objects.select_for_update().get(pk=guide.pk)
    version = working_version(guide)
    last = version or newest_version(guide)
    if revision is not None and last.revision != revision:
        raise Conflict(_("Somebody else saved this guide meanwhile. Look at it again; what you typed is still here."))
    if last.state == VersionState.WAITING:
        raise Conflict(_("The guide waits for review. Take it back first to go on writing."))
    if version is not None:
        return version
    return GuideVersion(
        organisation_id=guide.organisation_id, guide=guide, number=last.number + 1, title=last.title, summary=last.summary,
        content=last.content, sector=last.sector, revision=0, changed_at=at,
    )  # fmt: skip


def _save(version: GuideVersion, content: Content, by: Member, at: datetime) -> GuideVersion:
    _must_fit(content)
    version.content, version.revision = written(content), version.revision + 1
    version.by_id, version.by_name, version.changed_at = by.id, by.person.name, at
    if version.state != VersionState.CHANGES:  # what the market asked for stays in sight until it is handed in again
        version.state = VersionState.DRAFT
    version.save()
    Guide.objects.filter(pk=version.guide_id).update(changed_at=at)
    return version


def _cover(cover: Cover) -> dict[str, object]:
    if not cover.title.es:
        raise Refusal(_("Give it a title."), field="title_es")
    title = Said(es=cover.title.es[:LONGEST_TITLE], en=cover.title.en[:LONGEST_TITLE])
    return {"title": title.model_dump(), "summary": cover.summary.model_dump(), "sector": cover.sector}


def _must_fit(content: Content) -> None:
    if len(content.model_dump_json()) > LARGEST:
        raise Refusal(_("This guide is too long to be kept. Shorten its explanations."))
