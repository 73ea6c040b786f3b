"""Domains of organisations' own: brought, proved by DNS, looked at again, given back."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from oportuno.kernel.audit import audit
from oportuno.kernel.errors import Conflict, NotFound, Refusal
from oportuno.kernel.facts import record
from oportuno.kernel.isolation import for_market
from oportuno.kernel.web import NotReachable
from oportuno.kernel.web.names import txt_records
from oportuno.offer.sites.facts import DomainLost, DomainProved
from oportuno.offer.sites.models import Domain, DomainState
from oportuno.offer.sites.queries.sites import own_site
from oportuno.offer.sites.rules import domains as rules
from oportuno.people.organisations.api import Member

MOST = 10
TOKEN = "oportuno-sitio="  # noqa: S105 - what the token begins with, not a secret
RECHECK = timedelta(hours=23)
Step = Callable[[], AbstractContextManager[object]]
"""One transaction, such as a job's."""
SOON, HOPED = timedelta(minutes=50), timedelta(days=3)
"""A new one is looked at every hour, for three days."""
BATCH = 50
WHY = "proofs of domains are looked at again by the clock, whoever's they are"


@transaction.atomic
def bring_domain(*, name: str, by: Member, at: datetime) -> Domain:
    """A domain to prove. Raises Refusal for what is no name or the market's own, Conflict for one that is here already."""
    own_site(by.organisation.pk)
    try:
        read = rules.read_name(name)
    except ValueError:
        raise Refusal(_("This is not the name of a domain. Write it like www.yourcompany.com."), field="name") from None
    if rules.is_below(read, market_hosts()):
        raise Refusal(_("That name belongs to the market itself."), field="name")
    if Domain.objects.filter(organisation_id=by.organisation.pk).count() >= MOST:
        raise Refusal(_("There are %(most)s domains already; remove one first.") % {"most": MOST}, field="name")
    if Domain.objects.filter(organisation_id=by.organisation.pk, name=read).exists():
        raise Conflict(_("You have brought this domain already."), field="name")
    return Domain.objects.create(name=read, token=f"{TOKEN}{secrets.token_hex(16)}", created_at=at)


def prove_domain(*, domain: UUID, by: Member, at: datetime) -> Domain:
    """Ask DNS now. Proved, the site answers there within seconds. Raises Refusal with what is missing, Conflict when it is somebody else's."""
    found = domain_for(by.organisation.pk, domain)
    try:
        records = txt_records(rules.proof_name(found.name))
    except NotReachable:
        raise Refusal(_("The name server of %(name)s does not answer now; try again in some minutes.") % {"name": found.name}) from None
    if not rules.proves(records, found.token):
        raise Refusal(_("The record is not there yet: DNS may take an hour to tell a change. We look again by ourselves, too."))
    with transaction.atomic():
        audit("site.domain_proved", at=at, by=by.id, of=found, name=found.name)
        _prove(found, at)
    return found


@transaction.atomic
def make_main(*, domain: UUID, by: Member, at: datetime) -> Domain:
    """The one under which search engines are told to know the site. Raises NotFound, Conflict before it is proved."""
    found = domain_for(by.organisation.pk, domain)
    if not found.published:
        raise Conflict(_("It has to be proved first."))
    Domain.objects.filter(organisation_id=by.organisation.pk, main=True).update(main=False)
    found.main = True
    found.save(update_fields=["main"])
    return found


@transaction.atomic
def give_back_domain(*, domain: UUID, by: Member, at: datetime) -> str:
    """The site leaves it at once, and it is free for anybody who proves it. Answers its name."""
    found = domain_for(by.organisation.pk, domain)
    audit("site.domain_given_back", at=at, by=by.id, of=found, name=found.name)
    found.delete()
    return found.name


def recheck_domains(*, at: datetime, step: Step = transaction.atomic) -> int:
    """Look again at up to BATCH domains whose turn it is; how many were looked at. Acts for the market; asks outside of transactions.

    What is found of each is written in one `step`. Not proved for MISSED days in a row: not served any more. What DNS cannot say
    today counts for nothing.
    """
    with for_market(WHY):
        fresh = Q(state=DomainState.WAITING, created_at__gt=at - HOPED, checked_at__lt=at - SOON)
        due = Domain.objects.filter(Q(checked_at__isnull=True) | Q(checked_at__lt=at - RECHECK) | fresh)
        rows = list(due.order_by("checked_at", "pk")[:BATCH])
    for row in rows:
        try:
            stands: bool | None = rules.proves(txt_records(rules.proof_name(row.name)), row.token)
        except NotReachable:
            stands = None
        with step(), for_market(WHY, organisation=row.organisation_id):
            _count(row.pk, stands, at)
    return len(rows)


def _count(domain: UUID, stands: bool | None, at: datetime) -> None:
    found = Domain.objects.select_for_update().filter(pk=domain).first()
    if found is None:
        return
    found.checked_at = at
    if stands:
        found.save(update_fields=["checked_at"])
        if not found.published:
            try:
                _prove(found, at)
            except Conflict:
                return
        Domain.objects.filter(pk=found.pk).update(missed=0)
        return
    found.missed += stands is False
    if found.published and found.missed >= rules.MISSED:
        found.state, found.published, found.main = DomainState.LOST, False, False
        record(DomainLost(domain=found.pk, name=found.name, at=at))
    found.save(update_fields=["checked_at", "missed", "state", "published", "main"])


def _prove(found: Domain, at: datetime) -> None:
    """Who proves a name holds it: the proof of whoever had it before is not in DNS any more, or he would be refused here."""
    first = not Domain.objects.filter(organisation_id=found.organisation_id, main=True).exists()
    found.state, found.published, found.proved_at, found.checked_at, found.missed = DomainState.PROVED, True, at, at, 0
    found.main = found.main or first
    try:
        with transaction.atomic():
            found.save()
    except IntegrityError:
        raise Conflict(
            _("Another organisation uses this domain and proves it. Remove its record from DNS; a day later it is free.")
        ) from None
    record(DomainProved(domain=found.pk, name=found.name, at=at))


def domain_for(organisation: int, domain: UUID) -> Domain:
    """Raises NotFound."""
    found = Domain.objects.filter(organisation_id=organisation, pk=domain).first()
    if found is None:
        raise NotFound
    return found


def market_hosts() -> list[str]:
    """Names under which the market itself is reached, and that of its sites."""
    ours = [urlsplit(settings.ORIGIN).hostname or "", settings.SITES_HOST, *(host.lstrip(".") for host in settings.ALLOWED_HOSTS)]
    return [host for host in ours if host and host != "*"]
