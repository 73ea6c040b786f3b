"""The shelves of the vertical, loaded from its pack: categories, what each asks of a product, taxes. Shared, never private."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Category(models.Model):
    """A place in the tree. `path` holds the slugs from the root, with slashes: "flores-cortadas/rosas"."""

    id = models.AutoField(primary_key=True)
    slug = models.SlugField(max_length=80, unique=True)
    path = models.CharField(max_length=255, unique=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    depth = models.PositiveSmallIntegerField()
    order = models.PositiveIntegerField()
    title_es = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120)
    description_es = models.TextField(blank=True, default="")
    description_en = models.TextField(blank=True, default="")
    icon = models.CharField(max_length=60)
    sells = models.CharField(max_length=8, default="good")
    google = models.IntegerField(null=True, blank=True)
    pack = models.CharField(max_length=60)
    active = models.BooleanField(default=True)

    class Meta:
        db_table = "category"

    def __str__(self) -> str:
        return self.title_es


class AttributeDefinition(models.Model):
    """One thing that can be said of a product. `choices`: [{"key", "label": {"es", "en"}, "swatch"?}]."""

    class Type(models.TextChoices):
        TEXT = "text", _("Text")
        NUMBER = "number", _("Number")
        CHOICE = "choice", _("One of several")
        MULTI = "multi", _("Several at once")
        BOOLEAN = "boolean", _("Yes or no")
        COLOUR = "colour", _("Colour")
        DATE = "date", _("Date")

    id = models.AutoField(primary_key=True)
    key = models.CharField(max_length=60, unique=True)
    type = models.CharField(max_length=8, choices=Type.choices)
    label_es = models.CharField(max_length=120)
    label_en = models.CharField(max_length=120)
    unit_es = models.CharField(max_length=40, blank=True, default="")
    unit_en = models.CharField(max_length=40, blank=True, default="")
    help_es = models.TextField(blank=True, default="")
    help_en = models.TextField(blank=True, default="")
    choices = models.JSONField(default=list)
    least = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    most = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    facet = models.BooleanField(default=False)
    order = models.PositiveIntegerField(default=0)
    pack = models.CharField(max_length=60)

    class Meta:
        db_table = "attribute_definition"

    def __str__(self) -> str:
        return self.key


class CategoryAttribute(models.Model):
    """A category asks an attribute; what is below it inherits that. `choices`, if any, narrows those of the attribute."""

    id = models.AutoField(primary_key=True)
    category = models.ForeignKey(Category, on_delete=models.CASCADE, related_name="+")
    attribute = models.ForeignKey(AttributeDefinition, on_delete=models.CASCADE, related_name="+")
    required = models.BooleanField(default=False)
    choices = models.JSONField(default=list)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "category_attribute"
        constraints = [models.UniqueConstraint(fields=["category", "attribute"], name="category_attribute_once")]


class TaxClass(models.Model):
    """What the state takes in a country. `percent` None: outside the tax altogether, which is not the same as 0 %."""

    id = models.AutoField(primary_key=True)
    key = models.SlugField(max_length=60, unique=True)
    country = models.CharField(max_length=2)
    title_es = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120)
    percent = models.DecimalField(max_digits=6, decimal_places=3, null=True, blank=True)
    law_es = models.TextField(blank=True, default="")
    law_en = models.TextField(blank=True, default="")
    general = models.BooleanField(default=False)
    pack = models.CharField(max_length=60)
    active = models.BooleanField(default=True)

    class Meta:
        db_table = "tax_class"

    def __str__(self) -> str:
        return self.title_es


class TaxDefault(models.Model):
    """What a category pays in a country unless the seller says otherwise; children inherit it."""

    id = models.AutoField(primary_key=True)
    category = models.ForeignKey(Category, on_delete=models.CASCADE, related_name="+")
    tax = models.ForeignKey(TaxClass, on_delete=models.CASCADE, related_name="+")

    class Meta:
        db_table = "tax_default"
        constraints = [models.UniqueConstraint(fields=["category", "tax"], name="tax_default_once")]


class Edition(models.Model):
    """Which pack the shelves were filled from, and when. One row; its digest says whether a copy in memory is stale."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    pack = models.CharField(max_length=60)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        db_table = "catalogue_edition"
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="catalogue_edition_single")]
