"""Blocks that sites bring: a form, the latest posts, a testimonial, a map, a term; for pages, for mail, as text."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from oportuno.kernel.clock import now
from oportuno.kernel.content import read, render_html, render_mjml, render_text
from oportuno.kernel.errors import Refusal
from oportuno.kernel.isolation import for_organisation, for_public
from oportuno.offer.sites import api
from oportuno.offer.sites.api import inquiries
from oportuno.offer.sites.models import Site
from oportuno.offer.sites.rules.forms import Question
from oportuno.offer.sites.testing import open_site, write
from oportuno.offer.sites.tests.asking import answers, asked_on, open_form, own, send, token_on
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db
EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>"


def html(*blocks: dict[str, Any], language: str = "es") -> str:
    with for_public():
        return render_html(read({"blocks": list(blocks)}), language=language)


def page_with(actor: Actor, *blocks: dict[str, Any]) -> str:
    """The address of a page that shows these blocks."""
    with for_organisation(own(actor)):
        entry = api.begin_entry(kind="page", title="Escríbenos", content=read({"blocks": list(blocks)}), by=actor.member, at=now())
        entry = api.publish_entry(entry=entry.pk, by=actor.member, at=now())
    assert actor.organisation
    return f"/v/{actor.organisation.slug}/{entry.path}/"


def test_a_form_stands_in_a_page_and_is_answered_from_there(felix: Actor, stranger: Client) -> None:
    open_site(felix)
    form = open_form(felix, intro="Respondemos el mismo día.")
    address = page_with(felix, {"type": "form", "form": str(form.pk)})
    page = stranger.get(address)
    text = page.content.decode()
    assert page.headers["Cache-Control"].startswith("public")  # the same for everybody
    assert asked_on(text) == ["name", "email", "de_que_ciudad_escribes", "que_necesitas"]
    assert 'action="/v/felix-escribe/formulario/pide-tu-ramo/#' in text
    assert "csrfmiddlewaretoken" not in text
    assert send(stranger, felix, form, asked=token_on(text)).status_code == 302
    assert len(answers(felix)) == 1


def test_a_form_that_is_archived_leaves_the_page(felix: Actor, stranger: Client) -> None:
    open_site(felix)
    form = open_form(felix)
    address = page_with(felix, {"type": "form", "form": str(form.pk)}, {"type": "text", "text": "Hasta pronto"})
    with for_organisation(own(felix)):
        inquiries.set_form_state(form=form.pk, state="archived", by=felix.member, at=now())
    text = stranger.get(address).content.decode()
    assert "q_email" not in text
    assert "Hasta pronto" in text
    with for_organisation(own(felix)):  # nor do those who write see it
        assert render_html(read({"blocks": [{"type": "form", "form": str(form.pk)}]}), language="es") == ""


def test_mail_and_text_lead_to_a_form(felix: Actor) -> None:
    open_site(felix)
    form = open_form(felix)
    document = read({"blocks": [{"type": "form", "form": str(form.pk)}]})
    with for_public():
        mail = render_mjml(document, language="es", base="https://market.example")
        text = render_text(document, language="es", base="https://market.example")
    assert 'href="https://market.example/v/felix-escribe/formulario/pide-tu-ramo/"' in mail
    assert "<form" not in mail
    assert text == "Pide tu ramo: https://market.example/v/felix-escribe/formulario/pide-tu-ramo/"


def test_latest_posts_are_those_that_anybody_reads_now(felix: Actor, gala: Actor) -> None:
    site = open_site(felix)
    for number in range(4):
        write(felix.member, f"Entrada {number}")
    write(felix.member, "Un borrador", published=False)
    drawn = html({"type": "posts", "of": str(site.pk), "number": 3})
    assert [words for words in ("Entrada 3", "Entrada 2", "Entrada 1", "Entrada 0", "Un borrador") if words in drawn] == [
        "Entrada 3", "Entrada 2", "Entrada 1",
    ]  # fmt: skip
    with for_organisation(own(felix)):
        category = api.name_terms(kind="category", names=["Bodas"], organisation=own(felix), at=now())[0]
    write(felix.member, "De bodas", terms=[category.pk])
    assert "De bodas" in html({"type": "posts", "of": str(category.pk), "number": 3})
    assert "Entrada 3" not in html({"type": "posts", "of": str(category.pk), "number": 3})
    with for_organisation(own(felix)):
        api.close_site(by=felix.member, at=now())
    assert html({"type": "posts", "of": str(site.pk)}) == ""


def test_posts_are_asked_for_once_for_a_whole_document(felix: Actor) -> None:
    site = open_site(felix)
    for number in range(6):
        write(felix.member, f"Entrada {number}")
    block = {"type": "posts", "of": str(site.pk), "number": 6}
    with (
        for_public(),
        CaptureQueriesContext(
            connection,
        ) as one,
    ):
        render_html(read({"blocks": [block]}), language="es")
    with for_public(), CaptureQueriesContext(connection) as many:
        render_html(read({"blocks": [block] * 40}), language="es")
    assert len(many) == len(one)


def test_what_is_said_of_us_is_words_and_never_markup(felix: Actor) -> None:
    drawn = html(
        {"type": "testimonial", "words": EVIL + "Llegaron <em>frescas</em>", "who": EVIL, "role": EVIL, "href": "https://a.example/?x=\"><script>"},
        {"type": "map", "title": EVIL, "address": EVIL, "at": "4.7110, -74.0721"},
    )  # fmt: skip
    assert "<script>alert" not in drawn
    assert "<img src=x" not in drawn
    assert "Llegaron <em>frescas</em>" in drawn
    assert 'data-lat="4.711"' in drawn
    with pytest.raises(Refusal):
        read({"blocks": [{"type": "testimonial", "words": "Bien", "who": "Carmen", "href": "javascript:alert(1)"}]})


@pytest.mark.parametrize("at", ["", "aquí", "91, 0", "4.7, -181", "4.7"])
def test_a_map_needs_a_place_on_earth(db: None, at: str) -> None:
    with pytest.raises(Refusal):
        read({"blocks": [{"type": "map", "title": "Taller", "at": at}]})


def test_a_map_asks_nobody_else_before_somebody_wants_the_way(felix: Actor, stranger: Client) -> None:
    open_site(felix)
    address = page_with(felix, {"type": "map", "title": "Taller", "address": "Calle 12 # 3-45", "at": "4.7110, -74.0721"})
    text = stranger.get(address).content.decode()
    assert "Calle 12 # 3-45" in text
    assert "Cómo llegar" in text
    assert 'src="https://' not in text.split("<main")[1]
    assert "ui/js/map.js" in text


def test_an_unknown_thing_is_left_out_and_breaks_nothing(felix: Actor) -> None:
    nobody = "00000000-0000-7000-8000-000000000000"
    things = [{"type": "product", "product": nobody}, {"type": "seller", "seller": nobody}, {"type": "map", "point": nobody}]
    more = [{"type": "term", "term": nobody}, {"type": "form", "form": nobody}, {"type": "posts", "of": nobody}]
    document = read({"blocks": [*things, *more]})
    with for_public():
        assert render_html(document, language="es") == ""
        assert render_text(document, language="es") == ""
        assert render_mjml(document, language="es", base="https://market.example") == ""


def test_the_editor_offers_what_is_ones_own(felix: Actor, eva: Actor, gala: Actor) -> None:
    open_site(felix)
    open_site(eva)
    mine = open_form(felix, title="Pide tu ramo")
    open_form(eva, Question("", "line", "Nada"), title="De Eva")  # which anybody may answer, and nobody else puts into a page
    found = json.loads(felix.get(felix.desk("sitio/formularios/eleccion/")).content)
    assert [(one["id"], one["title"]) for one in found["results"]] == [(str(mine.pk), "Pide tu ramo")]
    assert gala.get(felix.desk("sitio/formularios/eleccion/")).status_code == 404
    with for_organisation(own(felix)):
        site = Site.objects.get()
    posts = json.loads(felix.get(felix.desk("sitio/eleccion/entradas/")).content)
    assert posts["results"][0]["id"] == str(site.pk)
    entry = write(felix.member, "Con formulario", published=False)
    page = felix.get(felix.desk(f"sitio/escribir/{entry.pk}/")).content.decode()
    for kind in ("form", "posts", "product", "seller", "testimonial", "map"):
        assert f"&quot;{kind}&quot;: {{" in page or f'"{kind}": {{' in page


def test_in_the_editor_a_form_is_only_looked_at(felix: Actor) -> None:
    open_site(felix)
    form = open_form(felix)
    drawn = felix.client.post(
        felix.desk("sitio/dibujo/"), json.dumps({"blocks": [{"type": "form", "form": str(form.pk)}]}), content_type="application/json"
    )
    html_of = json.loads(drawn.content)["html"][0]
    assert "¿Qué necesitas?" in html_of
    assert "inert" in html_of
    assert "<form" not in html_of  # it stands inside of the editor's own
    assert 'name="stamp"' not in html_of
    assert "visto.gif" not in html_of
