"""What a vertical pack brought, and where on earth: shared tables, the same for all."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Vertical(models.Model):
    """A pack as it was installed; the one without `retired_at` is the market's own now.

    `method` holds its playbook, commitment and vetting words as the pack's own shapes (kernel.packs.method).
    """

    name = models.CharField(max_length=60)
    version = models.CharField(max_length=20)
    digest = models.CharField(max_length=64)
    method = models.JSONField()
    installed_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "vertical"
        constraints = [
            models.UniqueConstraint(fields=["name"], name="vertical_once"),
            models.UniqueConstraint(
                models.F("retired_at"), nulls_distinct=False, condition=models.Q(retired_at__isnull=True), name="vertical_one_now"
            ),
        ]


class Sector(models.Model):
    """A trade of the vertical: farms, florists, nurseries …"""

    id = models.AutoField(primary_key=True)
    pack = models.CharField(max_length=60)
    slug = models.SlugField(max_length=60)
    title = models.JSONField()
    singular = models.JSONField()
    description = models.JSONField()
    icon = models.CharField(max_length=60)
    categories = ArrayField(models.CharField(max_length=80), default=list)
    order = models.SmallIntegerField(default=0)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "sector"
        constraints = [models.UniqueConstraint(fields=["pack", "slug"], name="sector_once")]


class Requirement(models.Model):
    """One thing vetting asks. A pack that words it anew gets a new version; decisions keep the one they were made on.

    `countries` and `sectors` empty: asked of everyone. `expires_days` None: what was shown stays shown.
    """

    id = models.AutoField(primary_key=True)
    pack = models.CharField(max_length=60)
    key = models.CharField(max_length=60)
    version = models.SmallIntegerField()
    digest = models.CharField(max_length=64)
    title = models.JSONField()
    why = models.JSONField()
    accepts = models.JSONField()
    evidence_kind = models.CharField(max_length=12)
    number_check = models.CharField(max_length=12, blank=True, default="")
    how_many = models.SmallIntegerField(default=1)
    countries = ArrayField(models.CharField(max_length=2), default=list)
    sectors = ArrayField(models.CharField(max_length=60), default=list)
    required = models.BooleanField(default=True)
    expires_days = models.SmallIntegerField(null=True)
    remind_days = ArrayField(models.SmallIntegerField(), default=list)
    grants = models.CharField(max_length=60, blank=True, default="")
    order = models.SmallIntegerField(default=0)
    since = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "requirement"
        constraints = [
            models.UniqueConstraint(fields=["pack", "key", "version"], name="requirement_version"),
            models.UniqueConstraint(fields=["pack", "key"], condition=models.Q(retired_at__isnull=True), name="requirement_one_now"),
        ]


class Place(models.Model):
    """A country, a region or a municipality. A code begins with its parent's: `CO`, `CO-05`, `CO-05-001`.

    Source: data/README.md. Coordinates are WGS 84 degrees, None where nobody looked them up.
    """

    code = models.CharField(max_length=12, primary_key=True)
    country = models.CharField(max_length=2)
    kind = models.CharField(max_length=12)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    name_es = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)

    class Meta:
        db_table = "place"
