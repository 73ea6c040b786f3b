"""Addresses with letters of Spanish: a domain goes out as mail servers know it, a name that no server takes is told, never changed."""

from __future__ import annotations

import pytest

from oportuno.kernel.isolation import for_organisation
from oportuno.people.messaging.api import Message
from oportuno.people.messaging.models import Suppression
from oportuno.people.messaging.rules.wire import on_the_wire
from oportuno.people.messaging.testing import work
from oportuno.people.messaging.tests.test_it_posts_bulletins import bulletin, readers, send
from oportuno.people.messaging.tests.test_sending import post

pytestmark = pytest.mark.django_db
ADDRESSES = ["ana@peña.co", "josé@example.com", "eva@example.com"]


@pytest.mark.parametrize(
    "address, wire",
    [
        ("ana@example.com", "ana@example.com"),
        ("ana@peña.co", "ana@xn--pea-8ma.co"),
        ("josé@peña.co", ""),
        ("ana@faß.de", "ana@xn--fa-hia.de"),
        ("ana@-ñ-.co", ""),
    ],
)
def test_a_domain_is_written_as_dns_knows_it(address: str, wire: str) -> None:
    assert on_the_wire(address) == wire


def test_single_mails_reach_it(alba, catcher) -> None:
    for number, address in enumerate(ADDRESSES):
        post(alba.organisation, to=address, key=f"k{number}")
    work()
    assert sorted(str(mail["X-Caught-To"]) for mail in catcher.mails()) == ["ana@xn--pea-8ma.co", "eva@example.com"]
    assert sorted(str(mail["To"].addresses[0].addr_spec) for mail in catcher.mails()) == ["ana@xn--pea-8ma.co", "eva@example.com"]
    told_and_not_suppressed(alba)


def test_bulletins_reach_it(alba, catcher) -> None:
    frame = bulletin(alba, readers(alba, 3, lambda n: ADDRESSES[n]))
    assert send(alba, frame, catcher.url) == 3
    assert sorted(str(mail["X-Caught-To"]) for mail in catcher.mails()) == ["ana@xn--pea-8ma.co", "eva@example.com"]
    told_and_not_suppressed(alba)


def told_and_not_suppressed(alba) -> None:
    with for_organisation(alba.organisation.pk):
        told = {one.to_address: (one.state, one.told) for one in Message.objects.all()}
        assert not Suppression.objects.exists()
    assert told["ana@peña.co"][0] == "sent"
    assert told["josé@example.com"] == ("failed", "address: beyond ascii")
    assert "antes de la @" in alba.get(alba.desk("mensajes/")).content.decode()
