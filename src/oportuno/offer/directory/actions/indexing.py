"""Telling search about sellers."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from uuid import UUID

from django.db import transaction

from oportuno.offer.directory.actions.holding import hold_standing
from oportuno.offer.directory.models import Seller
from oportuno.offer.directory.queries.documents import documents, key_of
from oportuno.offer.search.api import Feeder, put, remove

SET = 500


def index_sellers(sellers: Iterable[UUID | None]) -> int:
    """Put these sellers' documents as they are now, and remove those of sellers who are not published; how many were put."""
    left, done = iter({one for one in sellers if one}), 0
    while wanted := set(islice(left, SET)):
        with transaction.atomic():
            hold_standing(Seller.objects.filter(pk__in=wanted).values_list("organisation_id", flat=True))
            found = documents(wanted)
            remove({key_of(one) for one in wanted} - {one.key for one in found})
            done += put(found)
    return done


IN_SEARCH = Feeder(name="sellers", edition=1, rows=Seller, feed=index_sellers)
"""`edition` is raised when what is found of the same thing changes."""
