"""Of themes that mean harm nothing is taken that could do any (threat T32)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import tinycss2

from oportuno.offer.sites.rules.themes.compiling import Compiled, Source, compiled
from oportuno.offer.sites.rules.themes.look import Look
from oportuno.offer.sites.rules.themes.packing import package_of, unpacked
from oportuno.offer.sites.rules.themes.places import BLOCKS, ELEMENTS
from oportuno.offer.sites.rules.themes.remarks import WrongTheme
from oportuno.offer.sites.tests.hostile import INERT, REFUSED

AT_RULES = {"layer", "media", "font-face"}
PROPERTIES = re.compile(
    r"--[a-z0-9-]+|color|color-scheme|background-(color|image|size|position|repeat|attachment)|font-(family|size|style|weight|display|stretch)"
    r"|letter-spacing|line-height|text-(align|decoration|indent|transform)|(margin|padding)(-\w+)?|border(-\w+){0,2}|border-\w+-\w+-radius"
    r"|outline-\w+|aspect-ratio|min-height|box-shadow|unicode-range|src"
)
NEVER = ("evil.example", "@import", "expression", "javascript", "<", "\\", "!important", "attr(", "image-set", "element(", "position:")
OURS = {".site-page", ":root", "[data-theme", ".site-page .button.outline", *ELEMENTS.values(), *BLOCKS.values()}


def worn(theme: bytes) -> Compiled:
    package = package_of(unpacked(theme))
    return compiled(Source(package.theme, package.variations, {}))


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


@pytest.mark.parametrize("theme", REFUSED.values(), ids=REFUSED)
def test_it_refuses_a_file_that_is_no_theme(theme: bytes) -> None:
    with pytest.raises(WrongTheme):
        package_of(unpacked(theme))


@pytest.mark.parametrize("theme", INERT.values(), ids=INERT)
def test_what_it_takes_of_a_hostile_theme_does_nothing(theme: bytes) -> None:
    made = worn(theme)
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
