"""Articles and cases as lists show them, and the subjects they are filed under."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oportuno.kernel.isolation import PrivateModel, SiblingKey


class Kind(models.TextChoices):
    ARTICLE = "article", pgettext_lazy("knowledge", "Article")
    CASE = "case", pgettext_lazy("knowledge", "Case")


class State(models.TextChoices):
    """What the public sees: nothing yet, the newest version, or that it was withdrawn."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", pgettext_lazy("article", "Published")
    WITHDRAWN = "withdrawn", pgettext_lazy("article", "Withdrawn")


class Review(models.TextChoices):
    """Where a seller's draft stands with the market's staff."""

    NONE = "", pgettext_lazy("review", "Not handed in")
    WAITING = "waiting", pgettext_lazy("review", "Waiting for the market")
    CHANGES = "changes", pgettext_lazy("review", "Changes asked for")
    DECLINED = "declined", pgettext_lazy("review", "Declined")


class Category(models.Model):
    """A subject of the knowledge centre. Public as a whole."""

    slug = models.SlugField(max_length=60, unique=True)
    title_es = models.CharField(max_length=80)
    title_en = models.CharField(max_length=80)
    line_es = models.CharField(max_length=200, blank=True, default="")
    line_en = models.CharField(max_length=200, blank=True, default="")
    icon = models.CharField(max_length=40, default="book")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        db_table = "knowledge_category"

    def __str__(self) -> str:
        return self.title_es


class Article(PrivateModel):
    """What lists show: of the newest version once there is one, before that of the draft.

    `number` is its public number for ever, given at its first publication one row of numbers for the whole market. `live` is the number of the
    version on show, 0 for none. `of_market`: it is the operator's own, and needs no review. `words_*`: how many the text of a language has.
    `authors`: those who have a page in their organisation's site. `about_seller`: the organisation that a case tells of.
    `persona`, `stage`: for which typical buyer, at which stage of her way, as its draft says. `slug_before`: addresses that it had in other forms.
    """

    kind = models.CharField(max_length=7, choices=Kind.choices)
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT)
    review = models.CharField(max_length=8, choices=Review.choices, blank=True, default=Review.NONE)
    published = models.BooleanField(default=False)
    of_market = models.BooleanField(default=False)
    number = models.PositiveIntegerField(null=True)
    slug = models.SlugField(max_length=120, blank=True, default="")
    slug_before = models.SlugField(max_length=120, blank=True, default="")
    title_es = models.CharField(max_length=200, blank=True, default="")
    title_en = models.CharField(max_length=200, blank=True, default="")
    summary_es = models.CharField(max_length=600, blank=True, default="")
    summary_en = models.CharField(max_length=600, blank=True, default="")
    words_es = models.PositiveIntegerField(default=0)
    words_en = models.PositiveIntegerField(default=0)
    byline = models.CharField(max_length=300, blank=True, default="")
    categories = ArrayField(models.SlugField(max_length=60), default=list)
    tags = ArrayField(models.CharField(max_length=50), default=list)
    sector = models.SlugField(max_length=60, blank=True, default="")
    persona = models.SlugField(max_length=60, blank=True, default="", db_default="")
    stage = models.SlugField(max_length=20, blank=True, default="", db_default="")
    authors = ArrayField(models.UUIDField(), default=list)
    about_seller = models.IntegerField(null=True)
    cited = models.PositiveSmallIntegerField(default=0)
    picture = SiblingKey("oportuno_media.Picture", on_delete=models.SET_NULL, null=True)
    live = models.PositiveIntegerField(default=0)
    created_by_id = models.UUIDField(null=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    first_published_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_why = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        db_table = "knowledge_article"
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "number"], name="knowledge_article_number"),
            models.CheckConstraint(
                condition=models.Q(published=False) | ~models.Q(state="draft"), name="knowledge_article_shown_as_stated"
            ),
            models.CheckConstraint(
                condition=models.Q(state="draft") | models.Q(number__isnull=False, live__gt=0, published_at__isnull=False),
                name="knowledge_article_published_whole",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="withdrawn") | (models.Q(withdrawn_at__isnull=False) & ~models.Q(withdrawn_why="")),
                name="knowledge_article_withdrawn_why",
            ),
        ]
        indexes = [
            models.Index(fields=["number"], name="knowledge_article_address"),
            models.Index(fields=["slug_before"], name="knowledge_article_before", condition=~models.Q(slug_before="")),
            models.Index(
                fields=["-first_published_at", "-id"],
                name="knowledge_article_newest",
                condition=models.Q(state="published", published=True),
            ),
            models.Index(
                fields=["kind", "-first_published_at", "-id"],
                name="knowledge_article_kind",
                condition=models.Q(state="published", published=True),
            ),
            models.Index(fields=["organisation_id", "-changed_at", "-id"], name="knowledge_article_desk"),
            models.Index(fields=["changed_at"], name="knowledge_article_waiting", condition=models.Q(review="waiting")),
            GinIndex(fields=["categories"], name="knowledge_article_subjects"),
            GinIndex(fields=["tags"], name="knowledge_article_tags"),
            GinIndex(fields=["authors"], name="knowledge_article_authors"),
        ]

    def __str__(self) -> str:
        return self.title_es or self.title_en
