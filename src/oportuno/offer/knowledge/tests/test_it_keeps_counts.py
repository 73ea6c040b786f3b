"""How much there is to read is counted when it changes, and not by whoever reads."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from oportuno.kernel.clock import now
from oportuno.kernel.facts import buffer
from oportuno.kernel.facts.readers import READERS, read_once
from oportuno.kernel.isolation import for_public
from oportuno.offer.directory import api as directory
from oportuno.offer.knowledge import api
from oportuno.offer.knowledge.queries.shown import counted_categories
from oportuno.offer.knowledge.testing import approved_article, show_article
from oportuno.people.organisations.testing import Actor

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("seller")]


def follow() -> None:
    for waiting in buffer.buffers:
        waiting.flush()
    while read_once(READERS["knowledge.count_shown"], now()):
        continue


def counted(client: Client) -> tuple[str, ...]:
    """What the first page says: articles, cases, and of the one subject."""
    page = client.get("/conocimiento/").content.decode()
    return tuple(re.findall(r">(\d+ (?:artículos?|casos?))<", page))


def test_it_follows_what_is_published_and_who_is_on_show(alba: Actor, dario: Actor, stranger: Client) -> None:
    approved_article(alba, dario)
    assert counted(stranger) == ("1 artículo", "0 casos"), "before anybody has counted, it is counted now"
    show_article(slug="frio", seller=dario.member.organisation.slug, title={"es": "Frío"}, body={"es": "Hace frío."}, kind="case", at=now())
    follow()
    assert counted(stranger) == ("1 artículo", "1 caso")
    show_article(slug="otro", seller=dario.member.organisation.slug, title={"es": "Otro"}, body={"es": "Hace calor."}, at=now())
    assert counted(stranger) == ("1 artículo", "1 caso"), "nobody who reads counts"
    follow()
    assert counted(stranger) == ("2 artículos", "1 caso")
    with for_public():
        assert (api.counts(), counted_categories(), counted_categories("case")) == (
            {"article": 2, "case": 1}, {"poscosecha": 3}, {"poscosecha": 1},
        )  # fmt: skip
    found = directory.published_seller("flores-de-alba")
    directory.suspend_seller(seller=found.pk, reason="No responde a nadie.", by=dario.member, at=now())
    follow()
    assert counted(stranger) == ("1 artículo", "1 caso"), "what a seller wrote is not counted while nobody sees him"
