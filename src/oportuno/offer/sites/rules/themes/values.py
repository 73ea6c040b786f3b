"""CSS values that may be passed on. What is not on these lists does not get through: a value is parsed, its tokens are looked at one
by one, and what is written is what the parser read, never what somebody typed.

No url(), no strings but names of fonts, no escapes, no braces, no comments, no unknown function.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import tinycss2
from tinycss2 import ast, color5

from .remarks import Unsafe

LONGEST = 400
DEEPEST = 6
FORBIDDEN = re.compile(r"[\\<>{}@;!`\[\]$|^~?&=]|/\*|\*/|--\s*>|[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
FONT_NAME = re.compile(r"-?[\w][\w .'&+-]{0,59}")
IMPORTANT = re.compile(r"\s*!\s*important$", re.I)
THEIRS = re.compile(r"--wp--[a-z0-9-]{1,120}")
GLOBAL = frozenset({"inherit", "initial", "unset"})
LENGTHS: dict[str, float] = {
    "px": 4000, "rem": 120, "em": 120, "ch": 200, "ex": 200, "lh": 40, "rlh": 40, "pt": 1000, "cm": 60, "mm": 600, "in": 24,
    **dict.fromkeys(("vw", "vh", "vmin", "vmax", "svw", "svh", "lvh", "dvh", "dvw", "vi", "vb", "cqi", "cqw"), 200),
}  # fmt: skip
"""Units of length, each with the largest number that is of use."""
ANGLES: dict[str, float] = {"deg": 3600, "turn": 10, "rad": 63, "grad": 4000}
MATH = frozenset({"calc", "min", "max", "clamp"})
COLOURS = frozenset({"rgb", "rgba", "hsl", "hsla", "hwb", "lab", "lch", "oklab", "oklch", "color", "color-mix", "light-dark"})
GRADIENTS = frozenset({"linear-gradient", "radial-gradient", "conic-gradient"} | {"repeating-linear-gradient", "repeating-radial-gradient"})
GRADIENT_WORDS = frozenset(
    [
        "to",
        "top",
        "bottom",
        "left",
        "right",
        "center",
        "at",
        "circle",
        "ellipse",
        "closest-side",
        "farthest-side",
        "closest-corner",
        "farthest-corner",
        "from",
    ]
)
MIX_WORDS = frozenset(
    ["in", "srgb", "srgb-linear", "oklab", "oklch", "lab", "lch", "hsl", "hwb", "display-p3", "shorter", "longer", "hue", "none"]
)


@dataclass(frozen=True, slots=True)
class Grammar:
    """What one property takes."""

    words: frozenset[str] = frozenset()
    functions: frozenset[str] = frozenset()
    units: tuple[str, ...] = ()
    colours: bool = False
    percent: bool = False
    names: bool = False
    """Names of fonts, as strings or bare words."""
    least: float = 0
    most: float = 1000
    """Bounds of bare numbers; `least` below 0 also lets lengths be negative."""
    parts: int = 1
    """How many values, spaces and commas apart."""
    commas: bool = False
    slash: bool = False


COLOUR = Grammar(colours=True, functions=COLOURS)
LENGTH = Grammar(units=tuple(LENGTHS), percent=True, functions=MATH)
SPACE = replace(LENGTH, words=frozenset({"auto"}), most=0)
"""Margins and paddings are not negative: nothing is laid over something else."""


def checked(text: object, grammar: Grammar, variables: frozenset[str]) -> str:
    """The value as it may be written into a style sheet. Raises Unsafe. `variables`: the custom properties that it may use."""
    words = _typed(text)
    tokens = tinycss2.parse_component_value_list(words)
    significant = [token for token in tokens if token.type != "whitespace"]
    if not significant:
        raise Unsafe("")
    if _count(significant) > grammar.parts:
        raise Unsafe(words)
    for token in significant:
        _look(token, grammar, variables, 0)
    written = " ".join(str(tinycss2.serialize(tokens)).split())
    if FORBIDDEN.search(written.replace("/**/", " ")):
        raise Unsafe(words)
    return written.replace("/**/", " ")


def variable(name: str) -> str:
    return f"var({name})"


def _typed(text: object) -> str:
    if isinstance(text, bool) or not isinstance(text, (str, int, float)):
        raise Unsafe(str(text))
    words = IMPORTANT.sub("", str(text).strip().rstrip("; "))  # designers end a value as they would in a sheet
    if not words or len(words) > LONGEST or FORBIDDEN.search(words):
        raise Unsafe(words)
    return words


def _count(tokens: list[Any]) -> int:
    return sum(1 for token in tokens if token.type != "literal")


def _look(token: Any, grammar: Grammar, variables: frozenset[str], depth: int) -> None:
    """One token of a value; raises Unsafe for whatever is not named here."""
    if depth > DEEPEST:
        raise Unsafe("…")
    kind = token.type
    if kind == "ident":
        fine = _is_word(token, grammar)
    elif kind == "number":
        fine = grammar.least <= token.value <= grammar.most
    elif kind == "percentage":
        fine = grammar.percent and abs(token.value) <= 400 and (token.value >= 0 or grammar.least < 0)
    elif kind == "dimension":
        fine = _is_length(token, grammar)
    elif kind == "hash":
        fine = grammar.colours and color5.parse_color(token) is not None
    elif kind == "string":
        fine = grammar.names and bool(FONT_NAME.fullmatch(token.value))
    elif kind == "literal":
        fine = (token.value == "," and grammar.commas) or (token.value == "/" and grammar.slash)
    elif kind == "function":
        return _function(token, grammar, variables, depth)
    else:
        fine = False
    if not fine:
        raise Unsafe(_said(token))
    return None


def _is_word(token: ast.IdentToken, grammar: Grammar) -> bool:
    word = str(token.lower_value)
    if word in grammar.words or (word in GLOBAL and grammar.parts < 20):
        return True
    if grammar.colours and color5.parse_color(token) is not None:
        return True
    return grammar.names and bool(FONT_NAME.fullmatch(token.value))


def _is_length(token: ast.DimensionToken, grammar: Grammar) -> bool:
    unit = str(token.lower_unit)
    most = {**LENGTHS, **ANGLES}.get(unit, 0)
    return unit in grammar.units and abs(token.value) <= most and (token.value >= 0 or grammar.least < 0)


def _function(token: ast.FunctionBlock, grammar: Grammar, variables: frozenset[str], depth: int) -> None:
    name = str(token.lower_name)
    inside = [one for one in token.arguments if one.type != "whitespace"]
    if name == "var":
        return _variable(token, inside, grammar, variables, depth)
    if name not in grammar.functions:
        raise Unsafe(_said(token))
    if name in MATH:
        return _math(inside, replace(grammar, words=frozenset(), least=min(grammar.least, -1), most=1000), variables, depth + 1)
    if name in COLOURS:
        return _colour(token, inside, variables, depth)
    stops = Grammar(GRADIENT_WORDS, COLOURS | MATH, (*LENGTHS, *ANGLES), colours=True, percent=True, least=-1, parts=60, commas=True)
    for one in inside:
        _look(one, stops, variables, depth + 1)
    return None


def _variable(token: ast.FunctionBlock, inside: list[Any], grammar: Grammar, variables: frozenset[str], depth: int) -> None:
    """A property of the theme's own; or one that it may lack, with what then holds."""
    named = inside[0].value if inside and inside[0].type == "ident" else ""
    otherwise = inside[2:] if len(inside) > 2 and inside[1].type == "literal" and inside[1].value == "," else []
    known = named in variables or (otherwise and THEIRS.fullmatch(named))
    if not known or len(inside) != 1 + (len(otherwise) + 1 if otherwise else 0):
        raise Unsafe(_said(token))
    for one in otherwise:
        _look(one, grammar, variables, depth + 1)


def _math(tokens: Iterable[Any], grammar: Grammar, variables: frozenset[str], depth: int) -> None:
    for token in tokens:
        if token.type == "literal" and token.value in "+-*/,":
            continue
        if token.type == "() block":
            _math([one for one in token.content if one.type != "whitespace"], grammar, variables, depth + 1)
        else:
            _look(token, grammar, variables, depth)


def _colour(token: ast.FunctionBlock, inside: list[Any], variables: frozenset[str], depth: int) -> None:
    """A colour that a parser of colours understands; or a mixture of such."""
    if token.lower_name not in ("color-mix", "light-dark"):
        if color5.parse_color(token) is None:
            raise Unsafe(_said(token))
        return
    mixed = Grammar(MIX_WORDS, COLOURS, (), colours=True, percent=True, parts=12, commas=True)
    for one in inside:
        _look(one, mixed, variables, depth + 1)


def _said(token: Any) -> str:
    return str(tinycss2.serialize([token]))[:60]
