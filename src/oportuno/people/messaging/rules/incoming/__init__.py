"""What a mail that came in is: a bounce, a complaint, an automatic answer, or somebody who wrote.

`classify` takes bytes from anybody, answers in bounded time and never raises.
"""

from __future__ import annotations

import re

from oportuno.people.messaging.rules.incoming.addresses import address_in, is_robot
from oportuno.people.messaging.rules.incoming.feedback import is_complaint, rows_of_complaint
from oportuno.people.messaging.rules.incoming.narrative import SUBJECTS, is_bounce, rows_in
from oportuno.people.messaging.rules.incoming.notices import noticed_in
from oportuno.people.messaging.rules.incoming.opening import Opened, headers_in, open_mail
from oportuno.people.messaging.rules.incoming.quoting import reply_in
from oportuno.people.messaging.rules.incoming.robots import is_autoreply, is_receipt, rows_of_reply
from oportuno.people.messaging.rules.incoming.shapes import Kind, Row, Verdict
from oportuno.people.messaging.rules.incoming.statuses import DELIVERED, IN_TEXT, blocks_in, rows_of

__all__ = ["Kind", "Row", "Verdict", "classify"]

LONGEST_THREAD = 50
IDENTITY = re.compile(r"<[^<>\s]{3,250}@[^<>\s]{1,250}>")


def classify(raw: bytes) -> Verdict:
    mail = open_mail(raw)
    kind, rows = _kind(mail)
    return Verdict(
        kind,
        _each_once(rows),
        subject=mail.header("subject")[:500],
        sender=address_in(mail.header("from")),
        message_id=_message_id(mail),
        reply=reply_in(mail) if kind in (Kind.NONE, Kind.AUTOREPLY) else "",
        thread=_thread(mail) if kind in (Kind.NONE, Kind.AUTOREPLY) else (),
    )


def _each_once(rows: list[Row]) -> tuple[Row, ...]:
    """What is said first of each recipient; that he was given up counts more than that he was late before."""
    found: dict[str, Row] = {}
    for row in rows:
        known = found.setdefault(row.recipient.lower(), row)
        if known.delayed and not row.delayed:
            found[row.recipient.lower()] = row
    return tuple(found.values())


def _kind(mail: Opened) -> tuple[Kind, list[Row]]:
    if is_complaint(mail):
        return Kind.COMPLAINT, rows_of_complaint(mail)
    if noticed := noticed_in(mail):
        return noticed
    if told := _reported(mail):
        return told
    if is_receipt(mail):
        return Kind.AUTOREPLY, rows_of_reply(mail)
    if is_autoreply(mail) and not _is_certain_bounce(mail):
        return Kind.AUTOREPLY, rows_of_reply(mail)
    if is_bounce(mail):
        return Kind.BOUNCE, rows_in(mail)
    return Kind.NONE, []


def _reported(mail: Opened) -> tuple[Kind, list[Row]] | None:
    """What a report for machines says, wherever it stands."""
    blocks = blocks_in("\n\n".join(mail.statuses)) if mail.statuses else []
    if not blocks and (found := IN_TEXT.search(mail.text)) and (SUBJECTS.search(mail.header("subject")) or is_bounce(mail)):
        blocks = blocks_in(mail.text[found.start() :])
    rows = list(rows_of(blocks, mail.text))
    if not rows:
        return None
    failed = [row for action, row in rows if action not in DELIVERED]
    return (Kind.BOUNCE, failed) if failed else (Kind.DELIVERED, [row for _, row in rows])


def _is_certain_bounce(mail: Opened) -> bool:
    """Some servers mark their bounces as automatic answers."""
    if mail.header("x-failed-recipients"):
        return True
    named = is_robot(address_in(mail.header("from"))) or bool(SUBJECTS.search(mail.header("subject")))
    return named and is_bounce(mail)


def _thread(mail: Opened) -> tuple[str, ...]:
    """The mail it answers, then those before: an answer to an answer names ours only among these (RFC 5322, 3.6.4)."""
    found = [*IDENTITY.findall(mail.header("in-reply-to")[:1000]), *reversed(IDENTITY.findall(mail.header("references")[-8000:]))]
    return tuple(dict.fromkeys(found))[:LONGEST_THREAD]


def _message_id(mail: Opened) -> str:
    """Of our mail that it is about: of the returned one, or of that which is answered."""
    inline = headers_in(mail.text[-20_000:]) if not mail.original else {}
    for value in (
        *mail.original.get("message-id", ()),
        *inline.get("message-id", ()),
        mail.header("in-reply-to"),
        mail.header("references")[-500:],
    ):
        if found := IDENTITY.findall(value):
            return str(found[-1])[:400]
    return ""
