"""The merge language: `{{ name }}`, or `{{ name | "friend" }}` for who has none. Nothing else is meant.

No attributes, no calls, no tags (threat T10): a text is cut at its fields once, and a reader costs a join. What a
field holds is put in as it is, so that braces in a name stay braces.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

FIELD = re.compile(r"\{\{[ \t]{0,8}([A-Za-z_][A-Za-z0-9_]{0,39})[ \t]{0,8}(?:\|[ \t]{0,8}\"([^\"{}\r\n]{0,200})\"[ \t]{0,8})?\}\}")
LONGEST_FIELD = 10_000  # characters of one reader's field

Encode = Callable[[str], str]


def fields_in(*texts: str) -> frozenset[str]:
    """The names that these texts ask for."""
    return frozenset(found.group(1) for text in texts for found in FIELD.finditer(text))


@dataclass(frozen=True)
class Merge:
    """A text cut at its fields. `fixed` has one piece more than `fields`, each a name and what stands there without one."""

    fixed: tuple[str, ...]
    fields: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, text: str, encode_fixed: Encode = str) -> Merge:
        """Cut a text; `encode_fixed` is done to each fixed piece, once."""
        fixed, fields, at = [], [], 0
        for found in FIELD.finditer(text):
            fixed.append(encode_fixed(text[at : found.start()]))
            fields.append((found.group(1), found.group(2) or ""))
            at = found.end()
        return cls((*fixed, encode_fixed(text[at:])), tuple(fields))

    def filled(self, values: Mapping[str, str], encode: Encode = str) -> str:
        """For one reader; `encode` is done to each value."""
        pieces = [self.fixed[0]]
        for (name, otherwise), fixed in zip(self.fields, self.fixed[1:], strict=True):
            pieces.append(encode((values.get(name) or otherwise)[:LONGEST_FIELD]))
            pieces.append(fixed)
        return "".join(pieces)
