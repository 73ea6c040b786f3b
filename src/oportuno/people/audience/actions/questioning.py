"""A question comes in by a public form."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.utils.translation import gettext as _

from oportuno.kernel.errors import Refusal
from oportuno.kernel.isolation import for_organisation
from oportuno.people.audience.actions.asking import LONGEST_QUESTION, about, open_question
from oportuno.people.audience.actions.capturing import Agreed, Circumstances, capture
from oportuno.people.audience.actions.confirming import send_link
from oportuno.people.audience.actions.consenting import give
from oportuno.people.audience.models import Identity, Purpose, Question
from oportuno.people.audience.queries.words import words_for
from oportuno.people.audience.rules.addresses import Given
from oportuno.people.organisations.api import Organisation


def ask(
    *,
    organisation: Organisation,
    email: Given,
    text: str,
    circumstances: Circumstances,
    at: datetime,
    name: str = "",
    phone: Given | None = None,
    about_kind: str = "",
    about_id: str = "",
    about_label: str = "",
    with_bulletin: bool = False,
    proven: bool = False,
) -> Question:
    """Ask a seller. The seller sees it once the asker's address is confirmed; `proven`: he is signed in with it.

    Until then the only mail is a neutral link. A second question from an address that is confirmed already
    reaches the seller at once, and its asker gets no mail that a stranger could have caused.
    """
    if not text.strip():
        raise Refusal(_("Write your question first."), field="text")
    if len(text) > LONGEST_QUESTION:
        raise Refusal(_("A question has at most 2,000 characters."), field="text")
    with for_organisation(organisation.pk):
        given = [email, phone] if phone else [email]
        captured = capture(
            organisation=organisation.pk,
            identities=given,
            name=name,
            source=circumstances.how,
            language=circumstances.language,
            visitor=circumstances.visitor,
            proven=proven,
            at=at,
        )
        contact = captured.contact
        subject = about(about_kind, about_id, about_label)
        question = Question(contact=contact, text=text.strip(), language=circumstances.language, asked_at=at, **subject)
        question.save(force_insert=True)
        purposes = [Purpose.ANSWER, *([Purpose.BULLETIN] if with_bulletin else [])]
        words = {purpose: words_for(organisation, purpose, circumstances.language, at) for purpose in purposes}
        agreed = [Agreed(purpose, words=words[purpose].text, version=words[purpose].version) for purpose in purposes]
        if proven:
            Identity.objects.filter(contact=contact, kind="email", key=email.key, verified_at__isnull=True).update(verified_at=at)
            for one in agreed:
                give(contact=contact, agreed=one, circumstances=circumstances, at=at)
            return open_question(question, organisation=organisation, contact=contact, at=at)
        send = partial(send_link, organisation=organisation, contact=contact, email=email.key, circumstances=circumstances, at=at)
        if _is_confirmed(email):
            open_question(question, organisation=organisation, contact=contact, at=at)
            if with_bulletin:
                send(agreed=agreed[1:], template="audience/mail/confirm_bulletin.txt")
        else:
            send(agreed=agreed, template="audience/mail/confirm_question.txt", question=question)
        return question


def _is_confirmed(email: Given) -> bool:
    return Identity.objects.filter(kind=email.kind, key=email.key, verified_at__isnull=False).exists()
