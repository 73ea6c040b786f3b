"""Of themes that mean harm nothing is taken that could do any (threat T32)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import tinycss2

from oportuno.offer.sites.rules.themes.compiling import Compiled, Source, compiled
from oportuno.offer.sites.rules.themes.look import Look
from oportuno.offer.sites.rules.themes.packing import WOFF2, package_of, unpacked
from oportuno.offer.sites.rules.themes.places import BLOCKS, ELEMENTS
from oportuno.offer.sites.rules.themes.remarks import WrongTheme
from oportuno.offer.sites.tests.hostile import INERT, REFUSED, theme

AT_RULES = {"layer", "media", "font-face"}
PROPERTIES = re.compile(
    r"--[a-z0-9-]+|color|color-scheme|background-(color|image|size|position|repeat|attachment)|font-(family|size|style|weight|display|stretch)"
    r"|letter-spacing|line-height|text-(align|decoration|indent|transform)|(margin|padding)(-\w+)?|border(-\w+){0,2}|border-\w+-\w+-radius"
    r"|outline-\w+|aspect-ratio|min-height|box-shadow|unicode-range|src"
)
NEVER = ("evil.example", "@import", "expression", "javascript", "<", "\\", "!important", "attr(", "image-set", "element(", "position:")
OURS = {".site-page", ":root", "[data-theme", ".site-page .button.outline", *ELEMENTS.values(), *BLOCKS.values()}


def worn(content: bytes) -> Compiled:
    package = package_of(unpacked(content))
    return compiled(Source(package.theme, package.variations, {}))


def woff2(*, length: int = 0, private: int = 0) -> bytes:
    """The head of a font, with nothing behind it."""
    return WOFF2.pack(b"wOF2", 0x00010000, length or WOFF2.size, 4, 0, 1000, 0, 1, 0, 0, 0, 0, 0, private)


def rules_of(css: str) -> list[tuple[str, list[str]]]:
    """(selector, properties) of every rule, whatever it lies in."""
    found = []
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        assert rule.type in ("at-rule", "qualified-rule"), rule.serialize()
        if rule.type == "at-rule":
            assert rule.at_keyword in AT_RULES
            if rule.at_keyword != "font-face":
                found += rules_of(tinycss2.serialize(rule.content))
        else:
            said = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
            assert all(one.type == "declaration" for one in said), tinycss2.serialize(rule.content)
            found.append((tinycss2.serialize(rule.prelude).strip(), [one.name for one in said]))
    return found


@pytest.mark.parametrize("content", REFUSED.values(), ids=REFUSED)
def test_it_refuses_a_file_that_is_no_theme(content: bytes) -> None:
    with pytest.raises(WrongTheme):
        package_of(unpacked(content))


@pytest.mark.parametrize("content", INERT.values(), ids=INERT)
def test_what_it_takes_of_a_hostile_theme_does_nothing(content: bytes) -> None:
    made = worn(content)
    assert not [word for word in NEVER if word in made.css]
    assert "url(" not in made.css  # none of them brings a file that is one
    for selector, properties in rules_of(made.css):
        assert all(any(ours in part for ours in OURS) for part in re.split(r",\s(?![^(]*\))", selector)), selector
        assert all(PROPERTIES.fullmatch(name) for name in properties), (selector, properties)
    assert re.fullmatch(r"[a-z -]+", made.layout.classes)


def test_there_are_forty_of_them_and_more() -> None:
    assert len(REFUSED) + len(INERT) >= 40


@pytest.mark.parametrize(
    "name", ["an address as a colour", "a font from elsewhere", "rules of its own", "code of others", "a background that is code"]
)
def test_it_tells_what_it_left_out(name: str) -> None:
    package = package_of(unpacked(INERT[name]))
    made = compiled(Source(package.theme, package.variations, {}))
    assert [*package.remarks, *made.remarks]


def test_it_writes_nothing_where_the_file_leads(tmp_path: Path) -> None:
    """Nothing is unpacked to disk: what a path in the file names is not there afterwards."""
    with pytest.raises(WrongTheme):
        unpacked(REFUSED["a path that leads out"])
    assert not Path("/etc/cron.d/evil").exists()
    assert list(tmp_path.iterdir()) == []


def test_a_look_that_was_tampered_with_is_no_rule() -> None:
    """What a site keeps of its choices is read as strictly as what a theme says."""
    from oportuno.offer.sites.rules.themes.look import look_of

    evil = "red;}*{background:url(https://evil.example)"
    look = look_of({"colours": {"base": evil}, "text_font": evil, "header": evil, "size": "huge", "variation": "../x", "scheme": "light"})
    assert look == Look(scheme="light")


@pytest.mark.parametrize("name", ["words too small to read", "words too small by counting", "words as large as a wall"])
def test_it_lets_no_theme_hide_words_by_their_size(name: str) -> None:
    assert "font-size: " not in worn(INERT[name]).css.split("--on-block-3")[1]


@pytest.mark.parametrize(
    "content", [b"", b"<html>" * 20, woff2(length=9), woff2(private=40), woff2()[:-1]], ids=["empty", "html", "cut", "private", "short"]
)
def test_a_font_is_one_by_what_is_in_it(content: bytes) -> None:
    package = package_of(unpacked(theme({"assets/fonts/a.woff2": content})))
    assert package.fonts == {}
    assert [one.code for one in package.remarks] == ["wrong type"]


@pytest.mark.parametrize("said", [{"fontFamily": 'x";}@import "y'}, {"fontWeight": "400;src:url(x)"}, {"fontStyle": "italic;color:red"}])
def test_a_font_that_is_one_is_still_named_like_one(said: dict[str, str]) -> None:
    face = {"fontFamily": "Buena", "src": "file:./assets/fonts/a.woff2", "unicodeRange": "U+0-FF;src:url(x)", "fontStretch": "x;y", **said}
    family = {"slug": "f", "fontFamily": "Buena", "fontFace": [face]}
    brought = theme(
        {"assets/fonts/a.woff2": woff2()},
        settings={"typography": {"fontFamilies": [family]}},
        styles={"typography": {"fontFamily": "var:preset|font-family|f"}},
    )
    package = package_of(unpacked(brought))
    assert list(package.fonts) == ["assets/fonts/a.woff2"]
    made = compiled(Source(package.theme, {}, {"assets/fonts/a.woff2": "/temas/archivos/a.woff2"}))
    assert "@font-face" not in made.css
    fine = {**face, "fontFamily": "Buena", "fontWeight": "400", "fontStyle": "normal"}
    good = package_of(unpacked(theme({"assets/fonts/a.woff2": woff2()}, settings={"typography": {"fontFamilies": [{**family, "fontFace": [fine]}]}}, styles={"typography": {"fontFamily": "var:preset|font-family|f"}})))  # fmt: skip
    shown = compiled(Source(good.theme, {}, {"assets/fonts/a.woff2": "/temas/archivos/a.woff2"}))
    assert shown.css.count("url(") == 1
    assert "unicode-range" not in shown.css
