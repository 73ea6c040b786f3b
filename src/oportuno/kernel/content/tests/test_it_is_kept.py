"""What was drawn is kept, and is right at every moment all the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import pytest
from django.utils import translation

from oportuno.kernel.content import (
    Block,
    Document,
    Kind,
    ShownPicture,
    add_finish,
    add_source,
    drawn_html,
    read,
    render_html,
    rendering,
    shelf,
)
from oportuno.kernel.content import kinds as kinds_module
from oportuno.kernel.content import sources as sources_module
from oportuno.kernel.content.tests.test_it_reads import EVERYTHING, PICTURE, doc

TEXT = {"type": "text", "text": "Rosas del altiplano"}
IMAGE = {"type": "image", "picture": PICTURE}


class House:
    """What higher apps know, and how often a finish had its last look."""

    alt = "Antes"
    stamp = 1
    looks = 0
    there = True

    def pictures(self, names: Sequence[str], language: str) -> Mapping[str, Any]:
        return {name: ShownPicture(f"/media/{name}.webp", 800, 600, alt=self.alt) for name in names if self.there}

    def finish(self, drawn: str, document: Document, language: str) -> str:
        self.looks += 1
        return f"{drawn}<!-- {self.stamp} -->"


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch) -> House:
    made = House()
    monkeypatch.setattr(rendering, "_finishes", [])
    monkeypatch.setattr(sources_module, "_sources", {})
    monkeypatch.setattr(shelf, "_known", shelf._Shelf(most=100))
    monkeypatch.setattr(shelf, "_bodies", shelf._Shelf(most=100_000))
    add_source("picture", made.pictures)
    add_finish(made.finish, lambda language: made.stamp)
    return made


def test_it_is_what_is_drawn_anew(house: House) -> None:
    for _again in range(2):
        assert drawn_html(EVERYTHING, language="es") == render_html(read(EVERYTHING), language="es")


def test_the_same_is_drawn_once(house: House) -> None:
    assert len({drawn_html(doc(TEXT, IMAGE), language="es") for _time in range(3)}) == 1
    assert house.looks == 1


def test_whatever_changes_is_seen_at_once(house: House) -> None:
    def shown(*blocks: dict[str, Any]) -> str:
        return drawn_html(doc(*blocks), language="es")

    assert "Antes" in shown(IMAGE)
    house.alt = "Después"
    assert "Después" in shown(IMAGE)
    house.there = False
    assert shown(IMAGE) == "<!-- 1 -->"
    assert "altiplano" in shown(TEXT)
    house.stamp = 2
    assert shown(TEXT).endswith("<!-- 2 -->")
    assert "valle" in shown({**TEXT, "text": "Rosas del valle"})
    film = {"type": "video", "url": "https://vimeo.com/123456"}
    assert shown(film) != shown({**film, "title": "Otra"})
    with translation.override("en"):
        assert "Play on" in shown(film)
    with translation.override("es-co"):
        assert "Play on" not in shown(film)


def test_what_asks_for_more_is_never_kept(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    class Clock(Block):
        type: Literal["clock"] = "clock"

    hours = iter(range(100))

    def draw(block: Any, page: object) -> str:
        return f"<p>{next(hours)}</p>"

    monkeypatch.setitem(kinds_module._kinds, "clock", Kind(Clock, draw, draw, draw))
    inside = {"type": "columns", "columns": [{"blocks": [{"type": "clock"}]}, {"blocks": [TEXT]}]}
    for given in (doc({"type": "clock"}), doc(inside)):
        assert drawn_html(given, language="es") != drawn_html(given, language="es")


def test_it_never_fills_the_memory(house: House) -> None:
    for number in range(200):
        drawn_html(doc({**TEXT, "text": f"{number} " + "rosas " * 400}), language="es")
    assert shelf._bodies.size <= 100_000
    assert len(shelf._bodies._kept) < 60
    assert len(shelf._known._kept) == 100
    assert "199 rosas" in drawn_html(doc({**TEXT, "text": "199 " + "rosas " * 400}), language="es")
