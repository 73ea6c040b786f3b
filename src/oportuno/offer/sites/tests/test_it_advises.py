"""Remarks beside the editor, by the method's table of site and blog."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_organisation
from oportuno.offer.sites import api
from oportuno.offer.sites.queries.advice import WORDS
from oportuno.offer.sites.rules.linter import Piece, Remark, remarks
from oportuno.offer.sites.rules.paths import BLOG
from oportuno.offer.sites.testing import open_site, write
from oportuno.people.organisations.testing import Actor

LONG = "Si tus rosas se caen, cambia el agua cada dos días y corta el tallo un poco. Así aguantan más en tu casa. "


def text(words: str, **more: Any) -> dict[str, Any]:
    return {"type": "text", "text": words, **more}


def post(*blocks: dict[str, Any], **more: Any) -> Piece:
    known = {"title": "Cómo cuidar rosas en casa", "author": "Félix", "categories": 1, "summary": "Agua y tijera.", "days_since_post": 10}
    return Piece(**{"kind": "post", "blocks": blocks, **known, **more})


def page(*blocks: dict[str, Any], **more: Any) -> Piece:
    return Piece(**{"kind": "page", "title": "Quiénes somos", "blocks": blocks, **more})


def found(piece: Piece) -> dict[str, Remark]:
    return {one.about: one for one in remarks(piece)}


def ails(piece: Piece) -> set[str]:
    return {name for name, one in found(piece).items() if not one.is_well}


GOOD = (
    {"type": "image", "picture": "x", "alt": "Un ramo de rosas en un florero"},
    text(LONG * 2),
    {"type": "heading", "level": 2, "text": "El agua"},
    *[text(LONG * 2) for _n in range(9)],
    text('Lee también <a href="/v/felix/blog/tijeras/">qué tijera usar</a>.'),
)


def test_a_good_post_has_nothing_to_mend() -> None:
    assert ails(post(*GOOD)) == set()


@pytest.mark.parametrize(
    ("piece", "about"),
    [
        (post(*GOOD, author=""), "author"),
        (post(*GOOD, categories=0), "categories"),
        (post(*GOOD, summary=" "), "summary"),
        (post(*GOOD, title="Rosas"), "title"),
        (post(*GOOD, title="Rosas " * 20), "title"),
        (post(*GOOD, days_since_post=31), "cadence"),
        (post(*GOOD[2:]), "picture"),
        (post(*GOOD[:3]), "length"),
        (post(*GOOD, text(LONG * 12)), "paragraphs"),
        (post(*GOOD[:2], *GOOD[3:]), "headings"),
        (post(*GOOD, {"type": "heading", "level": 4, "text": "Detalle"}), "levels"),
        (post(*GOOD, {"type": "image", "picture": "x"}), "alternatives"),
        (post(*GOOD, opening_picture=True), "alternatives"),
        (post(*GOOD, text('Más información <a href="https://a.example">aquí</a>.')), "links"),
        (post(*GOOD, text('<a href="https://a.example/x">https://a.example/x</a>')), "links"),
        (post(*GOOD, text("Aprovecha nuestras ofertas: el ramo a $ 45.000 con envío gratis.")), "selling"),
        (post(*GOOD, {"type": "button", "label": "Comprar ahora", "href": "/x"}), "selling"),
        (post(*GOOD, {"type": "columns", "columns": [{"blocks": [{"type": "product", "product": "x"}]}]}), "selling"),
        (post(*GOOD, text("Buy now and get 20% off.")), "selling"),
        (post(*GOOD, text("Nuestra empresa ofrece soluciones integrales.")), "tone"),
    ],
)
def test_each_thing_that_ails_a_post_is_told_and_nothing_else(piece: Piece, about: str) -> None:
    assert ails(piece) == {about}


def test_a_post_that_speaks_to_nobody_is_told_so() -> None:
    dry = "Las rosas requieren agua limpia y luz indirecta. El corte del tallo se realiza en diagonal. "
    assert "second person" in ails(post(*(text(dry * 3) for _n in range(9))))
    assert "second person" not in ails(post(*(text((dry * 2) + "You cut it, and your roses last.") for _n in range(9))))


def test_long_sentences_are_told() -> None:
    long = "Las rosas que tú tienes en casa y que compraste el sábado con tu madre en la plaza del barrio " * 3
    assert found(post(text(long), text(long)))["sentences"].told["average"] > 26


WHO = "Cultivamos rosas en Cajicá desde hace treinta años. Vendemos a floristerías de todo el país y enviamos a diario. " * 4


def test_a_good_page_is_calm_undated_and_leads_on() -> None:
    assert ails(page(text(WHO), {"type": "button", "label": "Pregúntanos", "href": "/v/alba/preguntar/"})) == set()
    assert ails(page(text(WHO + '<a href="tel:+576015550123">601 555 0123</a>'))) == set()


@pytest.mark.parametrize(
    ("piece", "about"),
    [
        (page(text(WHO + "Abrimos el 12 de marzo."), has_contact=True), "dates"),
        (page(text(WHO + "Esta semana hay novedades."), has_contact=True), "dates"),
        (page(text(WHO + "Yo creo que es así."), has_contact=True), "formal"),
        (page(text(WHO), has_contact=True, in_menu=False), "menu"),
        (page(text(WHO)), "contact"),
        (page(text("Rosas de Cajicá."), has_contact=True), "page length"),
    ],
)
def test_each_thing_that_ails_a_page_is_told_and_nothing_else(piece: Piece, about: str) -> None:
    assert ails(piece) == {about}


def test_what_could_be_better_comes_first_and_each_remark_has_its_words() -> None:
    told = [*remarks(post()), *remarks(page())]
    order = [one.is_well for one in remarks(post(*GOOD, author="", categories=0))]
    assert order == sorted(order)
    every = {one.about for piece in (post(*GOOD, text('<a href="/x">x</a>')), page(*GOOD, title="x" * 90)) for one in remarks(piece)}
    assert {one.about for one in told} | every <= set(WORDS)


@pytest.mark.django_db
def test_remarks_follow_what_the_form_says_and_keep_nothing(felix: Actor) -> None:
    open_site(felix)
    write(felix.member, "De antes", at=now() - timedelta(days=40))
    draft = write(felix.member, "Rosas", "Uno.", published=False)
    assert felix.organisation
    address = f"{felix.desk()}sitio/escribir/{draft.pk}/"
    assert "40" in felix.get(address).content.decode().partition('id="consejos"')[2]
    blocks = [text("Compra ya <script>alert(1)</script>"), {"type": "text", "text": 7}, {"type": "columns", "columns": 5}]
    answer = felix.post(f"{address}consejos/", {"title": "x", "content": json.dumps({"blocks": blocks})})
    assert answer.status_code == 200
    said = answer.content.decode()
    assert "“Compra ya”" in said
    assert "<script" not in said
    for broken in ("", "{", "[]", '{"blocks": 3}', '{"blocks": [1]}'):
        assert felix.post(f"{address}consejos/", {"content": broken}).status_code == 200
    with for_organisation(felix.organisation.pk):
        kept = api.newest_revision(api.entry_for(felix.organisation.pk, draft.pk))
    assert kept.document["blocks"][0]["text"] == "Uno."


@pytest.mark.django_db
def test_nothing_keeps_from_publishing(felix: Actor) -> None:
    open_site(felix)
    post = write(felix.member, "Oferta", "Compra ya: descuentos.")
    assert post.state == "published"
    assert post.path == f"{BLOG}/oferta"


@pytest.mark.django_db
def test_gala_gets_no_remarks_on_what_is_not_hers(felix: Actor, gala: Actor) -> None:
    open_site(felix)
    draft = write(felix.member, "Rosas", published=False)
    assert gala.post(f"{gala.desk()}sitio/escribir/{draft.pk}/consejos/").status_code == 404
    assert gala.post(f"{felix.desk()}sitio/escribir/{draft.pk}/consejos/").status_code == 404
