"""Which pages and posts show a thing of the library."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext as _

from oportuno.kernel.isolation import acting_organisation
from oportuno.offer.media.api import Use
from oportuno.offer.sites.models import Author, Entry, Site, State

IN_DOCUMENTS = """
SELECT DISTINCT e.id, e.kind, e.title, found[1] FROM site_entry e,
LATERAL (SELECT e.document::text AS words
         UNION ALL SELECT r.document::text FROM site_revision r WHERE r.entry_id = e.id AND r.number = e.last) d,
LATERAL regexp_matches(d.words, '"([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"', 'g') found
WHERE e.organisation_id = %s AND e.state <> %s AND found[1] = ANY(%s) LIMIT 1000
"""
"""What is shown, and what was written last: each document is read once, however many things are asked for."""


def where_pictured(items: Sequence[UUID], slug: str) -> Mapping[UUID, Sequence[Use]]:
    """Pages and posts of the organisation we act for that show these things, its site's logo, its authors' portraits. Four queries."""
    here = acting_organisation()
    told: dict[UUID, dict[tuple[str, str], None]] = defaultdict(dict)

    def tell(item: UUID, label: str, name: str, *args: object) -> None:
        told[item][(label, reverse(name, args=[slug, *args]) if slug else "")] = None

    with connection.cursor() as cursor:
        cursor.execute(IN_DOCUMENTS, [here, State.TRASHED, [str(item) for item in items]])
        for entry, kind, title, item in cursor.fetchall():
            tell(UUID(item), _named(kind, title), "sites:entry", entry)
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
