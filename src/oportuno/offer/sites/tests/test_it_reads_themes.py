"""Themes as designers write them: what is taken, and how it looks on our pages."""

from __future__ import annotations

import json
from typing import Any

import pytest

from oportuno.offer.sites.queries.themes.shipped import NAMES, shipped
from oportuno.offer.sites.rules.themes.colours import contrast, nearest, resolved
from oportuno.offer.sites.rules.themes.compiling import Compiled, Source, compiled
from oportuno.offer.sites.rules.themes.look import Look, look_of
from oportuno.offer.sites.rules.themes.measures import pixels
from oportuno.offer.sites.rules.themes.presets import kebab
from oportuno.offer.sites.rules.themes.reading import plain, read
from oportuno.offer.sites.rules.themes.remarks import Remarks, WrongTheme
from oportuno.offer.sites.rules.themes.versions import is_newer

PALETTE = [
    {"slug": "base", "name": "Base", "color": "#ffffff"},
    {"slug": "contrast", "name": "Contrast", "color": "#111111"},
    {"slug": "accent-1", "name": "Accent", "color": "#0a58ca"},
]


def worn(look: Look | None = None, variations: dict[str, Any] | None = None, files: dict[str, str] | None = None, **parts: Any) -> Compiled:
    remarks = Remarks()
    theme = plain(read(json.dumps({"version": 3, **parts}).encode(), remarks))
    made = compiled(Source(theme, variations or {}, files or {}), look or Look())
    made.remarks.extend(remarks)
    return made


def palette(*more: dict[str, str]) -> dict[str, Any]:
    return {"color": {"palette": [*PALETTE, *more]}}


def test_a_colour_of_the_palette_is_named_as_wordpress_names_it() -> None:
    made = worn(settings=palette(), styles={"color": {"text": "var:preset|color|accent-1"}})
    assert "--wp--preset--color--accent-1: #0a58ca" in made.css
    assert ".site-page { color: var(--wp--preset--color--accent-1) }" in made.css


def test_elements_and_blocks_of_wordpress_are_ours() -> None:
    blocks = {"core/quote": {"border": {"left": {"width": "2px"}}}, "core/site-title": {"typography": {"fontSize": "2rem"}}}
    made = worn(
        styles={"elements": {"h2": {"color": {"text": "#222222"}}, "link": {":hover": {"color": {"text": "#333333"}}}}, "blocks": blocks}
    )
    assert ".site-page .content h2 { color: #222222 }" in made.css
    assert ":hover { color: #333333 }" in made.css
    assert ".site-page .content .block-quote { border-left-width: 2px; border-left-style: solid }" in made.css
    assert ".site-header .site-title { font-size: 2rem }" in made.css


def test_a_reference_is_followed() -> None:
    made = worn(styles={"color": {"text": "#123123"}, "blocks": {"core/quote": {"color": {"text": {"ref": "styles.color.text"}}}}})
    assert ".block-quote { color: #123123 }" in made.css


def test_a_fluid_size_grows_between_what_it_says() -> None:
    sizes = [{"slug": "large", "size": "3rem", "fluid": {"min": "2rem", "max": "3rem"}}]
    made = worn(settings={"typography": {"fontSizes": sizes}})
    value = made.css.split("--wp--preset--font-size--large: ")[1].split(";")[0]
    assert pixels(value, {}, screen=320) == pytest.approx(32, abs=0.5)
    assert pixels(value, {}, screen=1600) == pytest.approx(48, abs=0.5)


def test_what_has_the_wrong_shape_is_left_out_and_the_rest_stays() -> None:
    made = worn(settings=palette({"slug": "no slug", "color": "#fff"}), styles={"color": {"text": ["red"], "background": "#fafafa"}})
    assert "background-color: #fafafa" in made.css
    assert {one.code for one in made.remarks} == {"wrong shape"}


def test_what_we_do_not_know_is_told_but_switches_of_another_editor_are_not() -> None:
    made = worn(settings={"appearanceTools": True, "color": {"custom": False}, "shiny": {"a": 1}}, styles={"filter": {"duotone": "x"}})
    assert {one.where for one in made.remarks} == {"settings.shiny", "styles.filter"}


def test_only_files_that_a_theme_brings_become_fonts() -> None:
    family = {"slug": "f", "fontFamily": "F, serif", "fontFace": [{"fontFamily": "F", "src": ["file:./assets/fonts/f.woff2"]}]}
    said: dict[str, Any] = {
        "settings": {"typography": {"fontFamilies": [family]}},
        "styles": {"typography": {"fontFamily": "var:preset|font-family|f"}},
    }
    made = worn(files={"assets/fonts/f.woff2": "/temas/archivos/f.woff2"}, **said)
    assert 'src: url("/temas/archivos/f.woff2") format("woff2")' in made.css
    assert made.preload == ("/temas/archivos/f.woff2",)
    without = worn(**said)
    assert "@font-face" not in without.css
    assert [one.code for one in without.remarks] == ["not its own file"]


