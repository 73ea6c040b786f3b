"""Alba brings what she has to her library, on a phone and without scripts too, and tells one thing with it in several formats."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from PIL import Image
from playwright.sync_api import FilePayload, Page, expect

from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_organisation
from oportuno.offer.media.actions.curating import Words, make_collection
from oportuno.offer.media.testing import FILES
from tests.stories.conftest import PHONE, Site

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
LIBRARY = "/desk/flores-de-alba/medios/"


@pytest.fixture(autouse=True)
def _folders(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def picture(name: str = "rosa.png", colour: str = "#8a2450") -> FilePayload:
    made = BytesIO()
    Image.new("RGB", (640, 480), colour).save(made, "PNG")
    return FilePayload(name=name, mimeType="image/png", buffer=made.getvalue())


def sound() -> FilePayload:
    return FilePayload(name="voz.mp3", mimeType="audio/mpeg", buffer=FILES["voz.mp3"])


def wrong() -> FilePayload:
    return FilePayload(name="dibujo.svg", mimeType="image/svg+xml", buffer=b"<svg onload='alert(1)'/>")


def test_several_at_once_with_their_progress_and_a_bad_one_stops_no_other(site: Site) -> None:
    alba = site.signed_in(site.market.alba)
    alba.goto(LIBRARY)
    alba.locator("input[type=file]").set_input_files([picture(), picture("clavel.png", "#ffb0c0"), wrong(), sound()])
    expect(alba.locator("[data-progress] a")).to_have_count(3)
    expect(alba.get_by_role("alert")).to_contain_text("dibujo.svg no se puede guardar.")
    alba.get_by_role("link", name="Mostrar lo que se trajo").click()
    expect(alba.locator(".media-item")).to_have_count(3)


def test_the_eye_rests_where_one_presses_or_moves_it_by_keyboard(site: Site) -> None:
    alba = brought(site, picture())
    alba.get_by_role("link", name="rosa").first.click()
    photo = alba.locator(".media-focus img")
    photo.scroll_into_view_if_needed()
    box = photo.bounding_box()
    assert box
    alba.mouse.click(box["x"] + box["width"] * 0.25, box["y"] + box["height"] * 0.75)
    alba.keyboard.press("ArrowRight")
    alba.keyboard.press("ArrowUp")
    alba.get_by_label("Qué se ve").fill("Una rosa")
    alba.get_by_role("button", name="Guardar").click()
    expect(alba.get_by_text("Guardado.")).to_be_visible()
    assert alba.locator("[name=focus_x]").input_value() == "27"
    assert alba.locator("[name=focus_y]").input_value() == "73"
    expect(alba.locator(".media-crops img").first).to_have_class("focus-x-30 focus-y-70")


def test_on_a_phone_many_are_tagged_and_deleted_and_it_is_undone(site: Site) -> None:
    alba = brought(site, picture(), sound(), **PHONE)
    assert alba.evaluate("document.documentElement.scrollWidth") <= 390
    for box in alba.locator(".media-box input").all():
        box.check()
    alba.get_by_placeholder("Etiquetas, entre comas").fill("mayo")
    alba.get_by_role("button", name="Poner etiquetas").tap()
    expect(alba.locator(".media-item .badge")).to_have_count(2)
    for box in alba.locator(".media-box input").all():
        box.check()
    alba.get_by_role("button", name="Eliminar").tap()
    expect(alba.get_by_text("La biblioteca está vacía")).to_be_visible()
    alba.get_by_role("button", name="Deshacer").tap()
    expect(alba.locator(".media-item")).to_have_count(2)


def test_without_scripts_a_form_brings_them_together(site: Site) -> None:
    alba = site.signed_in(site.market.alba, java_script_enabled=False)
    alba.goto(LIBRARY)
    alba.locator("input[type=file]").set_input_files([picture(), sound()])
    alba.get_by_role("button", name="Traerlos").click()
    expect(alba.locator(".media-item")).to_have_count(2)


def test_without_scripts_a_dialog_asks_before_something_is_removed(site: Site) -> None:
    owner = site.market.alba
    assert owner.organisation
    with for_organisation(owner.organisation.pk):
        made = make_collection(words=Words("Rosas de otros"), by=owner.member.id, at=now())
    alba = site.signed_in(owner, java_script_enabled=False)
    alba.goto(reverse("library:collection", args=[owner.organisation.slug, made.pk]))
    alba.get_by_role("button", name="Quitar la colección …").click()
    dialog = alba.get_by_role("dialog", name="¿Quitar la colección?")
    dialog.get_by_role("button", name="Cerrar").click()
    expect(dialog).to_be_hidden()
    alba.get_by_role("button", name="Quitar la colección …").click()
    dialog.get_by_role("button", name="Quitar la colección").click()
    expect(alba.get_by_text("Rosas de otros")).to_be_hidden()


def test_pictures_are_picked_brought_pasted_and_dropped_into_a_text(site: Site) -> None:
    alba = brought(site, picture())
    alba.goto(f"{LIBRARY}piezas/nueva/")
    words = alba.get_by_role("textbox", name="Contenido")
    words.click()
    alba.keyboard.type("Corta el tallo")
    alba.keyboard.press("Enter")

    alba.get_by_role("button", name="Insertar").click()
    alba.get_by_role("dialog", name="Insertar").get_by_role("button", name="Imagen", exact=True).click()
    form = alba.get_by_role("dialog", name="Imagen")
    expect(form.get_by_role("button", name="rosa")).to_be_visible()
    form.locator("input[type=file]").set_input_files(picture("clavel.png", "#ffb0c0"))
    expect(form.locator(".editor-chosen").get_by_text("clavel")).to_be_visible()
    form.get_by_role("button", name="Aceptar").click()
    expect(words.locator("picture source[type='image/avif']")).to_have_count(1)

    words.get_by_text("Corta el tallo").click()
    hand_over(alba, "paste")
    expect(words.locator("picture")).to_have_count(2)
    hand_over(alba, "drop")
    expect(words.locator("picture")).to_have_count(3)
    assert kinds(alba).count("image") == 3

    alba.locator("[name=title]").fill("Rosas que duran")
    alba.get_by_role("button", name="Guardar").click()
    expect(alba.get_by_text("Guardado.")).to_be_visible()
    assert kinds(alba).count("image") == 3


def brought(site: Site, *files: FilePayload, **how: Any) -> Page:
    """Alba before her library, with these in it."""
    alba = site.signed_in(site.market.alba, **how)
    alba.goto(LIBRARY)
    alba.locator("input[type=file]").set_input_files(list(files))
    expect(alba.locator(".media-item")).to_have_count(len(files))
    return alba


def hand_over(page: Page, how: str) -> None:
    """A picture of the clipboard, or from a folder, as a browser hands it to the page."""
    content = list(picture(f"{how}.png", "#204080")["buffer"])
    page.evaluate(
        """([how, bytes]) => {
        const data = new DataTransfer();
        data.items.add(new File([new Uint8Array(bytes)], `${how}.png`, { type: "image/png" }));
        const words = document.querySelector("[role=textbox].content");
        const box = words.querySelector("p").getBoundingClientRect();
        const more = { bubbles: true, cancelable: true, clientX: box.left + 5, clientY: box.top + 5 };
        words.dispatchEvent(how === "paste" ? new ClipboardEvent("paste", { ...more, clipboardData: data }) : new DragEvent("drop", { ...more, dataTransfer: data }));
        }""",
        [how, content],
    )


def kinds(page: Page) -> list[str]:
    return [block["type"] for block in json.loads(page.locator("textarea[name=text]").input_value())["blocks"]]
