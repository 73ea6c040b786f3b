"""The sources of several articles under one numbering, and citations that lead to them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any

Item = Mapping[str, Any]


class Sources:
    """Sources of a whole book: one that two articles cite has one number."""

    def __init__(self) -> None:
        self.items: list[Item] = []
        self._known: dict[str, int] = {}

    def numbers(self, references: Sequence[Item]) -> dict[str, int]:
        """The numbers of an article's sources, by the keys with which it cites them."""
        found = {}
        for item in references:
            same = self._same(item)
            if same not in self._known:
                self.items.append(item)
                self._known[same] = len(self.items)
            found[str(item["id"])] = self._known[same]
        return found

    @staticmethod
    def _same(item: Item) -> str:
        """What tells a source from another: its DOI, or else all that is said of it."""
        if doi := str(item.get("DOI", "")).lower():
            return f"doi:{doi}"
        return json.dumps({name: value for name, value in item.items() if name != "id"}, sort_keys=True, default=str)


def in_all(piece: Any, kind: type, change: Callable[[Any], tuple[Any, ...]]) -> Any:
    """The same piece with each part of this kind replaced by what `change` answers; tuples grow or shrink."""
    if isinstance(piece, tuple):
        return tuple(one for each in piece for one in (change(each) if isinstance(each, kind) else (in_all(each, kind, change),)))
    if is_dataclass(piece) and not isinstance(piece, type):
        changed = {one.name: in_all(getattr(piece, one.name), kind, change) for one in fields(piece)}
        return replace(piece, **changed)
    return piece


def texts_in(piece: Any, kind: type) -> list[str]:
    """All words of parts of this kind, in order."""
    found: list[str] = []

    def look(one: Any) -> tuple[Any, ...]:
        found.append(str(one.text))
        return (one,)

    in_all(piece, kind, look)
    return found
