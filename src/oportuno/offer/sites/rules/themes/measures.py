"""How long a length is, in pixels, on a screen of a given width: so that nobody hides words by making them small."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import tinycss2

REM = 16.0
FIXED: dict[str, float] = {"px": 1, "pt": 4 / 3, "cm": 37.8, "mm": 3.78, "in": 96, "rem": REM, "lh": 24, "rlh": 24}
RELATIVE: dict[str, float] = {"em": 1, "ch": 0.5, "ex": 0.5}
"""Of the size of the words around."""
OF_SCREEN = frozenset({"vw", "svw", "dvw", "vi", "cqi", "cqw", "vmax", "vmin", "vh", "svh", "lvh", "dvh", "vb"})
SIMPLE = re.compile(r"(\d*\.?\d+)(px|rem|em)")


def in_rem(text: str) -> float | None:
    """A bare length in px, rem or em, in rem."""
    found = SIMPLE.fullmatch(text.strip())
    return float(found[1]) / (REM if found[2] == "px" else 1) if found else None


def pixels(text: str, variables: Mapping[str, str], *, screen: float, around: float = REM) -> float | None:
    """The length in px; None for what is no length, or cannot be told."""
    try:
        tokens = _significant(tinycss2.parse_component_value_list(text))
        return _sum(tokens, variables, screen, around, 0)
    except (ValueError, ZeroDivisionError, IndexError, KeyError):
        return None


def _significant(tokens: list[Any]) -> list[Any]:
    return [token for token in tokens if token.type != "whitespace"]


def _sum(tokens: list[Any], variables: Mapping[str, str], screen: float, around: float, depth: int) -> float:
    """Products, added up."""
    total, sign = 0.0, 1.0
    factors: list[Any] = []
    for token in [*tokens, None]:
        if token is None or (token.type == "literal" and token.value in "+-"):
            if not factors:
                raise ValueError("no length")
            total += sign * _product(factors, variables, screen, around, depth)
            sign, factors = (-1.0 if token is not None and token.value == "-" else 1.0), []
        else:
            factors.append(token)
    return total


def _product(tokens: list[Any], variables: Mapping[str, str], screen: float, around: float, depth: int) -> float:
    result = _one(tokens[0], variables, screen, around, depth)
    for operator, token in zip(tokens[1::2], tokens[2::2], strict=True):
        value = _one(token, variables, screen, around, depth)
        if operator.type != "literal" or operator.value not in "*/":
            raise ValueError("no length")
        result = result * value if operator.value == "*" else result / value
    return result


def _one(token: Any, variables: Mapping[str, str], screen: float, around: float, depth: int) -> float:
    if depth > 12:
        raise ValueError("too deep")
    if token.type == "number":
        return float(token.value)
    if token.type == "percentage":
        return float(token.value) / 100 * around
    if token.type == "dimension":
        return float(token.value) * _unit(token.lower_unit, screen, around)
    if token.type == "() block":
        return _sum(_significant(token.content), variables, screen, around, depth + 1)
    if token.type != "function":
        raise ValueError("no length")
    if token.lower_name == "var":
        name = next(one.value for one in token.arguments if one.type == "ident")
        return _sum(_significant(tinycss2.parse_component_value_list(variables[name])), variables, screen, around, depth + 1)
    return _function(token, variables, screen, around, depth + 1)


def _unit(unit: str, screen: float, around: float) -> float:
    if unit in FIXED:
        return FIXED[unit]
    if unit in RELATIVE:
        return RELATIVE[unit] * around
    if unit in OF_SCREEN:
        return screen / 100
    raise ValueError(unit)


def _function(token: Any, variables: Mapping[str, str], screen: float, around: float, depth: int) -> float:
    parts: list[list[Any]] = [[]]
    for one in _significant(token.arguments):
        if one.type == "literal" and one.value == ",":
            parts.append([])
        else:
            parts[-1].append(one)
    values = [_sum(part, variables, screen, around, depth) for part in parts]
    if token.lower_name == "calc" and len(values) == 1:
        return values[0]
    if token.lower_name in ("min", "max") and values:
        return min(values) if token.lower_name == "min" else max(values)
    if token.lower_name == "clamp" and len(values) == 3:
        return max(values[0], min(values[1], values[2]))
    raise ValueError(token.lower_name)
