"""Posts of sellers' blogs as the market shows them, and as search knows them."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import get_language

from oportuno.doors.marketplace.queries import cards
from oportuno.doors.marketplace.queries.writings import TEASER, WORDS_A_MINUTE, Writing
from oportuno.offer.directory import api as directory
from oportuno.offer.search import api as search
from oportuno.offer.sites import api as sites


def writing(post: sites.Gathered) -> Writing:
    """A card like an article's; its own picture, or a drawing of ours."""
    entry = post.entry
    return Writing(
        slug=str(entry.pk),
        title=entry.title,
        teaser=entry.excerpt,
        tags=(),
        at=entry.published_at or entry.created_at,
        seller_slug=post.owner.slug,
        seller_name=post.owner.name,
        minutes=max(1, round(entry.words / WORDS_A_MINUTE)),
        translated=(get_language() or "es").startswith(post.language),
        href=post.address,
        image=entry.picture.url(640) if entry.picture else cards.cover(f"articulo-{entry.slug}").src,
    )


def newest(*, limit: int) -> list[Writing]:
    """The newest of all blogs."""
    return [writing(one) for one in sites.newest_posts(limit=limit)]


def document(post: sites.Gathered, sellers: Mapping[str, directory.Seller]) -> search.Document:
    """How search knows a page or a post. `sellers` by slug: whose are on show."""
    entry, seller = post.entry, sellers.get(post.owner.slug)
    language: search.Language = "en" if post.language == "en" else "es"
    text = post.text
    return search.Document(
        key=f"content:{entry.pk}",
        kind="content",
        organisation=entry.organisation_id,
        url=post.in_market,
        texts={language: search.Texts(title=entry.title, subtitle=entry.excerpt[:TEASER], body=text)},
        updated_at=entry.changed_at,
        published_at=entry.published_at,
        seller_slug=seller.slug if seller else "",
        seller_name=seller.trade_name if seller else post.owner.name,
        certified=bool(seller and seller.certified),
        country=post.owner.country,
    )
