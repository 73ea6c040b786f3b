"""What readers did with a bulletin, and how many of each there are."""

from __future__ import annotations

from django.db import models

from oportuno.kernel.isolation import PrivateModel, SiblingKey
from oportuno.people.messaging.models.messages import MailFrame, Message


class MailLink(PrivateModel):
    """An address that a bulletin leads to. Its number is its place in the bulletin; 0 is the one that only machines see."""

    frame = SiblingKey(MailFrame)
    number = models.SmallIntegerField()
    address = models.CharField(max_length=2000)

    class Meta:
        db_table = "mail_link"
        constraints = [models.UniqueConstraint(fields=["frame", "number", "organisation_id"], name="mail_link_once")]


class MailVisit(PrivateModel):
    """Somebody or something fetched a picture or followed a link; it waits some seconds to be judged together with its neighbours.

    No `link` is the picture. `why` is what it shows by itself of being a machine, if anything.
    """

    message = SiblingKey(Message)
    link = SiblingKey(MailLink, null=True, blank=True)
    why = models.CharField(max_length=20, blank=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "mail_visit"
        indexes = [models.Index(fields=["at"], name="mail_visit_waiting")]


class MailOutcome(PrivateModel):
    """What became of one mail of a bulletin, each the first time. `hard`: its address does not exist, said at once or later."""

    message = SiblingKey(Message, db_index=False)
    frame = SiblingKey(MailFrame, db_index=False)
    opened_at = models.DateTimeField(null=True, blank=True)
    machine_opened_at = models.DateTimeField(null=True, blank=True)
    clicked_at = models.DateTimeField(null=True, blank=True)
    machine_clicked_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    bounced_at = models.DateTimeField(null=True, blank=True)
    complained_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    hard = models.BooleanField(default=False)

    class Meta:
        db_table = "mail_outcome"
        constraints = [models.UniqueConstraint(fields=["message", "organisation_id"], name="mail_outcome_once")]


class MailClick(PrivateModel):
    """Who of a bulletin's readers followed which link, the first time, a person and machines apart."""

    message = SiblingKey(Message, db_index=False)
    link = SiblingKey(MailLink)
    frame = SiblingKey(MailFrame, db_index=False)
    number = models.SmallIntegerField()
    person_at = models.DateTimeField(null=True, blank=True)
    machine_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "mail_click"
        constraints = [models.UniqueConstraint(fields=["message", "link", "organisation_id"], name="mail_click_once")]


class MailTally(PrivateModel):
    """How many messages of a bulletin are in a state, or had an outcome: the sum of `n` of all its rows.

    Triggers of the database add a row for each statement that moves some, in its transaction; nobody waits for anybody, for no row is
    changed. `what` is a state, an outcome's name, `link 3` or `machine 3`.
    """

    frame = SiblingKey(MailFrame, db_index=False)
    what = models.CharField(max_length=24, db_collation="C")
    n = models.IntegerField()

    class Meta:
        db_table = "mail_tally"
        indexes = [models.Index(fields=["organisation_id", "frame", "what"], include=["n"], name="mail_tally_of")]
