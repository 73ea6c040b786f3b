"""A site as a file that WordPress takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from email.utils import format_datetime
from html import escape
from itertools import count
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from oportuno.doors.integrations.models import BroughtFile
from oportuno.kernel.content import ShownFile, ShownPicture, read, render_text
from oportuno.kernel.content.blocks.block import Need
from oportuno.kernel.content.sources import look_up
from oportuno.kernel.errors import Refusal
from oportuno.kernel.isolation import for_organisation
from oportuno.offer.sites import api as sites
from oportuno.offer.sites.api import bringing as taking
from oportuno.people.organisations.api import Organisation

from ..content.back import to_wordpress
from ..wxr.shapes import Author, Comment, Filed, Head, Item, Term
from ..wxr.writer import date_of, whole

STATUSES = {"published": "publish", "draft": "draft", "review": "pending", "private": "private", "scheduled": "future"}
APPROVED = {"approved": "1", "waiting": "0", "spam": "spam"}
TAXONOMIES = {"category": "category", "tag": "post_tag"}


def export_site(organisation: Organisation, *, at: datetime) -> Iterable[bytes]:
    """The whole site but its bin: pages, posts, authors, terms, comments, menus, and the pictures it shows as attachments.

    A batch in memory at a time. Raises Refusal where there is no site yet.
    """
    with for_organisation(organisation.pk):
        site = sites.site_of(organisation.pk)
        if site is None:
            raise Refusal(_("This organisation has no site yet."))
        base = sites.where(organisation.slug, sites.main_domain(organisation.pk)).whole
        people, terms = taking.all_authors(organisation.pk), taking.all_terms(organisation.pk)
        pages = {pk: number for number, pk in enumerate(taking.page_ids(organisation.pk), 1)}
    taker = _Taker(organisation.pk, base, site.language, {one.pk: one for one in people}, {one.pk: one for one in terms}, pages)
    return whole(
        Head("1.2", site.title, site.tagline, site.language, base.rstrip("/")),
        [Author(one.slug, one.name, f"{one.slug}@example.invalid", str(place)) for place, one in enumerate(people, 1)],
        [*(_term(one, place) for place, one in enumerate(terms, 1)), *_menu_terms(site.menus, len(terms))],
        taker.items(site.menus),
        at,
    )


class _Taker:
    """Numbers go up: pages first, so that a page's number is known before it comes."""

    def __init__(
        self,
        organisation: int,
        base: str,
        language: str,
        people: Mapping[UUID, sites.Author],
        terms: Mapping[UUID, sites.Term],
        pages: Mapping[UUID, int],
    ) -> None:
        self._organisation, self._base, self._language = organisation, base, language
        self._people, self._terms, self._numbers = people, terms, dict(pages)
        self._next = count(len(pages) + 1)
        self._comments = count(1)
        self._files: dict[Need, int] = {}

    def items(self, menus: Mapping[str, Any]) -> Iterator[Item]:
        with for_organisation(self._organisation):
            batches = taking.all_entries(self._organisation)
        while True:
            with for_organisation(self._organisation):
                batch = next(batches, None)
                found = self._batch(batch) if batch else []
            if batch is None:
                break
            yield from found
        yield from self._menu_items(menus)

    def _batch(self, entries: list[sites.Entry]) -> list[Item]:
        documents = {one.pk: read(one.document) for one in entries}
        needs = [need for one in documents.values() for need in one.needs()]
        needs += [("picture", str(one.picture_id)) for one in entries if one.picture_id]
        shown = look_up(needs, self._language)
        shown |= on_their_way(set(needs) - set(shown))
        comments: dict[UUID, list[Any]] = {}
        said = taking.comments_of(documents)
        emails = taking.emails_of([one.pk for one in said])
        for one in said:
            comments.setdefault(one.entry_id, []).append(one)
        attachments = [self._attachment(need, what) for need, what in shown.items() if need not in self._files]
        contents = {pk: to_wordpress(one, shown, base=settings.ORIGIN, language=self._language) for pk, one in documents.items()}
        return [*attachments, *(self._entry(one, contents[one.pk], comments.get(one.pk, []), emails) for one in entries)]

    def _attachment(self, need: Need, shown: Any) -> Item:
        number = self._files[need] = next(self._next)
        address = shown.src if "://" in shown.src else f"{settings.ORIGIN}{shown.src}"
        name = shown.src.rpartition("/")[2].rpartition(".")[0]
        alt = getattr(shown, "alt", "")
        meta = (("_wp_attachment_image_alt", alt),) if alt else ()
        return Item(0, str(number), "attachment", "inherit", name, alt or name, address, address, attachment=address, meta=meta)

    def _entry(self, one: sites.Entry, content: str, comments: list[Any], emails: Mapping[UUID, str]) -> Item:
        number = self._numbers.get(one.pk) or next(self._next)
        self._numbers[one.pk] = number
        moment = one.published_at
        address = f"{self._base}{one.path}/"
        picture = self._files.get(("picture", str(one.picture_id))) if one.picture_id else None
        author = self._people.get(one.author_id) if one.author_id else None
        return Item(
            line=0, number=str(number), kind=one.kind, status=STATUSES.get(one.state, "draft"), slug=one.slug,
            title=escape(one.title, quote=False), link=address, guid=f"{self._base}?p={number}", author=author.slug if author else "",
            date=date_of(moment), date_gmt=date_of(moment), pub_date=format_datetime(moment) if moment else "",
            modified_gmt=date_of(one.changed_at), content=content, excerpt=own_excerpt(one), parent=str(self._numbers.get(one.parent_id, 0) if one.parent_id else 0),
            position=str(one.position), sticky="1" if one.pinned else "0", comment_status="open" if one.comments_open else "closed",
            filed=tuple(Filed(TAXONOMIES[term.kind], term.slug, term.name) for pk in one.terms if (term := self._terms.get(pk))),
            meta=(("_thumbnail_id", str(picture)),) if picture else (), comments=self._said(comments, emails),
        )  # fmt: skip

    def _said(self, comments: list[Any], emails: Mapping[UUID, str]) -> tuple[Comment, ...]:
        numbers = {one.pk: str(next(self._comments)) for one in comments}
        return tuple(
            Comment(
                numbers[one.pk], one.name, emails.get(one.pk, ""), one.address, date_of(one.at), date_of(one.at), escape(one.text, quote=False),
                APPROVED[one.state], one.kind, numbers.get(one.parent_id, "0"),
            )
            for one in comments
        )  # fmt: skip

    def _menu_items(self, menus: Mapping[str, Any]) -> Iterator[Item]:
        for name, lines in menus.items():
            for place, line in enumerate(lines, 1):
                top = self._point(name, line, place * 100, 0)
                yield top
                yield from (
                    self._point(name, each, place * 100 + under, int(top.number)) for under, each in enumerate(line.get("items", ()), 1)
                )

    def _point(self, menu: str, line: Mapping[str, Any], place: int, above: int) -> Item:
        entry = self._numbers.get(UUID(line["entry"])) if line.get("entry") else None
        kind, what = ("post_type", "page") if entry else ("custom", "custom")
        url = "" if entry else f"{self._base}blog/" if line.get("blog") else line.get("address") or "#"
        number = next(self._next)
        meta = (
            ("_menu_item_type", kind), ("_menu_item_menu_item_parent", str(above)), ("_menu_item_object_id", str(entry or number)),
            ("_menu_item_object", what), ("_menu_item_target", ""), ("_menu_item_classes", 'a:1:{i:0;s:0:"";}'), ("_menu_item_xfn", ""),
            ("_menu_item_url", url),
        )  # fmt: skip
        return Item(
            0, str(number), "nav_menu_item", "publish", str(number), escape(line.get("label", ""), quote=False), position=str(place),
            filed=(Filed("nav_menu", menu, menu),), meta=meta,
        )  # fmt: skip


