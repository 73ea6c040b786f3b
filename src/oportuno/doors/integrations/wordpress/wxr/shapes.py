"""What a WXR file holds, in the words of WordPress. Everything is text as it stands in the file; nothing is cleaned yet."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Head:
    """The site. `address` is that of the blog, without a slash at its end."""

    version: str
    title: str = ""
    description: str = ""
    language: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Author:
    login: str
    name: str = ""
    email: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """`taxonomy`: "category", "post_tag" or one of the site's own; `kind` is the element it stood in: category, tag or term.

    `parent` is the slug of the term above it.
    """

    kind: str
    taxonomy: str
    slug: str
    name: str = ""
    parent: str = ""
    description: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Filed:
    """Under which term an item stands. Without `slug` it names none that WordPress itself would take."""

    taxonomy: str
    slug: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Comment:
    """`approved`: 1, 0, spam, trash, post-trashed. `kind`: comment (also when the file says nothing), pingback, trackback, or others'."""

    number: str
    author: str = ""
    email: str = ""
    address: str = ""
    date: str = ""
    date_gmt: str = ""
    text: str = ""
    approved: str = "1"
    kind: str = "comment"
    parent: str = "0"
    meta: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """A post, a page, an attachment, a point of a menu, or something of a plugin. `line`: where it ends in the file."""

    line: int
    number: str = ""
    kind: str = "post"
    status: str = ""
    slug: str = ""
    title: str = ""
    link: str = ""
    guid: str = ""
    author: str = ""
    date: str = ""
    date_gmt: str = ""
    pub_date: str = ""
    modified_gmt: str = ""
    content: str = ""
    excerpt: str = ""
    parent: str = ""
    position: str = ""
    password: str = ""
    sticky: str = ""
    comment_status: str = ""
    attachment: str = ""
    filed: tuple[Filed, ...] = ()
    meta: tuple[tuple[str, str], ...] = ()
    comments: tuple[Comment, ...] = field(default=())

    def said(self, key: str) -> str:
        """The last value of its meta that is called so; empty for none."""
        return next((value for name, value in reversed(self.meta) if name == key), "")


Record = Head | Author | Term | Item
