"""The files that browsers get from others' packages: copied one by one from node_modules into `ui/static/vendor/`; and the editor of documents.

Only the standard library is used: the launcher runs this before anything is installed. Whole
package folders are never served: they name files that are not there, and weigh 70 times more.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

KERNEL = Path(__file__).resolve().parent
VENDOR = KERNEL / "ui" / "static" / "vendor"
ICON_NAMES = KERNEL / "ui" / "icons.txt"
STAMP = ".made-from"

COPIES = {
    "htmx.min.js": "htmx.org/dist/htmx.min.js",
    "leaflet/leaflet.js": "leaflet/dist/leaflet.js",
    "leaflet/leaflet.css": "leaflet/dist/leaflet.css",
    **{
        f"leaflet/images/{name}": f"leaflet/dist/images/{name}"
        for name in ("layers.png", "layers-2x.png", "marker-icon.png", "marker-icon-2x.png", "marker-shadow.png")
    },
}
FONTS = {  # family → package and file; Fraunces also has the axis of optical size, for headlines
    "Inter Variable": ("inter", "inter-{part}-wght-normal.woff2"),
    "Fraunces Variable": ("fraunces", "fraunces-{part}-opsz-normal.woff2"),
}
THEME_FONTS = {  # fonts of the themes that sites are shipped with: package → its files; the themes name them, pages of ours do not
    "newsreader": "newsreader-{part}-wght-normal.woff2 newsreader-{part}-wght-italic.woff2",
    "hanken-grotesk": "hanken-grotesk-{part}-wght-normal.woff2",
    "bricolage-grotesque": "bricolage-grotesque-{part}-opsz-normal.woff2",
    "bitter": "bitter-{part}-wght-normal.woff2 bitter-{part}-wght-italic.woff2",
    "caveat": "caveat-{part}-wght-normal.woff2",
}
UNICODE_RANGES = {  # what each part of a font holds, as its package says; a browser fetches only what a page uses
    "latin-ext": "U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+0304,U+0308,U+0329,U+1D00-1DBF,"
    "U+1E00-1E9F,U+1EF2-1EFF,U+2020,U+20A0-20AB,U+20AD-20C0,U+2113,U+2C60-2C7F,U+A720-A7FF",
    "latin": "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-206F,"
    "U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD",
}
FONT_FACE = """\
@font-face {{
  font-family: "{family}"; font-style: normal; font-display: swap; font-weight: 100 900;
  src: url("fonts/{file}") format("woff2");
  unicode-range: {range};
}}
"""
DEFAULT_ICONS = ["alert-triangle", "check", "chevron-down", "chevron-right", "home", "menu-2", "moon", "search", "sun", "user", "x"]
ICON_FOLDER = "@tabler/icons/icons/outline"
SYMBOL = (
    '<symbol id="{name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.5" '
    'stroke-linecap="round" stroke-linejoin="round">{shapes}</symbol>\n'
)
EDITOR = KERNEL / "content" / "editor"
"""The editor of documents is ours, over packages that only a bundler can put together."""
EDITOR_MADE = "content-editor.js"
BOUNDING_BOX = re.compile(r'<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*/>\s*')
SOURCE_MAP = re.compile(rb"^.*[#@] ?sourceMappingURL=.*$\n?", re.MULTILINE)


class MissingFile(Exception):
    """A package lacks a file that we serve; the sentence names it."""


def icon_names(listing: Path = ICON_NAMES) -> list[str]:
    """The icons that our pages use: one name a line, `#` begins a comment."""
    if not listing.exists():
        return DEFAULT_ICONS
    lines = (line.partition("#")[0].strip() for line in listing.read_text("utf-8").splitlines())
    return sorted({line for line in lines if line})


def fingerprint(lock: Path) -> str:
    """Changes when what would be made changes: the packages' versions, the icons' names, the editor or this file."""
    sources = [file.read_bytes() for file in sorted(EDITOR.glob("*.js"))]
    parts = (lock.read_bytes(), "\n".join(icon_names()).encode(), Path(__file__).read_bytes(), *sources)
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def is_current(lock: Path, vendor: Path = VENDOR) -> bool:
    """Are the files made from this lock file, and all still there?"""
    stamp = vendor / STAMP
    return stamp.exists() and stamp.read_text() == fingerprint(lock) and all((vendor / name).exists() for name in made_files())


def made_files() -> Iterator[str]:
    yield from COPIES
    yield from (f"fonts/{file}" for _, file, _, _ in _font_files())
    yield from (f"fonts/{file}" for _, file in _theme_font_files())
    yield from ("fonts.css", "icons.svg", EDITOR_MADE)


def make(packages: Path, lock: Path, vendor: Path = VENDOR) -> list[str]:
    """Make `vendor` from the npm packages in `packages`; raises MissingFile. Answers the names that no icon has.

    Made beside and renamed, so that a running server never sees half of it for long.
    """
    half = vendor.with_name(f".{vendor.name}.half")
    shutil.rmtree(half, ignore_errors=True)
    for target, source in COPIES.items():
        _copy(packages / source, half / target)
    for package, file, _, _ in _font_files():
        _copy(packages / "@fontsource-variable" / package / "files" / file, half / "fonts" / file)
    for package, file in _theme_font_files():
        _copy(packages / "@fontsource-variable" / package / "files" / file, half / "fonts" / file)
    (half / "fonts.css").write_text(fonts_css(), "utf-8")
    unknown = [name for name in icon_names() if not (packages / ICON_FOLDER / f"{name}.svg").exists()]
    (half / "icons.svg").write_text(sprite(packages / ICON_FOLDER, sorted(set(icon_names()) - set(unknown))), "utf-8")
    bundle(packages, EDITOR / "index.js", half / EDITOR_MADE)
    (half / STAMP).write_text(fingerprint(lock))
    shutil.rmtree(vendor, ignore_errors=True)
    half.rename(vendor)
    return unknown


def bundle(packages: Path, source: Path, target: Path) -> None:
    """One file of ours with all that it imports; raises MissingFile where the bundler is not there or says no."""
    found = sorted((packages / "@esbuild").glob("*/bin/esbuild"))  # the program itself: its package's script would need Node
    if not found:
        raise MissingFile(f"The bundler esbuild is missing in {packages}; delete that folder and start again.")
    command = [
        str(found[0]),
        str(source),
        "--bundle",
        "--minify",
        "--format=esm",
        "--target=es2022",
        f"--outfile={target}",
        "--log-level=error",
    ]
    done = subprocess.run(command, env={"NODE_PATH": str(packages)}, capture_output=True, text=True)
    if done.returncode:
        raise MissingFile(f"The editor could not be put together: {done.stderr.strip()}")


def fonts_css() -> str:
    return "".join(FONT_FACE.format(family=family, file=file, range=UNICODE_RANGES[part]) for _, file, family, part in _font_files())


def sprite(folder: Path, names: Iterable[str]) -> str:
    """One SVG of many symbols: `<svg><use href="…/icons.svg#home"/></svg>` draws one in the colour of the text."""
    symbols = "".join(SYMBOL.format(name=name, shapes=_shapes(folder / f"{name}.svg")) for name in names)
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{symbols}</svg>\n'


def _shapes(file: Path) -> str:
    """What is inside the <svg>, without the invisible box that every Tabler icon begins with."""
    drawing = file.read_text("utf-8")
    inside = drawing[drawing.index(">", drawing.index("<svg")) + 1 : drawing.rindex("</svg>")]
    return " ".join(BOUNDING_BOX.sub("", inside).split())


def _font_files() -> Iterator[tuple[str, str, str, str]]:
    """Package, file, family and part of each."""
    for family, (package, pattern) in FONTS.items():
        for part in UNICODE_RANGES:
            yield package, pattern.format(part=part), family, part


def _theme_font_files() -> Iterator[tuple[str, str]]:
    """Package and file of each."""
    for package, patterns in THEME_FONTS.items():
        for part in UNICODE_RANGES:
            yield from ((package, pattern.format(part=part)) for pattern in patterns.split())


def _copy(source: Path, target: Path) -> None:
    """Without the comment that names a source map: we do not serve it, and a hashed storage would look for it."""
    if not source.exists():
        raise MissingFile(f"The file {source} is missing; delete the folder node_modules and start again.")
    target.parent.mkdir(parents=True, exist_ok=True)
    content = source.read_bytes()
    target.write_bytes(SOURCE_MAP.sub(b"", content) if source.suffix in {".js", ".css"} else content)
