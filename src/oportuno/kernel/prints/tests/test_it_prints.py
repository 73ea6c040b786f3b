"""A print is one file for everybody: tagged, with its fonts, and nothing in it runs."""

from __future__ import annotations

import io
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from oportuno.kernel.content import read
from oportuno.kernel.prints import (
    Break,
    Code,
    Contents,
    Facts,
    Heading,
    Item,
    List,
    Note,
    NotPrinted,
    Picture,
    Piece,
    Print,
    Quote,
    Rule,
    Run,
    Table,
    Text,
    inline,
    pdf,
    pieces_of,
    plain_runs,
)
from oportuno.kernel.prints import printing as printing_module
from oportuno.kernel.prints.testing import letters_in, opened

HOSTILE = [
    '#read("/etc/passwd")',
    '#include "house.typ"',
    '#import "@preview/cetz:0.3.0": *',
    "#panic()",
    "#{while true {}}",
    '" + read("print.json") + "',
    "\\u{41} \\#set page(fill: red)",
    "$ sum_(i=0)^oo $ *strong* _em_ `raw` <label> @reference // not a comment /* nor this */",
    "]#pagebreak()[",
    "= Not a heading\n- not a list\n+ nor a number\n/ Term: nor a term",
    "\x00\x07\ud800\ufffe",
    "‮ right to left ‬ 😀 漢字 العربية",
]


def a_print(*pieces: Piece, **more: Any) -> Print:
    return Print(title=more.pop("title", "Rosas que duran"), pieces=pieces, language="es", on=date(2026, 11, 23), **more)


def words(*said: str) -> tuple[Run, ...]:
    return tuple(Run(one) for one in said)


def a_picture(kind: str = "PNG") -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", (640, 400), "#c8102e").save(kept, kind)
    return kept.getvalue()


def everything() -> tuple[Piece, ...]:
    return (
        Contents("Contenido"),
        Break(),
        Heading(words("Antes del corte"), 1, "antes"),
        Text(inline('Con <strong>agua</strong> <a href="/guias/">limpia</a>', "https://flores.example"), lead=True),
        Heading(words("Un nivel que salta"), 4),
        List((Item(words("Uno")), Item(words("Dentro"), 1), Item(words("Dos"), 0, "dos")), numbered=True, start=3),
        Quote(words("Se corta temprano"), words("Alba")),
        Picture("rosa", "Una rosa roja", words("Freedom, 60 cm")),
        Table(((words("Variedad"), words("Días")), (words("Freedom"), words("12"))), caption=words("Vida en florero"), head_column=True),
        Facts((("Fecha", words("3 de mayo")),)),
        Note(words("Mira la fuente"), "Ojo", "warning"),
        Code("agua = 2"),
        Rule(),
        Text((Run("Véase "), Run("arriba", to="antes"), Run(" y allá", to="no-existe"))),
    )


def test_it_sets_every_piece_in_a_tagged_file_that_claims_the_standard_of_accessible_ones() -> None:
    made = pdf(a_print(*everything(), cover=True, authors=("Alba Ríos",), foot="Oportuno"), pictures={"rosa": a_picture()})
    inside = opened(made)
    assert made.startswith(b"%PDF-")
    assert b"pdfuaid:part" in inside
    for tag in (b"/Marked true", b"/H1", b"/Table", b"/TH", b"/Figure", b"/LI", b"/Alt", b"/Lang"):
        assert tag in inside, tag
    assert b"https://flores.example/guias/" in inside
    assert b"/FontFile3" in inside, "the fonts lie in the file"
    assert "Secortatemprano" in letters_in(made), "and its words can be read, looked for and copied"


def test_it_is_the_same_file_each_time() -> None:
    assert pdf(a_print(*everything())) == pdf(a_print(*everything()))


