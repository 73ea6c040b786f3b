"""Text messages to many: each reader once, within the law and the day's cap, whoever dies meanwhile."""

from __future__ import annotations

import socket
from datetime import datetime, timedelta
from typing import Any

import pytest

from oportuno.kernel.isolation import for_organisation
from oportuno.people.audience.api import Agreed, give
from oportuno.people.audience.testing import FORM, make_contact
from oportuno.people.messaging.api import (
    MailFrame,
    Message,
    Reader,
    State,
    figures_of,
    make_text_frame,
    stop,
    suppress,
    text_many,
)
from oportuno.people.messaging.testing import all_messages, allow_texts, exclude_numbers, send_campaign

from .texting import MONDAY, SUNDAY

pytestmark = pytest.mark.django_db


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
