"""What all formats share."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, ClassVar

from oportuno.kernel.tables import Row

Record = dict[str, Any]
Found = tuple[str, str, Mapping[str, Any]]
"""(field, code, data): a problem or a note, before it is a sentence."""

_TAG = re.compile(r"<[a-zA-Z/!][^>]*>")
_BREAK = re.compile(r"(?i)<\s*(?:br\s*/?|/p|/div|/li|/h[1-6]|/tr)\s*>")
_BLANKS = re.compile(r"\n{3,}")


@dataclass(slots=True)
class Plain:
    """One row (or, of Shopify, one product or variant) as a record. `problems` already make it wrong; `notes` do not."""

    line: int
    record: Record
    problems: list[Found] = field(default_factory=list)
    notes: list[Found] = field(default_factory=list)


class Reader:
    """One format. `how` says how its prices are written: "machine" (1234.50), "typed" (as people do) or "minor" (cents)."""

    name: ClassVar[str] = ""
    how: ClassVar[str] = "machine"

    def __init__(self, header: tuple[str, ...]) -> None:
        self.header = header
        self.ignored: list[str] = []

    def plain(self, rows: Iterator[Row]) -> Iterator[Plain]:
        """Records, in the order of their lines."""
        for row in rows:
            yield Plain(row.line, {}, [("", row.trouble, {})]) if row.trouble else self.one(row)

    def one(self, row: Row) -> Plain:
        """One row."""
        raise NotImplementedError


def text(value: Any) -> str:
    """A cell as text, without blanks around it. Whole numbers of spreadsheets lose their ".0"."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, Decimal | float):
        number = Decimal(str(value))
        return str(int(number)) if number.is_finite() and number == number.to_integral_value() and abs(number) < 10**18 else f"{number:f}"
    return str(value).strip()


def words(markup: Any) -> str:
    """HTML as plain paragraphs: descriptions are kept as text. Text without tags is left as it is."""
    said = text(markup)
    if _TAG.search(said):
        said = html.unescape(_TAG.sub("", _BREAK.sub("\n", said)))
    lines = [" ".join(line.split()) for line in said.replace("\r\n", "\n").replace("\\n", "\n").split("\n")]
    return _BLANKS.sub("\n\n", "\n".join(lines)).strip()


def listed(value: Any, between: str = ",") -> list[str]:
    """Parts of a list in a cell; a comma that belongs to a part is written "\\,"."""
    marked = text(value).replace(f"\\{between}", "\x1a")
    return [part.replace("\x1a", between).strip() for part in marked.split(between) if part.strip()]


def yes(value: Any) -> bool | None:
    """What people write for yes and no; None when it is neither."""
    said = text(value).casefold()
    if said in ("1", "true", "yes", "y", "si", "sí", "verdadero", "x", "published", "active", "activo"):
        return True
    return False if said in ("0", "-1", "false", "no", "n", "falso", "draft", "archived", "inactivo") else None


def price(amount: Any, *, how: str, currency: str = "", compare: Any = "", starts: Any = "", ends: Any = "") -> dict[str, str]:
    """A price as the file says it; `actions.importing.checking` makes exact money of it."""
    return {"amount": text(amount), "compare": text(compare), "currency": currency, "starts": text(starts), "ends": text(ends), "how": how}
