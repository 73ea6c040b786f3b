"""A person closes her account: nothing of her stays that names her."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from oportuno.kernel.errors import Conflict, NotFound, Refusal
from oportuno.kernel.facts import record
from oportuno.kernel.forgotten import Erasure, note
from oportuno.kernel.isolation import for_market, for_organisation
from oportuno.people.organisations.actions.memberships import end_membership
from oportuno.people.organisations.facts import PersonErased
from oportuno.people.organisations.models import Invitation, Membership, Person, SignIn
from oportuno.people.organisations.queries import memberships_of, operator

Eraser = Callable[[Person, Collection[str], datetime], object]
_erasers: dict[str, Eraser] = {}


def erases(name: str, eraser: Eraser) -> None:
    """Register who removes what an app keeps of a person: `eraser(person, addresses, at)`; the addresses are hers, proved."""
    _erasers[name] = eraser


@transaction.atomic
def erase_person(*, person: Person, typed_address: str, at: datetime) -> None:
    """Remove her account and all that the market and its organisations hold of her, at once.

    What she did for an organisation keeps its author's name there (notes, answers). Raises Refusal when the typed address
    is not hers, and Conflict while she is the only owner of an organisation.
    """
    if typed_address.strip().lower() != person.email:
        raise Refusal(_("Type the address you sign in with, to confirm."), field="typed_address")
    for member in memberships_of(person):
        end_membership(person=person.pk, by=member, at=at)
    proved = EmailAddress.objects.filter(user=person, verified=True)
    addresses = [one.lower() for one in proved.values_list("email", flat=True)]
    for eraser in _erasers.values():
        eraser(person, addresses, at)
    with for_market("invitations to a person who leaves may be of any organisation"):
        Invitation.objects.filter(email__in=[person.email, *addresses]).delete()
    SignIn.objects.filter(person_id=person.pk).delete()
    _tell(at)
    gone = Erasure("person", str(person.pk))
    person.delete()
    transaction.on_commit(lambda: note(settings.HOME, gone, at))


@dataclass(frozen=True)
class Again:
    """What came of erasing people again."""

    erased: int
    without_owner: tuple[str, ...]


@transaction.atomic
def erase_people_again(erasures: Iterable[Erasure], *, at: datetime) -> Again:
    """Erase those of them whom a backup from before brought back, even the only owner of an organisation."""
    back = list(Person.objects.filter(pk__in=[one.id for one in erasures if one.kind == "person"]))
    left = [name for person in back for name in _leave_behind(person, at)]
    for person in back:
        erase_person(person=person, typed_address=person.email, at=at)
    return Again(len(back), tuple(left))


def _leave_behind(person: Person, at: datetime) -> Iterator[str]:
    """Names of organisations of which she was the only owner when the backup was made. She is a member of none of them now."""
    for member in memberships_of(person):
        try:
            end_membership(person=person.pk, by=member, at=at)
        except Conflict:
            with for_organisation(member.organisation.pk):
                Membership.objects.filter(person_id=person.pk, ended_at__isnull=True).update(ended_at=at)
            yield member.organisation.name


def _tell(at: datetime) -> None:
    """Somebody left; the fact does not say who."""
    try:
        market = operator()
    except NotFound:
        return
    with for_organisation(market.pk):
        record(PersonErased(at=at))
