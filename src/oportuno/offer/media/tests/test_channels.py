"""Alba's channels, and those she learns from: found by what she writes, looked at every few minutes, told of by a hub at once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from pytest_django.live_server_helper import LiveServer

from oportuno.kernel.clock import now, stopped_at
from oportuno.kernel.isolation import for_organisation
from oportuno.kernel.jobs import JOBS, Lease
from oportuno.offer.media.actions.storing import picture_path
from oportuno.offer.media.models import Channel, Find, Picture, Piece, Sighting
from oportuno.offer.media.rules import channels as rules
from oportuno.offer.media.testing import image
from oportuno.offer.media.tests import feeds
from oportuno.offer.media.tests.conftest import Outside
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db(transaction=True)
LATER = datetime(2031, 6, 1, 12, tzinfo=UTC)
OWN = {"own": "on", "persona": "", "problem": "Mis rosas duran dos días"}


@pytest.fixture
def youtube(outside: Outside, monkeypatch: pytest.MonkeyPatch) -> Outside:
    """The world plays YouTube, too."""
    monkeypatch.setattr(rules, "YOUTUBE", outside.base)
    monkeypatch.setattr(rules, "YOUTUBE_HUB", f"{outside.base}/hub")
    return outside


def follow(who: Actor, said: str, **more: str) -> HttpResponse:
    answer = who.at(LATER).post(who.desk("medios/canales/nuevos/"), {"said": said, **more})
    begin(who)
    return answer


def begin(who: Actor) -> None:
    """What the queue holds is done."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT args->>'channel' FROM procrastinate_jobs WHERE task_name = 'media.begin_channel' AND status = 'todo'")
        waiting = [channel for (channel,) in cursor.fetchall()]
        cursor.execute("DELETE FROM procrastinate_jobs WHERE task_name = 'media.begin_channel'")
    for channel in waiting:
        with stopped_at(LATER):
            JOBS["media.begin_channel"].run(Lease(0, 0, who.member.organisation.pk, "media.begin_channel"), channel=channel)


def minute(after: timedelta = timedelta()) -> None:
    with stopped_at(LATER + after):
        JOBS["media.follow"].run(Lease(0, 0, None, "media.follow"))


def rows(who: Actor, model: Any) -> list[Any]:
    with for_organisation(who.member.organisation.pk):
        return list(model.objects.order_by("pk"))


def make_own(who: Actor) -> None:
    """Its news are pieces, whoever they are for: there is no vertical in this test, so no persona to choose."""
    with for_organisation(who.member.organisation.pk):
        Channel.objects.update(own=True, problem="Mis rosas duran dos días")


def test_it_follows_a_channel_of_youtube_by_its_name(alba: Actor, youtube: Outside) -> None:
    youtube.put("/@albatv", f'<html><head><link rel="canonical" href="{youtube.base}/channel/{feeds.CHANNEL}"></head></html>', "text/html")
    address = youtube.put(f"/feeds/videos.xml?channel_id={feeds.CHANNEL}", feeds.youtube([("a" * 11, "Rosas"), ("b" * 11, "Claveles")]))
    follow(alba, "@albatv")
    channel = rows(alba, Channel)[0]
    assert (channel.kind, channel.title, channel.feed, channel.trouble) == ("youtube", "Alba TV", address, "")
    assert {(find.kind, find.title, find.address) for find in rows(alba, Find)} == {
        ("video", "Rosas", f"https://www.youtube.com/watch?v={'a' * 11}"),
        ("video", "Claveles", f"https://www.youtube.com/watch?v={'b' * 11}"),
    }
    assert rows(alba, Piece) == []  # it is not ours
    listed = alba.get(alba.desk("medios/curacion/")).content.decode()
    assert "Rosas" in listed
    assert "Alba TV" in listed


