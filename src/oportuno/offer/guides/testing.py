"""Guides to walk in tests."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from oportuno.kernel.isolation import for_market, for_organisation
from oportuno.offer.guides.actions.publishing import publish_guide
from oportuno.offer.guides.actions.writing import Cover, begin_guide
from oportuno.offer.guides.models import Guide, GuideFigure, GuideVersion
from oportuno.offer.guides.rules.document import Said, read
from oportuno.people.organisations.testing import Actor


def option(key: str, *conditions: dict[str, Any], leads: str = "", why: str = "", source: str = "") -> dict[str, Any]:
    return {
        "key": key,
        "label": {"es": key.capitalize(), "en": f"{key.capitalize()} (en)"},
        "conditions": list(conditions),
        "next": leads,
        **({"why": {"es": why, "en": why}} if why else {}),
        **({"source": {"title": source}} if source else {}),
    }


def question(key: str, *options: dict[str, Any], several: bool = False) -> dict[str, Any]:
    return {"key": key, "ask": {"es": f"¿{key.capitalize()}?", "en": f"{key.capitalize()}?"}, "several": several, "options": list(options)}


def asks(key: str, *values: str) -> dict[str, Any]:
    return {"kind": "attribute", "key": key, "values": list(values)}


ROSES: dict[str, Any] = {
    "questions": [
        question(
            "flor",
            option("rosas", {"kind": "category", "key": "rosas"}, why="Duran una semana.", source="Libro de rosas"),
            option("claveles", {"kind": "category", "key": "claveles"}, leads="precio"),
        ),
        question("color", option("rojo", asks("colour", "rojo")), option("blanco", asks("colour", "blanco")), several=True),
        question(
            "precio",
            option("poco", {"kind": "price", "most": "47000", "currency": "COP"}),
            option("mucho", {"kind": "price", "least": "900000", "currency": "COP"}),
            option("igual"),
        ),
    ]
}
"""Roses or carnations, in which colour (of roses alone), for how much."""


def write_guide(by: Actor, at: datetime, *, title: str = "Qué rosa", content: dict[str, Any] = ROSES) -> GuideVersion:
    """A guide that nobody sees yet."""
    with for_organisation(by.member.organisation.pk):
        cover = Cover(Said(es=title, en=f"{title} (en)"), Said(es="Para escoger.", en="To choose."))
        return begin_guide(cover=cover, content=read(content), by=by.member, at=at)


def show_guide(operator: Actor, at: datetime, **given: Any) -> Guide:
    """A guide of the operator's on show."""
    version = write_guide(operator, at, **given)
    with for_organisation(operator.member.organisation.pk):
        publish_guide(guide=version.guide, news="", by=operator.member, at=at)
        return Guide.objects.get(pk=version.guide_id)


def figures() -> dict[tuple[str, str], int]:
    """How often each question was come to (without an option), and each answer given."""
    with for_market("a test"):
        return {(one.question, one.option): one.times for one in GuideFigure.objects.all()}
