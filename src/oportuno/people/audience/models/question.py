"""Questions to a seller, their answers, and when answers are promised."""

from __future__ import annotations

from datetime import time

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from oportuno.kernel.isolation import PrivateModel, SiblingKey
from oportuno.people.audience.models.contact import Contact


def working_days() -> list[int]:
    """Monday to Friday; Monday is 0."""
    return [0, 1, 2, 3, 4]


class QuestionState(models.TextChoices):
    UNCONFIRMED = "unconfirmed", _("Waits for the asker to confirm the address")
    OPEN = "open", _("Open")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", _("Closed without an answer")


class Question(PrivateModel):
    """What somebody asked. `about_kind` and `about_id` say about what (a product, an offer), `about_label` how it was called.

    The seller sees it once the address is confirmed; `due_at` is the promise made then, `broken_at` says that it was
    not kept, however late the answer came.
    """

    contact = SiblingKey(Contact, db_index=False)
    text = models.TextField()
    about_kind = models.CharField(max_length=20, blank=True)
    about_id = models.CharField(max_length=64, blank=True)
    about_label = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=12, choices=QuestionState.choices, default=QuestionState.UNCONFIRMED)
    language = models.CharField(max_length=8, default="es-co")
    asked_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by_id = models.UUIDField(null=True, blank=True)
    answered_by_name = models.CharField(max_length=120, blank=True)
    broken_at = models.DateTimeField(null=True, blank=True)
    person_id = models.UUIDField(null=True, blank=True)

    class Meta:
        db_table = "question"
        indexes = [
            models.Index(fields=["organisation_id", "due_at", "id"], condition=models.Q(state="open"), name="question_open"),
            models.Index(fields=["organisation_id", "state", "-asked_at", "-id"], name="question_by_state"),
            models.Index(fields=["contact", "-asked_at"], name="question_of_contact"),
            # Whose promises broke lately, across the market? Asked by the operator.
            models.Index(fields=["-broken_at"], condition=models.Q(broken_at__isnull=False), name="question_broken"),
            models.Index(fields=["person_id"], condition=models.Q(person_id__isnull=False), name="question_of_person"),
        ]
        constraints = [
            models.CheckConstraint(condition=~models.Q(state="open") | models.Q(due_at__isnull=False), name="question_open_is_promised")
        ]

    def is_late(self, at: object) -> bool:
        return self.state == QuestionState.OPEN and self.due_at is not None and at > self.due_at  # type: ignore[operator]


class PublishedAnswer(PrivateModel):
    """A question and its answer that the seller shows to everybody, in the seller's words; nothing here tells who asked."""

    question = SiblingKey(Question, db_index=False)
    about_kind = models.CharField(max_length=20, blank=True)
    about_id = models.CharField(max_length=64, blank=True)
    asked = models.TextField()
    answered = models.TextField()
    published = models.BooleanField(default=True)
    at = models.DateTimeField()
    by_id = models.UUIDField()

    class Meta:
        db_table = "published_answer"
        constraints = [models.UniqueConstraint(fields=["organisation_id", "question"], name="published_answer_once")]
        indexes = [
            models.Index(
                fields=["organisation_id", "about_kind", "about_id", "-at"],
                condition=models.Q(published=True),
                name="published_answer_about",
            )
        ]


class AnswerHours(PrivateModel):
    """When an organisation answers, in its own zone, and within how many of those hours."""

    weekdays = ArrayField(models.SmallIntegerField(), default=working_days)
    opens = models.TimeField(default=time(8))
    closes = models.TimeField(default=time(18))
    within_hours = models.SmallIntegerField(default=8)

    class Meta:
        db_table = "answer_hours"
        constraints = [
            models.UniqueConstraint(fields=["organisation_id"], name="answer_hours_once"),
            models.CheckConstraint(condition=models.Q(closes__gt=models.F("opens")), name="answer_hours_forward"),
            models.CheckConstraint(condition=models.Q(within_hours__gte=1, within_hours__lte=120), name="answer_hours_within"),
        ]


class QuietMember(PrivateModel):
    """A member who may answer, and wants no mail about questions of this organisation."""

    person_id = models.UUIDField()

    class Meta:
        db_table = "question_quiet_member"
        constraints = [models.UniqueConstraint(fields=["organisation_id", "person_id"], name="question_quiet_member_once")]
