"""Letting search follow what is on show."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import F

from oportuno.kernel.isolation import for_market
from oportuno.offer.directory import api as directory
from oportuno.offer.knowledge.models import Article, Version
from oportuno.offer.knowledge.queries.found import document, key_of
from oportuno.offer.knowledge.queries.shown import shown
from oportuno.offer.search import api as search
from oportuno.people.organisations.api import Organisation

BATCH = 200
WHY = "search follows what is on show, of all sellers"


def find_articles(ids: Collection[UUID]) -> int:
    """Put those of these that are on show into search, and take the others out; how many were put."""
    rows = list(ids)
    return sum(_follow(rows[start : start + BATCH]) for start in range(0, len(rows), BATCH))


def follow_owners(organisations: Iterable[int]) -> int:
    """Everything of these organisations, after they were shown or hidden."""
    with for_market(WHY):
        ids = list(Article.objects.filter(organisation_id__in=list(organisations), live__gt=0).values_list("pk", flat=True))
    return find_articles(ids)


@transaction.atomic
def _follow(ids: list[UUID]) -> int:
    """Who writes into the index holds, from before he reads, that sellers stay as he reads them."""
    with for_market(WHY):
        directory.hold_standing(Article.objects.filter(pk__in=ids).values_list("organisation_id", flat=True))
        there = list(shown().filter(pk__in=ids))
        owners = {one.organisation_id for one in there}
        organisations = Organisation.objects.in_bulk(owners)
        sellers = {one.organisation_id: one for one in directory.Seller.objects.filter(organisation_id__in=owners, published=True)}
        versions = {one.article_id: one for one in Version.objects.filter(article__in=there, number=F("article__live"))}
    search.remove(key_of(one) for one in set(ids) - {one.pk for one in there})
    return search.put(
        document(one, versions[one.pk], organisations[one.organisation_id], sellers.get(one.organisation_id)) for one in there
    )


IN_SEARCH = search.Feeder(name="articles", edition=1, rows=Article, feed=find_articles)
"""`edition` is raised when what is found of the same thing changes."""
