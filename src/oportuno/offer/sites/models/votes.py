"""Whether a piece helped, and what is counted of its readers' voices."""

from __future__ import annotations

from django.db import models

from oportuno.kernel.isolation import PrivateModel, SiblingKey
from oportuno.offer.sites.models.entries import Entry


class UsefulVote(PrivateModel):
    """One reader's yes or no, and what she missed. `voter` is a digest that tells readers apart and names nobody."""

    entry = SiblingKey(Entry, on_delete=models.CASCADE)
    voter = models.CharField(max_length=64, db_collation="C")
    useful = models.BooleanField()
    missing = models.CharField(max_length=1000, blank=True, default="")
    at = models.DateTimeField()

    class Meta:
        db_table = "site_useful_vote"
        constraints = [models.UniqueConstraint(fields=["organisation_id", "entry", "voter"], name="site_useful_vote_once")]
        indexes = [
            models.Index(fields=["organisation_id", "-at", "-id"], condition=~models.Q(missing=""), name="site_useful_vote_missing"),
        ]


class Tally(PrivateModel):
    """How many found an entry useful (`yes`) or not (`no`), and how many comments are approved. `published` as its entry."""

    entry = SiblingKey(Entry, on_delete=models.CASCADE)
    yes = models.PositiveIntegerField(default=0)
    no = models.PositiveIntegerField(default=0)
    comments = models.PositiveIntegerField(default=0)
    published = models.BooleanField(default=False)

    class Meta:
        db_table = "site_tally"
        constraints = [models.UniqueConstraint(fields=["organisation_id", "entry"], name="site_tally_once")]
