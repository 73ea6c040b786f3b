"""Pictures that parse, hold nothing that runs, stay small, and never change."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree

import pytest

from oportuno.kernel.drawings import KINDS, SCREENS, cover, emblem, placeholder, product_picture
from oportuno.kernel.packs import load
from oportuno.kernel.packs.demo import demo_of

COLOURS = ("rojo", "blanco", "azul", "bicolor", "#336699")
LARGEST = 9_000  # bytes; a page of 24 products weighs less than one photograph


def pictures() -> Iterator[tuple[str, str]]:
    for i, kind in enumerate(KINDS):
        yield kind, product_picture(kind, COLOURS[i % 5], i)
        yield f"placeholder {kind}", placeholder(kind)
    for name in ("Rosales de Alba", "Ñandú & Cía", "3 Flores", "<b>Gala</b>", ""):
        yield f"emblem {name}", emblem(name, 7)
    for slug in ("rosas", "cursos", *(f"{SCREENS}{word}" for word in ("factura", "crm", "venta", "curso", "erp", "analitica", "otra"))):
        yield f"cover {slug}", cover(slug, 3)


@pytest.mark.parametrize(("name", "picture"), [pytest.param(name, text, id=name or "none") for name, text in pictures()])
def test_a_picture_is_svg_that_holds_nothing_that_runs(name: str, picture: str) -> None:
    root = ElementTree.fromstring(picture)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    for element in root.iter():
        assert element.tag.rsplit("}")[-1] not in {"script", "foreignObject", "image", "a", "style", "animate"}
        assert not any(name.lower().startswith("on") for name in element.attrib)
        assert element.get("href", "#").startswith("#")


@pytest.mark.parametrize(("name", "picture"), [pytest.param(name, text, id=name or "none") for name, text in pictures()])
def test_a_picture_uses_only_what_it_defines_and_stays_small(name: str, picture: str) -> None:
    root = ElementTree.fromstring(picture)
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    used = {(element.get("href") or "").lstrip("#") for element in root.iter() if element.get("href")}
    assert used <= set(ids)
    assert "@" not in picture.replace("Ñandú", "")
    assert len(picture.encode()) <= LARGEST


def test_the_same_words_give_the_same_picture() -> None:
    assert product_picture("rose", "rojo", 5) == product_picture("rose", "rojo", 5)
    assert product_picture("rose", "rojo", 5) != product_picture("rose", "rojo", 6)


def test_two_pictures_in_one_page_do_not_share_ids() -> None:
    ids = [set(_ids(product_picture("rose", "rojo", seed))) for seed in (1, 2)]
    assert not ids[0] & ids[1]


def _ids(picture: str) -> list[str]:
    return [element.get("id") or "" for element in ElementTree.fromstring(picture).iter() if element.get("id")]


def test_what_it_does_not_know_becomes_a_bouquet() -> None:
    assert "<title>bouquet" in product_picture("dragon", "ultraviolet", 1)


def test_a_name_cannot_break_out_of_its_emblem() -> None:
    assert "<b>" not in emblem("<b>Gala</b>", 1)


def test_every_product_of_the_demo_has_a_picture_of_its_kind() -> None:
    assert {one.picture.kind for one in demo_of(load("flores")).products} <= set(KINDS)
