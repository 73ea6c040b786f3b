"""What experts answer, and whether it helped."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy

from oportuno.kernel.isolation import PrivateModel, SiblingKey
from oportuno.offer.experts.models.houses import OfHouse
from oportuno.offer.experts.models.people import Expert


class AnswerState(models.TextChoices):
    """Of what was written last. What is on show may be an earlier text."""

    DRAFT = "draft", pgettext_lazy("answer", "Draft")
    WAITING = "waiting", pgettext_lazy("answer", "Waiting for review")
    RETURNED = "returned", pgettext_lazy("answer", "Changes asked")
    SHOWN = "shown", pgettext_lazy("answer", "On show")
    DECLINED = "declined", pgettext_lazy("answer", "Declined")
    HIDDEN = "hidden", pgettext_lazy("answer", "Taken back")


class Answer(OfHouse):
    """One expert's answer to a public question, which is the operator's (so `question_id` is no reference of the database).

    `document` is what is on show, `text` the same in plain words; `draft` is what was written last. `yes` and `no` count the votes.
    `written_by_id` wrote last. Shown while `published`, and its expert, its seller and its question are.
    """

    expert = SiblingKey(Expert, on_delete=models.CASCADE)
    question_id = models.UUIDField()
    language = models.CharField(max_length=2, default="es")
    draft = models.JSONField(default=dict)
    document = models.JSONField(default=dict)
    text = models.TextField(blank=True, default="")
    state = models.CharField(max_length=8, choices=AnswerState.choices, default=AnswerState.DRAFT)
    published = models.BooleanField(default=False)
    note = models.CharField(max_length=500, blank=True, default="")
    yes = models.PositiveIntegerField(default=0)
    no = models.PositiveIntegerField(default=0)
    written_by_id = models.UUIDField()
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    shown_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by_id = models.UUIDField(null=True)

    class Meta:
        db_table = "expert_answer"
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "question_id", "expert"], name="expert_answer_one_each"),
            models.CheckConstraint(
                condition=models.Q(published=False) | (models.Q(shown_at__isnull=False) & ~models.Q(text="")),
                name="expert_answer_shown_says",
            ),
            models.CheckConstraint(
                condition=models.Q(published=False) | ~models.Q(state__in=["declined", "hidden"]), name="expert_answer_published_as_stated"
            ),
        ]
        indexes = [
            models.Index(fields=["question_id"], name="expert_answer_of_question"),
            models.Index(fields=["expert", "-shown_at", "-id"], name="expert_answer_of_expert", condition=models.Q(published=True)),
            models.Index(fields=["organisation_id", "-changed_at", "-id"], name="expert_answer_desk"),
            models.Index(fields=["changed_at", "id"], name="expert_answer_waiting", condition=models.Q(state="waiting")),
        ]


class AnswerVote(PrivateModel):
    """One reader's yes or no. `voter` is a digest that tells readers apart and names nobody."""

    answer = SiblingKey(Answer, on_delete=models.CASCADE)
    voter = models.CharField(max_length=64, db_collation="C")
    useful = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        db_table = "expert_answer_vote"
        constraints = [models.UniqueConstraint(fields=["organisation_id", "answer", "voter"], name="expert_answer_vote_once")]
