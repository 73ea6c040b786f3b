"""Blocks from plain text as templates of sites are written: "## " a heading, "- " a list, "> " a quotation, else paragraphs."""

from __future__ import annotations

from html import escape
from typing import Any


def blocks_of(text: str) -> list[dict[str, Any]]:
    """Blocks of kernel.content, as JSON's values. Parts are divided by empty lines."""
    return [_block(part.strip().splitlines()) for part in text.replace("\r", "").split("\n\n") if part.strip()]


def _block(lines: list[str]) -> dict[str, Any]:
    first = lines[0]
    if first.startswith("## "):
        return {"type": "heading", "level": 2, "text": escape(first[3:].strip(), quote=False)}
    if all(line.startswith("- ") for line in lines):
        return {"type": "list", "items": [{"text": escape(line[2:].strip(), quote=False)} for line in lines]}
    if first.startswith("> "):
        return {"type": "quote", "text": escape(" ".join(line.removeprefix("> ") for line in lines), quote=False)}
    return {"type": "text", "text": escape(" ".join(lines), quote=False)}
