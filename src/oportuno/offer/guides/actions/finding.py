"""Letting search follow guides: found while they, and who made them, are on show."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from oportuno.kernel.isolation import for_market, for_public
from oportuno.offer.directory import api as directory
from oportuno.offer.guides.models import Guide
from oportuno.offer.guides.queries.shown import Shown, key_of, on_show, path_of
from oportuno.offer.search import api as search
from oportuno.people.organisations.api import Organisation

WHY = "guides of all makers are found together"


@transaction.atomic
def find_guides(ids: Iterable[UUID]) -> int:
    """Put those of these that are on show into search, and take the others out; how many were put.

    Who writes into the index holds, from before he reads, that sellers stay as he reads them.
    """
    wanted = list(ids)
    with for_market(WHY):
        owners = set(Guide.objects.filter(pk__in=wanted).values_list("organisation_id", flat=True))
    directory.hold_standing(owners)
    with for_public():
        there = list(on_show().filter(pk__in=wanted))
        sellers = {one.organisation_id: one for one in directory.Seller.objects.filter(organisation_id__in=owners, published=True)}
    names = Organisation.objects.in_bulk(owners)
    search.remove(key_of(one) for one in set(wanted) - {one.pk for one in there})
    return search.put(_document(one, names[one.organisation_id], sellers.get(one.organisation_id)) for one in there)


def follow_owners(organisations: Iterable[int]) -> int:
    """Everything of these organisations, after they were shown or hidden."""
    with for_market(WHY):
        ids = list(Guide.objects.filter(organisation_id__in=list(organisations), version__gt=0).values_list("pk", flat=True))
    return find_guides(ids)


def _document(one: Guide, owner: Organisation, seller: directory.Seller | None) -> search.Document:
    content = Shown(one).content
    texts: dict[search.Language, search.Texts] = {}
    languages: tuple[search.Language, ...] = ("es", "en")
    for language in languages:
        if title := one.title.get(language, ""):
            body = [part for q in content.questions for part in (q.ask.in_(language), *(o.label.in_(language) for o in q.options))]
            texts[language] = search.Texts(title=title, subtitle=one.summary.get(language, ""), body="\n".join(body))
    return search.Document(
        key=key_of(one.pk),
        kind="content",
        organisation=one.organisation_id,
        url=path_of(one),
        texts=texts,
        updated_at=one.changed_at,
        published_at=one.published_at,
        seller_slug=seller.slug if seller else "",
        seller_name=seller.trade_name if seller else owner.name,
        certified=bool(seller and seller.certified),
        country=seller.country if seller else "",
    )


IN_SEARCH = search.Feeder(name="guides", edition=1, rows=Guide, feed=find_guides)
"""`edition` is raised when what is found of the same thing changes."""
