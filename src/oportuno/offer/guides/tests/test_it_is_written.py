"""A guide is written piece by piece in the workbench, tried, put on show, and kept in versions."""

from __future__ import annotations

import json
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_market, for_organisation, for_public
from oportuno.kernel.packs import Pack
from oportuno.offer.guides.models import Guide, GuideVersion
from oportuno.offer.guides.queries.shown import shown_guide
from oportuno.offer.guides.rules.document import read
from oportuno.offer.guides.testing import ROSES, show_guide, write_guide
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db


def versions(actor: Actor) -> list[tuple[int, str]]:
    with for_organisation(actor.member.organisation.pk):
        return list(GuideVersion.objects.order_by("number").values_list("number", "state"))


def newest(actor: Actor) -> GuideVersion:
    with for_organisation(actor.member.organisation.pk):
        return GuideVersion.objects.order_by("-number")[0]


def test_it_is_written_from_nothing_by_forms_alone(dario: Actor, vertical: Pack) -> None:
    assert "nueva" in str(dario.post(dario.desk("guias/nueva/"), {"title_es": ""}).request["PATH_INFO"])
    made = dario.post(dario.desk("guias/nueva/"), {"title_es": "Qué rosa", "summary_es": "Para escoger"})
    home = made["Location"]
    revision = newest(dario).revision
    for ask in ("¿De qué color?", "¿Para cuándo?"):
        dario.post(f"{home}preguntas/nueva/", {"ask_es": ask, "revision": revision})
        revision += 1
    for key, label in (("de-qu-color", "Rojas"), ("de-qu-color", "Blancas"), ("para-cu-ndo", "Hoy"), ("para-cu-ndo", "Otro día")):
        answer = dario.post(f"{home}preguntas/{key}/opciones/nueva/", {"label_es": label, "revision": revision})
        assert answer.status_code == 302, unescape(answer.content.decode())
        revision += 1
    where = f"{home}preguntas/de-qu-color/opciones/rojas/condiciones/"
    shown = unescape(dario.get(where, {"about": "attribute:colour"}).content.decode())
    assert 'value="rojo"' in shown
    added = dario.post(where, {"about": "attribute:colour", "values": ["rojo"], "revision": revision})
    assert added.status_code == 302, unescape(added.content.decode())
    assert dario.post(f"{home}publicacion/", {}).status_code == 302
    with for_public():
        content = shown_guide("que-rosa").content
    assert content.questions[0].options[0].conditions[0].values == ("rojo",)
    assert versions(dario) == [(1, "published")]


def test_it_is_not_published_before_it_is_whole(dario: Actor, vertical: Pack) -> None:
    version = write_guide(dario, now(), content={"questions": []})
    refused = dario.post(dario.desk(f"guias/{version.guide_id}/publicacion/"))
    assert refused.status_code == 422
    assert "aún no está completa" in unescape(refused.content.decode())
    assert versions(dario) == [(1, "draft")]
    with for_market("a test"):
        assert not Guide.objects.filter(published=True).exists()


def test_it_saves_nothing_over_what_somebody_else_saved_meanwhile(dario: Actor, vertical: Pack) -> None:
    version = write_guide(dario, now())
    where = dario.desk(f"guias/{version.guide_id}/preguntas/flor/")
    assert dario.post(where, {"ask_es": "¿Cuál flor?", "revision": 1}).status_code == 302
    late = dario.post(where, {"ask_es": "¿Otra?", "revision": 1})
    assert late.status_code == 422
    assert "Otra persona guardó" in unescape(late.content.decode())
    assert "¿Otra?" in unescape(late.content.decode())
    assert read(newest(dario).content).questions[0].ask.es == "¿Cuál flor?"


def test_it_moves_and_takes_away_pieces(dario: Actor, vertical: Pack) -> None:
    version = write_guide(dario, now())
    where = dario.desk(f"guias/{version.guide_id}/orden/")
    dario.post(where, {"question": "color", "do": "up", "revision": 1})
    dario.post(where, {"question": "precio", "option": "igual", "do": "remove", "revision": 2})
    dario.post(where, {"question": "precio", "option": "poco", "do": "down", "revision": 3})
    content = read(newest(dario).content)
    assert [one.key for one in content.questions] == ["color", "flor", "precio"]
    assert [one.key for one in content.questions[2].options] == ["mucho", "poco"]
    assert dario.post(where, {"question": "no-hay", "do": "remove", "revision": 4}).status_code == 409


