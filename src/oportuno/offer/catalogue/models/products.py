"""What is sold, apart from who sells it. A product belongs to the organisation that described it; others may offer it too."""

from __future__ import annotations

from django.contrib.postgres.indexes import HashIndex
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from oportuno.kernel.isolation import PrivateModel, SiblingKey
from oportuno.offer.catalogue.models.shelves import Category


class Product(PrivateModel):
    """A thing, a service or a course.

    `published` while any seller on show offers it. `attributes` are those its category asks for, by key; `details` are
    free pairs of label and text. `from_minor` is the lowest price of all offers on show, for lists. `gtin` has 14 digits.
    """

    class Kind(models.TextChoices):
        GOOD = "good", _("Good")
        SERVICE = "service", _("Service")
        COURSE = "course", _("Course")

    published = models.BooleanField(default=False)
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.GOOD)
    slug = models.CharField(max_length=90)
    title_es = models.CharField(max_length=200, blank=True, default="")
    title_en = models.CharField(max_length=200, blank=True, default="")
    description_es = models.TextField(blank=True, default="")
    description_en = models.TextField(blank=True, default="")
    gtin = models.CharField(max_length=14, blank=True, default="")
    brand = models.CharField(max_length=120, blank=True, default="")
    category = models.ForeignKey(Category, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    attributes = models.JSONField(default=dict)
    details = models.JSONField(default=dict)
    tags = models.JSONField(default=list)
    from_minor = models.BigIntegerField(null=True, blank=True)
    from_currency = models.CharField(max_length=3, blank=True, default="")
    in_stock = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        db_table = "product"
        constraints = [
            models.UniqueConstraint(fields=["slug"], name="product_slug"),
            models.CheckConstraint(condition=~models.Q(title_es="") | ~models.Q(title_en=""), name="product_has_title"),
        ]
        indexes = [
            models.Index(fields=["gtin"], name="product_gtin", condition=~models.Q(gtin="")),
            models.Index(fields=["category", "-id"], name="product_on_shelf", condition=models.Q(published=True)),
            models.Index(fields=["-id"], name="product_newest", condition=models.Q(published=True)),
            models.Index(fields=["organisation_id", "-id"], name="product_own"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """In the reader's language, else in the one there is."""
        return in_reader_language(self.title_es, self.title_en)

    @property
    def description(self) -> str:
        return in_reader_language(self.description_es, self.description_en)


class ProductPicture(PrivateModel):
    """A picture of a product, in order. `address` is where it comes from; `picture_id` is set once it is kept in media.

    `trouble` says in one sentence why the last attempt to bring it failed.
    """

    product = SiblingKey(Product, db_index=False)
    published = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField()
    picture_id = models.UUIDField(null=True, blank=True)
    address = models.TextField(blank=True, default="")
    alt = models.CharField(max_length=200, blank=True, default="")
    trouble = models.TextField(blank=True, default="")

    class Meta:
        db_table = "product_picture"
        indexes = [
            models.Index(
                fields=["organisation_id", "id"],
                name="product_picture_to_bring",
                condition=models.Q(picture_id__isnull=True, trouble=""),
            ),
        ]


class ProductFile(PrivateModel):
    """A data sheet, a manual, a sample: a name and the address it is at; one that we keep ourselves is at /archivos/<document>/."""

    product = SiblingKey(Product, db_index=False)
    published = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    address = models.TextField()

    class Meta:
        db_table = "product_file"
        indexes = [HashIndex(fields=["address"], name="product_file_address")]


class Variant(PrivateModel):
    """One form of a product. `options`: [["Colour", "red"], ["Size", "L"]], in the order shown. `key` is the same, folded, to find twins."""

    product = SiblingKey(Product, db_index=False)
    published = models.BooleanField(default=False)
    position = models.PositiveIntegerField(default=0)
    options = models.JSONField(default=list)
    key = models.CharField(max_length=250)
    gtin = models.CharField(max_length=14, blank=True, default="")

    class Meta:
        db_table = "variant"
        constraints = [models.UniqueConstraint(fields=["organisation_id", "product", "key"], name="variant_once")]

    def __str__(self) -> str:
        return " · ".join(str(value) for _name, value in self.options)


def in_reader_language(es: str, en: str) -> str:
    """The text in the reader's language, else the other one."""
    return (en or es) if (get_language() or "es").startswith("en") else (es or en)
