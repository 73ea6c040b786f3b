"""Films and sounds are handed out whole or in parts, files as sealed attachments; whatever they hide, no browser runs it (T09)."""

from __future__ import annotations

import io
import itertools

import pytest
from django.http import HttpResponse
from django.test import Client

from oportuno.kernel.clock import now
from oportuno.kernel.errors import Refusal
from oportuno.kernel.isolation import for_organisation
from oportuno.offer.media.actions.library import keep_item
from oportuno.offer.media.models import Item
from oportuno.offer.media.rules import files as rules
from oportuno.offer.media.testing import FILES
from oportuno.offer.media.tests.test_polyglots import MARK, NAMES, SECONDS, polyglots
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db
RUNS = ("html", "svg", "xml", "javascript")


def keep(alba: Actor, name: str, content: bytes) -> Item:
    with for_organisation(alba.member.organisation.pk):
        return keep_item(file=io.BytesIO(content), name=name, by=None, at=now())


def get(address: str, **headers: str) -> HttpResponse:
    return Client().get(address, headers=headers)


def body(answer: HttpResponse) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_it_hands_a_film_out_in_parts(alba: Actor) -> None:
    content = FILES["rosa.mp4"]
    address, size = keep(alba, "rosa.mp4", content).address, len(content)
    whole = get(address)
    assert (whole.status_code, whole["Content-Type"], whole["Accept-Ranges"], body(whole)) == (200, "video/mp4", "bytes", content)
    for asked, first, last in (
        ("bytes=0-9", 0, 9),
        ("bytes=100-", 100, size - 1),
        ("bytes=-7", size - 7, size - 1),
        (f"bytes=5-{size * 9}", 5, size - 1),
    ):
        part = get(address, Range=asked)
        assert (part.status_code, part["Content-Range"], part["Content-Length"]) == (
            206,
            f"bytes {first}-{last}/{size}",
            str(last - first + 1),
        )
        assert body(part) == content[first : last + 1]
    beyond = get(address, Range=f"bytes={size}-")
    assert (beyond.status_code, beyond["Content-Range"]) == (416, f"bytes */{size}")
    for other in ("bytes=0-1,4-5", "items=0-1", "bytes=x-y", "bytes=9-2", "bytes=-"):
        assert get(address, Range=other).status_code == 200


def test_it_hands_a_file_out_as_an_attachment_with_its_own_name(alba: Actor) -> None:
    answer = get(keep(alba, "Lista de Precios.pdf", FILES["lista.pdf"]).address)
    assert answer["Content-Disposition"] == 'attachment; filename="lista-de-precios.pdf"'
    assert answer["Content-Type"] == "application/pdf"
    assert body(answer) == FILES["lista.pdf"]


def test_it_seals_whatever_it_hands_out(alba: Actor) -> None:
    """Two natures in one: a film, a sound or a table with a page, a script or an archive in it."""
    tried = 0
    for (name, content), (second, payload) in itertools.product(FILES.items(), SECONDS.items()):
        for mixed in (content + payload, content[:40] + payload + content[40:], payload + content):
            tried += 1
            try:
                item = keep(alba, f"{name}.{second}.{name.rsplit('.', 1)[-1]}", mixed)
            except Refusal:
                continue
            sealed(item, f"{name} {second}")
    for (what, content), name in zip(polyglots(), itertools.cycle((*NAMES, "hoja.csv", "nota.txt", "voz.mp3", "rosa.mp4")), strict=False):
        tried += 1
        try:
            item = keep(alba, name, content)
        except Refusal:
            continue
        sealed(item, what)
    assert tried > 400


def sealed(item: Item, what: str) -> None:
    answer = get(item.address)
    kind = answer["Content-Type"]
    assert answer.status_code == 200, what
    assert answer["X-Content-Type-Options"] == "nosniff", what
    assert "sandbox" in answer["Content-Security-Policy"], what
    assert not any(live in kind.split(";")[0].rsplit("/", 1)[-1].split(".")[-1] for live in RUNS if live != "xml"), (what, kind)
    if item.is_image:
        assert MARK not in body(answer), what
    elif not kind.startswith(("video/", "audio/")):
        assert answer["Content-Disposition"].startswith("attachment"), what


@pytest.mark.parametrize(
    "name", ["pagina.html", "dibujo.svg", "guion.js", "programa.exe", "hoja.css", "pagina.xhtml", "vacio.txt", "binario.csv"]
)
def test_it_keeps_no_page_no_script_and_no_program(alba: Actor, name: str) -> None:
    content = {"vacio.txt": b"", "binario.csv": b"a\0b", "programa.exe": b"MZ\x90\0"}.get(name, b"<b>x</b>")
    with pytest.raises(Refusal):
        keep(alba, name, content)
    with for_organisation(alba.member.organisation.pk):
        assert not Item.objects.exists()


@pytest.mark.parametrize(
    "path",
    [
        "/media/files/" + "a" * 64 + "/x.mp4",
        "/media/files/" + "a" * 64 + "/x.html",
        "/media/files/../../secrets.json",
        "/media/files/" + "A" * 64 + "/x.mp4",
        "/media/files/" + "a" * 64 + "/..%2fx.mp4",
    ],
)
def test_it_hands_out_nothing_that_is_not_there(path: str) -> None:
    assert Client().get(path).status_code == 404


def test_it_takes_the_ending_of_an_address_for_nothing_but_which_file(alba: Actor) -> None:
    address = keep(alba, "lista.csv", FILES["lista.csv"]).address
    assert get(address)["Content-Type"] == "text/csv; charset=utf-8"
    assert get(address.replace(".csv", ".mp4")).status_code == 404


def test_it_calls_nothing_a_sound_that_only_begins_like_one() -> None:
    assert rules.shape_of(b"\xff\xfb<script>", "voz.mp3") is None
    assert rules.shape_of(b"\xff\xfb\x90\x00" + b"x" * 500, "voz.mp3") is None
