"""The few strokes everything is drawn with. Coordinates are rounded: a picture stays under 6 KB."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape


def n(value: float) -> str:
    """A number as short as the eye allows."""
    return f"{value:.1f}".removesuffix(".0")


def path(d: str, fill: str = "none", more: str = "") -> str:
    return f'<path d="{d}" fill="{fill}"{more and " " + more}/>'


def line(d: str, colour: str, width: float, more: str = "") -> str:
    return path(d, "none", f'stroke="{colour}" stroke-width="{n(width)}" stroke-linecap="round"{more and " " + more}')


def circle(x: float, y: float, r: float, fill: str, more: str = "") -> str:
    return f'<circle cx="{n(x)}" cy="{n(y)}" r="{n(r)}" fill="{fill}"{more and " " + more}/>'


def ellipse(x: float, y: float, rx: float, ry: float, fill: str, more: str = "") -> str:
    return f'<ellipse cx="{n(x)}" cy="{n(y)}" rx="{n(rx)}" ry="{n(ry)}" fill="{fill}"{more and " " + more}/>'


def rect(x: float, y: float, w: float, h: float, fill: str, r: float = 0, more: str = "") -> str:
    return f'<rect x="{n(x)}" y="{n(y)}" width="{n(w)}" height="{n(h)}" rx="{n(r)}" fill="{fill}"{more and " " + more}/>'


def group(parts: Iterable[str], more: str = "") -> str:
    return f"<g{more and ' ' + more}>{''.join(parts)}</g>"


def use(ident: str, x: float, y: float, scale: float = 1, turn: float = 0, fill: str = "") -> str:
    """Something drawn once, put somewhere: its own units are 100 from the middle to the edge."""
    spin = f" rotate({n(turn)})" if turn else ""
    tint = f' fill="{fill}"' if fill else ""
    return f'<use href="#{ident}"{tint} transform="translate({n(x)} {n(y)}) scale({scale:.2f}){spin}"/>'


def rings(ident: str, count: int, layers: Iterable[tuple[float, float]]) -> str:
    """Petals around the middle, in layers of (scale, turn). One ring is drawn, and used for every layer."""
    petals = "".join(f'<use href="#{ident}p" transform="rotate({n(360 * i / count)})"/>' for i in range(count))
    others = "".join(f'<use href="#{ident}r" transform="rotate({n(turn)}) scale({scale:g})"/>' for scale, turn in layers)
    return f'<defs><g id="{ident}r">{petals}</g></defs>{others}'


def radial(ident: str, stops: Iterable[tuple[float, str]], r: float = 100) -> str:
    return _gradient("radialGradient", f'id="{ident}" cx="0" cy="0" r="{n(r)}" gradientUnits="userSpaceOnUse"', stops)


def linear(ident: str, stops: Iterable[tuple[float, str]], across: bool = False) -> str:
    direction = 'x2="1" y2="0"' if across else 'x2="0" y2="1"'
    return _gradient("linearGradient", f'id="{ident}" x1="0" y1="0" {direction}', stops)


def _gradient(kind: str, head: str, stops: Iterable[tuple[float, str]]) -> str:
    inner = "".join(f'<stop offset="{at:g}" stop-color="{colour}"/>' for at, colour in stops)
    return f"<{kind} {head}>{inner}</{kind}>"


def svg(width: int, height: int, title: str, fill: str, parts: Iterable[str]) -> str:
    """`fill` is the colour of leaves: the one thing drawn so often that it inherits it."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" fill="{fill}" role="img">'
        f"<title>{escape(title)}</title>{''.join(parts)}</svg>"
    )


def petal(width: float, pointed: bool = False) -> str:
    """From the middle up to 100; `width` is how far its sides swing."""
    w = n(width)
    if pointed:
        return f"M0 0C-{w}-28-{n(width * 0.75)}-72 0-100C{n(width * 0.75)}-72 {w}-28 0 0Z"
    return f"M0 0C-{w}-16-{n(width * 1.05)}-96 0-100C{n(width * 1.05)}-96 {w}-16 0 0Z"


def heart_petal(width: float) -> str:
    """A petal with a notch, as roses and hydrangeas have."""
    w, half = n(width), n(width * 0.4)
    return f"M0 0C-{w}-18-{n(width * 1.25)}-94-{half}-99C-{n(width * 0.2)}-101-6-96 0-93C6-96 {n(width * 0.2)}-101 {half}-99C{n(width * 1.25)}-94 {w}-18 0 0Z"


def frilled_petal(width: float, teeth: int = 5) -> str:
    """A petal with a toothed edge, as carnations have."""
    points = []
    for i in range(teeth + 1):
        x = -width + 2 * width * i / teeth
        bulge = 100 - 16 * (x / width) ** 2
        points.append(f"L{n(x)}-{n(bulge)}")
        if i < teeth:
            middle = x + width / teeth
            points.append(f"L{n(middle)}-{n(bulge - 11)}")
    return f"M0 0C-{n(width * 0.4)}-30-{n(width)}-60-{n(width)}-84{''.join(points)}C{n(width)}-60 {n(width * 0.4)}-30 0 0Z"
