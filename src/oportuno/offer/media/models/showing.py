"""What an organisation shows of its media: collections of finds, and pieces of its own in up to four formats."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from oportuno.kernel.isolation import PrivateModel, SiblingKey

from .channels import Find
from .files import Picture
from .library import Item


class Collection(PrivateModel):
    """Finds on one subject, in an order; `published`: anybody may read it."""

    title = models.CharField(max_length=120)
    slug = models.SlugField(max_length=90)
    intro = models.TextField(blank=True, default="")
    category = models.SlugField(max_length=60, blank=True, default="")
    published = models.BooleanField(default=False)
    published_at = models.DateTimeField(null=True, blank=True)
    created_by_id = models.UUIDField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "media_collection"
        constraints = [models.UniqueConstraint(fields=["organisation_id", "slug"], name="media_collection_slug")]

    def __str__(self) -> str:
        return self.title


class Place(PrivateModel):
    """One find at its place in a collection; `published` follows the collection."""

    collection: Any = SiblingKey(Collection)
    find: Any = SiblingKey(Find)
    position = models.PositiveIntegerField()
    published = models.BooleanField(default=False)

    class Meta:
        db_table = "media_place"
        constraints = [models.UniqueConstraint(fields=["organisation_id", "collection", "find"], name="media_place_once")]
        indexes = [
            models.Index(fields=["collection", "position"], name="media_place_order"),
            models.Index(fields=["find"], name="media_place_find"),
        ]


class Piece(PrivateModel):
    """One thing that an organisation has to say, in up to four formats: for whom it is, at which stage of her way, and the problem that it solves.

    `film`: an address at YouTube or Vimeo; `video`, `audio`: of the library; `listen`, `read`: addresses elsewhere;
    `text`: a document of blocks. `formats` are those that it has. `find`: the news of a channel that it came from.
    """

    class Format(models.TextChoices):
        VIDEO = "video", _("Video")
        IMAGE = "image", _("Image")
        TEXT = "text", _("Text")
        AUDIO = "audio", _("Audio")

    title = models.CharField(max_length=200)
    slug = models.SlugField(max_length=90)
    summary = models.CharField(max_length=500, blank=True, default="")
    persona = models.SlugField(max_length=60, blank=True, default="")
    stage = models.SlugField(max_length=20, blank=True, default="")
    problem = models.CharField(max_length=200, blank=True, default="")
    category = models.SlugField(max_length=60, blank=True, default="")
    film = models.TextField(blank=True, default="")
    video: Any = SiblingKey(Item, on_delete=models.SET_NULL, null=True, blank=True)
    picture: Any = SiblingKey(Picture, on_delete=models.SET_NULL, null=True, blank=True)
    image: Any = SiblingKey(Item, on_delete=models.SET_NULL, null=True, blank=True)
    audio: Any = SiblingKey(Item, on_delete=models.SET_NULL, null=True, blank=True)
    listen = models.TextField(blank=True, default="")
    text = models.JSONField(default=dict, blank=True)
    read = models.TextField(blank=True, default="")
    formats = ArrayField(models.CharField(max_length=5), default=list, blank=True)
    find: Any = SiblingKey(Find, on_delete=models.SET_NULL, null=True, blank=True)
    published = models.BooleanField(default=False)
    at = models.DateTimeField()
    created_by_id = models.UUIDField(null=True)
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "media_piece"
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "slug"], name="media_piece_slug"),
            models.UniqueConstraint(fields=["organisation_id", "find"], name="media_piece_find"),
        ]
        indexes = [
            models.Index(fields=["-at", "-id"], name="media_piece_newest", condition=models.Q(published=True)),
            models.Index(fields=["category", "-at", "-id"], name="media_piece_category", condition=models.Q(published=True)),
            models.Index(fields=["organisation_id", "-at", "-id"], name="media_piece_own"),
            GinIndex(fields=["formats"], name="media_piece_formats"),
        ]

    def __str__(self) -> str:
        return self.title
