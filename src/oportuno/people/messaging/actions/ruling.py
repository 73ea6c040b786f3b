"""What an organisation allows itself, and the register of the state."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import islice

import phonenumbers
from django.utils.translation import gettext as _

from oportuno.kernel.audit import audit
from oportuno.kernel.errors import Refusal
from oportuno.people.audience.api import addresses
from oportuno.people.messaging.actions.counting import digest_of
from oportuno.people.messaging.models import ExcludedNumber, SendingRules
from oportuno.people.organisations.api import Member

MOST_A_DAY, MOST_COUNTRIES, BATCH = 20_000, 30, 2_000
REGIONS = frozenset(phonenumbers.SUPPORTED_REGIONS)


def set_rules(
    *, member: Member, texts_a_day: int, countries: list[str], caps_advertising: bool, at: datetime, **more: int | bool
) -> SendingRules:
    """Raises Refusal for a country that has no telephones, or too many texts. `more` are caps of mail, and whether opens are counted."""
    if not 0 <= texts_a_day <= MOST_A_DAY:
        raise Refusal(_("Between 0 and 20,000 texts a day."), field="texts_a_day")
    wrong = [one for one in countries if one not in REGIONS]
    if wrong or len(countries) > MOST_COUNTRIES:
        raise Refusal(_("Write countries as two letters, such as CO, MX: up to 30."), field="countries")
    rules, _new = SendingRules.objects.update_or_create(
        organisation_id=member.organisation.pk,
        defaults={"texts_a_day": texts_a_day, "countries": sorted(set(countries)), "caps_advertising": caps_advertising, **more},
    )
    audit("set rules of sending", at=at, by=member.person.pk, of=rules)
    return rules


def exclude(*, member: Member, lines: Iterable[str], at: datetime) -> dict[str, int]:
    """Take in numbers, one a line, that get no advertising; how many were new, known, and none. Again changes nothing."""
    told = {"new": 0, "known": 0, "wrong": 0}
    waiting = iter(lines)
    while batch := list(islice(waiting, BATCH)):
        numbers = [addresses.phone(line.split(",")[0].split(";")[0], member.organisation.country) for line in batch if line.strip()]
        told["wrong"] += numbers.count(None)
        rows = {digest_of(one.key): ExcludedNumber(digest=digest_of(one.key), at=at) for one in numbers if one}
        known = set(ExcludedNumber.objects.filter(pk__in=list(rows)).values_list("pk", flat=True))
        ExcludedNumber.objects.bulk_create([row for key, row in rows.items() if key not in known], ignore_conflicts=True)
        told["new"] += len(rows) - len(known)
        told["known"] += len(known)
    audit("exclude numbers", at=at, by=member.person.pk, numbers=told["new"])
    return told
