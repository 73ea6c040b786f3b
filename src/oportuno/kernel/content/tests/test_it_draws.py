"""The same document as a page, as mail and as plain text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

import pytest

from oportuno.kernel.content import ShownFile, ShownPicture, add_source, read, render_html, render_mjml, render_text, rendering
from oportuno.kernel.content import sources as sources_module
from oportuno.kernel.content.tests.test_it_reads import EVERYTHING, PICTURE, doc

Asked = list[tuple[str, tuple[str, ...]]]


@pytest.fixture(autouse=True)
def _drawn_by_the_kernel_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Higher apps have their last look elsewhere."""
    monkeypatch.setattr(rendering, "_finishes", [])


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> Asked:
    """A library with one picture and one file, that remembers what it is asked."""
    monkeypatch.setattr(sources_module, "_sources", {})
    asked: Asked = []

    def pictures(names: Sequence[str], language: str) -> Mapping[str, Any]:
        asked.append(("picture", tuple(names)))
        return {name: ShownPicture(f"/media/{name}.webp", 800, 600, alt="De la biblioteca") for name in names if name == PICTURE}

    def files(names: Sequence[str], language: str) -> Mapping[str, Any]:
        asked.append(("file", tuple(names)))
        return {name: ShownFile(f"/media/{name}.mp3", "Entrevista.mp3", "audio/mpeg", 1_000) for name in names if name == PICTURE}

    add_source("picture", pictures)
    add_source("file", files)
    return asked


class Balance(HTMLParser):
    """Follows what is opened and closed."""

    VOID = {"img", "br", "hr", "source"}

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


def unbalanced(page: str) -> list[str]:
    """Tags that are closed out of order, or never."""
    balance = Balance()
    balance.feed(page)
    return balance.wrong + balance.open


def html(*blocks: dict[str, Any]) -> str:
    return render_html(read(doc(*blocks)), language="es")


def test_each_source_is_asked_once_for_all_blocks(library: Asked) -> None:
    many = [{"type": "image", "picture": PICTURE}] * 20
    page = html(*many, {"type": "columns", "columns": [{"blocks": many[:5]}]}, {"type": "audio", "file": PICTURE})
    assert page.count("<img ") == 25
    assert library == [("picture", (PICTURE,)), ("file", (PICTURE,))]


def test_what_the_library_no_longer_has_is_left_out(library: Asked) -> None:
    gone = PICTURE.replace("1", "2")
    assert html({"type": "image", "picture": gone}, {"type": "audio", "file": gone}, {"type": "text", "text": "Sigue"}) == "<p>Sigue</p>"


def test_headings_of_equal_words_have_addresses_of_their_own() -> None:
    assert html(*[{"type": "heading", "text": "Agua &amp; sol"}] * 2).count('id="agua-sol-2"') == 1
    assert 'id="parte"' in html({"type": "heading", "text": "🌹"})


def test_lists_lie_in_lists() -> None:
    items = [{"text": "a"}, {"text": "b", "level": 1}, {"text": "c", "level": 3}, {"text": "d"}]
    assert html({"type": "list", "items": items}) == (
        '<ul class="block-list"><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li><li>d</li></ul>'
    )


def test_plain_words_stay_words() -> None:
    hostile = '"><script>alert(1)</script>'
    page = html(
        {"type": "button", "label": hostile, "href": "/x"},
        {"type": "code", "text": hostile},
        {"type": "accordion", "folds": [{"title": hostile}]},
        {"type": "video", "url": "https://vimeo.com/76979871", "title": hostile},
    )
    assert "<script" not in page
    assert page.count("&lt;script&gt;") == 4


def test_a_film_of_others_asks_nothing_of_them_before_a_click() -> None:
    page = html({"type": "video", "url": "https://youtu.be/dQw4w9WgXcQ", "title": "Cómo se corta"})
    assert "<iframe" not in page
    assert "src=" not in page
    assert 'href="https://www.youtube.com/watch?v=dQw4w9WgXcQ"' in page


def test_a_page_has_every_block(library: Asked) -> None:
    page = render_html(read(EVERYTHING), language="es")
    assert unbalanced(page) == []
    for piece in ("<h3", "block-lead", '<ol class="block-list" start="3">', "block-image", "block-gallery", "block-video", "<audio", "block-file",
                  "<blockquote>", 'class="button outline"', "<table>", "<pre", "<hr", "block-columns of-2", "<details open>"):  # fmt: skip
        assert piece in page


def test_mail_is_sections_of_columns_with_whole_addresses(library: Asked) -> None:
    mail = ElementTree.fromstring(f"<mj-body>{render_mjml(read(EVERYTHING), language='es', base='https://mercado.example')}</mj-body>")
    assert {one.tag for one in mail} == {"mj-section"}
    assert [len(section) for section in mail] == [1, 2]
    assert all(column.tag == "mj-column" for section in mail for column in section)
    addresses = [one.get(name) for one in mail.iter() for name in ("href", "src") if one.get(name)]
    assert addresses
    assert all(str(one).startswith("https://") for one in addresses)
    assert f"https://mercado.example/media/{PICTURE}.webp" in addresses


def test_text_reads_like_a_letter(library: Asked) -> None:
    text = render_text(read(EVERYTHING), language="es", base="https://mercado.example")
    assert text.startswith(
        "Cuidar rosas\n------------\n\nCorta el tallo en bisel <https://mercado.example/glosario/bisel/>.\n\n3. Agua\n  1. Fresca\n\n"
    )
    assert "> Una rosa es una rosa\n— Gertrude Stein" in text
    assert "Pregunta: https://mercado.example/v/rosales/#preguntar" in text
    assert "Cómo se corta: https://www.youtube.com/watch?v=dQw4w9WgXcQ" in text
    assert "a <b>\n  c" in text
    assert "<strong" not in text