def on_their_way(needs: Iterable[Need]) -> dict[Need, Any]:
    """Files that were to come from another WordPress and are not here yet: where they were. One file may be a picture and a download."""
    wanted = set(needs)
    rows = BroughtFile.objects.filter(pk__in=[name for _source, name in wanted], item_id__isnull=True).values_list("pk", "address")
    found: dict[Need, Any] = {}
    for pk, address in rows:
        found["picture", str(pk)] = ShownPicture(address, 1, 1)
        found["file", str(pk)] = ShownFile(address, address.rpartition("/")[2], "", 0)
    return {need: what for need, what in found.items() if need in wanted}


def _term(one: sites.Term, number: int) -> Term:
    parent = one.parent.slug if one.parent else ""
    return Term(one.kind, TAXONOMIES[one.kind], one.slug, one.name, parent, one.description, str(number))


def _menu_terms(menus: Mapping[str, Any], before: int) -> list[Term]:
    return [Term("term", "nav_menu", name, name, number=str(before + place)) for place, name in enumerate(menus, 1)]


def own_excerpt(one: sites.Entry) -> str:
    """What somebody wrote for lists; not what we cut out of the piece."""
    text = " ".join(render_text(read(one.document), language="es").split())
    return "" if text.startswith(one.excerpt.rstrip("…").rstrip()) else escape(one.excerpt, quote=False)
