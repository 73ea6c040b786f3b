"""What people look for, counted: no person stands here."""

from __future__ import annotations

from django.db import models


class SearchDemand(models.Model):
    """A question, normalised, and how often it was asked. `unmet` counts how often the market had nothing for it.

    `recent` counts with a half-life of a week: its trend. `askers` counts days on which it was asked, as far as they tell
    people apart: a suggestion is never one person's own words.
    """

    text = models.TextField()
    shown = models.TextField()
    language = models.CharField(max_length=2)
    place = models.TextField(default="")
    times = models.IntegerField(default=0)
    unmet = models.IntegerField(default=0)
    results = models.IntegerField(default=0)
    askers = models.IntegerField(default=0)
    recent = models.FloatField(default=0)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    handled_at = models.DateTimeField(null=True)
    handled_by_id = models.UUIDField(null=True)

    class Meta:
        db_table = "search_demand"
        indexes = [
            models.Index(fields=["-recent", "-id"], name="search_demand_popular"),
            models.Index(fields=["-unmet", "-id"], name="search_demand_unmet", condition=models.Q(unmet__gt=0)),
        ]
        constraints = [models.UniqueConstraint(fields=["text", "language", "place"], name="search_demand_once")]
