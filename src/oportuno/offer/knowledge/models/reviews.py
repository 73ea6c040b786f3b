"""What a seller and the market's staff say to each other about a contribution."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy

from oportuno.kernel.isolation import PrivateModel, SiblingKey

from .articles import Article


class Verb(models.TextChoices):
    SENT = "sent", pgettext_lazy("contribution", "Handed in")
    TAKEN_BACK = "taken_back", pgettext_lazy("contribution", "Taken back")
    COMMENTED = "commented", pgettext_lazy("contribution", "Commented")
    CHANGES = "changes", pgettext_lazy("contribution", "Changes asked for")
    APPROVED = "approved", pgettext_lazy("contribution", "Approved and published")
    DECLINED = "declined", pgettext_lazy("contribution", "Declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("contribution", "Withdrawn from the knowledge centre")


class Turn(PrivateModel):
    """One step of the conversation. `of_market`: said by the market's staff. `stroke`: of the draft it was said about."""

    article = SiblingKey(Article, on_delete=models.CASCADE)
    verb = models.CharField(max_length=10, choices=Verb.choices)
    of_market = models.BooleanField(default=False)
    text = models.TextField(blank=True, default="")
    stroke = models.PositiveIntegerField(default=0)
    by_id = models.UUIDField(null=True)
    by_name = models.CharField(max_length=120, blank=True, default="")
    at = models.DateTimeField()

    class Meta:
        db_table = "knowledge_turn"
        indexes = [models.Index(fields=["article", "at"], name="knowledge_turn_story")]
