"""A visitor answers a form of a site: she becomes a contact, with what she agreed to; whom one knows is asked less."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_organisation, for_public
from oportuno.kernel.jobs import Lease
from oportuno.offer.media.api import Document, document_for
from oportuno.offer.sites import api, reactions
from oportuno.offer.sites.api import inquiries
from oportuno.offer.sites.models import Domain, Form, FormAnswer, FormDay
from oportuno.offer.sites.rules.forms import Question
from oportuno.offer.sites.testing import open_site, write
from oportuno.offer.sites.tests.asking import SAID, address, answers, asked_on, open_form, own, send, token_on
from oportuno.people.audience import api as people
from oportuno.people.audience.api.forms import stamp_of
from oportuno.people.audience.testing import Contact
from oportuno.people.messaging.testing import all_messages, link_in
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def form(felix: Actor) -> Form:
    open_site(felix)
    return open_form(felix)


def contacts(actor: Actor) -> list[Contact]:
    with for_organisation(own(actor)):
        return list(Contact.objects.order_by("created_at"))


def recognised(client: Client, actor: Actor, contact: Contact) -> None:
    """This browser is one that agreed to be recognised, and in which the contact has said who he is."""
    client.post(reverse("audience:visits"), {"choice": "yes"}, HTTP_ORIGIN="http://testserver")
    visitor = UUID(client.cookies["visitor"].value)
    with for_organisation(own(actor)):
        people.identify(visitor=visitor, contact=contact.pk, at=now())


def test_an_answer_makes_a_contact_and_stands_in_its_timeline(felix: Actor, form: Form, stranger: Client) -> None:
    sent = send(stranger, felix, form)
    assert sent.status_code == 302
    assert "Gracias" in stranger.get(sent.headers["Location"].partition("#")[0]).content.decode()
    contact, answer = contacts(felix)[0], answers(felix)[0]
    assert (contact.display_name, contact.email, contact.source) == ("Carmen", "carmen@example.com", "form")
    assert answer.contact_id == contact.pk
    assert answer.values["que_necesitas"] == "Rosas para el sábado"
    with for_organisation(own(felix)):
        told = [one.title for one in people.timeline_of(contact).facts]
    assert "Respondió el formulario «Pide tu ramo»" in told


def test_it_keeps_the_words_that_were_agreed_to_even_when_they_change(felix: Actor, form: Form, stranger: Client) -> None:
    send(stranger, felix, form)
    first = answers(felix)[0]
    assert "Félix Escribe" in first.agreed_to
    with for_organisation(own(felix)):
        said = inquiries.Settings(title="Pide tu ramo", words="Usamos tus datos solo para tu ramo.")
        inquiries.change_form(form=form.pk, settings=said, questions=api_questions(form), by=felix.member, at=now())
    send(stranger, felix, form, q_que_necesitas="Otro")
    second = answers(felix)[1]
    assert (second.agreed_to, second.words_version) == ("Usamos tus datos solo para tu ramo.", "form 1")
    assert answers(felix)[0].agreed_to == first.agreed_to
    with for_organisation(own(felix)):
        assert [one.deed for one in people.evidence_of(contacts(felix)[0])] == ["asked"]


def api_questions(form: Form) -> list[Question]:
    return list(inquiries.questions_for(form, ()))


def test_nothing_is_kept_without_agreement_and_everything_typed_is(felix: Actor, form: Form, stranger: Client) -> None:
    page = send(stranger, felix, form, agrees=None, q_email="esto no es")
    text = page.content.decode()
    assert page.status_code == 422
    assert "tal vez" not in text
    assert 'value="esto no es"' in text
    assert "Rosas para el sábado" in text
    assert text.count('class="wrong" id="') == 2
    assert answers(felix) == []
    assert contacts(felix) == []


def test_what_visitors_write_is_words_and_never_markup(felix: Actor, stranger: Client) -> None:
    open_site(felix)
    evil = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    form = open_form(
        felix, Question("", "line", evil, help=evil, required=True), Question("", "choice", "c" + evil, options=(evil, "no"), required=True),
        Question("", "email", "Tu correo"), title=f"T{evil}", intro=evil, thanks=evil, words=evil, button="B<b>",
    )  # fmt: skip
    page = stranger.get(address(felix, form)).content.decode()
    keys = asked_on(page)
    sent = send(stranger, felix, form, **{f"q_{keys[0]}": evil, f"q_{keys[1]}": evil})
    thanks = stranger.get(sent.headers["Location"].partition("#")[0]).content.decode()
    wrong = send(stranger, felix, form, q_email=evil).content.decode()
    here = f"{felix.desk('sitio/formularios/')}{form.pk}/"
    answer = answers(felix)[0]
    desk = [felix.get(f"{here}{path}").content.decode() for path in ("", "vista/", "respuestas/", f"respuestas/{answer.pk}/")]
    for text in (page, thanks, wrong, *desk):
        assert "alert(1)" in text
        assert "<script>alert" not in text
        assert "<img src=x" not in text


def test_machines_are_thanked_and_left_out(felix: Actor, form: Form, stranger: Client) -> None:
    assert send(stranger, felix, form, website="https://spam.example").status_code == 302
    assert send(stranger, felix, form, stamp="forged").status_code == 422
    assert send(stranger, felix, form, origin="https://evil.example").status_code == 403
    assert answers(felix) == []
    for number in range(12):
        send(stranger, felix, form, q_que_necesitas=f"Ramo {number}")
    assert send(stranger, felix, form, q_que_necesitas="Uno más").status_code == 429
    assert len(answers(felix)) == 12


def test_pressed_twice_it_is_answered_once_and_two_readers_are_two(felix: Actor, form: Form, stranger: Client) -> None:
    same = send(stranger, felix, form, stamp=(stamp := token_stamp()))
    again = send(stranger, felix, form, stamp=stamp)
    assert again.headers["Location"] == same.headers["Location"]
    assert len(answers(felix)) == 1
    other = Client(HTTP_USER_AGENT="Another browser")
    send(other, felix, form, stamp=stamp)
    assert len(answers(felix)) == 2


def token_stamp() -> str:
    return stamp_of(now() - timedelta(minutes=1))


def test_whom_we_know_is_asked_only_what_we_do_not_know(felix: Actor, form: Form, stranger: Client) -> None:
    send(stranger, felix, form)
    recognised(stranger, felix, contacts(felix)[0])
    first = stranger.get(address(felix, form)).content.decode()
    assert asked_on(first) == ["de_que_ciudad_escribes", "que_necesitas"]  # what a stranger said of her is not yet known of her
    sent = stranger.post(
        address(felix, form),
        {"stamp": token_stamp(), "asked": token_on(first), "q_de_que_ciudad_escribes": "Cali", "q_que_necesitas": "Lirios"},
        HTTP_ORIGIN="http://testserver",
    )
    assert sent.status_code == 302
    mine = answers(felix)[1]
    assert (mine.contact_id, mine.proven) == (contacts(felix)[0].pk, True)
    page = stranger.get(address(felix, form)).content.decode()
    assert asked_on(page) == ["que_necesitas"]
    assert "Carmen" not in page
    assert "Cali" not in page
    assert asked_on(stranger.get(f"{address(felix, form)}?otra=1").content.decode())[:2] == ["name", "email"]


def test_the_rest_comes_afterwards_a_few_at_a_time(felix: Actor, stranger: Client) -> None:
    open_site(felix)
    form = open_form(
        felix, Question("", "email", "Tu correo", required=True), Question("", "line", "Ciudad"), Question("", "number", "Invitados"),
        Question("", "yes", "Con entrega"), at_once=2,
    )  # fmt: skip
    page = stranger.get(address(felix, form)).content.decode()
    assert asked_on(page) == ["email", "ciudad"]
    sent = send(stranger, felix, form, asked=token_on(page), q_email="carmen@example.com", q_ciudad="Bogotá")
    thanks = stranger.get(sent.headers["Location"].partition("#")[0]).content.decode()
    assert asked_on(thanks) == ["invitados", "con_entrega"]
    more = thanks.partition('name="mas" value="')[2].partition('"')[0]
    done = send(
        stranger, felix, form, asked=token_on(thanks), mas=more, agrees=None, q_email=None, q_name=None, q_invitados="80", q_con_entrega="yes"
    )  # fmt: skip
    assert done.status_code == 302
    kept = answers(felix)
    assert len(kept) == 1
    assert kept[0].values == {"email": "carmen@example.com", "ciudad": "Bogotá", "invitados": "80", "con_entrega": True}
    assert "Con entrega" not in stranger.get(done.headers["Location"].partition("#")[0]).content.decode()


def test_an_address_of_somebody_else_changes_nothing_that_is_known_of_him(felix: Actor, form: Form, stranger: Client) -> None:
    send(stranger, felix, form)
    before = contacts(felix)[0]
    send(Client(), felix, form, q_name="Otra persona", q_de_que_ciudad_escribes="Quito")
    after = contacts(felix)
    assert [(one.pk, one.display_name) for one in after] == [(before.pk, "Carmen")]
    assert [one.proven for one in answers(felix)] == [False, False]


def test_who_asks_for_the_bulletin_confirms_it_with_one_mail(felix: Actor, stranger: Client) -> None:
    open_site(felix)
    form = open_form(felix, invites="bulletin")
    send(stranger, felix, form, invited="on")
    mails = [one for one in all_messages() if one.to_address == "carmen@example.com"]
    assert len(mails) == 1
    assert "Rosas" not in mails[0].text
    with for_organisation(own(felix)):
        pending = people.standings_of(contacts(felix)[0])
    assert sorted((one.purpose, one.standing) for one in pending) == [("answer", "pending"), ("bulletin", "pending")]
    assert link_in(mails[0])


def test_those_who_are_to_hear_of_it_do_without_what_was_answered(felix: Actor, stranger: Client) -> None:
    open_site(felix)
    form = open_form(felix, tells=[felix.person.pk], tags=["Ramo  pedido"])
    send(stranger, felix, form)
    with for_organisation(own(felix)):
        reactions.tell_of_answer(Lease(0, 0, own(felix), "x"), answer=str(answers(felix)[0].pk))
    told = [one for one in all_messages() if one.to_address == "felix@example.com"]
    assert len(told) == 1
    assert "Pide tu ramo" in told[0].subject
    assert "Rosas" not in told[0].text
    assert contacts(felix)[0].tags == ["ramo pedido"]


def test_a_file_is_private_and_goes_when_its_sender_is_forgotten(felix: Actor, gala: Actor, stranger: Client) -> None:
    open_site(felix)
    form = open_form(felix, Question("", "email", "Tu correo", required=True), Question("", "file", "Tu lista", required=True))
    page = send(stranger, felix, form, q_tu_lista=SimpleUploadedFile("malo.exe", b"MZ\x90\x00 nothing good"))
    assert page.status_code == 422
    assert "malo.exe" in page.content.decode()
    assert answers(felix) == []
    send(stranger, felix, form, q_tu_lista=SimpleUploadedFile("lista.pdf", PDF))
    answer = answers(felix)[0]
    file = f"{felix.desk('sitio/formularios/')}{form.pk}/respuestas/{answer.pk}/archivo/tu_lista/"
    handed = felix.get(file)
    assert b"".join(handed.streaming_content) == PDF
    assert "attachment" in handed.headers["Content-Disposition"]
    assert gala.get(file).status_code == 404
    assert stranger.get(file).status_code in (302, 404)
    with for_organisation(own(felix)):
        assert Document.objects.count() == 1
        people.erase_contact(organisation=own(felix), contact=contacts(felix)[0].pk, by=felix.person.pk, at=now())
        assert not Document.objects.exists()
    assert answers(felix) == []
    assert contacts(felix) == []


@pytest.mark.django_db(transaction=True)
def test_the_file_of_somebody_forgotten_is_gone_from_the_disk(felix: Actor, stranger: Client) -> None:
    open_site(felix)
    form = open_form(felix, Question("", "email", "Tu correo", required=True), Question("", "file", "Tu lista", required=True))
    send(stranger, felix, form, q_tu_lista=SimpleUploadedFile("lista.pdf", PDF))
    with for_organisation(own(felix)):
        _document, path = document_for(Document.objects.get().pk)
        assert path.exists()
        inquiries.remove_answer(answer=answers(felix)[0].pk, by=felix.member)
    assert not path.exists()


def test_where_it_came_from_is_read_from_the_page_and_not_from_others(felix: Actor, stranger: Client) -> None:
    open_site(felix)
    form = open_form(felix, Question("", "line", "Ciudad", required=True), Question("", "hidden", "Campaña", options=("utm_source",)))
    for referer in ("http://testserver/v/felix-escribe/precios/?utm_source=feria", "https://evil.example/?utm_source=robado"):
        stranger.post(
            address(felix, form), {"stamp": token_stamp(), "q_ciudad": referer[:20]}, HTTP_ORIGIN="http://testserver", HTTP_REFERER=referer
        )
    first, second = answers(felix)
    assert (first.source, first.values["campana"]) == ("/v/felix-escribe/precios/", "feria")
    assert (second.source, "campana" in second.values) == ("", False)


def test_it_leads_to_the_page_that_it_names_while_anybody_sees_it(felix: Actor, stranger: Client) -> None:
    open_site(felix)
    page = write(felix.member, "Gracias por escribir", kind="page")
    form = open_form(felix, leads_to=page.pk)
    assert send(stranger, felix, form).headers["Location"] == "/v/felix-escribe/gracias-por-escribir/"
    with for_organisation(own(felix)):
        api.withdraw_entry(entry=page.pk, by=felix.member, at=now())
    assert "gracias=" in send(stranger, felix, form, q_que_necesitas="Otra cosa").headers["Location"]


def test_nobody_answers_what_is_not_open(felix: Actor, form: Form, stranger: Client) -> None:
    with for_organisation(own(felix)):
        inquiries.set_form_state(form=form.pk, state="archived", by=felix.member, at=now())
    assert stranger.get(address(felix, form)).status_code == 404
    assert send(stranger, felix, form).status_code == 404
    with for_organisation(own(felix)):
        inquiries.set_form_state(form=form.pk, state="open", by=felix.member, at=now())
        api.close_site(by=felix.member, at=now())
    assert send(stranger, felix, form).status_code == 404
    with for_public():
        assert not Form.objects.exists()
    assert answers(felix) == []
    with for_organisation(own(felix)):
        api.open_site(by=felix.member, at=now())
    assert stranger.get(address(felix, form)).status_code == 200
    with for_public():
        assert Form.objects.count() == 1
        assert not FormAnswer.objects.exists()
        assert not FormDay.objects.exists()


def test_it_counts_who_saw_it_and_who_answered(felix: Actor, form: Form, stranger: Client) -> None:
    for _time in range(3):
        seen = stranger.get(f"{address(felix, form)}visto.gif")
        assert (seen.status_code, seen.headers["Content-Type"]) == (200, "image/gif")
        assert "no-store" in seen.headers["Cache-Control"]
        assert not seen.cookies
    send(stranger, felix, form)
    with for_organisation(own(felix)):
        day = FormDay.objects.get()
    assert (day.views, day.answers) == (3, 1)


def test_on_a_domain_of_ones_own_it_is_answered_there(felix: Actor, form: Form) -> None:
    with for_organisation(own(felix)):
        Domain.objects.create(name="felix.example", token="x", state="proved", main=True, published=True, created_at=now(), proved_at=now())
    visitor = Client(HTTP_HOST="felix.example")
    for path in (f"/formulario/{form.slug}/", address(felix, form)):
        page = visitor.get(path)
        assert page.status_code == 200
        assert f'action="/formulario/{form.slug}/#' in page.content.decode()
    said = {"stamp": token_stamp(), "agrees": "on", **SAID}
    sent = visitor.post(address(felix, form), said, HTTP_ORIGIN="http://felix.example")
    assert sent.headers["Location"].startswith(f"/formulario/{form.slug}/?gracias=")
    assert len(answers(felix)) == 1
