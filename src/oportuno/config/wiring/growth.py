"""Growth: campaigns, and what they tell of that is new."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from oportuno.kernel.desk import DeskPage, list_page
from oportuno.kernel.invariants import invariant


def campaigns() -> None:
    """Its pages, its blocks, the vertical's colours and templates, and where news come from."""
    from oportuno.doors.marketplace.api import current_pack
    from oportuno.growth.campaigns import api as campaigns
    from oportuno.growth.campaigns.views.beside import beside_contact
    from oportuno.kernel.content import MailLook, add_kind, add_source
    from oportuno.kernel.slots import fill
    from oportuno.offer.directory import api as sellers
    from oportuno.people.audience.api.places import BESIDE_CONTACT
    from oportuno.people.organisations.api import erases
    from oportuno.people.segments.api import tells_use

    def look() -> MailLook:
        pack = current_pack()
        if pack is None:
            return MailLook()
        light, dark = pack.identity.brand.light, pack.identity.brand.dark
        return MailLook(light.brand, light.on_brand, dark.brand)

    def templates(language: str) -> list[campaigns.Template]:
        pack = current_pack()
        return [_template(one, language) for one in pack.bulletins.templates] if pack else []

    def sectors(language: str) -> list[tuple[str, str]]:
        with translation.override(language):
            return [(one.slug, sellers.said(one.title)) for one in sellers.sectors()]

    for kind in campaigns.KINDS:
        add_kind(kind)
    add_source("reader", campaigns.shown_readers)
    campaigns.connect_look(look)
    campaigns.connect_templates(templates)
    campaigns.connect_news(lambda asked: list(news(asked)), sectors)
    campaigns.describe()
    campaigns.counts(
        campaigns.Result("asked", "audience.question_asked", gettext_lazy("asked you a question")),
        campaigns.Result("form", "sites.form_answered", gettext_lazy("answered a form of yours")),
        campaigns.Result("commented", "sites.comment_left", gettext_lazy("left a comment")),
        campaigns.Result("customer", "audience.stage_changed", gettext_lazy("became a customer"), only={"after": "customer"}),
    )
    for name, (promise, count) in campaigns.PROMISES.items():
        invariant(f"campaigns.{name}", promise, count)
    tells_use("campaigns", campaigns.uses_segment)
    fill(BESIDE_CONTACT, beside_contact, order=40)
    erases("campaigns", lambda person, addresses, at: campaigns.forget_member(person.pk))
    list_page(
        DeskPage(
            "people", "campaigns:campaigns", gettext_lazy("Campaigns"), "speakerphone", "see campaigns", order=60, count=campaigns.going_out
        )
    )
    series = gettext_lazy("Bulletins by themselves")
    list_page(DeskPage("people", "campaigns:series", series, "calendar-repeat", "see campaigns", order=65))


def news(asked: Any) -> Iterator[Any]:
    """Posts, products and articles that anybody may see: an organisation's own, or the whole market's for its operator."""
    owners = _owners(asked)
    with translation.override(asked.language):
        if "posts" in asked.kinds:
            yield from _posts(asked, owners)
        if "products" in asked.kinds:
            yield from _products(asked, owners)
        if "articles" in asked.kinds:
            yield from _articles(asked)


def _owners(asked: Any) -> set[int] | None:
    """Whose news; None: everybody's."""
    from oportuno.kernel.isolation import for_public
    from oportuno.offer.directory.models import SellerSector

    if not asked.organisation.is_operator:
        return {asked.organisation.pk}
    if not asked.sectors:
        return None
    with for_public():
        found = SellerSector.objects.filter(sector__slug__in=asked.sectors, published=True)
        return set(found.values_list("organisation_id", flat=True))


