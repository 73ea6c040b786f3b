"""Messages to people: the intent first, then what became of it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from oportuno.kernel.isolation import PrivateModel, SiblingKey


class Purpose(models.TextChoices):
    """Why we write. Only marketing asks for consent and carries a way out; the law looks at nothing else."""

    TRANSACTIONAL = "transactional", _("Asked for by its reader")
    SERVICE = "service", _("About a service in use")
    MARKETING = "marketing", _("Marketing")


class State(models.TextChoices):
    QUEUED = "queued", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")
    SUPPRESSED = "suppressed", _("Held back")
    UNCLEAR = "unclear", _("Perhaps sent")


class Message(PrivateModel):
    """One message to one address. `key` is the sender's own name for it: the same key is never sent twice.

    Its Message-ID is made from its id, so that every try of it is the same message. `secret` ones (links that sign
    in or confirm) lose their text once they are sent. `tries_unclear` counts tries whose end nobody saw.
    """

    key = models.CharField(max_length=200)
    purpose = models.CharField(max_length=14, choices=Purpose.choices)
    to_address = models.CharField(max_length=254)
    to_name = models.CharField(max_length=160, blank=True)
    from_name = models.CharField(max_length=160, blank=True)
    contact = SiblingKey("oportuno_audience.Contact", null=True, blank=True)
    template = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=8)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField(blank=True)
    way_out = models.CharField(max_length=400, blank=True)
    agreed_to = models.CharField(max_length=12, blank=True)
    secret = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    tries = models.SmallIntegerField(default=0)
    tries_unclear = models.SmallIntegerField(default=0)
    told = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField()
    next_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "message"
        constraints = [models.UniqueConstraint(fields=["organisation_id", "key"], name="message_once")]
        indexes = [
            models.Index(fields=["organisation_id", "-created_at", "-id"], name="message_latest"),
            models.Index(fields=["next_at"], condition=models.Q(state__in=["queued", "sending"]), name="message_waiting"),
        ]


class Scope(models.TextChoices):
    ALL = "all", _("Everything")
    MARKETING = "marketing", _("Marketing")


class Suppression(PrivateModel):
    """An address that this organisation must not write to, and why. No import brings it back."""

    channel = models.CharField(max_length=8, default="email")
    key = models.CharField(max_length=254, db_collation="C")
    scope = models.CharField(max_length=10, choices=Scope.choices)
    reason = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta:
        db_table = "suppression"
        constraints = [models.UniqueConstraint(fields=["organisation_id", "channel", "key", "scope"], name="suppression_once")]


class StrangerMail(models.Model):
    """What the whole market lately sent to an address that nobody has proved to be his: threat T20 is counted here.

    The address itself does not stand here, only its keyed digest. `mails` are [moment, organisation], newest last.
    """

    address_digest = models.CharField(max_length=64, primary_key=True, db_collation="C")
    mails = models.JSONField(default=list)

    class Meta:
        db_table = "stranger_mail"


class Letterhead(PrivateModel):
    """What an organisation writes under its mails: where it can be reached by post."""

    postal = models.CharField(max_length=200)

    class Meta:
        db_table = "letterhead"
        constraints = [models.UniqueConstraint(fields=["organisation_id"], name="letterhead_once")]
