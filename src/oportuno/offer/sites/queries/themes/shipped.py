"""The themes that everybody has: folders of this application, in the form of any other theme."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.templatetags.static import static

from oportuno.kernel.errors import Broken
from oportuno.offer.sites.rules.themes.compiling import Source, digest_of
from oportuno.offer.sites.rules.themes.fonts import files_of
from oportuno.offer.sites.rules.themes.format import FontFamily, ThemeJson
from oportuno.offer.sites.rules.themes.packing import Header, Package, package_of

FOLDER = Path(__file__).resolve().parents[2] / "data"
NAMES = ("revista", "estudio", "vitrina", "cuaderno")
USUAL = "revista"
FONTS = "assets/fonts/"
SERVED = "vendor/fonts/"


@dataclass(frozen=True)
class Shipped:
    """One of ours: what it is made of, and how its files are served."""

    name: str
    package: Package
    source: Source
    digest: str

    @property
    def header(self) -> Header:
        return self.package.header


@lru_cache(maxsize=1)
def shipped() -> dict[str, Shipped]:
    """By name, in the order in which they are offered. Read once in a process."""
    return {name: _read(name) for name in NAMES}


@lru_cache(maxsize=1)
def common_fonts() -> tuple[FontFamily, ...]:
    """Families that any theme may be given: those of the shipped themes."""
    found: dict[str, FontFamily] = {}
    for one in shipped().values():
        for family in ThemeJson.model_validate(one.package.theme).settings.typography.font_families:
            found.setdefault(family.slug, family)
    return tuple(found.values())


@lru_cache(maxsize=1)
def common_files() -> dict[str, str]:
    """Paths of the files of these fonts inside of a theme → addresses."""
    return {path: static(SERVED + path.removeprefix(FONTS)) for family in common_fonts() for path in files_of(family)}


def font_file(path: str) -> bytes:
    """The bytes of one of these fonts, for who takes the theme away as a file."""
    found = finders.find(SERVED + path.removeprefix(FONTS))
    if not isinstance(found, str):
        raise Broken(f"The font {path} is not there; start the market again.")
    return Path(found).read_bytes()


def _read(name: str) -> Shipped:
    folder = FOLDER / name
    files = {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
    package = package_of(files)
    source = Source(package.theme, package.variations, _addresses(package.theme))
    return Shipped(name, package, source, digest_of(source))


def _addresses(theme: dict[str, Any]) -> dict[str, str]:
    families = ThemeJson.model_validate(theme).settings.typography.font_families
    return {path: static(SERVED + path.removeprefix(FONTS)) for family in families for path in files_of(family)}
