"""Who writes, and under which words it is filed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oportuno.kernel.isolation import PrivateModel, SiblingKey


class Author(PrivateModel):
    """A name and a face under a post. `links`: [{"label", "address"}]. `published` as the site."""

    name = models.CharField(max_length=120)
    slug = models.CharField(max_length=120)
    role = models.CharField(max_length=120, blank=True, default="")
    bio = models.TextField(max_length=1200, blank=True, default="")
    picture = SiblingKey("oportuno_media.Picture", on_delete=models.SET_NULL, null=True)
    links = models.JSONField(default=list)
    person_id = models.UUIDField(null=True)
    origin = models.CharField(max_length=200, blank=True, default="")
    published = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "site_author"
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "slug"], name="site_author_slug"),
            models.UniqueConstraint(
                fields=["organisation_id", "person_id"], condition=models.Q(person_id__isnull=False), name="site_author_one_each"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TermKind(models.TextChoices):
    CATEGORY = "category", _("Category")
    TAG = "tag", pgettext_lazy("sites", "Tag")


class Term(PrivateModel):
    """A category (in a tree) or a tag of posts. `published` as the site."""

    kind = models.CharField(max_length=8, choices=TermKind.choices)
    name = models.CharField(max_length=120)
    slug = models.CharField(max_length=120)
    description = models.CharField(max_length=500, blank=True, default="")
    parent = SiblingKey("self", on_delete=models.SET_NULL, null=True)
    origin = models.CharField(max_length=200, blank=True, default="")
    published = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "site_term"
        constraints = [models.UniqueConstraint(fields=["organisation_id", "kind", "slug"], name="site_term_slug")]

    def __str__(self) -> str:
        return self.name
