"""Text messages over the wire: Kannel's and Twilio's, with the catcher as a process of its own. Once, counted, and lawful."""

from __future__ import annotations

import socket
import threading
import urllib.request

import pytest
from django.core import signing
from django.test import Client

from oportuno.doors.integrations.providers.sms import configured, open_gateway
from oportuno.doors.integrations.providers.sms.kannel import SALT, Kannel
from oportuno.doors.integrations.smscatcher.signing import signature
from oportuno.kernel.clock import now
from oportuno.kernel.errors import Refusal
from oportuno.kernel.isolation import for_market
from oportuno.people.audience.testing import make_contact
from oportuno.people.messaging.api import (
    Message,
    Purpose,
    State,
    suppress,
)
from oportuno.people.messaging.testing import all_messages, deliver_texts, exclude_numbers, wait_for

from .texting import ANA, MONDAY, SUNDAY, advertised, text, through_twilio

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("provider", ["kannel", "twilio"])
def test_a_text_goes_out_once_with_all_its_letters(alba, texts, settings, provider) -> None:
    if provider == "twilio":
        through_twilio(settings, texts)
    assert text(alba, to="310 123 4567").pk == text(alba, to="310 123 4567").pk
    deliver_texts(MONDAY)
    deliver_texts(MONDAY)
    assert texts.texts() == [(ANA, "Tu pedido llegó")]
    (found,) = all_messages()
    assert (found.state, found.parts, found.country) == (State.SENT, 1, "CO")
    assert bool(found.reference) == (provider == "twilio")


@pytest.mark.parametrize("provider", ["kannel", "twilio"])
@pytest.mark.parametrize("ending, state, kept", [("0001", State.QUEUED, 0), ("0002", State.FAILED, 0), ("0003", State.UNCLEAR, 1)])
def test_what_goes_wrong_never_doubles_a_text(alba, texts, settings, provider, ending, state, kept) -> None:
    if provider == "twilio":
        through_twilio(settings, texts)
    text(alba, to=f"+57310123{ending}")
    for _ in range(3):
        deliver_texts(MONDAY)
    assert all_messages()[0].state == state
    assert len(texts.texts()) == kept
    if state == State.UNCLEAR:
        assert f"{all_messages()[0].pk}/envio/" in alba.get(alba.desk("mensajes/")).content.decode()


def test_whoever_dies_in_flight_leaves_it_unclear_and_nobody_sends_it_again(alba, texts) -> None:
    message = text(alba)
    with for_market("a test"):
        Message.objects.filter(pk=message.pk).update(state=State.SENDING)
    deliver_texts(MONDAY)
    deliver_texts(MONDAY)
    assert all_messages()[0].state == State.UNCLEAR
    assert texts.texts() == []


def test_a_gateway_that_is_away_is_tried_again(alba, texts, settings) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        away = free.getsockname()[1]
    settings.SMS_URL, settings.WEB_ALLOW = f"kannel://u:p@127.0.0.1:{away}", [f"127.0.0.1:{away}"]
    text(alba)
    deliver_texts(MONDAY)
    assert all_messages()[0].state == State.QUEUED


def test_advertising_waits_for_the_hours_of_colombias_law(alba, texts) -> None:
    advertised(alba, at=SUNDAY)
    deliver_texts(SUNDAY)
    (found,) = all_messages()
    assert (found.state, found.next_at) == (State.QUEUED, MONDAY.replace(hour=7))
    assert "Espera la próxima hora permitida (Ley 2300 de 2023)" in alba.get(alba.desk("mensajes/")).content.decode()
    assert texts.texts() == []
    deliver_texts(MONDAY)
    assert len(texts.texts()) == 1


def test_what_somebody_asked_for_waits_for_no_hours(alba, texts) -> None:
    text(alba, at=SUNDAY)
    deliver_texts(SUNDAY)
    assert len(texts.texts()) == 1


def test_an_excluded_number_gets_no_advertising(alba, texts) -> None:
    exclude_numbers([ANA])
    advertised(alba)
    text(alba, key="code")
    deliver_texts(MONDAY)
    assert [found.told for found in all_messages() if found.state == State.SUPPRESSED] == ["excluded by the state's register"]
    assert len(texts.texts()) == 1


