"""Two contacts that are one: what was joined, so that it can be undone, and which pairs are known to be two."""

from __future__ import annotations

from django.db import models

from oportuno.kernel.isolation import PrivateModel, SiblingKey
from oportuno.people.audience.models.contact import Contact


class ContactMerge(PrivateModel):
    """`gone_id` became `kept`. Facts are only added to: those about `gone_id` keep saying so, and are read beside the kept's.

    `gone` is its row as it was, `before` and `after` the kept's. `moved` tells what leads to the kept since, by table;
    `aside` are rows that one contact can have only once, as they were. Once it is undone all these are empty.
    """

    kept = SiblingKey(Contact, db_index=False)
    gone_id = models.UUIDField()
    gone = models.JSONField()
    before = models.JSONField()
    after = models.JSONField()
    moved = models.JSONField(default=dict)
    aside = models.JSONField(default=dict)
    by_id = models.UUIDField()
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "contact_merge"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "gone_id"], condition=models.Q(undone_at__isnull=True), name="contact_merge_once"
            )
        ]
        indexes = [
            models.Index(fields=["organisation_id", "-id"], name="contact_merge_latest"),
            models.Index(fields=["kept", "-id"], name="contact_merge_kept"),
        ]

    @property
    def gone_name(self) -> str:
        """Who is not in the list any more."""
        return self.gone["display_name"] or self.gone["email"] or self.gone["phone"] or "–"


class ContactDistinct(PrivateModel):
    """A member looked at both: they are not the same. `first` has the smaller id."""

    first = SiblingKey(Contact, db_index=False)
    second = SiblingKey(Contact, db_index=False)
    by_id = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        db_table = "contact_distinct"
        constraints = [models.UniqueConstraint(fields=["organisation_id", "first", "second"], name="contact_distinct_once")]
        indexes = [models.Index(fields=["second"], name="contact_distinct_second")]
