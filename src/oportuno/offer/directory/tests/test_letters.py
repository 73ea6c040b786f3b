"""Who applied, and who vets, hear by mail."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from oportuno.kernel.facts import Recorded
from oportuno.kernel.facts.readers import READERS, recorded
from oportuno.kernel.isolation import for_market, for_organisation
from oportuno.offer.directory import api
from oportuno.offer.directory.actions.letters import LETTERS
from oportuno.offer.directory.facts import ApplicationSubmitted
from oportuno.offer.directory.testing import approve_all, fill_in, make_seller
from oportuno.people.messaging.api import Message
from oportuno.people.messaging.testing import all_messages
from oportuno.people.organisations.api import Role, join
from oportuno.people.organisations.testing import Actor, make_person

AT = datetime(2026, 11, 23, 15, tzinfo=UTC)
DAY = timedelta(days=1)
pytestmark = pytest.mark.usefixtures("market")


def hand_in(actor: Actor) -> api.Application:
    fill_in(actor.member, AT)
    with for_organisation(actor.member.organisation.pk):
        return api.submit_application(by=actor.member, at=AT)


def letters(at: datetime, since: int = 0) -> list[Message]:
    """What has been written by a moment, without the first `since`: all that was told so far is read once more."""
    with for_market("test"), connection.cursor() as cursor:
        cursor.execute(
            "SELECT f.id, f.transaction, f.organisation_id, k.name, f.subject_id, f.contact_id, f.visitor_id, f.person_id, f.at, f.data"
            " FROM fact f JOIN fact_kind k ON k.id = f.kind_id WHERE k.name = ANY(%s) ORDER BY f.id",
            [list(READERS["directory.write_letters"].kinds())],
        )
        api.write_letters([recorded(row) for row in cursor.fetchall()], at)
    return all_messages()[since:]


def told(mails: list[Message]) -> list[tuple[str, str]]:
    return sorted((one.to_address, one.subject) for one in mails)


def answer(application: api.Application, dario: Actor, verdict: api.Verdict) -> None:
    approvable = [line for line in api.lines_for_market(application.pk, AT) if line.evidence]
    said = [
        api.Judgement(one.requirement.key, verdict if one.requirement.key == "rut_co" else api.Verdict.APPROVE, "No se lee\nbien.")
        for one in approvable
    ]
    order = [api.Shown("test_order", {"words": "Llegó"})]
    api.show_evidence_for_market(application=application.pk, pieces=order, by=dario.member, at=AT)
    said.append(api.Judgement("test_order", api.Verdict.APPROVE, "Llegó."))
    api.decide_all(application=application.pk, judgements=said, by=dario.member, at=AT)
    api.conclude_review(application=application.pk, by=dario.member, at=AT, note="Escríbenos si dudas.")


def test_reviewers_hear_who_waits(alba: Actor, dario: Actor) -> None:
    hand_in(alba)
    assert told(letters(AT)) == [("dario@example.com", "Flores de Alba quiere vender")]
    assert "/desk/el-mercado/verificacion/" in all_messages()[0].text


def test_the_seller_reads_what_to_change_and_why(alba: Actor, beto: Actor, dario: Actor) -> None:
    mia = make_person("Mia")
    join(organisation=alba.member.organisation, person=mia, role=Role.MANAGER, at=AT)
    answer(hand_in(alba), dario, api.Verdict.CHANGES)
    mails = letters(AT, since=0)
    subject = "Necesitamos unos cambios de Flores de Alba"
    assert told(mails)[0::2] == [("alba@example.com", subject), ("mia@example.com", subject)]  # Beto only sells; Darío heard before
    text = next(one.text for one in mails if one.to_address == "alba@example.com")
    assert "RUT actualizado: No se lee bien." in text
    assert "Escríbenos si dudas." in text
    assert "/desk/flores-de-alba/solicitud/" in text


def test_the_seller_reads_why_it_was_rejected(alba: Actor, dario: Actor) -> None:
    answer(hand_in(alba), dario, api.Verdict.REJECT)
    mail = letters(AT)[-1]
    assert (mail.to_address, mail.subject) == ("alba@example.com", "No pudimos aprobar a Flores de Alba")
    assert "RUT actualizado: No se lee bien." in mail.text


def test_a_person_who_speaks_english_is_written_to_in_english(alba: Actor, dario: Actor) -> None:
    alba.person.language = "en"
    alba.person.save()
    approve_all(hand_in(alba), dario.member, AT)
    mail = letters(AT)[-1]
    assert mail.subject == "Flores de Alba is approved"
    assert "/v/flores-de-alba/" in mail.text


def test_what_ends_is_told_once_for_each_reminder_and_again_when_it_ran_out(alba: Actor, dario: Actor) -> None:
    make_seller(alba, dario, AT)
    before = len(letters(AT))
    for days in (31, 30, 29, 7, 0):
        at = AT + timedelta(days=365 - days)
        with for_market("test"):
            api.remind_due(at)
            api.expire_due(at)
        letters(at)
    subjects = [one.subject for one in all_messages()[before:]]
    renew = "Flores de Alba: renueva tus pruebas a tiempo"
    assert subjects == [renew, renew, "Los compradores no ven a Flores de Alba: se venció una prueba"]
    first = all_messages()[before].text
    assert first.count("\n- ") == 3  # RUT, Cámara de Comercio and test order, in one letter
    assert "RUT actualizado: hasta el 23 de noviembre" in first


def test_a_suspension_is_told_with_its_reason(alba: Actor, dario: Actor) -> None:
    seller = make_seller(alba, dario, AT)
    api.suspend_seller(seller=seller.pk, reason="Dos quejas sin respuesta.", by=dario.member, at=AT)
    mail = letters(AT)[-1]
    assert mail.subject == "Flores de Alba está suspendida"
    assert "Dos quejas sin respuesta." in mail.text


def test_nobody_is_written_to_about_the_past(alba: Actor, dario: Actor) -> None:
    make_seller(alba, dario, AT)
    assert letters(AT + 3 * DAY) == []


def test_a_letter_goes_out_once_however_often_its_fact_is_read(alba: Actor, dario: Actor) -> None:
    application = hand_in(alba)
    fact = Recorded(7, 7, application.organisation_id, ApplicationSubmitted.kind, application.pk, None, None, None, AT, {})
    with for_market("test"):
        assert api.write_letters([fact], AT) == 1
        api.write_letters([fact], AT)
    assert len(all_messages()) == 1


def test_every_fact_it_reads_has_its_letter() -> None:
    assert set(READERS["directory.write_letters"].kinds()) == set(LETTERS)