def test_a_suppressed_number_gets_nothing(alba, texts) -> None:
    text(alba)
    suppress(organisation=alba.organisation.pk, address=ANA, channel="sms", reason="by hand", at=MONDAY)
    deliver_texts(MONDAY)
    assert (all_messages()[0].state, texts.texts()) == (State.SUPPRESSED, [])


def test_no_advertising_without_consent_to_texts(alba, texts) -> None:
    contact = make_contact(alba.organisation)
    text(alba, purpose=Purpose.MARKETING, agreed_to="offers", contact=contact.pk)
    deliver_texts(MONDAY)
    assert (all_messages()[0].told, texts.texts()) == ("no consent", [])


def test_codes_to_adjacent_numbers_stop_at_the_cap(alba, texts) -> None:
    """A thousand requests from a robot that walks through a block: thirty go out, the rest is held back and told."""
    for number in range(200):
        text(alba, to=f"+57310123{number:04d}", key=f"otp {number}", secret=True)
    states = [one.state for one in all_messages()]
    assert states.count(State.QUEUED) == 30
    assert {one.told for one in all_messages() if one.state == State.SUPPRESSED} == {"cap: adjacent numbers"}
    for again in range(5):
        text(alba, to="+573209999999", key=f"again {again}")
    mine = [one.state for one in all_messages() if one.to_address == "+573209999999"]
    assert mine.count(State.QUEUED) == 3


def test_an_organisation_has_its_day_and_its_countries(alba, texts) -> None:
    alba.post(alba.desk("mensajes/reglas/"), {"texts_a_day": "2", "countries": "MX"})
    for number in range(3):
        text(alba, to=f"+5731012{number}4567", key=str(number), proven=True)
    assert [one.told for one in all_messages()] == ["", "", "cap: organisation"]
    with pytest.raises(Refusal):
        text(alba, to="+14155550123", key="us")


@pytest.mark.parametrize("to, words", [("hola", "x"), ("12", "x"), (ANA, "  "), (ANA, "á" * 700)])
def test_it_refuses_what_is_no_text(alba, to, words) -> None:
    with pytest.raises(Refusal):
        text(alba, to=to, words=words)
    assert all_messages() == []


def test_kannels_report_is_believed_by_its_token_in_any_order(alba, texts, stranger) -> None:
    message = text(alba)
    deliver_texts(MONDAY)
    report = Kannel("", "", "", "").report_address(str(message.pk)).split("8000", 1)[1].split("?")[0]
    assert Client().get(report.replace("/kannel/", "/kannel/x"), {"state": "2"}).status_code == 404
    for state in ("8", "1", "2", "1"):
        assert Client().get(report, {"state": state}).status_code == 200
    (found,) = all_messages()
    assert (found.state, found.delivered_at is not None) == (State.SENT, True)


def test_twilios_report_is_believed_by_its_signature(alba, texts, settings) -> None:
    through_twilio(settings, texts)
    message = text(alba)
    deliver_texts(MONDAY)
    path = f"/hooks/sms/twilio/{message.pk}/"
    form = {"MessageSid": "SM1", "MessageStatus": "undelivered", "ErrorCode": "30005"}
    assert Client().post(path, form, headers={"X-Twilio-Signature": "x"}).status_code == 404
    assert Client().post(path, form).status_code == 404
    assert all_messages()[0].state == State.SENT
    signed = signature("secret", settings.ORIGIN + path, form)
    assert Client().post(path, form, headers={"X-Twilio-Signature": signed}).status_code == 200
    assert (all_messages()[0].state, all_messages()[0].told) == (State.FAILED, "30005")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("provider", ["kannel", "twilio"])
@pytest.mark.parametrize("number, state", [(ANA, State.SENT), ("+573101230004", State.FAILED)])
def test_what_the_gateway_reports_comes_in_at_our_door(alba, texts, settings, live_server, provider, number, state) -> None:
    """The catcher's process calls back over HTTP, as the gateways do."""
    if provider == "twilio":
        through_twilio(settings, texts)
    settings.ORIGIN = live_server.url
    text(alba, to=number)
    deliver_texts(MONDAY)
    wait_for(lambda: (one := all_messages()[0]).state == state and (state == State.FAILED) == (one.delivered_at is None))


