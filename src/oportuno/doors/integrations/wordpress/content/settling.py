"""Files that have come take the place of their stand-ins; of those that cannot be had, words and a link remain."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from oportuno.kernel.content import read, write

from .inline import link
from .page import Block

NAMES = ("picture", "file", "poster")


def settle(document: dict[str, Any], found: Mapping[str, str], gone: Mapping[str, str]) -> dict[str, Any]:
    """`found`: stand-in → the library's own number. `gone`: stand-in → the address where it was not. What is in neither still waits."""
    return write(read({**document, "blocks": _blocks(document.get("blocks", []), found, gone)}))


def _blocks(blocks: list[Block], found: Mapping[str, str], gone: Mapping[str, str]) -> list[Block]:
    return [settled for block in blocks for settled in _block(block, found, gone)]


def _block(block: Block, found: Mapping[str, str], gone: Mapping[str, str]) -> list[Block]:
    kind = block["type"]
    if kind == "columns":
        return [{**block, "columns": [{**one, "blocks": _blocks(one.get("blocks", []), found, gone)} for one in block["columns"]]}]
    if kind == "accordion":
        return [{**block, "folds": [{**one, "blocks": _blocks(one.get("blocks", []), found, gone)} for one in block["folds"]]}]
    if kind == "gallery":
        return _gallery(block, found, gone)
    own = {name: found.get(block[name], block[name]) for name in NAMES if block.get(name)}
    if block.get("poster") in gone:
        own["poster"] = ""
    missing = next((gone[block[name]] for name in ("picture", "file") if block.get(name) in gone), None)
    return [{**block, **own}] if missing is None else _instead(block, missing)


def _gallery(block: Block, found: Mapping[str, str], gone: Mapping[str, str]) -> list[Block]:
    here = [{**one, "picture": found.get(one["picture"], one["picture"])} for one in block["pictures"] if one["picture"] not in gone]
    after = [text for one in block["pictures"] if one["picture"] in gone for text in _instead(one, gone[one["picture"]])]
    return [*([{**block, "pictures": here}] if here else []), *after]


def _instead(block: Block, address: str) -> list[Block]:
    """What it showed in words, as a link to where it was."""
    label = block.get("alt") or block.get("label") or block.get("title") or address.rpartition("/")[2]
    text = link(address, label)
    return [{"type": "text", "text": f"{text}<br>{block['caption']}" if block.get("caption") else text}]
