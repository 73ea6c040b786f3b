"""Pictures that anybody may see, and documents that only their organisation and its reviewers may."""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from oportuno.kernel.isolation import PrivateModel


class Picture(PrivateModel):
    """An image, re-encoded by us in several widths, or one drawn by code from `drawn` (demo market, placeholders).

    Kept under the digest of its content: the address never changes what it shows, so browsers keep it for ever.
    """

    published = models.BooleanField(default=True)
    alt = models.CharField(max_length=200, blank=True, default="")
    digest = models.CharField(max_length=64, blank=True, default="")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    widths = models.JSONField(default=list)
    drawn = models.JSONField(null=True, blank=True)
    source = models.TextField(blank=True, default="")
    created_by_id = models.UUIDField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "picture"
        constraints = [
            models.CheckConstraint(condition=~models.Q(digest="") | models.Q(drawn__isnull=False), name="picture_kept_or_drawn"),
        ]
        indexes = [models.Index(fields=["organisation_id", "source"], name="picture_source", condition=~models.Q(source=""))]

    def url(self, width: int = 640) -> str:
        """Address of the smallest kept width that is at least `width` pixels, else of the widest."""
        if self.drawn:
            return drawing_address(self.drawn)
        fitting = [w for w in self.widths if w >= width] or [max(self.widths)]
        return reverse("media:picture", args=[self.digest, min(fitting)])

    def srcset(self) -> str:
        """For `<img srcset>`; empty for a drawing, which has no pixels."""
        return "" if self.drawn else ", ".join(f"{self.url(w)} {w}w" for w in sorted(self.widths))


class Document(PrivateModel):
    """A private file: evidence, price lists. Only a view that asked for a permission hands it out."""

    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    created_by_id = models.UUIDField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "document"

    @property
    def path(self) -> str:
        """Below settings.PRIVATE_ROOT."""
        return f"{self.organisation_id}/{self.pk}"


def drawing_address(drawn: dict[str, object]) -> str:
    """Address of a picture drawn by code: {"kind", "colour", "seed"}."""
    return reverse("media:drawing", args=[str(drawn["kind"]), str(drawn.get("colour") or "any"), int(str(drawn.get("seed", 0)))])
