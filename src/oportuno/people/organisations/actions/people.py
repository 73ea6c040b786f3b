"""A person comes, and tells us about herself."""

from __future__ import annotations

from datetime import datetime

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from oportuno.kernel.errors import Conflict, Refusal
from oportuno.people.organisations.models import Person


@transaction.atomic
def sign_up(
    *,
    email: str,
    name: str,
    password: str | None,
    at: datetime,
    language: str = "es-co",
    is_demo: bool = False,
    verified: bool | None = None,
) -> Person:
    """A person who can sign in. Raises Conflict when the address is known already.

    `verified`: whether her address counts as proven without a code; by default only a demo person's does.
    """
    address = email.strip().lower()
    if Person.objects.filter(email=address).exists() or EmailAddress.objects.filter(email=address).exists():
        raise Conflict(_("Somebody signs in with this address already."), field="email")
    person = Person.objects.create_user(address, password, name=name.strip(), language=language, is_demo=is_demo)
    EmailAddress.objects.create(user=person, email=address, primary=True, verified=is_demo if verified is None else verified)
    return person


def tell_about(*, person: Person, name: str, language: str) -> Person:
    """Change her name and the language she is spoken to in."""
    if not name.strip():
        raise Refusal(_("Write your name, so that others know who you are."), field="name")
    if language not in dict(settings.LANGUAGES):
        raise Refusal(_("Choose one of the languages."), field="language")
    person.name, person.language = name.strip()[:120], language
    person.save(update_fields=["name", "language"])
    return person
