"""The look keeps its own rules: contrast, both themes complete, no file that is not there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

UI = Path(__file__).resolve().parents[1]
STATIC = UI / "static" / "ui"
TOKENS = (STATIC / "tokens.css").read_text("utf-8")
BODY, LABEL, MARK = 7.0, 4.5, 3.0  # WCAG: AAA for body text, AA for words, AA for marks


def block(selector: str) -> dict[str, str]:
    found = re.search(re.escape(selector) + r" \{(.*?)\}", TOKENS, re.DOTALL)
    assert found, selector
    return dict(re.findall(r"(--[\w-]+|color-scheme): ([^;]+);", found[1]))


LIGHT, DARK, DEVICE = block(':root, [data-theme="light"]'), block('\n  [data-theme="dark"]'), block(':root:not([data-theme="light"])')


def luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_dark_theme_is_the_same_whoever_chose_it():
    assert DARK == DEVICE
    assert set(DARK) == set(LIGHT)


PAIRS = [
    *[("ink", ground, BODY) for ground in ("ground", "surface", "sunken")],
    *[("ink-quiet", ground, LABEL) for ground in ("ground", "surface", "sunken")],
    *[(state, ground, LABEL) for state in ("brand", "accent", "good", "warning", "bad", "info") for ground in ("ground", "surface")],
    *[("ink", f"{state}-soft", BODY) for state in ("good", "warning", "bad", "info")],
    *[(state, f"{state}-soft", LABEL) for state in ("good", "warning", "bad", "info")],
    ("on-brand", "brand", LABEL), ("on-accent", "accent", LABEL), ("on-brand-soft", "brand-soft", LABEL),
    ("line-strong", "surface", MARK), *[(f"chart-{n}", "surface", MARK) for n in range(1, 7)],
]  # fmt: skip


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("word", "ground", "least"), PAIRS)
def test_everything_can_be_read(theme, word, ground, least):
    colour = re.sub(r"var\((--[\w-]+)\)", lambda found: theme[found[1]], theme[f"--{word}"])
    assert contrast(colour, theme[f"--{ground}"]) >= least


def test_every_icon_that_is_named_is_in_the_list():
    listed = {line for line in (UI / "icons.txt").read_text("utf-8").splitlines() if line and not line.startswith("#")}
    sources = [file.read_text("utf-8") for file in (*UI.glob("templates/**/*.html"), *UI.glob("*.py"), *UI.glob("tags/*.py"))]
    named = {name for source in sources for name in re.findall(r"""(?:\bicon "|\bicon=")([a-z][a-z0-9-]+)""", source)}
    assert named - listed == set()


def test_every_file_that_a_page_links_is_there():
    pages = (*UI.glob("templates/**/*.html"),)
    linked = {path for page in pages for path in re.findall(r'{% static "(ui/[^"]+)" %}', page.read_text("utf-8"))}
    assert linked
    assert [path for path in linked if not (UI / "static" / path).exists()] == []


def test_no_template_carries_what_the_policy_refuses():
    for page in UI.glob("templates/**/*.html"):
        source = page.read_text("utf-8")
        assert not re.search(r"\sstyle=|\son[a-z]+=|<style|javascript:", source), page
        assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", source)), page
