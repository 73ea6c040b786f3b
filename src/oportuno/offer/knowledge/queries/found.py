"""How search knows articles."""

from __future__ import annotations

from oportuno.offer.directory import api as directory
from oportuno.offer.knowledge.models import Article, Version
from oportuno.offer.knowledge.queries.articles import plain_parts
from oportuno.offer.knowledge.rules.citing import cited_text
from oportuno.offer.search import api as search
from oportuno.people.organisations.api import Organisation

TEASER = 200


def key_of(article: object) -> str:
    return f"content:{article}"


def document(article: Article, version: Version, owner: Organisation, seller: directory.Seller | None) -> search.Document:
    """`seller`: the owner's, None for the market itself."""
    texts: dict[search.Language, search.Texts] = {}
    for language in search_languages(article):
        title, summary = getattr(article, f"title_{language}"), getattr(article, f"summary_{language}")
        texts[language] = search.Texts(
            title=title, subtitle=summary[:TEASER], keywords=tuple(article.tags), body=f"{summary}\n{plain_of(version, language)}"
        )
    return search.Document(
        key=key_of(article.pk),
        kind="content",
        organisation=article.organisation_id,
        url=f"/conocimiento/{article.number}-{article.slug}/",
        texts=texts,
        updated_at=version.at,
        published_at=article.first_published_at,
        seller_slug=seller.slug if seller else "",
        seller_name=seller.trade_name if seller else owner.name,
        certified=bool(seller and seller.certified),
        country=seller.country if seller else owner.country,
    )


def search_languages(article: Article) -> list[search.Language]:
    languages: list[search.Language] = ["es", "en"]
    return [one for one in languages if getattr(article, f"title_{one}")]


def plain_of(version: Version, language: str) -> str:
    """All that a version says in one language, with its citations as numbers."""
    numbers = {one["id"]: place for place, one in enumerate(version.references, 1)}
    return cited_text("\n\n".join(plain_parts(version.texts.get(language, {}), language)), numbers)
