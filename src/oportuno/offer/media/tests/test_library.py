"""Alba brings her things once: she finds them again, says what they are and who may show them until when, and where they are used."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_organisation, for_public
from oportuno.kernel.jobs import Lease
from oportuno.offer.media import reactions
from oportuno.offer.media.actions import bulk
from oportuno.offer.media.actions.library import keep_item
from oportuno.offer.media.models import Folder, Item, Picture
from oportuno.offer.media.testing import FILES, image
from oportuno.people.organisations.api import Role, join
from oportuno.people.organisations.testing import Actor, make_person

pytestmark = pytest.mark.django_db


def bring(who: Actor, *files: tuple[str, bytes], **more: Any) -> HttpResponse:
    sent = [SimpleUploadedFile(name, content) for name, content in files]
    return who.post(who.desk("medios/subidas/"), {"file": sent, **more})


def kept(who: Actor) -> list[Item]:
    with for_organisation(who.member.organisation.pk):
        return list(Item.objects.select_related("picture").order_by("pk"))


def page_of(who: Actor, **asked: Any) -> str:
    answer = who.get(who.desk("medios/"), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def change(who: Actor, do: str, *items: Item, **more: Any) -> HttpResponse:
    return who.post(who.desk("medios/cambios/"), {"do": do, "selected": [str(one.pk) for one in items], **more})


def editor(alba: Actor) -> Actor:
    person = make_person("Elsa")
    join(organisation=alba.member.organisation, person=person, role=Role.EDITOR, at=now())
    return Actor(person, alba.organisation)


def test_it_takes_many_files_at_once_and_types_each_by_its_content(alba: Actor) -> None:
    answer = bring(alba, ("rosa.png", image()), *FILES.items())
    assert answer.status_code == 302
    found = {item.name + "." + item.ending: item.kind for item in kept(alba)}
    assert found.pop("rosa.webp") == "image"
    assert sorted(found) == sorted(FILES)
    assert {name: kind for name, kind in found.items() if kind != "file"} == {
        **dict.fromkeys(("rosa.mp4", "rosa.mov", "rosa.webm"), "video"),
        **dict.fromkeys(("voz.mp3", "voz.m4a", "voz.ogg", "voz.wav", "voz.flac"), "audio"),
    }


def test_it_keeps_the_good_ones_beside_a_bad_one_and_says_which_it_was(alba: Actor) -> None:
    answer = bring(alba, ("rosa.png", image()), ("dibujo.svg", b"<svg onload='alert(1)'/>"), ("pagina.html", b"<script>1</script>"))
    assert answer.status_code == 422
    said = answer.content.decode()
    assert "dibujo.svg no se puede guardar." in said
    assert "pagina.html no se puede guardar." in said
    assert [item.name for item in kept(alba)] == ["rosa"]


def test_it_answers_a_script_that_sends_one_by_one(alba: Actor) -> None:
    address = alba.desk("medios/subidas/")
    good = alba.post(address, {"file": SimpleUploadedFile("rosa.png", image())}, headers={"Accept": "application/json"})
    assert good.json() == {
        "id": str(kept(alba)[0].pk), "title": "rosa", "href": alba.desk(f"medios/{kept(alba)[0].pk}/"), "alt": "", "src": kept(alba)[0].picture.url(320),
    }  # fmt: skip
    bad = alba.post(address, {"file": SimpleUploadedFile("x.exe", b"MZ")}, headers={"Accept": "application/json"})
    assert bad.status_code == 422
    assert bad.json()["detail"].startswith("x.exe no se puede guardar.")
    assert alba.post(address, {}, headers={"Accept": "application/json"}).json() == {"detail": "Primero elige un archivo."}


def test_it_refuses_what_is_too_big_and_leaves_nothing_of_it(alba: Actor, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("oportuno.offer.media.rules.files", fromlist=["x"]).MOST_BYTES, "video", 100)
    answer = bring(alba, ("rosa.mp4", FILES["rosa.mp4"]))
    assert "rosa.mp4 es demasiado grande." in answer.content.decode()
    assert kept(alba) == []
    assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == []


def test_it_says_what_each_thing_is(alba: Actor) -> None:
    bring(alba, ("rosa.png", image()))
    item = kept(alba)[0]
    assert "Sin descripción" in page_of(alba)
    said = {
        "name": "Rosa de mayo", "alt": "Una rosa roja abierta", "focus_x": "20", "focus_y": "70", "tags": "rosas, Mayo, rosas", "author": "Félix",
        "licence": "cc-by", "source": "https://example.com/rosa", "note": "La de la portada",
    }  # fmt: skip
    assert alba.post(alba.desk(f"medios/{item.pk}/"), said).status_code == 302
    item = kept(alba)[0]
    assert (item.name, item.picture.alt, item.tags, item.author, item.licence) == (
        "Rosa de mayo", "Una rosa roja abierta", ["rosas", "Mayo"], "Félix", "cc-by",
    )  # fmt: skip
    assert item.picture.focus == "focus-x-20 focus-y-70"
    listed = page_of(alba)
    assert "focus-x-20 focus-y-70" in listed
    assert "Sin descripción</span>" not in listed


def test_it_keeps_what_was_typed_when_something_is_wrong(alba: Actor) -> None:
    bring(alba, ("rosa.png", image()))
    item = kept(alba)[0]
    answer = alba.post(alba.desk(f"medios/{item.pk}/"), {"name": "", "alt": "Una rosa", "focus_x": "300"})
    assert answer.status_code == 422
    assert 'value="Una rosa"' in answer.content.decode()
    assert kept(alba)[0].picture.alt == ""


def test_it_finds_by_name_kind_folder_tag_and_what_is_missing(alba: Actor) -> None:
    bring(alba, ("rosa.png", image()), ("clavel.png", image(colour="pink")), ("voz.mp3", FILES["voz.mp3"]))
    rosa, clavel, voz = kept(alba)
    alba.post(alba.desk("medios/carpetas/"), {"name": "Mayo"})
    with for_organisation(alba.member.organisation.pk):
        mayo = Folder.objects.get()
    change(alba, "move", rosa, to=str(mayo.pk))
    change(alba, "tag", clavel, voz, tags="portada")

    def names(**asked: Any) -> set[str]:
        shown = page_of(alba, **asked)
        return {item.name for item in (rosa, clavel, voz) if f'value="{item.pk}"' in shown}

    assert names(q="cla") == {"clavel"}
    assert names(kind="audio") == {"voz"}
    assert names(folder=str(mayo.pk)) == {"rosa"}
    assert names(tag="portada") == {"clavel", "voz"}
    assert names(tag="portada", kind="image") == {"clavel"}
    assert names(state="no_description") == {"rosa", "clavel"}
    assert names(state="bin") == set()


def test_it_moves_tags_and_deletes_many_and_takes_it_back(alba: Actor) -> None:
    bring(alba, ("rosa.png", image()), ("voz.mp3", FILES["voz.mp3"]))
    items = kept(alba)
    change(alba, "tag", *items, tags="uno, dos")
    change(alba, "untag", items[0], tags="UNO")
    assert [item.tags for item in kept(alba)] == [["dos"], ["uno", "dos"]]
    last_undone(alba)
    assert [item.tags for item in kept(alba)] == [["uno", "dos"], ["uno", "dos"]]
    change(alba, "delete", *items)
    assert all(item.deleted_at and not item.published for item in kept(alba))
    assert "La biblioteca está vacía" in page_of(alba)
    last_undone(alba)
    assert all(item.deleted_at is None and item.published for item in kept(alba))


def last_undone(who: Actor) -> None:
    with for_organisation(who.member.organisation.pk):
        latest = bulk.LibraryChange.objects.latest("pk")
    assert who.post(who.desk(f"medios/cambios/{latest.pk}/anulacion/")).status_code == 302


def test_it_undoes_only_what_still_is_as_it_was_left(alba: Actor) -> None:
    bring(alba, ("rosa.png", image()), ("voz.mp3", FILES["voz.mp3"]))
    rosa, voz = kept(alba)
    change(alba, "tag", rosa, voz, tags="uno")
    with for_organisation(alba.member.organisation.pk):
        first = bulk.LibraryChange.objects.get()
    change(alba, "tag", rosa, tags="dos")
    alba.post(alba.desk(f"medios/cambios/{first.pk}/anulacion/"))
    assert [item.tags for item in kept(alba)] == [["uno", "dos"], []]
    assert alba.post(alba.desk(f"medios/cambios/{first.pk}/anulacion/")).status_code == 409


@pytest.mark.django_db(transaction=True)
def test_it_hides_what_lies_in_the_bin_and_hands_it_out_again_afterwards(alba: Actor) -> None:
    bring(alba, ("rosa.png", image()), ("rosa.mp4", FILES["rosa.mp4"]))
    addresses = [item.address for item in kept(alba)]
    change(alba, "delete", *kept(alba))
    assert [Client().get(address).status_code for address in addresses] == [404, 404]
    assert alba.get(alba.desk(f"medios/{kept(alba)[0].pk}/vista/")).status_code == 200
    change(alba, "restore", *kept(alba))
    assert [Client().get(address).status_code for address in addresses] == [200, 200]


@pytest.mark.django_db(transaction=True)
def test_it_hands_out_what_another_seller_still_shows(alba: Actor, gala: Actor) -> None:
    bring(alba, ("rosa.png", image()))
    bring(gala, ("rosa.png", image()))
    assert kept(alba)[0].address == kept(gala)[0].address
    change(alba, "delete", *kept(alba))
    assert Client().get(kept(gala)[0].address).status_code == 200
    change(gala, "delete", *kept(gala))
    assert Client().get(kept(gala)[0].address).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_it_stops_showing_what_has_expired_at_midnight_of_its_own_zone(alba: Actor) -> None:
    bring(alba, ("rosa.png", image()))
    item = kept(alba)[0]
    alba.post(alba.desk(f"medios/{item.pk}/"), {"name": "rosa", "expires_on": "2031-05-10"})
    night = datetime(2031, 5, 11, 4, 30, tzinfo=UTC)  # half past eleven at night in Bogotá
    for moment, seen in ((night, True), (night + timedelta(hours=1), False)):
        run("media.expire", moment)
        with for_public():
            assert Picture.objects.filter(pk=item.pk).exists() is seen
        assert Client().get(item.address).status_code == (200 if seen else 404)
    assert "Sus derechos han terminado" in alba.get(alba.desk(f"medios/{item.pk}/")).content.decode()
    alba.post(alba.desk(f"medios/{item.pk}/"), {"name": "rosa"})
    assert Client().get(item.address).status_code == 200


def run(name: str, moment: datetime) -> None:
    from oportuno.kernel.clock import stopped_at

    with stopped_at(moment):
        {"media.expire": reactions.expire, "media.empty_bin": reactions.empty_bin}[name](Lease(0, 0, None, name))


def test_it_reminds_on_the_first_screen_before_rights_end(alba: Actor) -> None:
    bring(alba, ("rosa.png", image()))
    item = kept(alba)[0]
    soon = (now() + timedelta(days=10)).date()
    assert "Los derechos de" not in alba.get(alba.desk()).content.decode()
    alba.post(alba.desk(f"medios/{item.pk}/"), {"name": "Rosa de mayo", "alt": "x", "expires_on": soon.isoformat()})
    assert "Los derechos de «Rosa de mayo» terminan pronto" in alba.get(alba.desk()).content.decode()


@pytest.mark.django_db(transaction=True)
def test_it_empties_the_bin_after_thirty_days(alba: Actor, settings: Any) -> None:
    bring(alba, ("rosa.png", image()), ("rosa.mp4", FILES["rosa.mp4"]))
    change(alba, "delete", *kept(alba))
    run("media.empty_bin", now() + timedelta(days=29))
    assert len(kept(alba)) == 2
    run("media.empty_bin", now() + timedelta(days=31))
    assert kept(alba) == []
    assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == []


def test_it_keeps_folders_in_folders_and_loses_nothing_with_one(alba: Actor) -> None:
    bring(alba, ("rosa.png", image()))
    address = alba.desk("medios/carpetas/")
    alba.post(address, {"name": "2031"})
    with for_organisation(alba.member.organisation.pk):
        year = Folder.objects.get()
    alba.post(address, {"name": "Mayo", "parent": str(year.pk)})
    assert alba.post(address, {"name": "2031"}).status_code == 422
    with for_organisation(alba.member.organisation.pk):
        may = Folder.objects.get(name="Mayo")
    change(alba, "move", *kept(alba), to=str(may.pk))
    assert "2031 / Mayo" in page_of(alba)
    alba.post(f"{address}{may.pk}/", {"name": "Junio"})
    assert "2031 / Junio" in page_of(alba)
    alba.post(f"{address}{may.pk}/", {"remove": "1"})
    assert kept(alba)[0].folder_id == year.pk


def test_it_is_closed_to_gala_and_open_to_an_editor_but_not_for_changes_to_a_seller(alba: Actor, beto: Actor, gala: Actor) -> None:
    bring(alba, ("rosa.png", image()))
    item = kept(alba)[0]
    for path in ("medios/", f"medios/{item.pk}/", f"medios/{item.pk}/vista/"):
        assert gala.get(alba.desk(path)).status_code == 404
    assert gala.get(gala.desk(f"medios/{item.pk}/")).status_code == 404
    assert bring(beto, ("clavel.png", image())).status_code == 403
    assert beto.get(beto.desk("medios/")).status_code == 200
    assert bring(editor(alba), ("clavel.png", image())).status_code == 302
    change(gala, "delete", item)
    assert len(kept(alba)) == 2
    assert all(one.deleted_at is None for one in kept(alba))


def test_it_thinks_in_sets(alba: Actor) -> None:
    def asked(count: int) -> int:
        with for_organisation(alba.member.organisation.pk):
            for number in range(count):
                keep_item(file=BytesIO(image(20 + number, 20)), name=f"r{number}.png", by=None, at=now())
        with CaptureQueriesContext(
            connection,
        ) as caught:
            page_of(alba)
        return sum('"media_' in query["sql"] or '"picture"' in query["sql"] for query in caught)

    assert asked(3) == asked(12)


def test_it_pages_without_losing_or_repeating_anything(alba: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    with for_organisation(alba.member.organisation.pk):
        Item.objects.bulk_create(
            Item(kind="file", name=f"f{n}", digest="0" * 64, ending="pdf", content_type="application/pdf", size=1, created_at=now())
            for n in range(100)
        )
    seen, after = [], ""
    for _page in range(3):
        shown = page_of(alba, **({"after": after} if after else {}))
        seen += [str(item.pk) for item in kept(alba) if f'value="{item.pk}"' in shown]
        after = min(seen)
    assert len(seen) == len(set(seen)) == 100


def test_it_offers_the_editor_what_there_is_and_what_was_chosen(alba: Actor, gala: Actor) -> None:
    bring(alba, ("rosa.png", image()), ("clavel.png", image(colour="pink")), ("voz.mp3", FILES["voz.mp3"]))
    rosa, clavel, _voz = kept(alba)
    told = alba.get(alba.desk("medios/eleccion/picture/"), {"q": "cla", "ids": f"{rosa.pk},{clavel.pk},nada"}).json()
    assert [one["title"] for one in told["results"]] == ["clavel"]
    assert {one["id"] for one in told["chosen"]} == {str(rosa.pk), str(clavel.pk)}
    assert [one["title"] for one in alba.get(alba.desk("medios/eleccion/audio/")).json()["results"]] == ["voz"]
    assert gala.get(gala.desk("medios/eleccion/picture/"), {"ids": str(rosa.pk)}).json() == {"results": [], "chosen": []}
    assert alba.get(alba.desk("medios/eleccion/nada/")).status_code == 404


def test_it_leads_from_one_picture_without_a_description_to_the_next(alba: Actor) -> None:
    bring(alba, ("uno.png", image(20)), ("dos.png", image(30)), ("tres.png", image(40)))
    one, two, three = kept(alba)
    for here, there in ((two, one), (one, three)):
        answer = alba.post(alba.desk(f"medios/{here.pk}/"), {"name": "x", "alt": "Una rosa", "do": "next"})
        assert answer["Location"].endswith(f"/medios/{there.pk}/")
    last = alba.post(alba.desk(f"medios/{three.pk}/"), {"name": "x", "alt": "Una rosa", "do": "next"})
    assert last["Location"].endswith(f"/medios/{three.pk}/")
