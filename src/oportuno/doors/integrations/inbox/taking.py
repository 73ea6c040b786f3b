"""Reading the mailboxes of organisations: each letter once, wherever one is killed."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.db.models import QuerySet
from django.db.models.functions import Greatest

from oportuno.doors.integrations.inbox.accounts import Account, CannotRead, Letter, Letters
from oportuno.doors.integrations.inbox.imap import ImapLetters
from oportuno.doors.integrations.inbox.pop import PopLetters
from oportuno.doors.integrations.models import Mailbox, MailboxLetter
from oportuno.kernel.jobs import Lease, defer
from oportuno.kernel.sealed import unseal
from oportuno.people.messaging.api import take_mail
from oportuno.people.organisations.api import Organisation

JOB, SEAL = "mail.take", "mailbox"
MOST, MOST_SECONDS = 500, 60.0  # in one go; what is left comes in the next
BEFORE, NEWEST = timedelta(days=7), 200  # of what lay there before we came: IMAP's letters of so long, POP's newest
EACH, LONGEST_PAUSE = timedelta(seconds=20), timedelta(minutes=30)
OWED_FIRST, OWED_LONGEST, MOST_OWED = timedelta(minutes=1), timedelta(hours=12), 50
"""When a letter that the server would not give is asked for again, the pause doubling; so many of them in one go, after the new ones."""
WHY = "mailboxes are read by the clock, whoever's they are"
log = structlog.get_logger()


def open_account(account: Account) -> Letters:
    """Raises CannotRead with a word for what is wrong."""
    return ImapLetters(account) if account.kind == "imap" else PopLetters(account)


def account_of(box: Mailbox) -> Account:
    return Account(box.kind, box.host, box.port, box.starttls, box.user, unseal(box.sealed_password, SEAL), box.folder)


def call_readers(at: datetime) -> int:
    """Give a job to each mailbox whose turn it is; how many. Acts for the market."""
    due = Mailbox.objects.filter(next_at__lte=at).order_by("next_at").values_list("pk", "organisation_id")
    return sum(
        defer(JOB, organisation=owner, once=f"{JOB} {pk}", one_at_a_time=f"{JOB} {pk}", mailbox=str(pk)) is not None for pk, owner in due
    )


def take_from(lease: Lease, mailbox: UUID, *, at: datetime) -> int:
    """Take in what is new in a mailbox; how many letters. A mailbox that cannot be read waits longer each time."""
    with lease.step():
        box = Mailbox.objects.filter(organisation_id=lease.organisation, pk=mailbox).first()
    if box is None:
        return 0
    try:
        account = account_of(box)
    except ValueError:
        _could_not(lease, box, "sealed", at)
        return 0
    try:
        letters = open_account(account)
        try:
            taken = _take_all(lease, box, letters, at)
        finally:
            letters.close()
    except CannotRead as error:
        _could_not(lease, box, error.why, at)
        return 0
    with lease.step():
        _own(box).update(problem="", failures=0, looked_at=at, next_at=at + EACH / 2)
    return taken


def _take_all(lease: Lease, box: Mailbox, letters: Letters, at: datetime) -> int:
    new, end = _new(lease, box, letters, at), time.monotonic() + MOST_SECONDS
    within = None if Organisation.objects.get(pk=box.organisation_id).is_operator else box.organisation_id
    taken = 0
    for letter in letters.read([*new[:MOST], *_owed(lease, box, at)]):
        try:
            with lease.step():
                if letter.raw:
                    take_mail(letter.raw, within=within, at=at)
                _remember(box, letter, at)
        except Exception as error:  # whoever writes to us must not be able to stop what comes after his letter
            log.error("a letter cannot be taken in", mailbox=str(box.pk), problem=type(error).__name__)
            with lease.step():  # who lost the lease, or the database, hears of it here
                _remember(box, Letter(letter.name, None), at)
            continue
        taken += bool(letter.raw)
        if time.monotonic() > end:
            break
    return taken


def _new(lease: Lease, box: Mailbox, letters: Letters, at: datetime) -> list[str]:
    """Names not taken yet, the oldest first. What lay there before we came is left alone, save what is recent."""
    if box.kind == "imap":
        if box.epoch != letters.epoch:
            box.epoch, box.last = letters.epoch, 0
            with lease.step():
                _own(box).update(epoch=box.epoch, last=0)
                _letters(box).delete()
        return letters.names(after=box.last, since=None if box.last else (at - BEFORE).date())
    there = letters.names()
    with lease.step():
        known = _letters(box)
        known.exclude(name__in=there).delete()
        if not box.began:
            _note(box, there[:-NEWEST])
            _own(box).update(began=True)
        taken = set(known.values_list("name", flat=True))
    return [name for name in there if name not in taken]


def _owed(lease: Lease, box: Mailbox, at: datetime) -> list[str]:
    """Letters that the server would not give before, whose turn it is again."""
    with lease.step():
        return list(_letters(box).filter(again_at__lte=at).order_by("again_at").values_list("name", flat=True)[:MOST_OWED])


def _remember(box: Mailbox, letter: Letter, at: datetime) -> None:
    """In the transaction of its taking. What the server did not give is owed, and holds up no other."""
    if letter.raw is None:
        _owe(box, letter.name, at)
    elif box.kind == "imap":
        _letters(box).filter(name=letter.name).delete()
    else:
        _note(box, [letter.name])
        _letters(box).filter(name=letter.name).update(again_at=None)
    if box.kind == "imap":
        _own(box).update(last=Greatest("last", int(letter.name)), began=True)


def _owe(box: Mailbox, name: str, at: datetime) -> None:
    owed, _new = MailboxLetter.objects.get_or_create(organisation_id=box.organisation_id, mailbox=box, name=name)
    owed.again_at = at + min(OWED_FIRST * 2 ** min(owed.refused, 20), OWED_LONGEST)
    owed.refused = min(owed.refused + 1, 30_000)
    owed.save(update_fields=["again_at", "refused"])
    log.warning("a mailbox does not give a letter", mailbox=str(box.pk), times=owed.refused)


def _note(box: Mailbox, names: Sequence[str]) -> None:
    MailboxLetter.objects.bulk_create([MailboxLetter(mailbox=box, name=name) for name in names], ignore_conflicts=True, batch_size=1_000)


def _could_not(lease: Lease, box: Mailbox, why: str, at: datetime) -> None:
    failures = min(box.failures + 1, 20)
    pause = min(EACH * 2**failures, LONGEST_PAUSE)
    log.warning("a mailbox cannot be read", mailbox=str(box.pk), why=why)
    with lease.step():
        _own(box).update(problem=why, failures=failures, looked_at=at, next_at=at + pause)


def _letters(box: Mailbox) -> QuerySet[MailboxLetter]:
    return MailboxLetter.objects.filter(organisation_id=box.organisation_id, mailbox=box.pk)


def _own(box: Mailbox) -> QuerySet[Mailbox]:
    return Mailbox.objects.filter(organisation_id=box.organisation_id, pk=box.pk)
