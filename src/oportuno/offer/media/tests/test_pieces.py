"""One thing to say, in up to four formats, for somebody who has a problem."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse

from oportuno.kernel.isolation import for_organisation, for_public
from oportuno.offer.media.models import Item, Piece
from oportuno.offer.media.queries import vertical
from oportuno.offer.media.testing import FILES, image
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db
TEXT = json.dumps({"blocks": [{"type": "heading", "text": "Corta el tallo"}, {"type": "text", "text": "Dos dedos, <b>en diagonal</b>."}]})


@pytest.fixture(autouse=True)
def _buyers(monkeypatch: pytest.MonkeyPatch) -> None:
    """A vertical with one typical buyer and one category."""
    known = {"personas": lambda language: [("novia", "Novia")], "categories": lambda language: [("rosas", "Rosas")]}
    monkeypatch.setattr(vertical, "_ports", known)


def said(**more: str) -> dict[str, str]:
    return {
        "title": "Rosas que duran doce días", "summary": "Un corte y agua limpia.", "persona": "novia", "problem": "Mis rosas duran dos días",
        "category": "rosas", "text": TEXT, **more,
    }  # fmt: skip


def make(who: Actor, **more: str) -> HttpResponse:
    return who.post(who.desk("medios/piezas/nueva/"), said(**more))


def pieces(who: Actor) -> list[Piece]:
    with for_organisation(who.member.organisation.pk):
        return list(Piece.objects.order_by("pk"))


def things(who: Actor) -> dict[str, str]:
    files = [("rosa.png", image()), ("rosa.mp4", FILES["rosa.mp4"]), ("voz.mp3", FILES["voz.mp3"])]
    who.post(who.desk("medios/subidas/"), {"file": [SimpleUploadedFile(*file) for file in files]})
    with for_organisation(who.member.organisation.pk):
        return {str(kind): str(pk) for kind, pk in Item.objects.values_list("kind", "pk")}


def publish(who: Actor, piece: Piece, **more: str) -> HttpResponse:
    return who.post(who.desk(f"medios/piezas/{piece.pk}/publicacion/"), more)


def test_it_says_one_thing_in_four_formats(alba: Actor) -> None:
    assert make(alba, **things(alba)).status_code == 302
    piece = pieces(alba)[0]
    assert piece.formats == ["video", "image", "text", "audio"]
    assert (piece.slug, piece.persona, piece.problem, piece.category) == (
        "rosas-que-duran-doce-dias",
        "novia",
        "Mis rosas duran dos días",
        "rosas",
    )
    assert piece.picture_id == piece.image_id
    assert piece.text["blocks"][1]["text"] == "Dos dedos, <strong>en diagonal</strong>."
    again = alba.get(alba.desk(f"medios/piezas/{piece.pk}/")).content.decode()
    assert "Corta el tallo" in again
    assert f'value="{piece.image_id}" selected' in again


def test_it_is_seen_by_nobody_before_it_is_whole_and_shown(alba: Actor) -> None:
    make(alba, persona="", problem="", text="")
    piece = pieces(alba)[0]
    for missing, more in (
        ("Dale al menos un formato", {"persona": "", "problem": "", "text": ""}),
        ("Di para quién es.", {"persona": "", "problem": ""}),
        ("Di qué problema resuelve.", {"problem": ""}),
    ):
        alba.post(alba.desk(f"medios/piezas/{piece.pk}/"), said(**more))
        answer = publish(alba, piece)
        assert answer.status_code == 422
        assert missing in answer.content.decode()
    alba.post(alba.desk(f"medios/piezas/{piece.pk}/"), said())
    assert not seen()
    publish(alba, piece)
    assert seen() == [piece.pk]
    answer = alba.post(alba.desk(f"medios/piezas/{piece.pk}/"), said(persona=""))
    assert answer.status_code == 422  # what is on show stays whole
    publish(alba, piece, hide="1")
    assert not seen()


def seen() -> list[Any]:
    with for_public():
        return list(Piece.objects.values_list("pk", flat=True))


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("film", "https://example.com/video", "Escribe la dirección de un video en YouTube o Vimeo."),
        ("listen", "javascript:alert(1)", "Escribe la dirección de una página"),
        ("read", "mi blog", "Escribe la dirección de una página"),
        ("persona", "nadie", "no es una de las opciones"),
        ("text", "{", "Esto no es un documento de bloques."),
    ],
)
def test_it_keeps_what_was_typed_when_something_is_wrong(alba: Actor, field: str, typed: str, words: str) -> None:
    answer = make(alba, **{field: typed})
    assert answer.status_code == 422
    body = answer.content.decode()
    assert words in body
    assert "Mis rosas duran dos días" in body
    assert pieces(alba) == []


def test_it_takes_only_things_of_its_own_library(alba: Actor, gala: Actor) -> None:
    hers = things(gala)
    assert make(alba, image=hers["image"]).status_code == 422
    own = things(alba)
    assert make(alba, video=own["audio"]).status_code == 422
    assert pieces(alba) == []


def test_it_gives_two_of_one_title_two_addresses(alba: Actor) -> None:
    make(alba)
    make(alba)
    first, second = pieces(alba)
    assert first.slug == "rosas-que-duran-doce-dias"
    assert second.slug.startswith("rosas-que-duran-doce-dias-")


def test_it_tells_the_library_where_it_uses_things(alba: Actor) -> None:
    own = things(alba)
    make(alba, **own)
    for kind in ("image", "video", "audio"):
        page = alba.get(alba.desk(f"medios/{own[kind]}/")).content.decode()
        assert page.count("Pieza: Rosas que duran doce días") == 1


def test_it_draws_cards_for_the_editor_and_is_closed_to_gala(alba: Actor, gala: Actor) -> None:
    own = things(alba)
    asked = {"blocks": [{"type": "image", "picture": own["image"], "alt": "Una rosa"}, {"type": "audio", "file": own["audio"]}]}
    drawn = alba.post(alba.desk("medios/dibujo/"), asked, content_type="application/json").json()["html"]
    assert 'type="image/avif"' in drawn[0]
    assert 'alt="Una rosa"' in drawn[0]
    assert "<audio" in drawn[1]
    make(alba)
    piece = pieces(alba)[0]
    assert gala.get(gala.desk(f"medios/piezas/{piece.pk}/")).status_code == 404
    assert gala.post(gala.desk(f"medios/piezas/{piece.pk}/retiro/")).status_code == 404
    assert gala.post(alba.desk("medios/dibujo/"), asked, content_type="application/json").status_code == 404
    alba.post(alba.desk(f"medios/piezas/{piece.pk}/retiro/"))
    assert pieces(alba) == []
