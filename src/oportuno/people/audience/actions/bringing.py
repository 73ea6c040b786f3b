"""Contacts that another program of the organisation brings, with the consent it has evidence of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from oportuno.kernel.errors import Refusal
from oportuno.people.audience.actions.capturing import Agreed, Captured, Circumstances, capture
from oportuno.people.audience.actions.consenting import give
from oportuno.people.audience.actions.sparing import spare_the_forgotten
from oportuno.people.audience.models import Consent, ConsentState, Identity, Standing
from oportuno.people.audience.models.consent import Channel, Purpose
from oportuno.people.audience.queries.forgotten import forgotten_among
from oportuno.people.audience.rules.addresses import Given
from oportuno.people.organisations.api import Member


@dataclass(frozen=True)
class Agreement:
    """What somebody agreed to, how and when: `circumstances.how` is a word like "paper form"."""

    agreed: Agreed
    circumstances: Circumstances
    at: datetime


@transaction.atomic
def bring(
    *,
    identities: Sequence[Given],
    agreements: Sequence[Agreement],
    source: str,
    by: Member,
    at: datetime,
    name: str = "",
    language: str = "es-co",
    country: str = "",
    place: str = "",
) -> Captured:
    """Know somebody, and add the evidence of what he agreed to; evidence that is there already is not added again.

    Who withdrew is not written to because some list still says yes (threat T18): only he himself agrees again.
    Raises Refusal for that, for evidence without its words, or of a time to come, and for an address without e-mail or phone.
    """
    found = capture(
        organisation=by.organisation.pk, identities=identities, source=source, at=at, name=name, language=language,
        country=country, place=place, proven=True,
    )  # fmt: skip
    if agreements and forgotten_among((one.kind, one.key) for one in identities):
        raise Refusal(_("This person asked to be forgotten; nobody else can agree again."), field="consents")
    spare_the_forgotten(found.contact, by=by.id, at=at)
    states = {(one.channel, one.purpose): one.standing for one in ConsentState.objects.filter(contact=found.contact)}
    for one in agreements:
        _must_be_evidence(one, at)
        agreed = one.agreed
        if states.get((agreed.channel, agreed.purpose)) == Standing.WITHDRAWN:
            raise Refusal(
                _("This person withdrew from “%(purpose)s”; nobody else can agree again.") % {"purpose": Purpose(agreed.purpose).label}
            )
        if not _known(found, one):
            key = _address(found, agreed.channel)
            give(contact=found.contact, agreed=agreed, circumstances=one.circumstances, at=one.at, identity_key=key, by=by.id)
    return found


def _must_be_evidence(one: Agreement, at: datetime) -> None:
    if one.agreed.purpose not in Purpose.values or one.agreed.channel not in Channel.values:
        raise Refusal(_("There is no such purpose."), field="consents")
    if not one.agreed.words.strip() or not one.circumstances.how.strip():
        raise Refusal(_("Consent needs its evidence: the words that were agreed to, and how."), field="consents")
    if one.at > at:
        raise Refusal(_("Nobody can have agreed at a time to come."), field="consents")


def _known(found: Captured, one: Agreement) -> bool:
    same = Consent.objects.filter(contact=found.contact, purpose=one.agreed.purpose, channel=one.agreed.channel, at=one.at)
    return same.filter(words=one.agreed.words).exists()


def _address(found: Captured, channel: str) -> str:
    """What the consent is for: one of the contact's addresses of that channel. Raises Refusal when there is none."""
    kind = "email" if channel == Channel.EMAIL else "phone"
    key = Identity.objects.filter(contact=found.contact, kind=kind).order_by("created_at").values_list("key", flat=True).first()
    if key is None:
        raise Refusal(_("Consent needs the address that it is for."), field="consents")
    return key
