"""The shape of a fact: a frozen dataclass; the log keeps its common fields in columns, the rest as JSON."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, ClassVar, dataclass_transform
from uuid import UUID

from oportuno.kernel.errors import Broken

COLUMNS = ("at", "contact", "visitor", "by")
PLAIN = (str, int, bool)  # JSON as they are: most values of most facts
_classes: dict[str, type[Fact]] = {}


@dataclass_transform(frozen_default=True, kw_only_default=True)
class _Frozen:
    """Every subclass becomes a frozen, keyword-only dataclass."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        dataclass(frozen=True, kw_only=True)(cls)


class FactBase(_Frozen):
    """`at` is aware. `contact`, `visitor` and `by` (the person who did it) are None when nobody is meant."""

    at: datetime
    contact: UUID | None = None
    visitor: UUID | None = None
    by: UUID | None = None


class Fact(FactBase):
    """Something that happened. `subject` names the field that says to what; its value must be a UUID."""

    kind: ClassVar[str] = ""
    subject: ClassVar[str] = ""
    _more: ClassVar[tuple[str, ...]] = ()  # the fields that have no column of their own

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.kind = _kind_of(cls)
        cls._more = tuple(f.name for f in fields(cls) if f.name not in (*COLUMNS, cls.subject))
        if _classes.setdefault(cls.kind, cls).__qualname__ != cls.__qualname__:
            raise Broken(f"Two facts are called {cls.kind}")

    def data(self) -> dict[str, Any]:
        """What has no column of its own, ready for JSON."""
        told = ((name, getattr(self, name)) for name in self._more)
        return {name: value if type(value) in PLAIN else to_json(value) for name, value in told if value is not None}

    def subject_id(self) -> UUID | None:
        return getattr(self, self.subject) if self.subject else None


def fact_class(kind: str) -> type[Fact] | None:
    """The class of a kind, or None when no code of today knows it."""
    return _classes.get(kind)


def all_fact_classes() -> dict[str, type[Fact]]:
    """Every kind that some app declares."""
    return {kind: cls for kind, cls in sorted(_classes.items()) if kind}


def to_json(value: Any) -> Any:
    """JSON of a field's value: money and decimals as text, so that nothing is rounded."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, UUID | Decimal):
        return str(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, list | tuple | set | frozenset):
        return [to_json(v) for v in value]
    if isinstance(value, dict):
        return {str(k): to_json(v) for k, v in value.items()}
    return value


def _kind_of(cls: type) -> str:
    parts = cls.__module__.split(".")
    app = parts[parts.index("facts") - 1] if "facts" in parts else parts[-1]
    return f"{app}.{re.sub(r'(?<!^)(?=[A-Z])', '_', cls.__name__).lower()}"
