"""Which theme a site means, and what a page of it says of its look."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from oportuno.kernel.isolation import for_public
from oportuno.offer.sites.models import ThemeState, ThemeVersion
from oportuno.offer.sites.queries.themes.sheets import SOURCES, Worn, sheet, worn
from oportuno.offer.sites.queries.themes.shipped import USUAL, shipped
from oportuno.offer.sites.rules.themes.compiling import Source
from oportuno.offer.sites.rules.themes.look import Look, look_of

SERVED = "/temas/archivos/"
"""Where files of themes are handed out, on every host; the digest says which."""


def source_of(key: str) -> tuple[str, Source] | None:
    """(digest, what it is made of) of a theme by its key: the name of a shipped one, or the id of a version. None where it is gone.

    One query for a version; none for ours.
    """
    if found := shipped().get(key):
        SOURCES.setdefault(found.digest, found.source)
        return found.digest, found.source
    try:
        version = UUID(key)
    except ValueError:
        return None
    digest = _digest(version)
    if digest is None:
        with for_public():
            digest = _digest(version)
            return _kept(version, digest) if digest else None
    return _kept(version, digest)


def is_offered(key: str, organisation: int) -> bool:
    """Whether this organisation may be shown in it: one of ours, one of its own, or one that was approved."""
    if key in shipped():
        return True
    try:
        version = UUID(key)
    except ValueError:
        return False
    with for_public():
        found = ThemeVersion.objects.filter(pk=version).only("state", "organisation_id").first()
    return found is not None and (found.state == ThemeState.APPROVED or found.organisation_id == organisation)


def appearance(theme: str, look: Mapping[str, Any]) -> Worn:
    """What a page says of its look; of a theme that is gone: the usual one."""
    digest, chosen = _chosen(theme, look)
    return worn(digest, chosen.model_dump_json(exclude_defaults=True))


def style_sheet(theme: str, look: Mapping[str, Any]) -> tuple[str, str]:
    """(digest, text) of the one style sheet of a site's pages."""
    digest, chosen = _chosen(theme, look)
    said = chosen.model_dump_json(exclude_defaults=True)
    return worn(digest, said).digest, sheet(digest, said)


def source_of_version(version: ThemeVersion) -> Source:
    """What a version is made of, with the addresses of its files."""
    files = {path: f"{SERVED}{one['digest']}.{one['kind']}" for path, one in version.files.items()}
    return Source(version.parts["theme"], version.parts.get("variations", {}), files)


def _chosen(theme: str, look: Mapping[str, Any]) -> tuple[str, Look]:
    found = source_of(theme)
    if found is None:
        found = source_of(USUAL)
        assert found is not None, "the usual theme is shipped"
        return found[0], Look()
    return found[0], look_of(look)


def _digest(version: UUID) -> str | None:
    return ThemeVersion.objects.filter(pk=version).exclude(state__in=["refused", "blocked"]).values_list("digest", flat=True).first()


def _kept(version: UUID, digest: str) -> tuple[str, Source] | None:
    if digest not in SOURCES:
        found = ThemeVersion.objects.filter(pk=version).first()
        if found is None:
            return None
        SOURCES[digest] = source_of_version(found)
    return digest, SOURCES[digest]
