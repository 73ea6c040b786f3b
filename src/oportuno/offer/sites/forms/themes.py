"""What one chooses of a theme, and files of themes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oportuno.offer.sites.rules.themes.format import FontFamily
from oportuno.offer.sites.rules.themes.look import Look

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

Choices = tuple[tuple[str, "str | StrPromise"], ...]
AS_IT_IS = ("", pgettext_lazy("look", "As the theme has it"))
WORDS: dict[str, tuple[str | StrPromise, Choices]] = {
    "header": (
        pgettext_lazy("look", "Head of the page"),
        (
            ("line", pgettext_lazy("look", "In one line")),
            ("centred", pgettext_lazy("look", "In the middle")),
            ("masthead", pgettext_lazy("look", "Large, as a newspaper")),
            ("block", pgettext_lazy("look", "A block of colour")),
        ),
    ),
    "cards": (
        pgettext_lazy("look", "Lists of posts"),
        (
            ("grid", pgettext_lazy("look", "Side by side")),
            ("lead", pgettext_lazy("look", "The newest large")),
            ("covers", pgettext_lazy("look", "Blocks of colour")),
            ("rows", pgettext_lazy("look", "One below the other, with pictures")),
            ("index", pgettext_lazy("look", "Lines without pictures")),
        ),
    ),
    "entry": (
        pgettext_lazy("look", "Picture of a post"),
        (
            ("above", pgettext_lazy("look", "Above its title")),
            ("below", pgettext_lazy("look", "Below its title")),
            ("cover", pgettext_lazy("look", "Behind its title")),
            ("beside", pgettext_lazy("look", "Beside its title")),
        ),
    ),
    "width": (
        pgettext_lazy("look", "Width"),
        (
            ("narrow", pgettext_lazy("look", "Narrow")),
            ("normal", pgettext_lazy("look", "Usual")),
            ("wide", pgettext_lazy("look", "Wide")),
        ),
    ),
    "side": (
        pgettext_lazy("look", "Categories and tags of the blog"),
        (("none", pgettext_lazy("look", "Below the posts")), ("right", pgettext_lazy("look", "Beside the posts"))),
    ),
    "paper": (
        pgettext_lazy("look", "Paper"),
        (
            ("plain", pgettext_lazy("look", "Plain")),
            ("dots", pgettext_lazy("look", "Dotted")),
            ("lines", pgettext_lazy("look", "Ruled")),
            ("squares", pgettext_lazy("look", "Squared")),
        ),
    ),
    "ornament": (
        pgettext_lazy("look", "Ornament of titles"),
        (
            ("none", pgettext_lazy("look", "None")),
            ("rule", pgettext_lazy("look", "A short line")),
            ("marker", pgettext_lazy("look", "Marker")),
            ("underline", pgettext_lazy("look", "Underlined")),
        ),
    ),
    "frame": (
        pgettext_lazy("look", "Pictures"),
        (
            ("plain", pgettext_lazy("look", "Without a frame")),
            ("line", pgettext_lazy("look", "With a fine line")),
            ("photo", pgettext_lazy("look", "As printed photographs")),
        ),
    ),
}
"""What rules.themes.layout lets one choose, in words."""
SCHEMES: Choices = (
    AS_IT_IS,
    ("auto", pgettext_lazy("look", "As the reader's device has it")),
    ("light", pgettext_lazy("look", "Always light")),
    ("dark", pgettext_lazy("look", "Always dark")),
)
SIZES: Choices = (
    ("", pgettext_lazy("look", "Usual")),
    ("small", pgettext_lazy("look", "Smaller")),
    ("large", pgettext_lazy("look", "Larger")),
)
CORNERS: Choices = (
    AS_IT_IS,
    ("square", pgettext_lazy("look", "Square")),
    ("soft", pgettext_lazy("look", "Soft")),
    ("round", pgettext_lazy("look", "Round")),
)


@dataclass(frozen=True)
class Swatch:
    """A colour of the palette. `usual`: what the theme has there."""

    slug: str
    name: str
    usual: str


class Choice(forms.ChoiceField):
    """One of several, of which the first is as the theme has it: nobody is told that it is optional."""

    def validate(self, value: Any) -> None:
        if value:
            super().validate(value)


class LookForm(forms.Form):
    """Everything that may be adjusted. Colours: `colour-<slug>` and `dark-<slug>`; the theme's own colour counts as unchosen."""

    use_required_attribute = False
    variation = Choice(label=pgettext_lazy("look", "Colours of the theme"), widget=forms.RadioSelect)
    scheme = Choice(label=pgettext_lazy("look", "Light or dark"), choices=SCHEMES)
    text_font = Choice(label=pgettext_lazy("look", "Letters of the text"))
    heading_font = Choice(label=pgettext_lazy("look", "Letters of the titles"))
    size = Choice(label=pgettext_lazy("look", "Size of the text"), choices=SIZES)
    corners = Choice(label=pgettext_lazy("look", "Corners"), choices=CORNERS)

    def __init__(
        self,
        data: Any = None,
        *,
        look: Look,
        palette: Iterable[Swatch],
        dark: Iterable[Swatch],
        fonts: Iterable[FontFamily],
        variations: Iterable[tuple[str, str]],
    ) -> None:
        super().__init__(data, initial=look.as_json())
        families = [AS_IT_IS, *((one.slug, one.name or one.slug) for one in fonts)]
        self.fields["text_font"].choices = families  # type: ignore[attr-defined]
        self.fields["heading_font"].choices = families  # type: ignore[attr-defined]
        self.fields["variation"].choices = [("", pgettext_lazy("look", "Usual")), *variations]  # type: ignore[attr-defined]
        for name, (label, choices) in WORDS.items():
            self.fields[name] = Choice(label=label, choices=(AS_IT_IS, *choices))
        self.palette, self.dark = list(palette), list(dark)
        self._add_colours("colour", self.palette, look.colours)
        self._add_colours("dark", self.dark, look.dark_colours)

    def _add_colours(self, prefix: str, swatches: Iterable[Swatch], chosen: Mapping[str, str]) -> None:
        for one in swatches:
            field = forms.RegexField(r"^#[0-9a-fA-F]{6}$", label=one.name, required=False, widget=forms.TextInput(attrs={"type": "color"}))
            self.fields[f"{prefix}-{one.slug}"] = field
            self.initial[f"{prefix}-{one.slug}"] = chosen.get(one.slug, one.usual)

    def look(self) -> dict[str, Any]:
        """What was chosen, as a site keeps it. After is_valid(); what is wrong counts as unchosen."""
        said = {name: value for name, value in self.cleaned_data.items() if value and "-" not in name}
        return {**said, "colours": self._colours("colour", self.palette), "dark_colours": self._colours("dark", self.dark)}

    def _colours(self, prefix: str, swatches: Iterable[Swatch]) -> dict[str, str]:
        given = {one: str(self.cleaned_data.get(f"{prefix}-{one.slug}") or "").lower() for one in swatches}
        return {one.slug: colour for one, colour in given.items() if colour and colour != one.usual}

    @property
    def colour_fields(self) -> list[Any]:
        return [self[f"colour-{one.slug}"] for one in self.palette]

    @property
    def dark_fields(self) -> list[Any]:
        return [self[f"dark-{one.slug}"] for one in self.dark]

    @property
    def layout_fields(self) -> list[Any]:
        return [self[name] for name in WORDS]


class ThemeFileForm(forms.Form):
    """A theme for the own site."""

    file = forms.FileField(label=_("Theme file (.zip)"))


class HandInForm(ThemeFileForm):
    """A version for the gallery."""

    news = forms.CharField(label=_("What is new in it"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}))


class DecisionForm(forms.Form):
    """What the market decides about a version."""

    verdict = forms.ChoiceField(choices=[("approve", _("Approve")), ("refuse", _("Not approve")), ("block", _("Block"))])
    reason = forms.CharField(label=_("Reason for its maker"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 4}))
