"""What an organisation allows itself."""

from __future__ import annotations

from oportuno.people.messaging.models import SendingRules


def rules_of(organisation: int) -> SendingRules:
    """What it wrote down, else what everybody begins with."""
    return SendingRules.objects.filter(organisation_id=organisation).first() or SendingRules()
