"""Versions that designers handed in: their own list, and the market's queue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oportuno.kernel.desk import Task
from oportuno.kernel.errors import NotFound
from oportuno.kernel.isolation import for_market
from oportuno.offer.sites.models import Theme, ThemeState, ThemeVersion
from oportuno.offer.sites.queries.themes.trying import Trial
from oportuno.offer.sites.queries.themes.words import Told, check_words, told
from oportuno.offer.sites.rules.themes.remarks import Remark
from oportuno.people.organisations.api import Kind, Member, Organisation

WHY = "the market reviews the themes that designers hand in"
PAGE = 50
FRESH = timedelta(days=14)
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


def tasks(member: Member, at: datetime) -> Iterator[Task]:
    """For the market: themes that wait. For designers: what was not approved, for two weeks."""
    here = member.organisation
    if here.is_operator and member.may("run market") and (waiting := waiting_count()):
        words = ngettext("Look at %(n)s theme that waits", "Look at %(n)s themes that wait", waiting) % {"n": waiting}
        yield Task(words, reverse("sites:theme_reviews", args=[here.slug]), "brush", rank=45)
    if here.kind == Kind.PROFESSIONAL and member.may("publish content"):
        refused = ThemeVersion.objects.filter(organisation_id=here.pk, state=ThemeState.REFUSED, decided_at__gte=at - FRESH)
        for version in refused.exclude(pk__in=_followed(here.pk)).select_related("theme").defer("parts")[:3]:
            words = _("Read why %(theme)s %(number)s was not approved") % {"theme": version.theme.name, "number": version.number}
            yield Task(words, reverse("sites:made_theme", args=[here.slug, version.pk]), "brush", rank=45)


def _followed(organisation: int) -> list[UUID]:
    """Versions after which a newer one was handed in: what was said of them is done."""
    newest = ThemeVersion.objects.filter(organisation_id=organisation, theme=OuterRef("theme"), uploaded_at__gt=OuterRef("uploaded_at"))
    return list(ThemeVersion.objects.filter(Exists(newest), organisation_id=organisation).values_list("pk", flat=True))


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
