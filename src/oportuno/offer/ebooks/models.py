"""Books, and what was made of them."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import pgettext_lazy

from oportuno.kernel.isolation import PrivateModel, SiblingKey


class Language(models.TextChoices):
    SPANISH = "es", pgettext_lazy("book", "Spanish")
    ENGLISH = "en", pgettext_lazy("book", "English")


class Book(PrivateModel):
    """A choice of articles in an order; a row of the operator's. `published`: anybody finds it.

    `articles` are public numbers of the knowledge centre. `colours` names one of those that the vertical has. `current` is the number of
    the edition that is handed out, 0 before the first. `version` grows with each change; editions remember theirs.
    """

    slug = models.SlugField(max_length=60)
    published = models.BooleanField(default=False)
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.SPANISH)
    title = models.CharField(max_length=140)
    subtitle = models.CharField(max_length=200, blank=True, default="")
    line = models.CharField(max_length=400, blank=True, default="")
    introduction = models.JSONField(default=dict, blank=True)
    articles = ArrayField(models.PositiveIntegerField(), default=list)
    colours = models.CharField(max_length=20, default="brand")
    with_words = models.BooleanField(default=True)
    current = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    changed_by_id = models.UUIDField(null=True)
    changed_at = models.DateTimeField()
    created_at = models.DateTimeField()
    shown_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "ebook"
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "slug"], name="ebook_slug"),
            models.CheckConstraint(condition=models.Q(published=False) | models.Q(current__gt=0), name="ebook_shown_made"),
        ]
        indexes = [
            models.Index(fields=["slug"], name="ebook_address"),
            models.Index(fields=["-shown_at", "-id"], name="ebook_shelf", condition=models.Q(published=True)),
        ]

    def __str__(self) -> str:
        return self.title


class State(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("edition", "Waiting its turn")
    MAKING = "making", pgettext_lazy("edition", "Being made")
    READY = "ready", pgettext_lazy("edition", "Ready")
    FAILED = "failed", pgettext_lazy("edition", "Could not be made")


class Edition(PrivateModel):
    """What was made of a book at one time. `published` as its book, for the current one and those before it.

    `sources`: [{"number", "version", "title", "organisation"}] of what is in it; `of_version` the book's. `document` is media's.
    """

    book = SiblingKey(Book, on_delete=models.CASCADE)
    number = models.PositiveIntegerField()
    published = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    of_version = models.PositiveIntegerField(default=0)
    sources = models.JSONField(default=list)
    document_id = models.UUIDField(null=True)
    size = models.PositiveIntegerField(default=0)
    pages = models.PositiveIntegerField(default=0)
    reason = models.CharField(max_length=300, blank=True, default="")
    by_id = models.UUIDField(null=True)
    asked_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "ebook_edition"
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "book", "number"], name="ebook_edition_number"),
            models.CheckConstraint(condition=models.Q(published=False) | models.Q(state="ready"), name="ebook_edition_shown_ready"),
            models.CheckConstraint(
                condition=~models.Q(state="ready") | models.Q(document_id__isnull=False, made_at__isnull=False), name="ebook_edition_made"
            ),
        ]

    @property
    def is_going_on(self) -> bool:
        return self.state in (State.WAITING, State.MAKING)
