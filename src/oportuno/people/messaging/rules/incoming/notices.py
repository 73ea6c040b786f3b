"""Notices of Amazon SES that its topics send by mail: JSON in the text, of a bounce, a complaint or a delivery."""

from __future__ import annotations

import json
from typing import Any

from oportuno.people.messaging.rules.incoming.addresses import address_in
from oportuno.people.messaging.rules.incoming.opening import Opened
from oportuno.people.messaging.rules.incoming.reasons import UNDEFINED, enhanced_code, is_hard, reason_of
from oportuno.people.messaging.rules.incoming.shapes import Kind, Row

MARKS = ("notificationType", "eventType")
LONGEST = 120_000


def noticed_in(mail: Opened) -> tuple[Kind, list[Row]] | None:
    """What the notice says, or None where the text is none."""
    if not any(mark in mail.text for mark in MARKS):
        return None
    told = _json_in(mail.text)
    if isinstance(wrapped := told.get("Message"), str):  # a topic puts its own words around it
        told = _json_in(wrapped)
    kind = next((str(told[mark]).lower() for mark in MARKS if mark in told), "")
    about = told.get(kind)
    if not isinstance(about, dict):
        return None
    if kind == "bounce":
        return Kind.BOUNCE, [_bounced(one, str(about.get("bounceType", ""))) for one in _listed(about, "bouncedRecipients")]
    if kind == "complaint":
        reason = str(about.get("complaintFeedbackType") or "abuse").lower()[:40]
        return Kind.COMPLAINT, [Row(address, reason=reason) for one in _listed(about, "complainedRecipients") if (address := _address(one))]
    if kind == "delivery":
        return Kind.DELIVERED, [Row(address) for one in _listed(about, "recipients") if (address := _address(one))]
    return None


def _bounced(one: Any, sort: str) -> Row:
    said = one if isinstance(one, dict) else {}
    told, status = str(said.get("diagnosticCode", ""))[:300], enhanced_code(str(said.get("status", "")))
    reason = reason_of(told, status)
    hard = is_hard(reason, status=status, told=told, delayed=False)
    if reason == UNDEFINED:
        hard = sort.lower() == "permanent"
    return Row(_address(one), hard, status, reason, told=told)


def _address(one: Any) -> str:
    return address_in(str(one.get("emailAddress", "")) if isinstance(one, dict) else str(one))


def _listed(about: dict[str, Any], name: str) -> list[Any]:
    found = about.get(name)
    return [one for one in found[:500] if _address(one)] if isinstance(found, list) else []


def _json_in(text: str) -> dict[str, Any]:
    """The first object in it; programs put a line below."""
    begin = text.find("{")
    try:
        found, _end = json.JSONDecoder().raw_decode(text[begin : begin + LONGEST]) if begin >= 0 else ({}, 0)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
