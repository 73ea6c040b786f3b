"""Searches that people keep, to be told when there is something new."""

from __future__ import annotations

from django.db import models

from oportuno.kernel.isolation import PrivateModel


class SavedSearch(PrivateModel):
    """A person's search. It belongs to the operator, whose market it is; the person sees and ends it.

    `question` is the search as an address's parameters. `seen`: documents that entered in later transactions are new to her.
    """

    person_id = models.UUIDField()
    name = models.CharField(max_length=120)
    question = models.JSONField()
    language = models.CharField(max_length=8)
    created_at = models.DateTimeField()
    seen = models.BigIntegerField()
    told_at = models.DateTimeField(null=True)
    told = models.IntegerField(default=0)
    paused_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "saved_search"
        indexes = [models.Index(fields=["person_id", "-created_at"], name="saved_search_of_person")]
