"""How much there is to read, kept."""

from __future__ import annotations

from django.db import models


class ShownCount(models.Model):
    """How many articles or cases are on show in a subject; `category` "": in all. Public as a whole. Follows the facts, a moment later."""

    kind = models.CharField(max_length=7)
    category = models.SlugField(max_length=60, blank=True, default="")
    count = models.PositiveIntegerField()

    class Meta:
        db_table = "knowledge_count"
        constraints = [models.UniqueConstraint(fields=["kind", "category"], name="knowledge_count_once")]
