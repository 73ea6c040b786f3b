"""Many contacts at once: chosen with ticks, tagged, taken out; and where they came from as a filter."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_organisation
from oportuno.people.audience.actions import knowing
from oportuno.people.audience.actions.erasing import erase_contact
from oportuno.people.audience.models import Contact, Tagging
from oportuno.people.audience.queries.contacts import sources_of
from oportuno.people.audience.queries.timeline import timeline_of
from oportuno.people.audience.testing import make_contact, rows


def tags(actor: Any) -> dict[str, list[str]]:
    return {one.display_name: one.tags for one in rows(actor.organisation, Contact)}


def change(actor: Any, chosen: list[Contact], *, tag: str = "", untag: str = "") -> None:
    said = {"selected": [one.pk for one in chosen], "do": "tag" if tag else "untag", "tags": tag or untag}
    assert actor.post(f"{actor.desk()}contactos/etiquetas/", said).status_code == 302


def told(actor: Any, contact: Contact) -> list[tuple[list[str], list[str]]]:
    """What the timeline tells of tags, the newest first: added, removed."""
    with for_organisation(actor.organisation.pk):
        happened = timeline_of(contact, group="relation").facts
    return [(one.data["added"], one.data["removed"]) for one in happened if one.kind == "audience.contact_tagged"]


@pytest.fixture
def three(alba: Any) -> list[Contact]:
    return [make_contact(alba.organisation, f"{name.lower()}@example.com", name) for name in ("Ana", "Berta", "Celia")]


def test_it_tags_all_that_are_chosen_and_takes_tags_away(alba: Any, three: list[Contact]) -> None:
    ana, berta, _celia = three
    answer = alba.post(
        f"{alba.desk()}contactos/etiquetas/",
        {"selected": [ana.pk, berta.pk, "nonsense"], "do": "tag", "tags": "Bodas, hotel", "filters": "stage=contact"},
    )
    assert answer.url == f"{alba.desk()}contactos/?stage=contact"
    assert tags(alba) == {"Ana": ["bodas", "hotel"], "Berta": ["bodas", "hotel"], "Celia": []}
    alba.post(f"{alba.desk()}contactos/etiquetas/", {"selected": [ana.pk], "do": "untag", "tags": "hotel"})
    assert tags(alba) == {"Ana": ["bodas"], "Berta": ["bodas", "hotel"], "Celia": []}
    assert told(alba, ana) == [([], ["hotel"]), (["bodas", "hotel"], [])]
    assert told(alba, berta) == [(["bodas", "hotel"], [])]


def test_it_undoes_the_last_tagging_once_and_leaves_what_happened_since(alba: Any, three: list[Contact]) -> None:
    ana, berta, _celia = three
    change(alba, three[:1], tag="bodas")
    change(alba, three, tag="bodas, hotel")
    change(alba, [berta], untag="hotel")
    alba.post(f"{alba.desk()}contactos/{berta.pk}/etiquetas/", {"add": "vip"})
    with for_organisation(alba.organisation.pk):
        latest, middle = Tagging.objects.order_by("-id")[:2]
    assert f"/contactos/etiquetas/{latest.pk}/anulacion/" in alba.get(f"{alba.desk()}contactos/").content.decode()
    for one in (latest, middle):
        assert alba.post(f"{alba.desk()}contactos/etiquetas/{one.pk}/anulacion/").status_code == 302
    assert tags(alba) == {"Ana": ["bodas"], "Berta": ["vip"], "Celia": []}
    assert told(alba, ana)[0] == ([], ["hotel"])
    assert alba.post(f"{alba.desk()}contactos/etiquetas/{middle.pk}/anulacion/").status_code == 409
    assert tags(alba)["Ana"] == ["bodas"]
    assert "anulacion" not in alba.get(f"{alba.desk()}contactos/").content.decode()


def test_nobody_else_undoes_it_and_who_is_erased_stays_erased(alba: Any, gala: Any, three: list[Contact]) -> None:
    change(alba, three, tag="bodas")
    with for_organisation(alba.organisation.pk):
        tagging = Tagging.objects.get()
    assert gala.post(f"{gala.desk()}contactos/etiquetas/{tagging.pk}/anulacion/").status_code == 404
    assert gala.post(f"{alba.desk()}contactos/etiquetas/{tagging.pk}/anulacion/").status_code == 404
    assert tags(alba)["Celia"] == ["bodas"]
    erase_contact(organisation=alba.organisation.pk, contact=three[0].pk, by=alba.person.pk, at=now())
    with for_organisation(alba.organisation.pk):
        assert Tagging.objects.get().changes.keys() == {str(one.pk) for one in three[1:]}
    alba.post(f"{alba.desk()}contactos/etiquetas/{tagging.pk}/anulacion/")
    assert tags(alba) == {"Berta": [], "Celia": []}


def test_it_keeps_the_latest_taggings_only(alba: Any, three: list[Contact], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(knowing, "TAGGINGS_KEPT", 2)
    for word in ("bodas", "hotel", "vip"):
        change(alba, three, tag=word)
    with for_organisation(alba.organisation.pk):
        assert [next(iter(one.changes.values()))[0] for one in Tagging.objects.order_by("id")] == [["hotel"], ["vip"]]


def test_it_tags_all_or_none(alba: Any, three: list[Contact]) -> None:
    ana, berta, _celia = three
    with for_organisation(alba.organisation.pk):
        Contact.objects.filter(pk=berta.pk).update(tags=[f"t{number:02}" for number in range(30)])
    answer = alba.post(f"{alba.desk()}contactos/etiquetas/", {"selected": [ana.pk, berta.pk], "do": "tag", "tags": "bodas"})
    assert answer.status_code == 422
    assert "Berta tendría más de 30 etiquetas." in answer.content.decode()
    assert tags(alba)["Ana"] == []
    assert told(alba, ana) == []


def test_it_takes_out_only_those_chosen(alba: Any, three: list[Contact]) -> None:
    answer = alba.post(f"{alba.desk()}contactos/descarga/", {"selected": [three[0].pk, three[2].pk]})
    lines = list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert {line["name"] for line in lines} == {"Ana", "Celia"}


def test_it_touches_nobody_elses_contacts(alba: Any, gala: Any, three: list[Contact]) -> None:
    gala.post(f"{gala.desk()}contactos/etiquetas/", {"selected": [three[0].pk], "do": "tag", "tags": "mine"})
    taken = gala.post(f"{gala.desk()}contactos/descarga/", {"selected": [three[0].pk]}).getvalue().decode()
    assert "Ana" not in taken
    assert tags(alba)["Ana"] == []
    assert gala.post(f"{alba.desk()}contactos/etiquetas/", {"selected": [three[0].pk], "do": "tag", "tags": "mine"}).status_code == 404


def test_it_offers_the_sources_that_there_are(alba: Any, gala: Any, three: list[Contact]) -> None:
    with for_organisation(alba.organisation.pk):
        Contact.objects.filter(pk=three[0].pk).update(source="fair")
        Contact.objects.filter(pk=three[1].pk).update(source="team")
        assert sources_of(alba.member) == ["fair", "question form", "team"]
    make_contact(gala.organisation, "d@example.com", "Diana")
    shown = alba.get(f"{alba.desk()}contactos/?source=fair").content.decode()
    assert '<option value="fair" selected>' in shown
    assert "Ana" in shown
    assert "Berta" not in shown
