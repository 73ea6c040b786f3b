"""The workbench: a site in a minute, a post from the first word to the public, menus, versions."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client

from oportuno.kernel.clock import now
from oportuno.kernel.errors import NotFound, Refusal
from oportuno.kernel.isolation import for_organisation
from oportuno.offer.sites import api
from oportuno.offer.sites.models import Author, Entry, Revision, Term
from oportuno.offer.sites.rules.menus import Item, Menus
from oportuno.offer.sites.testing import open_site, text, write
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db


def desk(actor: Actor, path: str = "") -> str:
    assert actor.organisation
    return f"/desk/{actor.organisation.slug}/sitio/{path}"


def own(actor: Actor) -> int:
    assert actor.organisation
    return actor.organisation.pk


def said(answer: Any) -> str:
    return str(answer.content.decode())


def writing(actor: Actor, entry: Entry, **fields: Any) -> dict[str, Any]:
    """What the editor's form sends."""
    content = {"version": 1, "blocks": [{"type": "text", "text": "Lo primero es la fecha."}]}
    usual = {"title": entry.title, "content": json.dumps(content), "slug": entry.slug, "slug_before": entry.slug, "seen": "1", "tags": ""}
    return usual | {"author": str(entry.author_id or ""), "do": "save"} | fields


def test_a_site_with_a_blog_is_there_in_a_minute(felix: Actor, stranger: Client) -> None:
    first = felix.client.get(desk(felix))
    assert first.headers["Location"] == desk(felix, "inicio/")
    made = felix.client.post(desk(felix, "inicio/"), {"title": "Félix escribe", "language": "es", "template": "vacio"}, follow=True)
    assert "Tu sitio está abierto." in said(made)
    assert felix.organisation
    home = stranger.get(f"/v/{felix.organisation.slug}/sitio/")
    assert home.status_code == 200
    assert "Félix escribe" in home.content.decode()
    again = felix.client.post(desk(felix, "inicio/"), {"title": "Otra vez", "language": "es", "template": "vacio"})
    assert again.headers["Location"] == desk(felix)


def test_who_has_no_site_is_led_to_one(felix: Actor) -> None:
    assert felix.organisation
    today = f"/desk/{felix.organisation.slug}/"
    assert f'href="{desk(felix, "inicio/")}"' in felix.client.get(today).content.decode()
    open_site(felix)
    assert desk(felix, "inicio/") not in felix.client.get(today).content.decode()


def test_a_template_is_chosen_by_its_card(felix: Actor) -> None:
    begin = felix.client.get(desk(felix, "inicio/")).content.decode()
    assert 'class="option-card"' in begin
    assert "Una página, y lo demás" in begin
    refused = felix.client.post(desk(felix, "inicio/"), {"title": "Félix escribe", "language": "es", "template": "ninguna"})
    assert refused.status_code == 422


def test_a_post_goes_from_the_first_word_to_the_public(felix: Actor, stranger: Client) -> None:
    open_site(felix)
    begun = felix.client.post(desk(felix, "nueva/post/"))
    with for_organisation(own(felix)):
        entry = Entry.objects.get(kind="post")
    assert begun.headers["Location"] == desk(felix, f"escribir/{entry.pk}/")
    sent = writing(felix, entry, title="Rosas para una boda", tags="Bodas, Rosas", new_category="Consejos", do="publish")
    done = felix.client.post(desk(felix, f"escribir/{entry.pk}/"), sent, follow=True)
    assert "Publicada." in said(done)
    assert felix.organisation
    page = stranger.get(f"/v/{felix.organisation.slug}/blog/rosas-para-una-boda/").content.decode()
    assert "Lo primero es la fecha." in page
    assert 'rel="tag">Bodas</a>' in page
    assert 'rel="category">Consejos</a>' in page
    assert felix.person.name in page


def test_a_refusal_keeps_what_was_typed_and_writes_nothing(felix: Actor) -> None:
    open_site(felix)
    entry = write(felix.member, "Rosas", published=False)
    sent = writing(felix, entry, title="", do="publish", tags="Nueva")
    answer = felix.client.post(desk(felix, f"escribir/{entry.pk}/"), sent)
    assert answer.status_code == 422
    assert "Ponle un título." in said(answer)
    assert "Lo primero es la fecha." in said(answer)
    with for_organisation(own(felix)):
        assert Revision.objects.filter(entry=entry).count() == 1
        assert not Term.objects.exists()


