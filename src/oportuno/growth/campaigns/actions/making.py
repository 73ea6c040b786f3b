"""Bulletins that make themselves: of what is new, by a rhythm, with nobody typing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from html import escape
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from oportuno.growth.campaigns.actions.scheduling import schedule
from oportuno.growth.campaigns.actions.writing import PURPOSES
from oportuno.growth.campaigns.facts import BulletinMade, BulletinSkipped
from oportuno.growth.campaigns.models import Campaign, Series, Version
from oportuno.growth.campaigns.queries.news import KINDS_OF_NEWS, Asked, Piece, card_of, news_of, sectors
from oportuno.growth.campaigns.queries.series import series_for
from oportuno.growth.campaigns.rules.rhythm import FORTNIGHT, MONTH, WEEK, next_due
from oportuno.kernel.audit import audit
from oportuno.kernel.content import read, write
from oportuno.kernel.errors import Refusal
from oportuno.kernel.facts import record
from oportuno.people.messaging import api as messaging
from oportuno.people.organisations.api import Member, Organisation

FIRST_LOOK = timedelta(days=31)
"""How far back a new series looks the first time."""
MADE, NOTHING_NEW, HELD = "made", "nothing", "refused"


@transaction.atomic
def begin_series(*, by: Member, at: datetime, **said: Any) -> Series:
    """`said` is what `change_series` takes."""
    found = Series(until=at - FIRST_LOOK, next_at=at, created_by_id=by.id, created_at=at, audience={"segments": [], "minus": []})
    _fill(found, by.organisation, at, **said)
    found.save(force_insert=True)
    audit("bulletin series begun", of=found, at=at, by=by.id, name=found.name)
    return found


@transaction.atomic
def change_series(*, series: UUID, by: Member, at: datetime, **said: Any) -> Series:
    """From its next bulletin on."""
    found = series_for(series, lock=True)
    _fill(found, by.organisation, at, **said)
    found.save()
    audit("bulletin series changed", of=found, at=at, by=by.id, name=found.name, active=found.active)
    return found


@transaction.atomic
def make_bulletin(*, series: UUID, at: datetime, by: Member | None = None) -> Campaign | None:
    """A campaign of what is new since the last one, on its way; None when nothing is. By the clock, or when a member asks for it now."""
    found = series_for(series, lock=True)
    if not by and (not found.active or found.next_at > at):
        return None
    owner = Organisation.objects.get(pk=found.organisation_id)
    news = news_of(Asked(owner, found.kinds, found.sectors, found.until, found.most, found.language))
    found.next_at = _next(found, owner, at)
    found.told, found.told_at = (MADE, at) if news else (NOTHING_NEW, at)
    if not news:
        found.save()
        record(BulletinSkipped(series=found.pk, reason=NOTHING_NEW, by=by.id if by else None, at=at))
        return None
    campaign = _campaign(found, news, by, at)
    try:
        with transaction.atomic():
            schedule(campaign=campaign.pk, by=by, at=at)
    except Refusal:  # nobody agreed yet, or the address is missing: it stands as a draft with its reasons
        found.told = HELD
    found.until = max(one.at for one in news)
    found.save()
    record(BulletinMade(series=found.pk, campaign=campaign.pk, pieces=len(news), by=by.id if by else None, at=at))
    return campaign


def preview_of(series: Series, owner: Organisation) -> list[Piece]:
    """What its next bulletin would hold now."""
    return news_of(Asked(owner, series.kinds, series.sectors, series.until, series.most, series.language))


def _campaign(series: Series, news: Sequence[Piece], by: Member | None, at: datetime) -> Campaign:
    made = Campaign(
        name=f"{series.name} · {at:%Y-%m-%d}", language=series.language, purpose=series.purpose, reply_to=series.reply_to, audience=series.audience,
        series=series, created_by_id=by.id if by else None, created_by_name=by.person.name if by else "", created_at=at, changed_at=at,
    )  # fmt: skip
    made.save(force_insert=True)
    intro = [{"type": "text", "lead": True, "text": escape(series.intro, quote=False)}] if series.intro else []
    document = read({"blocks": [*intro, *(card_of(one) for one in news)]})
    first = news[0].title.replace("{{", "{ {")
    subject = series.subject.replace("{title}", first)[:300]
    Version(campaign=made, key="a", subject=subject, preheader=first[:200], sender=series.sender, document=write(document)).save(
        force_insert=True
    )
    return made


def _fill(series: Series, owner: Organisation, at: datetime, **said: Any) -> None:
    for name in ("name", "subject", "intro", "sender", "language"):
        if name in said:
            setattr(series, name, " ".join(str(said[name]).split()))
    series.kinds = _chosen(said.get("kinds", series.kinds), dict(KINDS_OF_NEWS), "kinds")
    if not series.kinds:
        raise Refusal(_("Choose what it tells of."), field="kinds")
    with translation.override(series.language):
        series.sectors = _chosen(said.get("sectors", series.sectors), dict(sectors(series.language)), "sectors")
    series.rhythm = said.get("rhythm", series.rhythm)
    if series.rhythm not in (WEEK, FORTNIGHT, MONTH):
        raise Refusal(_("Choose how often."), field="rhythm")
    for name, least, most in (("weekday", 0, 6), ("hour", 0, 23), ("most", 1, 20)):
        value = int(said.get(name, getattr(series, name)))
        if not least <= value <= most:
            raise Refusal(_("Choose a number between %(least)s and %(most)s.") % {"least": least, "most": most}, field=name)
        setattr(series, name, value)
    series.purpose = said.get("purpose", series.purpose)
    if series.purpose not in PURPOSES:
        raise Refusal(_("Choose what its readers agreed to."), field="purpose")
    if not series.name or not series.subject:
        raise Refusal(_("A bulletin that makes itself needs a name and a subject."), field="name" if not series.name else "subject")
    if "reply_to" in said:
        series.reply_to = messaging.checked_address(said["reply_to"]) if said["reply_to"].strip() else ""
    if "segments" in said:
        series.audience = {"segments": [str(UUID(one)) for one in said["segments"]], "minus": []}
    series.active = bool(said.get("active", series.active))
    series.next_at = _next(series, owner, at)


def _chosen(values: Sequence[str], known: Mapping[str, Any], field: str) -> list[str]:
    if strange := [one for one in values if one not in known]:
        raise Refusal(_("Choose from the list: %(strange)s is not in it.") % {"strange": strange[0][:40]}, field=field)
    return list(dict.fromkeys(values))


def _next(series: Series, owner: Organisation, at: datetime) -> datetime:
    return next_due(at, rhythm=series.rhythm, day=series.weekday, hour=series.hour, zone=owner.time_zone)
