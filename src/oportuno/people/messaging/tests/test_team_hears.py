"""The seller's team hears of a question, is reminded of its promise, and the operator sees a promise that broke."""

from __future__ import annotations

from datetime import timedelta

import pytest

from oportuno.kernel.clock import now
from oportuno.people.audience.testing import Question, asked, rows, run_job
from oportuno.people.messaging.testing import all_messages
from oportuno.people.organisations.api import Role, join
from oportuno.people.organisations.testing import make_person

pytestmark = pytest.mark.django_db


def heard() -> list[tuple[str, str]]:
    return sorted((one.to_address, one.template.rpartition("/")[2]) for one in all_messages() if one.purpose == "service")


def test_it_tells_everybody_who_may_answer_once_with_link_and_promise(alba, beto, gala):
    analyst = make_person("Ana")
    join(organisation=alba.organisation, person=analyst, role=Role.ANALYST, at=now())
    question = asked(alba)

    run_job("tell_team", question)
    run_job("tell_team", question)

    assert heard() == [("alba@example.com", "asked.txt"), ("beto@example.com", "asked.txt")]
    mail = next(one for one in all_messages() if one.to_address == "beto@example.com")
    assert mail.subject == "Carmen le pregunta a Flores de Alba"
    assert alba.desk(f"preguntas/{question.pk}/") in mail.text
    assert alba.desk("preguntas/avisos/") in mail.text
    assert "La respuesta está prometida para el" in mail.text


def test_it_leaves_in_peace_who_switched_it_off_and_nobody_else(alba, beto, gala):
    assert beto.post(alba.desk("preguntas/avisos/"), {"wanted": "no"}).status_code == 302
    assert gala.post(alba.desk("preguntas/avisos/"), {"wanted": "no"}).status_code == 404
    run_job("tell_team", asked(alba))
    assert heard() == [("alba@example.com", "asked.txt")]

    beto.post(alba.desk("preguntas/avisos/"), {"wanted": "yes"})
    run_job("tell_team", asked(alba, "eva@example.com"))
    assert len(heard()) == 3


def test_it_reminds_before_the_promise_breaks_and_not_once_it_is_answered(alba):
    first, second = asked(alba), asked(alba, "eva@example.com")
    alba.post(alba.desk(f"preguntas/{first.pk}/respuesta/"), {"answer": "Sí."})
    for question in (first, second):
        run_job("remind_team", question)
    assert heard() == [("alba@example.com", "reminder.txt")]


def test_it_shows_the_operator_who_broke_a_promise_and_not_what_was_asked(alba, dario, gala):
    question = asked(alba, at=now() - timedelta(days=30))
    kept = asked(gala)
    for one in (question, question, kept):
        run_job("watch_promise", one)

    page = dario.get(dario.desk("promesas/")).content.decode()
    assert "Flores de Alba" in page
    assert "Viveros Gala" not in page
    assert "rosas blancas" not in page
    assert "1 pregunta espera más" in dario.get(dario.desk()).content.decode()
    assert alba.get(dario.desk("promesas/")).status_code == 404

    alba.post(alba.desk(f"preguntas/{question.pk}/respuesta/"), {"answer": "Perdón por la demora."})
    assert rows(alba.organisation, Question)[0].broken_at == question.due_at
    assert "espera más" not in dario.get(dario.desk()).content.decode()
