"""A person corrects what an organisation knows of her."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from oportuno.kernel.facts import record
from oportuno.kernel.isolation import for_organisation
from oportuno.people.audience.facts import ContactChanged
from oportuno.people.audience.models import Contact
from oportuno.people.audience.rules.addresses import fold, plain_name

CORRECTED = {"display_name": 160, "given_name": 80, "family_name": 80, "job_title": 120, "place": 120, "country": 2, "language": 8}
"""What a person may correct, and how long it is at most."""


@transaction.atomic
def correct_own(*, contact: Contact, said: Mapping[str, str], by: UUID | None, at: datetime) -> Contact:
    """Set those of `CORRECTED` that `said` names. `by` is the person who signed in; None: whoever holds the link mailed to her address."""
    with for_organisation(contact.organisation_id):
        found = Contact.objects.select_for_update(of=("self",)).get(organisation_id=contact.organisation_id, pk=contact.pk)
        told = {name: plain_name(said[name])[:longest] for name, longest in CORRECTED.items() if name in said}
        changed = [name for name, value in told.items() if getattr(found, name) != value]
        if changed:
            for name in changed:
                setattr(found, name, told[name])
            found.name_key = fold(found.display_name)[:160]
            found.save(update_fields=[*changed, "name_key"])
            record(ContactChanged(what=changed, contact=found.pk, by=by, at=at))
        return found
