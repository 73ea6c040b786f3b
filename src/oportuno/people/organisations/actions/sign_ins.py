"""Browsers in which people have signed in: begun, seen, ended."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from oportuno.kernel.audit import audit
from oportuno.kernel.errors import NotFound
from oportuno.kernel.isolation import for_organisation
from oportuno.people.organisations import rules
from oportuno.people.organisations.actions.keys import revoke_keys
from oportuno.people.organisations.models import Guess, Person, Revocation, SignIn
from oportuno.people.organisations.queries import memberships_of


def begin_sign_in(*, person: UUID, device: str, at: datetime) -> SignIn:
    """Remember a browser. `device` is what it calls itself (User-Agent); no address is kept."""
    return SignIn.objects.create(person_id=person, device=device[:200], at=at, seen_at=at)


def see(*, sign_in: SignIn, at: datetime) -> None:
    """Note that it is in use; written every five minutes at most."""
    if at - sign_in.seen_at >= rules.SEEN_EVERY:
        SignIn.objects.filter(pk=sign_in.pk).update(seen_at=at)


def end_sign_in(*, person: UUID, sign_in: UUID, at: datetime) -> None:
    """Sign one browser out, from another. Raises NotFound for one that is not hers."""
    hers = SignIn.objects.filter(pk=sign_in, person_id=person)
    if not hers.exists():
        raise NotFound
    hers.filter(ended_at__isnull=True).update(ended_at=at)


def end_other_sign_ins(*, person: UUID, keep: UUID | None, at: datetime) -> int:
    """Sign the person out everywhere but in `keep`; how many browsers."""
    return SignIn.objects.filter(person_id=person, ended_at__isnull=True).exclude(pk=keep).update(ended_at=at)


@transaction.atomic
def end_all_access(*, person: Person, because: str, keep: UUID | None, at: datetime) -> None:
    """How she signs in has changed: whoever holds an old cookie or a key she made is out (threat T06).

    `because` is what changed, for the audit of every organisation she belongs to.
    """
    end_other_sign_ins(person=person.pk, keep=keep, at=at)
    for member in memberships_of(person):
        with for_organisation(member.organisation.pk):
            revoke_keys(because=Revocation.SECURITY, made_by=person.pk, by=person.pk, at=at)
            audit(because, at=at, by=person.pk, of=person)


def forget_old(at: datetime) -> int:
    """Remove sign-ins whose sessions have long run out, and old guesses; how many sign-ins."""
    Guess.objects.filter(at__lt=at - rules.GUESSES_WITHIN).delete()
    return SignIn.objects.filter(seen_at__lt=at - 2 * rules.SESSION_LASTS).delete()[0]
