"""The library: everything that an organisation keeps to show, in one list."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oportuno.kernel.isolation import PrivateModel, SiblingKey

from .files import Picture


class Folder(PrivateModel):
    """Where things lie. `parent` None: at the top."""

    parent: Any = SiblingKey("self", null=True, blank=True)
    name = models.CharField(max_length=60)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "media_folder"
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "parent", "name"], name="media_folder_name", nulls_distinct=False),
        ]

    def __str__(self) -> str:
        return self.name


class Item(PrivateModel):
    """One thing of the library. An image has the identity of its picture; all else is kept as it came, under its digest.

    `published`: anybody may see it; not once its rights have ended, nor while it lies in the bin (`deleted_at`).
    `expires_on`: the last day on which it may be shown, in the organisation's time zone.
    """

    class Kind(models.TextChoices):
        IMAGE = "image", _("Image")
        VIDEO = "video", _("Video")
        AUDIO = "audio", _("Audio")
        FILE = "file", _("File")

    class Licence(models.TextChoices):
        UNKNOWN = "", _("Not said")
        OWN = "own", _("Ours: we made it")
        BOUGHT = "bought", _("Bought or licensed")
        PERMISSION = "permission", _("With its author's permission")
        CC0 = "cc0", _("Public domain (CC0)")
        CC_BY = "cc-by", pgettext_lazy("licence", "Creative Commons BY")
        CC_BY_SA = "cc-by-sa", pgettext_lazy("licence", "Creative Commons BY-SA")

    kind = models.CharField(max_length=5, choices=Kind.choices)
    name = models.CharField(max_length=200)
    note = models.CharField(max_length=500, blank=True, default="")
    folder: Any = SiblingKey(Folder, on_delete=models.SET_NULL, null=True, blank=True)
    tags = ArrayField(models.CharField(max_length=50), default=list, blank=True)
    picture: Any = SiblingKey(Picture, null=True, blank=True)
    digest = models.CharField(max_length=64)
    ending = models.CharField(max_length=5)
    content_type = models.CharField(max_length=80)
    size = models.BigIntegerField()
    author = models.CharField(max_length=120, blank=True, default="")
    licence = models.CharField(max_length=10, choices=Licence.choices, blank=True, default="")
    source = models.TextField(blank=True, default="")
    expires_on = models.DateField(null=True, blank=True)
    published = models.BooleanField(default=True)
    deleted_at = models.DateTimeField(null=True, blank=True)
    created_by_id = models.UUIDField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "media_item"
        indexes = [
            models.Index(fields=["organisation_id", "-id"], name="media_item_latest", condition=models.Q(deleted_at__isnull=True)),
            models.Index(fields=["organisation_id", "folder", "-id"], name="media_item_in_folder"),
            models.Index(fields=["organisation_id", "expires_on"], name="media_item_expiry", condition=models.Q(expires_on__isnull=False)),
            models.Index(fields=["organisation_id", "deleted_at"], name="media_item_bin", condition=models.Q(deleted_at__isnull=False)),
            models.Index(fields=["digest"], name="media_item_digest"),
            GinIndex(fields=["tags"], name="media_item_tags"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_image(self) -> bool:
        return self.kind == self.Kind.IMAGE

    @property
    def address(self) -> str:
        """Where anybody gets it."""
        return str(self.picture.url(1280)) if self.is_image else reverse("media:file", args=[self.digest, self.file_name])

    @property
    def file_name(self) -> str:
        """Its name in an address: words of its own name, and the ending that its content tells."""
        return f"{slugify(self.name.rsplit('.', 1)[0])[:60] or self.kind}.{self.ending}"

    @property
    def lacks_description(self) -> bool:
        return self.is_image and not self.picture.alt


class LibraryChange(PrivateModel):
    """One change of many things. `before`: {item: what it was}; undone once, and only where it still is as we left it."""

    class Kind(models.TextChoices):
        MOVE = "move", _("Moved")
        TAG = "tag", _("Tags changed")
        DELETE = "delete", _("Deleted")

    kind = models.CharField(max_length=6, choices=Kind.choices)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    count = models.PositiveIntegerField()
    by_id = models.UUIDField()
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "media_change"
        indexes = [models.Index(fields=["organisation_id", "-id"], name="media_change_latest")]
