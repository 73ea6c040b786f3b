"""Which vertical this market is."""

from __future__ import annotations

from django.db import models


class InstalledPack(models.Model):
    """A vertical pack that was installed. The newest one is the market's; older rows tell the history."""

    name = models.CharField(max_length=60)
    version = models.CharField(max_length=20)
    folder = models.TextField()
    at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "installed_pack"
