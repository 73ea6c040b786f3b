"""What anybody asks all experts, and who waits to hear. All of it belongs to the operator's organisation."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oportuno.kernel.isolation import PrivateModel, SiblingKey


class QuestionState(models.TextChoices):
    """Unconfirmed: its asker has not proved the address. Joined: another question asks the same."""

    UNCONFIRMED = "unconfirmed", pgettext_lazy("public question", "Address not confirmed")
    WAITING = "waiting", pgettext_lazy("public question", "Waiting for a decision")
    SHOWN = "shown", pgettext_lazy("public question", "On show")
    DECLINED = "declined", pgettext_lazy("public question", "Declined")
    JOINED = "joined", pgettext_lazy("public question", "Joined to another")
    WITHDRAWN = "withdrawn", pgettext_lazy("public question", "Taken back by its asker")


class PublicQuestion(PrivateModel):
    """A question to all experts. `key` is its title without accents or capitals, by which similar ones are found.

    `field` is a sector's slug, "" for none. `shown_name`: how the asker wants to be called, "" for not at all; nothing else here tells
    who it was. `solved_by` is the answer of which the asker said so. `reason`: why it was declined.
    """

    slug = models.CharField(max_length=100)
    title = models.CharField(max_length=200)
    key = models.CharField(max_length=200, db_collation="C")
    details = models.TextField(max_length=3000, blank=True, default="")
    language = models.CharField(max_length=2, default="es")
    field = models.CharField(max_length=60, blank=True, default="")
    shown_name = models.CharField(max_length=60, blank=True, default="")
    state = models.CharField(max_length=12, choices=QuestionState.choices, default=QuestionState.UNCONFIRMED)
    published = models.BooleanField(default=False)
    joined_to = SiblingKey("self", on_delete=models.SET_NULL, null=True)
    solved_by = models.UUIDField(null=True)
    reason = models.CharField(max_length=500, blank=True, default="")
    asked_at = models.DateTimeField()
    shown_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by_id = models.UUIDField(null=True)

    class Meta:
        db_table = "public_question"
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "slug"], name="public_question_slug"),
            models.CheckConstraint(
                condition=models.Q(published=False) | models.Q(state="shown", shown_at__isnull=False),
                name="public_question_published_as_stated",
            ),
            models.CheckConstraint(condition=~models.Q(state="declined") | ~models.Q(reason=""), name="public_question_declined_why"),
        ]
        indexes = [
            models.Index(fields=["-shown_at", "-id"], name="public_question_newest", condition=models.Q(published=True)),
            models.Index(fields=["field", "-shown_at", "-id"], name="public_question_field", condition=models.Q(published=True)),
            models.Index(fields=["organisation_id", "state", "-asked_at", "-id"], name="public_question_desk"),
            GinIndex(OpClass("key", name="gin_trgm_ops"), name="public_question_like"),
            GinIndex(SearchVector("key", config="spanish"), name="public_question_es"),
            GinIndex(SearchVector("key", config="english"), name="public_question_en"),
        ]

    def __str__(self) -> str:
        return self.title


class Listener(PrivateModel):
    """Who hears of answers, if he agreed: the asker (`asked`), and who follows. `signs`: what made the guard suspicious of a question."""

    question = SiblingKey(PublicQuestion, on_delete=models.CASCADE)
    contact_id = models.UUIDField()
    email = models.CharField(max_length=254)
    language = models.CharField(max_length=8)
    asked = models.BooleanField(default=False)
    signs = ArrayField(models.CharField(max_length=20), default=list)
    at = models.DateTimeField()

    class Meta:
        db_table = "public_question_listener"
        constraints = [models.UniqueConstraint(fields=["organisation_id", "question", "contact_id"], name="public_question_listener_once")]
        indexes = [
            models.Index(fields=["contact_id"], name="public_question_listener_who"),
            models.Index(fields=["email"], name="public_question_listener_mail"),
        ]


class ReviewWay(models.TextChoices):
    """What the market looks at before it is on show."""

    ALL = "all", _("Every answer, before it is on show")
    TRUSTED = "trusted", _("Answers of experts who are not trusted yet; those of the others at once")


class Review(PrivateModel):
    """How the market reviews answers; one row of the operator's. `trusted_after`: so many approved answers make an expert trusted."""

    way = models.CharField(max_length=8, choices=ReviewWay.choices, default=ReviewWay.ALL)
    trusted_after = models.PositiveSmallIntegerField(default=3)
    by_id = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        db_table = "answer_review"
        constraints = [
            models.UniqueConstraint(fields=["organisation_id"], name="answer_review_one"),
            models.CheckConstraint(condition=models.Q(trusted_after__gte=1), name="answer_review_earned"),
        ]
