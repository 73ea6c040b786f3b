"""Points of sale: where a seller is met."""

from __future__ import annotations

from django.db import models

from oportuno.kernel.isolation import PrivateModel, SiblingKey
from oportuno.offer.directory.models.seller import Seller
from oportuno.offer.directory.models.vertical import Place


class PointOfSale(PrivateModel):
    """A shop, farm, stand or counter. Seen in public while the seller wishes (`shown`) and is published.

    `hours`: {"0": [["08:00", "18:00"]], …}, 0 is Monday, in the wall clock of `time_zone`; an end at or before its start is
    of the next day. `exceptions`: [{"on": "2026-12-25", "hours": [], "why": "Navidad"}], instead of the weekday's.
    Coordinates are WGS 84 degrees. Closed for good: `closed_at`; stock that refers to it stays.
    """

    seller = SiblingKey(Seller, models.CASCADE)
    name = models.CharField(max_length=120)
    address = models.CharField(max_length=200, blank=True, default="")
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    time_zone = models.CharField(max_length=40)
    hours = models.JSONField(default=dict)
    exceptions = models.JSONField(default=list)
    phone = models.CharField(max_length=16, blank=True, default="")
    serves_es = models.TextField(blank=True, default="")
    serves_en = models.TextField(blank=True, default="")
    shown = models.BooleanField(default=True)
    published = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "point_of_sale"
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "name"], condition=models.Q(closed_at__isnull=True), name="point_name_once"),
            models.CheckConstraint(
                condition=models.Q(latitude__isnull=True, longitude__isnull=True)
                | models.Q(latitude__isnull=False, longitude__isnull=False, latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="point_on_earth",
            ),
        ]
        indexes = [
            models.Index(fields=["seller"], name="point_of_seller"),
            models.Index(fields=["latitude", "longitude"], name="point_shown_at", condition=models.Q(published=True)),
        ]

    def __str__(self) -> str:
        return self.name
