"""The team hears that a form was answered."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from oportuno.offer.sites.models import FormAnswer
from oportuno.people.messaging.api import send
from oportuno.people.organisations.api import Organisation, people_who_may


def tell_of_answer(*, answer: UUID, at: datetime) -> int:
    """Mail those whom the form tells, while they may see contacts; how many. The mail holds nothing that was answered: it would outlive it.

    In the organisation we act for. Twice is once.
    """
    found = FormAnswer.objects.filter(pk=answer).select_related("form").first()
    if found is None:
        return 0
    organisation = Organisation.objects.get(pk=found.organisation_id)
    listeners = [one for one in people_who_may(organisation, "see contacts") if one.pk in set(found.form.tells)]
    for person in listeners:
        with translation.override(person.language):
            link = settings.ORIGIN + reverse("sites:form_answer", args=[organisation.slug, found.form_id, found.pk])
        context = {"title": found.form.title, "organisation": organisation.name, "link": link}
        send(
            template="sites/mail/answer.txt", to=person.email, organisation=organisation.pk, context=context, language=person.language,
            key=f"answer:{found.pk}:{person.pk}", at=at, purpose="service",
        )  # fmt: skip
    return len(listeners)
