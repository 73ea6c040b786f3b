"""Double opt-in: a link that only the owner of the address gets, and what follows when he uses it."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from oportuno.kernel.errors import Conflict, NotFound, Refusal
from oportuno.kernel.facts import record
from oportuno.kernel.isolation import for_organisation
from oportuno.people.audience.actions.asking import open_question
from oportuno.people.audience.actions.capturing import Agreed, Circumstances, move_on
from oportuno.people.audience.actions.consenting import ask_for, confirm_asked
from oportuno.people.audience.actions.visiting import identify
from oportuno.people.audience.facts import AddressConfirmed
from oportuno.people.audience.models import Confirmation, Consent, Contact, Identity, Purpose, Question
from oportuno.people.audience.queries import ports
from oportuno.people.audience.queries.confirmations import Pending, digest_of, pending, waiting_questions
from oportuno.people.audience.queries.merged import current_locked
from oportuno.people.audience.rules import stages
from oportuno.people.organisations.api import Organisation

VALID = timedelta(days=7)
QUIET = timedelta(hours=24)  # asking again within this time neither mails nor adds evidence


@dataclass(frozen=True)
class Confirmed:
    """What became true by following the link. `due_at`: by when the last of the questions sent is answered."""

    organisation: Organisation
    contact: Contact
    purposes: list[str]
    questions: int
    due_at: datetime | None = None


def send_link(
    *,
    organisation: Organisation,
    contact: Contact,
    email: str,
    agreed: Sequence[Agreed],
    circumstances: Circumstances,
    template: str,
    at: datetime,
    question: Question | None = None,
) -> bool:
    """Ask the owner of the address to confirm, unless he was asked within a day. The mail holds nothing a stranger typed."""
    if question is None and _asked_lately(contact, agreed, at):
        return False
    token = secrets.token_urlsafe(32)
    digest = digest_of(token)
    rows = [ask_for(contact, one, circumstances, identity_key=email, at=at, digest=digest) for one in agreed]
    confirmation = Confirmation.objects.create(
        contact=contact,
        identity_key=email,
        token_digest=digest,
        asked=[row.pk for row in rows],
        question_id=question.pk if question else None,
        language=circumstances.language,
        at=at,
        expires_at=at + VALID,
    )
    return ports.post()(
        template=template,
        to=email,
        organisation=organisation.pk,
        context={"organisation": organisation.name, "link": link_for(token, circumstances.language)},
        language=circumstances.language,
        key=f"confirm:{confirmation.pk}",
        at=at,
        contact=contact.pk,
        stranger=True,
        secret=True,
    )


def confirm(*, token: str, circumstances: Circumstances, at: datetime, questions: Collection[UUID] = ()) -> Confirmed:
    """The owner of the address pressed the button. Works once; raises NotFound, or Refusal when it is too late.

    `questions` are those that the page showed him: he answers for no others.
    """
    found = pending(token)
    if found.used:
        raise Conflict(_("You confirmed this already. There is nothing more to do."))
    if at >= found.expires_at:
        raise Refusal(_("This link was good for seven days. Please fill in the form again and we send you a new one."))
    with for_organisation(found.organisation.pk):
        return _confirm(found, circumstances, questions, at)


def _confirm(found: Pending, circumstances: Circumstances, questions: Collection[UUID], at: datetime) -> Confirmed:
    try:  # the contact first, as erasing and joining do
        contact = current_locked(Confirmation.objects.values_list("contact_id", flat=True).get(pk=found.id))
        confirmation = Confirmation.objects.select_for_update().get(pk=found.id)
    except (Confirmation.DoesNotExist, Contact.DoesNotExist) as gone:
        raise NotFound from gone
    if confirmation.used_at:
        raise Conflict(_("You confirmed this already. There is nothing more to do."))
    confirmation.used_at = at
    confirmation.save(update_fields=["used_at"])
    _prove(contact, confirmation.identity_key, at)
    given = confirm_asked(contact, confirmation.asked, circumstances, at=at)
    if any(row.purpose in (Purpose.BULLETIN, Purpose.OFFERS) for row in given):
        move_on(contact, stages.AGREED_TO_HEAR, reason="agreed to hear from us", at=at)
    if any(row.purpose == Purpose.BULLETIN for row in given):
        _welcome(found, contact, confirmation.identity_key, circumstances.language, at)
    if circumstances.visitor:
        identify(visitor=circumstances.visitor, contact=contact.pk, at=at)
    opened = [
        open_question(one, organisation=found.organisation, contact=contact, at=at)
        for one in waiting_questions(contact, at)
        if one.pk in questions
    ]
    due = max((one.due_at for one in opened if one.due_at), default=None)
    return Confirmed(found.organisation, contact, [row.purpose for row in given], len(opened), due)


def _welcome(found: Pending, contact: Contact, email: str, language: str, at: datetime) -> None:
    """The first mail with the way out: whoever confirmed by mistake leaves with one press."""
    ports.post()(
        template="audience/mail/welcome.txt",
        to=email,
        organisation=found.organisation.pk,
        context={"organisation": found.organisation.name, "origin": settings.ORIGIN},
        language=language,
        key=f"welcome:{found.id}",
        at=at,
        contact=contact.pk,
        purpose="marketing",
        agreed_to=Purpose.BULLETIN,
    )


def link_for(token: str, language: str) -> str:
    """The whole address, in the reader's language; never made from a request (threat T06)."""
    with translation.override(language):
        return settings.ORIGIN + reverse("audience:confirmation", args=[token])


def _prove(contact: Contact, key: str, at: datetime) -> None:
    identity = Identity.objects.filter(contact=contact, kind="email", key=key).first()
    if identity and identity.verified_at is None:
        identity.verified_at = at
        identity.save(update_fields=["verified_at"])
        record(AddressConfirmed(identity=identity.pk, contact=contact.pk, at=at))


def _asked_lately(contact: Contact, agreed: Sequence[Agreed], at: datetime) -> bool:
    """Each of these purposes was asked for within a day, and its link still waits."""
    open_links = Confirmation.objects.filter(contact=contact, at__gt=at - QUIET, used_at__isnull=True).values_list("asked", flat=True)
    asked = [consent for one in open_links for consent in one]
    purposes = set(Consent.objects.filter(pk__in=asked).values_list("purpose", flat=True))
    return {one.purpose for one in agreed} <= purposes
