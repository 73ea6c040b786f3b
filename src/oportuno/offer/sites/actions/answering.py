"""A visitor answers a form: the organisation knows somebody more, and what she said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, BinaryIO
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from oportuno.kernel.errors import NotFound, Refusal
from oportuno.kernel.facts import record
from oportuno.kernel.jobs import defer
from oportuno.offer.media.api import keep_document
from oportuno.offer.sites.facts import FormAnswered
from oportuno.offer.sites.models import Form, FormAnswer, FormState
from oportuno.people.audience.api import Agreed, Circumstances, Contact, Given, Purpose, agree, capture, tag, words_for
from oportuno.people.organisations.api import Organisation

MOST_TAGS = 30  # of a contact


@dataclass(frozen=True)
class Answering:
    """What somebody sends. `said`: {key: plain value}; `email` and `phone` are hers, `name` how she is called.

    `agreed`: to what the form says of its purpose; `invited`: to what it invites to besides. `known`: the contact that she was
    recognised as; `proven`: she is signed in with the address that she gave.
    """

    said: Mapping[str, Any]
    files: Mapping[str, tuple[BinaryIO, str]] = field(default_factory=dict)
    name: str = ""
    email: Given | None = None
    phone: Given | None = None
    agreed: bool = False
    invited: bool = False
    known: Contact | None = None
    proven: bool = False
    source: str = ""


@transaction.atomic
def answer_form(*, organisation: Organisation, form: UUID, given: Answering, circumstances: Circumstances, at: datetime) -> FormAnswer:
    """Keep an answer, with the evidence of what was agreed to; who left an address becomes a contact.

    Acts for the organisation. Raises NotFound for a form that nobody may answer, Refusal for a file that cannot be kept.
    """
    found = open_form(organisation.pk, form)
    contact = _contact(found, organisation, given, circumstances, at)
    answer = FormAnswer.objects.create(
        form=found, contact_id=contact and contact.pk, visitor_id=circumstances.visitor, source=given.source, at=at,
        proven=bool(contact and (given.proven or (given.known and given.known.pk == contact.pk))),
        values={**given.said, **_kept(given.files, at)}, **_evidence(found, organisation, given, circumstances, at),
    )  # fmt: skip
    if contact and found.tags and len({*contact.tags, *found.tags}) <= MOST_TAGS:
        tag(contact=contact, add=found.tags, by=None, at=at)
    record(
        FormAnswered(
            answer=answer.pk, form=found.pk, title=found.title[:80], contact=answer.contact_id, visitor=circumstances.visitor, at=at
        )
    )
    count_form(organisation=organisation.pk, form=found.pk, at=at, answers=1)
    if found.tells:
        defer("sites.tell_of_answer", answer=str(answer.pk))
    return answer


@transaction.atomic
def answer_more(*, organisation: Organisation, answer: UUID, given: Answering, at: datetime) -> FormAnswer:
    """Who has just answered says more: what she said before stays as it was. Acts for the organisation. Raises NotFound."""
    found = FormAnswer.objects.select_for_update(of=("self",)).filter(organisation_id=organisation.pk, pk=answer).first()
    if found is None:
        raise NotFound
    open_form(organisation.pk, found.form_id)
    new = {key: value for key, value in given.said.items() if key not in found.values}
    files = {key: file for key, file in given.files.items() if key not in found.values}
    found.values = {**new, **_kept(files, at), **found.values}
    found.save(update_fields=["values"])
    return found


def open_form(organisation: int, form: UUID) -> Form:
    """Raises NotFound for one that nobody may answer."""
    found = Form.objects.filter(organisation_id=organisation, pk=form, state=FormState.OPEN, published=True).first()
    if found is None:
        raise NotFound
    return found


def count_form(*, organisation: int, form: UUID, at: datetime, views: int = 0, answers: int = 0) -> None:
    """Once more seen, or answered, today. One statement; acts for the organisation."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO site_form_day AS d (id, organisation_id, form_id, day, views, answers)"
            " SELECT gen_random_uuid(), organisation_id, id, %s, %s, %s FROM site_form WHERE organisation_id = %s AND id = %s"
            " ON CONFLICT (organisation_id, form_id, day) DO UPDATE SET views = d.views + EXCLUDED.views, answers = d.answers + EXCLUDED.answers",
            [at.astimezone(UTC).date(), views, answers, organisation, form],
        )


def words_of(form: Form, organisation: Organisation, language: str, at: datetime) -> tuple[str, str]:
    """What one agrees to by sending it, and which version of these words it is."""
    if form.words:
        return form.words, f"form {form.words_version}"
    words = words_for(organisation, Purpose.ANSWER, language, at)
    return words.text, words.version


def _contact(form: Form, organisation: Organisation, given: Answering, how: Circumstances, at: datetime) -> Contact | None:
    if given.email:
        return agree(
            organisation=organisation, agreed=_agreed(form, organisation, given, how, at), template="sites/mail/confirm_form.txt",
            email=given.email, phone=given.phone, name=given.name, circumstances=how, proven=given.proven, at=at,
        ).contact  # fmt: skip
    if given.known:
        return given.known
    if given.phone:
        return capture(
            organisation=organisation.pk, identities=[given.phone], name=given.name, source=how.how, language=how.language,
            visitor=how.visitor, at=at,
        ).contact  # fmt: skip
    return None


def _agreed(form: Form, organisation: Organisation, given: Answering, how: Circumstances, at: datetime) -> list[Agreed]:
    agreed = []
    if given.agreed:
        words, version = words_of(form, organisation, how.language, at)
        agreed.append(Agreed(Purpose.ANSWER, words=words, version=version))
    if given.invited and form.invites:
        invitation = words_for(organisation, form.invites, how.language, at)
        agreed.append(Agreed(form.invites, words=invitation.text, version=invitation.version))
    return agreed


def _evidence(form: Form, organisation: Organisation, given: Answering, how: Circumstances, at: datetime) -> dict[str, Any]:
    words, version = words_of(form, organisation, how.language, at) if given.agreed else ("", "")
    invited = bool(given.invited and form.invites)
    return {"agreed_to": words, "words_version": version, "invited": invited, "language": how.language, "address": how.address}


def _kept(files: Mapping[str, tuple[BinaryIO, str]], at: datetime) -> dict[str, Any]:
    kept = {}
    for key, (file, name) in files.items():
        try:
            document = keep_document(file=file, name=name, by=None, at=at)
        except Refusal as refusal:
            raise Refusal(str(refusal) or _("This file cannot be kept."), field=f"q_{key}") from refusal
        kept[key] = {"document": str(document.pk), "name": document.name}
    return kept
