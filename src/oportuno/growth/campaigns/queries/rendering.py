"""How a version looks: once for each sort of readers, never once for each reader."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from oportuno.growth.campaigns.models import Campaign, Channel, Version
from oportuno.growth.campaigns.queries.blocks import blocks_for
from oportuno.kernel.content import Document, MailFoot, MailLook, read, render_mail, render_text
from oportuno.people.messaging import api as messaging
from oportuno.people.organisations.api import Organisation

_looks: list[Callable[[], MailLook]] = []


@dataclass(frozen=True)
class Rendered:
    """With its `{{ fields }}` still in it. A text message has no HTML."""

    subject: str
    text: str
    html: str = ""


def connect_look(look: Callable[[], MailLook]) -> None:
    """Who knows the vertical's colours. Called in config.wiring."""
    _looks[:] = [look]


def rendered(campaign: Campaign, version: Version, mask: int = -1) -> Rendered:
    """For the organisation we act for. `mask` says which conditions hold, as bits; -1: all of them."""
    if campaign.channel == Channel.SMS:
        return Rendered("", version.text)
    owner = Organisation.objects.get(pk=campaign.organisation_id)
    document = blocks_for(read(version.document or {"blocks": []}), mask)
    with translation.override(campaign.language):
        return _as_mail(owner, campaign, version, document)


def _as_mail(owner: Organisation, campaign: Campaign, version: Version, document: Document) -> Rendered:
    base = messaging.origin_of(owner)
    around = messaging.frame_of(owner, messaging.Purpose.MARKETING, "{{ way_out }}", campaign.language)
    foot = MailFoot(
        lines=(f"{around.sender} · {_harmless(around.postal)}", _harmless(around.reason)),
        ways=((_("Choose what you get"), "{{ preferences }}"), (pgettext("bulletin", "Unsubscribe"), "{{ way_out }}")),
    )
    html = render_mail(
        document, language=campaign.language, base=base, title=version.subject, preheader=version.preheader,
        sender=_harmless(version.sender or owner.name), look=_looks[0]() if _looks else MailLook(), foot=foot,
    )  # fmt: skip
    text = render_text(document, language=campaign.language, base=base)
    if not text.strip():
        return Rendered(version.subject, "", html)
    below = "\n".join([*foot.lines, *(f"{label}: {address}" for label, address in foot.ways)])
    return Rendered(version.subject, f"{text.strip()}\n\n--\n{below}\n", html)


def _harmless(words: str) -> str:
    """What others wrote is no field of ours (threat T10)."""
    return words.replace("{{", "{ {")
