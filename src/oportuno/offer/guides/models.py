"""Guides, their versions, how far people walk them, and the dossiers that they take along."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import pgettext_lazy

from oportuno.kernel.isolation import PrivateModel, SiblingKey


class Guide(PrivateModel):
    """A guide as buyers see it: what stands here is the version on show. `slug` is empty until it is first published.

    `title` and `summary` are {"es", "en"}; `content` is rules.document's. `withdrawn_at`: nobody finds its address any more.
    `of_seller`: an organisation that sells made it, and it is seen while that one is.
    """

    slug = models.SlugField(max_length=80, blank=True, default="")
    title = models.JSONField(default=dict)
    summary = models.JSONField(default=dict)
    content = models.JSONField(default=dict)
    sector = models.SlugField(max_length=60, blank=True, default="")
    of_seller = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=0)
    published = models.BooleanField(default=False)
    published_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "guide"
        constraints = [
            models.UniqueConstraint(fields=["slug"], condition=~models.Q(slug=""), name="guide_address"),
            models.CheckConstraint(
                condition=models.Q(published=False) | (models.Q(version__gt=0, withdrawn_at__isnull=True) & ~models.Q(slug="")),
                name="guide_shown_is_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["-published_at", "id"], name="guide_newest", condition=models.Q(published=True)),
            models.Index(fields=["organisation_id", "-changed_at"], name="guide_of_organisation"),
        ]

    def __str__(self) -> str:
        return str(self.title.get("es", ""))


class VersionState(models.TextChoices):
    """Where a version stands. What is published never changes again."""

    DRAFT = "draft", pgettext_lazy("guide", "Draft")
    WAITING = "waiting", pgettext_lazy("guide", "Waiting for review")
    CHANGES = "changes", pgettext_lazy("guide", "Changes asked")
    DECLINED = "declined", pgettext_lazy("guide", "Not taken")
    PUBLISHED = "published", pgettext_lazy("guide", "Published")


OPEN = (VersionState.DRAFT, VersionState.WAITING, VersionState.CHANGES, VersionState.DECLINED)


class GuideVersion(PrivateModel):
    """One version: the open one is written in, those published stay as they were.

    `revision` counts what was saved: two who write at once would write the same one. `news`: what changed, in a sentence.
    """

    guide = SiblingKey(Guide, models.CASCADE)
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=VersionState.choices, default=VersionState.DRAFT)
    title = models.JSONField(default=dict)
    summary = models.JSONField(default=dict)
    content = models.JSONField(default=dict)
    sector = models.SlugField(max_length=60, blank=True, default="")
    news = models.CharField(max_length=300, blank=True, default="")
    revision = models.PositiveIntegerField(default=1)
    by_id = models.UUIDField(null=True)
    by_name = models.CharField(max_length=120, blank=True, default="")
    changed_at = models.DateTimeField()
    handed_in_at = models.DateTimeField(null=True)
    decided_by_id = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=1000, blank=True, default="")

    class Meta:
        db_table = "guide_version"
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "guide", "number"], name="guide_version_number"),
            models.UniqueConstraint(
                fields=["organisation_id", "guide"], condition=~models.Q(state="published"), name="guide_version_one_open"
            ),
        ]
        indexes = [models.Index(fields=["handed_in_at", "id"], name="guide_version_queue", condition=models.Q(state="waiting"))]


class GuideFigure(PrivateModel):
    """How often, on a day (UTC): `option` empty counts who came to the question, else who gave that answer.

    The question "-" is the result. Made of facts alone.
    """

    guide = SiblingKey(Guide, models.CASCADE)
    day = models.DateField()
    question = models.CharField(max_length=40)
    option = models.CharField(max_length=40, blank=True, default="")
    times = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "guide_figure"
        constraints = [models.UniqueConstraint(fields=["organisation_id", "guide", "day", "question", "option"], name="guide_figure_once")]


class Dossier(PrivateModel):
    """A comparison, or what a guide found, as it was at a moment: a document that whoever has its address reads.

    The operator's. `told` is all that it says, `sellers` the organisations in it, none of which may be hidden when it is read. Kept for 90 days.
    """

    guide_id = models.UUIDField(null=True)
    language = models.CharField(max_length=2)
    digest = models.CharField(max_length=64)
    told = models.JSONField()
    sellers = ArrayField(models.IntegerField(), default=list)
    pdf = models.BinaryField(null=True)
    failed = models.BooleanField(default=False)
    made_at = models.DateTimeField(null=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "guide_dossier"
        indexes = [
            models.Index(fields=["organisation_id", "digest"], name="guide_dossier_same"),
            models.Index(fields=["at"], name="guide_dossier_oldest"),
        ]
