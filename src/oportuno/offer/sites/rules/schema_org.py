"""What machines read of a site's pages: schema.org terms. Addresses are absolute."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Protocol

Data = dict[str, Any]
MOST_COMMENTS = 30


def posting(
    *,
    title: str,
    url: str,
    description: str,
    at: datetime,
    changed_at: datetime,
    author: str,
    author_url: str,
    image: str,
    publisher: str,
    publisher_url: str,
    words: int,
    keywords: Iterable[str],
    language: str,
    is_post: bool = True,
) -> Data:
    """A post, or with `is_post` False a page."""
    return _thing(
        "BlogPosting" if is_post else "WebPage",
        **{"headline" if is_post else "name": title[:110]},
        url=url,
        mainEntityOfPage=url if is_post else "",
        description=description,
        datePublished=at.isoformat(),
        dateModified=max(at, changed_at).isoformat(),
        image=image,
        author={"@type": "Person", "name": author, "url": author_url} if author else None,
        publisher={"@type": "Organization", "name": publisher, "url": publisher_url},
        wordCount=words if is_post else None,
        keywords=", ".join(keywords),
        inLanguage=language,
    )


class Said(Protocol):
    """A comment."""

    name: str
    text: str
    at: datetime


def commented(count: int, comments: Iterable[Said]) -> Data:
    """What a posting says more of its comments: how many there are, and those that stand on this page."""
    if not count:
        return {}
    told = [
        {"@type": "Comment", "author": {"@type": "Person", "name": one.name}, "datePublished": one.at.isoformat(), "text": one.text}
        for one in comments
    ]
    return {"commentCount": count, "comment": told[:MOST_COMMENTS]}


def blog(*, name: str, url: str, description: str, posts: Iterable[tuple[str, str]], language: str) -> Data:
    """`posts`: (title, address)."""
    return _thing(
        "Blog",
        name=name,
        url=url,
        description=description,
        inLanguage=language,
        blogPost=[{"@type": "BlogPosting", "headline": title[:110], "url": address} for title, address in posts],
    )


def crumbs(steps: Iterable[tuple[str, str]]) -> Data:
    """(name, address) from the top."""
    items = [{"@type": "ListItem", "position": place, "name": name, "item": url} for place, (name, url) in enumerate(steps, 1)]
    return _thing("BreadcrumbList", itemListElement=items)


def person(*, name: str, url: str, description: str, image: str, role: str, works_for: str, same: list[str]) -> Data:
    return _thing(
        "ProfilePage",
        mainEntity=_without_nothing(
            {
                "@type": "Person",
                "name": name,
                "url": url,
                "description": description,
                "image": image,
                "jobTitle": role,
                "worksFor": {"@type": "Organization", "name": works_for},
                "sameAs": same,
            }
        ),
    )


def _thing(kind: str, **terms: Any) -> Data:
    return {"@context": "https://schema.org", "@type": kind, **_without_nothing(terms)}


def _without_nothing(terms: Data) -> Data:
    return {name: value for name, value in terms.items() if value not in (None, "", [], {})}
