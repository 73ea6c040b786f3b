"""Campaigns: bulletins and text messages to many, written, let go, counted."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal, cast
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from ninja import Query as InQuery
from ninja import Router, Schema
from pydantic import Field

from oportuno.doors.api import marks
from oportuno.doors.api.keys import KeyRequest, scoped
from oportuno.doors.api.pace import KEYED
from oportuno.doors.api.shapes import KEYS, WRITES, After, Amount, Body, Limit, Text, amount
from oportuno.growth.campaigns import api as campaigns
from oportuno.kernel.clock import now
from oportuno.kernel.content import read
from oportuno.kernel.errors import Forbidden, Refusal

router = Router(tags=["campaigns"], throttle=[KEYED])
State = Literal["draft", "scheduled", "sending", "paused", "sent", "cancelled"]
Line = Annotated[Text, Field(max_length=300)]


class CampaignOut(Schema):
    """`winner` is the version that went out to all others, empty while there is none."""

    id: UUID
    name: str
    channel: str
    purpose: str
    language: str
    state: State
    timing: str
    when: datetime | None
    segments: list[str]
    minus: list[str]
    winner: str
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None


class CampaignsOut(Schema):
    """The newest first. `next` asks for the following page; null at the end."""

    campaigns: list[CampaignOut]
    next: str | None


class FiguresOut(Schema):
    """audience = sent + failed + suppressed + waiting, always. Opens and clicks of people and of machines are counted apart."""

    audience: int
    waiting: int
    sent: int
    failed: int
    suppressed: int
    delivered: int
    opened: int
    opened_by_machine: int
    clicked: int
    clicked_by_machine: int
    bounced: int
    complained: int
    left: int


class NamedFigures(FiguresOut):
    """`followed_up`: people who did something of `results` after they followed a link of it."""

    key: str
    name: str
    followed_up: int


class ResultOut(Schema):
    """What people did within `counted_days` of following a link: each person once, and how often in all."""

    key: str
    name: str
    people: int
    times: int
    amounts: list[Amount]


class LinkOut(Schema):
    address: str
    people: int
    machines: int


class ReportOut(Schema):
    """`gathering`: readers are still being gathered, so `audience` may grow."""

    state: State
    gathering: bool
    total: FiguresOut
    versions: list[NamedFigures]
    segments: list[NamedFigures]
    links: list[LinkOut]
    results: list[ResultOut]


class CampaignIn(Body):
    """A draft. `content` is a document of blocks as the workbench keeps it, or `text` with paragraphs (all that a text message says).

    Fields of each reader are written `{{ name | "friend" }}`. Without `segments` it goes to everybody who agreed to `purpose`.
    """

    name: Annotated[Text, Field(min_length=1, max_length=120, examples=["November"])]
    channel: Literal["email", "sms"] = "email"
    purpose: Literal["bulletin", "offers", "topics"] = "bulletin"
    language: Literal["es-co", "es-mx", "en"] = "es-co"
    subject: Line = ""
    preheader: Annotated[Text, Field(max_length=200)] = ""
    sender: Annotated[Text, Field(max_length=80)] = ""
    text: Annotated[Text, Field(max_length=20_000)] = ""
    content: dict[str, Any] | None = None
    segments: Annotated[list[Annotated[Text, Field(max_length=36)]], Field(max_length=20)] = Field(default_factory=list)
    minus: Annotated[list[Annotated[Text, Field(max_length=36)]], Field(max_length=20)] = Field(default_factory=list)


class SendingIn(Body):
    """`when` with its zone; needed for “at” and “zone”. `per_hour` 0: as fast as it goes.

    Of several versions a `share` (percent) of the readers gets each at random; after `hours` the one that most people opened, or followed
    a link of (`rule`), goes out to the others. `counted_days`: how long after a link what people do counts as its result.
    """

    timing: Literal["now", "at", "zone", "best"] = "now"
    when: Annotated[datetime | None, Field(strict=False)] = None
    per_hour: Annotated[int, Field(ge=0, le=1_000_000)] = 0
    share: Literal[5, 10, 20, 30, 40, 50] = 20
    rule: Literal["opens", "clicks"] = "opens"
    hours: Literal[1, 2, 4, 8, 24, 48] = 4
    counted_days: Literal[1, 3, 7, 14, 30] = 7


@router.get("/campaigns", response={200: CampaignsOut, **KEYS}, url_name="campaigns", summary="List campaigns")
@scoped("campaigns:read")
def listed(request: KeyRequest, state: Annotated[State | None, InQuery()] = None, after: After = "", limit: Limit = 50) -> CampaignsOut:
    """The newest first."""
    mark = marks.read(after, marks.moment, UUID)
    found = campaigns.campaigns(state=state or "", after=(mark[0], mark[1]) if mark else None, size=limit)
    return CampaignsOut(
        campaigns=[_out(one) for one in found.campaigns], next=marks.write(found.next[0].isoformat(), found.next[1]) if found.next else None
    )


@router.get("/campaigns/{uuid:campaign}", response={200: CampaignOut, **KEYS}, url_name="campaign", summary="Read a campaign")
@scoped("campaigns:read")
def one(request: KeyRequest, campaign: UUID) -> CampaignOut:
    """404 for another organisation's."""
    return _out(campaigns.campaign_for(campaign))


