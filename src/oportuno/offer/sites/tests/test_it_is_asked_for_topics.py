"""Readers ask for topics and vote; the team writes; who asked hears of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from oportuno.kernel.clock import now
from oportuno.kernel.errors import Conflict
from oportuno.kernel.facts import Recorded
from oportuno.kernel.isolation import for_organisation, for_public
from oportuno.kernel.jobs import Lease
from oportuno.offer.sites import api, reactions
from oportuno.offer.sites.api import voices
from oportuno.offer.sites.models import Entry, Topic
from oportuno.offer.sites.testing import open_site, text, write
from oportuno.people.audience.api.forms import stamp_of
from oportuno.people.messaging.api import Message
from oportuno.people.messaging.testing import all_messages, link_in
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db


def own(actor: Actor) -> int:
    assert actor.organisation
    return int(actor.organisation.pk)


def blog(actor: Actor) -> str:
    assert actor.organisation
    return f"/v/{actor.organisation.slug}/blog/"


def ask(reader: Client, actor: Actor, title: str, *, agent: str = "one", **said: Any) -> Any:
    data = {"stamp": stamp_of(now() - timedelta(minutes=1)), "title": title, **said}
    return reader.post(f"{blog(actor)}temas/pedido/", data, HTTP_ORIGIN="http://testserver", HTTP_USER_AGENT=agent)


def vote(reader: Client, actor: Actor, topic: Topic, agent: str = "one") -> Any:
    return reader.post(f"{blog(actor)}temas/{topic.pk}/votos/", HTTP_ORIGIN="http://testserver", HTTP_USER_AGENT=agent)


def topics(actor: Actor) -> list[Topic]:
    with for_organisation(own(actor)):
        return list(Topic.objects.order_by("at", "pk"))


def decide(actor: Actor, state: str) -> None:
    with for_organisation(own(actor)):
        voices.decide_topics(topics=[one.pk for one in topics(actor)], state=state, by=actor.member, at=now())


def mails_to(address: str) -> list[Message]:
    return [one for one in all_messages() if one.to_address == address]


def came_out(actor: Actor, entry: Entry) -> None:
    """What the loop of facts tells the reader of publications."""
    fact = Recorded(1, 1, own(actor), "sites.entry_published", entry.pk, None, None, None, now(), {"entry_kind": "post"})
    reactions.settle_topics([fact])


@pytest.fixture
def open_blog(felix: Actor) -> None:
    open_site(felix)


@pytest.mark.usefixtures("open_blog")
def test_a_topic_waits_for_the_team_and_then_readers_vote_once_each(felix: Actor, stranger: Client) -> None:
    assert ask(stranger, felix, "Rosas en macetas", details="¿Qué tierra?").status_code == 302
    assert "Rosas en macetas" not in stranger.get(f"{blog(felix)}temas/").content.decode()
    with for_public():
        assert not Topic.objects.exists()
    decide(felix, "open")
    topic = topics(felix)[0]
    page = stranger.get(f"{blog(felix)}temas/").content.decode()
    assert "Rosas en macetas" in page
    assert "¿Qué tierra?" in page
    assert "Rosas en macetas" in stranger.get(blog(felix)).content.decode()
    vote(stranger, felix, topic)
    vote(stranger, felix, topic)
    vote(stranger, felix, topic, "two")
    vote(stranger, felix, topic, "three")
    assert topics(felix)[0].votes == 3, "who asked had voted by asking"


@pytest.mark.usefixtures("open_blog")
def test_the_same_topic_asked_twice_is_one_with_two_votes(felix: Actor, stranger: Client) -> None:
    ask(stranger, felix, "Rosas en macetas")
    ask(stranger, felix, "  ROSAS   en macetas ", agent="two")
    assert [(one.title, one.votes) for one in topics(felix)] == [("Rosas en macetas", 2)]


@pytest.mark.usefixtures("open_blog")
def test_an_address_is_left_with_consent_or_not_at_all(felix: Actor, stranger: Client) -> None:
    assert ask(stranger, felix, "Rosas", email="carmen@example.com").status_code == 422
    assert ask(stranger, felix, "Rosas", agrees="on").status_code == 422
    assert ask(stranger, felix, "ay").status_code == 422
    assert topics(felix) == []
    assert all_messages() == []


@pytest.mark.usefixtures("open_blog")
def test_who_asked_and_confirmed_hears_when_it_is_written(felix: Actor, stranger: Client) -> None:
    ask(stranger, felix, "Rosas en macetas", email="carmen@example.com", agrees="on")
    ask(stranger, felix, "Rosas en macetas", agent="two", email="nunca@example.com", agrees="on")
    stranger.post(link_in(mails_to("carmen@example.com")[0]))
    decide(felix, "open")
    topic = topics(felix)[0]
    with for_organisation(own(felix)):
        draft = voices.write_topic(topic=topic.pk, by=felix.member, at=now())
        assert voices.write_topic(topic=topic.pk, by=felix.member, at=now()).pk == draft.pk, "one draft, however often one presses"
        assert draft.title == "Rosas en macetas"
    came_out(felix, draft)
    assert topics(felix)[0].state == "writing", "a draft is nothing to read"
    with for_organisation(own(felix)):
        api.keep_draft(entry=draft.pk, content=text("Con buena tierra."), by=felix.member, at=now())
        api.publish_entry(entry=draft.pk, by=felix.member, at=now())
    came_out(felix, draft)
    came_out(felix, draft)
    for _twice in range(2):
        reactions.tell_of_topics(Lease(0, 0, own(felix), "x"), topics=[str(topic.pk)])
    told = [one for one in all_messages() if one.template == "sites/mail/topic.txt"]
    assert [one.to_address for one in told] == ["carmen@example.com"]
    assert f"{blog(felix)}rosas-en-macetas/" in told[0].text
    assert told[0].way_out
    assert topics(felix)[0].state == "written"
    assert "Rosas en macetas" in stranger.get(f"{blog(felix)}temas/").content.decode()


@pytest.mark.usefixtures("open_blog")
def test_a_draft_thrown_away_is_begun_anew(felix: Actor) -> None:
    with for_organisation(own(felix)):
        topic = voices.note_topic(title="Rosas en macetas", by=felix.member, at=now())
        first = voices.write_topic(topic=topic.pk, by=felix.member, at=now())
        api.trash_entry(entry=first.pk, by=felix.member, at=now())
        assert voices.write_topic(topic=topic.pk, by=felix.member, at=now()).pk != first.pk


@pytest.mark.usefixtures("open_blog")
def test_the_team_rewords_a_topic_but_not_into_another(felix: Actor, stranger: Client) -> None:
    ask(stranger, felix, "macetas???")
    ask(stranger, felix, "Rosas en macetas")
    with for_organisation(own(felix)):
        first, _second = Topic.objects.order_by("at", "pk")
        with pytest.raises(Conflict):
            voices.change_topic(topic=first.pk, title="Rosas en MACETAS", by=felix.member)
        voices.change_topic(topic=first.pk, title="Qué maceta para qué rosa", by=felix.member)
    assert [one.title for one in topics(felix)] == ["Qué maceta para qué rosa", "Rosas en macetas"]


@pytest.mark.usefixtures("open_blog")
def test_topics_are_seen_with_their_site(felix: Actor, stranger: Client) -> None:
    ask(stranger, felix, "Rosas en macetas")
    decide(felix, "open")
    write(felix.member, "Algo")
    with for_organisation(own(felix)):
        api.close_site(by=felix.member, at=now())
    with for_public():
        assert not Topic.objects.exists()
    assert vote(stranger, felix, topics(felix)[0], "two").status_code == 404
    with for_organisation(own(felix)):
        api.open_site(by=felix.member, at=now())
    with for_public():
        assert Topic.objects.count() == 1


@pytest.mark.usefixtures("open_blog")
def test_a_post_called_temas_leaves_the_address_to_the_page_of_topics(felix: Actor, stranger: Client) -> None:
    post = write(felix.member, "Temas")
    assert post.path == "blog/temas-2"
    assert stranger.get(f"{blog(felix)}temas/").status_code == 200


@pytest.mark.usefixtures("open_blog")
def test_gala_touches_no_topic_of_felixs(felix: Actor, gala: Actor, stranger: Client) -> None:
    ask(stranger, felix, "Rosas en macetas")
    one = topics(felix)[0]
    gala.post(f"{gala.desk()}sitio/temas/decisiones/", {"do": "open", "selected": str(one.pk)})
    assert gala.post(f"{gala.desk()}sitio/temas/{one.pk}/borrador/").status_code == 404
    assert gala.post(f"{gala.desk()}sitio/temas/{one.pk}/", {"title": "De Gala"}).status_code == 404
    assert [(t.title, t.state) for t in topics(felix)] == [("Rosas en macetas", "waiting")]
