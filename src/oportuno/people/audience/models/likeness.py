"""Contacts that look like one, found by looking over all of them."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from oportuno.kernel.isolation import PrivateModel


class LikelyPair(PrivateModel):
    """Two contacts that may be the same. `first_id` has the smaller id; neither is a reference: who goes meanwhile is not shown, and swept away.

    `reasons` are codes, `rank` is that of the strongest one: 1 is nearly certain.
    """

    first_id = models.UUIDField()
    second_id = models.UUIDField()
    reasons = ArrayField(models.CharField(max_length=8))
    rank = models.SmallIntegerField()
    found_at = models.DateTimeField()

    class Meta:
        db_table = "contact_likely_pair"
        constraints = [models.UniqueConstraint(fields=["organisation_id", "first_id", "second_id"], name="contact_likely_pair_once")]
        indexes = [
            models.Index(fields=["organisation_id", "rank", "first_id", "second_id"], name="contact_likely_pair_rank"),
            models.Index(fields=["organisation_id", "second_id"], name="contact_likely_pair_second"),
        ]


class LikenessLook(PrivateModel):
    """When an organisation's contacts were looked over last, and not before when they are looked over again: a hundredth of the time at most goes into it."""

    looked_at = models.DateTimeField()
    next_at = models.DateTimeField()

    class Meta:
        db_table = "contact_likeness_look"
        constraints = [models.UniqueConstraint(fields=["organisation_id"], name="contact_likeness_look_once")]
