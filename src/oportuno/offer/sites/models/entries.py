"""Pages and posts, and what was written of them."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oportuno.kernel.isolation import PrivateModel, SiblingKey


class EntryKind(models.TextChoices):
    PAGE = "page", _("Page")
    POST = "post", _("Post")


class State(models.TextChoices):
    """Where an entry stands. Scheduled: it becomes published at `published_at`."""

    DRAFT = "draft", _("Draft")
    REVIEW = "review", _("In review")
    SCHEDULED = "scheduled", _("Scheduled")
    PUBLISHED = "published", pgettext_lazy("entry", "Published")
    PRIVATE = "private", _("Private")
    TRASHED = "trashed", _("In the bin")


class Entry(PrivateModel):
    """A page or a post as it is shown. `path` is its address below the site without slashes around it ("blog/…" for a post).

    `live` is the number of the revision that is shown, 0 for none; `last` that of the newest. `published`: state and site both.
    `persona` and `stage`: for which typical buyer, at which stage of her way. `origin` names what it was brought from, once in an organisation.
    """

    kind = models.CharField(max_length=4, choices=EntryKind.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    published = models.BooleanField(default=False)
    path = models.CharField(max_length=400)
    slug = models.CharField(max_length=120)
    parent = SiblingKey("self", on_delete=models.SET_NULL, null=True)
    position = models.PositiveIntegerField(default=0)
    title = models.CharField(max_length=200)
    excerpt = models.CharField(max_length=500, blank=True, default="")
    document = models.JSONField(default=dict)
    words = models.PositiveIntegerField(default=0)
    picture = SiblingKey("oportuno_media.Picture", on_delete=models.SET_NULL, null=True)
    author = SiblingKey("oportuno_sites.Author", on_delete=models.SET_NULL, null=True)
    terms = ArrayField(models.UUIDField(), default=list)
    search_title = models.CharField(max_length=120, blank=True, default="")
    search_description = models.CharField(max_length=300, blank=True, default="")
    persona = models.SlugField(max_length=60, blank=True, default="", db_default="")
    stage = models.SlugField(max_length=20, blank=True, default="", db_default="")
    pinned = models.BooleanField(default=False)
    comments_open = models.BooleanField(default=True)
    live = models.PositiveIntegerField(default=0)
    last = models.PositiveIntegerField(default=0)
    origin = models.CharField(max_length=200, blank=True, default="")
    created_by_id = models.UUIDField(null=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "site_entry"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "path"], condition=~models.Q(state="trashed"), name="site_entry_one_at_a_path"
            ),
            models.UniqueConstraint(fields=["organisation_id", "origin"], condition=~models.Q(origin=""), name="site_entry_brought_once"),
            models.CheckConstraint(
                condition=models.Q(published=False) | models.Q(state="published"), name="site_entry_published_as_stated"
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["published", "scheduled"]) | models.Q(published_at__isnull=False),
                name="site_entry_published_when",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation_id", "-published_at", "-id"],
                name="site_entry_posts",
                condition=models.Q(published=True, kind="post"),
            ),
            models.Index(fields=["organisation_id", "kind", "-changed_at", "-id"], name="site_entry_desk"),
            models.Index(fields=["organisation_id", "parent", "position"], name="site_entry_tree", condition=models.Q(kind="page")),
            models.Index(fields=["published_at"], name="site_entry_due", condition=models.Q(state="scheduled")),
            models.Index(fields=["-published_at", "-id"], name="site_entry_newest", condition=models.Q(published=True, kind="post")),
            GinIndex(fields=["terms"], name="site_entry_terms"),
        ]

    def __str__(self) -> str:
        return self.title


class Revision(PrivateModel):
    """What was written of an entry at one time. Not `kept`: still being written, the next stroke of the same hand writes over it."""

    entry = SiblingKey(Entry, on_delete=models.CASCADE)
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    excerpt = models.CharField(max_length=500, blank=True, default="")
    document = models.JSONField(default=dict)
    by_id = models.UUIDField(null=True)
    by_name = models.CharField(max_length=120, blank=True, default="")
    at = models.DateTimeField()
    kept = models.BooleanField(default=False)
    note = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        db_table = "site_revision"
        constraints = [models.UniqueConstraint(fields=["organisation_id", "entry", "number"], name="site_revision_number")]