def test_twilios_own_example_has_its_signature() -> None:
    form = {"CallSid": "CA1234567890ABCDE", "Caller": "+12349013030", "Digits": "1234", "From": "+12349013030", "To": "+18005551212"}
    assert signature("12345", "https://mycompany.com/myapp.php?foo=1&bar=2", form) == "0/KCTR6DLpKmkAf8muzZqo1nDgQ="


@pytest.mark.parametrize("word", ["BAJA", "stop", " Stop por favor"])
def test_whoever_answers_stop_gets_no_more_advertising(alba, texts, word) -> None:
    text(alba)
    token = Kannel.answers_token()
    assert Client().get(f"/hooks/sms/kannel/{token}x/respuestas/", {"from": ANA, "text": word}).status_code == 404
    assert Client().get(f"/hooks/sms/kannel/{token}/respuestas/", {"from": ANA, "text": word}).status_code == 200
    advertised(alba, key="later")
    deliver_texts(MONDAY)
    assert [one.told for one in all_messages() if one.key == "later"] == ["suppressed: stop"]


def test_the_setting_names_the_gateway() -> None:
    found = configured("kannels://me:p%40ss@sms.example:13013?from=+57300")
    assert (found.kind, found.base, found.password, found.sender) == ("kannel", "https://sms.example:13013", "p@ss", "+57300")
    assert open_gateway("twilio://AC1:t@api.twilio.com?from=MG1").base == "https://api.twilio.com"
    assert signing.loads(signing.dumps("answers", salt=SALT), salt=SALT) == "answers"


def test_the_catcher_tells_what_became_of_a_text(texts) -> None:
    """Its reports arrive where the sender asked, with the protocol's own words filled in."""
    heard: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as ear:
        address = f"http://127.0.0.1:{ear.getsockname()[1]}/r%3Fstate%3D%25d"

        def listen() -> None:
            line, _ = ear.accept()
            heard.append(line.recv(1000).decode().splitlines()[0])
            line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")

        thread = threading.Thread(target=listen)
        thread.start()
        urllib.request.urlopen(
            f"http://127.0.0.1:{texts.port}/cgi-bin/sendsms?username=u&password=p&to=%2B573100000004&text=x&dlr-url={address}"
        ).read()
        thread.join(timeout=10)
    assert heard == ["GET /r?state=2 HTTP/1.0"]


def test_one_writes_a_text_by_hand_and_sees_its_parts_first(alba, texts) -> None:
    here = alba.desk("mensajes/texto/")
    counted = alba.post(here, {"to": ANA, "text": "Llegó — hoy" + "x" * 70, "do": "count"})
    assert counted.status_code == 200
    assert all_messages() == []
    page = counted.content.decode()
    assert "2 partes" in page
    assert "<kbd>—</kbd>" in page
    assert "Llego - hoy" in page
    assert "UCS-2" in alba.post(f"{here}partes/", {"text": "á"}).content.decode()
    assert alba.post(here, {"to": "hola", "text": "x"}).status_code == 422
    assert alba.post(here, {"to": "310 123 4567", "text": "Tu pedido llegó"}).status_code == 302
    deliver_texts(now())
    assert texts.texts() == [(ANA, "Tu pedido llegó")]


def test_the_operator_reads_caught_texts_and_excludes_numbers(alba, dario, texts) -> None:
    text(alba, words="<b>hola</b>")
    deliver_texts(MONDAY)
    assert "&lt;b&gt;hola" in dario.get(dario.desk("sms-de-prueba/")).content.decode()
    assert alba.get(alba.desk("sms-de-prueba/")).status_code == 404
    assert dario.post(dario.desk("mensajes/numeros-excluidos/"), {"numbers": f"{ANA}\nnada\n{ANA}\n"}).status_code == 302
    advertised(alba)
    deliver_texts(MONDAY)
    assert [one.told for one in all_messages() if one.key == "ad"] == ["excluded by the state's register"]
    assert alba.get(alba.desk("mensajes/numeros-excluidos/")).status_code == 404