def test_an_address_that_was_typed_stays_and_one_that_was_not_follows_the_title(felix: Actor) -> None:
    open_site(felix)
    entry = write(felix.member, "Rosas", published=False)
    felix.client.post(desk(felix, f"escribir/{entry.pk}/"), writing(felix, entry, title="Lirios"))
    with for_organisation(own(felix)):
        assert api.entry_for(own(felix), entry.pk).path == "blog/lirios"
    sent = writing(felix, entry, title="Lirios", slug="Mis lirios", slug_before="lirios", seen="2")
    felix.client.post(desk(felix, f"escribir/{entry.pk}/"), sent)
    felix.client.post(
        desk(felix, f"escribir/{entry.pk}/"), sent | {"title": "Lirios blancos", "slug": "mis-lirios", "slug_before": "mis-lirios"}
    )
    with for_organisation(own(felix)):
        assert api.entry_for(own(felix), entry.pk).path == "blog/mis-lirios"


def test_a_preview_is_seen_by_who_has_its_link_and_by_nobody_with_another(felix: Actor, stranger: Client) -> None:
    open_site(felix)
    entry = write(felix.member, "Todavía no", "Palabras secretas.", published=False)
    page = said(felix.client.get(desk(felix, f"escribir/{entry.pk}/")))
    found = re.search(r'href="(/previo/[^"]+)"', page)
    assert found
    shown = stranger.get(found[1])
    assert "Palabras secretas." in shown.content.decode()
    assert shown.headers["X-Robots-Tag"] == "noindex"
    assert "no-store" in shown.headers["Cache-Control"]
    assert stranger.get(found[1][:-3] + "xx/").status_code == 404


def test_versions_tell_what_changed_and_give_it_back(felix: Actor) -> None:
    open_site(felix)
    entry = write(felix.member, "Rosas", "Cambia el agua cada dos días.")
    blocks = [{"type": "text", "text": "Cambia el agua cada tres días."}, {"type": "heading", "text": "La tijera"}]
    changed = json.dumps({"blocks": blocks})
    felix.client.post(desk(felix, f"escribir/{entry.pk}/"), writing(felix, entry, content=changed))
    shown = said(felix.client.get(desk(felix, f"escribir/{entry.pk}/versiones/2/")))
    assert "<del>dos</del><ins>tres</ins>" in shown
    assert "La tijera" in shown
    assert "===" not in shown, "an underline is no word"
    felix.client.post(desk(felix, f"escribir/{entry.pk}/versiones/1/vuelta/"))
    with for_organisation(own(felix)):
        newest = api.newest_revision(api.entry_for(own(felix), entry.pk))
    assert (newest.number, newest.document["blocks"][0]["text"]) == (3, "Cambia el agua cada dos días.")


def test_a_menu_leads_where_its_owner_says(felix: Actor, stranger: Client) -> None:
    open_site(felix)
    page = write(felix.member, "Nosotros", kind="page")
    lines = {
        "main-label_0": "Quiénes somos", "main-to_0": str(page.pk), "main-place_0": "1",
        "main-label_1": "Afuera", "main-to_1": "address", "main-address_1": "https://example.com/", "main-below_1": "on", "main-place_1": "2",
    }  # fmt: skip
    assert felix.client.post(desk(felix, "menu/"), lines).status_code == 302
    assert felix.organisation
    home = stranger.get(f"/v/{felix.organisation.slug}/sitio/").content.decode()
    assert f'href="/v/{felix.organisation.slug}/nosotros/"' in home
    assert 'href="https://example.com/"' in home
    bad = felix.client.post(desk(felix, "menu/"), lines | {"main-address_1": "javascript:alert(1)"})
    assert bad.status_code == 422
    assert "javascript:alert" not in stranger.get(f"/v/{felix.organisation.slug}/sitio/").content.decode()


def test_many_posts_go_to_the_bin_and_come_back(felix: Actor) -> None:
    open_site(felix)
    posts = [write(felix.member, f"Pieza {n}") for n in range(3)]
    felix.client.post(desk(felix, "cambios/"), {"selected": [str(one.pk) for one in posts[:2]], "do": "bin"})
    with for_organisation(own(felix)):
        assert [api.entry_for(own(felix), one.pk).state for one in posts] == ["trashed", "trashed", "published"]
    assert "Pieza 0" in said(felix.client.get(desk(felix, "papelera/")))
    felix.client.post(desk(felix, "cambios/"), {"selected": [str(posts[0].pk)], "do": "restore", "back": "bin"})
    with for_organisation(own(felix)):
        assert api.entry_for(own(felix), posts[0].pk).state == "draft"


