"""Words of the directory's templates: `{% load directory %}`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.translation import gettext as _

from oportuno.offer.directory.queries import verticals
from oportuno.offer.directory.queries.cards import in_language, place_name
from oportuno.offer.directory.rules.hours import OpenNow

register = template.Library()

STATES = {
    "draft": "neutral",
    "submitted": "waiting",
    "in_review": "info",
    "changes_asked": "warning",
    "approved": "good",
    "rejected": "bad",
    "unvetted": "neutral",
    "suspended": "bad",
    "expired": "warning",
    "revoked": "bad",
    "in_order": "good",
    "to_show": "neutral",
    "to_decide": "waiting",
    "ours": "info",
    "changes": "warning",
    "approve": "good",
    "reject": "bad",
}


@register.filter
def said(words: Mapping[str, str]) -> str:
    """`{{ requirement.title|said }}`: words of a pack in the reader's language."""
    return verticals.said(words)


@register.filter
def in_words(row: Any, name: str) -> str:
    """`{{ seller|in_words:"difference" }}`: `difference_es` or `difference_en`, in the reader's language where it was written."""
    return in_language(row, name)


@register.filter
def tone(state: str) -> str:
    """`{% status label state|tone %}`: how good or bad a state, standing, wait or verdict is."""
    return STATES.get(state, "neutral")


@register.filter
def waits(value: str) -> str:
    """What a requirement waits for, in words."""
    words = {
        "in_order": _("In order"),
        "to_show": _("To be shown"),
        "to_decide": _("Waiting for a decision"),
        "ours": _("The market takes care of it"),
        "changes": _("Changes asked"),
        "rejected": _("Rejected"),
    }
    return words[value]


@register.filter
def evidence_name(kind: str) -> str:
    return verticals.evidence_name(kind)


@register.filter
def place(one: Any) -> str:
    """`{{ seller.home|place }}`: its name and that of what it lies in."""
    if one is None:
        return ""
    return ", ".join(name for name in (place_name(one), place_name(one.parent) if one.kind == "municipality" else "") if name)


@register.filter
def open_words(now: OpenNow) -> str:
    return _("Open now") if now.is_open else _("Closed now")
