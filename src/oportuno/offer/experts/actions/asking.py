"""Somebody asks all experts, or wants to hear what they answer."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from oportuno.kernel.errors import NotFound, Refusal
from oportuno.kernel.facts import record
from oportuno.kernel.jobs import defer
from oportuno.offer.experts.facts import PublicQuestionAsked, PublicQuestionFollowed
from oportuno.offer.experts.models import Listener, PublicQuestion, QuestionState
from oportuno.offer.experts.queries.fields import is_field
from oportuno.offer.experts.rules import asking as rules
from oportuno.offer.sites.api.voices import guard, tidy
from oportuno.people.audience.api import Agreed, Circumstances, Given, Purpose, addresses, agree, follow, may_receive, words_for
from oportuno.people.organisations.api import Organisation

SAME = timedelta(days=7)  # asked twice by one address, it is one question
LINK_LASTS = timedelta(days=7)


@dataclass(frozen=True)
class Asking:
    """What somebody asks. `name`: how he wants to be called in public, "" for not at all."""

    title: str
    details: str = ""
    field: str = ""
    name: str = ""


@transaction.atomic
def ask_experts(
    *, organisation: Organisation, asking: Asking, email: Given, circumstances: Circumstances, at: datetime, proven: bool = False
) -> PublicQuestion:
    """Ask; the market's staff sees it once the address is confirmed. `proven`: she is signed in with it. Acts for the operator.

    Raises Refusal for what is no question.
    """
    said = _tidied(asking)
    contact = _captured(organisation, email, circumstances, at, proven)
    _one_at_a_time(organisation.pk)
    key = addresses.fold(said.title)[: rules.LONGEST_TITLE]
    if again := _same(contact, key, at):
        return again
    question = PublicQuestion(
        title=said.title, key=key, slug=_free_slug(organisation.pk, key), details=said.details, field=said.field, shown_name=said.name,
        language="en" if circumstances.language.startswith("en") else "es", asked_at=at,
    )  # fmt: skip
    question.save(force_insert=True)
    signs = guard.signs(text=f"{said.title}\n{said.details}", name=said.name, seen=False)
    Listener.objects.create(
        question=question, contact_id=contact, email=email.key, language=circumstances.language, asked=True, signs=signs, at=at
    )
    if may_receive(contact, channel="email", purpose=Purpose.ANSWER):
        confirm_questions(contacts=[contact], at=at)
        question.refresh_from_db(fields=["state"])
    return question


@transaction.atomic
def confirm_questions(*, contacts: Collection[UUID], at: datetime) -> int:
    """These contacts proved their addresses: what they asked within a week waits for the market now; how many. Acts for the operator."""
    asked = Listener.objects.filter(contact_id__in=list(contacts), asked=True).values("question_id")
    unconfirmed = PublicQuestion.objects.select_for_update().filter(
        pk__in=asked, state=QuestionState.UNCONFIRMED, asked_at__gt=at - LINK_LASTS
    )
    found = list(unconfirmed.order_by("pk"))
    askers = dict(Listener.objects.filter(question__in=found, asked=True).values_list("question_id", "contact_id"))
    for question in found:
        question.state = QuestionState.WAITING
        question.save(update_fields=["state"])
        record(PublicQuestionAsked(question=question.pk, field=question.field, contact=askers[question.pk], at=at))
        defer("experts.tell_asker", question=str(question.pk), mail="received")
    return len(found)


@transaction.atomic
def follow_question(
    *, organisation: Organisation, question: UUID, email: Given, circumstances: Circumstances, at: datetime, proven: bool = False
) -> Listener:
    """Hear of answers to it, once the address is confirmed. Acts for the operator. Raises NotFound for what is not on show."""
    found = PublicQuestion.objects.filter(organisation_id=organisation.pk, pk=question, published=True).first()
    if found is None:
        raise NotFound
    captured = follow(
        organisation=organisation, purpose=Purpose.TOPICS, template="experts/mail/confirm_follow.txt", email=email,
        circumstances=circumstances, proven=proven, at=at,
    )  # fmt: skip
    listener, is_new = Listener.objects.get_or_create(
        question=found, contact_id=captured.contact.pk, defaults={"email": email.key, "language": circumstances.language, "at": at}
    )
    if is_new:
        record(PublicQuestionFollowed(question=found.pk, contact=captured.contact.pk, visitor=circumstances.visitor, at=at))
    return listener


def _captured(organisation: Organisation, email: Given, circumstances: Circumstances, at: datetime, proven: bool) -> UUID:
    words = words_for(organisation, Purpose.ANSWER, circumstances.language, at)
    captured = agree(
        organisation=organisation, agreed=[Agreed(Purpose.ANSWER, words=words.text, version=words.version)],
        template="experts/mail/confirm_question.txt", email=email, circumstances=circumstances, proven=proven, at=at,
    )  # fmt: skip
    return captured.contact.pk


def _tidied(asking: Asking) -> Asking:
    title = " ".join(tidy(asking.title).split())
    if len(title) < rules.SHORTEST:
        raise Refusal(_("Ask a whole question: whoever knows the answer has only these words."), field="title")
    if len(title) > rules.LONGEST_TITLE:
        raise Refusal(_("Ask in at most 200 characters; the details have their own place."), field="title")
    details = tidy(asking.details)[: rules.LONGEST_DETAILS]
    name = addresses.plain_name(asking.name)[:60]
    return Asking(title, details, asking.field if is_field(asking.field) else "", name)


def _same(contact: UUID, key: str, at: datetime) -> PublicQuestion | None:
    rows = Listener.objects.filter(contact_id=contact, asked=True, question__key=key, at__gt=at - SAME).select_related("question")
    found = rows.exclude(question__state=QuestionState.WITHDRAWN).order_by("-at").first()
    return found.question if found else None


def _free_slug(organisation: int, key: str) -> str:
    slug = rules.slug_of(key)
    taken = PublicQuestion.objects.filter(organisation_id=organisation, slug__startswith=slug).values_list("slug", flat=True)
    return rules.free_slug(slug, set(taken))


def _one_at_a_time(organisation: int) -> None:
    """Pressed twice at once, the second waits and finds the first; two who ask the same do not get one address."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('public_question'), %s)", [organisation])
