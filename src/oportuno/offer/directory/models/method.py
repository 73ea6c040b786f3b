"""The method: what a seller declared to keep, and its plan of the first 90 days."""

from __future__ import annotations

from django.db import models

from oportuno.kernel.isolation import PrivateModel, SiblingKey
from oportuno.offer.directory.models.seller import Seller


class Commitment(PrivateModel):
    """The declaration a person signed for the seller, in the words that stood there. The last one counts."""

    seller = SiblingKey(Seller, models.CASCADE)
    declaration = models.JSONField()
    by_id = models.UUIDField()
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        db_table = "seller_commitment"
        indexes = [models.Index(fields=["organisation_id", "seller", "-at"], name="commitment_of_seller")]


class Milestone(PrivateModel):
    """What the seller promised to have by a day it chose itself. Kept when `kept_at` says so."""

    seller = SiblingKey(Seller, models.CASCADE)
    key = models.CharField(max_length=60)
    title = models.JSONField()
    description = models.JSONField()
    due_on = models.DateField()
    kept_at = models.DateTimeField(null=True)
    kept_by_id = models.UUIDField(null=True)

    class Meta:
        db_table = "seller_milestone"
        constraints = [models.UniqueConstraint(fields=["organisation_id", "seller", "key"], name="milestone_once")]


class PlanStep(PrivateModel):
    """A step of the seller's plan, in the playbook's words as they were when it applied.

    `fact` names the kind of fact that shows it done, `wanted` how many; without one a person says so. Facts count from
    the application on; `due_on` is None until approval starts the plan. `counted_to` is the place in the fact log up to
    which `seen` counts, so that a batch that comes twice counts once.
    """

    seller = SiblingKey(Seller, models.CASCADE)
    key = models.CharField(max_length=60)
    order = models.SmallIntegerField()
    day = models.SmallIntegerField()
    stage = models.JSONField()
    title = models.JSONField()
    why = models.JSONField()
    how = models.JSONField()
    link = models.CharField(max_length=60)
    minutes = models.SmallIntegerField()
    due_on = models.DateField(null=True)
    fact = models.CharField(max_length=60, blank=True, default="")
    wanted = models.SmallIntegerField(default=1)
    seen = models.IntegerField(default=0)
    counted_transaction = models.BigIntegerField(default=0)
    counted_fact = models.BigIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    done_by_id = models.UUIDField(null=True)

    class Meta:
        db_table = "plan_step"
        constraints = [models.UniqueConstraint(fields=["organisation_id", "seller", "key"], name="plan_step_once")]
        indexes = [
            models.Index(fields=["organisation_id", "fact"], name="plan_step_waits", condition=models.Q(done_at__isnull=True)),
        ]