def test_it_finds_the_feed_that_a_page_names_and_knows_a_podcast(alba: Actor, outside: Outside) -> None:
    outside.put("/voz.xml", feeds.podcast([("https://example.com/1.mp3", "Uno")]), "application/rss+xml")
    page = outside.put("/pod/", '<link rel="alternate" type="application/rss+xml" href="/voz.xml">', "text/html")
    follow(alba, page)
    channel, find = rows(alba, Channel)[0], rows(alba, Find)[0]
    assert (channel.kind, channel.title, channel.feed) == ("podcast", "Voz de las flores", f"{outside.base}/voz.xml")
    assert (find.kind, find.sound, find.title) == ("audio", "https://example.com/1.mp3", "Uno")


def test_it_says_in_words_what_is_no_channel(alba: Actor, outside: Outside) -> None:
    assert "Escribe la dirección de un canal" in alba.post(alba.desk("medios/canales/nuevos/"), {"said": "mi canal"}).content.decode()
    follow(alba, outside.put("/nada/", "<p>Hola</p>", "text/html"))
    follow(alba, f"{outside.base}/no-hay/")
    listed = alba.get(alba.desk("medios/canales/")).content.decode()
    assert "En esta dirección no hay un canal RSS, y su página no nombra ninguno." in listed
    assert "La dirección responde 404." in listed
    assert rows(alba, Find) == []


def test_it_follows_nothing_twice(alba: Actor, gala: Actor, outside: Outside) -> None:
    feed = outside.put("/b.xml", feeds.blog([("https://example.com/1", "Uno")]))
    page = outside.put("/b/", '<link rel="alternate" type="application/atom+xml" href="/b.xml">', "text/html")
    follow(alba, feed)
    assert "Ya sigues este canal." in follow(alba, feed).content.decode()
    follow(alba, page)
    assert [channel.trouble for channel in rows(alba, Channel)] == ["", "Ya sigues este canal."]
    follow(gala, feed)
    assert [channel.trouble for channel in rows(gala, Channel)] == [""]


def test_it_has_news_on_the_page_within_five_minutes_and_asks_only_for_what_changed(alba: Actor, gala: Actor, outside: Outside) -> None:
    feed = outside.put("/b.xml", feeds.blog([("https://example.com/1", "Uno")]))
    follow(alba, feed)
    follow(gala, feed)
    looked = len(outside.asked("/b.xml"))
    minute(timedelta(minutes=3))
    assert len(outside.asked("/b.xml")) == looked  # not yet
    minute(timedelta(minutes=4))
    assert len(outside.asked("/b.xml")) == looked + 1  # one question for both
    assert outside.asked("/b.xml")[-1]["etag"]
    outside.put("/b.xml", feeds.blog([("https://example.com/2", "Dos"), ("https://example.com/1", "Uno")]))
    minute(timedelta(minutes=9))
    for who in (alba, gala):
        assert {find.title for find in rows(who, Find)} == {"Uno", "Dos"}
    minute(timedelta(minutes=14))
    assert len(rows(alba, Sighting)) == 2


def test_it_looks_less_and_less_often_at_what_does_not_answer_and_comes_back(alba: Actor, outside: Outside) -> None:
    feed = outside.put("/b.xml", feeds.blog([("https://example.com/1", "Uno")]))
    follow(alba, feed)
    outside.put("/b.xml", "", X_Status="500")
    waits, moment = [], timedelta(minutes=4)
    for _failure in range(5):
        minute(moment)
        channel = rows(alba, Channel)[0]
        waits.append((channel.due_at - LATER - moment) / timedelta(minutes=1))
        moment = channel.due_at - LATER
    assert waits == [8, 16, 32, 64, 128]
    assert "La dirección responde 500." in alba.get(alba.desk("medios/canales/")).content.decode()
    outside.put("/b.xml", feeds.blog([("https://example.com/2", "Dos")]))
    minute(moment)
    channel = rows(alba, Channel)[0]
    assert (channel.failures, channel.trouble) == (0, "")
    assert {find.title for find in rows(alba, Find)} == {"Uno", "Dos"}
    outside.put("/b.xml", "", X_Status="410")
    minute(channel.due_at - LATER)
    asked = len(outside.asked("/b.xml"))
    minute(timedelta(days=30))
    assert len(outside.asked("/b.xml")) == asked  # gone is gone


