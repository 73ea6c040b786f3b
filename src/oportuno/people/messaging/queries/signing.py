"""In whose name a mail goes out, and what signs it."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from oportuno.kernel.errors import NotFound
from oportuno.kernel.isolation import for_market
from oportuno.kernel.sealed import unseal
from oportuno.people.messaging.models import IdentityState, SendingIdentity
from oportuno.people.messaging.queries.envelopes import sender_address
from oportuno.people.messaging.rules.bulk import Signer, dns_record
from oportuno.people.messaging.rules.records import Record, key_name, return_name
from oportuno.people.organisations.api import market_operator

SEAL = "dkim"
WHY = "a mail whose organisation has no name of its own is signed with the market's"
DMARC = "v=DMARC1; p=none"


@dataclass(frozen=True)
class Sender:
    """The address above a mail, and what signs for its domain; no signer where the market has none.

    `returns` is the host of its own that bounces go to, if DNS points it to us.
    """

    address: str
    signer: Signer | None
    returns: str = ""


def sender_for(organisation: int) -> Sender:
    """Its own proved identity, else the market's. Acts for the organisation. A provider signs itself, for the market's name alone."""
    if settings.MAIL_PROVIDER:
        return Sender(sender_address(), None)
    own = SendingIdentity.objects.filter(organisation_id=organisation, state=IdentityState.PROVED).first()
    if own is not None:
        return Sender(own.address, _signer(own), return_name(own.domain) if settings.RETURN_HOST and own.seen.get("return") else "")
    market = sender_address()
    try:
        operator = market_operator().pk
    except NotFound:
        return Sender(market, None)
    with for_market(WHY):
        domain = market.rpartition("@")[2]
        found = SendingIdentity.objects.filter(organisation_id=operator, state=IdentityState.PROVED, domain=domain).first()
    return Sender(market, _signer(found) if found else None)


def identity_of(organisation: int) -> SendingIdentity | None:
    return SendingIdentity.objects.filter(organisation_id=organisation).first()


def records_of(identity: SendingIdentity) -> list[Record]:
    """What to write into DNS, what each is for, and whether it stands there."""
    seen = identity.seen
    rows = [
        Record("dkim", "TXT", key_name(identity.selector, identity.domain), _public(identity.sealed_key), True, seen.get("dkim")),
        Record("dmarc", "TXT", f"_dmarc.{identity.domain}", DMARC, False, bool(seen["dmarc"]) if "dmarc" in seen else None),
    ]
    if settings.RETURN_HOST:
        rows.insert(1, Record("return", "CNAME", return_name(identity.domain), settings.RETURN_HOST, False, seen.get("return")))
    if identity.next_selector:
        name = key_name(identity.next_selector, identity.domain)
        rows.insert(1, Record("next", "TXT", name, _public(identity.next_sealed_key), True, seen.get("next")))
    return rows


def _public(sealed: str) -> str:
    return dns_record(unseal(sealed, SEAL))


def _signer(identity: SendingIdentity) -> Signer:
    return Signer(identity.domain, identity.selector, unseal(identity.sealed_key, SEAL))
