"""Pictures that anybody may see, and documents that only their organisation and its reviewers may."""

from __future__ import annotations

from functools import lru_cache

from django.db import models
from django.urls import reverse

from oportuno.kernel.isolation import PrivateModel

MIDDLE = 50


class Picture(PrivateModel):
    """An image, re-encoded by us in several widths, or one drawn by code from `drawn` (demo market, placeholders).

    Kept under the digest of its content: the address never changes what it shows, so browsers keep it for ever.
    `focus_x`, `focus_y`: per cent from the left and from the top, of what must stay in sight where a frame cuts it.
    """

    published = models.BooleanField(default=True)
    alt = models.CharField(max_length=200, blank=True, default="")
    digest = models.CharField(max_length=64, blank=True, default="")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    widths = models.JSONField(default=list)
    avif = models.BooleanField(default=False)
    focus_x = models.PositiveSmallIntegerField(default=MIDDLE)
    focus_y = models.PositiveSmallIntegerField(default=MIDDLE)
    drawn = models.JSONField(null=True, blank=True)
    source = models.TextField(blank=True, default="")
    created_by_id = models.UUIDField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "picture"
        constraints = [
            models.CheckConstraint(condition=~models.Q(digest="") | models.Q(drawn__isnull=False), name="picture_kept_or_drawn"),
            models.CheckConstraint(condition=models.Q(focus_x__lte=100, focus_y__lte=100), name="picture_focus_inside"),
        ]
        indexes = [
            models.Index(fields=["organisation_id", "source"], name="picture_source", condition=~models.Q(source="")),
            models.Index(fields=["digest"], name="picture_digest", condition=~models.Q(digest="")),
        ]

    def url(self, width: int = 640) -> str:
        """Address of the smallest kept width that is at least `width` pixels, else of the widest."""
        if self.drawn:
            return drawing_address(self.drawn)
        fitting = [w for w in self.widths if w >= width] or [max(self.widths)]
        return self._version(min(fitting), "webp")

    def srcset(self) -> str:
        """WebP in all widths, for `<img srcset>`; empty for a drawing, which has no pixels."""
        return "" if self.drawn else self._versions("webp")

    def avif_srcset(self) -> str:
        """The same as AVIF, which weighs less, for `<source srcset>`; empty where there is none."""
        return self._versions("avif") if self.avif else ""

    @property
    def focus(self) -> str:
        """Classes that keep the point of interest in sight where a frame cuts the picture; empty for the middle."""
        if (self.focus_x, self.focus_y) == (MIDDLE, MIDDLE):
            return ""
        return f"focus-x-{_step(self.focus_x)} focus-y-{_step(self.focus_y)}"

    def _versions(self, ending: str) -> str:
        return ", ".join(f"{self._version(w, ending)} {w}w" for w in sorted(self.widths))

    def _version(self, width: int, ending: str) -> str:
        return _kept_at(self.digest, width, ending)


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


@lru_cache(maxsize=8_192)
def _kept_at(digest: str, width: int, ending: str) -> str:
    """A page of cards asks two hundred times, a fifth of a millisecond each."""
    return reverse("media:picture", args=[digest, width, ending])


def _step(percent: int) -> int:
    """Style sheets know steps of ten."""
    return min(100, (percent + 5) // 10 * 10)
