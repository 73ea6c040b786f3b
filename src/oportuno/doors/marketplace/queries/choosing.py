"""What an address of the directory of sellers asks for, and how it can be narrowed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from oportuno.doors.marketplace.queries.facets import Chip, Group, Option
from oportuno.doors.marketplace.rules import asking
from oportuno.offer.directory import api as directory

DISTANCES = asking.DISTANCES
MOST_VALUES = 14
VIEWS = ("cards", "map")


@dataclass(frozen=True)
class Chosen:
    """Criteria as the address says them."""

    q: str = ""
    sector: str = ""
    place: str = ""
    certified: bool = False
    certification: str = ""
    lat: float | None = None
    lon: float | None = None
    km: int = 50
    sort: str = ""
    view: str = "cards"
    after: str = ""

    @property
    def is_near(self) -> bool:
        return self.lat is not None

    def but(self, **changes: Any) -> Chosen:
        """The same with some parts changed, from the first page on."""
        return replace(self, **{"after": "", **changes})

    def criteria(self) -> directory.Criteria:
        return directory.Criteria(
            sector=self.sector,
            place=self.place,
            near=directory.Point(self.lat, self.lon) if self.lat is not None and self.lon is not None else None,
            km=float(self.km),
            certified=self.certified,
            certification=self.certification,
            text=self.q,
            sort=self.sort if self.sort in ("name", "new", "near") else None,  # type: ignore[arg-type]
        )

    def parameters(self, *, without: Iterable[str] = ()) -> list[tuple[str, str]]:
        pairs = [
            ("q", self.q),
            ("sector", self.sector),
            ("place", self.place),
            ("certified", "1" if self.certified else ""),
            ("certification", self.certification),
            ("lat", f"{self.lat:.4f}" if self.lat is not None else ""),
            ("lon", f"{self.lon:.4f}" if self.lon is not None else ""),
            ("km", str(self.km) if self.is_near and self.km != 50 else ""),
            ("sort", self.sort),
            ("view", self.view if self.view != "cards" else ""),
            ("after", self.after),
        ]
        left = set(without)
        return [(name, value) for name, value in pairs if value and name not in left]

    def query(self, **changes: Any) -> str:
        """The address of this, with some parts changed."""
        return f"?{urlencode(replace(self, **changes).parameters())}"


def read(given: QueryDict) -> Chosen:
    """What makes no sense is left out."""
    known = asking.read(dict(given.lists()))
    return Chosen(
        q=known.q,
        sector=given.get("sector", "")[:60],
        place=given.get("place", "")[:20].upper(),
        certified=known.certified,
        certification=given.get("certification", "")[:60],
        lat=known.lat,
        lon=known.lon,
        km=known.km if "km" in given else 50,
        sort=given.get("sort", "") if given.get("sort") in ("name", "new", "near") else "",
        view=given.get("view", "") if given.get("view") in VIEWS else "cards",
        after=given.get("after", "")[:200],
    )


def groups(chosen: Chosen, counts: directory.DirectoryCounts, fixed: str) -> list[Group]:
    """Facets with counts; a fixed sector is the page itself and not offered."""
    made = [
        _group("sector", _("Sector"), chosen, counts.sectors) if not fixed else None,
        _group("place", _("Where they serve"), chosen, _places_first(counts.regions)),
        _group("certification", _("Certification"), chosen, counts.certifications),
    ]
    only = [Option(_("Certified sellers"), counts.certified, chosen.but(certified=not chosen.certified).query(), chosen.certified)]
    return [one for one in (*made, Group(_("Only"), only if counts.certified else [])) if one and one.options]


def _group(key: str, label: str, chosen: Chosen, counts: Sequence[directory.Counted]) -> Group:
    now = getattr(chosen, key)
    options = [
        Option(one.label, one.count, chosen.but(**{key: "" if one.value == now else one.value}).query(), one.value == now) for one in counts
    ]
    return Group(label, sorted(options, key=lambda one: not one.chosen)[:MOST_VALUES])


def _places_first(counts: Sequence[directory.Counted]) -> list[directory.Counted]:
    """Countries, then their parts."""
    return sorted(counts, key=lambda one: ("-" in one.value, -one.count, one.label))


def chips(chosen: Chosen, counts: directory.DirectoryCounts, fixed: str) -> list[Chip]:
    labels = {one.value: one.label for one in (*counts.sectors, *counts.regions, *counts.certifications)}
    found = []
    if chosen.q:
        found.append(Chip(f"“{chosen.q}”", chosen.but(q="").query()))
    for key in ("sector", "place", "certification"):
        value = getattr(chosen, key)
        if value and not (key == "sector" and fixed):
            found.append(Chip(labels.get(value, value), chosen.but(**{key: ""}).query()))
    if chosen.is_near:
        label = _("Within %(km)d km of me") % {"km": chosen.km}
        found.append(Chip(label, chosen.but(lat=None, lon=None, sort="" if chosen.sort == "near" else chosen.sort).query()))
    if chosen.certified:
        found.append(Chip(_("Certified sellers"), chosen.but(certified=False).query()))
    return found


def views(chosen: Chosen) -> list[dict[str, Any]]:
    names = {"cards": (_("List"), "list"), "map": (_("Map"), "map")}
    return [
        {"label": label, "icon": icon, "href": chosen.query(view=value), "current": value == chosen.view}
        for value, (label, icon) in names.items()
    ]


def sorts(chosen: Chosen) -> list[dict[str, Any]]:
    names = {"": _("By name") if not chosen.is_near else _("Nearest"), "new": _("Newest in the market")}
    if chosen.is_near:
        names["name"] = _("By name")
    return [{"value": value, "label": label, "chosen": value == chosen.sort} for value, label in names.items()]


def language() -> str:
    return get_language() or "es"
