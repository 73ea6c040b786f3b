"""What people write is cleaned when it comes in, and what is no document is refused in one sentence."""

from __future__ import annotations

from typing import Any

import pytest

from oportuno.kernel.content import read, write
from oportuno.kernel.content.address import harmless
from oportuno.kernel.content.blocks.media import film_of
from oportuno.kernel.content.inline import clean, plain
from oportuno.kernel.errors import Refusal

PICTURE = "0190b5a2-7d2e-7c3a-9f00-000000000001"


def doc(*blocks: dict[str, Any]) -> dict[str, Any]:
    return {"version": 1, "blocks": list(blocks)}


EVERYTHING = doc(
    {"type": "heading", "text": "Cuidar <em>rosas</em>", "level": 3, "id": "h1"},
    {"type": "text", "text": "Corta el tallo <a href=\"/glosario/bisel/\" rel=\"noopener\">en bisel</a>.", "lead": True},
    {"type": "list", "items": [{"text": "Agua"}, {"text": "Fresca", "level": 1}], "numbered": True, "start": 3},
    {"type": "image", "picture": PICTURE, "alt": "Una rosa", "caption": "De hoy", "href": "/rosas/"},
    {"type": "gallery", "pictures": [{"picture": PICTURE, "alt": "Una"}], "columns": 2},
    {"type": "video", "url": "https://youtu.be/dQw4w9WgXcQ", "title": "Cómo se corta"},
    {"type": "audio", "file": PICTURE, "title": "Entrevista"},
    {"type": "file", "file": PICTURE, "label": "La guía"},
    {"type": "quote", "text": "Una rosa es una rosa", "by": "Gertrude Stein"},
    {"type": "button", "label": "Pregunta", "href": "/v/rosales/#preguntar", "look": "outline", "align": "center"},
    {"type": "table", "rows": [["Días", "Agua"], ["3", "nueva"]], "head_column": True, "caption": "Cada cuánto"},
    {"type": "code", "text": "a <b>\n  c"},
    {"type": "divider"},
    {
        "type": "columns",
        "columns": [
            {"blocks": [{"type": "text", "text": "uno"}], "share": 4},
            {"blocks": [{"type": "accordion", "folds": [{"title": "¿Y?", "blocks": [{"type": "text", "text": "sí"}], "open": True}]}]},
        ],
    },
)  # fmt: skip


def test_what_is_written_is_read_again_the_same() -> None:
    once = read(EVERYTHING)
    assert read(write(once)) == once
    assert write(once) == EVERYTHING


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Rosas & <b>claveles</b>", "Rosas &amp; <strong>claveles</strong>"),
        ("<script>alert(1)</script>hola", "hola"),
        ('<a href="javascript:alert(1)">x</a>', '<a rel="noopener">x</a>'),
        ('<a href="JaVa&#115;cript:alert(1)">x</a>', '<a rel="noopener">x</a>'),
        ('<img src=x onerror=alert(1)>rosa <i onclick="x()">roja</i>', "rosa <em>roja</em>"),
        ("<svg><script>x</script></svg>fin", "fin"),
        ("sin cerrar <strong>fuerte", "sin cerrar <strong>fuerte</strong>"),
        ('<dfn data-term="bisel" style="position:fixed">bisel</dfn>', '<dfn data-term="bisel">bisel</dfn>'),
        ("1 < 2", "1 &lt; 2"),
    ],
)
def test_a_line_keeps_its_words_and_loses_what_could_hurt(typed: str, kept: str) -> None:
    assert clean(typed) == kept
    assert clean(kept) == kept


def test_the_words_alone_are_as_people_read_them() -> None:
    assert plain("Uno<br>dos &amp; <strong>tres</strong> &lt;b&gt;") == "Uno\ndos & tres <b>"


@pytest.mark.parametrize("address", ["/v/alba/", "#abajo", "?page=2", "https://alba.example/x?y=1#z", "mailto:alba@demo.example", "tel:+576011234567"])  # fmt: skip
def test_addresses_that_lead_somewhere_are_kept(address: str) -> None:
    assert harmless(address) == address


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", " java\nscript:alert(1)", "data:text/html,x", "vbscript:x", "//evil.example/", "\\\\evil.example", "/\\evil.example",
     "https:evil", "file:///etc/passwd", "http://[", "blob:https://x"],
)  # fmt: skip
def test_addresses_that_could_hurt_are_refused(address: str) -> None:
    with pytest.raises(ValueError):
        harmless(address)
    with pytest.raises(Refusal):
        read(doc({"type": "button", "label": "x", "href": address}))


@pytest.mark.parametrize(
    ("address", "film"),
    [
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=42s", ("youtube", "dQw4w9WgXcQ")),
        ("https://youtu.be/dQw4w9WgXcQ?si=x", ("youtube", "dQw4w9WgXcQ")),
        ("https://www.youtube.com/shorts/dQw4w9WgXcQ", ("youtube", "dQw4w9WgXcQ")),
        ("https://m.youtube.com/embed/dQw4w9WgXcQ", ("youtube", "dQw4w9WgXcQ")),
        ("https://vimeo.com/76979871", ("vimeo", "76979871")),
        ("https://player.vimeo.com/video/76979871?h=x", ("vimeo", "76979871")),
        ("https://vimeo.com/channels/staffpicks/76979871", ("vimeo", "76979871")),
        ("https://evil.example/watch?v=dQw4w9WgXcQ", None),
        ("https://www.youtube.com/watch?v=\"><script>", None),
        ("https://www.youtube.com/@canal", None),
    ],
)  # fmt: skip
def test_films_are_known_by_their_addresses(address: str, film: tuple[str, str] | None) -> None:
    assert film_of(address) == film


def nested(depth: int) -> dict[str, Any]:
    inside: dict[str, Any] = {"type": "text", "text": "fondo"}
    for _ in range(depth):
        inside = {"type": "columns", "columns": [{"blocks": [inside]}]}
    return inside


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ([], "bloques"),
        ({"blocks": "no"}, "bloques"),
        ({"version": 2, "blocks": []}, "bloques"),
        (doc({"type": "divider"}, {"type": "marquee"}), "2 (marquee)"),
        (doc({"type": "divider", "style": "x"}), "1 (divider)"),
        (doc({"type": "heading", "text": "x", "level": 1}), "1 (heading)"),
        (doc({"type": "image", "picture": "../../etc/passwd"}), "1 (image)"),
        (doc({"type": "video", "url": "https://evil.example/x"}), "1 (video)"),
        (doc({"type": "video"}), "1 (video)"),
        (doc({"type": "table", "rows": [["a", "b"], ["c"]]}), "1 (table)"),
        (doc({"type": ["heading"]}), "1"),
        (doc(nested(5)), "1 (columns)"),
        (doc(*[{"type": "divider"}] * 2_001), "2000"),
        (doc(*[{"type": "columns", "columns": [{"blocks": [{"type": "divider"}] * 100}] * 4}] * 6), "2000"),
    ],
)
def test_what_is_no_document_is_refused_in_one_sentence(given: Any, says: str) -> None:
    with pytest.raises(Refusal) as refusal:
        read(given)
    assert says in str(refusal.value)
    assert str(refusal.value).count(".") == 1


def test_blocks_lie_in_blocks_as_deep_as_one_can_still_see() -> None:
    assert len(list(read(doc(nested(3))).every())) == 4
