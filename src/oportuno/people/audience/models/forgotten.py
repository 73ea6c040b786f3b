"""Who asked to be forgotten, so that no file brings advertising back to her."""

from __future__ import annotations

from django.db import models

from oportuno.kernel.isolation import PrivateModel


class ForgottenAddress(PrivateModel):
    """The keyed digest of an address whose owner this organisation forgot: it tells an address one holds in the hand, and names nobody.

    The one thing that stays (docs/sellers/contacts.md). It goes when she herself agrees to something again.
    """

    digest = models.CharField(max_length=64, db_collation="C")
    at = models.DateTimeField()

    class Meta:
        db_table = "forgotten_address"
        constraints = [models.UniqueConstraint(fields=["organisation_id", "digest"], name="forgotten_address_once")]
