"""A guide of a seller's on show, a newer version of it that waits for the market, how far it was walked, and a dossier of the market's."""

from __future__ import annotations

import json
from datetime import datetime
from uuid import UUID

from django.utils.text import slugify

from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_market, for_organisation
from oportuno.offer.guides import api as guides
from oportuno.offer.guides.actions.publishing import hand_in_guide
from oportuno.offer.guides.actions.writing import change_cover
from oportuno.offer.guides.models import Guide, GuideFigure, GuideVersion, VersionState
from oportuno.offer.guides.rules.dossier import Thing, Told
from oportuno.offer.guides.testing import ROSES, write_guide
from oportuno.people.organisations.testing import Actor

QUESTION = "cualflor9"
"""A key that stands nowhere else in a page."""
CONTENT = json.loads(json.dumps(ROSES).replace('"key": "flor"', f'"key": "{QUESTION}"'))
WORDS = ("subtitle", "made", "now", "advice", "reasons", "things", "whose", "key")


def own_guide(owner: Actor, name: str) -> UUID:
    """As if the market had approved its first version."""
    at, member = now(), owner.member
    version = write_guide(owner, at, title=f"{name} guía", content=CONTENT)
    with for_market("a test"):
        row = GuideVersion.objects.get(pk=version.pk)
        GuideVersion.objects.filter(pk=row.pk).update(state=VersionState.PUBLISHED, handed_in_at=at)
        Guide.objects.filter(pk=row.guide_id).update(
            slug=slugify(f"{name} guia"), content=row.content, version=1, published=True, published_at=at
        )
    with for_organisation(member.organisation.pk):
        guide = Guide.objects.get(pk=version.guide_id)
        title = guides.Said(es=f"{name} guía nueva")
        change_cover(guide=guide, cover=guides.Cover(title), revision=1, by=member, at=at)
        hand_in_guide(guide=guide, news="", by=member, at=at)
        GuideFigure.objects.create(guide=guide, day=at.date(), question=QUESTION, times=3)
    return guide.pk


def dossier(owner: Actor, name: str, at: datetime) -> UUID:
    """The market's, about what this seller shows."""
    thing = Thing(title=f"{name} producto", seller=name, address="https://example.com/")
    told = Told(
        title=f"{name} dosier", market="El Mercado", whole="https://example.com/", on="2026-11-23", day="23 de noviembre", things=(thing,),
        words=dict.fromkeys(WORDS, "x"),
    )  # fmt: skip
    return guides.begin_dossier(told=told, sellers=[owner.member.organisation.pk], language="es", at=at).pk
