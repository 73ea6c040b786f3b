"""The builder of forms, and what was answered: who may do what, without JavaScript, for thousands of answers."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_organisation
from oportuno.offer.sites.models import Form, FormAnswer
from oportuno.offer.sites.rules.forms import Question, read_questions
from oportuno.offer.sites.testing import open_site
from oportuno.offer.sites.tests.asking import address, answers, asked_on, open_form, own, send
from oportuno.people.audience.testing import Contact
from oportuno.people.organisations.api import Role, join, people_who_may
from oportuno.people.organisations.testing import Actor, make_person

pytestmark = pytest.mark.django_db


def desk(actor: Actor, path: str = "") -> str:
    return actor.desk(f"sitio/formularios/{path}")


def of(actor: Actor, form: Form) -> Form:
    with for_organisation(own(actor)):
        return Form.objects.get(pk=form.pk)


def building(form: Form, **more: Any) -> dict[str, Any]:
    """What the builder's form sends."""
    data: dict[str, Any] = {"title": form.title, "at_once": "0", "tags": "", "do": "save"}
    questions = read_questions(form.questions)
    for row, one in enumerate(questions):
        data |= {f"q{row}-key": one.key, f"q{row}-sort": one.sort, f"q{row}-label": one.label, f"q{row}-help": one.help}
        data |= {f"q{row}-options": "\n".join(one.options)} | ({f"q{row}-required": "on"} if one.required else {})
    return data | {"rows": str(len(questions))} | more


def colleague(actor: Actor, role: str) -> Actor:
    person = make_person(f"Colega {role}", f"{role}@example.com")
    assert actor.organisation
    join(organisation=actor.organisation, person=person, role=role, at=now())
    return Actor(person, actor.organisation)


def test_a_form_is_begun_opened_and_answered_in_a_minute(felix: Actor, stranger: Client) -> None:
    open_site(felix)
    begun = felix.post(desk(felix, "nuevo/"), {"title": "Pide tu ramo"})
    with for_organisation(own(felix)):
        form = Form.objects.get()
    assert begun.headers["Location"] == desk(felix, f"{form.pk}/")
    assert asked_on(felix.get(desk(felix, f"{form.pk}/vista/")).content.decode()) == ["name", "email", "como_te_podemos_ayudar"]
    assert stranger.get(address(felix, form)).status_code == 404
    saved = felix.post(desk(felix, f"{form.pk}/"), building(form, do="open"), follow=True)
    assert "Ya lo puede responder cualquiera." in saved.content.decode()
    assert asked_on(stranger.get(address(felix, form)).content.decode()) == ["name", "email", "como_te_podemos_ayudar"]


def test_rows_are_added_moved_and_taken_away_without_javascript_and_nothing_typed_is_lost(felix: Actor) -> None:
    open_site(felix)
    form = open_form(felix)
    typed = building(form, **{"q2-label": "¿En qué barrio?", "intro": "Cuéntanos"})
    moved = felix.post(desk(felix, f"{form.pk}/"), {**typed, "do": "up-2"}).content.decode()
    assert 'value="¿En qué barrio?"' in moved
    assert "Cuéntanos" in moved
    assert moved.index('value="de_que_ciudad_escribes"') < moved.index('name="q2-label" value="Tu correo"')
    added = felix.post(desk(felix, f"{form.pk}/"), {**typed, "do": "add", "sort": "choice"}).content.decode()
    assert 'name="q4-sort" value="choice"' in added
    part = felix.client.post(desk(felix, f"{form.pk}/"), {**typed, "do": "remove-0"}, HTTP_HX_REQUEST="true").content.decode()
    assert part.lstrip().startswith('<div id="questions"')
    assert "¿Cómo te llamas?" not in part
    assert of(felix, form).questions == form.questions  # nothing is kept before somebody saves


