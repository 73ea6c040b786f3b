"""What stands beside a contact: the campaigns he got, and what he did with each."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from oportuno.growth.campaigns.queries.history import history_of


def beside_contact(request: HttpRequest, contact: Any, **more: Any) -> str:
    """Nothing for who got none, or where reports are not one's business."""
    member = getattr(request, "member", None)
    if member is None or not member.may("see campaigns"):
        return ""
    rows = history_of(contact.pk)
    here = member.organisation.slug
    return render_to_string("campaigns/parts/beside_contact.html", {"rows": rows, "here": here}, request) if rows else ""
