"""What people wrote in WordPress, in Gutenberg and before it, becomes blocks; no word is lost."""

from __future__ import annotations

import html
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oportuno.doors.integrations.wordpress.content import Converted, Shown, convert, settle
from oportuno.doors.integrations.wordpress.wxr import Item, read
from oportuno.kernel import content
from oportuno.kernel.packed import opened

WORD = re.compile(r"[\w']+")
APART = re.compile(
    r"<(/?)(p|h\d|li|ul|ol|div|td|th|tr|br|dt|dd|figcaption|figure|blockquote|pre|cite|option|legend|summary|table|a|address)\b"
)
CODES = re.compile(r"\[/?(?:caption|gallery|embed|audio|video|playlist)[^\]]*\]")


def _blocks(source: str, **more: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = convert(source, **more).document["blocks"]
    return found


@pytest.mark.parametrize(
    ("source", "blocks"),
    [
        ("Uno\n\nDos\ntres", [{"type": "text", "text": "Uno"}, {"type": "text", "text": "Dos<br>tres"}]),
        ("<b>Uno</b> <i>dos</i>", [{"type": "text", "text": "<strong>Uno</strong> <em>dos</em>"}]),
        ("<h1>A</h1><h6>B</h6>", [{"type": "heading", "text": "A"}, {"type": "heading", "text": "B", "level": 4}]),
        ("<!-- wp:paragraph -->\n<p>Uno\ndos</p>\n<!-- /wp:paragraph -->", [{"type": "text", "text": "Uno dos"}]),
        (
            "<ul><li>a<ol><li>b</li></ol></li><li>c</li></ul>",
            [{"type": "list", "items": [{"text": "a"}, {"text": "b", "level": 1}, {"text": "c"}]}],
        ),
        (
            '<!-- wp:list {"ordered":true,"start":3} --><ol start="3"><!-- wp:list-item --><li>x</li><!-- /wp:list-item --></ol><!-- /wp:list -->',
            [{"type": "list", "items": [{"text": "x"}], "numbered": True, "start": 3}],
        ),
        ("<blockquote><p>Di</p><cite>Ella</cite></blockquote>", [{"type": "quote", "text": "Di", "by": "Ella"}]),
        (
            "<blockquote><p>Di</p><ul><li>a</li></ul></blockquote>",
            [{"type": "quote", "text": "Di"}, {"type": "list", "items": [{"text": "a"}]}],
        ),
        ("<pre>a\n  b</pre>", [{"type": "code", "text": "a\n  b"}]),
        ('<pre class="wp-block-verse">a\nb</pre>', [{"type": "text", "text": "a<br>b"}]),
        ("<hr>", [{"type": "divider"}]),
        (
            "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td></tr></table>",
            [{"type": "table", "rows": [["a", "b"], ["1", ""]]}],
        ),
        (
            '<div class="wp-block-button is-style-outline"><a class="wp-block-button__link" href="/x">Ven</a></div>',
            [{"type": "button", "label": "Ven", "href": "/x", "look": "outline"}],
        ),
        (
            '<div class="wp-block-columns"><div class="wp-block-column"><p>a</p></div><div class="wp-block-column"><p>b</p></div></div>',
            [{"type": "columns", "columns": [{"blocks": [{"type": "text", "text": "a"}]}, {"blocks": [{"type": "text", "text": "b"}]}]}],
        ),
        (
            "<details><summary>¿Por qué?</summary><p>Porque sí.</p></details>",
            [{"type": "accordion", "folds": [{"title": "¿Por qué?", "blocks": [{"type": "text", "text": "Porque sí."}]}]}],
        ),
        ("https://youtu.be/ex8fMxXJDJw", [{"type": "video", "url": "https://youtu.be/ex8fMxXJDJw"}]),
        ("[embed]https://vimeo.com/123456[/embed]", [{"type": "video", "url": "https://vimeo.com/123456"}]),
        ("Antes<!--more-->Después", [{"type": "text", "text": "AntesDespués"}]),
        ("[sic] y [[gallery]]", [{"type": "text", "text": "[sic] y [gallery]"}]),
        ("<p>a<script>malo()</script></p>", [{"type": "text", "text": "a"}]),
        ('<a href="javascript:malo()">a</a>', [{"type": "text", "text": "a"}]),
        ("", []),
        ("&nbsp;\n\n<p></p>", []),
    ],
)
def test_it_makes_of_it(source: str, blocks: list[dict[str, Any]]) -> None:
    assert _blocks(source) == blocks


def test_pictures_wait_under_a_name_of_their_own_until_they_have_come() -> None:
    source = (
        '[caption width="300"]<a href="https://x.test/a.jpg"><img src="/a-300x200.jpg" alt="Rosa" class="wp-image-5"></a> Al sol[/caption]'
    )
    library = {"5": Shown("https://x.test/a.jpg")}
    found = convert(source, owner="1", base="https://x.test", library=library)
    (name,) = found.files
    assert found.files[name] == ("picture", "https://x.test/a.jpg")
    assert found.document["blocks"] == [{"type": "image", "picture": name, "alt": "Rosa", "caption": "Al sol"}]
    here = "11111111-1111-4111-8111-111111111111"
    assert settle(found.document, {name: here}, {})["blocks"][0]["picture"] == here
    gone = settle(found.document, {}, {name: "https://x.test/a.jpg"})["blocks"]
    assert gone == [{"type": "text", "text": '<a href="https://x.test/a.jpg" rel="noopener">Rosa</a><br>Al sol'}]
    assert name not in convert(source, owner="2", base="https://x.test", library=library).files


def test_a_gallery_by_numbers_finds_its_pictures() -> None:
    library = {str(number): Shown(f"https://x.test/{number}.jpg", alt=f"Rosa {number}") for number in (1, 2)}
    found = convert('[gallery ids="1,2,9" columns="2"]', library=library)
    assert [one["alt"] for one in found.document["blocks"][0]["pictures"]] == ["Rosa 1", "Rosa 2"]
    assert found.left[("picture", "gallery")] == 1


def test_what_has_no_equivalent_is_counted_and_its_words_stay() -> None:
    found = convert('<!-- wp:latest-posts /--><!-- wp:search {"label":"Buscar"} /--><!-- wp:latest-posts /-->[contact-form-7 id="4"]')
    assert dict(found.left) == {("block", "latest-posts"): 2, ("block", "search"): 1, ("code", "contact-form-7"): 1}
    assert found.blocks == ("latest-posts", "search")
    assert [one["text"] for one in found.document["blocks"]] == ["Buscar", '[contact-form-7 id="4"]']


def test_a_block_for_reuse_is_written_where_it_is_used() -> None:
    assert _blocks('<!-- wp:block {"ref":7} /-->', reused=lambda number: f"<p>De {number}</p>") == [{"type": "text", "text": "De 7"}]
    endless = '<!-- wp:block {"ref":7} /-->'
    assert _blocks(endless, reused=lambda number: endless) == []


@pytest.mark.parametrize(
    "source",
    [
        "<div>" * 5_000 + "hola" + "</div>" * 5_000,
        "<ul><li>" * 500 + "hola",
        "[caption " * 20_000 + "hola",
        "<p>hola</p>" * 5_000,
        "<br> " * 50_000 + "hola",
        "<!-- wp:a " + " " * 50_000 + "x--> hola",
        "hola " * 40_000,
        "hola" * 40_000,
        '<div class="wp-block-columns"><div class="wp-block-column">x</div><div class="wp-block-column">' * 12 + "hola",
        "<table>" + "<tr>" + "<td>hola</td>" * 40 + "</tr></table>",
        "<table>" + "<tr><td>hola</td></tr>" * 1_000 + "</table>",
        "<details><summary>a</summary>" * 30 + "hola",
    ],
    ids=range(12),
)
def test_the_strangest_pieces_keep_their_words(source: str) -> None:
    text = content.render_text(content.read(convert(source).document), language="es")
    assert text.count("hola") == source.count("hola")


@given(
    st.lists(
        st.sampled_from(["<p>", "</p>", "[gallery", "]", "<!-- wp:", "-->", "{", '"', "hola", "\n\n", "<li>", "<b>", "<img src=x>", "&"])
    )
)
def test_nothing_makes_it_fall(parts: list[str]) -> None:
    content.read(convert("".join(parts)).document)


@pytest.mark.parametrize(
    "name", ["theme-preview.xml", "small-export.xml", "valid-wxr-1.1.xml", "wxr-simple.xml", "themeunittestdata.wordpress.xml.xz"]
)
def test_no_word_of_real_sites_is_lost(cases: Path, name: str) -> None:
    path = cases / "wordpress" / name
    with opened(path if path.exists() else path.with_suffix("")) as file:
        items = [one for one in read(file) if isinstance(one, Item)]
    library = {one.number: Shown.of(one) for one in items if one.kind == "attachment"}
    assert any(one.content for one in items)
    for item in items:
        beside = tuple(Shown.of(one) for one in items if one.kind == "attachment" and one.parent == item.number and item.number)
        found = convert(item.content, base="https://viejo.example", library=library, beside=beside)
        assert not _words(_seen(item.content)) - _words(_shown(found)), item.slug


def _words(text: str) -> Counter[str]:
    return Counter(
        word for word in WORD.findall(re.sub(r"https?://\S+", "", text)) if word != "Download"
    )  # the word on every file's button


def _seen(source: str) -> str:
    """What a reader sees of it in WordPress, without shortcodes that are no words."""
    bare = re.sub(r"<!--.*?-->|<(script|style)\b.*?</\1>", " ", source, flags=re.DOTALL)
    return html.unescape(re.sub(r"<[^>]*>", "", APART.sub(r" <\1\2", CODES.sub(" ", bare))))


def _shown(found: Converted) -> str:
    """The same here, when no file could be had."""
    document = settle(found.document, {}, {name: address for name, (_sort, address) in found.files.items()})
    return content.render_text(content.read(document), language="en")
