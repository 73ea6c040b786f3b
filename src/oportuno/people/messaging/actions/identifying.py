"""A sender's own address: chosen, proved by the key in its DNS, looked at again every day, its key changed."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from oportuno.kernel.audit import audit
from oportuno.kernel.errors import NotFound, Refusal
from oportuno.kernel.facts import record
from oportuno.kernel.isolation import for_market
from oportuno.kernel.sealed import seal
from oportuno.kernel.web import NotReachable
from oportuno.kernel.web.names import alias_of, txt_records
from oportuno.people.audience.api import addresses
from oportuno.people.messaging.facts import IdentityLost, IdentityProved
from oportuno.people.messaging.models import IdentityState, SendingIdentity
from oportuno.people.messaging.queries.envelopes import sender_address
from oportuno.people.messaging.queries.signing import SEAL, records_of
from oportuno.people.messaging.rules.bulk import new_key
from oportuno.people.messaging.rules.records import MISSED, dmarc_policy, domain_of, has_spf, holds_key, return_name
from oportuno.people.messaging.rules.wire import on_the_wire
from oportuno.people.organisations.api import Member

WHY = "keys of senders are looked for in DNS by the clock, whoever's they are"
RECHECK, SOON, HOPED, BATCH = timedelta(hours=23), timedelta(minutes=50), timedelta(days=3), 50
Step = Callable[[], AbstractContextManager[object]]


@transaction.atomic
def choose_address(*, member: Member, address: str, at: datetime) -> SendingIdentity:
    """The address that its mail is to come from. Another domain begins anew: its key waits for DNS. Raises Refusal."""
    found = addresses.email(address)
    if found is None or not (written := on_the_wire(found.key)):
        raise Refusal(_("This is not an e-mail address."), field="address")
    try:
        domain = domain_of(written)
    except ValueError:
        raise Refusal(
            _("It must be of a domain of your own: nobody else may sign for Gmail, Outlook and their like."), field="address"
        ) from None
    market = sender_address().rpartition("@")[2]
    if domain == market and not member.organisation.is_operator:
        raise Refusal(_("That domain is the market's own."), field="address")
    known = SendingIdentity.objects.filter(organisation_id=member.organisation.pk).first()
    if known and known.domain == domain:
        known.address = written
        known.save(update_fields=["address"])
        return known
    if known:
        known.delete()
    made = SendingIdentity.objects.create(
        address=written, domain=domain, selector=_selector(at), sealed_key=seal(new_key(), SEAL), created_at=at
    )
    audit("choose sender", at=at, by=member.person.pk, of=made, address=made.address)
    return made


def look_now(*, member: Member, at: datetime) -> SendingIdentity:
    """Ask DNS now. Raises Refusal with what is missing; what was seen is kept all the same."""
    found = _own(member)
    try:
        seen = _ask(found)
    except NotReachable:
        raise Refusal(_("The name server of %(name)s does not answer now; try again in some minutes.") % {"name": found.domain}) from None
    with transaction.atomic():
        _take(found, seen, at)
    if not seen["dkim"]:
        raise Refusal(_("The key is not there yet: DNS may take an hour to tell a change. We look again by ourselves, too."))
    return found


@transaction.atomic
def change_key(*, member: Member, at: datetime) -> SendingIdentity:
    """A new key, beside the present one until its own record stands in DNS. Before the first proof it takes its place at once."""
    found = _own(member)
    audit("change key of sender", at=at, by=member.person.pk, of=found)
    if found.state == IdentityState.PROVED:
        found.next_selector, found.next_sealed_key = _selector(at), seal(new_key(), SEAL)
        found.seen = {**found.seen, "next": False}
    else:
        found.selector, found.sealed_key, found.seen = _selector(at), seal(new_key(), SEAL), {}
    found.save()
    return found


@transaction.atomic
def give_up_address(*, member: Member, at: datetime) -> None:
    """The market's name signs again, from the next mail on."""
    found = _own(member)
    audit("give up sender", at=at, by=member.person.pk, of=found, address=found.address)
    found.delete()


def recheck_identities(*, at: datetime, step: Step = transaction.atomic) -> int:
    """Look again at up to BATCH keys whose turn it is; how many. Acts for the market; DNS is asked outside of transactions."""
    with for_market(WHY):
        fresh = ~Q(state=IdentityState.PROVED) & Q(created_at__gt=at - HOPED, checked_at__lt=at - SOON)
        turning = ~Q(next_selector="") & Q(checked_at__lt=at - SOON)
        coming_back = Q(seen__contains={"return": True}, checked_at__lt=at - SOON)  # mail to a name that is gone would be lost
        due = SendingIdentity.objects.filter(Q(checked_at__isnull=True) | Q(checked_at__lt=at - RECHECK) | fresh | turning | coming_back)
        rows = list(due.order_by("checked_at", "pk")[:BATCH])
    for row in rows:
        try:
            seen = _ask(row)
        except NotReachable:
            seen = None
        with step(), for_market(WHY, organisation=row.organisation_id):
            now_there = SendingIdentity.objects.select_for_update().filter(pk=row.pk, selector=row.selector).first()
            if now_there:
                _take(now_there, seen, at)
    return len(rows)


def _ask(identity: SendingIdentity) -> dict[str, object]:
    wanted = records_of(identity)
    told: dict[str, object] = {one.what: holds_key(txt_records(one.name), one.value) for one in wanted if one.what in ("dkim", "next")}
    told["dmarc"] = dmarc_policy(txt_records(f"_dmarc.{identity.domain}"))
    told["spf"] = has_spf(txt_records(identity.domain))
    told["return"] = bool(settings.RETURN_HOST) and alias_of(return_name(identity.domain)) == settings.RETURN_HOST
    return told


def _take(identity: SendingIdentity, seen: dict[str, object] | None, at: datetime) -> None:
    """Write down what DNS said, and what follows; what it could not say counts for nothing."""
    identity.checked_at = at
    if seen is not None:
        identity.seen = seen
        if seen.get("next"):
            identity.selector, identity.sealed_key = identity.next_selector, identity.next_sealed_key
            identity.next_selector = identity.next_sealed_key = ""
            identity.seen = {**{name: value for name, value in seen.items() if name != "next"}, "dkim": True}
        if identity.seen["dkim"]:
            _stand(identity, at)
        else:
            _miss(identity, at)
    identity.save()


def _stand(identity: SendingIdentity, at: datetime) -> None:
    if identity.state != IdentityState.PROVED:
        record(IdentityProved(domain=identity.domain, at=at))
    identity.state, identity.missed, identity.warm_from = IdentityState.PROVED, 0, identity.warm_from or at


def _miss(identity: SendingIdentity, at: datetime) -> None:
    identity.missed += 1
    if identity.state == IdentityState.PROVED and identity.missed >= MISSED:
        identity.state = IdentityState.LOST
        record(IdentityLost(domain=identity.domain, at=at))


def _own(member: Member) -> SendingIdentity:
    found = SendingIdentity.objects.select_for_update().filter(organisation_id=member.organisation.pk).first()
    if found is None:
        raise NotFound
    return found


def _selector(at: datetime) -> str:
    return f"m{at:%y%m%d}{secrets.token_hex(2)}"
