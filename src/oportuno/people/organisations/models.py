"""Organisations, the people who sign in, and who belongs where in which role."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from oportuno.kernel.ids import new_id
from oportuno.kernel.isolation import PrivateModel


class Kind(models.TextChoices):
    """What an organisation is in the market."""

    OPERATOR = "operator", _("Market operator")
    SELLER = "seller", _("Seller")
    PROFESSIONAL = "professional", _("Professional")
    PARTNER = "partner", _("Channel partner")
    ALLY = "ally", _("Ally")


class Role(models.TextChoices):
    """What a member may do in an organisation. `rules.CAN` says which role may do what."""

    OWNER = "owner", _("Owner")
    MANAGER = "manager", _("Manager")
    SELLER = "seller", _("Salesperson")
    EDITOR = "editor", _("Editor")
    AGENT = "agent", _("Service agent")
    ANALYST = "analyst", _("Analyst")


class Organisation(models.Model):
    """A company or person with a place in the market. Its name and address are public; nothing else stands here."""

    id = models.AutoField(primary_key=True)
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    country = models.CharField(max_length=2)
    time_zone = models.CharField(max_length=40, default="America/Bogota")
    currency = models.CharField(max_length=3, default="COP")
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "organisation"
        constraints = [
            models.UniqueConstraint(fields=["kind"], condition=models.Q(kind="operator"), name="organisation_one_operator"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_operator(self) -> bool:
        return self.kind == Kind.OPERATOR


class PersonManager(BaseUserManager["Person"]):
    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(email__iexact=username or "")

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Person:
        person = self.model(email=email.strip().lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """Somebody who signs in. One person, however many organisations she belongs to."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=8, default="es-co")
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[PersonManager] = PersonManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        db_table = "person"
        constraints = [models.CheckConstraint(condition=models.Q(email=Lower("email")), name="person_email_lower")]

    def __str__(self) -> str:
        return self.name or self.email


class Membership(PrivateModel):
    """A person's place in an organisation. Ended, never deleted: what she did keeps its author."""

    person_id = models.UUIDField(db_index=True)
    role = models.CharField(max_length=16, choices=Role.choices)
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "membership"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "person_id"], condition=models.Q(ended_at__isnull=True), name="membership_one_at_a_time"
            ),
        ]


class Invitation(PrivateModel):
    """An address was asked to join. The token is known only to the mail; we keep its digest."""

    email = models.EmailField(max_length=254)
    role = models.CharField(max_length=16, choices=Role.choices)
    token_digest = models.BinaryField(unique=True)
    invited_by_id = models.UUIDField()
    at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "invitation"
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                "organisation_id",
                condition=models.Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="invitation_one_open",
            ),
        ]

    def is_open(self, at: datetime) -> bool:
        return self.accepted_at is None and self.withdrawn_at is None and at < self.expires_at


class SignIn(models.Model):
    """A browser in which a person has signed in; her session carries its id. Ended: the session is dead, whoever holds its cookie.

    Not private to an organisation: it is the person's own, in whichever organisation she works.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person_id = models.UUIDField(db_index=True)
    device = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "sign_in"


class Guess(models.Model):
    """A password was tried for an account, or a code asked for (threat T07). In the database: all web processes count together."""

    account = models.BinaryField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        db_table = "guess"
        indexes = [models.Index(fields=["account", "at"], name="guess_of_account")]


class Revocation(models.TextChoices):
    """Why a key stopped working."""

    BY_HAND = "by hand", _("Revoked by hand")
    SECURITY = "security", _("Its maker signs in otherwise now")
    MEMBERSHIP = "membership", _("Its maker's place in the team changed")
    CLOSED = "closed", _("The organisation was closed")


class ApiKey(PrivateModel):
    """A program's way in, for one organisation, with the scopes that were given to it."""

    name = models.CharField(max_length=80)
    prefix = models.CharField(max_length=12, unique=True)
    digest = models.BinaryField()
    scopes = ArrayField(models.CharField(max_length=40))
    created_by_id = models.UUIDField()
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_because = models.CharField(max_length=16, blank=True, choices=Revocation.choices)

    class Meta:
        db_table = "api_key"
