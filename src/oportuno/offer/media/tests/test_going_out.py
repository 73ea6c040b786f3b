"""Channels, links and the pictures they name lead to the public web alone (T11): whatever is written, nothing inside is asked."""

from __future__ import annotations

import json

import pytest
from django.db import connection

from oportuno.kernel.isolation import for_organisation
from oportuno.kernel.jobs import JOBS, Lease
from oportuno.offer.media.models import Channel, Find, Picture
from oportuno.offer.media.tests import feeds
from oportuno.offer.media.tests.conftest import Outside
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db(transaction=True)
INSIDE = (
    "127.0.0.1",
    "localhost.",
    "[::1]",
    "[::ffff:127.0.0.1]",
    "0.0.0.0",
    "2130706433",
    "0x7f.1",
    "127.1",
    "10.0.0.1",
    "169.254.169.254",
    "192.168.0.1",
)


@pytest.fixture
def canary(outside: Outside, settings: object) -> Outside:
    """A server inside, that nobody may reach: it is not among the places that the operator allows."""
    settings.WEB_ALLOW = []
    for path in ("/feed.xml", "/page/", "/hub"):
        outside.put(path, feeds.blog([("https://example.com/1", "Secreto")]))
    return outside


def run_all(who: Actor) -> None:
    """What waits in the queue is done, and the minute's round."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, args FROM procrastinate_jobs WHERE task_name LIKE 'media.%%' AND status = 'todo'")
        waiting = cursor.fetchall()
        cursor.execute("DELETE FROM procrastinate_jobs WHERE task_name LIKE 'media.%%'")
    for name, given in waiting:
        ids = {key: value for key, value in json.loads(given).items() if key in ("channel", "find")}
        if ids:
            JOBS[name].run(Lease(0, 0, who.member.organisation.pk, name), **ids)
    JOBS["media.follow"].run(Lease(0, 0, None, "media.follow"))


def test_it_follows_no_channel_and_looks_behind_no_link_inside(alba: Actor, canary: Outside) -> None:
    port = canary.base.rsplit(":", 1)[1]
    for host in INSIDE:
        for path in (f"http://{host}:{port}/feed.xml", f"http://{host}/feed.xml", f"//{host}:{port}/feed.xml", f"gopher://{host}:{port}/x"):
            alba.post(alba.desk("medios/canales/nuevos/"), {"said": path})
            alba.post(alba.desk("medios/curacion/enlaces/"), {"address": path})
    run_all(alba)
    assert canary.told("/__asked") == []
    with for_organisation(alba.member.organisation.pk):
        assert all(channel.trouble for channel in Channel.objects.all())
        assert not any(find.title == "Secreto" for find in Find.objects.all())


def test_it_fetches_nothing_inside_that_a_page_or_a_feed_outside_names(alba: Actor, outside: Outside, settings: object) -> None:
    """A feed of the world names a hub, a picture and a page of a server that the operator did not allow."""
    inside = outside.base.replace("127.0.0.1", "127.1")
    outside.put("/secreto.png", b"x", "image/png")
    body = feeds.blog([(f"{inside}/secreto/", "Uno")], hub=f"{inside}/hub", topic=f"{outside.base}/feed.xml")
    feed = outside.put(
        "/feed.xml", body.replace("</entry>", f'<link rel="enclosure" type="image/png" href="{inside}/secreto.png"/></entry>')
    )
    alba.post(alba.desk("medios/canales/nuevos/"), {"said": feed})
    run_all(alba)
    run_all(alba)
    assert {one["path"] for one in outside.told("/__asked")} == {"/feed.xml"}
    assert outside.told("/__hub") == {}
    with for_organisation(alba.member.organisation.pk):
        assert Find.objects.get().title == "Uno"
        assert not Picture.objects.exists()
