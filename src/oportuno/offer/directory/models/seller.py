"""A seller as the market knows it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from oportuno.kernel.isolation import PrivateModel, SiblingKey
from oportuno.offer.directory.models.vertical import Place, Sector


class Standing(models.TextChoices):
    """Where a seller stands with the market. Only an approved one is seen in public."""

    UNVETTED = "unvetted", _("Not vetted yet")
    APPROVED = "approved", _("Approved")
    SUSPENDED = "suspended", _("Suspended")
    EXPIRED = "expired", _("Evidence expired")
    REVOKED = "revoked", _("Approval withdrawn")


class Seller(PrivateModel):
    """The face of an organisation that sells: one per organisation, with the organisation's own slug.

    `published` follows `standing` in the same transaction, here and on the rows that are seen with it (sectors, places,
    points of sale, certifications). Rows of higher apps that join an unpublished seller vanish with it.
    `answer_hours`: within how many hours it promises to answer; None: it promises nothing yet.
    """

    slug = models.SlugField(max_length=60, unique=True)
    trade_name = models.CharField(max_length=120)
    country = models.CharField(max_length=2)
    home = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    difference_es = models.TextField(blank=True, default="")
    difference_en = models.TextField(blank=True, default="")
    story_es = models.TextField(blank=True, default="")
    story_en = models.TextField(blank=True, default="")
    founded_year = models.SmallIntegerField(null=True)
    web_address = models.CharField(max_length=300, blank=True, default="")
    phone = models.CharField(max_length=16, blank=True, default="")
    answer_hours = models.SmallIntegerField(null=True)
    emblem = SiblingKey("oportuno_media.Picture", models.SET_NULL, null=True)
    portrait = SiblingKey("oportuno_media.Picture", models.SET_NULL, null=True)
    standing = models.CharField(max_length=12, choices=Standing.choices, default=Standing.UNVETTED)
    standing_since = models.DateTimeField()
    approved_at = models.DateTimeField(null=True)
    published = models.BooleanField(default=False)
    certified = models.BooleanField(default=False)
    plain = models.TextField(default="")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "seller"
        constraints = [
            models.UniqueConstraint(fields=["organisation_id"], name="seller_one_each"),
            models.CheckConstraint(
                condition=models.Q(published=False) | models.Q(standing="approved"), name="seller_published_is_approved"
            ),
        ]
        indexes = [
            models.Index(fields=["trade_name", "id"], name="seller_by_name", condition=models.Q(published=True)),
            models.Index(fields=["approved_at", "id"], name="seller_by_approval", condition=models.Q(published=True)),
            models.Index(fields=["standing", "standing_since", "id"], name="seller_by_standing"),
        ]

    def __str__(self) -> str:
        return self.trade_name


class StandingChange(PrivateModel):
    """Who changed where a seller stands, when and why. `by_id` None: the clock."""

    seller = SiblingKey(Seller, models.CASCADE)
    standing = models.CharField(max_length=12, choices=Standing.choices)
    reason = models.TextField(blank=True, default="")
    by_id = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "seller_standing_change"
        indexes = [models.Index(fields=["organisation_id", "seller", "-at"], name="standing_change_of_seller")]


class SellerSector(PrivateModel):
    """A seller works in a sector. One chosen after approval that asks for more evidence is shown once that is `vetted`."""

    seller = SiblingKey(Seller, models.CASCADE)
    sector = models.ForeignKey(Sector, models.PROTECT, related_name="+")
    vetted = models.BooleanField(default=False)
    published = models.BooleanField(default=False)

    class Meta:
        db_table = "seller_sector"
        constraints = [models.UniqueConstraint(fields=["organisation_id", "seller", "sector"], name="seller_sector_once")]
        indexes = [models.Index(fields=["sector", "seller"], name="seller_sector_shown", condition=models.Q(published=True))]


class SellerPlace(PrivateModel):
    """A seller serves a place, and all that lies in it."""

    seller = SiblingKey(Seller, models.CASCADE)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    published = models.BooleanField(default=False)

    class Meta:
        db_table = "seller_place"
        constraints = [models.UniqueConstraint(fields=["organisation_id", "seller", "place"], name="seller_place_once")]
        indexes = [models.Index(fields=["place", "seller"], name="seller_place_shown", condition=models.Q(published=True))]


class TaxNumber(PrivateModel):
    """The number a state knows a seller by, checked by its digits. Never public: a florist's NIT may be her identity card.

    `kind` is python-stdnum's: co.nit, mx.rfc, ec.ruc, us.ein. `number` is compact, without marks.
    """

    seller = SiblingKey(Seller, models.CASCADE)
    kind = models.CharField(max_length=12)
    country = models.CharField(max_length=2)
    number = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta:
        db_table = "seller_tax_number"
        constraints = [models.UniqueConstraint(fields=["organisation_id", "kind"], name="seller_tax_number_once")]
        indexes = [models.Index(fields=["kind", "number"], name="seller_tax_number_twins")]
