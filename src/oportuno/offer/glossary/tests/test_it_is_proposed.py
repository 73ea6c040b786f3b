"""Sellers propose words; the market decides, and what it takes becomes its own."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.test import Client

from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_market, for_organisation
from oportuno.kernel.testing.queue import waiting
from oportuno.offer.glossary import api
from oportuno.offer.glossary.models import Proposal, Term
from oportuno.offer.glossary.testing import make_term
from oportuno.people.messaging.testing import all_messages
from oportuno.people.organisations.testing import Actor

WORDS = {"name_es": "bisel", "line_es": "Corte inclinado del tallo.", "linked": "on", "note": "Lo preguntan siempre."}


def proposals() -> list[Proposal]:
    with for_market("tests look at all proposals"):
        return list(Proposal.objects.order_by("sent_at"))


def terms() -> list[Term]:
    with for_market("tests look at all terms"):
        return list(Term.objects.order_by("slug"))


def review(dario: Actor, row: Proposal, **more: str) -> int:
    sent = {**WORDS, "version": str(row.version), "verdict": "accept", **more}
    return dario.post(dario.desk(f"revision-de-palabras/{row.pk}/"), sent).status_code


def test_a_seller_proposes_the_market_takes_it_and_anybody_reads_it(alba: Actor, dario: Actor, stranger: Client) -> None:
    assert alba.post(alba.desk("palabras/nueva/"), WORDS).status_code == 302
    (row,) = proposals()
    assert (row.state, row.name, row.note) == ("waiting", "bisel", "Lo preguntan siempre.")
    assert terms() == []
    assert "bisel" in dario.get(dario.desk("revision-de-palabras/")).content.decode()
    assert "revision-de-palabras" in dario.get(dario.desk()).content.decode(), "it is a task of today"
    assert review(dario, row, line_es="Corte inclinado, a 45 grados.") == 302
    (term,) = terms()
    assert (term.published, term.line_es, term.credited_id) == (True, "Corte inclinado, a 45 grados.", row.organisation_id)
    assert dario.organisation is not None
    assert term.organisation_id == dario.organisation.pk
    assert proposals()[0].state == "accepted"
    assert stranger.get("/glosario/bisel/").status_code == 200


@pytest.mark.parametrize("verdict", ["changes", "decline"])
def test_saying_no_needs_a_reason_and_is_read_by_who_proposed(alba: Actor, dario: Actor, verdict: str) -> None:
    alba.post(alba.desk("palabras/nueva/"), WORDS)
    (row,) = proposals()
    assert review(dario, row, verdict=verdict, answer="no") == 422
    assert proposals()[0].state == "waiting"
    assert review(dario, row, verdict=verdict, answer="Falta decir para qué flores sirve.") == 302
    shown = alba.get(alba.desk(f"palabras/{row.pk}/")).content.decode()
    assert "Falta decir para qué flores sirve." in shown
    assert terms() == []
    again = alba.post(alba.desk(f"palabras/{row.pk}/"), {**WORDS, "line_es": "Corte inclinado de rosas.", "version": str(row.version)})
    assert again.status_code == (302 if verdict == "changes" else 409)
    assert proposals()[0].state == ("waiting" if verdict == "changes" else "declined")


def test_a_change_to_a_term_is_proposed_and_taken(alba: Actor, dario: Actor) -> None:
    make_term(dario, "bisel", "Viejo.")
    assert "Viejo." in alba.get(alba.desk("palabras/nueva/?sobre=bisel")).content.decode()
    alba.post(alba.desk("palabras/nueva/"), {**WORDS, "sobre": "bisel"})
    (row,) = proposals()
    assert row.term == "bisel"
    assert review(dario, row) == 302
    assert [one.line_es for one in terms()] == ["Corte inclinado del tallo."]


def test_what_was_said_anew_is_not_decided_by_its_old_words(alba: Actor, dario: Actor) -> None:
    alba.post(alba.desk("palabras/nueva/"), WORDS)
    (row,) = proposals()
    alba.post(alba.desk(f"palabras/{row.pk}/"), {**WORDS, "line_es": "Otra cosa.", "version": str(row.version)})
    assert review(dario, row) == 409
    assert terms() == []


def test_she_takes_it_back(alba: Actor, dario: Actor) -> None:
    alba.post(alba.desk("palabras/nueva/"), WORDS)
    (row,) = proposals()
    assert alba.post(alba.desk(f"palabras/{row.pk}/retiro/")).status_code == 302
    assert proposals()[0].state == "taken_back"
    assert review(dario, row) == 409


def test_gala_and_sellers_have_no_business_there(alba: Actor, gala: Actor, dario: Actor) -> None:
    alba.post(alba.desk("palabras/nueva/"), WORDS)
    (row,) = proposals()
    assert gala.get(gala.desk(f"palabras/{row.pk}/")).status_code == 404
    assert gala.get(alba.desk(f"palabras/{row.pk}/")).status_code == 404
    assert alba.get(alba.desk("glosario/")).status_code == 404
    assert alba.post(alba.desk(f"revision-de-palabras/{row.pk}/"), {**WORDS, "verdict": "accept"}).status_code == 404
    assert terms() == []


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"name_es": "", "name_en": ""}, "Escribe su nombre"),
        ({"line_es": ""}, "qué significa"),
        ({"name_es": "!!!"}, "Elige otro nombre"),
        ({"references": "Norma https://"}, ""),
    ],
)
def test_what_is_not_whole_is_refused_with_a_reason(alba: Actor, wrong: dict[str, str], says: str) -> None:
    answer = alba.post(alba.desk("palabras/nueva/"), {**WORDS, **wrong})
    assert answer.status_code == 422
    assert proposals() == []


def test_who_proposed_hears_of_it_once(alba: Actor, dario: Actor) -> None:
    alba.post(alba.desk("palabras/nueva/"), WORDS)
    (row,) = proposals()
    assert review(dario, row, answer="Gracias.") == 302
    for _twice in range(2):
        with for_organisation(row.organisation_id):
            assert api.tell_proposer(proposal=row.pk, state="accepted", at=now()) == 1
    letters = [one for one in all_messages() if "bisel" in one.subject]
    assert [one.to_address for one in letters] == [alba.person.email]
    assert "/glosario/bisel/" in letters[0].text


def test_who_is_forgotten_proposed_nothing(alba: Actor, dario: Actor) -> None:
    alba.post(alba.desk("palabras/nueva/"), WORDS)
    assert api.forget_person(alba.person.pk) == 1
    (row,) = proposals()
    assert (row.by_id, row.by_name, row.name) == (None, "", "bisel")


@pytest.mark.parametrize(
    ("said", "subject"),
    [
        ({}, "“bisel” ya está en el glosario"),
        ({"verdict": "changes", "answer": "Falta decir para qué."}, "“bisel”: unos cambios, por favor"),
        ({"verdict": "decline", "answer": "No es de este oficio."}, "“bisel” no se incorporó al glosario"),
    ],
    ids=["accepted", "changes", "declined"],
)
def test_who_proposed_a_word_hears_what_became_of_it_once(alba: Actor, dario: Actor, said: dict[str, str], subject: str) -> None:
    alba.post(alba.desk("palabras/nueva/"), WORDS)
    (row,) = proposals()
    assert review(dario, row, **said) == 302
    for given in waiting("glossary.tell_proposer") * 2:  # as a job may come twice
        with for_organisation(given["organisation"]):
            api.tell_proposer(proposal=UUID(given["proposal"]), state=given["state"], at=now())
    assert [(one.to_address, one.subject) for one in all_messages()] == [("alba@example.com", subject)]
