"""Channels that an organisation follows, and what was found on them or brought by hand."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oportuno.kernel.isolation import PrivateModel, SiblingKey

from .files import Picture


class Channel(PrivateModel):
    """A feed that is looked at again and again. `own`: what appears there is ours, and becomes a piece by itself.

    `due_at`: when it is looked at next; `failures`: how often in a row that went wrong, and `trouble` why.
    `hub`, `topic`: who tells us of news (WebSub); `lease_until` is set while the hub does.
    """

    class Kind(models.TextChoices):
        YOUTUBE = "youtube", pgettext_lazy("channel", "YouTube")
        PODCAST = "podcast", _("Podcast")
        FEED = "feed", _("Feed of a site or blog")

    kind = models.CharField(max_length=7, choices=Kind.choices)
    title = models.CharField(max_length=200)
    feed = models.TextField()
    site = models.TextField(blank=True, default="")
    own = models.BooleanField(default=False)
    persona = models.SlugField(max_length=60, blank=True, default="")
    problem = models.CharField(max_length=200, blank=True, default="")
    category = models.SlugField(max_length=60, blank=True, default="")
    etag = models.CharField(max_length=300, blank=True, default="")
    modified = models.CharField(max_length=100, blank=True, default="")
    checked_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField()
    failures = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=300, blank=True, default="")
    hub = models.TextField(blank=True, default="")
    topic = models.TextField(blank=True, default="")
    secret = models.CharField(max_length=64, blank=True, default="")
    asked_at = models.DateTimeField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    created_by_id = models.UUIDField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "media_channel"
        constraints = [models.UniqueConstraint(fields=["organisation_id", "feed"], name="media_channel_once")]
        indexes = [
            models.Index(fields=["due_at"], name="media_channel_due"),
            models.Index(fields=["lease_until"], name="media_channel_lease", condition=~models.Q(hub="")),
        ]

    def __str__(self) -> str:
        return self.title


class Find(PrivateModel):
    """Something of others (or of our own channels) that is worth a look: one row per canonical address, wherever it was seen.

    `stars` (1–5), `tags` and `note` (why it is worth it) are the curator's; `shown` while a public collection holds it.
    `looked_at`: when its page was asked for its canonical address and picture; None: not yet.
    """

    class Kind(models.TextChoices):
        VIDEO = "video", _("Video")
        AUDIO = "audio", _("Audio")
        TEXT = "text", _("Text")
        IMAGE = "image", _("Image")

    kind = models.CharField(max_length=5, choices=Kind.choices, default=Kind.TEXT)
    address = models.TextField()
    title = models.CharField(max_length=300)
    summary = models.TextField(blank=True, default="")
    author = models.CharField(max_length=120, blank=True, default="")
    source = models.CharField(max_length=200, blank=True, default="")
    sound = models.TextField(blank=True, default="")
    image = models.TextField(blank=True, default="")
    picture: Any = SiblingKey(Picture, on_delete=models.SET_NULL, null=True, blank=True)
    stars = models.PositiveSmallIntegerField(null=True, blank=True)
    tags = ArrayField(models.CharField(max_length=50), default=list, blank=True)
    note = models.TextField(blank=True, default="")
    hidden = models.BooleanField(default=False)
    shown = models.BooleanField(default=False)
    looked_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField()
    created_at = models.DateTimeField()

    class Meta:
        db_table = "media_find"
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "address"], name="media_find_once"),
            models.CheckConstraint(condition=models.Q(stars__isnull=True) | models.Q(stars__range=(1, 5)), name="media_find_stars"),
        ]
        indexes = [
            models.Index(fields=["organisation_id", "-published_at", "-id"], name="media_find_latest"),
            models.Index(fields=["created_at"], name="media_find_to_look", condition=models.Q(looked_at__isnull=True)),
            GinIndex(fields=["tags"], name="media_find_tags"),
        ]

    def __str__(self) -> str:
        return self.title


class Sighting(PrivateModel):
    """Where a find was seen: once per channel and the name that the channel gives it. `channel` None: brought by hand."""

    find: Any = SiblingKey(Find)
    channel: Any = SiblingKey(Channel, null=True, blank=True)
    name = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "media_sighting"
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "channel", "name"], name="media_sighting_once", nulls_distinct=False),
        ]
        indexes = [models.Index(fields=["find"], name="media_sighting_find")]
