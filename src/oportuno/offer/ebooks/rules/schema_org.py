"""A book as schema.org says it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def ebook(
    *,
    name: str,
    about: str,
    url: str,
    file: str,
    language: str,
    edition: int,
    pages: int,
    on: str,
    publisher: str,
    parts: Sequence[tuple[str, str]],
) -> dict[str, Any]:
    """`parts`: (name, address) of what is in it; `on` an ISO date."""
    return {
        "@context": "https://schema.org",
        "@type": "Book",
        "@id": url,
        "url": url,
        "name": name,
        "description": about,
        "inLanguage": language,
        "bookFormat": "https://schema.org/EBook",
        "bookEdition": str(edition),
        "numberOfPages": pages,
        "datePublished": on,
        "isAccessibleForFree": True,
        "publisher": {"@type": "Organization", "name": publisher},
        "encoding": {"@type": "MediaObject", "contentUrl": file, "encodingFormat": "application/pdf"},
        "hasPart": [{"@type": "Article", "name": part, "url": address} for part, address in parts],
    }
