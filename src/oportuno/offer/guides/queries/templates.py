"""Guides with which the vertical begins: told by the pack, from above (config.wiring)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from oportuno.offer.guides.rules.document import Content, Said, read


@dataclass(frozen=True)
class GuideTemplate:
    slug: str
    title: Said
    summary: Said
    sector: str
    content: Content

    @property
    def beginning(self) -> dict[str, str]:
        """What the form of a new guide says at first."""
        return {
            "title_es": self.title.es,
            "title_en": self.title.en,
            "summary_es": self.summary.es,
            "summary_en": self.summary.en,
            "sector": self.sector,
            "advice_es": self.content.advice.es,
            "advice_en": self.content.advice.en,
        }


def template_of(
    *, slug: str, title: Mapping[str, str], summary: Mapping[str, str], sector: str, content: Mapping[str, Any]
) -> GuideTemplate:
    """One of a pack's, as it stands there. Raises Unreadable."""
    return GuideTemplate(slug, Said(**title), Said(**summary), sector, read(content))


_ports: list[Callable[[], Sequence[GuideTemplate]]] = []


def connect_templates(source: Callable[[], Sequence[GuideTemplate]]) -> None:
    """Who knows the vertical's. Called in config.wiring."""
    _ports[:] = [source]


def templates() -> Sequence[GuideTemplate]:
    return _ports[0]() if _ports else ()


def template_for(slug: str) -> GuideTemplate | None:
    return next((one for one in templates() if one.slug == slug), None) if slug else None
