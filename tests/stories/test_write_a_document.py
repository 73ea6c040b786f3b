"""Somebody writes: by keyboard, by pasting, on a phone; and what is sent is what was seen."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from oportuno.kernel.content import read, write
from tests.stories.conftest import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal {mso-style-parent:""}</style></head><body>
<!--[if gte mso 9]><xml><o:x/></xml><![endif]--><p class=MsoTitle>Las rosas</p><p class=MsoNormal style='margin:0cm'><b style='mso-bidi-font-weight:normal'>Uno</b>
dos<o:p></o:p></p><p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>·<span>&nbsp;</span></span><![endif]>Agua</p>
<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>o</span>Fresca</p></body></html>"""
GOOGLE = """<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1"><h1 dir="ltr"><span style="font-size:20pt;font-weight:400;">Claveles</span></h1>
<p dir="ltr"><span style="font-weight:700;">Fuerte</span><span style="font-style:italic;"> y leve</span></p><ul><li dir="ltr"><p dir="ltr"><span>Sol</span></p></li></ul></b>"""


@pytest.fixture
def desk(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    window = browser.new_context(base_url=live_server.url, locale="es-CO")
    page = window.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda told: wrong.append(told.text) if told.type in ("error", "warning") and "422" not in told.text else None)
    page.goto("/ui/editor/")
    expect(page.get_by_role("textbox", name="Contenido")).to_be_visible()
    yield page
    window.close()
    assert wrong == []


def document(page: Page) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(page.locator("textarea[name=content]").input_value())["blocks"]
    return found


def kinds(page: Page) -> list[str]:
    return [block["type"] for block in document(page)]


def emptied(page: Page) -> None:
    page.get_by_role("textbox", name="Contenido").click()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    page.get_by_label("Estilo del párrafo").select_option("text")


def paste(page: Page, html: str) -> None:
    page.evaluate(
        """html => { const data = new DataTransfer(); data.setData("text/html", html);
        document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })); }""",
        html,
    )


def test_what_was_kept_comes_back_the_same_after_a_word_more(desk: Page) -> None:
    before = document(desk)
    desk.get_by_role("textbox", name="Contenido").get_by_text("Corta el tallo").click()
    desk.keyboard.press("End")
    desk.keyboard.type(" Siempre.")
    expect(desk.get_by_role("textbox", name="Contenido")).to_contain_text("cada dos días. Siempre.")
    after = document(desk)
    assert after[2].pop("text").endswith("Siempre.")
    before[2].pop("text")
    assert after == before


def test_it_is_written_by_keyboard_alone(desk: Page) -> None:
    emptied(desk)
    desk.keyboard.type("## Agua")
    desk.keyboard.press("Enter")
    desk.keyboard.type("Siempre ")
    desk.keyboard.press("Control+b")
    desk.keyboard.type("fresca")
    desk.keyboard.press("Control+b")
    desk.keyboard.press("Enter")
    desk.keyboard.type("- una")
    desk.keyboard.press("Enter")
    desk.keyboard.press("Tab")
    desk.keyboard.type("dos")
    assert document(desk) == [
        {"type": "heading", "text": "Agua"},
        {"type": "text", "text": "Siempre <strong>fresca</strong>"},
        {"type": "list", "items": [{"text": "una"}, {"text": "dos", "level": 1}]},
    ]
    desk.keyboard.press("Alt+ArrowUp")
    assert kinds(desk) == ["heading", "list", "text"]
    desk.keyboard.press("Control+z")
    assert kinds(desk) == ["heading", "text", "list"]


def test_a_slash_puts_something_in_and_a_wrong_address_is_told_at_once(desk: Page) -> None:
    emptied(desk)
    desk.keyboard.type("/")
    box = desk.get_by_role("dialog", name="Insertar")
    box.get_by_role("searchbox").fill("vid")
    desk.keyboard.press("Enter")
    form = desk.get_by_role("dialog", name="Video")
    form.get_by_label("Dirección en YouTube").fill("https://example.com/nada")
    form.get_by_role("button", name="Aceptar").click()
    expect(form.get_by_role("alert")).to_have_text("Aquí falta algo, o una dirección no lleva a ninguna parte.")
    form.get_by_label("Dirección en YouTube").fill("https://youtu.be/dQw4w9WgXcQ")
    form.get_by_role("button", name="Aceptar").click()
    expect(desk.get_by_text("Ver en YouTube: Video")).to_be_visible()
    assert document(desk) == [{"type": "video", "url": "https://youtu.be/dQw4w9WgXcQ"}]


def drag(page: Page, words: str, below: str) -> None:
    """By the handle that shows beside a block under the pointer."""
    place = page.get_by_role("textbox", name="Contenido")
    place.get_by_text(words).hover()
    handle = page.get_by_title("Arrastra para mover")
    handle.hover()
    page.mouse.down()
    target = place.get_by_text(below).bounding_box()
    assert target is not None
    for height in (0.5, 0.95):
        page.mouse.move(target["x"] + 20, target["y"] + target["height"] * height, steps=4)
    page.mouse.up()


