"""Versions that designers handed in: their own list, and the market's queue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from oportuno.kernel.errors import NotFound
from oportuno.kernel.isolation import for_market
from oportuno.offer.sites.models import Theme, ThemeState, ThemeVersion
from oportuno.offer.sites.queries.themes.trying import Trial
from oportuno.offer.sites.queries.themes.words import Told, check_words, told
from oportuno.offer.sites.rules.themes.remarks import Remark
from oportuno.people.organisations.api import Organisation

WHY = "the market reviews the themes that designers hand in"
PAGE = 50
TONES = {"waiting": "waiting", "approved": "good", "refused": "warning", "taken_back": "neutral", "blocked": "bad", "own": "info"}


@dataclass(frozen=True)
class Checked:
    """One line of the automatic look."""

    words: str
    passes: bool
    must: bool
    what: str


@dataclass(frozen=True)
class Case:
    """One version with all that one decides by. `sample` and its like: links to the theme worn by a sample site."""

    version: ThemeVersion
    theme: Theme
    maker: Organisation
    checks: Sequence[Checked]
    remarks: Sequence[Told]
    fonts: Sequence[str]
    samples: Sequence[tuple[str, str]]

    @property
    def tone(self) -> str:
        return TONES[self.version.state]


def themes_of(organisation: int) -> list[tuple[Theme, list[ThemeVersion]]]:
    """An organisation's themes with their versions, the newest first. Two queries."""
    themes = list(Theme.objects.filter(organisation_id=organisation).order_by("-created_at"))
    versions = (
        ThemeVersion.objects.filter(organisation_id=organisation).exclude(state=ThemeState.OWN).defer("parts").order_by("-uploaded_at")
    )
    by_theme: dict[UUID, list[ThemeVersion]] = {}
    for version in versions:
        by_theme.setdefault(version.theme_id, []).append(version)
    return [(theme, by_theme[theme.pk]) for theme in themes if theme.pk in by_theme]


def queue(state: str) -> list[tuple[ThemeVersion, Theme]]:
    """What waits, the oldest first; or what was decided so, the newest first."""
    with for_market(WHY):
        found = ThemeVersion.objects.filter(state=state).select_related("theme").defer("parts", "remarks")
        rows = list(found.order_by("uploaded_at" if state == ThemeState.WAITING else "-decided_at")[:PAGE])
    return [(row, row.theme) for row in rows]


def waiting_count() -> int | None:
    """How many wait; None for none."""
    with for_market(WHY):
        return ThemeVersion.objects.filter(state=ThemeState.WAITING).count() or None


def case_for_market(version: UUID, *, at: datetime) -> Case:
    """Raises NotFound; what an organisation brought for itself is nobody else's business."""
    with for_market(WHY):
        found = ThemeVersion.objects.filter(pk=version).exclude(state=ThemeState.OWN).select_related("theme").first()
    if found is None:
        raise NotFound
    return _case(found, at)


def case_for(organisation: int, version: UUID, *, at: datetime) -> Case:
    """One of the own. Raises NotFound."""
    found = ThemeVersion.objects.filter(pk=version, organisation_id=organisation).select_related("theme").first()
    if found is None:
        raise NotFound
    return _case(found, at)


def _case(version: ThemeVersion, at: datetime) -> Case:
    maker = Organisation.objects.get(pk=version.organisation_id)
    families = version.parts["theme"].get("settings", {}).get("typography", {}).get("fontFamilies", [])
    pages = ("pagina", "entrada", "blog")
    looks = ["", *version.parts.get("variations", {})]
    return Case(
        version=version,
        theme=version.theme,
        maker=maker,
        checks=[Checked(check_words(one["code"], one["variation"]), one["passes"], one["must"], one["what"]) for one in version.checks],
        remarks=told(Remark(one["code"], one["where"], one.get("what", "")) for one in version.remarks),
        fonts=[str(one.get("name") or one.get("slug")) for one in families],
        samples=[
            (slug, Trial(0, version.key, {"variation": slug}).address(at=at, page=page))
            for slug in looks
            for page in pages[: 3 if not slug else 1]
        ],
    )
