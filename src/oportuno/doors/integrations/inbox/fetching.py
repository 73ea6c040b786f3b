"""Taking in what lies in the mailbox."""

from __future__ import annotations

import imaplib
import poplib
from datetime import datetime

import structlog

from oportuno.doors.integrations.inbox.mailboxes import Mailbox, open_mailbox
from oportuno.kernel.jobs import Lease
from oportuno.people.messaging.api import take_mail

MOST = 500  # in one go; the next comes within the minute
log = structlog.get_logger()


def fetch_mail(lease: Lease, *, url: str, at: datetime) -> int:
    """Each mail in a step of its own, marked when it was taken; how many. A mailbox that is away waits for the next minute."""
    with lease.step():
        pass  # whoever lost the lease does not open the mailbox of him who has it
    if not url:
        return 0
    try:
        box = open_mailbox(url)
    except (OSError, imaplib.IMAP4.error, poplib.error_proto) as error:
        log.warning("the mailbox does not open", problem=type(error).__name__)
        return 0
    try:
        return _take_all(lease, box, at)
    finally:
        box.close()


def _take_all(lease: Lease, box: Mailbox, at: datetime) -> int:
    taken = 0
    for name, raw in box.unread(MOST):
        try:
            with lease.step():
                take_mail(raw, at=at)
        except Exception as error:  # it stays where it is, for somebody to look at; the others go on
            log.error("a letter cannot be taken in", problem=type(error).__name__)
            with lease.step():
                continue  # who lost the lease, or the database, hears of it here
        box.done(name)
        taken += 1
    return taken
