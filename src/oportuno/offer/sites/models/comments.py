"""What readers say below a post."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oportuno.kernel.isolation import PrivateModel, SiblingKey
from oportuno.offer.sites.models.entries import Entry


class CommentState(models.TextChoices):
    """Whether anybody may read it."""

    WAITING = "waiting", pgettext_lazy("comment", "Waiting for a decision")
    APPROVED = "approved", pgettext_lazy("comment", "Shown")
    SPAM = "spam", _("Spam")
    TRASHED = "trashed", pgettext_lazy("comment", "In the bin")


class Comment(PrivateModel):
    """Words of a reader, plain text, perhaps in answer to another's (`parent`).

    `email` is never shown; `address` is the writer's own site. `kind` is "comment", or "pingback" and "trackback" of other sites.
    `published`: approved, and its post is seen. `origin` as of entries.
    """

    entry = SiblingKey(Entry, on_delete=models.CASCADE)
    parent = SiblingKey("self", on_delete=models.SET_NULL, null=True)
    kind = models.CharField(max_length=20, default="comment")
    name = models.CharField(max_length=120)
    email = models.CharField(max_length=254, blank=True, default="")
    address = models.CharField(max_length=500, blank=True, default="")
    text = models.TextField(max_length=20_000)
    state = models.CharField(max_length=8, choices=CommentState.choices, default=CommentState.WAITING)
    published = models.BooleanField(default=False)
    person_id = models.UUIDField(null=True)
    origin = models.CharField(max_length=200, blank=True, default="")
    at = models.DateTimeField()

    class Meta:
        db_table = "site_comment"
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "origin"], condition=~models.Q(origin=""), name="site_comment_brought_once"),
            models.CheckConstraint(
                condition=models.Q(published=False) | models.Q(state="approved"), name="site_comment_published_as_stated"
            ),
        ]
        indexes = [
            models.Index(fields=["entry", "at", "id"], name="site_comment_of_entry"),
            models.Index(fields=["organisation_id", "-at", "-id"], name="site_comment_desk"),
        ]
