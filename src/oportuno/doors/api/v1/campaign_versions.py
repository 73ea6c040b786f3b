"""Versions of a campaign: what is tried on some of its readers before the others get the better one."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Router, Schema
from pydantic import Field

from oportuno.doors.api.keys import KeyRequest, scoped
from oportuno.doors.api.pace import KEYED
from oportuno.doors.api.shapes import KEYS, WRITES, Body, Text
from oportuno.doors.api.v1.campaigns import Line, paragraphs
from oportuno.growth.campaigns import api as campaigns
from oportuno.kernel.clock import now
from oportuno.kernel.content import read

router = Router(tags=["campaigns"], throttle=[KEYED])
Key = Literal["a", "b", "c", "d"]


class WordsIn(Body):
    """What one version says. `content` or `text` as of a campaign; what is not given stays as it is."""

    subject: Line | None = None
    preheader: Annotated[Text, Field(max_length=200)] | None = None
    sender: Annotated[Text, Field(max_length=80)] | None = None
    text: Annotated[Text, Field(max_length=20_000)] | None = None
    content: dict[str, Any] | None = None


class WordsOut(Schema):
    """`a` is what goes out unless another version does better. `text` is a text message's, `content` a mail's document of blocks."""

    key: str
    subject: str
    preheader: str
    sender: str
    text: str
    content: dict[str, Any]


class VersionsOut(Schema):
    versions: list[WordsOut]


@router.get(
    "/campaigns/{uuid:campaign}/versions", response={200: VersionsOut, **KEYS}, url_name="campaign-versions", summary="Read its versions"
)
@scoped("campaigns:read")
def versions(request: KeyRequest, campaign: UUID) -> VersionsOut:
    """One to four."""
    return _all(campaign)


@router.put(
    "/campaigns/{uuid:campaign}/versions/{version}",
    response={200: VersionsOut, **WRITES},
    url_name="campaign-version",
    summary="Write a version",
)
@scoped("campaigns:write")
def put_version(request: KeyRequest, campaign: UUID, version: Key, body: WordsIn) -> VersionsOut:
    """The next letter that is free makes one, as the first one is, with what is given changed. 409 unless it is a draft."""
    given = body.model_dump(exclude_unset=True, exclude={"content"})
    words = {name: value for name, value in given.items() if value is not None}
    found = campaigns.campaign_for(campaign)
    if found.channel == campaigns.Channel.EMAIL:
        text = words.pop("text", None)
        if body.content is not None or text is not None:
            words["content"] = read(body.content if body.content is not None else {"blocks": paragraphs(text or "")})
    campaigns.put_version(campaign=found.pk, key=version, by=request.member, at=now(), **words)
    return _all(campaign)


@router.delete(
    "/campaigns/{uuid:campaign}/versions/{version}",
    response={200: VersionsOut, **WRITES},
    url_name="campaign-version",
    summary="Take a version away",
)
@scoped("campaigns:write")
def remove_version(request: KeyRequest, campaign: UUID, version: Key) -> VersionsOut:
    """The first one stays."""
    campaigns.remove_version(campaign=campaign, key=version, by=request.member, at=now())
    return _all(campaign)


def _all(campaign: UUID) -> VersionsOut:
    return VersionsOut(versions=[_words(one) for one in campaigns.versions_of(campaigns.campaign_for(campaign))])


def _words(one: campaigns.Version) -> WordsOut:
    content = one.document or {"blocks": []}
    return WordsOut(key=one.key, subject=one.subject, preheader=one.preheader, sender=one.sender, text=one.text, content=content)
