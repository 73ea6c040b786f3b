"""Pointing a segment together in the workbench: every step a form, with and without JavaScript."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation

from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_organisation
from oportuno.people.audience.api import Contact
from oportuno.people.audience.testing import make_contact
from oportuno.people.segments import api
from oportuno.people.segments.actions.drafting import stamp_of
from oportuno.people.segments.models import Segment
from oportuno.people.segments.queries import vertical
from oportuno.people.segments.queries.people import known_for
from oportuno.people.segments.queries.sentences import tree_in_words
from oportuno.people.segments.rules.tree import Group, Leaf
from oportuno.people.segments.testing import make_segment

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def people(alba: Any) -> None:
    for n, place in enumerate(("Bogotá", "Bogotá", "Cali")):
        make_contact(alba.organisation, f"c{n}@example.com", name=f"Contacto {n}", place=place)


def only(actor: Any) -> Segment:
    with for_organisation(actor.organisation.pk):
        return Segment.objects.latest("made_at")


def step(actor: Any, do: str, path: str = "", **said: Any) -> Any:
    segment = only(actor)
    extra = HTMX if said.pop("htmx", False) else {}
    data = {"do": do, "path": path, "stamp": said.pop("stamp", stamp_of(segment)), **said}
    return actor.post(actor.desk(f"segmentos/{segment.pk}/armado/pasos/"), data, **extra)


def draft(actor: Any) -> Any:
    return (only(actor).draft or {})["of"]


def test_it_is_pointed_together_form_by_form_and_saved(alba: Any, people: None) -> None:
    begun = alba.post(alba.desk("segmentos/nuevo/"))
    assert begun.url.endswith("/armado/")
    assert "Todavía no hay condiciones" in alba.get(begun.url).content.decode()
    assert step(alba, "add", what="place").status_code == 302
    assert "no está completa" in alba.get(begun.url).content.decode()
    step(alba, "change", "0", op="is", more="bogota")
    assert draft(alba) == [{"what": "place", "op": "is", "value": ["bogota"]}]
    shown = alba.get(begun.url).content.decode()
    assert "Vive en bogota." in shown
    assert '<p class="figure">2</p>' in shown
    assert "quita 1" in shown
    step(alba, "change", "0", op="is", value="bogota", more="Cali")
    step(alba, "change", "0", op="is", value=["bogota", "Cali"], drop="bogota")
    assert draft(alba) == [{"what": "place", "op": "is", "value": ["Cali"]}]
    saved = alba.post(alba.desk(f"segmentos/{only(alba).pk}/armado/guardado/"), {"name": "  De   Cali "})
    assert saved.status_code == 302
    segment = only(alba)
    assert (segment.name, segment.revision, segment.draft) == ("De Cali", 1, None)
    assert "se está reuniendo" in alba.get(saved.url).content.decode()
    with for_organisation(alba.organisation.pk):
        api.build(segment=segment.pk, at=now())
    assert "c2@example.com" in alba.get(saved.url).content.decode()


def test_it_answers_htmx_with_the_builder_and_then_the_count(alba: Any, people: None) -> None:
    alba.post(alba.desk("segmentos/nuevo/"))
    part = step(alba, "add", what="stage", htmx=True).content.decode()
    assert part.lstrip().startswith('<div id="builder"')
    assert 'data-hx-trigger="load"' in part
    step(alba, "change", "0", op="is", more="contact", htmx=True)
    weight = alba.get(alba.desk(f"segmentos/{only(alba).pk}/armado/conteo/"), **HTMX).content.decode()
    assert '<p class="figure">3</p>' in weight
    assert 'id="removes-0"' in weight


def test_it_says_what_is_wrong_and_keeps_what_was_typed(alba: Any, people: None) -> None:
    alba.post(alba.desk("segmentos/nuevo/"))
    step(alba, "add", what="deed:visited")
    refused = step(alba, "change", "0", op="at_least", first="muchas")
    assert refused.status_code == 422
    assert "Escribe un número" in refused.content.decode()
    assert 'value="muchas"' in refused.content.decode()
    assert draft(alba) == [{"what": "deed:visited", "op": "at_least", "value": 1}]
    late = step(alba, "remove", "0", stamp="otro")
    assert late.status_code == 409
    assert len(draft(alba)) == 1
    empty = alba.post(alba.desk(f"segmentos/{only(alba).pk}/armado/guardado/"), {"name": ""})
    assert empty.status_code == 422
    assert only(alba).revision == 0


def test_it_nests_groups_and_takes_them_away(alba: Any, people: None) -> None:
    alba.post(alba.desk("segmentos/nuevo/"))
    step(alba, "group")
    step(alba, "add", "0", what="tags")
    step(alba, "add", "0", what="identity:email")
    step(alba, "match", "0", match="none")
    assert draft(alba) == [{"match": "none", "of": [{"what": "tags", "op": "any"}, {"what": "identity:email", "op": "has"}]}]
    step(alba, "change", "0.0", op="any", more="vip, rosas")
    assert (
        "nada de esto: tiene la etiqueta vip o rosas; tiene correo"
        in alba.get(alba.desk(f"segmentos/{only(alba).pk}/armado/")).content.decode().lower()
    )
    step(alba, "remove", "0")
    assert draft(alba) == []


def test_it_renames_copies_deletes_and_brings_back(alba: Any, people: None) -> None:
    segment = make_segment(alba, {"what": "place", "op": "is", "value": ["Cali"]}, name="Cali")
    other = make_segment(alba, {"what": "segment", "op": "in", "value": [str(segment.pk)]}, name="Otro")
    home = alba.desk(f"segmentos/{segment.pk}/")
    alba.post(f"{home}nombre/", {"name": "Caleños"})
    assert "Caleños" in alba.get(home).content.decode()
    assert alba.post(f"{home}nombre/", {"name": "Otro"}).status_code == 409
    kept = alba.post(f"{home}borrado/")
    assert kept.status_code == 409
    assert "Otro" in kept.content.decode()
    alba.post(alba.desk(f"segmentos/{other.pk}/borrado/"))
    gone = alba.post(f"{home}borrado/")
    assert alba.get(home).status_code == 404
    assert "Deshacer" in alba.get(gone.url).content.decode()
    alba.post(f"{home}restauracion/")
    assert alba.get(home).status_code == 200
    assert alba.post(f"{home}copia/").status_code == 302
    assert only(alba).name == "Caleños (copia)"


def test_it_fills_a_list_by_pasting_and_takes_people_out(alba: Any, people: None) -> None:
    alba.post(alba.desk("segmentos/nuevo/"), {"kind": "list", "name": "Feria"})
    group = only(alba)
    home = alba.desk(f"segmentos/{group.pk}/")
    found = alba.post(f"{home}miembros/", {"do": "paste", "addresses": "c0@example.com\nnadie@example.com"})
    assert "nadie@example.com" in found.content.decode()
    with for_organisation(alba.organisation.pk):
        [inside] = api.contacts_in(group.pk)
    everybody = make_segment(alba, name="Todos")
    alba.post(f"{home}miembros/", {"do": "from", "source": str(everybody.pk)})
    alba.post(f"{home}miembros/", {"do": "out", "selected": str(inside)})
    with for_organisation(alba.organisation.pk):
        assert (api.count_in(group.pk), inside in api.contacts_in(group.pk)) == (2, False)
    alba.post(alba.desk("segmentos/elegidos/"), {"segment": str(group.pk), "selected": [str(inside)]})
    sheet = alba.post(f"{home}descarga/")
    assert b"".join(sheet.streaming_content).decode().count("@example.com") == 3


def test_it_offers_what_the_vertical_has_ready(alba: Any, people: None) -> None:
    assert "Dormidos" in alba.get(alba.desk("segmentos/")).content.decode()
    made = alba.post(alba.desk("segmentos/listos/"), {"key": "asleep"})
    assert made.status_code == 302
    assert only(alba).tree["of"][1] == {"what": "deed:opened", "op": "never", "days": 90}
    assert alba.post(alba.desk("segmentos/listos/"), {"key": "asleep"}).status_code == 409
    assert alba.post(alba.desk("segmentos/listos/"), {"key": "nada"}).status_code == 404


def test_it_is_nobody_elses(alba: Any, gala: Any, beto: Any) -> None:
    segment = make_segment(alba, name="Suyo")
    for path in ("", "armado/", "armado/conteo/"):
        assert gala.get(gala.desk(f"segmentos/{segment.pk}/{path}")).status_code == 404
        assert beto.get(beto.desk(f"segmentos/{segment.pk}/{path}")).status_code == 200
    assert gala.post(gala.desk(f"segmentos/{segment.pk}/borrado/")).status_code == 404
    assert beto.post(beto.desk(f"segmentos/{segment.pk}/descarga/")).status_code == 403
    assert json.dumps(only(alba).tree)
    assert only(alba).made_at > now() - timedelta(minutes=1)


def test_it_knows_whom_a_contact_is_like_and_puts_ticked_ones_into_a_list(alba: Any, people: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vertical._ports, "personas", lambda language: [("novia", "La novia")])
    with for_organisation(alba.organisation.pk):
        group = api.make_segment(name="Feria", tree=None, kind="list", by=alba.member, at=now())
        one = Contact.objects.order_by("email").first()
    assert one is not None
    assert "La novia" in alba.get(alba.desk(f"contactos/{one.pk}/")).content.decode()
    assert alba.post(alba.desk(f"segmentos/personas/{one.pk}/"), {"persona": "novia"}).status_code == 302
    assert alba.post(alba.desk(f"segmentos/personas/{one.pk}/"), {"persona": "nadie"}).status_code == 422
    brides = make_segment(alba, {"what": "persona", "op": "is", "value": ["novia"]}, name="Novias")
    with for_organisation(alba.organisation.pk):
        assert api.contacts_in(brides.pk) == [one.pk]
    assert "Agregar a la lista" in alba.get(alba.desk("contactos/")).content.decode()
    assert "Es como La novia." in alba.get(alba.desk(f"segmentos/{brides.pk}/")).content.decode()
    alba.post(alba.desk("segmentos/elegidos/"), {"segment": str(group.pk), "selected": [str(one.pk)]})
    assert "Feria" in alba.get(alba.desk(f"contactos/{one.pk}/")).content.decode()


def test_it_shows_what_is_written_for_whom_and_where_nothing_is(alba: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [vertical.Text("Rosas para tu boda", "/x/", "novia", "decide")]
    monkeypatch.setattr(vertical._ports, "personas", lambda language: [("novia", "La novia")])
    monkeypatch.setattr(vertical._ports, "written", lambda organisation, slug: texts)
    shown = alba.get(alba.desk("segmentos/cobertura/")).content.decode()
    assert "Rosas para tu boda" in shown
    assert shown.count("persona=novia") == 4  # of five stages
    assert "stage=decide" not in shown
    begun = alba.get(alba.desk("medios/piezas/nueva/") + "?stage=compare").content.decode()
    assert '<option value="compare" selected' in begun


def test_it_throws_a_draft_away(alba: Any, people: None) -> None:
    begun = alba.post(alba.desk("segmentos/nuevo/"))
    assert "Eliminar" in alba.get(begun.url).content.decode() or "Borrar" in alba.get(begun.url).content.decode()
    alba.post(alba.desk(f"segmentos/{only(alba).pk}/borrado/"))
    assert "sin nombre" not in alba.get(alba.desk("segmentos/")).content.decode()


def test_the_hand_goes_on_where_the_step_left_it(alba: Any, people: None) -> None:
    """By keyboard nobody begins again at the top of the page, with htmx or without; and a list is walked through without choosing."""
    alba.post(alba.desk("segmentos/nuevo/"))
    assert step(alba, "add", what="place").url.endswith("/armado/#op-0")
    page = alba.get(alba.desk(f"segmentos/{only(alba).pk}/armado/")).content.decode()
    adding = page[page.index('name="do" value="add"') - 900 : page.index('id="add-"')]
    assert 'hx-trigger="change' not in adding.rpartition("<form")[2], "walking through the list of conditions adds none"
    for said, focus in (
        ({"do": "group"}, 'id="add-1"'),
        ({"do": "add", "path": "1", "what": "stage"}, 'id="op-1.0"'),
        ({"do": "change", "path": "1.0", "op": "is", "more": "customer"}, ""),
        ({"do": "change", "path": "1.0", "op": "is", "value": "customer", "drop": "customer"}, 'id="more-1.0"'),
        ({"do": "remove", "path": "1.0"}, 'id="add-"'),
    ):
        shown = step(alba, htmx=True, **said).content.decode()
        found = re.findall(r"<(?:select|input)[^>]*autofocus", shown)
        assert len(found) == (1 if focus else 0), said
        assert focus in "".join(found)


def test_what_is_not_complete_says_so_where_it_stands(alba: Any, people: None) -> None:
    alba.post(alba.desk("segmentos/nuevo/"))
    step(alba, "add", what="place")
    shown = step(alba, "add", what="account", htmx=True).content.decode()
    assert shown.count("aún sin completar") == 1
    with translation.override("es"):
        assert "(Tiene" in tree_in_words(
            Group("all", (Group("any", (Leaf("email", "filled"), Leaf("phone", "filled"))), Leaf("account", "yes"))), known_for(alba.member)
        )
