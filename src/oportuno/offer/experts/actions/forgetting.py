"""Somebody who asked is forgotten; the question stays, for it names nobody any more."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet

from oportuno.kernel.isolation import for_market, for_organisation
from oportuno.offer.experts.actions.finding import find_questions
from oportuno.offer.experts.models import Listener, PublicQuestion, QuestionState


def forget_contact(*, contact: UUID) -> None:
    """What a contact of the organisation we act for asked and follows."""
    _forget(Listener.objects.filter(contact_id=contact))


def forget_person(addresses: Collection[str]) -> None:
    """A person leaves; `addresses` are hers, proved."""
    keys = [one.strip().lower() for one in addresses]
    with for_market("a person leaves whichever questions she asked"):
        owners = set(Listener.objects.filter(email__in=keys).values_list("organisation_id", flat=True))
    for organisation in owners:
        with for_organisation(organisation):
            _forget(Listener.objects.filter(email__in=keys))


def _forget(rows: QuerySet[Listener]) -> None:
    """Questions that nobody saw go with her; those on show lose the name that stood beside them."""
    asked = list(rows.filter(asked=True).values_list("question_id", flat=True))
    rows.delete()
    questions = PublicQuestion.objects.filter(pk__in=asked)
    questions.exclude(state__in=[QuestionState.SHOWN, QuestionState.JOINED]).delete()
    questions.update(shown_name="")
    find_questions(asked)
