"""Forms for stories: one that is open, and a visitor who sends it as a browser does."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from django.test import Client

from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_organisation
from oportuno.offer.sites.api import inquiries
from oportuno.offer.sites.models import Form, FormAnswer
from oportuno.offer.sites.rules.forms import Question
from oportuno.people.audience.api.forms import stamp_of
from oportuno.people.organisations.testing import Actor

USUAL = (
    Question("", "name", "¿Cómo te llamas?", required=True),
    Question("", "email", "Tu correo", required=True),
    Question("", "line", "¿De qué ciudad escribes?"),
    Question("", "text", "¿Qué necesitas?", required=True, anew=True),
)
SAID = {
    "q_name": "Carmen",
    "q_email": "carmen@example.com",
    "q_de_que_ciudad_escribes": "Bogotá",
    "q_que_necesitas": "Rosas para el sábado",
}


def open_form(actor: Actor, *questions: Question, title: str = "Pide tu ramo", **settings: Any) -> Form:
    """A form of the actor's that anybody may answer, with these questions or the usual ones."""
    with for_organisation(own(actor)):
        made = inquiries.begin_form(title=title, by=actor.member, at=now())
        said = inquiries.Settings(**{"title": title, **settings})
        inquiries.change_form(form=made.pk, settings=said, questions=questions or USUAL, by=actor.member, at=now())
        return inquiries.set_form_state(form=made.pk, state="open", by=actor.member, at=now())


def address(actor: Actor, form: Form) -> str:
    assert actor.organisation
    return f"/v/{actor.organisation.slug}/formulario/{form.slug}/"


def send(client: Client, actor: Actor, form: Form, *, origin: str = "http://testserver", **said: Any) -> Any:
    """What a visitor sends from the form's own page, a minute after it was shown. None: not in the browser's form."""
    given = {"stamp": stamp_of(now() - timedelta(minutes=1)), "agrees": "on", **SAID, **said}
    return client.post(address(actor, form), {key: value for key, value in given.items() if value is not None}, HTTP_ORIGIN=origin)


def token_on(page: str) -> str:
    found = re.search(r'name="asked" value="([^"]+)"', page)
    assert found
    return found[1]


def asked_on(page: str) -> list[str]:
    """The names of the questions that a page asks, in their order."""
    return list(dict.fromkeys(re.findall(r'name="q_([a-z0-9_]+)"', page)))


def answers(actor: Actor, **which: Any) -> list[FormAnswer]:
    with for_organisation(own(actor)):
        return list(FormAnswer.objects.filter(**which).order_by("at", "pk"))


def own(actor: Actor) -> int:
    assert actor.organisation
    return int(actor.organisation.pk)