def test_it_keeps_what_is_on_show_while_somebody_writes_on(dario: Actor, vertical: Pack) -> None:
    guide = show_guide(dario, now())
    where = dario.desk(f"guias/{guide.pk}/")
    dario.post(f"{where}portada/", {"title_es": "Qué rosa escoger", "revision": newest(dario).revision})
    assert versions(dario) == [(1, "published"), (2, "draft")]
    with for_public():
        assert shown_guide("que-rosa").row.title["es"] == "Qué rosa"
    dario.post(f"{where}publicacion/", {"news": "Otro título"})
    with for_public():
        assert shown_guide("que-rosa").row.title["es"] == "Qué rosa escoger"
    dario.post(f"{where}borrador/", {"number": "1"})
    assert newest(dario).title["es"] == "Qué rosa"
    dario.post(f"{where}borrador/", {})
    assert versions(dario) == [(1, "published"), (2, "published")]


def test_it_is_taken_from_show_and_shown_again(dario: Actor, vertical: Pack) -> None:
    guide = show_guide(dario, now())
    dario.post(dario.desk(f"guias/{guide.pk}/retiro/"))
    with for_public():
        assert not Guide.objects.exists()
    dario.post(dario.desk(f"guias/{guide.pk}/borrador/"), {"number": "1"})
    dario.post(dario.desk(f"guias/{guide.pk}/publicacion/"), {})
    with for_public():
        assert shown_guide("que-rosa").row.version == 2


def test_it_is_tried_before_anybody_sees_it(dario: Actor, vertical: Pack) -> None:
    version = write_guide(dario, now())
    where = dario.desk(f"guias/{version.guide_id}/vista/")
    first = unescape(dario.get(where).content.decode())
    assert "¿Flor?" in first, first[first.index("<main") :][:3000]
    assert "¿Precio?" in unescape(dario.get(where, {"r.flor": "claveles"}).content.decode())
    assert "El resultado" in unescape(dario.get(where, {"r.flor": "claveles", "r.precio": "igual"}).content.decode())


def test_it_goes_out_as_a_file_and_comes_in_again(dario: Actor, vertical: Pack) -> None:
    version = write_guide(dario, now())
    out = dario.get(dario.desk(f"guias/{version.guide_id}/archivo/json/"))
    assert json.loads(out.content)["content"] == ROSES | {"questions": json.loads(out.content)["content"]["questions"]}
    table = dario.get(dario.desk(f"guias/{version.guide_id}/archivo/csv/")).content.decode("utf-8-sig")
    assert "Libro de rosas" in table
    again = dario.post(dario.desk("guias/archivos/"), {"file": SimpleUploadedFile("guia.json", out.content)})
    assert again.status_code == 302
    with for_organisation(dario.member.organisation.pk):
        first, second = GuideVersion.objects.order_by("changed_at")
        assert first.content == second.content


@pytest.mark.parametrize("given", [b"", b"[]", b"{}", b'{"title": {"es": "x"}, "content": {"questions": 3}}', b"\xff\xfe", b"[" * 90_000])
def test_it_brings_in_nothing_that_is_no_guide(dario: Actor, vertical: Pack, given: bytes) -> None:
    refused = dario.post(dario.desk("guias/archivos/"), {"file": SimpleUploadedFile("guia.json", given or b" ")})
    assert refused.status_code == 422
    with for_market("a test"):
        assert not Guide.objects.exists()


def test_it_is_nobody_else_s_business(dario: Actor, seller: Actor, gala: Actor) -> None:
    version = write_guide(seller, now())
    for path in ("", "vista/", "portada/", "preguntas/flor/", "archivo/json/", "versiones/1/"):
        assert gala.get(gala.desk(f"guias/{version.guide_id}/{path}")).status_code == 404
        assert gala.get(seller.desk(f"guias/{version.guide_id}/{path}")).status_code == 404
    posts: dict[str, dict[str, Any]] = {"publicacion/": {}, "borrador/": {}, "orden/": {"question": "flor", "do": "remove", "revision": 1}}
    for path, data in posts.items():
        assert gala.post(gala.desk(f"guias/{version.guide_id}/{path}"), data).status_code == 404
    assert newest(seller).revision == 1
