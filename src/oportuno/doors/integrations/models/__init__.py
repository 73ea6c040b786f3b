"""What the doors of the outside world remember."""

from oportuno.doors.integrations.models.mailboxes import Mailbox, MailboxKind, MailboxLetter
from oportuno.doors.integrations.models.wordpress import Brought, BroughtFile, WordpressItem, WordpressRun

__all__ = ["Brought", "BroughtFile", "Mailbox", "MailboxKind", "MailboxLetter", "WordpressItem", "WordpressRun"]
