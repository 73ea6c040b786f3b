"""The small words every page of a pack is made of."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

Language = Literal["es", "en"]
Country = Literal["CO", "MX", "EC", "US"]
Currency = Literal["COP", "MXN", "USD"]

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_KEY = re.compile(r"[a-z][a-z0-9_]*")
_HEX = re.compile(r"#[0-9a-fA-F]{6}")


def _slug(value: str) -> str:
    if not _SLUG.fullmatch(value):
        raise ValueError(f"“{value}” is not a slug: use small letters, digits and single hyphens")
    return value


def _key(value: str) -> str:
    if not _KEY.fullmatch(value):
        raise ValueError(f"“{value}” is not a key: use small letters, digits and underscores, and start with a letter")
    return value


def _hex(value: str) -> str:
    if not _HEX.fullmatch(value):
        raise ValueError(f"“{value}” is not a colour: write it as #rrggbb")
    return value.lower()


def _filled(value: str) -> str:
    if not value.strip():
        raise ValueError("it is empty; write the words")
    return value.strip()


def _exact(value: Any) -> Any:
    """YAML reads 0.1 as a float; money and percentages never were floats."""
    return Decimal(str(value)) if isinstance(value, (int, float, str)) and not isinstance(value, bool) else value


Slug = Annotated[str, AfterValidator(_slug)]
Key = Annotated[str, AfterValidator(_key)]
Hex = Annotated[str, AfterValidator(_hex)]
Words = Annotated[str, AfterValidator(_filled)]
Number = Annotated[Decimal, BeforeValidator(_exact)]
Percent = Annotated[Decimal, BeforeValidator(_exact), Field(ge=0, le=100)]
Days = Annotated[int, Field(ge=0, le=3650)]


class Noun(BaseModel):
    """Frozen and strict: an unknown key is an error, because it is usually a misspelt one."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Text(Noun):
    """Words for people, in every language of the product."""

    es: Words
    en: Words

    def in_(self, language: str) -> str:
        """In `language` ("es", "es-MX", "en" …); Spanish where we do not speak it."""
        return self.en if language.lower().startswith("en") else self.es
