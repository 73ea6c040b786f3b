"""How an article of ours is cited: as one item of CSL-JSON, with the address and the number of the version that was read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from .sources import Item, key_for

Byline = Mapping[str, str]


def item_of(
    *, title: str, bylines: Sequence[Byline], on: date, version: int, version_words: str, market: str, address: str, language: str
) -> Item:
    """`on`: the day of this version where the market is. `version_words`: "Version 2", in the language of the text."""
    names = [{"family": one["family"], "given": one["given"]} if one["given"] else {"literal": one["family"]} for one in bylines]
    item: Item = {
        "type": "webpage",
        "title": title,
        "author": names,
        "issued": {"date-parts": [[on.year, on.month, on.day]]},
        "edition": version_words,
        "container-title": market,
        "URL": address,
        "language": language,
    }
    return {**item, "id": f"{key_for(item)}v{version}"}


def as_csl(item: Mapping[str, Any]) -> dict[str, Any]:
    """For programs that read CSL-JSON, whose word for the version of a page is `version`."""
    return {**{field: value for field, value in item.items() if field != "edition"}, "version": item.get("edition", "")}


def highwire(
    *, item: Mapping[str, Any], affiliations: Sequence[str], orcids: Sequence[str], first_on: date, keywords: Sequence[str],
    references: Sequence[Mapping[str, Any]], page: str,
) -> list[tuple[str, str]]:  # fmt: skip
    """Meta tags by which scholarly search engines know an article. `page` is its address, that of the version stands in `item`."""
    tags = [("citation_title", item["title"])]
    for name, affiliation, orcid in zip(item["author"], affiliations, orcids, strict=True):
        tags.append(("citation_author", name.get("literal") or f"{name['family']}, {name['given']}"))
        tags += [("citation_author_institution", affiliation)] if affiliation else []
        tags += [("citation_author_orcid", f"https://orcid.org/{orcid}")] if orcid else []
    year, month, day = item["issued"]["date-parts"][0]
    tags += [
        ("citation_publication_date", f"{first_on:%Y/%m/%d}"),
        ("citation_online_date", f"{year}/{month:02}/{day:02}"),
        ("citation_publisher", item["container-title"]),
        ("citation_language", item["language"]),
        ("citation_public_url", page),
        ("citation_abstract_html_url", page),
    ]
    tags += [("citation_keywords", word) for word in keywords]
    return tags + [("citation_reference", _reference(one)) for one in references]


def _reference(one: Mapping[str, Any]) -> str:
    parts = [("citation_title", one.get("title", ""))]
    parts += [
        ("citation_author", name.get("literal") or f"{name.get('given', '')} {name['family']}".strip())
        for name in one.get("author", [])[:20]
    ]
    parts += [("citation_journal_title", one["container-title"])] if one.get("container-title") else []
    parts += [("citation_publication_date", str(one["issued"]["date-parts"][0][0]))] if one.get("issued") else []
    parts += [("citation_doi", one["DOI"])] if one.get("DOI") else []
    return "; ".join(f"{name}={str(value).replace(';', ',')}" for name, value in parts if value)
