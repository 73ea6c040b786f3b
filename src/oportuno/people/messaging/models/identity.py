"""Under which name an organisation writes: an address of its own domain and the keys that sign for it; whether its sending stands still."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from oportuno.kernel.isolation import PrivateModel


class IdentityState(models.TextChoices):
    WAITING = "waiting", _("Waiting for DNS")
    PROVED = "proved", _("In use")
    LOST = "lost", _("Its record is gone")


class SendingIdentity(PrivateModel):
    """`sealed_key` signs once its record stands in DNS; `next_sealed_key` waits for its own record, and then takes its place.

    `seen` is what DNS said last: dkim, spf, dmarc. `warm_from` is when it was first proved: its daily cap grows from there.
    """

    address = models.CharField(max_length=254)
    domain = models.CharField(max_length=253, db_collation="C")
    selector = models.CharField(max_length=40)
    sealed_key = models.TextField()
    next_selector = models.CharField(max_length=40, blank=True)
    next_sealed_key = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=IdentityState.choices, default=IdentityState.WAITING)
    seen = models.JSONField(default=dict, blank=True)
    missed = models.SmallIntegerField(default=0)
    created_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True, blank=True)
    warm_from = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "sending_identity"
        constraints = [models.UniqueConstraint(fields=["organisation_id"], name="sending_identity_once")]
        indexes = [models.Index(fields=["checked_at"], name="sending_identity_turn")]


class SenderStanding(PrivateModel):
    """What all bulletins of an organisation together did to its name. `paused_why` stops them all; `counted_from` is the last pardon."""

    paused_why = models.CharField(max_length=20, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    counted_from = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "sender_standing"
        constraints = [models.UniqueConstraint(fields=["organisation_id"], name="sender_standing_once")]
