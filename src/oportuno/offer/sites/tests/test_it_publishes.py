"""From a draft to the public eye and back."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from oportuno.kernel.clock import now
from oportuno.kernel.errors import Conflict, Forbidden, Refusal
from oportuno.kernel.isolation import for_organisation, for_public
from oportuno.offer.sites import api
from oportuno.offer.sites.models import Entry, Revision
from oportuno.offer.sites.testing import open_site, text, write
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db


def reads(visitor: Client, address: str) -> str:
    answer = visitor.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_a_visitor_reads_what_was_published(felix: Actor, stranger: Client) -> None:
    open_site(felix)
    post = write(felix.member, "Cómo cuidar una rosa", "Cambia el agua cada dos días.")
    assert felix.organisation
    page = reads(stranger, f"/v/{felix.organisation.slug}/blog/como-cuidar-una-rosa/")
    assert "Cambia el agua cada dos días." in page
    assert felix.person.name in page
    assert post.words == 6
    assert "Cómo cuidar una rosa" in reads(stranger, f"/v/{felix.organisation.slug}/blog/")


def test_nobody_reads_a_draft(felix: Actor, stranger: Client) -> None:
    open_site(felix)
    assert felix.organisation
    write(felix.member, "Secreto", "Todavía no.", published=False)
    assert stranger.get(f"/v/{felix.organisation.slug}/blog/secreto/").status_code == 404
    assert "Secreto" not in reads(stranger, f"/v/{felix.organisation.slug}/blog/")


def test_what_is_typed_on_a_published_piece_is_not_seen_until_it_is_published_again(felix: Actor, stranger: Client) -> None:
    open_site(felix)
    assert felix.organisation
    post = write(felix.member, "Rosas", "Como estaba.")
    with for_organisation(felix.organisation.pk):
        api.keep_draft(entry=post.pk, content=text("Como quedará."), by=felix.member, at=now())
    assert "Como estaba." in reads(stranger, f"/v/{felix.organisation.slug}/blog/rosas/")
    with for_organisation(felix.organisation.pk):
        api.publish_entry(entry=post.pk, by=felix.member, at=now())
    assert "Como quedará." in reads(stranger, f"/v/{felix.organisation.slug}/blog/rosas/")


def test_a_site_that_is_closed_shows_nothing_and_opens_with_all_it_had(felix: Actor, stranger: Client) -> None:
    open_site(felix)
    assert felix.organisation
    write(felix.member, "Rosas")
    address = f"/v/{felix.organisation.slug}/blog/rosas/"
    with for_organisation(felix.organisation.pk):
        api.close_site(by=felix.member, at=now())
    assert stranger.get(address).status_code == 404
    with for_public():
        assert not Entry.objects.filter(organisation_id=felix.organisation.pk).exists()
    with for_organisation(felix.organisation.pk):
        api.open_site(by=felix.member, at=now())
    assert stranger.get(address).status_code == 200


def test_a_seller_who_is_not_approved_has_a_site_that_nobody_sees(alba: Actor, stranger: Client) -> None:
    site = open_site(alba)
    assert alba.organisation
    write(alba.member, "Rosas")
    assert site.opened_at
    assert not site.published
    assert stranger.get(f"/v/{alba.organisation.slug}/blog/rosas/").status_code == 404
    with for_organisation(alba.organisation.pk):
        api.allow_site(organisation=alba.organisation.pk, allowed=True, at=now())
    assert stranger.get(f"/v/{alba.organisation.slug}/blog/rosas/").status_code == 200


def test_a_scheduled_piece_appears_by_itself_once(felix: Actor, stranger: Client) -> None:
    open_site(felix)
    assert felix.organisation
    at = now()
    post = write(felix.member, "Mañana", published=False)
    with for_organisation(felix.organisation.pk):
        api.publish_entry(entry=post.pk, when=at + timedelta(hours=2), by=felix.member, at=at)
        assert api.publish_due(organisation=felix.organisation.pk, at=at + timedelta(hours=1)) == 0
    assert stranger.get(f"/v/{felix.organisation.slug}/blog/manana/").status_code == 404
    with for_organisation(felix.organisation.pk):
        assert api.publish_due(organisation=felix.organisation.pk, at=at + timedelta(hours=2)) == 1
        assert api.publish_due(organisation=felix.organisation.pk, at=at + timedelta(hours=2)) == 0
    assert stranger.get(f"/v/{felix.organisation.slug}/blog/manana/").status_code == 200


def test_a_salesperson_writes_and_an_editor_publishes(alba: Actor, beto: Actor) -> None:
    open_site(alba)
    post = write(beto.member, "Lo que preguntan", published=False)
    assert alba.organisation
    with for_organisation(alba.organisation.pk):
        with pytest.raises(Forbidden):
            api.publish_entry(entry=post.pk, by=beto.member, at=now())
        assert api.ask_review(entry=post.pk, by=beto.member, at=now()).state == "review"
        with pytest.raises(Refusal, match="Di qué falta"):
            api.send_back(entry=post.pk, note=" ", by=alba.member, at=now())
        assert api.send_back(entry=post.pk, note="Falta un ejemplo", by=alba.member, at=now()).state == "draft"
        assert api.newest_revision(api.entry_for(alba.organisation.pk, post.pk)).note == "Falta un ejemplo"
        api.ask_review(entry=post.pk, by=beto.member, at=now())
        assert api.publish_entry(entry=post.pk, by=alba.member, at=now()).state == "published"


def test_the_first_screen_tells_the_editor_what_to_read_and_the_writer_what_to_mend(alba: Actor, beto: Actor) -> None:
    open_site(alba)
    post = write(beto.member, "Lo que preguntan", published=False)
    assert alba.organisation
    today = f"/desk/{alba.organisation.slug}/"
    with for_organisation(alba.organisation.pk):
        api.ask_review(entry=post.pk, by=beto.member, at=now())
    assert "Lee y publica: “Lo que preguntan”" in alba.client.get(today).content.decode()
    assert "Lo que preguntan" not in beto.client.get(today).content.decode()
    with for_organisation(alba.organisation.pk):
        api.send_back(entry=post.pk, note="Falta un ejemplo", by=alba.member, at=now())
    mended = beto.client.get(today).content.decode()
    assert "Sigue escribiendo: “Lo que preguntan”" in mended
    assert "Falta un ejemplo" in mended
    assert "Lo que preguntan" not in alba.client.get(today).content.decode()


def test_a_writer_does_not_write_in_anothers_piece(alba: Actor, beto: Actor) -> None:
    open_site(alba)
    post = write(alba.member, "De Alba")
    assert alba.organisation
    with for_organisation(alba.organisation.pk), pytest.raises(Forbidden):
        api.keep_draft(entry=post.pk, content=text("Otra cosa"), by=beto.member, at=now())


def test_two_who_write_at_once_do_not_overwrite_each_other(alba: Actor, beto: Actor) -> None:
    open_site(alba)
    assert alba.organisation
    post = write(beto.member, "A cuatro manos", "De Beto.", published=False)
    with for_organisation(alba.organisation.pk):
        seen = api.newest_revision(post).number
        api.keep_draft(entry=post.pk, content=text("De Alba."), seen=seen, by=alba.member, at=now())
        with pytest.raises(Conflict, match="Alba"):
            api.keep_draft(entry=post.pk, content=text("De Beto otra vez."), seen=seen, by=beto.member, at=now())
        newest = api.newest_revision(api.entry_for(alba.organisation.pk, post.pk))
    assert newest.document["blocks"][0]["text"] == "De Alba."


def test_writing_on_makes_one_version_and_saving_ends_it(felix: Actor) -> None:
    open_site(felix)
    assert felix.organisation
    post = write(felix.member, "Rosas", "Uno.")
    with for_organisation(felix.organisation.pk):
        for words in ("Uno y", "Uno y dos", "Uno y dos."):
            api.keep_draft(entry=post.pk, content=text(words), by=felix.member, at=now())
        api.keep_draft(entry=post.pk, content=text("Uno y dos."), done=True, by=felix.member, at=now())
        api.keep_draft(entry=post.pk, content=text("Uno y dos."), done=True, by=felix.member, at=now())
        kept = list(Revision.objects.filter(entry=post).order_by("number").values_list("number", "kept"))
    assert kept == [(1, True), (2, True)]


def test_an_older_version_comes_back_as_the_newest(felix: Actor) -> None:
    open_site(felix)
    assert felix.organisation
    post = write(felix.member, "Rosas", "La primera.")
    with for_organisation(felix.organisation.pk):
        api.keep_draft(entry=post.pk, content=text("La segunda."), done=True, by=felix.member, at=now())
        back = api.restore_revision(entry=post.pk, number=1, by=felix.member, at=now())
    assert (back.number, back.document["blocks"][0]["text"]) == (3, "La primera.")


def test_the_bin_gives_back_a_draft_at_a_free_address(felix: Actor, stranger: Client) -> None:
    open_site(felix)
    assert felix.organisation
    post = write(felix.member, "Rosas")
    with for_organisation(felix.organisation.pk):
        api.trash_entry(entry=post.pk, by=felix.member, at=now())
    assert stranger.get(f"/v/{felix.organisation.slug}/blog/rosas/").status_code == 404
    write(felix.member, "Rosas")
    with for_organisation(felix.organisation.pk):
        back = api.untrash_entry(entry=post.pk, by=felix.member, at=now())
    assert (back.state, back.path) == ("draft", "blog/rosas-2")


def test_what_is_typed_is_kept_while_one_types(felix: Actor) -> None:
    open_site(felix)
    assert felix.organisation
    post = write(felix.member, "Rosas", published=False)
    sent: dict[str, Any] = {"title": "Rosas rojas", "content": {"version": 1, "blocks": [{"type": "text", "text": "Hola"}]}}
    address = f"/desk/{felix.organisation.slug}/sitio/escribir/{post.pk}/borrador/?seen=1"
    answer = felix.client.put(address, json.dumps(sent), content_type="application/json")
    assert answer.status_code == 200
    with for_organisation(felix.organisation.pk):
        kept = api.entry_for(felix.organisation.pk, post.pk)
    assert (kept.title, kept.path) == ("Rosas rojas", "blog/rosas-rojas")
    broken = felix.client.put(address, json.dumps({"content": {"blocks": [{"type": "bomba"}]}}), content_type="application/json")
    assert broken.status_code == 422
    assert "bomba" in broken.json()["detail"]