def test_it_shows_what_appears_in_our_own_channel_as_pieces_with_a_picture_of_ours(alba: Actor, youtube: Outside) -> None:
    youtube.put("/thumbs/" + "a" * 11 + "/hqdefault.png", image(480, 360), "image/png")
    feed = youtube.put(f"/feeds/videos.xml?channel_id={feeds.CHANNEL}", feeds.youtube([("a" * 11, "Rosas")], f"{youtube.base}/thumbs"))
    follow(alba, feed)
    make_own(alba)
    youtube.put(
        f"/feeds/videos.xml?channel_id={feeds.CHANNEL}", feeds.youtube([("b" * 11, "Rosas"), ("a" * 11, "Rosas")], f"{youtube.base}/thumbs")
    )
    youtube.put("/thumbs/" + "b" * 11 + "/hqdefault.png", image(480, 360, "pink"), "image/png")
    minute(timedelta(minutes=5))
    piece = rows(alba, Piece)[0]
    assert (piece.title, piece.film, piece.formats, piece.published) == (
        "Rosas",
        f"https://www.youtube.com/watch?v={'b' * 11}",
        ["video"],
        True,
    )
    assert piece.problem == "Mis rosas duran dos días"
    with for_organisation(alba.member.organisation.pk):
        picture = Piece.objects.select_related("picture").get().picture
    assert Client().get(picture.url(320)).status_code == 200  # ours: nothing is asked of YouTube


def test_it_joins_what_is_the_same_under_different_addresses(alba: Actor, outside: Outside) -> None:
    first, second = "https://example.com/rosas?b=2&a=1", "https://EXAMPLE.com/rosas?a=1&b=2&utm_source=x&fbclid=y#parte"
    page = outside.put("/copia/", f'<head><link rel="canonical" href="{first}"><title>Rosas</title></head>', "text/html")
    follow(alba, outside.put("/1.xml", feeds.blog([(first, "Rosas")], title="Uno")))
    follow(alba, outside.put("/2.xml", feeds.blog([(second, "Rosas")], title="Dos")))
    follow(alba, outside.put("/3.xml", feeds.blog([(page, "Rosas copiadas")], title="Tres")))
    minute()
    found = rows(alba, Find)
    assert [find.address for find in found] == ["https://example.com/rosas?a=1&b=2"]
    assert {sighting.channel.title for sighting in rows_with_channels(alba)} == {"Uno", "Dos", "Tres"}


def rows_with_channels(who: Actor) -> list[Sighting]:
    with for_organisation(who.member.organisation.pk):
        return list(Sighting.objects.select_related("channel"))


def test_it_stops_following_and_keeps_what_somebody_said_something_of(alba: Actor, outside: Outside) -> None:
    follow(alba, outside.put("/b.xml", feeds.blog([("https://example.com/1", "Uno"), ("https://example.com/2", "Dos")])))
    one = next(find for find in rows(alba, Find) if find.title == "Uno")
    alba.post(alba.desk(f"medios/curacion/{one.pk}/"), {"title": "Uno", "stars": "4", "note": "Muy claro"})
    alba.post(alba.desk(f"medios/canales/{rows(alba, Channel)[0].pk}/retiro/"))
    assert [find.title for find in rows(alba, Find)] == ["Uno"]
    assert rows(alba, Channel) == []


def test_it_sweeps_likenesses_that_nothing_shows_any_more(alba: Actor, youtube: Outside) -> None:
    path = f"/feeds/videos.xml?channel_id={feeds.CHANNEL}"
    youtube.put("/thumbs/" + "a" * 11 + "/hqdefault.png", image(480, 360), "image/png")
    follow(alba, youtube.put(path, feeds.youtube([("a" * 11, "Rosas")], f"{youtube.base}/thumbs")))
    minute()
    sweep = lambda: JOBS["media.empty_bin"].run(Lease(0, 0, None, "media.empty_bin"))  # noqa: E731
    sweep()
    picture = rows(alba, Picture)[0]
    alba.post(alba.desk(f"medios/canales/{rows(alba, Channel)[0].pk}/retiro/"))
    sweep()
    assert rows(alba, Picture) == []
    assert not picture_path(picture.digest, 320).exists()