def test_a_new_author_signs_with_links(felix: Actor) -> None:
    open_site(felix)
    bad = felix.client.post(desk(felix, "autores/"), {"name": "Marta", "links": "javascript:alert(1)"})
    assert bad.status_code == 422
    felix.client.post(desk(felix, "autores/"), {"name": "Marta", "role": "Agrónoma", "links": "LinkedIn https://example.com/marta"})
    with for_organisation(own(felix)):
        marta = Author.objects.get(name="Marta")
    assert (marta.slug, marta.links) == ("marta", [{"label": "LinkedIn", "address": "https://example.com/marta"}])


def test_somebody_elses_pieces_are_not_there(felix: Actor, gala: Actor) -> None:
    open_site(felix)
    open_site(gala)
    entry = write(felix.member, "De Félix", published=False)
    for address in (f"escribir/{entry.pk}/", f"escribir/{entry.pk}/versiones/", f"escribir/{entry.pk}/versiones/1/"):
        assert gala.client.get(desk(gala, address)).status_code == 404
        assert gala.client.get(desk(felix, address)).status_code == 404
    gala.client.post(desk(gala, "cambios/"), {"selected": [str(entry.pk)], "do": "publish"})
    with for_organisation(own(felix)):
        assert api.entry_for(own(felix), entry.pk).state == "draft"


def test_every_page_of_the_workbench_opens_with_nothing_and_with_something(felix: Actor) -> None:
    open_site(felix)
    for _round in range(2):
        for path in (
            "",
            "paginas/",
            "blog/",
            "menu/",
            "ajustes/",
            "categorias/",
            "categorias/?kind=tag",
            "autores/",
            "papelera/",
            "dominio/",
        ):
            assert felix.client.get(desk(felix, path)).status_code == 200, path
        write(felix.member, "Rosas", tags=["Agua"])


def test_ids_of_somebody_else_are_refused_wherever_they_stand(felix: Actor, gala: Actor) -> None:
    """Threat T03: own piece, foreign author, category, page above, line of a menu."""
    open_site(felix)
    open_site(gala)
    theirs = write(gala.member, "De Gala", kind="page")
    with for_organisation(own(gala)):
        category = api.change_term(term=None, kind="category", name="De Gala", by=gala.member, at=now())
        author = api.own_author(by=gala.member, at=now())
    post, page = write(felix.member, "Rosas"), write(felix.member, "Nosotros", kind="page")
    with for_organisation(own(felix)):
        before = (api.entry_for(own(felix), post.pk).terms, api.entry_for(own(felix), page.pk).path)
        with pytest.raises(Refusal):
            api.file_entry(entry=post.pk, terms=[category.pk], by=felix.member, at=now())
        with pytest.raises(Refusal):
            api.file_entry(entry=post.pk, author_id=author.pk, by=felix.member, at=now())
        with pytest.raises(Refusal):
            api.move_entry(entry=page.pk, slug="nosotros", parent=theirs.pk, by=felix.member, at=now())
        with pytest.raises(Refusal):
            api.change_menus(menus=Menus(main=(Item(label="Ajena", entry=theirs.pk),)), by=felix.member, at=now())
        for verb in (api.publish_entry, api.withdraw_entry, api.trash_entry, api.hide_entry):
            with pytest.raises(NotFound):
                verb(entry=theirs.pk, by=felix.member, at=now())
        assert (api.entry_for(own(felix), post.pk).terms, api.entry_for(own(felix), page.pk).path) == before
    for field, foreign in (("author", str(author.pk)), ("categories", str(category.pk))):
        answer = felix.client.post(desk(felix, f"escribir/{post.pk}/"), writing(felix, post) | {field: foreign})
        assert answer.status_code == 422, field


def test_a_title_that_breaks_on_a_phone_is_one_line(felix: Actor) -> None:
    open_site(felix)
    assert felix.organisation
    with for_organisation(felix.organisation.pk):
        begun = api.begin_entry(kind="post", title=" Rosas\r\nde  mayo ", content=text("Una."), author=None, by=felix.member, at=now())
        assert begun.title == "Rosas de mayo"
        api.keep_draft(entry=begun.pk, title="Rosas\nde junio\n", by=felix.member, at=now())
        assert api.entry_for(felix.organisation.pk, begun.pk).title == "Rosas de junio"


def test_who_waits_for_the_market_is_told_so_when_he_publishes(alba: Actor) -> None:
    open_site(alba)
    alba.client.post(desk(alba, "nueva/post/"))
    with for_organisation(own(alba)):
        entry = Entry.objects.get(kind="post")
    done = alba.client.post(desk(alba, f"escribir/{entry.pk}/"), writing(alba, entry, title="Rosas", do="publish"), follow=True)
    assert "Publicada: se verá en cuanto el mercado te apruebe." in said(done)
    assert "Publicada, aún no se ve" in done.content.decode()
