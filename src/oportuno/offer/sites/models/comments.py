"""What readers say below a post."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oportuno.kernel.isolation import PrivateModel, SiblingKey
from oportuno.offer.sites.models.entries import Entry
from oportuno.offer.sites.models.people import Author


class CommentState(models.TextChoices):
    """Whether anybody may read it."""

    WAITING = "waiting", pgettext_lazy("comment", "Waiting for a decision")
    APPROVED = "approved", pgettext_lazy("comment", "Shown")
    SPAM = "spam", _("Spam")
    TRASHED = "trashed", pgettext_lazy("comment", "In the bin")


class Comment(PrivateModel):
    """Words of a reader, plain text, perhaps in answer to another's (`parent`).

    `address` is the writer's own site. `kind` is "comment", or "pingback" and "trackback" of other sites. `author`: one of the team
    wrote it. `published`: approved, and its post is seen. `origin` as of entries. Who else wrote it is a CommentSender.
    """

    entry = SiblingKey(Entry, on_delete=models.CASCADE)
    parent = SiblingKey("self", on_delete=models.SET_NULL, null=True)
    author = SiblingKey(Author, on_delete=models.SET_NULL, null=True)
    kind = models.CharField(max_length=20, default="comment")
    name = models.CharField(max_length=120)
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
            models.Index(fields=["organisation_id", "state", "-at", "-id"], name="site_comment_queue"),
            models.Index(fields=["person_id"], condition=models.Q(person_id__isnull=False), name="site_comment_person"),
        ]


class CommentSender(PrivateModel):
    """What only the team knows of who wrote a comment: in a table of its own, which the public's role of the database does not read.

    `follows`: he asked to hear of replies. `words` is a digest of what he wrote, `signs` what made the guard suspicious.
    """

    comment = SiblingKey(Comment, on_delete=models.CASCADE)
    email = models.CharField(max_length=254, blank=True, default="")
    contact_id = models.UUIDField(null=True)
    follows = models.BooleanField(default=False)
    language = models.CharField(max_length=8, blank=True, default="")
    words = models.CharField(max_length=64, blank=True, default="", db_collation="C")
    signs = ArrayField(models.CharField(max_length=20), default=list)

    class Meta:
        db_table = "site_comment_sender"
        constraints = [models.UniqueConstraint(fields=["organisation_id", "comment"], name="site_comment_sender_once")]
        indexes = [
            models.Index(fields=["organisation_id", "words"], name="site_comment_sender_words"),
            models.Index(fields=["email"], condition=~models.Q(email=""), name="site_comment_sender_email"),
            models.Index(fields=["contact_id"], condition=models.Q(contact_id__isnull=False), name="site_comment_sender_contact"),
        ]


class Decision(PrivateModel):
    """What a member decided of comments (or of topics) at once, so that it can be undone. `changes`: {id: state before}."""

    of = models.CharField(max_length=8)
    state = models.CharField(max_length=8)
    changes = models.JSONField()
    count = models.PositiveIntegerField()
    by_id = models.UUIDField()
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "site_decision"
        indexes = [models.Index(fields=["organisation_id", "of", "-id"], name="site_decision_latest")]
