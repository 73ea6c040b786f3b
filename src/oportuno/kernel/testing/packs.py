"""Packs of the product, read once for each test process: nobody changes them."""

from __future__ import annotations

from functools import cache

from oportuno.kernel.packs import Pack, load


@cache
def known_pack(name: str = "flores") -> Pack:
    return load(name)
