"""What a reader wishes of an organisation's mail, besides what he agreed to."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from oportuno.kernel.isolation import PrivateModel, SiblingKey


class Pace(models.TextChoices):
    ALL = "all", _("As it comes")
    WEEKLY = "weekly", _("At most once a week")
    MONTHLY = "monthly", _("At most once a month")


class ReaderWish(PrivateModel):
    """How often marketing by mail may come to a contact, and whether what he opens is counted."""

    contact = SiblingKey("oportuno_audience.Contact", db_index=False)
    pace = models.CharField(max_length=8, choices=Pace.choices, default=Pace.ALL)
    uncounted = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        db_table = "reader_wish"
        constraints = [models.UniqueConstraint(fields=["contact", "organisation_id"], name="reader_wish_once")]
