"""Campaigns, their versions and frames, and bulletins that make themselves."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import pgettext_lazy

from oportuno.kernel.isolation import PrivateModel, SiblingKey


class State(models.TextChoices):
    """Moves as rules.states says; a trigger of the database holds it to that."""

    DRAFT = "draft", pgettext_lazy("campaign", "Draft")
    SCHEDULED = "scheduled", pgettext_lazy("campaign", "Scheduled")
    SENDING = "sending", pgettext_lazy("campaign", "Going out")
    PAUSED = "paused", pgettext_lazy("campaign", "Paused")
    SENT = "sent", pgettext_lazy("campaign", "Sent")
    CANCELLED = "cancelled", pgettext_lazy("campaign", "Cancelled")


class Channel(models.TextChoices):
    EMAIL = "email", pgettext_lazy("campaign", "Mail")
    SMS = "sms", pgettext_lazy("campaign", "Text message")


class Timing(models.TextChoices):
    NOW = "now", pgettext_lazy("campaign", "Now")
    AT = "at", pgettext_lazy("campaign", "At an hour of yours")
    ZONE = "zone", pgettext_lazy("campaign", "At that hour where each reader is")
    BEST = "best", pgettext_lazy("campaign", "At each reader's best hour")


class Phase(models.TextChoices):
    """How far the walk through the audience is. Sample: those on whom versions are tried; held: the others wait for the winner."""

    NONE = "", pgettext_lazy("campaign", "Not begun")
    SAMPLE = "sample", pgettext_lazy("campaign", "Gathering the sample")
    HELD = "held", pgettext_lazy("campaign", "Waiting for the winner")
    REST = "rest", pgettext_lazy("campaign", "Gathering readers")
    DONE = "done", pgettext_lazy("campaign", "Everybody gathered")


class Series(PrivateModel):
    """A bulletin that makes itself of what is new in some sectors, or of the organisation itself, by a rhythm.

    `fits`: each reader gets only what is of the topics he chose, where he chose any. `skipped` are addresses of pieces left out.
    `until`: what is older has been told. `next_at`: when it looks again. `told`: what came of the last time.
    """

    name = models.CharField(max_length=120)
    active = models.BooleanField(default=True)
    sectors = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    kinds = ArrayField(models.CharField(max_length=10), default=list)
    most = models.PositiveSmallIntegerField(default=6)
    fits = models.BooleanField(default=True)
    skipped = ArrayField(models.CharField(max_length=600), default=list, blank=True)
    rhythm = models.CharField(max_length=8, default="week")
    weekday = models.PositiveSmallIntegerField(default=1)
    hour = models.PositiveSmallIntegerField(default=9)
    audience = models.JSONField(default=dict)
    purpose = models.CharField(max_length=12)
    language = models.CharField(max_length=8, default="es-co")
    subject = models.CharField(max_length=200)
    intro = models.CharField(max_length=2000, blank=True, default="")
    sender = models.CharField(max_length=80, blank=True, default="")
    reply_to = models.CharField(max_length=254, blank=True, default="")
    until = models.DateTimeField()
    next_at = models.DateTimeField()
    told = models.CharField(max_length=20, blank=True, default="")
    told_at = models.DateTimeField(null=True)
    created_by_id = models.UUIDField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "campaign_series"
        constraints = [
            models.CheckConstraint(condition=models.Q(most__gte=1, most__lte=20), name="campaign_series_most"),
            models.CheckConstraint(condition=models.Q(weekday__lte=6, hour__lte=23), name="campaign_series_hour"),
        ]
        indexes = [models.Index(fields=["next_at"], condition=models.Q(active=True), name="campaign_series_due")]

    def __str__(self) -> str:
        return self.name


class Campaign(PrivateModel):
    """One bulletin. `audience` is {"segments": [ids], "minus": [ids]}; without segments everybody who agreed to `purpose`.

    `when` is the hour that was chosen (None: now), `starts_at` when its walk begins. `test` is {"share", "rule", "hours"}, or empty.
    The walk: `phase`, then part number `walk_part` after the contact `walk_after`; `slot_at` and `slots` are the throttle's.
    `gathered` have a message, `held` wait for the winner, `unreached` were in the audience but cannot be written to.
    `unfit` were left out because nothing of it is for them. What a reader does within `counted_days` of following a link is its result.
    `links` are addresses to what came of asking them. `revision` counts hands: it grows when another person writes, `written_by_id`.
    """

    name = models.CharField(max_length=120)
    channel = models.CharField(max_length=8, choices=Channel.choices, default=Channel.EMAIL)
    language = models.CharField(max_length=8, default="es-co")
    purpose = models.CharField(max_length=12)
    reply_to = models.CharField(max_length=254, blank=True, default="")
    audience = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    timing = models.CharField(max_length=5, choices=Timing.choices, default=Timing.NOW)
    when = models.DateTimeField(null=True)
    starts_at = models.DateTimeField(null=True)
    per_hour = models.PositiveIntegerField(null=True)
    test = models.JSONField(default=dict)
    phase = models.CharField(max_length=6, choices=Phase.choices, default=Phase.NONE, blank=True)
    walk_part = models.PositiveSmallIntegerField(default=0)
    walk_after = models.UUIDField(null=True)
    slot_at = models.DateTimeField(null=True)
    slots = models.JSONField(default=dict)
    usual_hour = models.PositiveSmallIntegerField(default=10)
    gathered = models.PositiveIntegerField(default=0)
    held = models.PositiveIntegerField(default=0)
    unreached = models.PositiveIntegerField(default=0)
    unfit = models.PositiveIntegerField(default=0)
    counted_days = models.PositiveSmallIntegerField(default=7)
    winner = models.CharField(max_length=1, blank=True, default="")
    winner_why = models.CharField(max_length=8, blank=True, default="")
    decides_at = models.DateTimeField(null=True)
    links = models.JSONField(default=dict)
    links_at = models.DateTimeField(null=True)
    series = SiblingKey(Series, models.SET_NULL, null=True)
    revision = models.PositiveIntegerField(default=1)
    written_by_id = models.UUIDField(null=True)
    created_by_id = models.UUIDField(null=True)
    created_by_name = models.CharField(max_length=120, blank=True, default="")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "campaign"
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="scheduled") | models.Q(starts_at__isnull=False), name="campaign_scheduled_when"
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["sending", "paused", "sent"]) | models.Q(started_at__isnull=False),
                name="campaign_started_when",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["sent", "cancelled"]) | models.Q(ended_at__isnull=False), name="campaign_ended_when"
            ),
            models.CheckConstraint(condition=~models.Q(state="sent") | models.Q(phase="done"), name="campaign_sent_whole"),
        ]
        indexes = [
            models.Index(fields=["organisation_id", "-created_at", "-id"], name="campaign_latest"),
            models.Index(fields=["starts_at"], condition=models.Q(state="scheduled"), name="campaign_due"),
            models.Index(fields=["decides_at"], condition=models.Q(phase="held", state="sending"), name="campaign_undecided"),
            models.Index(fields=["id"], condition=models.Q(state="sending"), name="campaign_going_out"),
        ]

    def __str__(self) -> str:
        return self.name


class Version(PrivateModel):
    """What is sent: `a` always, up to `d` where several are tried. `text` is a text message's, `document` a mail's."""

    campaign = SiblingKey(Campaign, models.CASCADE)
    key = models.CharField(max_length=1)
    subject = models.CharField(max_length=300, blank=True, default="")
    preheader = models.CharField(max_length=200, blank=True, default="")
    sender = models.CharField(max_length=80, blank=True, default="")
    document = models.JSONField(default=dict)
    text = models.CharField(max_length=1600, blank=True, default="")

    class Meta:
        db_table = "campaign_version"
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "campaign", "key"], name="campaign_version_once"),
            models.CheckConstraint(condition=models.Q(key__in=["a", "b", "c", "d"]), name="campaign_version_key"),
        ]


class CampaignFrame(PrivateModel):
    """The frame of messaging for one version, one part of the audience and one sort of readers (which conditions hold, as bits)."""

    campaign = SiblingKey(Campaign, models.CASCADE)
    version = models.CharField(max_length=1)
    part = models.PositiveSmallIntegerField()
    mask = models.PositiveSmallIntegerField()
    trial = models.BooleanField(default=False)
    frame_id = models.UUIDField()

    class Meta:
        db_table = "campaign_frame"
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "campaign", "version", "part", "mask", "trial"], name="campaign_frame_once"),
            models.UniqueConstraint(fields=["organisation_id", "frame_id"], name="campaign_frame_of"),
        ]
