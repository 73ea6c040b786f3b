"""Messages to people: the intent first, then what became of it."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oportuno.kernel.isolation import PrivateModel, SiblingKey


class Purpose(models.TextChoices):
    """Why we write. Only marketing asks for consent and carries a way out; the law looks at nothing else."""

    TRANSACTIONAL = "transactional", _("Asked for by its reader")
    SERVICE = "service", _("About a service in use")
    MARKETING = "marketing", _("Marketing")


class Channel(models.TextChoices):
    EMAIL = "email", pgettext_lazy("channel", "Mail")
    SMS = "sms", pgettext_lazy("channel", "Text message")


class State(models.TextChoices):
    QUEUED = "queued", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")
    SUPPRESSED = "suppressed", _("Held back")
    UNCLEAR = "unclear", _("Perhaps sent")


class MailFrame(PrivateModel):
    """What is the same in every mail of a bulletin: its words with `{{ fields }}`. Each reader's mail is a Message that names it.

    `track`: its addresses are printed as ones of ours, below `origin`. `stopped_why` is a word for why it stands still: empty by a
    member's hand, else the guard that stopped it. `pardoned` are the counts from before a member let it go on all the same.
    `waits_why` is the daily cap that it waits for, if any: it goes on by itself. `cancelled`: who does not have it gets it no more.
    """

    channel = models.CharField(max_length=8, choices=Channel.choices, default=Channel.EMAIL)
    purpose = models.CharField(max_length=14, choices=Purpose.choices)
    agreed_to = models.CharField(max_length=12, blank=True)
    language = models.CharField(max_length=8)
    from_name = models.CharField(max_length=160)
    reply_to = models.CharField(max_length=254, blank=True, default="")
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField()
    track = models.BooleanField(default=False)
    origin = models.CharField(max_length=300, blank=True)
    stopped = models.BooleanField(default=False)
    cancelled = models.BooleanField(default=False)
    stopped_why = models.CharField(max_length=20, blank=True)
    pardoned = models.JSONField(default=dict, blank=True)
    waits_why = models.CharField(max_length=20, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "mail_frame"
        indexes = [models.Index(fields=["organisation_id", "-created_at"], name="mail_frame_latest")]


class Message(PrivateModel):
    """One message to one address. `key` is the sender's own name for it: the same key is never sent twice.

    Its Message-ID is made from its id, so that every try of it is the same message. `secret` ones (links that sign
    in or confirm) lose their text once they are sent. `tries_unclear` counts tries whose end nobody saw.
    Of a bulletin's mail only the reader's `fields` stand here; the words stand in its `frame`.
    `to_address` of a text message is a number in E.164, and `parts` what it costs; `reference` is the gateway's name for it.
    `bound` ones wait for the hours that the law of `country` allows, in the reader's `zones` (the number's, when empty).
    """

    key = models.CharField(max_length=200)
    channel = models.CharField(max_length=8, choices=Channel.choices, default=Channel.EMAIL)
    purpose = models.CharField(max_length=14, choices=Purpose.choices)
    to_address = models.CharField(max_length=254)
    to_name = models.CharField(max_length=160, blank=True)
    from_name = models.CharField(max_length=160, blank=True)
    contact = SiblingKey("oportuno_audience.Contact", null=True, blank=True)
    frame = SiblingKey(MailFrame, null=True, blank=True, db_index=False)
    fields = models.JSONField(default=dict, blank=True)
    template = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=8)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField(blank=True)
    way_out = models.CharField(max_length=400, blank=True)
    agreed_to = models.CharField(max_length=12, blank=True)
    secret = models.BooleanField(default=False)
    bound = models.BooleanField(default=False)
    country = models.CharField(max_length=2, blank=True)
    zones = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    parts = models.SmallIntegerField(default=0)
    reference = models.CharField(max_length=120, blank=True, db_collation="C")
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    tries = models.SmallIntegerField(default=0)
    tries_unclear = models.SmallIntegerField(default=0)
    told = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField()
    next_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "message"
        constraints = [models.UniqueConstraint(fields=["organisation_id", "key"], name="message_once")]
        indexes = [
            models.Index(fields=["organisation_id", "-created_at", "-id"], name="message_latest"),
            models.Index(fields=["next_at"], condition=models.Q(state__in=["queued", "sending"]), name="message_waiting"),
            models.Index(fields=["frame", "state", "id"], condition=models.Q(frame__isnull=False), name="message_of_frame"),
            models.Index(fields=["reference"], condition=~models.Q(reference=""), name="message_reference"),
            models.Index(fields=["organisation_id", "contact", "-sent_at"], condition=models.Q(bound=True), name="message_advertising"),
        ]


class Scope(models.TextChoices):
    ALL = "all", _("Everything")
    MARKETING = "marketing", _("Marketing")


class Suppression(PrivateModel):
    """An address that this organisation must not write to, and why. No import brings it back."""

    channel = models.CharField(max_length=8, default="email")
    key = models.CharField(max_length=254, db_collation="C")
    scope = models.CharField(max_length=10, choices=Scope.choices)
    reason = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta:
        db_table = "suppression"
        constraints = [models.UniqueConstraint(fields=["organisation_id", "channel", "key", "scope"], name="suppression_once")]


class StrangerMail(models.Model):
    """What the whole market lately sent to an address that nobody has proved to be his: threat T20 is counted here.

    The address itself does not stand here, only its keyed digest. `mails` are [moment, organisation], newest last.
    """

    address_digest = models.CharField(max_length=64, primary_key=True, db_collation="C")
    mails = models.JSONField(default=list)

    class Meta:
        db_table = "stranger_mail"


class Letterhead(PrivateModel):
    """What an organisation writes under its mails: where it can be reached by post."""

    postal = models.CharField(max_length=200)

    class Meta:
        db_table = "letterhead"
        constraints = [models.UniqueConstraint(fields=["organisation_id"], name="letterhead_once")]


class SendingRules(PrivateModel):
    """What an organisation allows itself. `caps_advertising`: one contact a day and one channel a week, as Ley 2300 asks of

    collectors; whether advertising is meant is not settled. `countries`: where texts may go besides its own.
    `tracks`: whether it wants to know who opens its bulletins. Its caps of marketing by mail are off at 0.
    """

    texts_a_day = models.IntegerField(default=500)
    countries = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    caps_advertising = models.BooleanField(default=False)
    tracks = models.BooleanField(default=True)
    mails_a_day = models.IntegerField(default=0)
    mails_to_one_a_day = models.SmallIntegerField(default=0)
    mails_to_one_a_week = models.SmallIntegerField(default=0)

    class Meta:
        db_table = "sending_rules"
        constraints = [models.UniqueConstraint(fields=["organisation_id"], name="sending_rules_once")]


class TextCount(models.Model):
    """How many texts went to a number, a block of numbers, a country, or out of an organisation, in an hour or a day (threat T17).

    `key` holds no number: only its keyed digest.
    """

    key = models.CharField(max_length=100, primary_key=True, db_collation="C")
    count = models.IntegerField(default=0)
    until = models.DateTimeField()

    class Meta:
        db_table = "text_count"
        indexes = [models.Index(fields=["until"], name="text_count_until")]


class ExcludedNumber(models.Model):
    """A number whose owner told the state that he wants no advertising. Only its keyed digest stands here, for the whole market."""

    digest = models.CharField(max_length=64, primary_key=True, db_collation="C")
    at = models.DateTimeField()

    class Meta:
        db_table = "excluded_number"


class Effect(models.TextChoices):
    """What a mail that came in did."""

    SUPPRESSED = "suppressed", _("Nobody writes there any more")
    COUNTED = "counted", _("Counted")
    SHOWN = "shown", _("To be read")
    UNPROVED = "unproved", _("Not believed")


class Incoming(PrivateModel):
    """A mail that came back or came in, and what it did. It is the market operator's where it is about no mail of ours.

    `digest` is the whole mail's, so that taking it twice is once. `proved`: it came to the return path of `message`, which
    only its relays and readers know; others suppress nobody.
    `forgiven`: it counts against its address no more, for a member released that.
    """

    digest = models.CharField(max_length=64, db_collation="C")
    kind = models.CharField(max_length=10)
    message = SiblingKey(Message, null=True, blank=True)
    sender = models.CharField(max_length=254, blank=True)
    subject = models.CharField(max_length=300, blank=True)
    recipient = models.CharField(max_length=254, blank=True, db_collation="C")
    hard = models.BooleanField(default=False)
    delayed = models.BooleanField(default=False)
    status = models.CharField(max_length=16, blank=True)
    reason = models.CharField(max_length=40, blank=True)
    told = models.CharField(max_length=300, blank=True)
    reply = models.TextField(blank=True)
    proved = models.BooleanField(default=False)
    forgiven = models.BooleanField(default=False)
    effect = models.CharField(max_length=12, choices=Effect.choices)
    at = models.DateTimeField()

    class Meta:
        db_table = "incoming_mail"
        constraints = [models.UniqueConstraint(fields=["organisation_id", "digest"], name="incoming_mail_once")]
        indexes = [
            models.Index(fields=["organisation_id", "-at", "-id"], name="incoming_mail_latest"),
            models.Index(fields=["organisation_id", "recipient", "-at"], name="incoming_mail_about"),
        ]
