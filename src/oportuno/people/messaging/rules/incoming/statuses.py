"""Delivery reports for machines (RFC 3464), and the many that nearly are: blocks without blank lines, in the text, in quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from oportuno.people.messaging.rules.incoming.addresses import address_in, clean
from oportuno.people.messaging.rules.incoming.narrative import told_of
from oportuno.people.messaging.rules.incoming.reasons import UNDEFINED, enhanced_code, is_hard, reason_of, refused_the_mail
from oportuno.people.messaging.rules.incoming.shapes import Row

FIELD = re.compile(r"^[ \t>]*([A-Za-z][A-Za-z0-9-]{2,40})[ \t]*:[ \t]?(.*)$")
NAMES = {
    "final-recipient", "original-recipient", "action", "status", "diagnostic-code", "remote-mta", "last-attempt-date", "will-retry-until",
    "x-actual-recipient", "x-display-name", "final-log-id", "x-supplementary-info", "reporting-mta", "arrival-date", "received-from-mta",
    "dsn-gateway", "original-envelope-id", "x-original-message-id", "x-postfix-queue-id", "x-postfix-sender",
}  # fmt: skip
IN_TEXT = re.compile(r"^[ \t>]*(?:final|original)-recipient[ \t]*:", re.I | re.M)
SMTP_TYPE = re.compile(r"^\s*smtp\s*;", re.I)
DELIVERED = {"delivered", "relayed", "expanded", "deliverable"}
MOST_ROWS = 500

Block = dict[str, str]


def blocks_in(text: str) -> list[Block]:
    """Per recipient, the fields that are told of him. A field that comes again begins the next recipient."""
    found: list[Block] = []
    block: Block = {}
    name = ""
    for line in text.splitlines():
        if not line.strip(" \t>"):
            name = ""
            if "final-recipient" in block or ("original-recipient" in block and "action" in block):
                found.append(block)
                block = {}
            continue
        field = FIELD.match(line)
        if field and field.group(1).lower() in NAMES:
            name = field.group(1).lower()
            if name in block and name in ("final-recipient", "original-recipient", "action"):
                found.append(block)
                block = {}
            block[name] = f"{block[name]} {field.group(2)}" if name in block else field.group(2)
        elif name and (line[:1] in " \t>" or name == "diagnostic-code") and not (field and line[:1] not in " \t>"):
            block[name] += " " + line.strip(" \t>")
    found.append(block)
    return [one for one in found[:MOST_ROWS] if "final-recipient" in one or "original-recipient" in one]


def rows_of(blocks: list[Block], words: str) -> Iterator[tuple[str, Row]]:
    """Each recipient with the action that was reported. `words`: the text for people, where the report says nothing."""
    named = [(block, recipient) for block in blocks if (recipient := _recipient(block))]
    lines, all_of_them = words.split("\n")[:1500], [recipient for _, recipient in named]
    for block, recipient in named:
        yield _row(block, recipient, told_of(recipient, lines, all_of_them))


def _recipient(block: Block) -> str:
    """Whom we wrote to stands in Original-Recipient; many leave it out, encode it, or fill it with nonsense."""
    original, final = address_in(block.get("original-recipient", "")), address_in(block.get("final-recipient", ""))
    return clean(original or final or address_in(block.get("x-actual-recipient", "")))


def _row(block: Block, recipient: str, near: str) -> tuple[str, Row]:
    """`near` is what the text for people says of him: it knows more where the report gives only a class."""
    action = (re.findall(r"[a-z]+", block.get("action", "").lower()) or [""])[0]
    status = enhanced_code(block.get("status", ""))
    told = " ".join(SMTP_TYPE.sub("", block.get("diagnostic-code", "")).split())
    if not action:
        action = {"2": "delivered", "4": "delayed"}.get(status[:1], "failed")
    delayed = action == "delayed"
    reason = reason_of(told, status)
    if reason == "userunknown" and status[2:] != "1.1" and refused_the_mail(near):
        reason = "filtered"
    if reason == UNDEFINED or (not told and (not status or status.endswith(".0.0") or status[2:] == "4.7")):
        said = reason_of(near, enhanced_code(near))
        reason = said if said != UNDEFINED else reason
    if delayed and reason in (UNDEFINED, "systemerror", "networkerror"):
        reason = "expired"
    hard = action not in DELIVERED and is_hard(reason, status=status, told=told, delayed=delayed)
    return action, Row(recipient, hard, status or enhanced_code(told), reason, delayed, (told or " ".join(near.split()))[:300])