def everywhere(said: str) -> bytes:
    """A print that says the same words in each place where people write."""
    runs = words(said)
    made = a_print(
        Heading(runs, 1, "a"),
        Text((Run(said, ("code", "strong"), f"https://x.example/{said}"), Run(said, to=said))),
        List((Item(runs, 0, said),)),
        Quote(runs, runs),
        Table(((runs, runs), (runs, runs)), caption=runs),
        Facts(((said, runs),)),
        Note(runs, said),
        Code(said),
        Picture(said, said, runs),
        Contents(said),
        title=said,
        subtitle=said,
        authors=(said,),
        above=said,
        below=(said,),
        foot=said,
        cover=True,
        brand=said,
        keywords=(said,),
    )
    return opened(pdf(made, pictures={said: a_picture()}))


@pytest.mark.parametrize("evil", HOSTILE)
def test_it_prints_what_people_write_and_runs_none_of_it(evil: str) -> None:
    """The same pages come out as of as many harmless words."""
    hostile, harmless = everywhere(evil), everywhere(re.sub(r"[^\w\n ]", "x", evil))
    pages = re.compile(rb"/Type/Pages/Count (\d+)")
    assert pages.findall(hostile) == pages.findall(harmless) != []
    assert hostile.count(b"/Subtype/Image") == harmless.count(b"/Subtype/Image") == 1
    assert b"root:" not in hostile


def test_no_word_of_people_ever_stands_in_typst() -> None:
    """What makes the test above hold for words nobody thought of: one source, and it evaluates nothing."""
    house = (Path(printing_module.__file__).parent / "house.typ").read_text()
    assert "eval(" not in house
    assert "import" not in house
    assert house.count("json(") == 1


def test_it_leaves_out_pictures_that_are_none() -> None:
    made = pdf(a_print(Picture("no"), Picture("not-there"), Picture("si", "Rosa")), pictures={"no": b"<svg/>", "si": a_picture("WEBP")})
    assert opened(made).count(b"/Subtype/Image") == 1


def test_it_does_not_claim_the_standard_where_no_font_has_the_sign() -> None:
    made = opened(pdf(a_print(Text(words("漢字")))))
    assert b"pdfuaid:part" not in made
    assert b"/Marked true" in made


def test_it_stops_what_takes_too_long_or_too_much() -> None:
    book = a_print(*(Text(words(f"Párrafo {number} " * 40)) for number in range(2_000)))
    with pytest.raises(NotPrinted):
        pdf(book, seconds=1, megabytes=200)
    with pytest.raises(NotPrinted):
        pdf(book, megabytes=200)


def test_the_press_has_no_secrets_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    given: dict[str, Any] = {}
    run = printing_module.subprocess.run

    def watched(*args: Any, **more: Any) -> Any:
        given.update(more)
        return run(*args, **more)

    monkeypatch.setattr(printing_module.subprocess, "run", watched)
    pdf(a_print(Text(words("Hola"))))
    assert given["env"] == {}


def test_a_document_of_blocks_becomes_pieces() -> None:
    document = read(
        {
            "version": 1,
            "blocks": [
                {"type": "heading", "text": "Agua", "level": 2},
                {"type": "text", "text": 'Dos <em>litros</em> <a href="/glosario/agua/">de agua</a>'},
                {"type": "columns", "columns": [{"blocks": [{"type": "quote", "text": "Sí", "by": "Alba"}]}]},
                {"type": "accordion", "folds": [{"title": "Más", "blocks": [{"type": "divider"}]}]},
                {"type": "button", "label": "Comprar", "href": "/productos/"},
            ],
        }
    )
    made = pieces_of(document, language="es", base="https://flores.example", below=1)
    assert made[0] == Heading(plain_runs("Agua"), 2)
    assert made[1] == Text((Run("Dos "), Run("litros", ("em",)), Run(" "), Run("de agua", (), "https://flores.example/glosario/agua/")))
    assert [one.named for one in made[2:]] == ["quote", "heading", "rule", "text"]
    assert made[-1] == Text(plain_runs("Comprar: https://flores.example/productos/"))


@pytest.mark.parametrize("href", ["javascript:alert(1)", "data:text/html,x", "/adentro/", "file:///etc/passwd"])
def test_links_that_lead_nowhere_keep_their_words(href: str) -> None:
    assert inline(f'<a href="{href}">aquí</a>') == (Run("aquí"),)
