"""Consent as evidence, and where each contact stands because of it."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from oportuno.kernel.isolation import PrivateModel, SiblingKey
from oportuno.people.audience.models.contact import Contact


class Channel(models.TextChoices):
    EMAIL = "email", _("E-mail")
    SMS = "sms", _("SMS")
    PHONE = "phone", _("Phone call")


class Purpose(models.TextChoices):
    """What somebody may be written to for, or his data kept for. Each is agreed to apart."""

    BULLETIN = "bulletin", _("Bulletin")
    ANSWER = "answer", _("Answer to a question")
    OFFERS = "offers", _("Offers")
    REPLIES = "replies", _("Replies to a comment")
    TOPICS = "topics", _("News of a topic asked for")


class Deed(models.TextChoices):
    """What a row of evidence tells."""

    ASKED = "asked", _("Asked for it, not confirmed yet")
    GIVEN = "given", _("Agreed")
    CONFIRMED = "confirmed", _("Confirmed by the link in the mail")
    WITHDRAWN = "withdrawn", _("Withdrew")


class Standing(models.TextChoices):
    """Where a contact stands with a purpose now."""

    PENDING = "pending", _("Waiting for confirmation")
    GIVEN = "given", _("Agreed")
    WITHDRAWN = "withdrawn", _("Withdrew")


class ConsentText(models.Model):
    """One version of the words people agree to. Never changed: new words are a new version.

    Shared by the whole market when `organisation_id` is None. Public by nature: it is shown in forms.
    """

    organisation_id = models.IntegerField(null=True, blank=True)
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    version = models.CharField(max_length=20)
    words_es = models.TextField()
    words_en = models.TextField()
    since = models.DateTimeField()

    class Meta:
        db_table = "consent_text"
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "purpose", "version"], nulls_distinct=False, name="consent_text_version")
        ]


class Consent(PrivateModel):
    """One piece of evidence; rows are added, never changed (a trigger of the database sees to it).

    `words` are those that were shown, in `language`. `address` and `agent` are the request's.
    `answers` is the row this one follows: the request that a confirmation confirms.
    """

    contact = SiblingKey(Contact, db_index=False)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    topics = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    deed = models.CharField(max_length=10, choices=Deed.choices)
    how = models.CharField(max_length=40)
    words = models.TextField(blank=True)
    version = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=8, blank=True)
    address = models.GenericIPAddressField(null=True, blank=True)
    agent = models.CharField(max_length=300, blank=True)
    identity_key = models.CharField(max_length=400, blank=True)
    token_digest = models.BinaryField(null=True, blank=True)
    answers = SiblingKey("self", null=True, blank=True, db_index=False)
    by_id = models.UUIDField(null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "consent"
        indexes = [models.Index(fields=["contact", "at"], name="consent_of_contact")]


class ConsentState(PrivateModel):
    """Where a contact stands now: what sending looks at. Follows from the evidence, written in its transaction."""

    contact = SiblingKey(Contact, db_index=False)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    topics = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    standing = models.CharField(max_length=10, choices=Standing.choices)
    since = models.DateTimeField()
    evidence = SiblingKey(Consent, db_index=False)
    person_id = models.UUIDField(null=True, blank=True)

    class Meta:
        db_table = "consent_state"
        constraints = [models.UniqueConstraint(fields=["contact", "channel", "purpose"], name="consent_state_once")]
        indexes = [
            models.Index(fields=["organisation_id", "purpose", "channel", "standing", "contact"], name="consent_state_reach"),
            models.Index(fields=["person_id"], condition=models.Q(person_id__isnull=False), name="consent_state_person"),
        ]


class Confirmation(PrivateModel):
    """A link in somebody's mail that proves the address. We keep only the token's digest; it works once, seven days.

    `asked` lists the evidence that it confirms.
    """

    contact = SiblingKey(Contact, db_index=False)
    identity_key = models.CharField(max_length=254)
    token_digest = models.BinaryField(unique=True)
    asked = ArrayField(models.UUIDField(), default=list)
    question_id = models.UUIDField(null=True, blank=True)
    language = models.CharField(max_length=8)
    at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "contact_confirmation"
        indexes = [models.Index(fields=["contact", "-at"], name="contact_confirmation_latest")]
