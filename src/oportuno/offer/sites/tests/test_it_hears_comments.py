"""Readers comment, the team decides, and who asked to hear of replies does."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from oportuno.kernel.clock import now
from oportuno.kernel.errors import Conflict
from oportuno.kernel.isolation import for_organisation, for_public
from oportuno.kernel.jobs import Lease
from oportuno.offer.sites import api, reactions
from oportuno.offer.sites.actions.commenting import recount_comments
from oportuno.offer.sites.api import voices
from oportuno.offer.sites.models import Comment, CommentSender, Entry
from oportuno.offer.sites.testing import open_site, say, write
from oportuno.people.audience.testing import Contact
from oportuno.people.messaging.api import Message
from oportuno.people.messaging.testing import all_messages, link_in
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db


def own(actor: Actor) -> int:
    assert actor.organisation
    return int(actor.organisation.pk)


def address(actor: Actor, post: Entry) -> str:
    assert actor.organisation
    return f"/v/{actor.organisation.slug}/{post.path}/"


def comments(actor: Actor, **which: Any) -> list[Comment]:
    with for_organisation(own(actor)):
        return list(Comment.objects.filter(**which).order_by("at", "pk"))


def mails_to(address: str) -> list[Message]:
    return [one for one in all_messages() if one.to_address == address]


@pytest.fixture
def post(felix: Actor) -> Entry:
    open_site(felix)
    return write(felix.member, "Rosas en invierno", "Tápalas.")


def test_a_comment_waits_until_the_team_approves_it(felix: Actor, post: Entry, stranger: Client) -> None:
    answer = say(stranger, felix, post, text="¿Y con heladas?\n\n¿Cuánto tapo?", name="Carmen", email="carmen@example.com")
    assert answer.status_code == 302
    page = stranger.get(answer.headers["Location"].partition("#")[0]).content.decode()
    assert 'id="dicho"' in page
    assert "¿Y con heladas?" not in page
    waiting = comments(felix)
    assert [(one.name, one.state, one.published) for one in waiting] == [("Carmen", "waiting", False)]
    with for_organisation(own(felix)):
        voices.decide_comments(comments=[waiting[0].pk], state="approved", by=felix.member, at=now())
    page = stranger.get(address(felix, post)).content.decode()
    assert "<p>¿Y con heladas?</p>" in page
    assert "comentario-" in page
    assert '"commentCount": 1' in page.replace('"commentCount":1', '"commentCount": 1')


def test_nobody_reads_the_address_of_who_commented(felix: Actor, post: Entry, stranger: Client) -> None:
    say(stranger, felix, post, email="carmen@example.com")
    with for_organisation(own(felix)):
        voices.decide_comments(comments=[one.pk for one in comments(felix)], state="approved", by=felix.member, at=now())
    assert "carmen@example.com" not in stranger.get(address(felix, post)).content.decode()
    with for_public():
        assert Comment.objects.count() == 1
        assert not CommentSender.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT column_name FROM information_schema.columns WHERE table_name = 'site_comment'")
        assert "email" not in {name for (name,) in cursor.fetchall()}


def test_what_readers_write_is_words_and_never_markup(felix: Actor, post: Entry, stranger: Client) -> None:
    evil = "<script>alert(1)</script> <a href='javascript:alert(2)'>x</a> {{ 7 }}"
    say(stranger, felix, post, text=evil, name="<img src=x onerror=alert(3)>")
    with for_organisation(own(felix)):
        voices.decide_comments(comments=[one.pk for one in comments(felix)], state="approved", by=felix.member, at=now())
    for page in (stranger.get(address(felix, post)), felix.get(f"{felix.desk()}sitio/comentarios/?state=approved")):
        text = page.content.decode()
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert "&lt;img src=x onerror=alert(3)&gt;" in text


def test_a_reply_stands_below_what_it_replies_to_one_level_deep(felix: Actor, post: Entry, stranger: Client) -> None:
    say(stranger, felix, post, text="La primera")
    with for_organisation(own(felix)):
        voices.decide_comments(comments=[one.pk for one in comments(felix)], state="approved", by=felix.member, at=now())
    first = comments(felix)[0]
    form = stranger.get(f"{address(felix, post)}?responder={first.pk}").content.decode()
    assert f'name="parent" value="{first.pk}"' in form
    say(stranger, felix, post, text="La segunda", parent=first.pk)
    second = comments(felix, text="La segunda")[0]
    with for_organisation(own(felix)):
        voices.decide_comments(comments=[second.pk], state="approved", by=felix.member, at=now())
    say(stranger, felix, post, text="La tercera", parent=second.pk)
    assert [one.parent_id for one in comments(felix)] == [None, first.pk, first.pk]
    assert say(stranger, felix, post, text="Sin nada arriba", parent=post.pk).status_code == 404


def test_machines_are_thanked_and_left_out(felix: Actor, post: Entry, stranger: Client) -> None:
    assert say(stranger, felix, post, website="https://spam.example").status_code == 302
    quick = say(stranger, felix, post, stamp="forged")
    assert quick.status_code == 422
    assert comments(felix) == []
    say(stranger, felix, post, text="Mira https://a.example y https://b.example y www.c.example")
    assert [one.state for one in comments(felix)] == ["spam"]


def test_the_same_words_twice_are_one_comment_and_elsewhere_they_are_spam(felix: Actor, post: Entry, stranger: Client) -> None:
    other = write(felix.member, "Otra")
    say(stranger, felix, post, text="Muy bueno, gracias")
    say(stranger, felix, post, text="MUY BUENO,   gracias")
    say(stranger, felix, other, text="Muy bueno, gracias")
    assert [(one.entry_id, one.state) for one in comments(felix)] == [(post.pk, "waiting"), (other.pk, "spam")]


def test_from_one_network_come_only_so_many(felix: Actor, post: Entry, stranger: Client) -> None:
    answers = [say(stranger, felix, post, text=f"Número {n}").status_code for n in range(8)]
    assert answers == [302] * 6 + [429] * 2
    assert len(comments(felix)) == 6


def test_a_form_of_another_site_is_refused(felix: Actor, post: Entry, stranger: Client) -> None:
    assert say(stranger, felix, post, origin="https://evil.example").status_code == 403
    assert say(stranger, felix, post, origin="").status_code == 403
    assert comments(felix) == []


def test_closed_comments_take_nothing_and_show_what_was_said(felix: Actor, post: Entry, stranger: Client) -> None:
    say(stranger, felix, post, text="A tiempo")
    with for_organisation(own(felix)):
        voices.decide_comments(comments=[one.pk for one in comments(felix)], state="approved", by=felix.member, at=now())
        api.file_entry(entry=post.pk, comments_open=False, by=felix.member, at=now())
    page = stranger.get(address(felix, post)).content.decode()
    assert "A tiempo" in page
    assert 'name="text"' not in page
    assert say(stranger, felix, post, text="Tarde").status_code == 422
    assert len(comments(felix)) == 1


def test_a_decision_on_many_is_undone_at_once(felix: Actor, post: Entry, stranger: Client) -> None:
    for n in range(3):
        say(stranger, felix, post, text=f"Número {n}")
    first, second, third = (one.pk for one in comments(felix))
    with for_organisation(own(felix)):
        made = voices.decide_comments(comments=[first, second, third], state="spam", by=felix.member, at=now())
        voices.decide_comments(comments=[third], state="approved", by=felix.member, at=now())
        assert voices.undo_decision(decision=made.pk, by=felix.member, at=now()) == 2
        with pytest.raises(Conflict):
            voices.undo_decision(decision=made.pk, by=felix.member, at=now())
    assert [one.state for one in comments(felix)] == ["waiting", "waiting", "approved"]


def test_the_author_hears_of_a_comment_once_an_hour(felix: Actor, post: Entry, stranger: Client) -> None:
    for n in range(3):
        say(stranger, felix, post, text=f"Número {n}")
        reactions.tell_of_comment(Lease(0, 0, own(felix), "x"), comment=str(comments(felix)[-1].pk))
    assert len(mails_to(felix.person.email)) == 1
    assert "Número 0" in mails_to(felix.person.email)[0].text


def test_who_asked_and_confirmed_hears_of_a_reply_and_can_leave(felix: Actor, post: Entry, stranger: Client) -> None:
    say(stranger, felix, post, text="¿Y con heladas?", email="carmen@example.com", follows="on")
    comment = comments(felix)[0]
    with for_organisation(own(felix)):
        voices.decide_comments(comments=[comment.pk], state="approved", by=felix.member, at=now())
    felix.post(f"{felix.desk()}sitio/comentarios/{comment.pk}/respuesta/", {"text": "Con heladas, paja."})
    reply = comments(felix, text="Con heladas, paja.")[0]
    assert reply.published
    assert reply.author_id
    run = Lease(0, 0, own(felix), "x")
    reactions.tell_of_replies(run, comments=[str(reply.pk)])
    asked = mails_to("carmen@example.com")
    assert len(asked) == 1, "the link alone: the address is nobody's yet"
    assert "heladas" not in asked[0].text, "a stranger may have typed the address"
    assert stranger.post(link_in(asked[0])).status_code == 200
    reactions.tell_of_replies(run, comments=[str(reply.pk)])
    reactions.tell_of_replies(run, comments=[str(reply.pk)])
    told = mails_to("carmen@example.com")[1:]
    assert len(told) == 1, "once, however often the job runs"
    assert "Con heladas, paja." in told[0].text
    assert told[0].way_out


def test_who_is_signed_in_at_the_market_is_a_reader_like_any_other(felix: Actor, carmen: Actor, post: Entry) -> None:
    for actor in (felix, carmen):
        say(actor.client, felix, post, text=f"Soy {actor.person.name}", name="Quien sea", email=actor.person.email)
    assert [(one.name, one.person_id, one.state) for one in comments(felix)] == [("Quien sea", None, "waiting")] * 2


def test_who_is_forgotten_is_forgotten_here_too(felix: Actor, carmen: Actor, post: Entry, stranger: Client) -> None:
    say(stranger, felix, post, text="De Carmen", email="carmen@example.com", follows="on")
    say(stranger, felix, post, text="De otra", email="otra@example.com")
    with for_organisation(own(felix)):
        contact = Contact.objects.get(email="carmen@example.com")
        voices.forget_contact(contact=contact.pk)
    assert [one.text for one in comments(felix)] == ["De otra"]
    with for_organisation(own(felix)):
        comments_of_hers = Comment(entry=post, name="Carmen", text="Otra vez", person_id=carmen.person.pk, at=now())
        comments_of_hers.save()
    voices.forget_person(carmen.person.pk, [carmen.person.email])
    assert [one.text for one in comments(felix)] == ["De otra"]


def test_gala_decides_nothing_of_felixs(felix: Actor, gala: Actor, post: Entry, stranger: Client) -> None:
    say(stranger, felix, post, text="Hola")
    one = comments(felix)[0]
    gala.post(f"{gala.desk()}sitio/comentarios/decisiones/", {"do": "approved", "selected": str(one.pk)})
    assert gala.post(f"{felix.desk()}sitio/comentarios/decisiones/", {"do": "approved", "selected": str(one.pk)}).status_code == 404
    assert gala.post(f"{gala.desk()}sitio/comentarios/{one.pk}/respuesta/", {"text": "Ja"}).status_code == 404
    assert [(c.text, c.state) for c in comments(felix)] == [("Hola", "waiting")]


def test_a_post_of_many_comments_shows_them_a_page_at_a_time(felix: Actor, post: Entry, stranger: Client) -> None:
    with for_organisation(own(felix)):
        at = now() - timedelta(days=1)
        rows = [Comment(entry=post, name="Ana", text=f"Comentario {n:03}", state="approved", published=True, at=at) for n in range(45)]
        Comment.objects.bulk_create(rows)
        recount_comments(own(felix), [post.pk])
    first = stranger.get(address(felix, post)).content.decode()
    after = first.partition("comentarios=")[2].partition("#")[0]
    second = stranger.get(f"{address(felix, post)}?comentarios={after}").content.decode()
    shown = [f"Comentario {n:03}" for n in range(45)]
    assert sum(words in first for words in shown) == 30
    assert all((words in first) != (words in second) for words in shown)
