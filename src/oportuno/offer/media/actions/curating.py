"""Curation: bring a link, say what one thinks of it, group, put in order, share with its source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext as _

from oportuno.kernel.errors import NotFound, Refusal
from oportuno.kernel.facts import record
from oportuno.kernel.isolation import acting_organisation
from oportuno.kernel.jobs import defer
from oportuno.offer.media.actions.library import clean_tags
from oportuno.offer.media.facts import CollectionChanged, CollectionHidden, CollectionPublished, FindBrought, FindRated
from oportuno.offer.media.models import Collection, Find, Place, Sighting
from oportuno.offer.media.rules.addresses import canonical, film_at, host_of

MOST_PLACES = 200
"""Finds of one collection: who keeps more has stopped choosing."""


@transaction.atomic
def bring_link(*, address: str, by: UUID, at: datetime) -> Find:
    """Keep a link by hand; one that is there already is answered as it is. Its title and picture are brought by a job. Raises Refusal."""
    said = address.strip()
    try:
        one = canonical(said if "://" in said else f"https://{said}")
    except ValueError:
        raise Refusal(_("Write the address of a page: it begins with https://"), field="address") from None
    kind = Find.Kind.VIDEO if film_at(one) else Find.Kind.TEXT
    find, is_new = Find.objects.get_or_create(
        organisation_id=acting_organisation(), address=one,
        defaults={"kind": kind, "title": one[:300], "source": host_of(one), "published_at": at, "created_at": at},
    )  # fmt: skip
    Sighting.objects.get_or_create(organisation_id=find.organisation_id, channel=None, name=one, defaults={"find": find, "at": at})
    if find.hidden:
        find.hidden = False
        find.save(update_fields=["hidden"])
    if is_new:
        record(FindBrought(find=find.pk, by=by, at=at))
        defer("media.look_behind", find=str(find.pk), once=f"look {find.pk}")
    return find


@dataclass(frozen=True)
class Opinion:
    """What the curator says. `stars` None: nothing yet."""

    title: str
    stars: int | None = None
    note: str = ""
    tags: Sequence[str] = ()


@transaction.atomic
def rate_find(*, find: Find, opinion: Opinion, by: UUID, at: datetime) -> Find:
    """Stars, tags and why it is worth it."""
    if not opinion.title.strip():
        raise Refusal(_("Give it a title."), field="title")
    find.title, find.stars, find.note = opinion.title.strip()[:300], opinion.stars, opinion.note.strip()[:4000]
    find.tags = clean_tags(opinion.tags)
    find.save(update_fields=["title", "stars", "note", "tags"])
    record(FindRated(find=find.pk, stars=find.stars, by=by, at=at))
    return find


@transaction.atomic
def put_aside(*, find: Find, aside: bool) -> None:
    """Out of the list of what was found, or back."""
    find.hidden = aside
    find.save(update_fields=["hidden"])


@dataclass(frozen=True)
class Words:
    title: str
    intro: str = ""
    category: str = ""


@transaction.atomic
def make_collection(*, words: Words, by: UUID, at: datetime) -> Collection:
    """A collection that nobody sees yet."""
    title = _titled(words)
    made = Collection.objects.create(
        title=title, slug=_free_slug(title), intro=words.intro.strip()[:4000], category=words.category, created_by_id=by, created_at=at
    )
    record(CollectionChanged(collection=made.pk, by=by, at=at))
    return made


@transaction.atomic
def change_collection(*, collection: Collection, words: Words, by: UUID, at: datetime) -> None:
    """Its words; its address stays, for others link to it."""
    collection.title, collection.intro, collection.category = _titled(words), words.intro.strip()[:4000], words.category
    collection.save(update_fields=["title", "intro", "category"])
    record(CollectionChanged(collection=collection.pk, by=by, at=at))


@transaction.atomic
def remove_collection(*, collection: Collection, by: UUID, at: datetime) -> None:
    """The collection alone: what it held stays found."""
    show_collection(collection=collection, published=False, by=by, at=at)
    collection.delete()


@transaction.atomic
def put_into(*, collection: Collection, find: Find, by: UUID, at: datetime) -> None:
    """At the end of a collection; what it holds already stays where it is."""
    places = Place.objects.select_for_update().filter(collection=collection)
    if places.filter(find=find).exists():
        return
    if places.count() >= MOST_PLACES:
        raise Refusal(_("A collection holds at most %(most)s things: choose the best.") % {"most": MOST_PLACES})
    last = places.aggregate(last=Max("position"))["last"] or 0
    Place.objects.create(collection=collection, find=find, position=last + 1, published=collection.published)
    follow_collections([find.pk])
    record(CollectionChanged(collection=collection.pk, by=by, at=at))


@transaction.atomic
def take_out(*, collection: Collection, find: UUID, by: UUID, at: datetime) -> None:
    if not Place.objects.filter(collection=collection, find_id=find).delete()[0]:
        raise NotFound
    follow_collections([find])
    record(CollectionChanged(collection=collection.pk, by=by, at=at))


@transaction.atomic
def arrange(*, collection: Collection, order: Sequence[UUID], by: UUID, at: datetime) -> None:
    """Put what it holds into this order; what is not named stays behind, as it was."""
    rows = {row.find_id: row for row in Place.objects.select_for_update().filter(collection=collection).order_by("position", "pk")}
    named = [find for find in dict.fromkeys(order) if find in rows]
    for position, find in enumerate([*named, *(find for find in rows if find not in named)], 1):
        rows[find].position = position
    Place.objects.bulk_update(rows.values(), ["position"])
    record(CollectionChanged(collection=collection.pk, by=by, at=at))


@transaction.atomic
def show_collection(*, collection: Collection, published: bool, by: UUID, at: datetime) -> None:
    """To everybody, or to nobody. Raises Refusal for one that holds nothing."""
    if collection.published == published:
        return
    finds = list(Place.objects.filter(collection=collection).values_list("find_id", flat=True))
    if published and not finds:
        raise Refusal(_("It holds nothing yet: put something in first."))
    collection.published = published
    collection.published_at = collection.published_at or (at if published else None)
    collection.save(update_fields=["published", "published_at"])
    Place.objects.filter(collection=collection).update(published=published)
    follow_collections(finds)
    record((CollectionPublished if published else CollectionHidden)(collection=collection.pk, by=by, at=at))


def follow_collections(finds: Sequence[UUID]) -> None:
    """A find shows while a public collection holds it."""
    held = set(Place.objects.filter(find_id__in=finds, published=True).values_list("find_id", flat=True))
    Find.objects.filter(pk__in=held, shown=False).update(shown=True)
    Find.objects.filter(pk__in=set(finds) - held, shown=True).update(shown=False)


def _titled(words: Words) -> str:
    title = " ".join(words.title.split())[:120]
    if not title:
        raise Refusal(_("Give it a title."), field="title")
    return title


def _free_slug(title: str) -> str:
    slug = slugify(title)[:80].strip("-") or "coleccion"
    taken = set(Collection.objects.filter(organisation_id=acting_organisation(), slug__startswith=slug).values_list("slug", flat=True))
    return next(one for number in range(1, len(taken) + 2) if (one := slug if number == 1 else f"{slug}-{number}") not in taken)
