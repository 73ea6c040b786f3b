"""Colours as numbers: what may be read on what, and the nearest colour that may."""

from __future__ import annotations

import colorsys
from collections.abc import Mapping

import tinycss2
from tinycss2 import color5

from oportuno.kernel.packs.identity import BODY, LABEL, contrast

RGB = tuple[float, float, float]
STEPS = 100
"""Of lightness, between a colour and black or white."""
D65 = ((3.2409699, -1.5373832, -0.4986108), (-0.9692436, 1.8759675, 0.0415551), (0.0556301, -0.2039770, 1.0569715))
D50 = ((3.1341359, -1.6173863, -0.4906619), (-0.9787955, 1.9162544, 0.0334427), (0.0719554, -0.2289768, 1.4053860))
WHITES = {"oklab": ("xyz-d65", D65), "oklch": ("xyz-d65", D65), "lab": ("xyz-d50", D50), "lch": ("xyz-d50", D50)}
"""XYZ to linear sRGB, as CSS Color 4 gives it (D50: adapted by Bradford)."""

__all__ = ["BODY", "LABEL", "RGB", "as_hex", "blend", "contrast", "is_dark", "nearest", "resolved"]


def resolved(text: str, variables: Mapping[str, str], ground: str = "#ffffff", depth: int = 0) -> str | None:
    """A colour as #rrggbb, laid on `ground` where it is not opaque; None where it cannot be told."""
    tokens = [one for one in tinycss2.parse_component_value_list(text) if one.type != "whitespace"]
    if len(tokens) != 1 or depth > 8:
        return None
    token = tokens[0]
    if token.type == "function" and token.lower_name == "var":
        name = next((one.value for one in token.arguments if one.type == "ident"), "")
        return resolved(variables[name], variables, ground, depth + 1) if name in variables else None
    try:
        colour = color5.parse_color(token)
        if colour is None or isinstance(colour, str):
            return None
        red, green, blue = _srgb(colour)
    except (ValueError, NotImplementedError, TypeError):
        return None
    alpha = 1.0 if colour.alpha is None else float(colour.alpha)
    return blend(as_hex((red, green, blue)), ground, alpha)


def _srgb(colour: color5.Color) -> RGB:
    """Coordinates from 0 to 1; what a screen cannot show is cut off. Raises NotImplementedError for rarer spaces."""
    if colour.space in WHITES:
        space, matrix = WHITES[colour.space]
        x, y, z = colour.to(space).coordinates
        red, green, blue = (_gamma(a * x + b * y + c * z) for a, b, c in matrix)
    else:
        red, green, blue = (part or 0.0 for part in colour.to("srgb").coordinates)
    return min(max(red, 0.0), 1.0), min(max(green, 0.0), 1.0), min(max(blue, 0.0), 1.0)


def _gamma(linear: float) -> float:
    return 12.92 * linear if linear <= 0.0031308 else 1.055 * linear ** (1 / 2.4) - 0.055


def as_hex(rgb: RGB) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in rgb)


def blend(over: str, under: str, share: float) -> str:
    """`share` of the one over the other, 0 to 1."""
    pairs = zip(_channels(over), _channels(under), strict=True)
    red, green, blue = (one * share + other * (1 - share) for one, other in pairs)
    return as_hex((red, green, blue))


def is_dark(colour: str) -> bool:
    """Whether white reads better on it than black."""
    return contrast(colour, "#ffffff") >= contrast(colour, "#000000")


def nearest(colour: str, ground: str, least: float = LABEL) -> str:
    """The colour of the same hue, lighter or darker by as little as it takes, that reads on `ground` with a contrast of `least`."""
    if contrast(colour, ground) >= least:
        return colour
    hue, lightness, saturation = colorsys.rgb_to_hls(*_channels(colour))
    for step in range(1, STEPS + 1):
        for towards in (lightness - step / STEPS, lightness + step / STEPS):
            if 0 <= towards <= 1:
                candidate = as_hex(colorsys.hls_to_rgb(hue, towards, saturation))
                if contrast(candidate, ground) >= least:
                    return candidate
    return "#ffffff" if is_dark(ground) else "#000000"


def _channels(colour: str) -> RGB:
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return red, green, blue
