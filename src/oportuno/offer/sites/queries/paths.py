"""Which addresses below a site are taken."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from oportuno.kernel.errors import Refusal
from oportuno.offer.sites.models import Entry, State
from oportuno.offer.sites.rules.paths import free_slug, is_reserved, path_of


def free_path(organisation: int, kind: str, slug: str, above: str = "", *, but: UUID | None = None) -> tuple[str, str]:
    """A slug and the path it makes, that no other entry has: numbered where need be. One query."""
    stem = path_of(kind, slug, above)
    others = Entry.objects.filter(organisation_id=organisation, path__startswith=stem).exclude(state=State.TRASHED).exclude(pk=but)
    taken = set(others.values_list("path", flat=True)[:5_000])

    def is_taken(candidate: str) -> bool:
        path = path_of(kind, candidate, above)
        return path in taken or is_reserved(path, kind)

    found = free_slug(slug, is_taken)
    return found, path_of(kind, found, above)


def path_above(organisation: int, parent: UUID | None) -> str:
    """The path of the page above, "" at the top. Raises Refusal for a page that is not there."""
    if parent is None:
        return ""
    found = Entry.objects.filter(organisation_id=organisation, pk=parent, kind="page").exclude(state=State.TRASHED)
    path = found.values_list("path", flat=True).first()
    if path is None:
        raise Refusal(_("The page above is not there any more."), field="parent")
    return path
