"""How much there is, and where. Every change leaves a movement; their sum is what is on hand."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from oportuno.kernel.isolation import PrivateModel, SiblingKey
from oportuno.offer.catalogue.models.offers import Offer


class Stock(PrivateModel):
    """What one point of sale has of an offer. `point_of_sale_id` None: the store room, which nobody visits."""

    offer = SiblingKey(Offer, db_index=False)
    published = models.BooleanField(default=False)
    point_of_sale_id = models.UUIDField(null=True, blank=True)
    on_hand = models.BigIntegerField(default=0)

    class Meta:
        db_table = "stock"
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "offer", "point_of_sale_id"], name="stock_once", nulls_distinct=False),
            models.CheckConstraint(condition=models.Q(on_hand__gte=0), name="stock_not_negative"),
        ]


class StockMovement(PrivateModel):
    """Something came, went or was counted. Never changed afterwards: a mistake is mended by another movement."""

    class Reason(models.TextChoices):
        ARRIVAL = "arrival", _("Arrival")
        COUNT = "count", _("Count")
        SALE = "sale", _("Sale")
        RETURN = "return", _("Return")
        DAMAGE = "damage", _("Damaged or spoilt")
        IMPORT = "import", _("Import")

    stock = SiblingKey(Stock)
    offer = SiblingKey(Offer, db_index=False)
    point_of_sale_id = models.UUIDField(null=True, blank=True)
    change = models.BigIntegerField()
    after = models.BigIntegerField()
    reason = models.CharField(max_length=8, choices=Reason.choices)
    note = models.CharField(max_length=200, blank=True, default="")
    by_id = models.UUIDField(null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "stock_movement"
        indexes = [
            models.Index(fields=["organisation_id", "-at", "-id"], name="stock_movement_latest"),
            models.Index(fields=["offer", "-at", "-id"], name="stock_movement_of_offer"),
        ]
        constraints = [models.CheckConstraint(condition=models.Q(after__gte=0), name="stock_movement_not_negative")]