def test_a_dark_variation_is_worn_where_the_device_is_dark() -> None:
    dark = {"settings": {"color": {"palette": [{"slug": "base", "color": "#101010"}, {"slug": "contrast", "color": "#f5f5f5"}]}}}
    said: dict[str, Any] = {
        "settings": palette(),
        "styles": {"color": {"text": "var:preset|color|contrast", "background": "var:preset|color|base"}},
    }
    made = worn(variations={"dark": dark}, **said)
    assert made.scheme == "auto"
    assert made.dark
    assert (made.light.ground, made.dark.ground) == ("#ffffff", "#101010")
    inside = made.css.split("@media (prefers-color-scheme: dark) {")[1]
    assert "--wp--preset--color--base: #101010" in inside
    assert "prefers-color-scheme" not in worn(Look(scheme="light"), variations={"dark": dark}, **said).css
    assert worn(Look(scheme="dark"), variations={"dark": dark}, **said).scheme == "dark"


def test_a_site_lays_its_own_colours_fonts_and_form_over_the_theme() -> None:
    one = shipped()["revista"]
    made = compiled(one.source, look_of({"colours": {"accent": "#005f5f"}, "header": "line", "corners": "round", "size": "large"}))
    assert "--wp--preset--color--accent: #005f5f" in made.css
    assert "header-line" in made.layout.classes
    assert "border-radius: 999px" in made.css
    assert "font-size: 112.5%" in made.css
    assert "--wp--preset--color--accent: #9b1c31" in compiled(one.source).css  # the theme itself stays


@pytest.mark.parametrize("name", NAMES)
def test_everything_can_be_read_in_the_themes_we_ship(name: str) -> None:
    one = shipped()[name]
    assert not one.package.remarks
    for slug in ("", *one.package.variations):
        made = compiled(one.source, Look(variation=slug))
        assert not made.remarks
        assert [(scheme, pair.name) for scheme, pair in made.readings() if not pair.passes] == []
        assert made.body_size
        assert made.body_size >= 15


def test_the_four_are_different_in_kind() -> None:
    made = [compiled(one.source) for one in shipped().values()]
    assert len({one.layout.header for one in made}) == len({one.layout.cards for one in made}) == 4
    assert len({one.preload for one in made}) == 4
    assert all(one.dark for one in made)


@pytest.mark.parametrize(
    ("colour", "ground"), [("#f0c040", "#ffffff"), ("#333333", "#222222"), ("#808080", "#808080"), ("#ffffff", "#fefefe")]
)
def test_the_nearest_colour_that_passes_passes(colour: str, ground: str) -> None:
    assert contrast(nearest(colour, ground), ground) >= 4.5


def test_a_colour_that_lets_the_ground_through_is_measured_as_it_is_seen() -> None:
    assert resolved("rgb(0 0 0 / 50%)", {}, "#ffffff") == "#808080"
    assert resolved("oklch(1 0 0)", {}) == "#ffffff"
    assert resolved("color-mix(in srgb, red, blue)", {}) is None


@pytest.mark.parametrize(
    ("said", "written"), [("contentSize", "content-size"), ("base2", "base-2"), ("2xl", "2-xl"), ("accent-1", "accent-1")]
)
def test_names_are_written_as_wordpress_writes_them(said: str, written: str) -> None:
    assert kebab(said) == written


def test_versions_are_numbers_not_words() -> None:
    assert is_newer("1.10", "1.9")
    assert not is_newer("1.2", "1.2.0")


@pytest.mark.parametrize("content", [b"", b"[]", b"null", b'{"version": 1}', b"\xff\xfe", b'{"version": true}'])
def test_what_is_no_theme_json_is_refused(content: bytes) -> None:
    with pytest.raises(WrongTheme):
        read(content, Remarks())


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("clamp(30px, 5vw, 50px);", "clamp(30px, 5vw, 50px)"),
        ("2rem !important", "2rem"),
        ("var(--wp--custom--gone, 1.25rem)", "var(--wp--custom--gone, 1.25rem)"),
        ("calc(var(--wp--style--block-gap) * 2)", "calc(var(--wp--style--block-gap) * 2)"),
    ],
)
def test_values_are_taken_as_designers_write_them(given: str, written: str) -> None:
    made = worn(styles={"blocks": {"core/quote": {"spacing": {"padding": {"left": given}}}}})
    assert f"padding-left: {written} }}" in made.css
    assert not made.remarks


def test_words_in_a_block_with_a_ground_of_its_own_are_measured_on_it() -> None:
    said: dict[str, Any] = {"styles": {"blocks": {"core/quote": {"color": {"background": "#ffd34d", "text": "#c9a400"}}}}}
    made = worn(**said)
    assert [(one.words, one.ground) for _scheme, one in made.readings() if not one.passes] == [("#c9a400", "#ffd34d")]
    assert ".block-quote a:not(.button) { color: inherit }" in made.css
