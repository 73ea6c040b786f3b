"""Complaints: reports of feedback loops (RFC 5965), and Microsoft's, which forwards the mail with a header of its own."""

from __future__ import annotations

from oportuno.people.messaging.rules.incoming.addresses import address_in, addresses_in
from oportuno.people.messaging.rules.incoming.opening import Opened, headers_in
from oportuno.people.messaging.rules.incoming.shapes import Row

NAMED_BY = ("original-rcpt-to", "removal-recipient", "redacted-address")
IN_ORIGINAL = ("x-hmxmroriginalrecipient", "x-original-to", "to", "delivered-to", "x-rcpt-to")


def is_complaint(mail: Opened) -> bool:
    if mail.feedbacks or mail.report_type == "feedback-report":
        return True
    sender, subject = address_in(mail.header("from")), mail.header("subject").lower()
    if sender in ("staff@hotmail.com", "staff@outlook.com") or "x-hmxmroriginalrecipient" in mail.original:
        return "complaint about message" in subject or "x-hmxmroriginalrecipient" in mail.original
    return False


def rows_of_complaint(mail: Opened) -> list[Row]:
    """Who complained; the receivers blacken his address in many reports, then our own Message-ID says it."""
    heads = headers_in("\n".join(mail.feedbacks))
    kind = next(iter(heads.get("feedback-type", ())), "abuse").strip().lower() or "abuse"
    found = [one for name in NAMED_BY for value in heads.get(name, ()) for one in addresses_in(value)]
    if not found:
        found = next(([one] for name in IN_ORIGINAL for value in mail.original.get(name, ()) for one in addresses_in(value)), [])
    known = {one.lower(): one for one in reversed(found)}
    return [Row(address, reason=kind) for address in reversed(known.values())]
