"""Segments, and who is in them."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oportuno.kernel.isolation import OrganisationField, PrivateModel, SiblingKey


class Kind(models.TextChoices):
    LIVE = "live", pgettext_lazy("segment", "By conditions")
    LIST = "list", pgettext_lazy("segment", "A list")


class Segment(PrivateModel):
    """Some of an organisation's contacts: those for whom `tree` holds (live), or those that were put in (a list).

    `draft` is a tree that somebody is still pointing together; incomplete conditions may stand in it. `revision` counts what was
    saved, `built` which of these its members follow: until they are the same, the members of before stand. `count` are its members,
    None before it was built for the first time. `depends` and `by_clock` tell when somebody may come or go (rules.tree).
    `origin` is what of the vertical it was made from. `deleted_at`: in the bin, and comes back as it was.
    """

    name = models.CharField(max_length=80, blank=True, default="")
    kind = models.CharField(max_length=4, choices=Kind.choices, default=Kind.LIVE)
    tree = models.JSONField(default=dict, blank=True)
    draft = models.JSONField(null=True, blank=True)
    depends: Any = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    uses: Any = ArrayField(models.UUIDField(), default=list, blank=True)
    by_clock = models.BooleanField(default=False)
    revision = models.PositiveIntegerField(default=0)
    built = models.PositiveIntegerField(default=0)
    count = models.PositiveIntegerField(null=True, blank=True)
    counted_at = models.DateTimeField(null=True, blank=True)
    trouble = models.CharField(max_length=40, blank=True, default="")
    origin = models.CharField(max_length=80, blank=True, default="")
    by_id = models.UUIDField(null=True, blank=True)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "segment"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "name"], condition=models.Q(deleted_at__isnull=True) & ~models.Q(name=""), name="segment_name"
            ),
            models.UniqueConstraint(
                fields=["organisation_id", "origin"],
                condition=models.Q(deleted_at__isnull=True) & ~models.Q(origin=""),
                name="segment_origin",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation_id", "-changed_at", "-id"], name="segment_latest"),
            GinIndex(fields=["uses"], name="segment_uses", condition=~models.Q(uses=[])),
        ]

    def __str__(self) -> str:
        return self.name or str(_("Segment without a name"))

    @property
    def is_live(self) -> bool:
        return self.kind == Kind.LIVE

    @property
    def is_ready(self) -> bool:
        """Its members are those of what was saved last."""
        return self.count is not None and self.built == self.revision

    @property
    def is_building(self) -> bool:
        return self.revision > 0 and not self.is_ready and not self.trouble


class SegmentMember(models.Model):
    """That a contact is in a segment, and since when.

    Both are named without a reference that the database checks: a million members are written at once, and each check would cost
    more than the row. Whoever is erased leaves at once, a contact that went otherwise at the next refresh.
    """

    pk = models.CompositePrimaryKey("segment_id", "contact_id")
    organisation_id = OrganisationField()
    segment_id = models.UUIDField()
    contact_id = models.UUIDField()
    since = models.DateTimeField()

    class Meta:
        db_table = "segment_member"
        indexes = [models.Index(fields=["organisation_id", "contact_id"], name="segment_member_contact")]


class DeedKept(models.Model):
    """That a deed is put together for every contact, as it was meant then (queries.done.digest_of). Public as a whole."""

    deed = models.IntegerField(primary_key=True)
    key = models.CharField(max_length=40)
    digest = models.CharField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        db_table = "deed_kept"


class ContactDeed(models.Model):
    """How a contact did one thing, put together from the facts (queries.done): nothing stands here that they do not say.

    `deed` is its number, `about` what it was about ("": anything). `moments` are the last so many, latest first; of a deed that
    answers to another, bit n of `answered` says whether it answered to the last but n of those. Without references that the
    database checks, as members are.
    """

    pk = models.CompositePrimaryKey("organisation_id", "deed", "about", "contact_id")
    organisation_id = OrganisationField()
    deed = models.IntegerField()
    about = models.CharField(max_length=200, blank=True, default="")
    contact_id = models.UUIDField()
    times = models.IntegerField()
    first = models.DateTimeField()
    last = models.DateTimeField()
    moments: Any = ArrayField(models.DateTimeField())
    answered = models.IntegerField(default=0)

    class Meta:
        db_table = "contact_deed"
        indexes = [models.Index(fields=["organisation_id", "contact_id"], name="contact_deed_contact")]


class ListFile(PrivateModel):
    """A file whose people were looked up for a list: whom it found, and whom it put in, so that it can be undone.

    Ids alone are kept, and for a week: addresses that nobody of the organisation's contacts has are told once and forgotten.
    """

    segment = SiblingKey(Segment, db_index=False)
    name = models.CharField(max_length=200)
    rows = models.PositiveIntegerField()
    twice = models.PositiveIntegerField()
    unknown = models.PositiveIntegerField()
    wrong = models.PositiveIntegerField()
    there = models.PositiveIntegerField()
    found: Any = ArrayField(models.UUIDField(), default=list)
    added: Any = ArrayField(models.UUIDField(), default=list)
    by_id = models.UUIDField()
    at = models.DateTimeField()
    put_in_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "segment_list_file"
        indexes = [models.Index(fields=["segment", "-id"], name="segment_list_file_latest")]

    @property
    def new(self) -> int:
        """Whom it would put in."""
        return len(self.found) - self.there
