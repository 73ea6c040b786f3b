"""What the first page of the vertical shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from oportuno.doors.marketplace.queries import cards, posts
from oportuno.doors.marketplace.queries import writings as written
from oportuno.kernel.packs import Pack
from oportuno.kernel.packs.identity import Home
from oportuno.kernel.ui.cards import Picture
from oportuno.offer.directory import api as directory


@dataclass(frozen=True)
class SectorTile:
    """A sector as a picture."""

    slug: str
    title: str
    description: str
    icon: str
    href: str
    picture: Picture


@dataclass(frozen=True)
class Example:
    words: str
    href: str


@dataclass(frozen=True)
class Numbers:
    """How sellers are vetted, in figures. `requirements` and `answer_days` are the vertical's own rules."""

    sellers: int
    certified: int
    certifications: int
    requirements: int
    answer_days: int


def words_of(pack: Pack, language: str) -> Mapping[str, str]:
    """The first page's words, by name."""
    home = pack.identity.home
    return {name: getattr(home, name).in_(language) for name in Home.model_fields if name != "examples"}


def examples(pack: Pack, language: str) -> list[Example]:
    search = reverse("market:search")
    found = [(one.words.in_(language), one.query.in_(language)) for one in pack.identity.home.examples]
    return [Example(words, f"{search}?q={query.replace(' ', '+')}") for words, query in found]


def sector_tiles(pack: Pack, language: str) -> list[SectorTile]:
    return [
        SectorTile(
            one.slug,
            one.title.in_(language),
            one.description.in_(language),
            one.icon,
            reverse("market:sector", args=[one.slug]),
            cards.cover(f"sector-{one.slug}"),
        )
        for one in pack.sectors.sectors
    ]


def purposes(pack: Pack, language: str) -> Sequence[str]:
    """For whom or what for, as people say it: the buyers this vertical knows, and its occasions."""
    occasions = pack.taxonomy.attribute_by_key.get("occasion")
    found = [choice.label.in_(language) for choice in occasions.choices] if occasions else []
    return [*found, *(one.role.in_(language) for one in pack.personas_of("buyer"))]


def numbers(pack: Pack | None) -> Numbers:
    """Three queries, as the public."""
    sellers = directory.Seller.objects.filter(published=True)
    return Numbers(
        sellers=sellers.count(),
        certified=directory.certified_sellers(sellers).count(),
        certifications=directory.shown_certifications().count(),
        requirements=len(pack.vetting.requirements) if pack else 0,
        answer_days=pack.vetting.answer_days if pack else 0,
    )


def writings(limit: int) -> list[written.Writing]:
    """The newest of the knowledge centre and of all blogs, one piece of each author's blog."""
    found = written.articles(limit=limit)
    for one in posts.newest(limit=limit * 4):
        if one.seller_slug not in {other.seller_slug for other in found if other.href.startswith("/v/")}:
            found.append(one)
    return sorted(found, key=lambda one: one.at, reverse=True)[:limit]