@router.get(
    "/campaigns/{uuid:campaign}/figures", response={200: ReportOut, **KEYS}, url_name="campaign-figures", summary="Read its figures"
)
@scoped("campaigns:read")
def figures(request: KeyRequest, campaign: UUID) -> ReportOut:
    """While it goes out and after."""
    found = campaigns.campaign_for(campaign)
    report = campaigns.report_of(found)
    return ReportOut(
        state=cast(State, found.state), gathering=report.gathering, total=FiguresOut(**_figures(report.total)),
        versions=[_line(line) for line in report.versions],
        segments=[_line(line) for line in report.parts],
        links=[LinkOut(address=line.address, people=line.people, machines=line.machines) for line in report.links],
        results=[
            ResultOut(
                key=line.key, name=line.label, people=line.people, times=line.times,
                amounts=[said for one in line.money if (said := amount(one))],
            )
            for line in report.results.lines
        ],
    )  # fmt: skip


@router.post("/campaigns", response={201: CampaignOut, **WRITES}, url_name="campaigns", summary="Write a campaign")
@scoped("campaigns:write")
def write(request: KeyRequest, body: CampaignIn) -> tuple[int, CampaignOut]:
    """A draft; nothing goes out before it is let go."""
    at, by = now(), request.member
    content = read(body.content) if body.content is not None else read({"blocks": paragraphs(body.text)})
    with transaction.atomic():
        made = campaigns.begin_campaign(name=body.name, channel=body.channel, purpose=body.purpose, language=body.language, by=by, at=at)
        words: dict[str, Any] = (
            {"text": body.text}
            if body.channel == "sms"
            else {"subject": body.subject, "preheader": body.preheader, "sender": body.sender, "content": content}
        )
        campaigns.write_version(campaign=made.pk, by=by, at=at, **words)
        made = campaigns.change_campaign(campaign=made.pk, audience_of=_audience(body), by=by, at=at)
    return 201, _out(made)


@router.put(
    "/campaigns/{uuid:campaign}/sending", response={200: CampaignOut, **WRITES}, url_name="campaign-sending", summary="Let it go out"
)
@scoped("campaigns:write")
def let_go(request: KeyRequest, campaign: UUID, body: SendingIn) -> CampaignOut:
    """Looked at once more first: 422 says all that must be mended. 409 where it is on its way already."""
    _may_send(request)
    when = _aware(body.when)
    done = campaigns.schedule(
        campaign=campaign, timing=body.timing, when=when, per_hour=body.per_hour or None, share=body.share, rule=body.rule, hours=body.hours,
        counted_days=body.counted_days, by=request.member, at=now(),
    )  # fmt: skip
    return _out(done)


@router.delete("/campaigns/{uuid:campaign}/sending", response={200: CampaignOut, **WRITES}, url_name="campaign-sending", summary="Stop it")
@scoped("campaigns:write")
def stop(request: KeyRequest, campaign: UUID) -> CampaignOut:
    """A scheduled one is a draft again, one that is going out is called off: who waits gets nothing."""
    _may_send(request)
    found = campaigns.campaign_for(campaign)
    if found.state == campaigns.State.SCHEDULED:
        return _out(campaigns.unschedule(campaign=found.pk, by=request.member, at=now()))
    return _out(campaigns.call_off(campaign=found.pk, by=request.member, at=now()))


@router.put("/campaigns/{uuid:campaign}/pause", response={200: CampaignOut, **WRITES}, url_name="campaign-pause", summary="Pause it")
@scoped("campaigns:write")
def pause(request: KeyRequest, campaign: UUID) -> CampaignOut:
    """Nothing more goes out before it goes on. 409 unless it is going out."""
    _may_send(request)
    return _out(campaigns.pause(campaign=campaign, by=request.member, at=now()))


@router.delete("/campaigns/{uuid:campaign}/pause", response={200: CampaignOut, **WRITES}, url_name="campaign-pause", summary="Let it go on")
@scoped("campaigns:write")
def go_on(request: KeyRequest, campaign: UUID) -> CampaignOut:
    """What was due later is due later by as much as the pause was long. 409 unless it is paused."""
    _may_send(request)
    return _out(campaigns.go_on(campaign=campaign, by=request.member, at=now()))


def _may_send(request: KeyRequest) -> None:
    if not request.member.may("send campaigns"):
        raise Forbidden(_("Whoever made this key may not let campaigns go out."))


def _aware(when: datetime | None) -> datetime | None:
    if when is not None and when.tzinfo is None:
        raise Refusal(_("Write the time with its zone, like 2026-03-01T15:30:00-05:00."), field="when")
    return when


def _audience(body: CampaignIn) -> dict[str, list[str]]:
    try:
        return {"segments": [str(UUID(one)) for one in body.segments], "minus": [str(UUID(one)) for one in body.minus]}
    except ValueError:
        raise Refusal(_("A segment is named by its id."), field="segments") from None


def paragraphs(text: str) -> list[dict[str, str]]:
    return [{"type": "text", "text": part.replace("&", "&amp;").replace("<", "&lt;")} for part in text.split("\n\n") if part.strip()]


def _out(found: campaigns.Campaign) -> CampaignOut:
    return CampaignOut(
        id=found.pk, name=found.name, channel=found.channel, purpose=found.purpose, language=found.language, state=cast(State, found.state), timing=found.timing,
        when=found.when, segments=list(found.audience.get("segments", [])), minus=list(found.audience.get("minus", [])), winner=found.winner,
        created_at=found.created_at, started_at=found.started_at, ended_at=found.ended_at,
    )  # fmt: skip


def _line(line: Any) -> NamedFigures:
    return NamedFigures(key=line.key, name=line.name, followed_up=line.followed_up, **_figures(line.figures))


def _figures(figures: Any) -> dict[str, int]:
    return {name: getattr(figures, name) for name in FiguresOut.model_fields}
