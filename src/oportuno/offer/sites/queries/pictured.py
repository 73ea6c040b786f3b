"""Which pages and posts show a thing of the library."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from oportuno.kernel.isolation import acting_organisation
from oportuno.offer.media.api import Use, holders_of
from oportuno.offer.sites.models import Author, Entry, Revision, Site, State


def where_pictured(items: Sequence[UUID], slug: str) -> Mapping[UUID, Sequence[Use]]:
    """Pages and posts of the organisation we act for that show these things, its site's logo, its authors' portraits. Six queries."""
    here = acting_organisation()
    told: dict[UUID, dict[tuple[str, str], None]] = defaultdict(dict)

    def tell(item: UUID, label: str, name: str, *args: object) -> None:
        told[item][(label, reverse(name, args=[slug, *args]) if slug else "")] = None

    held = holders_of(items, "site_entry", "site_revision")
    last = Revision.objects.filter(pk__in=[row for row, _item in held["site_revision"]], number=F("entry__last"))
    written = dict(last.values_list("pk", "entry_id"))
    named = sorted({*held["site_entry"], *((written[row], item) for row, item in held["site_revision"] if row in written)})
    entries = Entry.objects.exclude(state=State.TRASHED).only("kind", "title").in_bulk([entry for entry, _item in named])
    for entry, item in named:
        if entry in entries:
            tell(item, _named(entries[entry].kind, entries[entry].title), "sites:entry", entry)
    shown = Entry.objects.filter(organisation_id=here, picture_id__in=items).exclude(state=State.TRASHED)
    for entry, kind, title, item in shown.values_list("pk", "kind", "title", "picture_id")[:1000]:
        tell(item, _named(kind, title), "sites:entry", entry)
    for item in Site.objects.filter(organisation_id=here, logo_id__in=items).values_list("logo_id", flat=True):
        tell(item, _("Logo of the site"), "sites:site")
    for author, name, item in Author.objects.filter(organisation_id=here, picture_id__in=items).values_list("pk", "name", "picture_id"):
        tell(item, _("Portrait of %(name)s") % {"name": name}, "sites:author", author)
    return {item: [Use(label, href) for label, href in places] for item, places in told.items()}


def _named(kind: str, title: str) -> str:
    return (_("Post: %(title)s") if kind == "post" else _("Page: %(title)s")) % {"title": title}
