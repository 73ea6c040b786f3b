"""Codes of products: GTIN (the number under the barcode), SKU, addresses."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from uuid import UUID

from stdnum import ean

LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # without those that look like others
SKU_LONGEST = 80
SLUG_LONGEST = 70


def gtin(text: str) -> str | None:
    """14 digits, padded with zeros, of a GTIN-8, 12, 13 or 14 whose check digit fits; None otherwise. Source: GS1 §7.9."""
    digits = re.sub(r"[\s-]", "", text)
    if not (digits.isascii() and digits.isdigit() and len(digits) in (8, 12, 13, 14)):
        return None
    padded = digits.zfill(14)
    return padded if ean.is_valid(digits if len(digits) != 12 else digits.zfill(13)) else None


def bare_gtin(padded: str) -> str:
    """As people know it: 13 digits, or fewer where the rest are zeros."""
    bare = padded.lstrip("0")
    for length in (8, 12, 13, 14):
        if len(bare) <= length:
            return bare.zfill(length) if length != 12 else bare.zfill(13)
    return padded


def fold(text: str) -> str:
    """Without accents and case, words apart by one space: for finding, never for showing."""
    plain = unicodedata.normalize("NFKD", text)
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).casefold().split())


def slugged(text: str, longest: int = SLUG_LONGEST) -> str:
    """Lower-case letters, digits and hyphens; may be empty."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")[:longest].strip("-")


def address(title: str, identity: UUID) -> str:
    """The public address of a product: its title and some random letters of its identity, so that no other has it."""
    left, letters = identity.int & ((1 << 50) - 1), []
    for _ in range(10):
        left, digit = divmod(left, len(LETTERS))
        letters.append(LETTERS[digit])
    return f"{slugged(title) or 'producto'}-{''.join(letters)}"


def variant_key(options: dict[str, str]) -> str:
    """The same for the same options, however they are spelt or ordered."""
    key = "|".join(sorted(f"{fold(name)}={fold(value)}" for name, value in options.items()))
    return key if len(key) <= 250 else f"{key[:200]}…{hashlib.sha256(key.encode()).hexdigest()[:32]}"
