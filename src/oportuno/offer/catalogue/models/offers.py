"""A seller's listing of a product: what it costs there, how it is sold."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from oportuno.kernel.isolation import PrivateModel, SiblingKey
from oportuno.offer.catalogue.models.shelves import Category, TaxClass


class Offer(PrivateModel):
    """One seller offers one product, or one variant of it.

    The *main* offer of a product (`variant_id` None) carries the sum of its variants: `on_hand` of all, the lowest price;
    with `has_variants` it is not itself for sale. `product_id` and `variant_id` may be another organisation's: products
    are the market's. `active` is the seller's wish; `published` is that wish while the seller is on show.
    `archived`: put away, out of the seller's lists, kept for its history; then it is not `active`.
    `title`, `category`, `has_picture`, `price_*` and `on_hand` are kept in step by `actions.following`, so that lists of a
    million rows stay quick. `on_hand` None: stock is not counted.
    """

    class Condition(models.TextChoices):
        NEW = "new", _("New")
        USED = "used", _("Used")
        REFURBISHED = "refurbished", _("Refurbished")

    product_id = models.UUIDField()
    variant_id = models.UUIDField(null=True, blank=True)
    sku = models.CharField(max_length=80)
    active = models.BooleanField(default=False)
    archived = models.BooleanField(default=False)
    published = models.BooleanField(default=False)
    quote_only = models.BooleanField(default=False)
    has_variants = models.BooleanField(default=False)
    minimum = models.PositiveIntegerField(default=1)
    unit = models.CharField(max_length=40, blank=True, default="")
    lead_days = models.PositiveSmallIntegerField(null=True, blank=True)
    condition = models.CharField(max_length=12, choices=Condition.choices, default=Condition.NEW)
    tax = models.ForeignKey(TaxClass, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    link = models.TextField(blank=True, default="")
    title = models.CharField(max_length=200, blank=True, default="")
    category = models.ForeignKey(Category, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    has_picture = models.BooleanField(default=False)
    price_minor = models.BigIntegerField(null=True, blank=True)
    price_currency = models.CharField(max_length=3, blank=True, default="")
    on_hand = models.BigIntegerField(null=True, blank=True)
    import_run_id = models.UUIDField(null=True, blank=True)
    import_line = models.PositiveIntegerField(null=True, blank=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        db_table = "offer"
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "sku"], name="offer_sku"),
            models.UniqueConstraint(fields=["organisation_id", "product_id", "variant_id"], name="offer_once", nulls_distinct=False),
            models.CheckConstraint(condition=models.Q(minimum__gte=1), name="offer_minimum"),
            models.CheckConstraint(condition=~models.Q(archived=True, active=True), name="offer_archived_is_hidden"),
        ]
        indexes = [
            models.Index(fields=["product_id"], name="offer_of_product"),
            models.Index(fields=["organisation_id", "-id"], name="offer_list", condition=models.Q(variant_id__isnull=True)),
            models.Index(
                fields=["organisation_id", "-id"],
                name="offer_without_picture",
                condition=models.Q(variant_id__isnull=True, has_picture=False),
            ),
            models.Index(
                fields=["organisation_id", "-id"],
                name="offer_without_price",
                condition=models.Q(variant_id__isnull=True, price_minor__isnull=True, quote_only=False),
            ),
            models.Index(
                fields=["organisation_id", "-id"], name="offer_out_of_stock", condition=models.Q(variant_id__isnull=True, on_hand=0)
            ),
            models.Index(fields=["organisation_id", "-id"], name="offer_hidden", condition=models.Q(variant_id__isnull=True, active=False)),
            models.Index(
                fields=["organisation_id", "-id"], name="offer_archived", condition=models.Q(variant_id__isnull=True, archived=True)
            ),
            models.Index(
                fields=["organisation_id", "category", "-id"], name="offer_by_category", condition=models.Q(variant_id__isnull=True)
            ),
            models.Index(fields=["import_run_id", "import_line"], name="offer_of_import", condition=models.Q(import_run_id__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.sku


class OfferPrice(PrivateModel):
    """A price in one currency, in its smallest unit. Without dates it always holds; one with dates goes before it while they last.

    `compare_minor` is what it cost before, shown struck through.
    """

    offer = SiblingKey(Offer, db_index=False)
    published = models.BooleanField(default=False)
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField()
    compare_minor = models.BigIntegerField(null=True, blank=True)
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "offer_price"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "offer", "currency", "starts_at", "ends_at"], name="offer_price_once", nulls_distinct=False
            ),
            models.CheckConstraint(condition=models.Q(amount_minor__gte=0), name="offer_price_not_negative"),
            models.CheckConstraint(
                condition=models.Q(compare_minor__isnull=True) | models.Q(compare_minor__gte=0), name="offer_compare_not_negative"
            ),
            models.CheckConstraint(
                condition=models.Q(starts_at__isnull=True) | models.Q(ends_at__isnull=True) | models.Q(starts_at__lt=models.F("ends_at")),
                name="offer_price_lasts",
            ),
        ]
