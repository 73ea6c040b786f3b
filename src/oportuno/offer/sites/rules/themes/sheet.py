"""A theme as rules of CSS: which selector gets which property."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from .format import Block, Element, Elements, Node, Picture, Ref, ThemeJson
from .measures import pixels
from .places import BLOCKS, ELEMENTS, KNOWN_ELSEWHERE
from .presets import variables, written_out
from .properties import Declaration, declarations
from .remarks import Remarks, Unsafe
from .values import checked

ROOT = ".site-page"
STATES = {"hover": ":hover", "focus": ":focus", "focus_visible": ":focus-visible", "active": ":active", "visited": ":visited"}
SMALLEST, LARGEST = 9.0, 160.0
"""Pixels of words, on a phone and on a large screen."""
SCREENS = (390.0, 1440.0)
OUTLINED = ".site-page .button.outline"
SHARED = ("font-", "letter-", "text-", "padding", "border-radius")
PAGE_SPACE = {"padding-left": "--gutter", "padding-top": "", "padding-bottom": "", "padding-right": "", "padding": ""}
"""Of the room around a whole page only the one at its sides means something here."""

Key = tuple[str, str]


@dataclass(frozen=True)
class Sheet:
    """Custom properties, and (selector, property) → value, in the order in which they are written."""

    variables: dict[str, str]
    rules: dict[Key, str] = field(default_factory=dict)

    def value(self, selector: str, *properties: str) -> str:
        """The first of these that was said; empty if none."""
        return next((self.rules[selector, name] for name in properties if (selector, name) in self.rules), "")


@dataclass(frozen=True)
class Drawing:
    """What one needs while drawing a theme's styles: addresses of its own files, where remarks go."""

    theme: ThemeJson
    variables: dict[str, str]
    files: Mapping[str, str]
    remarks: Remarks
    rules: dict[Key, str] = field(default_factory=dict)

    def node(self, node: Node, selector: str, where: str) -> None:
        for said in declarations(node):
            self.declare(said, selector, f"{where}.{said.where}")
        if (address := self.picture(node, where)) and selector == ROOT:
            self.rules[selector, "background-image"] = f'url("{address}")'

    def declare(self, said: Declaration, selector: str, where: str) -> None:
        name = PAGE_SPACE.get(said.property, said.property) if selector == ROOT else said.property
        given = self.followed(said.given)
        if given is None:
            self.remarks.add("leads nowhere", where, said.given.ref)
        if not name or given is None:
            return
        try:
            value = checked(written_out(given) if isinstance(given, str) else given, said.grammar, frozenset(self.variables))
        except Unsafe as problem:
            self.remarks.add("unsafe value", where, problem)
            return
        if name == "font-size" and not self.is_legible(value):
            self.remarks.add("illegible size", where, value)
            return
        self.rules[selector, name] = value

    def is_legible(self, value: str) -> bool:
        sizes = [pixels(value, self.variables, screen=screen) for screen in SCREENS]
        return all(size is None or SMALLEST <= size <= LARGEST for size in sizes)

    def followed(self, given: Any) -> Any:
        """What a reference leads to, in one step."""
        if not isinstance(given, Ref):
            return given
        found: Any = self.theme.model_dump(by_alias=True, exclude_none=True)
        for part in given.ref.split("."):
            found = found.get(part) if isinstance(found, dict) else None
        return found if isinstance(found, (str, int, float)) else None

    def picture(self, node: Node, where: str) -> str:
        """The address of a background picture that the theme brings."""
        given = node.background.background_image
        if given is None:
            return ""
        path = own_file(given.url if isinstance(given, Picture) else given)
        if path not in self.files:
            self.remarks.add("not its own file", f"{where}.background.backgroundImage", path or str(given))
            return ""
        return self.files[path]

    def elements(self, elements: Elements, above: str, where: str) -> None:
        for name in type(elements).model_fields:
            element: Element = getattr(elements, name)
            selector = ELEMENTS[name] if not above else f"{above} {INSIDE.get(name, name)}"
            self.node(element, selector, f"{where}.elements.{name}")
            for state, suffix in STATES.items():
                if (node := getattr(element, state)) is not None:
                    self.node(node, f"{selector}{suffix}", f"{where}.elements.{name}.{suffix}")

    def outline(self) -> None:
        """The outlined button is the other's sister: the same letters, the same corners."""
        for (selector, name), value in list(self.rules.items()):
            if selector == ELEMENTS["button"] and name.startswith(SHARED):
                self.rules[OUTLINED, name] = value

    def block(self, name: str, block: Block) -> None:
        where = f"styles.blocks.{name}"
        selector = BLOCKS.get(name)
        if selector is None:
            self.remarks.add("block not ours" if name in KNOWN_ELSEWHERE or name.startswith("core/") else "unknown", where)
            return
        self.node(block, selector, where)
        if (selector, "background-color") in self.rules:  # what is coloured for the page's ground may not be read on this one
            self.rules[f"{selector} a:not(.button)", "color"] = self.rules[f"{selector} figcaption", "color"] = "inherit"
        self.elements(block.elements, selector, where)


INSIDE = {"link": "a:not(.button)", "button": ".button", "heading": ":is(h1, h2, h3, h4)", "caption": "figcaption", "cite": "figcaption"}
"""Elements inside of a block."""


def drawn(theme: ThemeJson, files: Mapping[str, str], remarks: Remarks) -> Sheet:
    """All rules of a theme. `files`: paths inside of the theme ("assets/fonts/a.woff2") → the addresses that serve them."""
    drawing = Drawing(theme, variables(theme.settings, remarks), files, remarks)
    drawing.node(theme.styles, ROOT, "styles")
    drawing.elements(theme.styles.elements, "", "styles")
    drawing.outline()
    for name, block in theme.styles.blocks.items():
        drawing.block(name, block)
    return Sheet(drawing.variables, drawing.rules)


def own_file(address: str) -> str:
    """The path inside of the theme that "file:./assets/a.webp" means; empty for an address that leads elsewhere."""
    found = re.fullmatch(r"(?:file:)?(?:\./)?((?:[A-Za-z0-9_-][A-Za-z0-9_. -]*/)*[A-Za-z0-9_-][A-Za-z0-9_. -]*)", address.strip())
    return found[1] if found and ".." not in found[1] else ""


def lines(rules: Mapping[Key, str]) -> Iterator[str]:
    """Rules as text, those of one selector together."""
    selectors: dict[str, list[str]] = {}
    for (selector, name), value in rules.items():
        selectors.setdefault(selector, []).append(f"{name}: {value}")
    for selector, said in selectors.items():
        yield f"{selector} {{ {'; '.join(said)} }}"
