"""Themes that designers hand in, their versions, and who uses them."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oportuno.kernel.isolation import PrivateModel, SiblingKey


class Theme(PrivateModel):
    """A designer's theme. `published`: it stands in the gallery. Stars and installs are counted as they come.

    `current` is the newest approved version, whose words the gallery shows; `withdrawn_at`: who made it offers it no more, who has it keeps it.
    """

    slug = models.SlugField(max_length=60)
    name = models.CharField(max_length=80)
    maker = models.CharField(max_length=120)
    about = models.JSONField(default=dict)
    licence = models.CharField(max_length=80)
    published = models.BooleanField(default=False)
    current_id = models.UUIDField(null=True)
    current_number = models.CharField(max_length=16, blank=True, default="")
    installs = models.PositiveIntegerField(default=0)
    stars = models.PositiveIntegerField(default=0)
    ratings = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "theme"
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "slug"], name="theme_slug"),
            models.CheckConstraint(condition=models.Q(stars__lte=models.F("ratings") * 5), name="theme_stars_of_five"),
        ]
        indexes = [models.Index(fields=["-installs", "id"], name="theme_gallery", condition=models.Q(published=True))]

    def __str__(self) -> str:
        return self.name

    @property
    def rating(self) -> float | None:
        """Of five; None before the first."""
        return self.stars / self.ratings if self.ratings else None


class ThemeState(models.TextChoices):
    """OWN: brought for the organisation's own site; nobody else is offered it."""

    OWN = "own", pgettext_lazy("theme", "For the own site")
    WAITING = "waiting", pgettext_lazy("theme", "Waiting for review")
    APPROVED = "approved", pgettext_lazy("theme", "Approved")
    REFUSED = "refused", pgettext_lazy("theme", "Not approved")
    TAKEN_BACK = "taken_back", pgettext_lazy("theme", "Taken back")
    BLOCKED = "blocked", _("Blocked by the market")


class ThemeVersion(PrivateModel):
    """One version as it was handed in: never changed afterwards. `published`: whoever wears it may be shown in it.

    `parts` is {"theme", "variations", "header"}; `files` {"assets/fonts/a.woff2": {"digest", "kind", "size"}}; `remarks` and `checks` as the
    automatic look at it left them.
    """

    theme = SiblingKey(Theme, on_delete=models.CASCADE)
    number = models.CharField(max_length=16)
    state = models.CharField(max_length=10, choices=ThemeState.choices, default=ThemeState.WAITING)
    published = models.BooleanField(default=False)
    parts = models.JSONField()
    files = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    remarks = models.JSONField(default=list)
    checks = models.JSONField(default=list)
    size = models.PositiveIntegerField(default=0)
    news = models.CharField(max_length=500, blank=True, default="")
    uploaded_by_id = models.UUIDField()
    uploaded_at = models.DateTimeField()
    decided_by_id = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=1000, blank=True, default="")

    class Meta:
        db_table = "theme_version"
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "theme", "number"], name="theme_version_number"),
            models.CheckConstraint(
                condition=models.Q(published=False) | models.Q(state__in=["approved", "own"]), name="theme_version_shown_if_approved"
            ),
        ]
        indexes = [models.Index(fields=["uploaded_at"], name="theme_version_queue", condition=models.Q(state="waiting"))]

    @property
    def key(self) -> str:
        """How a site names it."""
        return str(self.pk)

    @property
    def header(self) -> dict[str, Any]:
        found = self.parts.get("header")
        return found if isinstance(found, dict) else {}


class ThemeUse(PrivateModel):
    """An organisation has used a theme; it may rate it. Versions change with the site, this stays."""

    theme_id = models.UUIDField()
    stars = models.PositiveSmallIntegerField(null=True)
    first_at = models.DateTimeField()
    rated_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "theme_use"
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "theme_id"], name="theme_use_once"),
            models.CheckConstraint(condition=models.Q(stars__isnull=True) | models.Q(stars__range=(1, 5)), name="theme_use_stars"),
        ]


class LookKept(PrivateModel):
    """A look that a site had before it changed: for undoing."""

    theme = models.CharField(max_length=60)
    look = models.JSONField(default=dict)
    by_id = models.UUIDField(null=True)
    by_name = models.CharField(max_length=120, blank=True, default="")
    at = models.DateTimeField()

    class Meta:
        db_table = "look_kept"
        indexes = [models.Index(fields=["organisation_id", "-at"], name="look_kept_newest")]
