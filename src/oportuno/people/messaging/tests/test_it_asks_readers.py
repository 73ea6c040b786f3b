"""A reader says what he wants and how often, by the link in his mail; looking changes nothing, and what he says is kept to."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest

from oportuno.kernel.isolation import for_organisation
from oportuno.people.audience.api import Agreed, Contact, give, standings_of
from oportuno.people.audience.testing import FORM
from oportuno.people.messaging.actions import visiting
from oportuno.people.messaging.actions.printing import press_for
from oportuno.people.messaging.api import Message, kept_reading
from oportuno.people.messaging.models import ReaderWish
from oportuno.people.messaging.queries.tracked import token_for
from oportuno.people.messaging.queries.ways_out import wishes_for
from oportuno.people.messaging.rules.bulk import Envelope
from oportuno.people.messaging.rules.bulk.tracking import PICTURE
from oportuno.people.messaging.tests.test_it_posts_bulletins import MONDAY, SUNDAY, bulletin, readers, send, sink, states

__all__ = ["sink"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(alba: Any) -> Contact:
    """She agreed to offers by mail and by text, and to the bulletin."""
    (one,) = readers(alba, 1)
    with for_organisation(alba.organisation.pk):
        found = Contact.objects.get(pk=one.contact)
        give(contact=found, agreed=Agreed("offers", channel="sms"), circumstances=FORM, at=SUNDAY)
        give(contact=found, agreed=Agreed("bulletin"), circumstances=FORM, at=SUNDAY)
        return found


def link(alba: Any, reader: Contact) -> str:
    return urlsplit(wishes_for(alba.organisation.pk, reader.pk, "es-co")).path


def stands(alba: Any, reader: Contact) -> dict[tuple[str, str], str]:
    with for_organisation(alba.organisation.pk):
        return {(one.purpose, one.channel): one.standing for one in standings_of(reader)}


def test_looking_changes_nothing_and_no_other_link_opens_it(alba, reader, stranger) -> None:
    before = stands(alba, reader)
    shown = stranger.get(link(alba, reader))
    assert shown.status_code == 200
    assert shown.content.decode().count("checked") >= 4
    stranger.head(link(alba, reader))
    assert stands(alba, reader) == before
    assert stranger.get("/preferencias/x/").status_code == 404
    assert stranger.post(link(alba, reader)[:-3] + "AA/", {}).status_code == 404
    assert stands(alba, reader) == before


def test_she_keeps_what_she_ticks_and_may_take_mail_up_again(alba, reader, stranger) -> None:
    page = link(alba, reader)
    stranger.post(page, {"want": ["offers email"], "pace": "weekly", "count": "yes"})
    assert stands(alba, reader) == {("offers", "email"): "given", ("offers", "sms"): "withdrawn", ("bulletin", "email"): "withdrawn"}
    stranger.post(page, {"want": ["bulletin email", "offers sms", "answer email"], "pace": "junk", "count": "yes"})
    assert stands(alba, reader) == {("offers", "email"): "withdrawn", ("offers", "sms"): "withdrawn", ("bulletin", "email"): "given"}
    with for_organisation(alba.organisation.pk):
        assert ReaderWish.objects.get().pace == "all"
        assert [one.title for one in kept_reading([reader.pk])] == ["Como venga"]


def test_she_gets_no_more_than_one_a_week_when_she_says_so(alba, reader, stranger, sink) -> None:
    stranger.post(link(alba, reader), {"want": ["offers email"], "pace": "weekly", "count": "yes"})
    url, to = sink.start(), readers(alba, 1)
    assert to[0].contact == reader.pk
    send(alba, bulletin(alba, to), url)
    later = MONDAY + timedelta(days=1)
    send(alba, bulletin(alba, to, at=later), url, at=later)
    assert states(alba) == {"sent": 1, "suppressed": 1}
    with for_organisation(alba.organisation.pk):
        assert Message.objects.get(state="suppressed").told == "pace: weekly"
    later = MONDAY + timedelta(days=7, hours=1)
    send(alba, bulletin(alba, to, at=later), url, at=later)
    assert states(alba) == {"sent": 2, "suppressed": 1}


def test_who_does_not_want_to_be_counted_is_not(alba, reader, stranger) -> None:
    stranger.post(link(alba, reader), {"want": ["offers email"], "pace": "all"})
    frame = bulletin(alba, readers(alba, 1))
    with for_organisation(alba.organisation.pk):
        mail = Message.objects.get(frame=frame)
    stranger.get(f"/o/{token_for(mail.pk, PICTURE)}.gif", headers={"User-Agent": "Mozilla/5.0 (X11; Linux) Firefox/130.0"})
    assert visiting.BUFFER.flush() == 0


def test_every_bulletin_carries_the_ways(alba, reader) -> None:
    frame = bulletin(alba, readers(alba, 1))
    with for_organisation(alba.organisation.pk):
        mail = Message.objects.get(frame=frame)
        raw = press_for(frame).mail(
            Envelope(mail.pk, mail.to_address, "", "", {"way_out": "https://x/out", "preferences": "https://x/wish"})
        )
    text = raw.replace(b"=\r\n", b"").replace(b"=3D", b"=").decode()
    assert 'href="https://x/out"' in text
    assert 'href="https://x/wish"' in text
    assert "Flores de Alba" in text
