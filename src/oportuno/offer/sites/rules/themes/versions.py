"""Numbers of versions: 1.10 is newer than 1.9."""

from __future__ import annotations


def parts(number: str) -> tuple[int, ...]:
    return tuple(int(part) for part in number.split(".") if part.isdigit()) + (0,) * (3 - number.count(".") - 1)


def is_newer(number: str, than: str) -> bool:
    return parts(number) > parts(than)
