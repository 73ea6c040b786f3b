"""Fetching what came in: bounces, complaints, answers. `OPORTUNO_INBOX_URL` says where:

    imaps://user:password@host/INBOX     what is unread is taken and marked as read (imap:// demands STARTTLS)
    pop3s://user:password@host           what is there is taken and deleted
    maildir:///var/mail/rebotes          what is in `new` is taken and moved to `cur`

A mail is marked only after it was taken; taking it twice is once.
"""

from oportuno.doors.integrations.inbox.mailboxes import Mailbox, open_mailbox

__all__ = ["Mailbox", "open_mailbox"]
