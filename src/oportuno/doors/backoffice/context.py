"""What the frame of every workbench page shows: where one is, where one may go."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from oportuno.kernel.desk import DeskPage, pages
from oportuno.people.organisations.api import Member, memberships_of

SECTION_WORDS = {"work": "", "offer": _("Offer"), "people": _("People"), "market": _("Market"), "house": _("House")}


def desk(request: HttpRequest) -> dict[str, Any]:
    """`desk` and `desk_nav` for ui/desk.html; nothing outside the workbench."""
    member: Member | None = getattr(request, "member", None)
    if member is None:
        return {}
    slug = member.organisation.slug
    return {
        "member": member,
        "desk": {
            "name": member.organisation.name,
            "kind": member.organisation.get_kind_display(),
            "home": reverse("desk:today", args=[slug]),
            "person": member.person,
            "account": reverse("organisations:account"),
            "sign_out": reverse("account_logout"),
            "organisations": [
                {
                    "name": other.organisation.name,
                    "href": reverse("desk:today", args=[other.organisation.slug]),
                    "current": other.organisation.slug == slug,
                }
                for other in memberships_of(member.person)
            ],
        },
        "desk_nav": navigation(member, request.path),
    }


def navigation(member: Member, path: str) -> list[dict[str, Any]]:
    """Sections with the pages that this member may open; the longest address that begins `path` is the current one."""
    links = [(page, href) for page in pages() if is_for(page, member) and (href := _address(page, member.organisation.slug))]
    current = max((href for _page, href in links if path.startswith(href)), key=len, default="")
    return [
        {
            "label": SECTION_WORDS[section],
            "items": [
                {"label": p.label, "icon": p.icon, "href": href, "current": href == current, "count": p.count() if p.count else None}
                for p, href in group
            ],
        }
        for section, group in groupby(links, key=lambda pair: pair[0].section)
    ]


def is_for(page: DeskPage, member: Member) -> bool:
    """Whether the page has a place in this member's workbench."""
    operator = member.organisation.is_operator
    if (page.operator_only and not operator) or (page.seller_only and operator):
        return False
    return not page.permission or member.may(page.permission)


def _address(page: DeskPage, slug: str) -> str:
    try:
        return reverse(page.url, args=[slug])
    except NoReverseMatch:
        return ""
