"""Fields that an organisation made for its contacts."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import pgettext_lazy

from oportuno.kernel.isolation import PrivateModel


class FieldKind(models.TextChoices):
    TEXT = "text", pgettext_lazy("kind of field", "Text")
    NUMBER = "number", pgettext_lazy("kind of field", "Number")
    DATE = "date", pgettext_lazy("kind of field", "Date")
    CHOICE = "choice", pgettext_lazy("kind of field", "One of a list")
    YESNO = "yesno", pgettext_lazy("kind of field", "Yes or no")


class ContactField(PrivateModel):
    """A field of one's own. Its values stand in `Contact.fields` under `key`, which never changes; the label may.

    `report` tells what became of values that were there before it: {fitted, unfit, shown: ids of contacts whose value does not fit}.

    A retired one is nowhere shown or asked for; what contacts have in it stays, and is there again when it comes back.
    """

    key = models.CharField(max_length=40, db_collation="C")
    label = models.CharField(max_length=80)
    kind = models.CharField(max_length=8, choices=FieldKind.choices)
    choices = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)
    report = models.JSONField(default=dict, blank=True)

    class Meta:
        db_table = "contact_field"
        constraints = [models.UniqueConstraint(fields=["organisation_id", "key"], name="contact_field_once")]

    def __str__(self) -> str:
        return self.label
