"""What the frame of every workbench page shows: where one is, where one may go."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from oportuno.kernel.desk import DeskPage, pages
from oportuno.kernel.ui.shell import Desk, DeskItem, DeskSection, Link, Somebody
from oportuno.people.organisations.api import Member, memberships_of

SECTION_WORDS = {
    "work": "",
    "offer": _("Offer"),
    "site": _("Site and blog"),
    "people": _("People"),
    "market": _("Market"),
    "house": _("House"),
}


def desk(request: HttpRequest) -> dict[str, Any]:
    """`desk` and `desk_nav` for ui/desk.html; nothing outside the workbench."""
    member: Member | None = getattr(request, "member", None)
    if member is None:
        return {}
    slug = member.organisation.slug
    frame = Desk(
        name=member.organisation.name,
        kind=member.organisation.get_kind_display(),
        home=reverse("desk:today", args=[slug]),
        person=Somebody(member.person.name, member.person.email),
        account=reverse("organisations:account"),
        sign_out=reverse("account_logout"),
        organisations=[_switch(other, slug) for other in memberships_of(member.person)],
    )
    return {"member": member, "desk": frame, "desk_nav": navigation(member, request.path)}


def _switch(other: Member, slug: str) -> Link:
    theirs = other.organisation
    return Link(theirs.name, reverse("desk:today", args=[theirs.slug]), current=theirs.slug == slug)


def navigation(member: Member, path: str) -> list[DeskSection]:
    """Sections with the pages that this member may open; the longest address that begins `path` is the current one."""
    links = [(one, href) for one in pages() if is_for(one, member) and (href := _address(one, member.organisation.slug))]
    current = max((href for _page, href in links if path.startswith(href)), key=len, default="")
    return [
        DeskSection(SECTION_WORDS[section], [_item(one, href, current) for one, href in group])
        for section, group in groupby(links, key=lambda pair: pair[0].section)
    ]


def _item(one: DeskPage, href: str, current: str) -> DeskItem:
    return DeskItem(one.label, one.icon, href, href == current, one.count() if one.count else None)


def is_for(page: DeskPage, member: Member) -> bool:
    """Whether the page has a place in this member's workbench."""
    operator = member.organisation.is_operator
    if (page.operator_only and not operator) or (page.seller_only and operator):
        return False
    if page.kind and page.kind != member.organisation.kind:
        return False
    return not page.permission or member.may(page.permission)


def _address(page: DeskPage, slug: str) -> str:
    try:
        return reverse(page.url, args=[slug])
    except NoReverseMatch:
        return ""
