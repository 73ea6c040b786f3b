"""What readers would like to read."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy

from oportuno.kernel.isolation import PrivateModel, SiblingKey
from oportuno.offer.sites.models.entries import Entry


class TopicState(models.TextChoices):
    """Where a request stands. Waiting: for a decision of the team; open: readers vote for it."""

    WAITING = "waiting", pgettext_lazy("topic", "Waiting for a decision")
    OPEN = "open", pgettext_lazy("topic", "In the backlog")
    WRITING = "writing", pgettext_lazy("topic", "Being written")
    WRITTEN = "written", pgettext_lazy("topic", "Written")
    DECLINED = "declined", pgettext_lazy("topic", "Declined")


SHOWN_TOPICS = (TopicState.OPEN, TopicState.WRITING, TopicState.WRITTEN)


class Topic(PrivateModel):
    """A topic that somebody asked for. `key` is its title without accents or capitals: asked for twice, it is one.

    `votes` counts who asked for it and who wants it too. `entry` is what is written about it. `published`: SHOWN_TOPICS, and its site is.
    """

    title = models.CharField(max_length=160)
    key = models.CharField(max_length=160, db_collation="C")
    details = models.CharField(max_length=1000, blank=True, default="")
    state = models.CharField(max_length=8, choices=TopicState.choices, default=TopicState.WAITING)
    votes = models.PositiveIntegerField(default=0)
    entry = SiblingKey(Entry, on_delete=models.SET_NULL, null=True)
    published = models.BooleanField(default=False)
    at = models.DateTimeField()
    written_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "site_topic"
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "key"], name="site_topic_once"),
            models.CheckConstraint(
                condition=models.Q(published=False) | models.Q(state__in=SHOWN_TOPICS), name="site_topic_published_as_stated"
            ),
        ]
        indexes = [
            models.Index(fields=["organisation_id", "state", "-votes", "-id"], name="site_topic_backlog"),
            models.Index(fields=["entry"], condition=models.Q(entry__isnull=False), name="site_topic_entry"),
        ]

    def __str__(self) -> str:
        return self.title


class TopicVote(PrivateModel):
    """One reader wants it too. `voter` as of UsefulVote."""

    topic = SiblingKey(Topic, on_delete=models.CASCADE)
    voter = models.CharField(max_length=64, db_collation="C")
    at = models.DateTimeField()

    class Meta:
        db_table = "site_topic_vote"
        constraints = [models.UniqueConstraint(fields=["organisation_id", "topic", "voter"], name="site_topic_vote_once")]


class TopicAsker(PrivateModel):
    """Who wants to hear when it is written, if he agreed; `told_at` when he was."""

    topic = SiblingKey(Topic, on_delete=models.CASCADE)
    contact_id = models.UUIDField()
    email = models.CharField(max_length=254)
    language = models.CharField(max_length=8)
    at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "site_topic_asker"
        constraints = [models.UniqueConstraint(fields=["organisation_id", "topic", "contact_id"], name="site_topic_asker_once")]
        indexes = [models.Index(fields=["contact_id"], name="site_topic_asker_contact")]
