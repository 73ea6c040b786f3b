"""The pages: written, looked at in somebody's eyes, let go, counted; and nobody else's business."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from oportuno.growth.campaigns.models import Campaign, Version
from oportuno.growth.campaigns.queries import templates
from oportuno.growth.campaigns.queries.templates import Template
from oportuno.growth.campaigns.testing import MONDAY, reader, sit, walked, written
from oportuno.kernel.content import EMPTY
from oportuno.kernel.isolation import for_organisation
from oportuno.people.messaging.testing import all_messages

pytestmark = pytest.mark.django_db


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_bulletin_from_the_empty_page_to_its_report(alba) -> None:
    me = alba.at(MONDAY)
    reader(alba, "carmen@example.com")
    sit(alba)
    answer = me.post(alba.desk("campanas/nueva/"), {"name": "Noviembre", "channel": "email", "purpose": "bulletin", "language": "es-co"})
    page = answer.headers["Location"]
    assert me.get(page).status_code == 200
    content = {"blocks": [{"type": "text", "text": 'Hola {{ name | "amiga" }}'}, {"type": "button", "label": "Ver", "href": "/buscar/"}]}
    said = {
        "name": "Noviembre",
        "purpose": "bulletin",
        "language": "es-co",
        "subject": "Rosas",
        "content": json.dumps(content),
        "seen": "1",
    }
    assert me.post(page, {**said, "do": "send"}).headers["Location"].startswith(f"{page}envio/")
    sending = text(me.get(f"{page}envio/"))
    assert "A 1 persona que lo aceptó" in sending
    assert me.post(f"{page}envio/", {"timing": "now"}).headers["Location"] == page
    with for_organisation(alba.organisation.pk):
        found = Campaign.objects.get()
    walked(alba, found)
    report = text(me.get(page))
    assert "1 lectores = 0 enviados" in report or "esperan" in report
    assert 'hx-trigger="every 4s"' in report
    part = text(me.get(page, HTTP_HX_REQUEST="true"))
    assert "<html" not in part
    assert 'id="figures"' in part
    sheet = text(me.get(f"{page}informe.csv"))
    assert sheet.count("\n") >= 2


def test_gala_finds_nothing_of_it_and_beto_may_write_but_not_send(alba, beto, gala) -> None:
    found = written(alba)
    for path in ("", "vista/", "vista/html/", "envio/", "informe.csv"):
        assert gala.get(gala.desk(f"campanas/{found.pk}/{path}")).status_code == 404
        assert gala.get(alba.desk(f"campanas/{found.pk}/{path}")).status_code == 404
    assert beto.get(beto.desk(f"campanas/{found.pk}/")).status_code == 200
    assert beto.get(beto.desk(f"campanas/{found.pk}/envio/")).status_code == 403
    assert beto.post(beto.desk(f"campanas/{found.pk}/cancelacion/")).status_code == 403
    with for_organisation(alba.organisation.pk):
        assert Campaign.objects.get().state == "draft"


def test_it_is_seen_in_the_eyes_of_any_contact(alba) -> None:
    carmen = reader(alba, "carmen@example.com", "Carmen Rojas")
    blocks = [
        'Hola {{ given_name | "amiga" }}',
        {"type": "for_whom", "whom": "field:company"},
        "Para tu empresa {{ company }}",
        {"type": "for_whom", "whom": "-field:company"},
        "Para tu casa",
        {"type": "for_whom", "whom": "all"},
        "Adiós",
    ]
    found = written(alba, *blocks)
    page = alba.desk(f"campanas/{found.pk}/vista/")
    seen = text(alba.get(page, {"contact": str(carmen.pk), "how": "text"}))
    assert "Hola Carmen" in seen
    assert "Para tu casa" in seen
    assert "Para tu empresa" not in seen
    assert "Carmen Rojas" in text(alba.get(page, {"q": "carmen"}))
    dark = alba.get(alba.desk(f"campanas/{found.pk}/vista/html/"), {"dark": "1"})
    assert "sandbox" in dark.headers["Content-Security-Policy"]
    assert "prefers-color-scheme" not in text(dark)
    assert "prefers-color-scheme" in text(alba.get(alba.desk(f"campanas/{found.pk}/vista/html/")))


def test_conditional_parts_reach_those_they_are_for(alba) -> None:
    home = reader(alba, "casa@example.com", "Casa")
    firm = reader(alba, "firma@example.com", "Firma")
    with for_organisation(alba.organisation.pk):
        type(firm).objects.filter(pk=firm.pk).update(company_name="Firma SAS")
    found = written(
        alba, "Todas", {"type": "for_whom", "whom": "field:company"}, "Solo {{ company }}", {"type": "for_whom", "whom": "all"}, "Fin"
    )
    from oportuno.growth.campaigns.actions.scheduling import schedule
    from oportuno.people.messaging.api import MailFrame

    with for_organisation(alba.organisation.pk):
        schedule(campaign=found.pk, by=alba.member, at=MONDAY)
    walked(alba, found)
    with for_organisation(alba.organisation.pk):
        texts = {one.contact_id: MailFrame.objects.get(pk=one.frame_id).text for one in all_messages() if one.frame_id}
    assert "Solo {{ company }}" in texts[firm.pk]
    assert "Solo" not in texts[home.pk]
    assert all("Fin" in one for one in texts.values())


def test_a_test_goes_to_oneself_and_to_nobody_else(alba) -> None:
    carmen = reader(alba, "carmen@example.com", "Carmen")
    found = written(alba, "Hola {{ name }}")
    alba.post(alba.desk(f"campanas/{found.pk}/prueba/"), {"contact": str(carmen.pk), "version": "a"})
    sent = [one for one in all_messages() if one.key.startswith("campaign test")]
    assert [one.to_address for one in sent] == [alba.person.email]
    assert "Hola Carmen" in sent[0].text


def test_what_one_types_is_kept_while_one_types(alba, gala) -> None:
    found = written(alba)
    body = json.dumps({"subject": "Nuevo asunto", "content": {"blocks": [{"type": "text", "text": "Nuevo"}]}})
    address = alba.desk(f"campanas/{found.pk}/borrador/?seen={found.revision}&version=a")
    assert alba.client.put(address, body, content_type="application/json").status_code == 200
    with for_organisation(alba.organisation.pk):
        assert Version.objects.get().subject == "Nuevo asunto"
    assert gala.client.put(address, body, content_type="application/json").status_code == 404
    assert alba.client.put(address, "{", content_type="application/json").status_code == 422


def test_a_text_message_says_its_parts_and_its_cost_before_it_goes(alba) -> None:
    found = written(alba, "Rosas " * 40, channel="sms", purpose="offers")
    assert "2 partes" in text(alba.get(alba.desk(f"campanas/{found.pk}/")))
    answer = alba.client.post(alba.desk("campanas/partes/"), {"text": "hola"}, HTTP_HX_REQUEST="true")
    assert "1 parte" in text(answer)


def test_a_template_of_another_sort_is_refused_and_what_was_typed_stays(alba, monkeypatch) -> None:
    """Who chose a mail does not find himself writing a text message."""
    short = Template("corto", "Un recordatorio", "antes de una fecha", "", "", EMPTY, channel="sms", text="Mañana es el día")
    monkeypatch.setattr(templates, "_sources", [lambda language: [short]])
    said = {"name": "Noviembre", "channel": "email", "purpose": "bulletin", "language": "es-co", "template": "corto"}
    answer = alba.post(alba.desk("campanas/nueva/"), said)
    assert answer.status_code == 422
    assert "«Un recordatorio» es un mensaje de texto" in text(answer)
    assert 'value="Noviembre"' in text(answer)
    with for_organisation(alba.organisation.pk):
        assert Campaign.objects.count() == 0
    answer = alba.post(alba.desk("campanas/nueva/"), {**said, "channel": "sms"})
    assert answer.status_code == 302
    with for_organisation(alba.organisation.pk):
        assert Campaign.objects.get().channel == "sms"


def test_before_anybody_agreed_it_says_that_nobody_would_get_it(alba) -> None:
    found = written(alba, subject="Un asunto bastante largo, de los que en un teléfono ocupan dos renglones o tres")
    page = text(alba.get(alba.desk(f"campanas/{found.pk}/")))
    assert "todavía no le llegaría a nadie" in page
    assert re.search(r"<textarea[^>]*name=\"subject\"[^>]*>Un asunto bastante largo", page), "it is read whole while it is written"
    assert "unas 0 personas" not in text(alba.get(alba.desk(f"campanas/{found.pk}/envio/")))
