"""Writing WXR 1.2 as WordPress itself writes it, piece by piece."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape

from oportuno.kernel.plain_xml import for_xml

from .shapes import Author, Comment, Filed, Head, Item, Term

NEVER = "0000-00-00 00:00:00"
SPACES = (
    'xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:wfw="http://wellformedweb.org/CommentAPI/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"'
)
TERMS = {
    "category": ("category", "category_nicename", "category_parent", "cat_name", "category_description"),
    "tag": ("tag", "tag_slug", "", "tag_name", "tag_description"),
}


def head(one: Head, at: datetime) -> str:
    """Everything before the first author."""
    return (
        f'<?xml version="1.0" encoding="UTF-8" ?>\n<!-- generator="Oportuno" created="{at:%Y-%m-%d %H:%M}" -->\n<rss version="2.0" {SPACES}>\n'
        f"<channel>\n<title>{_text(one.title)}</title>\n<link>{_text(one.address)}</link>\n<description>{_text(one.description)}</description>\n"
        f"<pubDate>{format_datetime(at.astimezone(UTC))}</pubDate>\n<language>{_text(one.language)}</language>\n"
        f"<wp:wxr_version>1.2</wp:wxr_version>\n<wp:base_site_url>{_text(one.address)}</wp:base_site_url>\n"
        f"<wp:base_blog_url>{_text(one.address)}</wp:base_blog_url>\n"
    )


TAIL = "</channel>\n</rss>\n"


def author(one: Author) -> str:
    said = {"author_id": one.number, "author_login": one.login, "author_email": one.email, "author_display_name": one.name}
    return f"<wp:author>{_all(said)}<wp:author_first_name/><wp:author_last_name/></wp:author>\n"


def term(one: Term) -> str:
    """A category, a tag, or a term of another taxonomy (a menu)."""
    if one.kind in TERMS:
        element, slug, parent, name, description = TERMS[one.kind]
        said = {
            "term_id": one.number,
            slug: one.slug,
            **({parent: one.parent} if parent else {}),
            name: one.name,
            description: one.description,
        }
        return f"<wp:{element}>{_all(said)}</wp:{element}>\n"
    said = {"term_id": one.number, "term_taxonomy": one.taxonomy, "term_slug": one.slug, "term_parent": one.parent, "term_name": one.name}
    return f"<wp:term>{_all(said)}</wp:term>\n"


def item(one: Item) -> str:
    """An item with its terms, meta and comments."""
    said = {
        "post_id": one.number, "post_date": one.date or NEVER, "post_date_gmt": one.date_gmt or NEVER, "post_modified": one.modified_gmt or NEVER,
        "post_modified_gmt": one.modified_gmt or NEVER, "comment_status": one.comment_status or "closed", "ping_status": "closed",
        "post_name": one.slug, "status": one.status, "post_parent": one.parent or "0", "menu_order": one.position or "0",
        "post_type": one.kind, "post_password": one.password, "is_sticky": one.sticky or "0",
        **({"attachment_url": one.attachment} if one.attachment else {}),
    }  # fmt: skip
    return (
        f"<item>\n<title>{_cdata(one.title)}</title>\n<link>{_text(one.link)}</link>\n<pubDate>{_text(one.pub_date)}</pubDate>\n"
        f'<dc:creator>{_cdata(one.author)}</dc:creator>\n<guid isPermaLink="false">{_text(one.guid)}</guid>\n<description></description>\n'
        f"<content:encoded>{_cdata(one.content)}</content:encoded>\n<excerpt:encoded>{_cdata(one.excerpt)}</excerpt:encoded>\n{_all(said)}"
        f"{''.join(map(_filed, one.filed))}{''.join(_meta('postmeta', *pair) for pair in one.meta)}{''.join(map(_comment, one.comments))}</item>\n"
    )


def whole(one: Head, authors: Iterable[Author], terms: Iterable[Term], items: Iterable[Item], at: datetime) -> Iterable[bytes]:
    """A file, part by part."""
    yield head(one, at).encode()
    yield "".join(map(author, authors)).encode()
    yield "".join(map(term, terms)).encode()
    for each in items:
        yield item(each).encode()
    yield TAIL.encode()


def date_of(moment: datetime | None) -> str:
    """As WordPress writes universal time; never is written with zeros."""
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S") if moment else NEVER


def _all(said: dict[str, str]) -> str:
    return "".join(f"<wp:{name}>{_cdata(value)}</wp:{name}>\n" for name, value in said.items())


def _filed(one: Filed) -> str:
    return f'<category domain="{_text(one.taxonomy)}" nicename="{_text(one.slug)}">{_cdata(one.name)}</category>\n'


def _meta(element: str, key: str, value: str) -> str:
    return f"<wp:{element}><wp:meta_key>{_cdata(key)}</wp:meta_key><wp:meta_value>{_cdata(value)}</wp:meta_value></wp:{element}>\n"


def _comment(one: Comment) -> str:
    said = {
        "comment_id": one.number, "comment_author": one.author, "comment_author_email": one.email, "comment_author_url": one.address,
        "comment_author_IP": "", "comment_date": one.date, "comment_date_gmt": one.date_gmt, "comment_content": one.text,
        "comment_approved": one.approved, "comment_type": one.kind, "comment_parent": one.parent, "comment_user_id": "0",
    }  # fmt: skip
    return f"<wp:comment>{_all(said)}</wp:comment>\n"


def _text(value: str) -> str:
    return escape(for_xml(value))


def _cdata(value: str) -> str:
    return f"<![CDATA[{for_xml(value).replace(']]>', ']]]]><![CDATA[>')}]]>"