@pytest.fixture
def subscribed(alba: Actor, outside: Outside, settings: Any, live_server: LiveServer) -> str:
    """A blog with a hub, which has verified that we mean it. Answers the topic."""
    settings.ORIGIN = live_server.url
    topic = f"{outside.base}/b.xml"
    follow(alba, outside.put("/b.xml", feeds.blog([("https://example.com/1", "Uno")], hub=f"{outside.base}/hub", topic=topic)))
    minute()
    assert outside.is_verified(topic)
    return topic


def test_it_lets_a_hub_verify_that_we_meant_it_and_then_looks_seldom(alba: Actor, outside: Outside, subscribed: str) -> None:
    channel = rows(alba, Channel)[0]
    assert channel.lease_until
    with for_organisation(channel.organisation_id):
        Channel.objects.update(lease_until=LATER + timedelta(days=5))
    minute(timedelta(minutes=5))
    assert rows(alba, Channel)[0].due_at == LATER + timedelta(minutes=35)


def test_it_shows_at_once_what_a_hub_tells_with_the_secret(alba: Actor, outside: Outside, subscribed: str) -> None:
    asked = len(outside.asked("/b.xml"))
    news = feeds.blog([("https://example.com/2", "Dos")])
    assert outside.publish(subscribed, news) == 202
    assert {find.title for find in rows(alba, Find)} == {"Uno", "Dos"}
    assert len(outside.asked("/b.xml")) == asked
    assert outside.publish(subscribed, news) == 202
    assert len(rows(alba, Find)) == 2


def test_it_believes_nobody_without_the_secret(alba: Actor, outside: Outside, subscribed: str) -> None:
    assert outside.publish(subscribed, feeds.blog([("https://example.com/2", "Falso")]), secret="otra") == 202
    address = f"/hooks/media/{rows(alba, Channel)[0].pk}/"
    for headers in ({}, {"X-Hub-Signature": "sha1="}, {"X-Hub-Signature": "md5=abc"}, {"X-Hub-Signature": "sha256=zz"}):
        assert (
            Client().post(address, feeds.blog([("https://example.com/3", "Falso")]), "application/atom+xml", headers=headers).status_code
            == 202
        )
    assert [find.title for find in rows(alba, Find)] == ["Uno"]


def test_it_confirms_nothing_that_was_not_asked(alba: Actor, outside: Outside) -> None:
    topic = f"{outside.base}/b.xml"
    follow(alba, outside.put("/b.xml", feeds.blog([("https://example.com/1", "Uno")], hub=f"{outside.base}/hub", topic=topic)))
    address = f"/hooks/media/{rows(alba, Channel)[0].pk}/"
    asked = {"hub.mode": "subscribe", "hub.topic": topic, "hub.challenge": "x", "hub.lease_seconds": "60"}
    assert Client().get(address, asked).status_code == 404  # we never asked
    with for_organisation(alba.member.organisation.pk):
        Channel.objects.update(asked_at=now())
    assert Client().get(address, {**asked, "hub.topic": "https://example.com/otro"}).status_code == 404
    assert Client().get(address, {**asked, "hub.mode": "unsubscribe"}).status_code == 404
    assert Client().get(address, asked).content == b"x"
    nobody = f"/hooks/media/{UUID(int=7)}/"
    assert (Client().get(nobody, asked).status_code, Client().post(nobody).status_code) == (404, 410)
    assert Client().put(address).status_code == 405


def test_it_asks_the_hub_again_before_the_lease_ends(alba: Actor, outside: Outside, subscribed: str) -> None:
    with for_organisation(alba.member.organisation.pk):
        Channel.objects.update(lease_until=LATER + timedelta(days=5), asked_at=LATER, due_at=LATER + timedelta(days=9))
    minute(timedelta(days=3))
    assert outside.told("/__hub")[subscribed]["times"] == 1
    secret = outside.told("/__hub")[subscribed]["secret"]
    minute(timedelta(days=4, hours=1))
    for _try in range(2000):
        if outside.told("/__hub")[subscribed]["times"] == 2:
            break
    assert outside.told("/__hub")[subscribed]["times"] == 2
    assert outside.told("/__hub")[subscribed]["secret"] != secret
