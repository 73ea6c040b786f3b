"""Reading theme.json: what has the wrong shape is left out and told, so that a good theme does not fail by one line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, NoReturn

from pydantic import BaseModel, ValidationError

from .format import VERSIONS, ThemeJson
from .remarks import Remarks, WrongTheme

MOST_BYTES = 512 * 1024
DEEPEST = 24
MOST_MENDED = 100
SILENT = frozenset(
    {"$schema", "customTemplates", "templateParts", "patterns", "appearanceTools", "useRootPaddingAwareAlignments", "blockTypes"}
    | {
        "units",
        "spacingScale",
        "defaultSpacingSizes",
        "defaultFontSizes",
        "defaultPresets",
        "blockGap",
        "fluid",
        "aspectRatios",
        "lightbox",
    }
)
"""Switches of another editor: they change nothing that readers see."""
CUSTOM_CSS = "css"

Place = tuple[str | int, ...]


def read(content: bytes, remarks: Remarks, *, name: str = "theme.json") -> ThemeJson:
    """A theme.json. Raises WrongTheme for what is none; what is wrong in part becomes remarks."""
    return tolerant(loaded(content, name), remarks, name)


def loaded(content: bytes, name: str) -> dict[str, Any]:
    """JSON's values. Raises WrongTheme: too big, no JSON, too deep, not version 3 or 2."""
    if len(content) > MOST_BYTES:
        raise WrongTheme("json too big", name=name, most=MOST_BYTES // 1024)
    try:
        given = json.loads(content.decode("utf-8-sig"), parse_constant=_no_number, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        raise WrongTheme("no json", name=name) from None
    if not isinstance(given, dict) or _depth(given) > DEEPEST:
        raise WrongTheme("no json", name=name)
    if given.get("version") not in VERSIONS or isinstance(given.get("version"), bool):
        raise WrongTheme("wrong version", name=name, version=str(given.get("version"))[:20])
    return given


def tolerant(given: dict[str, Any], remarks: Remarks, name: str = "theme.json") -> ThemeJson:
    """The model; each part that does not fit is taken out and told."""
    for _attempt in range(MOST_MENDED):
        try:
            found = ThemeJson.model_validate(given)
        except ValidationError as error:
            places = {_real(given, each["loc"]) for each in error.errors(include_url=False)}
            for place in sorted(places, key=_last_first, reverse=True):
                if not place:
                    raise WrongTheme("no theme", name=name) from None
                remarks.add("wrong shape", dotted(place), _taken(given, place))
            continue
        for place in _unknown(found):
            _tell(place, remarks)
        return found
    raise WrongTheme("no theme", name=name)


def plain(model: BaseModel) -> dict[str, Any]:
    """As it is kept: only what was said, and only what we know."""
    fields = type(model).model_fields
    said = ((field.alias or name, getattr(model, name)) for name, field in fields.items() if name in model.model_fields_set)
    return {key: _plain(value) for key, value in said if value is not None}


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return plain(value)
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return value


def dotted(place: Place) -> str:
    return ".".join(str(part) for part in place)


def _tell(place: Place, remarks: Remarks) -> None:
    last = str(place[-1])
    if last == CUSTOM_CSS:
        remarks.add("custom css", dotted(place))
    elif last not in SILENT:
        remarks.add("unknown", dotted(place))


def _no_number(text: str) -> NoReturn:
    raise ValueError(text)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The same key twice is how one hides something from those who check."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands there twice")
    return found


def _depth(value: Any, level: int = 0) -> int:
    if level > DEEPEST or not isinstance(value, (dict, list)):
        return level
    inside = value.values() if isinstance(value, dict) else value
    return max((_depth(one, level + 1) for one in inside), default=level + 1)


def _real(given: Any, place: Place) -> Place:
    """Where in the JSON an error lies: pydantic also names the branch of a union that it tried."""
    real: list[str | int] = []
    here: Any = given
    for part in place:
        keys = here.keys() if isinstance(here, dict) else range(len(here)) if isinstance(here, list) else ()
        if part in keys:
            here = here[part]
            real.append(part)
    return tuple(real)


def _last_first(place: Place) -> tuple[str, ...]:
    """So that taking out one element of a list does not move the others that go."""
    return tuple(f"{part:06d}" if isinstance(part, int) else part for part in place)


def _taken(given: Any, place: Place) -> Any:
    """Take out what lies there. An element of a list leaves it whole: a list with a wrong element has no such element."""
    *above, last = place
    for part in above:
        given = given[part]
    if isinstance(given, list):
        gone = given[int(last)]
        given[:] = [one for one in given if one is not gone]
    else:
        gone = given.pop(last, "")
    return gone if isinstance(gone, (str, int, float)) else ""


def _unknown(model: BaseModel, place: Place = ()) -> Iterator[Place]:
    """Paths of all keys that the format does not have."""
    for key, value in (model.model_extra or {}).items():
        if not isinstance(value, bool):  # switches of another editor
            yield (*place, key)
    for name, field in type(model).model_fields.items():
        yield from _inside(getattr(model, name), (*place, field.alias or name))


def _inside(value: Any, place: Place) -> Iterator[Place]:
    if isinstance(value, BaseModel):
        yield from _unknown(value, place)
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from _inside(one, (*place, number))
    elif isinstance(value, Mapping) and place[-1] != "custom":
        for key, one in value.items():
            yield from _inside(one, (*place, key))
