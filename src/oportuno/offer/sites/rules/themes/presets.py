"""The presets of a theme as custom properties, named as WordPress names them: `--wp--preset--color--base`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from .format import Fluid, FontSize, Settings
from .measures import in_rem
from .properties import FAMILY, FREE, GRADIENT, SHADOW, SIZE
from .remarks import Remarks, Unsafe
from .values import COLOUR, LENGTH, Grammar, checked

PRESET = "--wp--preset--"
CUSTOM = "--wp--custom--"
OURS = "oportuno"
"""The key below settings.custom that is read by `layout`, not written as a property."""
MOST_CUSTOM = 200
USUAL: dict[str, str] = {
    f"{PRESET}spacing--20": "0.44rem",
    f"{PRESET}spacing--30": "0.67rem",
    f"{PRESET}spacing--40": "1rem",
    f"{PRESET}spacing--50": "1.5rem",
    f"{PRESET}spacing--60": "2.25rem",
    f"{PRESET}spacing--70": "3.38rem",
    f"{PRESET}spacing--80": "5.06rem",
    f"{PRESET}font-size--small": "0.8125rem",
    f"{PRESET}font-size--medium": "1.25rem",
    f"{PRESET}font-size--large": "2.25rem",
    f"{PRESET}font-size--x-large": "2.625rem",
    f"{PRESET}color--black": "#000000",
    f"{PRESET}color--white": "#ffffff",
    "--wp--style--block-gap": "1.5rem",
}
"""What WordPress has without being told, and themes count on."""
NARROWEST, WIDEST = 20.0, 100.0
"""rem: screens between which a fluid size grows."""
SHORT = re.compile(r"var:(preset|custom)\|([a-zA-Z0-9_|-]{1,120})")


def kebab(words: str) -> str:
    """As WordPress writes names into properties: "contentSize2" → "content-size-2"."""
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[a-zA-Z])(?=[0-9])|(?<=[0-9])(?=[a-zA-Z])", "-", words)
    return re.sub(r"[^a-z0-9]+", "-", parted.lower()).strip("-")


def written_out(text: str) -> str:
    """`var:preset|color|base` as CSS."""
    return SHORT.sub(lambda found: f"var(--wp--{found[1]}--{'--'.join(kebab(part) for part in found[2].split('|'))})", text)


def variables(settings: Settings, remarks: Remarks) -> dict[str, str]:
    """Every custom property of the theme with its value; what may not be passed on is told and left out."""
    wanted = list(_wanted(settings, remarks))
    names = frozenset(USUAL) | {name for name, _, _, _ in wanted}
    found = dict(USUAL)
    for name, given, grammar, where in wanted:
        try:
            found[name] = checked(written_out(given) if isinstance(given, str) else given, grammar, names)
        except Unsafe as problem:
            remarks.add("unsafe value", where, problem)
            found.pop(name, None)
    return {name: value for name, value in found.items() if _leads_somewhere(value, found)}


def _leads_somewhere(value: str, found: Mapping[str, str]) -> bool:
    """A property that names one that was left out would draw nothing."""
    return all(name in found for name in re.findall(r"var\(\s*(--[\w-]+)\s*\)", value))


Wanted = tuple[str, Any, Grammar, str]


def _wanted(settings: Settings, remarks: Remarks) -> Iterator[Wanted]:
    for number, colour in enumerate(settings.color.palette):
        yield f"{PRESET}color--{kebab(colour.slug)}", colour.color, COLOUR, f"settings.color.palette.{number}"
    for number, gradient in enumerate(settings.color.gradients):
        yield f"{PRESET}gradient--{kebab(gradient.slug)}", gradient.gradient, GRADIENT, f"settings.color.gradients.{number}"
    for number, family in enumerate(settings.typography.font_families):
        yield f"{PRESET}font-family--{kebab(family.slug)}", family.font_family, FAMILY, f"settings.typography.fontFamilies.{number}"
    for number, size in enumerate(settings.typography.font_sizes):
        yield f"{PRESET}font-size--{kebab(size.slug)}", fluid(size), SIZE, f"settings.typography.fontSizes.{number}"
    for number, space in enumerate(settings.spacing.spacing_sizes):
        yield (
            f"{PRESET}spacing--{kebab(str(space.slug))}",
            space.size,
            replace(LENGTH, most=0),
            f"settings.spacing.spacingSizes.{number}",
        )
    for number, shadow in enumerate(settings.shadow.presets):
        yield f"{PRESET}shadow--{kebab(shadow.slug)}", shadow.shadow, SHADOW, f"settings.shadow.presets.{number}"
    custom = list(_custom(settings.custom, CUSTOM[:-2], "settings.custom"))
    if len(custom) > MOST_CUSTOM:
        remarks.add("too many", "settings.custom", len(custom))
    yield from custom[:MOST_CUSTOM]


def _custom(given: Mapping[str, Any], above: str, where: str) -> Iterator[Wanted]:
    for key, value in given.items():
        if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}", key) or key == OURS:
            continue
        name = f"{above}--{kebab(key)}"
        if isinstance(value, dict):
            yield from _custom(value, name, f"{where}.{key}")
        else:
            yield name, value, FREE, f"{where}.{key}"


def fluid(size: FontSize) -> Any:
    """A size that grows with the screen between `min` and `max`, where a theme says both in px or rem."""
    if not isinstance(size.fluid, Fluid) or not size.fluid.min or not size.fluid.max:
        return size.size
    least, most = in_rem(size.fluid.min), in_rem(size.fluid.max)
    if least is None or most is None or most <= least:
        return size.size
    slope = (most - least) / (WIDEST - NARROWEST)
    return f"clamp({least:g}rem, {least - slope * NARROWEST:.4g}rem + {slope * 100:.4g}vw, {most:g}rem)"
