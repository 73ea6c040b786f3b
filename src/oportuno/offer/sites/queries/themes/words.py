"""What rules.themes says by codes, as sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oportuno.kernel.errors import Refusal
from oportuno.offer.sites.rules.themes.remarks import Remark, WrongTheme
from oportuno.offer.sites.rules.themes.roles import Reading

REFUSALS: Mapping[str, str | Promise] = {
    "too big": _("The file is bigger than %(most)s MB."),
    "no zip": _("This is not a .zip file that can be opened."),
    "bomb": _("The file unfolds to more than a theme needs."),
    "too many files": _("The file holds more than %(most)s files."),
    "leads out": _("A name in the file leads out of it: %(name)s."),
    "link": _("There is a link in the file instead of a file: %(name)s."),
    "twice": _("A name stands twice in the file: %(name)s."),
    "no theme.json": _("There is no theme.json in the file."),
    "no json": _("%(name)s is not JSON that can be read."),
    "json too big": _("%(name)s is bigger than %(most)s KB."),
    "wrong version": _("%(name)s has to be of version 3; it says %(version)s."),
    "no theme": _("%(name)s is not a theme."),
}
REMARKS: Mapping[str, str | Promise] = {
    "unsafe value": _("This value is not taken"),
    "leads nowhere": _("It refers to what is not said"),
    "wrong shape": _("This has the wrong shape and is left out"),
    "unknown": _("Not known here and left out"),
    "custom css": _("Rules of your own are not taken; what theme.json can say is"),
    "block not ours": _("Pages have no such block here; it changes nothing"),
    "not its own file": _("Only files that the theme brings are used"),
    "illegible size": _("Too small or too large to be read; left out"),
    "code": _("Themes bring no code; left out"),
    "drawing": _("Drawings (SVG) are not taken; bring a picture"),
    "font format": _("Fonts come as .woff2; left out"),
    "wrong type": _("It is not what its name says; left out"),
    "too heavy": _("Too heavy; left out"),
    "too many": _("More than can be used"),
    "ignored file": _("Not used here"),
    "variation left out": _("This variation cannot be read"),
}
READINGS: Mapping[str, str | Promise] = {
    "text": _("Text on the ground"),
    "quiet": _("Quiet text on the ground"),
    "link": _("Links on the ground"),
    "button": _("Words on buttons"),
    "header": _("Words in the header"),
    "footer": _("Words in the foot"),
    "card": _("Text on cards"),
    "block": _("Text in blocks with a colour"),
}
CHECKS: Mapping[str, str | Promise] = {
    "name": _("It has a name"),
    "licence": _("Its licence lets others use it"),
    "version": _("It says its version"),
    "contrast": _("Everything can be read on its ground"),
    "size": _("Running text is at least 15 pixels"),
    "fonts": _("Its fonts weigh no more than 500 KB"),
    "css": _("Its rules weigh no more than 60 KB"),
    "dark": _("It has a variation for the dark"),
    "remarks": _("Nothing of it was left out"),
}
COLOURS: Mapping[str, str | Promise] = {
    "base": pgettext_lazy("colour", "Ground"),
    "contrast": pgettext_lazy("colour", "Text"),
    "accent": pgettext_lazy("colour", "Accent"),
    "on-accent": pgettext_lazy("colour", "Words on the accent"),
    "quiet": pgettext_lazy("colour", "Quiet text"),
    "line": pgettext_lazy("colour", "Lines"),
    "surface": pgettext_lazy("colour", "Surfaces"),
    "header": pgettext_lazy("colour", "Header"),
    "on-header": pgettext_lazy("colour", "Words in the header"),
    "footer": pgettext_lazy("colour", "Foot"),
    "on-footer": pgettext_lazy("colour", "Words in the foot"),
    "block-1": pgettext_lazy("colour", "First block"),
    "block-2": pgettext_lazy("colour", "Second block"),
    "block-3": pgettext_lazy("colour", "Third block"),
    "mark": pgettext_lazy("colour", "Marker"),
}
"""Names that palettes give their colours, as WordPress designers and we do; others keep what their designer called them."""
SCHEMES: Mapping[str, str | Promise] = {"light": pgettext_lazy("scheme", "Light"), "dark": pgettext_lazy("scheme", "Dark")}


def refusal_of(wrong: WrongTheme, field: str = "file") -> Refusal:
    return Refusal(str(REFUSALS[wrong.code]) % wrong.data, field=field)


@dataclass(frozen=True)
class Told:
    """Remarks of one kind: the sentence, and where it holds."""

    sentence: str
    places: list[tuple[str, str]]


def told(remarks: Iterable[Remark]) -> list[Told]:
    """In the order of how much it matters."""
    grouped: dict[str, list[tuple[str, str]]] = {code: [] for code in REMARKS}
    for remark in remarks:
        grouped.setdefault(remark.code, []).append((remark.where, remark.what))
    return [Told(str(REMARKS.get(code, code)), places) for code, places in grouped.items() if places]


def reading_words(reading: Reading) -> str:
    return str(READINGS[reading.name])


def check_words(code: str, variation: str = "") -> str:
    """What was looked at; of a pairing that does not read, which one."""
    words = str(READINGS.get(code.removeprefix("contrast "), "")) if code.startswith("contrast ") else str(CHECKS.get(code, code))
    return f"{words} ({variation})" if variation else words
