"""Mailboxes that are read by themselves: what they are called, and how far each was read."""

from __future__ import annotations

from django.db import models

from oportuno.kernel.isolation import PrivateModel, SiblingKey


class MailboxKind(models.TextChoices):
    IMAP = "imap", "IMAP"
    POP = "pop", "POP3"


class Mailbox(PrivateModel):
    """An account at a mail server whose letters are taken in. Nothing in it is deleted, and by us nothing is marked.

    `starttls`: encryption begins after a word in the clear, else from the first byte; without any the password is never sent.
    `epoch` is IMAP's UIDVALIDITY and `last` the highest UID taken in it; of POP each name taken is a MailboxLetter.
    `problem` is a word for why it could not be read the last time; it is read again from `next_at` on.
    """

    kind = models.CharField(max_length=4, choices=MailboxKind.choices, default=MailboxKind.IMAP)
    host = models.CharField(max_length=253)
    port = models.PositiveIntegerField()
    starttls = models.BooleanField(default=False)
    user = models.CharField(max_length=254)
    sealed_password = models.TextField()
    folder = models.CharField(max_length=200, default="INBOX")
    epoch = models.BigIntegerField(default=0)
    last = models.BigIntegerField(default=0)
    began = models.BooleanField(default=False)
    problem = models.CharField(max_length=20, blank=True, default="")
    failures = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    looked_at = models.DateTimeField(null=True, blank=True)
    next_at = models.DateTimeField()

    class Meta:
        db_table = "mailbox"
        constraints = [models.UniqueConstraint(fields=["organisation_id"], name="mailbox_once")]
        indexes = [models.Index(fields=["next_at"], name="mailbox_turn")]


class MailboxLetter(PrivateModel):
    """A letter of a POP mailbox that was taken, by the name that the server gives it (UIDL), as long as it lies there.

    Also, of any mailbox, one that the server would not give: it is asked for again at `again_at`; `refused` is how often it did not.
    """

    mailbox = SiblingKey(Mailbox, db_index=False)
    name = models.CharField(max_length=70, db_collation="C")
    refused = models.PositiveSmallIntegerField(default=0)
    again_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "mailbox_letter"
        constraints = [models.UniqueConstraint(fields=["mailbox", "name", "organisation_id"], name="mailbox_letter_once")]
