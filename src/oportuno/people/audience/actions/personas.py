"""Whom of the vertical's typical buyers a contact is like."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from oportuno.kernel.errors import Refusal
from oportuno.kernel.facts import record
from oportuno.people.audience.facts import ContactChanged
from oportuno.people.audience.models import Contact
from oportuno.people.organisations.api import Member

FIELD = "persona"  # among the contact's fields, so that files and programs bring it and take it along


@transaction.atomic
def set_persona(*, contact: Contact, persona: str, by: Member, at: datetime) -> Contact:
    """Say it, or take it back (""). The key is the vertical's; whoever calls has looked whether there is one."""
    found = Contact.objects.select_for_update(of=("self",)).get(pk=contact.pk)
    if len(persona) > 60:
        raise Refusal(_("There is no such persona."), field="persona")
    if found.fields.get(FIELD, "") != persona:
        found.fields = {key: value for key, value in found.fields.items() if key != FIELD} | ({FIELD: persona} if persona else {})
        found.save(update_fields=["fields"])
        record(ContactChanged(contact=found.pk, what=[FIELD], by=by.id, at=at))
    return found
