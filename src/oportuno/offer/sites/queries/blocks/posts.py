"""The latest posts of a site, or of one of its categories."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal
from uuid import UUID

from django.db.models import Q
from django.utils import translation
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from pydantic import Field

from oportuno.kernel.content import Block, Kind, Need, Part
from oportuno.kernel.content.rendering.page import Page
from oportuno.kernel.formats import locale_of, long_day
from oportuno.kernel.isolation import acting, for_public
from oportuno.offer.sites.models import Entry, Site, Term
from oportuno.offer.sites.queries.blocks.cards import ShownCard, card_html, card_mjml, card_text, spoken
from oportuno.offer.sites.queries.blocks.things import LOOKS, Look, ThingId
from oportuno.offer.sites.queries.sites import Where, main_domains, where
from oportuno.people.organisations.api import Organisation

MOST, MOST_BLOCKS = 12, 8
"""Posts of one block, and different blocks of one document that are looked up."""


class Posts(Block):
    """`of` is a site or a category; the `number` latest of it."""

    type: Literal["posts"] = "posts"
    of: ThingId
    number: Annotated[int, Field(ge=1, le=MOST)] = 3
    look: Look = ""

    def needs(self) -> Iterator[Need]:
        yield ("posts", f"{self.of}:{self.number}")


def shown_posts(names: Sequence[str], language: str) -> Mapping[str, list[ShownCard]]:
    """What anybody may read of them, the newest first; five queries and one for each block."""
    asked = dict(list(_read(names))[:MOST_BLOCKS])
    if acting().role == "public":
        return _found(asked, language)
    with for_public():
        return _found(asked, language)


def _found(asked: Mapping[str, tuple[UUID, int]], language: str) -> dict[str, list[ShownCard]]:
    ids = [of for of, _number in asked.values()]
    sites = {one.pk: one.organisation_id for one in Site.objects.filter(pk__in=ids, published=True)}
    terms = {one.pk: one for one in Term.objects.filter(pk__in=ids, published=True)}
    below: dict[UUID, list[UUID]] = {pk: [pk] for pk in terms}
    for pk, parent in Term.objects.filter(parent__in=list(terms), published=True).values_list("pk", "parent_id"):
        below[parent].append(pk)
    owners = {*sites.values(), *(one.organisation_id for one in terms.values())}
    slugs = dict(Organisation.objects.filter(pk__in=owners, closed_at__isnull=True).values_list("pk", "slug"))
    domains = main_domains(owners)
    found = {}
    for name, (of, number) in asked.items():
        owner = sites.get(of) or (terms[of].organisation_id if of in terms else None)
        if owner in slugs:
            within = Q(terms__overlap=below[of]) if of in terms else Q()
            rows = (
                Entry.objects.filter(within, organisation_id=owner, published=True, kind="post").defer("document").select_related("picture")
            )
            with translation.override(spoken(language)):
                found[name] = [
                    _card(one, where(slugs[owner], domains.get(owner, ""))) for one in rows.order_by("-published_at", "-pk")[:number]
                ]
    return found


def _card(entry: Entry, at: Where) -> ShownCard:
    picture = entry.picture
    day = long_day(localtime(entry.published_at).date(), locale_of(translation.get_language() or "es-co")) if entry.published_at else ""
    shown: dict[str, Any] = {"src": picture.url(640), "srcset": picture.srcset(), "alt": picture.alt} if picture else {}
    return ShownCard(entry.title, at.link(entry.path), _("Read on"), lead=entry.excerpt, note=day, **shown)


def _read(names: Sequence[str]) -> Iterator[tuple[str, tuple[UUID, int]]]:
    for name in names:
        of, _colon, number = name.partition(":")
        try:
            yield name, (UUID(of), min(int(number), MOST))
        except ValueError:
            continue


def posts_html(one: Posts, page: Page) -> str:
    cards = _cards(one, page)
    drawn = "".join(f"<li>{card_html(card, 'post', one.look, page)}</li>" for card in cards)
    return f'<ul class="block-posts{" in-rows" if one.look else ""}">{drawn}</ul>' if cards else ""


def posts_mjml(one: Posts, page: Page) -> str:
    return "".join(card_mjml(card, page) for card in _cards(one, page))


def posts_text(one: Posts, page: Page) -> str:
    return "\n\n".join(card_text(card, page) for card in _cards(one, page))


def _cards(one: Posts, page: Page) -> list[ShownCard]:
    return page.shown("posts", f"{one.of}:{one.number}") or []


KINDS = [
    Kind(
        Posts, posts_html, posts_mjml, posts_text, pgettext_lazy("editor", "Latest posts"), "news",
        (
            Part("of", "pick", pgettext_lazy("editor", "Of"), required=True, of="posts"),
            Part("number", "number", pgettext_lazy("editor", "How many"), usual=3, least=1, most=MOST),
            Part("look", "choice", pgettext_lazy("editor", "Look"), choices=LOOKS),
        ),
    )
]  # fmt: skip
