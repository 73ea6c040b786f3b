"""What a form asks of somebody, as signed words that come back with the answer."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core import signing

from oportuno.offer.sites.models import Form, FormAnswer
from oportuno.offer.sites.queries.forms import known_keys
from oportuno.offer.sites.rules.forms import Question, Whence, read_questions, to_ask
from oportuno.people.audience.api import Contact, known_contact

ASKED, SAID = "sites.form.asked", "sites.form.said"
MORE = timedelta(hours=1)  # in which who has answered may say more


@dataclass(frozen=True)
class Reader:
    """Who has the form before her. `contact`: whom we recognise in her; `known`: keys that she need not answer again."""

    visitor: UUID | None = None
    contact: Contact | None = None
    known: Collection[str] = frozenset()


STRANGER = Reader()


@dataclass(frozen=True)
class Asked:
    """What was asked: keys, and where the form stood if that is known already. `anew`: she said that she is not whom we recognise."""

    keys: Sequence[str] = ()
    there: Whence = field(default_factory=lambda: Whence("", {}))
    anew: bool = False


def reader_of(visitor: UUID) -> Reader:
    """Acts for the organisation of the form."""
    contact = known_contact(visitor=visitor, addresses=())
    return Reader(visitor, contact, frozenset(known_keys(contact=contact, visitor=visitor)))


def questions_for(form: Form, known: Collection[str]) -> tuple[Question, ...]:
    return to_ask(read_questions(form.questions), known, form.at_once)


def questions_back(form: Form, asked: Asked | None, reader: Reader, *, is_more: bool) -> tuple[Question, ...]:
    """To what an answer is held: what was asked, and what must be known of a stranger; what is known may be left out."""
    fresh = questions_for(form, reader.known)
    keys = set(asked.keys) if asked else {one.key for one in fresh}
    if not is_more:
        keys |= {one.key for one in fresh if one.required}
    wanted = [one for one in read_questions(form.questions) if one.key in keys or one.sort == "hidden"]
    return tuple(replace(one, required=False) if one.key in reader.known and not one.anew else one for one in wanted)


def questions_left(form: Form, answer: UUID) -> tuple[Question, ...]:
    """What somebody who has just answered was not asked yet. Acts for the organisation of the form."""
    found = FormAnswer.objects.filter(form=form, pk=answer).first()
    if found is None:
        return ()
    contact = Contact.objects.filter(pk=found.contact_id).first() if found.contact_id and found.proven else None
    known = known_keys(contact=contact, visitor=found.visitor_id) | found.values.keys()
    asked_before = {one.key for one in read_questions(form.questions) if one.anew and one.key in found.values}
    left = [one for one in read_questions(form.questions) if one.key not in asked_before]
    return tuple(one for one in to_ask(left, known, form.at_once) if one.sort != "hidden")


def sign_asked(form: Form, asked: Asked) -> str:
    told: dict[str, Any] = {"f": str(form.pk), "k": list(asked.keys)}
    if asked.there.path:
        told |= {"p": asked.there.path, "s": dict(asked.there.said)}
    return signing.dumps({**told, "n": 1} if asked.anew else told, salt=ASKED)


def read_asked(form: Form, token: str) -> Asked | None:
    """None for words that are not ours, or of another form."""
    try:
        told: Mapping[str, Any] = signing.loads(token[:4000], salt=ASKED)
    except signing.BadSignature:
        return None
    if told.get("f") != str(form.pk):
        return None
    return Asked(told["k"], Whence(told.get("p", ""), told.get("s", {})), bool(told.get("n")))


def sign_said(answer: FormAnswer) -> str:
    return signing.dumps(str(answer.pk), salt=SAID)


def read_said(token: str) -> UUID | None:
    """Which answer was given with this browser a moment ago."""
    try:
        return UUID(signing.loads(token[:400], salt=SAID, max_age=MORE))
    except signing.BadSignature:
        return None
