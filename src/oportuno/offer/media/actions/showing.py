"""Who may see a thing now: everybody, or nobody once its rights ended or while it lies in the bin."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from oportuno.kernel.isolation import for_market
from oportuno.offer.media.actions.storing import release, withhold
from oportuno.offer.media.models import Item, Picture


def follow_rights(items: Sequence[Item], *, today: date) -> list[Item]:
    """Show or hide these by their last day and the bin; those that changed. Bytes follow when the transaction commits."""
    changed = [item for item in items if item.published != _may_be_shown(item, today)]
    for item in changed:
        item.published = not item.published
    for published in (True, False):
        ids = [item.pk for item in changed if item.published is published]
        Item.objects.filter(pk__in=ids).update(published=published)
        Picture.objects.filter(pk__in=ids).update(published=published)
    if changed:
        digests = {item.digest for item in changed}
        transaction.on_commit(lambda: follow_bytes(digests))
    return changed


def follow_bytes(digests: set[str]) -> None:
    """What nobody shows any more is not handed out any more. Two organisations may keep the same: one that shows it is enough."""
    with for_market("the same bytes may belong to several organisations"):
        there = set(Picture.objects.filter(digest__in=digests, published=True).values_list("digest", flat=True))
        there |= set(Item.objects.filter(digest__in=digests, published=True).values_list("digest", flat=True))
    release(there)
    withhold(digests - there)


def _may_be_shown(item: Item, today: date) -> bool:
    return item.deleted_at is None and (item.expires_on is None or item.expires_on >= today)