def test_a_question_taken_away_keeps_its_answers_and_a_new_one_gets_a_key_of_its_own(felix: Actor, stranger: Client) -> None:
    open_site(felix)
    form = open_form(felix)
    send(stranger, felix, form)
    data = building(form)
    data |= {"q2-key": "", "q2-sort": "line", "q2-label": "¿De qué ciudad escribes?"}
    assert felix.post(desk(felix, f"{form.pk}/"), data).status_code == 302
    now_asked = of(felix, form)
    assert [one.key for one in read_questions(now_asked.questions)][2] == "de_que_ciudad_escribes_2"
    assert "Bogotá" in felix.get(desk(felix, f"{form.pk}/respuestas/{answers(felix)[0].pk}/")).content.decode()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"title": ""}, "obligatorio"),
        ({"q0-label": ""}, "obligatorio"),
        ({"q0-sort": "email"}, "una vez cada uno"),
        ({"q0-sort": "choice", "q0-key": "", "q0-options": "Una"}, "al menos dos"),
        ({"q0-key": "ajena"}, "cambió entretanto"),
        ({"at_once": "-1"}, "mayor o igual"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_changes(felix: Actor, wrong: dict[str, str], says: str) -> None:
    open_site(felix)
    form = open_form(felix)
    page = felix.post(desk(felix, f"{form.pk}/"), building(form, **wrong))
    assert page.status_code == 422
    assert says in page.content.decode()
    assert of(felix, form).questions == form.questions
    assert of(felix, form).title == "Pide tu ramo"


def test_roles_build_read_and_take_away_as_they_may(felix: Actor, stranger: Client) -> None:
    open_site(felix)
    form = open_form(felix)
    send(stranger, felix, form)
    answer = answers(felix)[0]
    may: dict[str, dict[str, int]] = {}
    for role in (Role.EDITOR, Role.SELLER, Role.ANALYST, Role.MANAGER):
        who = colleague(felix, role)
        may[role] = {
            "build": who.get(desk(felix, f"{form.pk}/")).status_code,
            "begin": who.post(desk(felix, "nuevo/"), {"title": "Otro"}).status_code,
            "read": who.get(desk(felix, f"{form.pk}/respuestas/{answer.pk}/")).status_code,
            "list": who.get(desk(felix, f"{form.pk}/respuestas/")).status_code,
            "take": who.get(desk(felix, f"{form.pk}/respuestas.csv")).status_code,
            "see": who.get(desk(felix)).status_code,
        }
    no = 403 if may[Role.SELLER]["build"] == 403 else 404
    assert may[Role.EDITOR] == {"build": 200, "begin": 302, "read": no, "list": no, "take": no, "see": 200}
    assert may[Role.SELLER] == {"build": no, "begin": no, "read": 200, "list": 200, "take": no, "see": 200}
    assert may[Role.ANALYST] == {"build": no, "begin": no, "read": 200, "list": 200, "take": no, "see": 200}
    assert may[Role.MANAGER] == {"build": 200, "begin": 302, "read": 200, "list": 200, "take": 200, "see": 200}
    analyst = Actor(colleague_person(felix, Role.ANALYST), felix.organisation)
    assert analyst.post(desk(felix, f"{form.pk}/respuestas/{answer.pk}/"), {"do": "remove"}).status_code == 404
    assert answers(felix) == [answer]


def colleague_person(actor: Actor, role: str) -> Any:
    assert actor.organisation
    return next(one for one in people_who_may(actor.organisation, "see") if one.email == f"{role}@example.com")


def test_a_form_of_another_organisation_is_not_there(felix: Actor, gala: Actor, stranger: Client) -> None:
    open_site(felix)
    form = open_form(felix)
    send(stranger, felix, form)
    answer = answers(felix)[0]
    paths = ("", "vista/", "respuestas/", "respuestas.csv", f"respuestas/{answer.pk}/", f"respuestas/{answer.pk}/archivo/name/")
    for path in paths:
        assert gala.get(desk(felix, f"{form.pk}/{path}")).status_code == 404  # as somebody of elsewhere
        assert gala.get(desk(gala, f"{form.pk}/{path}")).status_code == 404  # with her own workbench around it
    for path, data in (
        ("", building(form)),
        ("estado/", {"do": "archived"}),
        ("estado/", {"do": "copy"}),
        (f"respuestas/{answer.pk}/", {}),
    ):
        assert gala.post(desk(gala, f"{form.pk}/{path}"), data).status_code == 404
    assert of(felix, form).state == "open"
    assert answers(felix) == [answer]
    with for_organisation(own(gala)):
        assert not Form.objects.filter(organisation_id=own(gala)).exists()
        assert not FormAnswer.objects.exists()


def test_a_copy_is_a_draft_of_its_own_and_an_archived_form_keeps_its_answers(felix: Actor, stranger: Client) -> None:
    open_site(felix)
    form = open_form(felix, words="Solo para tu ramo.", invites="bulletin")
    send(stranger, felix, form)
    copied = felix.post(desk(felix, f"{form.pk}/estado/"), {"do": "copy"})
    with for_organisation(own(felix)):
        copy = Form.objects.exclude(pk=form.pk).get()
    assert copied.headers["Location"] == desk(felix, f"{copy.pk}/")
    assert (copy.state, copy.title, copy.words, copy.invites) == ("draft", "Pide tu ramo (copia)", "Solo para tu ramo.", "bulletin")
    assert copy.questions == form.questions
    felix.post(desk(felix, f"{form.pk}/estado/"), {"do": "archived"})
    assert "Pide tu ramo (copia)" in felix.get(desk(felix)).content.decode()
    assert f"{form.pk}/respuestas/" in felix.get(f"{desk(felix)}?state=archived").content.decode()
    assert len(answers(felix)) == 1


def test_answers_leave_as_a_spreadsheet_without_live_formulas(felix: Actor, stranger: Client) -> None:
    open_site(felix)
    form = open_form(felix)
    send(stranger, felix, form, q_que_necesitas='=HYPERLINK("https://evil.example")', q_name="+57 Carmen", q_de_que_ciudad_escribes="@cmd")
    sheet = felix.get(desk(felix, f"{form.pk}/respuestas.csv"))
    text = b"".join(sheet.streaming_content).decode("utf-8-sig")
    heading, row = list(csv.reader(io.StringIO(text)))
    assert heading[:3] == ["Cuándo", "Página", "Contacto"]
    assert "¿Qué necesitas?" in heading
    said = dict(zip(heading, row, strict=True))
    assert said["¿Qué necesitas?"] == '\'=HYPERLINK("https://evil.example")'
    assert said["¿Cómo te llamas?"] == "'+57 Carmen"
    assert said["¿De qué ciudad escribes?"] == "'@cmd"


def asks_of(asked: CaptureQueriesContext) -> int:
    """How often forms, answers and contacts were asked for; what stands around a page is looked up now and then only."""
    return sum(1 for one in asked if "site_form" in one["sql"] or 'FROM "contact"' in one["sql"])


def many_answers(actor: Actor, form: Form, count: int) -> None:
    at = now()
    with for_organisation(own(actor)):
        people = Contact.objects.bulk_create(Contact(display_name=f"Persona {n}", created_at=at, last_seen_at=at) for n in range(count))
        FormAnswer.objects.bulk_create(
            FormAnswer(
                form=form,
                contact_id=one.pk,
                values={"name": one.display_name, "de_que_ciudad_escribes": "Cali"},
                at=at - timedelta(minutes=n // 3),
            )
            for n, one in enumerate(people)
        )


def test_two_thousand_answers_are_read_page_by_page_each_once(felix: Actor) -> None:
    open_site(felix)
    form = open_form(felix)
    many_answers(felix, form, 2_000)
    seen: list[str] = []
    first, after, pages, queries = desk(felix, f"{form.pk}/respuestas/"), "", 0, set()
    for _page in range(60):
        pages += 1
        with CaptureQueriesContext(connection) as asked:
            page = felix.get(f"{first}{after}").content.decode()
        queries.add(asks_of(asked))
        rows = page.split("<tbody>")[1].split("</tbody>")[0].split("<tr>")[1:]
        seen += [row.split("/respuestas/")[1].split("/")[0] for row in rows]
        found = re.search(r'rel="next" href="([^"]+)"', page)
        if not found:
            break
        after = unescape(found[1])
    assert (pages, len(seen), len(set(seen))) == (40, 2_000, 2_000)
    assert len(queries) == 1
    sheet = felix.get(desk(felix, f"{form.pk}/respuestas.csv"))
    assert b"".join(sheet.streaming_content).count(b"\r\n") == 2_001


def test_the_list_of_forms_asks_the_same_of_the_database_for_one_and_for_many(felix: Actor) -> None:
    open_site(felix)
    open_form(felix)
    with CaptureQueriesContext(connection) as one:
        felix.get(desk(felix))
    for number in range(12):
        many_answers(felix, open_form(felix, Question("", "line", "Ciudad"), title=f"Formulario {number}"), 3)
    with CaptureQueriesContext(connection) as many:
        page: HttpResponse = felix.get(desk(felix))
    assert "Formulario 11" in page.content.decode()
    assert asks_of(many) == asks_of(one) > 0