def _posts(asked: Any, owners: set[int] | None) -> Iterator[Any]:
    from oportuno.growth.campaigns.api import Piece
    from oportuno.kernel.isolation import for_public
    from oportuno.offer.sites import api as sites

    with for_public():
        own = owners is not None and not asked.organisation.is_operator
        found = sites.voice_of(asked.organisation.slug, limit=asked.most)[1] if own else sites.newest_posts(limit=100)
        of = _sectors_of({one.owner.pk for one in found})
        for one in found:
            at = one.entry.published_at
            if at is None or at <= asked.since or (owners is not None and one.owner.pk not in owners):
                continue
            picture = one.entry.picture
            yield Piece(
                "posts", one.entry.title, _whole(one.address), _("Read on"), at, lead=one.entry.excerpt, note=one.owner.name,
                src=picture.url(640) if picture else "", alt=picture.alt if picture else "", sectors=of.get(one.owner.pk, ()),
            )  # fmt: skip


def _products(asked: Any, owners: set[int] | None) -> Iterator[Any]:
    from oportuno.growth.campaigns.api import Piece
    from oportuno.kernel.isolation import for_public
    from oportuno.offer.catalogue import api as goods

    with for_public():
        offers = goods.Offer.objects.filter(published=True, variant_id__isnull=True, created_at__gt=asked.since)
        if owners is not None:
            offers = offers.filter(organisation_id__in=owners)
        rows = list(offers.order_by("-created_at").values_list("product_id", "created_at", "organisation_id")[: asked.most * 3])
        of = _sectors_of({owner for _product, _at, owner in rows})
    made: dict[str, datetime] = {}
    sectors: dict[str, tuple[str, ...]] = {}
    for product, at, owner in rows:
        made.setdefault(str(product), at)
        sectors.setdefault(str(product), of.get(owner, ()))
    for name, card in goods.shown_products(list(made), asked.language).items():
        yield Piece(
            "products", card.title, card.href, card.action, made[name], lead=card.lead, note=card.note, src=card.src, alt=card.alt, sectors=sectors[name]
        )  # fmt: skip


def _articles(asked: Any) -> Iterator[Any]:
    from oportuno.growth.campaigns.api import Piece
    from oportuno.kernel.isolation import for_public
    from oportuno.offer.knowledge import api as centre

    own = None if asked.organisation.is_operator else asked.organisation.pk
    with for_public():
        for sector in asked.sectors or [""]:
            for one in centre.newest(limit=asked.most, organisation=own, sector=sector):
                at = one.first_published_at
                if at is not None and at > asked.since:
                    english = asked.language.startswith("en")
                    title, lead = (
                        (one.title_en or one.title_es, one.summary_en) if english else (one.title_es or one.title_en, one.summary_es)
                    )
                    yield Piece(
                        "articles",
                        title,
                        _whole(centre.address_of(one)),
                        _("Read on"),
                        at,
                        lead=lead,
                        sectors=(one.sector,) if one.sector else (),
                    )


def _sectors_of(organisations: set[int]) -> dict[int, tuple[str, ...]]:
    """In which sectors each of these sells, by their names in addresses. Acts for the public."""
    from oportuno.offer.directory.models import SellerSector

    found: dict[int, tuple[str, ...]] = {}
    rows = SellerSector.objects.filter(organisation_id__in=organisations, published=True).order_by("sector__slug")
    for owner, slug in rows.values_list("organisation_id", "sector__slug"):
        found[owner] = (*found.get(owner, ()), slug)
    return found


def _whole(address: str) -> str:
    return address if address.startswith("http") else f"{settings.ORIGIN}{address}"


def _template(one: Any, language: str) -> Any:
    """A template of the pack in one language, as campaigns know it."""
    from oportuno.growth.campaigns.api import Template
    from oportuno.kernel.content import EMPTY
    from oportuno.offer.sites.api import outlined

    said = {name: getattr(one, name) for name in ("title", "hint", "subject", "preheader")}
    words = {name: getattr(text, language) if text else "" for name, text in said.items()}
    body = getattr(one.body, language)
    if one.channel == "sms":
        return Template(slug=one.slug, document=EMPTY, channel="sms", text=body, **words)
    return Template(slug=one.slug, document=outlined(body), channel="email", **words)
