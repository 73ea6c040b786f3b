"""Experts of sellers, and each thing that lets one believe them, with its source."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oportuno.kernel.isolation import PrivateModel, SiblingKey
from oportuno.offer.experts.models.houses import OfHouse


class ExpertState(models.TextChoices):
    """Where a page stands with the market. Returned: with a note, to be mended."""

    DRAFT = "draft", pgettext_lazy("expert", "Draft")
    WAITING = "waiting", pgettext_lazy("expert", "Waiting for review")
    APPROVED = "approved", pgettext_lazy("expert", "On show")
    RETURNED = "returned", pgettext_lazy("expert", "Changes asked")
    HIDDEN = "hidden", pgettext_lazy("expert", "Hidden")


class Expert(OfHouse):
    """Somebody of a seller, or (without one) of the market's own staff, who knows her field. `author` is her name in the seller's blog; `fields` are slugs of sectors.

    `role` and `bio` in both languages, the other one where one is empty. `note`: what the market asked to change.
    `proposed`: newer words of a page on show, which the market reads first; nothing where there are none.
    Shown while `published`, and her seller is, if she has one.
    """

    author = SiblingKey("oportuno_sites.Author", on_delete=models.SET_NULL, null=True)
    person_id = models.UUIDField(null=True)
    name = models.CharField(max_length=120)
    slug = models.CharField(max_length=120)
    role_es = models.CharField(max_length=120, blank=True, default="")
    role_en = models.CharField(max_length=120, blank=True, default="")
    bio_es = models.TextField(max_length=1500, blank=True, default="")
    bio_en = models.TextField(max_length=1500, blank=True, default="")
    fields = ArrayField(models.CharField(max_length=60), default=list)
    picture = SiblingKey("oportuno_media.Picture", on_delete=models.SET_NULL, null=True)
    links = models.JSONField(default=list)
    state = models.CharField(max_length=8, choices=ExpertState.choices, default=ExpertState.DRAFT)
    published = models.BooleanField(default=False)
    proposed = models.JSONField(default=dict)
    note = models.CharField(max_length=500, blank=True, default="")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    shown_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "expert"
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "slug"], name="expert_slug"),
            models.UniqueConstraint(fields=["organisation_id", "author"], name="expert_one_an_author"),
            models.CheckConstraint(
                condition=models.Q(published=False) | models.Q(state__in=["approved", "waiting", "returned"]),
                name="expert_published_as_stated",
            ),
        ]
        indexes = [
            models.Index(fields=["name", "id"], name="expert_by_name", condition=models.Q(published=True)),
            models.Index(fields=["changed_at", "id"], name="expert_waiting", condition=models.Q(state="waiting")),
        ]

    def __str__(self) -> str:
        return self.name


class PointKind(models.TextChoices):
    """What is declared. What the market knows by itself is no row: it is worked out when it is shown."""

    STUDY = "study", _("Studies")
    CERTIFICATE = "certificate", _("Certificate")
    AWARD = "award", _("Award")
    TALK = "talk", _("Talk")
    GUEST_POST = "guest_post", _("Article published elsewhere")
    BOOK = "book", _("Book or chapter")
    VIDEO = "video", _("Video")
    PRESS = "press", _("Interview or mention in the press")
    PROFILE = "profile", _("Profile elsewhere")


class PointState(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("credibility", "Waiting for the market")
    APPROVED = "approved", pgettext_lazy("credibility", "On show")
    DECLINED = "declined", pgettext_lazy("credibility", "Declined")


class Point(PrivateModel):
    """One reason to believe an expert: what, by whom, when, and where anybody can look it up. Without a source there is no row.

    `address` begins with https; `document` is a thing of the library. `missed` counts the nights in a row on which the address did not
    answer; `gone_at` says since when it is marked so.
    """

    expert = SiblingKey(Expert, on_delete=models.CASCADE)
    kind = models.CharField(max_length=12, choices=PointKind.choices)
    title = models.CharField(max_length=200)
    issuer = models.CharField(max_length=160)
    on = models.DateField()
    address = models.CharField(max_length=1000, blank=True, default="")
    document = SiblingKey("oportuno_media.Item", on_delete=models.CASCADE, null=True)
    state = models.CharField(max_length=8, choices=PointState.choices, default=PointState.WAITING)
    published = models.BooleanField(default=False)
    reason = models.CharField(max_length=500, blank=True, default="")
    created_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True)
    checked_by_name = models.CharField(max_length=120, blank=True, default="")
    looked_at = models.DateTimeField(null=True)
    missed = models.PositiveSmallIntegerField(default=0)
    gone_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "expert_point"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(address__startswith="https://") | (models.Q(address="") & models.Q(document__isnull=False)),
                name="expert_point_has_source",
            ),
            models.CheckConstraint(
                condition=models.Q(published=False) | models.Q(state="approved"), name="expert_point_published_as_stated"
            ),
            models.CheckConstraint(condition=~models.Q(state="declined") | ~models.Q(reason=""), name="expert_point_declined_why"),
        ]
        indexes = [
            models.Index(fields=["expert", "-on"], name="expert_point_of"),
            models.Index(fields=["created_at", "id"], name="expert_point_waiting", condition=models.Q(state="waiting")),
            models.Index(fields=["looked_at"], name="expert_point_to_look", condition=models.Q(state="approved") & ~models.Q(address="")),
        ]

    def __str__(self) -> str:
        return self.title
