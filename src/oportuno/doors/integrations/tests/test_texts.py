"""Text messages over the wire: Kannel's and Twilio's, with the catcher as a process of its own. Once, counted, and lawful."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import signing
from django.test import Client

from oportuno.doors.integrations.providers.sms import configured, open_gateway
from oportuno.doors.integrations.providers.sms.kannel import SALT, Kannel
from oportuno.doors.integrations.smscatcher.box import Box
from oportuno.doors.integrations.smscatcher.signing import signature
from oportuno.kernel.clock import now
from oportuno.kernel.errors import Refusal
from oportuno.kernel.isolation import for_market, for_organisation
from oportuno.people.audience.api import Agreed, give
from oportuno.people.audience.testing import FORM, make_contact
from oportuno.people.messaging.api import (
    MailFrame,
    Message,
    Purpose,
    Reader,
    State,
    figures_of,
    make_text_frame,
    send_text,
    stop,
    suppress,
    text_many,
)
from oportuno.people.messaging.testing import all_messages, allow_texts, deliver_texts, exclude_numbers, send_campaign, wait_for

pytestmark = pytest.mark.django_db
ANA = "+573101234567"
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("America/Bogota"))
SUNDAY = datetime(2026, 11, 22, 10, 0, tzinfo=ZoneInfo("America/Bogota"))


class TextCatcher:
    def __init__(self, home: Path, port: int) -> None:
        self.box, self.port = Box(home / "caught-sms"), port

    def texts(self) -> list[tuple[str, str]]:
        return [(one.to, one.text) for one in reversed(self.box.latest())]


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TextCatcher]:
    """The real process, for all stories of this file."""
    home = tmp_path_factory.mktemp("market")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "OPORTUNO_HOME": str(home), "OPORTUNO_SMS_CATCHER": f"127.0.0.1:{port}"}
    command = [sys.executable, "-m", "oportuno.doors.integrations.smscatcher"]
    running = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    assert running.stdout
    assert "listens" in running.stdout.readline()
    yield TextCatcher(home, port)
    running.terminate()
    running.wait(timeout=10)


@pytest.fixture
def texts(process: TextCatcher, settings: Any) -> TextCatcher:
    """An empty box, over real HTTP; as Kannel, until a test says otherwise."""
    process.box.delete_all()
    settings.SMS_URL, settings.HOME = f"kannel://u:p@127.0.0.1:{process.port}?from=Flores", process.box.folder.parent
    settings.WEB_ALLOW = [f"127.0.0.1:{process.port}"]
    return process


def through_twilio(settings: Any, texts: TextCatcher) -> None:
    settings.SMS_URL = f"twilio+http://AC1:secret@127.0.0.1:{texts.port}?from=+15005550006"


def text(alba: Any, to: str = ANA, words: str = "Tu pedido llegó", key: str = "k", at: datetime = MONDAY, **more: Any) -> Message:
    return send_text(text=words, to=to, organisation=alba.organisation.pk, key=key, at=at, **more)


def advertised(alba: Any, key: str = "ad", to: str = ANA, at: datetime = MONDAY) -> Message:
    contact = make_contact(alba.organisation)
    with for_organisation(alba.organisation.pk):
        give(contact=contact, agreed=Agreed("offers", channel="sms"), circumstances=FORM, at=at)
    return text(alba, to=to, key=key, at=at, purpose=Purpose.MARKETING, agreed_to="offers", contact=contact.pk, proven=True)


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


def campaign(alba: Any, numbers: list[str], text: str = "Hola {{ name }}", *, at: datetime = MONDAY) -> MailFrame:
    """A text campaign to contacts who agreed to it."""
    with for_organisation(alba.organisation.pk):
        readers = []
        for place, number in enumerate(numbers):
            contact = make_contact(alba.organisation, f"t{place}@example.com")
            give(contact=contact, agreed=Agreed("offers", channel="sms"), circumstances=FORM, at=SUNDAY)
            readers.append(Reader(contact.pk, number, f"Lector {place}", {"name": f"Ana {place}"}))
        frame = make_text_frame(organisation=alba.organisation.pk, text=text, language="es-co", agreed_to="offers", at=at)
        assert text_many(frame, readers, at=at) == len(readers)
        assert text_many(frame, readers, at=at) == 0
        return frame


def sends(_: Any, frame: MailFrame, at: datetime) -> int:
    return send_campaign(frame, at)


def figures(alba: Any, frame: MailFrame) -> tuple[int, int, int, int, int]:
    with for_organisation(alba.organisation.pk):
        found = figures_of([frame.pk])
        assert found.audience == found.sent + found.failed + found.suppressed + found.waiting
        return found.audience, found.sent, found.failed, found.suppressed, found.waiting


def numbers(many: int) -> list[str]:
    return [f"+57310123{n:04d}" for n in range(4570, 4570 + many)]


def test_a_campaign_reaches_each_reader_once_with_his_own_words(alba, texts) -> None:
    frame = campaign(alba, numbers(5))
    assert sends(alba, frame, MONDAY) == 5
    assert sends(alba, frame, MONDAY) == 0
    assert sorted(texts.texts()) == [(number, f"Hola Ana {place}") for place, number in enumerate(numbers(5))]
    assert figures(alba, frame) == (5, 5, 0, 0, 0)


def test_a_campaign_keeps_law_register_suppression_and_countries(alba, texts) -> None:
    four = numbers(4)
    frame = campaign(alba, [*four, "+525512345678"], at=SUNDAY)
    exclude_numbers(four[:1])
    suppress(organisation=alba.organisation.pk, address=four[1], channel="sms", reason="stop", at=SUNDAY)
    assert sends(alba, frame, SUNDAY) == 0
    assert figures(alba, frame) == (5, 0, 0, 3, 2)
    assert sends(alba, frame, MONDAY) == 2
    assert figures(alba, frame) == (5, 2, 0, 3, 0)
    assert {to for to, _ in texts.texts()} == set(four[2:])


def test_a_campaign_stops_at_the_cap_and_goes_on_the_next_day(alba, texts) -> None:
    allow_texts(alba.organisation.pk, 3)
    frame = campaign(alba, numbers(5))
    assert sends(alba, frame, MONDAY) == 3
    assert figures(alba, frame) == (5, 3, 0, 0, 2)
    with for_organisation(alba.organisation.pk):
        assert MailFrame.objects.get(pk=frame.pk).waits_why == "daily cap"
    assert sends(alba, frame, MONDAY + timedelta(days=1)) == 2
    assert len(texts.texts()) == 5


def test_a_text_in_a_dead_workers_hands_is_never_sent_again(alba, texts) -> None:
    frame = campaign(alba, numbers(3))
    with for_organisation(alba.organisation.pk):
        Message.objects.filter(frame=frame, to_address=numbers(3)[0]).update(state=State.SENDING)
    assert sends(alba, frame, MONDAY) == 2
    assert len(texts.texts()) == 2
    with for_organisation(alba.organisation.pk):
        assert figures_of([frame.pk]).unclear == 1


def test_a_stopped_campaign_stands_still(alba, texts) -> None:
    frame = campaign(alba, numbers(2))
    with for_organisation(alba.organisation.pk):
        stop(frame.pk)
    assert sends(alba, frame, MONDAY) == 0
    assert texts.texts() == []


def test_a_gateway_that_is_away_is_not_asked_for_everybody_and_costs_nobody_his_day(alba, texts, settings) -> None:
    """What did not go out does not count as a text of the day; the rest waits with it."""
    allow_texts(alba.organisation.pk, 10)
    frame, here = campaign(alba, numbers(10)), settings.SMS_URL
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        settings.SMS_URL = f"kannel://u:p@127.0.0.1:{free.getsockname()[1]}?from=Flores"
    for minutes in (0, 1, 2):
        assert sends(alba, frame, MONDAY + timedelta(minutes=minutes)) == 2
    assert sum(one.tries for one in all_messages() if one.frame_id == frame.pk) == 9
    settings.SMS_URL = here
    assert sends(alba, frame, MONDAY + timedelta(minutes=30)) == 10
    assert len(texts.texts()) == 10


def test_a_slow_campaign_asks_the_clock_again_every_minute(alba, texts, monkeypatch) -> None:
    """Whoever began within the hours does not go on beyond them."""
    monkeypatch.setattr("oportuno.people.messaging.actions.texting_many.MOST_SECONDS", 0.0)
    frame = campaign(alba, numbers(3))
    assert sends(alba, frame, MONDAY) == 1
    assert sends(alba, frame, MONDAY.replace(hour=19, minute=1)) == 0
    assert len(texts.texts()) == 1
