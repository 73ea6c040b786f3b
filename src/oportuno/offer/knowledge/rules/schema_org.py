"""What machines read of an article: schema.org terms. Addresses are absolute."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

Data = dict[str, Any]
TYPES = {
    "article-journal": "ScholarlyArticle", "book": "Book", "chapter": "Chapter", "report": "Report", "thesis": "Thesis",
    "legislation": "Legislation", "webpage": "WebPage", "dataset": "Dataset", "motion_picture": "VideoObject",
}  # fmt: skip


def article(
    *, title: str, url: str, page: str, summary: str, first_at: datetime, at: datetime, version: int, authors: Sequence[Data], image: str,
    publisher: str, publisher_url: str, language: str, keywords: Iterable[str], words: int, sources: Sequence[Mapping[str, Any]],
    about: Data | None,
) -> Data:  # fmt: skip
    """A text that cites sources is a scholarly one. `url` of this version, `page` of the article."""
    return _some(
        {
            "@context": "https://schema.org",
            "@type": "ScholarlyArticle" if sources else "TechArticle",
            "headline": title[:110],
            "name": title,
            "url": url,
            "mainEntityOfPage": page,
            "abstract": summary,
            "description": summary,
            "datePublished": first_at.isoformat(),
            "dateModified": at.isoformat(),
            "version": str(version),
            "author": list(authors),
            "image": image,
            "publisher": {"@type": "Organization", "name": publisher, "url": publisher_url},
            "inLanguage": language,
            "keywords": ", ".join(keywords),
            "wordCount": words,
            "citation": [cited(one) for one in sources],
            "about": about,
        }
    )


def author(*, name: str, url: str, affiliation: str, orcid: str) -> Data:
    return _some(
        {
            "@type": "Person",
            "name": name,
            "url": url,
            "affiliation": {"@type": "Organization", "name": affiliation} if affiliation else None,
            "sameAs": f"https://orcid.org/{orcid}" if orcid else "",
        }
    )


def cited(item: Mapping[str, Any]) -> Data:
    """A source, as far as schema.org has a word for it."""
    names = [one.get("literal") or f"{one.get('given', '')} {one.get('family', '')}".strip() for one in item.get("author", [])]
    return _some(
        {
            "@type": TYPES.get(item["type"], "CreativeWork"),
            "name": item["title"],
            "author": names,
            "datePublished": str(item["issued"]["date-parts"][0][0]) if item.get("issued") else "",
            "isPartOf": {"@type": "CreativeWork", "name": item["container-title"]} if item.get("container-title") else None,
            "publisher": item.get("publisher", ""),
            "sameAs": f"https://doi.org/{item['DOI']}" if item.get("DOI") else "",
            "url": item.get("URL", ""),
        }
    )


def listing(items: Iterable[tuple[str, str]]) -> Data:
    """(name, address) in the order shown."""
    found = [{"@type": "ListItem", "position": place, "name": name, "url": url} for place, (name, url) in enumerate(items, 1)]
    return {"@context": "https://schema.org", "@type": "ItemList", "itemListElement": found}


def _some(terms: Data) -> Data:
    return {name: value for name, value in terms.items() if value not in (None, "", [], {})}
