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
from oportuno.growth.campaigns.actions.writing import PURPOSES, segments_named
from oportuno.growth.campaigns.facts import BulletinMade, BulletinSkipped
from oportuno.growth.campaigns.models import Campaign, Channel, Series, Version
from oportuno.growth.campaigns.queries.news import KINDS_OF_NEWS, Asked, Piece, card_of, news_of, sectors
from oportuno.growth.campaigns.queries.series import series_for
from oportuno.growth.campaigns.rules.readers import EVERYBODY, MOST_TOPICS, for_topics
from oportuno.growth.campaigns.rules.rhythm import RHYTHMS, next_due
from oportuno.kernel.audit import audit
from oportuno.kernel.content import read, write
from oportuno.kernel.errors import Refusal
from oportuno.kernel.facts import record
from oportuno.people.messaging import api as messaging
from oportuno.people.organisations.api import Member, Organisation

FIRST_LOOK = timedelta(days=31)
"""How far back a new series looks the first time."""
MOST_SKIPPED = 50
LONGEST_NAME = 107  # with the day behind it, a campaign's name
MADE, NOTHING_NEW, HELD, FAILED = "made", "nothing", "refused", "failed"
TRIED_AGAIN = timedelta(hours=1)
"""After one that could not be made: soon enough to go out on its day, not so often that it fills the log."""


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
    news = preview_of(found, owner)
    found.next_at = _next(found, owner, at)
    found.told, found.told_at = (MADE, at) if news else (NOTHING_NEW, at)
    if not news:
        found.save()
        record(BulletinSkipped(series=found.pk, reason=NOTHING_NEW, by=by.id if by else None, at=at))
        return None
    campaign = _campaign(found, owner, news, by, at)
    try:
        with transaction.atomic():
            schedule(campaign=campaign.pk, by=by, at=at)
    except Refusal:  # nobody agreed yet, or the address is missing: it stands as a draft with its reasons
        found.told = HELD
    found.until, found.skipped = max(one.at for one in news), []
    found.save()
    record(BulletinMade(series=found.pk, campaign=campaign.pk, pieces=len(news), by=by.id if by else None, at=at))
    return campaign


@transaction.atomic
def put_off(*, series: UUID, at: datetime) -> None:
    """Nothing could be made of what is new, and nobody is to blame who writes or reads it: it is tried again, and its page says so."""
    found = series_for(series, lock=True)
    found.next_at, found.told, found.told_at = at + TRIED_AGAIN, FAILED, at
    found.save(update_fields=["next_at", "told", "told_at"])


def preview_of(series: Series, owner: Organisation) -> list[Piece]:
    """What its next bulletin would hold now."""
    return news_of(Asked(owner, series.kinds, series.sectors, series.until, series.most, series.language, series.skipped))


@transaction.atomic
def leave_out(*, series: UUID, piece: str, out: bool, by: Member, at: datetime) -> Series:
    """The next one does not tell of this piece, or does after all. `piece` is its address; raises Refusal for one that is not in it."""
    found = series_for(series, lock=True)
    if out and piece not in {one.href for one in preview_of(found, by.organisation)}:
        raise Refusal(_("The next one does not tell of that."))
    kept = [one for one in found.skipped if one != piece]
    if out and len(kept) >= MOST_SKIPPED:
        raise Refusal(_("So many are left out already. Narrow what it tells of instead."))
    found.skipped = [*kept, piece] if out else kept
    found.save(update_fields=["skipped"])
    audit("bulletin piece left out" if out else "bulletin piece taken in", of=found, at=at, by=by.id, name=found.name, piece=piece[:200])
    return found


@transaction.atomic
def set_active(*, series: UUID, active: bool, by: Member, at: datetime) -> Series:
    """Pause it, or let it make itself again, from its next day on."""
    found = series_for(series, lock=True)
    found.active = active
    if active:
        found.next_at = _next(found, by.organisation, at)
    found.save(update_fields=["active", "next_at"])
    audit("bulletin series changed", of=found, at=at, by=by.id, name=found.name, active=active)
    return found


def composed(series: Series, owner: Organisation, news: Sequence[Piece], *, at: datetime) -> tuple[Campaign, Version]:
    """What a bulletin of this news would be. Nothing is written down."""
    made = Campaign(
        name=f"{series.name[:LONGEST_NAME]} · {at:%Y-%m-%d}", language=series.language, purpose=series.purpose, reply_to=series.reply_to, audience=series.audience,
        series=series, created_at=at, changed_at=at,
    )  # fmt: skip
    intro = [{"type": "text", "lead": True, "text": escape(series.intro, quote=False)}] if series.intro else []
    document = read({"blocks": [*intro, *_cards(news, series.fits and owner.is_operator)]})
    first = news[0].title.replace("{{", "{ {")
    subject = series.subject.replace("{title}", first)[:300]
    return made, Version(campaign=made, key="a", subject=subject, preheader=first[:200], sender=series.sender, document=write(document))


def _cards(news: Sequence[Piece], fits: bool) -> list[dict[str, Any]]:
    """Each piece after the card that says for whom it is, where that is not the one before it. Sectors beyond those that can be told
    apart are for everybody.
    """
    told = list(dict.fromkeys(one.sectors for one in news if one.sectors))[:MOST_TOPICS] if fits else []
    cards: list[dict[str, Any]] = []
    current = EVERYBODY
    for one in news:
        whom = for_topics(one.sectors) if one.sectors in told else EVERYBODY
        if whom != current:
            cards.append({"type": "for_whom", "whom": whom})
            current = whom
        cards.append(card_of(one))
    return cards


def _campaign(series: Series, owner: Organisation, news: Sequence[Piece], by: Member | None, at: datetime) -> Campaign:
    made, version = composed(series, owner, news, at=at)
    made.created_by_id, made.created_by_name = (by.id, by.person.name) if by else (None, "")
    made.save(force_insert=True)
    version.save(force_insert=True)
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
    if series.rhythm not in RHYTHMS:
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
        series.audience = {"segments": segments_named(said["segments"], "segments"), "minus": []}
    series.active, series.fits = bool(said.get("active", series.active)), bool(said.get("fits", series.fits))
    series.next_at = _next(series, owner, at)


def _chosen(values: Sequence[str], known: Mapping[str, Any], field: str) -> list[str]:
    if strange := [one for one in values if one not in known]:
        raise Refusal(_("Choose from the list: %(strange)s is not in it.") % {"strange": strange[0][:40]}, field=field)
    return list(dict.fromkeys(values))


def _next(series: Series, owner: Organisation, at: datetime) -> datetime:
    law = messaging.law_of(owner.country)
    return next_due(
        at, rhythm=series.rhythm, day=series.weekday, hour=series.hour, zone=owner.time_zone,
        lets_out=lambda moment: messaging.next_allowed(moment, law, Channel.EMAIL) == moment,
    )  # fmt: skip
