"""`guides.yaml`: guides that a market of this vertical begins with."""

from __future__ import annotations

from typing import Any

from .words import Noun, Slug, Text


class GuideTemplate(Noun):
    """`content` is a guide's own shape, which offer/guides reads and checks; `sector` one of the pack's, or nothing."""

    slug: Slug
    title: Text
    summary: Text
    sector: str = ""
    content: dict[str, Any]


class GuideTemplates(Noun):
    guides: tuple[GuideTemplate, ...] = ()
