"""A document as a whole mail: styles where mail programs look, fields left for whoever merges, nothing fetched from elsewhere."""

from __future__ import annotations

import re

from oportuno.kernel.content import MailFoot, MailLook, in_the_dark, read, render_mail
from oportuno.kernel.content.rendering.cards import mail_card
from oportuno.kernel.content.rendering.page import Page

PIECES = [
    {"type": "heading", "text": 'Rosas para {{ name | "amiga" }}'},
    {"type": "text", "text": 'Hola {{ name }}, <a href="/buscar/">mira</a> {% load x %} {{ 7*7 }}'},
    {"type": "button", "label": 'Ver, {{ name | "tú" }}', "href": "/productos/rosa/"},
    {"type": "columns", "columns": [{"blocks": [{"type": "text", "text": "uno"}]}, {"blocks": [{"type": "text", "text": "dos"}]}]},
]


def drawn(**more: object) -> str:
    foot = MailFoot(("Flores de Alba, <Calle> 1",), (("Darme de baja", "{{ way_out }}"),))
    said = {"title": "Rosas", "sender": "Flores <de> Alba", "look": MailLook(brand="#a01040"), "foot": foot, **more}
    return render_mail(read({"blocks": PIECES}), language="es-co", base="https://mercado.example", **said)


def test_fields_stay_as_they_are_and_probes_too() -> None:
    html = drawn()
    for kept in ('Rosas para {{ name | "amiga" }}', 'Ver, {{ name | "tú" }}', "{% load x %} {{ 7*7 }}", 'href="{{ way_out }}"'):
        assert kept in html


def test_addresses_are_whole_and_words_escaped() -> None:
    html = drawn()
    assert 'href="https://mercado.example/productos/rosa/"' in html
    assert 'href="https://mercado.example/buscar/"' in html
    assert "Flores &lt;de&gt; Alba" in html
    assert "&lt;Calle&gt;" in html


def test_styles_stand_in_the_elements_and_nothing_is_fetched() -> None:
    html = drawn()
    assert re.search(r'<h2 style="[^"]*font-size', html)
    assert "#a01040" in html
    assert not re.search(r"@import|<link|googleapis|src=\"http", html)
    assert "<script" not in html


def test_what_only_the_dark_shows_may_be_seen_in_daylight() -> None:
    html = drawn()
    assert "@media (prefers-color-scheme: dark)" in html
    assert "prefers-color-scheme" not in in_the_dark(html)


def test_pictures_go_out_as_jpeg_for_who_knows_no_webp() -> None:
    src = "/media/pictures/" + "a" * 64 + "-1280.webp"
    mail, page = Page("es-co", base="https://mercado.example"), Page("es-co")
    assert mail.picture(src) == f"https://mercado.example{src.removesuffix('.webp')}.jpg"
    assert page.picture(src) == src
    assert mail.picture("https://otro.example/rosa.webp") == "https://otro.example/rosa.webp"


def test_an_outlined_button_is_no_white_patch_in_the_dark() -> None:
    pieces = [{"type": "button", "label": "Pide", "href": "/x/", "look": "outline"}]
    html = render_mail(read({"blocks": pieces}), language="es-co", base="", title="x", look=MailLook(brand="#a01040", brand_dark="#ff90b0"))
    inline = html.partition("</head>")[2]
    assert 'class="outlined"' in inline
    assert "!important" not in inline, "nothing in the element outdoes what the dark says"
    assert re.search(r"\.outlined[^{]*\{[^}]*#ff90b0", html.partition("</head>")[0])


def test_a_card_has_its_picture_beside_its_words_and_above_them_on_a_phone() -> None:
    page = Page("es-co", base="https://mercado.example")
    card = mail_card(page, title="Rosa <roja>", href="/productos/rosa/", action="Ver", note="$ 100", src="/x.png")
    assert card.index("card-picture") < card.index("card-words")
    assert "Rosa &lt;roja&gt;" in card
    assert card.count('href="https://mercado.example/productos/rosa/"') == 3
    assert re.search(r"max-width: ?480px", drawn())
