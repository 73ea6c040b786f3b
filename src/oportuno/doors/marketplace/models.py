"""Which vertical this market is, and what its experts wrote."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models


class InstalledPack(models.Model):
    """A vertical pack that was installed. The newest one is the market's; older rows tell the history."""

    name = models.CharField(max_length=60)
    version = models.CharField(max_length=20)
    folder = models.TextField()
    at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "installed_pack"


class Article(models.Model):
    """A text by somebody who knows. Shown while its seller is on show; `body_*` are paragraphs of plain text.

    `seller_slug` is the author's; `seller_name` how it was called then, for search. Public as a whole, so it has no owner's lock.
    """

    slug = models.SlugField(max_length=90, unique=True)
    seller_slug = models.SlugField(max_length=60, db_index=True)
    seller_name = models.CharField(max_length=120)
    title_es = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True, default="")
    body_es = ArrayField(models.TextField())
    body_en = ArrayField(models.TextField(), default=list)
    tags = ArrayField(models.TextField(), default=list)
    published = models.BooleanField(default=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "article"
        indexes = [models.Index(fields=["-at", "-id"], name="article_newest", condition=models.Q(published=True))]

    def __str__(self) -> str:
        return self.title_es
