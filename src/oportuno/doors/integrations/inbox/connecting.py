"""Naming a mailbox, and giving it up."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from oportuno.doors.integrations.inbox.accounts import PORTS, Account, CannotRead
from oportuno.doors.integrations.inbox.sentences import field_of, sentence_of
from oportuno.doors.integrations.inbox.taking import JOB, SEAL, account_of, open_account
from oportuno.doors.integrations.models import Mailbox
from oportuno.kernel.audit import audit
from oportuno.kernel.errors import NotFound, Refusal
from oportuno.kernel.jobs import defer
from oportuno.kernel.sealed import seal
from oportuno.people.organisations.api import Member


def mailbox_of(organisation: int) -> Mailbox | None:
    return Mailbox.objects.filter(organisation_id=organisation).first()


def connect_mailbox(*, member: Member, at: datetime, password: str = "", **said: Any) -> Mailbox:
    """Read this account from now on. It is opened first, outside of a transaction: what cannot be read is refused, and nothing is written.

    `said`: kind, host, port (0 is the usual one), starttls, user, folder. No password keeps the present one.
    """
    known = mailbox_of(member.organisation.pk)
    if not password and known is None:
        raise Refusal(_("Write its password."), field="password")
    account = Account(
        said["kind"], said["host"].strip().lower().rstrip("."), said["port"] or PORTS[said["kind"], said["starttls"]], said["starttls"],
        said["user"].strip(), password or account_of(known).password if known else password, said["folder"].strip() or "INBOX",
    )  # fmt: skip
    if not password and known and (known.host, known.user) != (account.host, account.user):
        raise Refusal(_("Another account needs its password."), field="password")  # nobody sends the present one to a server of his own
    try:
        open_account(account).close()
    except CannotRead as error:
        raise Refusal(sentence_of(error.why, account), field=field_of(error.why)) from None
    with transaction.atomic():
        return _written(member, account, at)


@transaction.atomic
def give_up_mailbox(*, member: Member, at: datetime) -> None:
    """Nobody reads it any more; what came in stays."""
    found = _own(member)
    audit("give up mailbox", at=at, by=member.person.pk, of=found, user=found.user, host=found.host)
    found.delete()


@transaction.atomic
def read_now(*, member: Member, at: datetime) -> Mailbox:
    """Do not wait for its turn."""
    found = _own(member)
    found.next_at = at
    found.save(update_fields=["next_at"])
    defer(JOB, organisation=found.organisation_id, once=f"{JOB} {found.pk}", one_at_a_time=f"{JOB} {found.pk}", mailbox=str(found.pk))
    return found


def _written(member: Member, account: Account, at: datetime) -> Mailbox:
    found = Mailbox.objects.select_for_update().filter(organisation_id=member.organisation.pk).first()
    place = (account.kind, account.host, account.user, account.folder)
    if found is None or (found.kind, found.host, found.user, found.folder) != place:
        if found:
            found.delete()
        found = Mailbox(created_at=at)
    found.kind, found.host, found.user, found.folder = place
    found.port, found.starttls, found.sealed_password = account.port, account.starttls, seal(account.password, SEAL)
    found.problem, found.failures, found.next_at = "", 0, at
    found.save()
    audit("connect mailbox", at=at, by=member.person.pk, of=found, user=found.user, host=found.host)
    return found


def _own(member: Member) -> Mailbox:
    found = Mailbox.objects.select_for_update().filter(organisation_id=member.organisation.pk).first()
    if found is None:
        raise NotFound
    return found
