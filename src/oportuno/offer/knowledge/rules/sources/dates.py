"""When a source appeared: year, perhaps month, perhaps day."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

MONTHS = {
    "es": ("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"),
}
SHORT = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WRITTEN = re.compile(r"^(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?/*$")


def date_parts(text: str) -> list[int]:
    """ "2021-05-14", "2021/5" or "2021" → [2021, 5, 14] …; empty for what is no date."""
    found = WRITTEN.match(text.strip())
    return checked([int(part) for part in found.groups() if part]) if found else []


def checked(parts: list[int]) -> list[int]:
    """As far as it is a day of the calendar."""
    if not parts or not 1000 <= parts[0] <= 2200:
        return []
    try:
        date(parts[0], *(parts[1:3] if len(parts) > 2 else [*parts[1:2], 1] if len(parts) > 1 else [1, 1]))
    except ValueError:
        return parts[:1]
    return parts[:3]


def month_number(text: str) -> int | None:
    """ "mar", "March" or "3" as BibTeX has it."""
    text = text.strip().strip(".").lower()
    if text.isascii() and text.isdigit():
        return int(text) if 1 <= int(text) <= 12 else None
    return SHORT.index(text[:3]) + 1 if text[:3] in SHORT else None


def clean_date(given: Any) -> dict[str, list[list[int]]] | None:
    """CSL's {"date-parts": [[…]]}; None for what is no date."""
    try:
        first = given["date-parts"][0]
        parts = checked([int(one) for one in first][:3])
    except (KeyError, IndexError, TypeError, ValueError):
        return None
    return {"date-parts": [parts]} if parts else None


def written(parts: list[int]) -> str:
    """For the form: 2021-05-14."""
    return "-".join(f"{one:02}" for one in parts)


def said(parts: list[int], language: str) -> str:
    """As APA says a day: "2021, May 14"; in Spanish "14 de mayo de 2021"."""
    if len(parts) == 1:
        return str(parts[0])
    month = MONTHS[language][parts[1] - 1]
    if language == "es":
        return f"{parts[2]} de {month} de {parts[0]}" if len(parts) > 2 else f"{month} de {parts[0]}"
    return f"{parts[0]}, {month} {parts[2]}" if len(parts) > 2 else f"{parts[0]}, {month}"
