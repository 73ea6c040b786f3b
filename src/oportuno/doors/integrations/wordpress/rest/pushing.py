"""A site of ours into a running WordPress. What is there under the same address is changed where it differs; twice changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from html import escape
from typing import Any
from urllib.parse import unquote
from uuid import UUID

from django.conf import settings

from oportuno.kernel.content import read
from oportuno.kernel.content.blocks.block import Need
from oportuno.kernel.content.sources import look_up
from oportuno.kernel.errors import NotFound
from oportuno.kernel.isolation import for_organisation
from oportuno.offer.media.api.contents import Content, content_of
from oportuno.offer.sites import api as sites
from oportuno.offer.sites.api import bringing as taking

from ..content.back import to_wordpress
from ..queries.exporting import STATUSES, on_their_way, own_excerpt
from ..wxr.writer import date_of
from .client import Remote, Unanswered

PATHS = {"page": "pages", "post": "posts"}
TERMS = {"category": "categories", "tag": "tags"}
ALL = "publish,future,draft,pending,private"


@dataclass
class Pushed:
    """How many pieces were made, changed, or left as they were; how many comments and files were made, and what was not taken."""

    new: int = 0
    changed: int = 0
    same: int = 0
    comments: int = 0
    files: int = 0
    refused: int = 0


def push(remote: Remote, organisation: int, *, tell: Callable[[Pushed], None] = lambda told: None) -> Pushed:
    """Pages, then posts, each with its terms, files and comments. Between questions nothing of ours is locked. Raises Refusal."""
    pusher = _Pusher(remote, organisation)
    pusher.terms()
    with for_organisation(organisation):
        language = sites.own_site(organisation).language
        batches = taking.all_entries(organisation)
    while True:
        with for_organisation(organisation):
            batch = next(batches, None)
        if batch is None:
            return pusher.told
        pusher.batch(sorted(batch, key=lambda one: one.path.count("/")), language)
        tell(pusher.told)


class _Pusher:
    def __init__(self, remote: Remote, organisation: int) -> None:
        self.told = Pushed()
        self._remote, self._organisation = remote, organisation
        self._terms: dict[UUID, int] = {}
        self._kinds: dict[UUID, str] = {}
        self._pages: dict[UUID, int] = {}
        self._files: dict[str, dict[str, Any] | None] = {}

    def terms(self) -> None:
        """Categories and tags, those above first."""
        with for_organisation(self._organisation):
            ours = taking.all_terms(self._organisation)
        self._kinds = {one.pk: one.kind for one in ours}
        for kind, path in TERMS.items():
            there = {unquote(one["slug"]): one["id"] for one in self._remote.all(path)}
            waiting = [one for one in ours if one.kind == kind]
            while waiting:
                ready = [one for one in waiting if one.parent_id is None or one.parent_id in self._terms] or waiting
                for one in ready:
                    parent = {"parent": self._terms[one.parent_id]} if one.parent_id in self._terms else {}
                    said = {"name": one.name, "slug": one.slug, "description": one.description, **parent}
                    self._terms[one.pk] = there.get(one.slug) or self._remote.send(path, said)["id"]
                waiting = [one for one in waiting if one.pk not in self._terms]

    def batch(self, entries: Sequence[sites.Entry], language: str) -> None:
        documents = {one.pk: read(one.document) for one in entries}
        pictures = [("picture", str(one.picture_id)) for one in entries if one.picture_id]
        with for_organisation(self._organisation):
            needs = [*(need for one in documents.values() for need in one.needs()), *pictures]
            shown = look_up(needs, language)
            elsewhere = on_their_way(set(needs) - set(shown))
            comments: dict[UUID, list[Any]] = {}
            said = taking.comments_of(documents)
            emails = taking.emails_of([one.pk for one in said])
        for comment in said:
            comments.setdefault(comment.entry_id, []).append(comment)
        found = {**self._uploaded(shown), **elsewhere}
        there = {kind: self._there(kind, [one.slug for one in entries if one.kind == kind]) for kind in PATHS}
        for one in entries:
            content = to_wordpress(documents[one.pk], found, base=settings.ORIGIN, language=language)
            parent = self._pages.get(one.parent_id, 0) if one.parent_id else 0
            number = self._entry(one, content, there[one.kind].get((one.slug, parent)), parent)
            self._comments(one, number, comments.get(one.pk, []), emails)

    def _there(self, kind: str, slugs: Sequence[str]) -> dict[tuple[str, int], dict[str, Any]]:
        """What stands there under these slugs, by slug and parent."""
        found: dict[tuple[str, int], dict[str, Any]] = {}
        for start in range(0, len(slugs), 20):
            for one in self._remote.all(PATHS[kind], context="edit", status=ALL, slug=list(slugs[start : start + 20])):
                found[unquote(one["slug"]), one.get("parent") or 0] = one
        return found

    def _entry(self, one: sites.Entry, content: str, there: dict[str, Any] | None, parent: int) -> int:
        said = self._said(one, content, parent)
        path = PATHS[one.kind]
        if there is None:
            number = int(self._remote.send(path, said)["id"])
            self.told.new += 1
        elif _differs(there, said):
            number = int(self._remote.send(f"{path}/{there['id']}", said)["id"])
            self.told.changed += 1
        else:
            number = int(there["id"])
            self.told.same += 1
        if one.kind == "page":
            self._pages[one.pk] = number
        return number

    def _said(self, one: sites.Entry, content: str, parent: int) -> dict[str, Any]:
        picture = self._files.get(str(one.picture_id)) if one.picture_id else None
        said: dict[str, Any] = {
            "title": one.title, "content": content, "excerpt": own_excerpt(one), "status": STATUSES.get(one.state, "draft"), "slug": one.slug,
            "comment_status": "open" if one.comments_open else "closed", "featured_media": picture["id"] if picture else 0,
        }  # fmt: skip
        if one.published_at:
            said["date_gmt"] = date_of(one.published_at).replace(" ", "T")
        if one.kind == "page":
            return {**said, "parent": parent, "menu_order": one.position}
        for kind, path in TERMS.items():
            said[path] = [self._terms[term] for term in one.terms if self._kinds.get(term) == kind]
        return {**said, "sticky": one.pinned}

    def _uploaded(self, shown: Mapping[Need, Any]) -> dict[Need, Any]:
        """The same files at their addresses there; one that cannot be taken keeps ours."""
        found: dict[Need, Any] = {}
        for (source, name), what in shown.items():
            if name not in self._files:
                self._files[name] = self._upload(name)
            there = self._files[name]
            found[source, name] = _moved(what, there["source_url"]) if there else what
        return found

    def _upload(self, name: str) -> dict[str, Any] | None:
        content: Content | None = None
        with suppress(NotFound), for_organisation(self._organisation):
            content = content_of(UUID(name))
        if content is None:
            return None
        for one in self._remote.all("media", slug=[content.name.partition(".")[0]]):
            return one
        with suppress(Unanswered):  # a kind of file that this WordPress does not take
            self.told.files += 1
            return self._remote.upload(content.name, content.mime, content.body)
        self.told.files -= 1
        return None

    def _comments(self, entry: sites.Entry, post: int, comments: Sequence[Any], emails: Mapping[UUID, str]) -> None:
        """Those that are missing. WordPress takes none where commenting is closed, so it is opened meanwhile; none at all for a draft."""
        said = [one for one in comments if one.state in ("approved", "waiting") and one.kind == "comment"]
        if not said:
            return
        rows = self._remote.all("comments", context="edit", status="any", post=post)
        there = {(one["author_name"], one["date_gmt"]): one["id"] for one in rows}
        missing = [one for one in said if _name(one) not in there]
        path = f"{PATHS[entry.kind]}/{post}"
        if missing and not entry.comments_open:
            self._remote.send(path, {"comment_status": "open"})
        for one in missing:
            try:
                there[_name(one)] = self._comment(post, one, emails.get(one.pk, ""), _above(one, said, there))
                self.told.comments += 1
            except Unanswered:
                self.told.refused += 1
        if missing and not entry.comments_open:
            self._remote.send(path, {"comment_status": "closed"})

    def _comment(self, post: int, one: Any, email: str, parent: int) -> int:
        said = {
            "post": post, "author_name": one.name, "author_url": one.address, "content": escape(one.text, quote=False), "parent": parent,
            "date_gmt": date_of(one.at).replace(" ", "T"), "status": "approved" if one.state == "approved" else "hold",
            **({"author_email": email} if email else {}),
        }  # fmt: skip
        return int(self._remote.send("comments", said)["id"])


def _name(comment: Any) -> tuple[str, str]:
    """What tells comments of one post from each other there."""
    return comment.name, date_of(comment.at).replace(" ", "T")


def _above(comment: Any, all_of: Sequence[Any], there: Mapping[tuple[str, str], int]) -> int:
    """The number there of what it answers."""
    return next((there.get(_name(one), 0) for one in all_of if one.pk == comment.parent_id), 0)


def _differs(there: Mapping[str, Any], said: Mapping[str, Any]) -> bool:
    """Whether anything that we say stands otherwise there. WordPress trims what it keeps."""
    for name, wanted in said.items():
        is_ = there.get(name)
        if isinstance(is_, dict):
            is_ = is_.get("raw", "")
        if isinstance(wanted, list):
            if sorted(wanted) != sorted(is_ or []) and (wanted or len(is_ or []) > 1):  # a post without a category stands in the usual one
                return True
        elif isinstance(wanted, str):
            if wanted.strip() != (unquote(str(is_ or "")) if name == "slug" else str(is_ or "")).strip():
                return True
        elif (wanted or 0) != (is_ or 0):
            return True
    return False


def _moved(what: Any, address: str) -> Any:
    return replace(what, src=address)