def test_a_block_is_dragged_by_its_handle_and_dragged_back(desk: Page) -> None:
    emptied(desk)
    for words in ("Una", "Dos", "Tres"):
        desk.keyboard.type(words)
        desk.keyboard.press("Enter")
    drag(desk, "Una", "Dos")
    assert [block["text"] for block in document(desk)] == ["Dos", "Una", "Tres"]
    desk.keyboard.press("Control+z")
    assert [block["text"] for block in document(desk)] == ["Una", "Dos", "Tres"]


def test_a_card_is_changed_and_removed_and_each_is_undone(desk: Page) -> None:
    emptied(desk)
    desk.keyboard.type("Antes")
    desk.keyboard.press("Enter")
    desk.keyboard.type("/")
    desk.get_by_role("dialog", name="Insertar").get_by_role("searchbox").fill("botón")
    desk.keyboard.press("Enter")
    form = desk.get_by_role("dialog", name="Botón")
    for words in ("Escríbenos", "Llámanos"):
        form.get_by_label("Qué dice").fill(words)
        form.get_by_label("Lleva a").fill("/contacto/")
        form.get_by_role("button", name="Aceptar").click()
        expect(desk.get_by_role("group", name="Botón")).to_contain_text(words)
        if words == "Escríbenos":
            desk.get_by_role("group", name="Botón").get_by_role("button", name="Editar").click()
    assert [block.get("text", block.get("label")) for block in document(desk)] == ["Antes", "Llámanos"]
    undo, card = desk.get_by_role("button", name="Deshacer"), desk.get_by_role("group", name="Botón")
    undo.click()
    expect(card).to_contain_text("Escríbenos")
    assert document(desk)[1]["label"] == "Escríbenos"
    card.get_by_role("button", name="Quitar").click()
    assert kinds(desk) == ["text"]
    undo.click()
    assert [block.get("text", block.get("label")) for block in document(desk)] == ["Antes", "Escríbenos"]
    expect(card).to_contain_text("Escríbenos")


@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        (
            WORD,
            [
                {"type": "heading", "text": "Las rosas"},
                {"type": "text", "text": "<strong>Uno</strong> dos"},
                {"type": "list", "items": [{"text": "Agua"}, {"text": "Fresca", "level": 1}]},
            ],
        ),
        (
            GOOGLE,
            [
                {"type": "heading", "text": "Claveles"},
                {"type": "text", "text": "<strong>Fuerte</strong><em> y leve</em>"},
                {"type": "list", "items": [{"text": "Sol"}]},
            ],
        ),
        (
            '<p onclick="x()">Hola <img src=x onerror="document.title=1"><a href="javascript:alert(1)">x</a></p><script>document.title = 1</script>',
            [{"type": "text", "text": "Hola x"}],
        ),
    ],
)
def test_what_is_pasted_keeps_its_shape_and_nothing_else(desk: Page, html: str, blocks: list[dict[str, Any]]) -> None:
    emptied(desk)
    paste(desk, html)
    assert document(desk) == blocks
    assert write(read({"blocks": document(desk)}))["blocks"] == blocks


def test_what_is_sent_is_what_visitors_see(desk: Page) -> None:
    emptied(desk)
    desk.keyboard.type("Una rosa")
    desk.get_by_role("button", name="Mostrarlo").click()
    shown = desk.get_by_role("region", name="Como lo ven los visitantes")
    expect(shown.locator("article")).to_have_text("Una rosa")
    expect(desk.get_by_role("textbox", name="Contenido")).to_have_text("Una rosa")


def test_on_a_phone_the_tools_are_under_the_thumbs(browser: Browser, live_server: LiveServer) -> None:
    page = browser.new_context(base_url=live_server.url, locale="es-CO", **PHONE).new_page()
    page.goto("/ui/editor/")
    page.get_by_role("textbox", name="Contenido").get_by_text("Corta el tallo").tap()
    tools = page.get_by_role("toolbar", name="Herramientas")
    box = tools.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] == pytest.approx(844, abs=2)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    tools.get_by_role("button", name="Bajar").tap()
    assert kinds(page)[2:4] == ["list", "text"]
    page.context.close()


def test_nobody_is_offered_what_cannot_be_filled_in(desk: Page) -> None:
    desk.get_by_role("button", name="Insertar").click()
    offered = desk.get_by_role("dialog", name="Insertar").get_by_role("listitem")
    expect(offered.filter(has_text="Video")).to_have_count(1)
    expect(offered.filter(has_text="Imagen")).to_have_count(0)  # there is no library on this page
