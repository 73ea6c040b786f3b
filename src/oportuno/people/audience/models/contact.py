"""A contact: what one organisation knows of a person, and the addresses that lead to it."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.utils.translation import gettext_lazy as _

from oportuno.kernel.isolation import PrivateModel, SiblingKey


class ContactKind(models.TextChoices):
    PERSON = "person", _("Person")
    ORGANISATION = "organisation", _("Organisation")


class Stage(models.TextChoices):
    """How far the relation has matured. The order is the method's; a stage may be skipped, with a reason."""

    CONTACT = "contact", _("Contact")
    LEAD = "lead", _("Lead")
    PROSPECT = "prospect", _("Prospect")
    QUALIFIED = "qualified", _("Qualified")
    OPPORTUNITY = "opportunity", _("Opportunity")
    CUSTOMER = "customer", _("Customer")
    PROMOTER = "promoter", _("Promoter")


class IdentityKind(models.TextChoices):
    """Ways to reach or recognise somebody."""

    EMAIL = "email", _("E-mail")
    PHONE = "phone", _("Phone")
    POSTAL = "postal", _("Postal address")
    SOCIAL = "social", _("Social network")
    DEVICE = "device", _("Device")


class Contact(PrivateModel):
    """What one organisation knows of a person or company.

    `email` and `phone` repeat the main identity of each kind, and `name_key` the name without accents or capitals:
    a list of a million shows and searches them without a join. `person_id` is who signs in with a verified address
    of this contact, and who then governs it. `company` is the organisation a person works for, or the group a company
    belongs to: a contact of the kind organisation, never in a circle; `company_name` is what it is called. `fields` are those that the organisation made for itself.
    """

    display_name = models.CharField(max_length=160, blank=True)
    given_name = models.CharField(max_length=80, blank=True, default="")
    family_name = models.CharField(max_length=80, blank=True, default="")
    company = SiblingKey("self", on_delete=models.SET_NULL, null=True, blank=True, db_index=False)
    company_name = models.CharField(max_length=160, blank=True, default="")
    job_title = models.CharField(max_length=120, blank=True, default="")
    name_key = models.CharField(max_length=160, blank=True, db_collation="C")
    kind = models.CharField(max_length=12, choices=ContactKind.choices, default=ContactKind.PERSON)
    stage = models.CharField(max_length=12, choices=Stage.choices, default=Stage.CONTACT)
    language = models.CharField(max_length=8, default="es-co")
    country = models.CharField(max_length=2, blank=True)
    place = models.CharField(max_length=120, blank=True)
    tags = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    email = models.CharField(max_length=254, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    fields = models.JSONField(default=dict, blank=True)
    source = models.CharField(max_length=40, blank=True)
    person_id = models.UUIDField(null=True, blank=True)
    created_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()

    class Meta:
        db_table = "contact"
        indexes = [
            models.Index(fields=["organisation_id", "-last_seen_at", "-id"], name="contact_recent"),
            models.Index(fields=["organisation_id", "stage", "-last_seen_at", "-id"], name="contact_by_stage"),
            models.Index(fields=["person_id"], condition=models.Q(person_id__isnull=False), name="contact_of_person"),
            models.Index(fields=["organisation_id", "source", "-last_seen_at", "-id"], name="contact_by_source"),
            models.Index(fields=["company", "name_key", "id"], condition=models.Q(company__isnull=False), name="contact_of_company"),
            # Whose own field has this value? Most contacts have none.
            GinIndex(
                "organisation_id", OpClass("fields", name="jsonb_path_ops"), condition=~models.Q(fields={}), name="contact_own_fields"
            ),
            GinIndex("organisation_id", OpClass("name_key", name="gin_trgm_ops"), name="contact_name_like"),
        ]

    def __str__(self) -> str:
        return self.display_name or self.email or self.phone or str(_("Nameless contact"))


class Identity(PrivateModel):
    """One address of a contact. `key` is its normal form: lower-case e-mail, E.164 phone, `network:handle`.

    Unique in the organisation, save those that are `shared` with somebody who had them first: a family's phone, a company's
    switchboard, one letterbox. They reach, and recognise nobody. `verified_at`: when its owner proved it.
    """

    contact = SiblingKey(Contact, db_index=False)
    kind = models.CharField(max_length=8, choices=IdentityKind.choices)
    value = models.CharField(max_length=400)
    key = models.CharField(max_length=400, db_collation="C")
    created_at = models.DateTimeField()
    verified_at = models.DateTimeField(null=True, blank=True)
    shared = models.BooleanField(default=False)

    class Meta:
        db_table = "contact_identity"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "kind", "key"], condition=models.Q(shared=False), name="contact_identity_once"
            ),
            models.UniqueConstraint(fields=["organisation_id", "contact", "kind", "key"], name="contact_identity_of"),
        ]
        indexes = [
            # With whom else is it shared? Asked when duplicates are looked for.
            models.Index(fields=["organisation_id", "kind", "key"], condition=models.Q(shared=True), name="contact_identity_shared"),
            # Whose contacts are these, across the market? Asked when a person proves an address.
            models.Index(fields=["key"], condition=models.Q(kind="email"), name="contact_identity_email"),
        ]


class Note(PrivateModel):
    """What a member wrote down about a contact."""

    contact = SiblingKey(Contact, db_index=False)
    text = models.TextField()
    by_id = models.UUIDField()
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        db_table = "contact_note"
        indexes = [models.Index(fields=["contact", "-at"], name="contact_note_latest")]


class Tagging(PrivateModel):
    """Tags that a member gave to many contacts at once, or took from them, so that it can be undone.

    `changes`: {contact: [added, removed]}. One who is erased since is left out.
    """

    changes = models.JSONField()
    count = models.PositiveIntegerField()
    by_id = models.UUIDField()
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "contact_tagging"
        indexes = [models.Index(fields=["organisation_id", "-id"], name="contact_tagging_latest")]


class Selection(PrivateModel):
    """A filter of the contact list that a member gave a name, for everybody in the organisation."""

    name = models.CharField(max_length=80)
    filters = models.JSONField(default=dict)
    by_id = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        db_table = "contact_selection"
        constraints = [models.UniqueConstraint(fields=["organisation_id", "name"], name="contact_selection_name")]
