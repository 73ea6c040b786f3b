"""What a running WordPress holds, as the export file that it would write: then it comes in by the same way as any other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from itertools import islice
from typing import Any

from ..wxr.shapes import Author, Comment, Filed, Head, Item, Term
from ..wxr.writer import whole
from .client import PAGE, Remote, Unanswered

STATUSES = "publish,future,draft,pending,private"
KINDS = (("page", "pages"), ("post", "posts"), ("wp_block", "blocks"))
APPROVED = {"approved": "1", "hold": "0", "spam": "spam", "trash": "trash"}


def pull(remote: Remote, *, at: datetime) -> Iterable[bytes]:
    """WXR, a page of a hundred in memory at a time. Raises Refusal."""
    about = remote.about()
    users = {str(one["id"]): one for one in remote.all("users", context="edit")}
    terms = [*_terms(remote, "categories", "category", "category"), *_terms(remote, "tags", "tag", "post_tag")]
    slugs = {(one.taxonomy, one.number): one for one in terms}
    head = Head(
        "1.2", str(about.get("name", "")), str(about.get("description", "")), "", str(about.get("url") or remote.address).rstrip("/")
    )
    logins = {number: str(one.get("username") or one.get("slug", "")) for number, one in users.items()}
    authors = [Author(logins[number], str(one.get("name", "")), str(one.get("email", "")), number) for number, one in users.items()]
    return whole(head, authors, terms, _items(remote, logins, slugs), at)


def _terms(remote: Remote, path: str, kind: str, taxonomy: str) -> list[Term]:
    rows = list(remote.all(path, context="edit"))
    slugs = {one["id"]: one["slug"] for one in rows}
    return [
        Term(kind, taxonomy, one["slug"], one.get("name", ""), slugs.get(one.get("parent"), ""), one.get("description", ""), str(one["id"]))
        for one in rows
    ]


def _items(remote: Remote, logins: dict[str, str], terms: dict[tuple[str, str], Term]) -> Iterator[Item]:
    for row in remote.all("media", context="edit"):
        yield _attachment(row, logins)
    for kind, path in KINDS:
        rows = remote.all(path, context="edit", status=STATUSES)
        while batch := list(islice(rows, PAGE)):
            comments = _comments(remote, batch) if kind != "wp_block" else {}
            for row in batch:
                yield _item(kind, row, logins, terms, comments.get(row["id"], ()))
    with suppress(Unanswered):  # menus are older than their place in the API, and not everybody may see them
        yield from _menu(remote)


def _comments(remote: Remote, posts: list[dict[str, Any]]) -> dict[int, tuple[Comment, ...]]:
    found: dict[int, list[Comment]] = {}
    for one in remote.all("comments", context="edit", status="any", post=[row["id"] for row in posts]):
        date = _moment(one.get("date_gmt"))
        comment = Comment(
            str(one["id"]), one.get("author_name", ""), one.get("author_email", ""), one.get("author_url", ""), date, date,
            _raw(one.get("content")), APPROVED.get(one.get("status", ""), "0"), one.get("type") or "comment", str(one.get("parent") or 0),
        )  # fmt: skip
        found.setdefault(one["post"], []).append(comment)
    return {post: tuple(comments) for post, comments in found.items()}


def _item(
    kind: str, row: dict[str, Any], logins: dict[str, str], terms: dict[tuple[str, str], Term], comments: tuple[Comment, ...]
) -> Item:
    filed = [terms[taxonomy, str(number)] for taxonomy, name in (("category", "categories"), ("post_tag", "tags"))
             for number in row.get(name, []) if (taxonomy, str(number)) in terms]  # fmt: skip
    date = _moment(row.get("date_gmt")) or _moment(row.get("date"))
    picture = row.get("featured_media")
    return Item(
        line=0, number=str(row["id"]), kind=kind, status=row.get("status", "draft"), slug=row.get("slug", ""), title=_raw(row.get("title")),
        link=row.get("link", ""), guid=_raw(row.get("guid")), author=logins.get(str(row.get("author")), ""), date=_moment(row.get("date")),
        date_gmt=date, modified_gmt=_moment(row.get("modified_gmt")), content=_raw(row.get("content")), excerpt=_raw(row.get("excerpt")),
        parent=str(row.get("parent") or 0), position=str(row.get("menu_order") or 0), password=row.get("password", ""),
        sticky="1" if row.get("sticky") else "0", comment_status=row.get("comment_status", ""),
        filed=tuple(Filed(one.taxonomy, one.slug, one.name) for one in filed),
        meta=(("_thumbnail_id", str(picture)),) if picture else (), comments=comments,
    )  # fmt: skip


def _attachment(row: dict[str, Any], logins: dict[str, str]) -> Item:
    alt = row.get("alt_text", "")
    return Item(
        line=0, number=str(row["id"]), kind="attachment", status="inherit", slug=row.get("slug", ""), title=_raw(row.get("title")),
        link=row.get("link", ""), guid=_raw(row.get("guid")), author=logins.get(str(row.get("author")), ""),
        date_gmt=_moment(row.get("date_gmt")), excerpt=_raw(row.get("caption")), parent=str(row.get("post") or 0),
        attachment=row.get("source_url", ""), meta=(("_wp_attachment_image_alt", alt),) if alt else (),
    )  # fmt: skip


def _menu(remote: Remote) -> Iterator[Item]:
    menus = {one["id"]: one for one in remote.all("menus", context="edit")}
    for row in remote.all("menu-items", context="edit"):
        menu = menus.get(row.get("menus"), {})
        meta = (
            ("_menu_item_type", row.get("type", "")), ("_menu_item_menu_item_parent", str(row.get("parent") or 0)),
            ("_menu_item_object_id", str(row.get("object_id") or "")), ("_menu_item_object", row.get("object", "")),
            ("_menu_item_url", row.get("url", "")),
        )  # fmt: skip
        filed = (Filed("nav_menu", menu.get("slug", ""), menu.get("name", "")),)
        yield Item(
            line=0, number=str(row["id"]), kind="nav_menu_item", status=row.get("status", "publish"), slug=str(row["id"]),
            title=_raw(row.get("title")), position=str(row.get("menu_order") or 0), filed=filed, meta=meta,
        )  # fmt: skip


def _raw(said: Any) -> str:
    """What was typed, not what it is made into."""
    if isinstance(said, dict):
        return str(said.get("raw", said.get("rendered", "")) or "")
    return str(said or "")


def _moment(said: Any) -> str:
    return str(said).replace("T", " ")[:19] if said else ""
