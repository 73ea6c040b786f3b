"""Somebody who answered forms is forgotten, with the files that she sent."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction

from oportuno.kernel.errors import NotFound
from oportuno.offer.media.api import forget_documents
from oportuno.offer.sites.models import FormAnswer
from oportuno.people.organisations.api import Member


def forget_answers_of(*, contact: UUID) -> None:
    """All that a contact of the organisation we act for answered."""
    found = FormAnswer.objects.filter(contact_id=contact)
    forget_documents(documents_in(found.values_list("values", flat=True)))
    found.delete()


@transaction.atomic
def remove_answer(*, answer: UUID, by: Member) -> None:
    """One answer, for good. Raises NotFound."""
    found = FormAnswer.objects.filter(organisation_id=by.organisation.pk, pk=answer).first()
    if found is None:
        raise NotFound
    forget_documents(documents_in([found.values]))
    found.delete()


def documents_in(answers: Iterable[dict[str, Any]]) -> list[UUID]:
    """The private files of these answers."""
    return [UUID(one["document"]) for values in answers for one in values.values() if isinstance(one, dict) and one.get("document")]
