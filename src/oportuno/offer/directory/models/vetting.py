"""Applying to sell, showing evidence, and what the market decided."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from oportuno.kernel.isolation import PrivateModel, SiblingKey
from oportuno.offer.directory.models.seller import Seller
from oportuno.offer.directory.models.vertical import Requirement


class State(models.TextChoices):
    """Where an application is: the kind of its last turn."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Waiting for review")
    IN_REVIEW = "in_review", _("In review")
    CHANGES_ASKED = "changes_asked", _("Changes asked")
    APPROVED = "approved", _("Approved")
    REJECTED = "rejected", _("Rejected")


class Verdict(models.TextChoices):
    """What a reviewer says of one requirement."""

    APPROVE = "approve", _("Approved")
    CHANGES = "changes", _("Changes asked")
    REJECT = "reject", _("Rejected")


class Application(PrivateModel):
    """A seller asks to be let in, or to have what expires renewed. One open at a time.

    `state` repeats the last turn's, for the queue's index; only `turns.turn` writes either.
    """

    seller = SiblingKey(Seller, models.CASCADE)
    pack = models.CharField(max_length=60)
    renewal = models.BooleanField(default=False)
    state = models.CharField(max_length=16, choices=State.choices, default=State.DRAFT)
    state_since = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "seller_application"
        constraints = [
            models.UniqueConstraint(fields=["organisation_id"], condition=models.Q(closed_at__isnull=True), name="application_one_open")
        ]
        indexes = [
            models.Index(fields=["state", "submitted_at", "id"], name="application_queue", condition=models.Q(submitted_at__isnull=False)),
            models.Index(fields=["submitted_at", "id"], name="application_by_submission", condition=models.Q(submitted_at__isnull=False)),
        ]


class Turn(PrivateModel):
    """One turn of an application: what it became, by whom, when and why."""

    application = SiblingKey(Application, models.CASCADE)
    state = models.CharField(max_length=16, choices=State.choices)
    note = models.TextField(blank=True, default="")
    by_id = models.UUIDField(null=True)
    by_name = models.CharField(max_length=120, blank=True, default="")
    at = models.DateTimeField()

    class Meta:
        db_table = "application_turn"
        indexes = [models.Index(fields=["organisation_id", "application", "at"], name="turn_of_application")]


class Evidence(PrivateModel):
    """What was shown for a requirement: a file, a number, a customer to call, a test order, a visit.

    Never public. `words` is the number, the order or the visit in words; a reference has name, phone and e-mail.
    """

    application = SiblingKey(Application, models.CASCADE)
    requirement = models.ForeignKey(Requirement, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)
    document = SiblingKey("oportuno_media.Document", models.PROTECT, null=True)
    words = models.TextField(blank=True, default="")
    name = models.CharField(max_length=120, blank=True, default="")
    phone = models.CharField(max_length=16, blank=True, default="")
    email = models.EmailField(blank=True, default="")
    by_id = models.UUIDField()
    by_market = models.BooleanField(default=False)
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "vetting_evidence"
        indexes = [models.Index(fields=["organisation_id", "application", "requirement"], name="evidence_of_application")]


class Decision(PrivateModel):
    """What one reviewer decided on one requirement, and why. Never changed: the next one supersedes it.

    `number` counts the decisions on a requirement of an application; two reviewers at once would write the same one.
    `lapsed_at`: when the clock ended it, at or after `expires_at`.
    """

    application = SiblingKey(Application, models.CASCADE)
    seller = SiblingKey(Seller, models.CASCADE)
    requirement = models.ForeignKey(Requirement, models.PROTECT, related_name="+")
    number = models.SmallIntegerField()
    verdict = models.CharField(max_length=8, choices=Verdict.choices)
    reason = models.TextField()
    reviewer_id = models.UUIDField()
    reviewer_name = models.CharField(max_length=120)
    at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    superseded_at = models.DateTimeField(null=True)
    lapsed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "vetting_decision"
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "application", "requirement", "number"], name="decision_one_at_a_time"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="decision_has_reason"),
        ]
        indexes = [
            models.Index(fields=["organisation_id", "seller", "requirement"], name="decision_of_seller"),
            models.Index(
                fields=["expires_at", "id"],
                name="decision_to_expire",
                condition=models.Q(verdict="approve", superseded_at__isnull=True, lapsed_at__isnull=True, expires_at__isnull=False),
            ),
        ]


class Certification(PrivateModel):
    """What the market vouches for, with the day, the kind of evidence and until when. Words as they were when granted."""

    seller = SiblingKey(Seller, models.CASCADE)
    decision = SiblingKey(Decision, models.PROTECT)
    key = models.CharField(max_length=60)
    title = models.JSONField()
    description = models.JSONField()
    icon = models.CharField(max_length=60)
    evidence_kind = models.CharField(max_length=12)
    granted_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    published = models.BooleanField(default=False)

    class Meta:
        db_table = "certification"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "seller", "key"], condition=models.Q(ended_at__isnull=True), name="certification_one_each"
            )
        ]
        indexes = [
            models.Index(fields=["key", "seller"], name="certification_shown", condition=models.Q(published=True)),
            models.Index(fields=["expires_at", "id"], name="certification_to_expire", condition=models.Q(ended_at__isnull=True)),
        ]


class Reminder(PrivateModel):
    """A seller was told, once, that a decision ends in `days` days."""

    decision = SiblingKey(Decision, models.CASCADE)
    days = models.SmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        db_table = "vetting_reminder"
        constraints = [models.UniqueConstraint(fields=["organisation_id", "decision", "days"], name="reminder_once")]
